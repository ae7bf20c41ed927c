#===- prologue.py - Instructions before a program ---*- python -*---------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""What runs before a program whose time is measured, so that every run takes the
same path, and the machine code lies at any offset.
"""

import struct

# Where the contexts of <linux/bpf.h> have their `data` and `data_end`.
FIELDS = {"xdp": (0, 4), "sched_cls": (76, 80)}

XDP_ADJUST_HEAD = 44

# As many paddings move the start of the program through the 16 bytes to which the
# kernel aligns it: on x86 each of these instructions has three bytes.
PADDINGS = 6

LDX_W, STX_DW, MOV_IMM, MOV_REG, ADD_IMM, SUB_REG, JGT, CALL, LD_IMM64, ATOMIC = \
    0x61, 0x7b, 0xb7, 0xbf, 0x07, 0x1f, 0x2d, 0x85, 0x18, 0xdb
STORES = {4: 0x62, 2: 0x6a, 1: 0x72}


def insn(opcode, dst=0, src=0, offset=0, imm=0):
    """A struct bpf_insn."""
    return struct.pack("<BBhi", opcode, src << 4 | dst, offset,
                       imm - (1 << 32) if imm >= 1 << 31 else imm)


def padding(number):
    """So many instructions that do nothing of use."""
    return insn(MOV_IMM, 5) * number


def differing(before, after):
    """[(offset, bytes)]: aligned words of a packet that are not so any more, the
    ones at its end as wide as they can be.  None in `after` is an unknown byte.
    """
    found, offset = [], 0
    while offset < len(before):
        width = next(width for width in (8, 4, 2, 1)
                     if offset + width <= len(before))
        word = before[offset:offset + width]
        if list(word) != after[offset:offset + width]:
            found.append((offset, word))
        offset += width
    return found


def store(offset, word):
    """Writes a word into the packet in r2."""
    number = int.from_bytes(word, "little")
    if len(word) in STORES:
        return insn(STORES[len(word)], 2, 0, offset, number)
    return (insn(LD_IMM64, 5, 0, 0, number & 0xffffffff) +
            insn(0, imm=number >> 32) + insn(STX_DW, 2, 5, offset))


def restoring(kind, before, after):
    """Makes the packet that a program of this kind got out of the one that it left;
    nothing where both are equal or the program can write to none."""
    if before == after or kind not in FIELDS:
        return b""
    data, end = FIELDS[kind]
    load = insn(LDX_W, 2, 1, data) + insn(LDX_W, 3, 1, end)
    code = load
    grown = len(after) - len(before)
    if grown and kind != "xdp":
        raise ValueError("%s: a packet's length cannot be restored" % kind)
    if grown:
        code += (insn(MOV_REG, 6, 1) + insn(SUB_REG, 3, 2) +
                 insn(MOV_REG, 2, 3) + insn(ADD_IMM, 2, imm=-len(before)) +
                 insn(CALL, imm=XDP_ADJUST_HEAD) + insn(MOV_REG, 1, 6) + load)
    # What was cut off at the head is unknown.
    left = [None] * -grown + list(after[max(grown, 0):])
    stores = b"".join(store(*word) for word in differing(before, left))
    code += (insn(MOV_REG, 4, 2) + insn(ADD_IMM, 4, imm=len(before)) +
             insn(JGT, 4, 3, len(stores) // 8) + stores)
    # An atomic update waits until the stores are done: a load of what lies in two
    # of them would be slow, and the packets that a machine receives are in memory.
    return (code + insn(MOV_IMM, 5) + insn(STX_DW, 10, 5, -8) +
            insn(ATOMIC, 10, 5, -8))
