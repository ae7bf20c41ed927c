#===- random-instructions.py - random programs in assembly ---*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Writes a program of random instructions on eight registers that the verifier accepts.

The registers come from the packet and go back into it, so whoever runs the program on
the packets of the plan can be compared with whoever else does.
"""

import argparse
import random

REGISTERS = (0, 1, 3, 4, 5, 6, 7, 8)
PACKET = 9
BYTES = 8 * len(REGISTERS)

EDGES = (0, 1, 2, 7, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF,
         0x80000000, 0xFFFFFFFF, 0x100000000, (1 << 63) - 1, 1 << 63,
         (1 << 64) - 1)
BINARY = ("+=", "-=", "*=", "|=", "&=", "^=", "/=", "%=", "s/=", "s%=", "=")
SHIFTS = ("<<=", ">>=", "s>>=")
COMPARISONS = ("==", "!=", ">", ">=", "<", "<=", "&", "s>", "s>=", "s<", "s<=")
ATOMICS = ("add", "or", "and", "xor")


class Writer:
    """Chooses instructions."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.labels = 0

    def register(self):
        """The number of a register to compute with."""
        return self.random.choice(REGISTERS)

    def immediate(self):
        """A 32-bit immediate."""
        value = self.random.choice(EDGES + (self.random.getrandbits(32),))
        return (value & 0xFFFFFFFF ^ 0x80000000) - 0x80000000

    def binary(self):
        """An operation of two operands."""
        kind = self.random.choice("rw")
        operator = self.random.choice(BINARY)
        target = "%s%d" % (kind, self.register())
        if self.random.random() < 0.6:
            return ["%s %s %s%d" % (target, operator, kind, self.register())]
        # Division by an immediate of zero is refused.
        value = self.immediate()
        if operator[0] in "/%" or operator[:2] in ("s/", "s%"):
            value = value or 3
        return ["%s %s %d" % (target, operator, value)]

    def shift(self):
        """A shift; by a register the count may be anything."""
        kind = self.random.choice("rw")
        operator = self.random.choice(SHIFTS)
        target = "%s%d" % (kind, self.register())
        if self.random.random() < 0.5:
            return ["%s %s %s%d" % (target, operator, kind, self.register())]
        width = 64 if kind == "r" else 32
        return ["%s %s %d" % (target, operator, self.random.randrange(width))]

    def unary(self):
        """A negation, a byte swap, a move with sign extension, a constant."""
        number, other = self.register(), self.register()
        swap = self.random.choice(("be16", "be32", "be64", "le16", "le32",
                                   "le64", "bswap16", "bswap32", "bswap64"))
        constant = self.random.choice(EDGES)
        return [self.random.choice((
            "r%d = -r%d" % (number, number), "w%d = -w%d" % (number, number),
            "r%d = %s r%d" % (number, swap, number),
            "r%d = (s8)r%d" % (number, other),
            "r%d = (s16)r%d" % (number, other),
            "r%d = (s32)r%d" % (number, other),
            "w%d = (s8)w%d" % (number, other),
            "w%d = (s16)w%d" % (number, other),
            "r%d = 0x%x ll" % (number, constant)))]

    def branch(self):
        """A jump over an instruction."""
        self.labels += 1
        kind = self.random.choice("rw")
        right = ("%s%d" % (kind, self.register()) if self.random.random() < 0.6
                 else "%d" % self.immediate())
        return ["if %s%d %s %s goto L%d" % (
            kind, self.register(), self.random.choice(COMPARISONS), right,
            self.labels), *self.simple(), "L%d:" % self.labels]

    def memory(self):
        """A value through the stack, read in another way than written."""
        size = self.random.choice((8, 16, 32, 64))
        sign = self.random.choice("us") if size < 64 else "u"
        at = -8 * self.random.randint(1, 4)
        lines = ["*(u64 *)(r10 %d) = r%d" % (at, self.register())]
        if self.random.random() < 0.6:
            lines.append(self.atomic(at))
        at += self.random.randrange(0, 64, size) // 8
        lines.append("r%d = *(%s%d *)(r10 %d)" % (self.register(), sign, size,
                                                  at))
        return lines

    def atomic(self, at):
        """An atomic operation on a stack slot."""
        wide = self.random.random() < 0.5
        register = "%s%d" % ("r" if wide else "w", self.register())
        place = "*(u%d *)(r10 %d)" % (64 if wide else 32, at)
        pointer = "(u%d *)(r10 %d)" % (64 if wide else 32, at)
        return self.random.choice((
            "lock %s += %s" % (place, register),
            "lock %s ^= %s" % (place, register),
            "%s = atomic_fetch_%s(%s, %s)" % (
                register, self.random.choice(ATOMICS), pointer, register),
            ("r0 = cmpxchg_64(r10 %d, r0, %s)" if wide else
             "w0 = cmpxchg32_32(r10 %d, w0, %s)") % (at, register),
            ("%s = xchg_64(r10 %d, %s)" if wide else
             "%s = xchg32_32(r10 %d, %s)") % (register, at, register)))

    def simple(self):
        """Instructions without a jump."""
        return self.random.choice((self.binary, self.binary, self.shift,
                                   self.unary))()

    def program(self, count):
        """The lines of the whole program."""
        lines = [".section xdp,\"ax\",@progbits", ".globl work",
                 ".type work,@function", "work:", "r%d = *(u32 *)(r1 + 0)" %
                 PACKET, "r3 = *(u32 *)(r1 + 4)", "r2 = r%d" % PACKET,
                 "r2 += %d" % BYTES, "if r2 > r3 goto OUT"]
        lines += ["r%d = *(u64 *)(r%d + %d)" % (number, PACKET, 8 * place)
                  for place, number in enumerate(REGISTERS)]
        for _ in range(count):
            lines += self.random.choice((self.simple, self.simple, self.branch,
                                         self.memory))()
        lines += ["*(u64 *)(r%d + %d) = r%d" % (PACKET, 8 * place, number)
                  for place, number in enumerate(REGISTERS)]
        return lines + ["OUT:", "r0 = 2", "exit", "LEnd:",
                        ".size work, LEnd-work", ".section license,\"aw\"",
                        ".asciz \"GPL\""]

    def packet(self):
        """The bytes of the eight registers."""
        return b"".join(
            self.random.choice(EDGES + (self.random.getrandbits(64),) * 6)
            .to_bytes(8, "little") for _ in REGISTERS)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("--asm", required=True)
    parser.add_argument("--plan", required=True)
    arguments = parser.parse_args()
    writer = Writer(arguments.seed)
    with open(arguments.asm, "w", encoding="ascii") as file:
        for line in writer.program(400):
            file.write(line + "\n")
    with open(arguments.plan, "w", encoding="ascii") as file:
        for _ in range(40):
            file.write("run work hex:%s show=hex\n" % writer.packet().hex())


if __name__ == "__main__":
    main()
