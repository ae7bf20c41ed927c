#===- stackcheck.py - Which stack bytes helpers are given ---*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Runs the functions of an object on abstract states, to a fixed point.

A function that is called is run in the caller's state, because it may be given
addresses in the caller's frame; every function is also run alone.
"""

from . import elf, uapi
from .helpermemory import HELPERS, InArgument, OfMap
from .stackstate import ALL_BITS, ANYWHERE, STACK_BYTES, Const, Maps, Stack, \
    State

# Parts of an opcode (Documentation/bpf/standardization/instruction-set.rst).
LD, LDX, ST, STX, ALU, JMP, JMP32, ALU64 = range(8)
SIZES = {0x00: 4, 0x08: 2, 0x10: 1, 0x18: 8}
MODE_IMM, MODE_MEM, MODE_ATOMIC = 0x00, 0x60, 0xC0
FROM_REGISTER = 0x08
ADD, SUB, MOV = 0x00, 0x10, 0xB0
JA, CALL, EXIT = 0x00, 0x80, 0x90
PSEUDO_CALL = 1
FETCH, LOAD_ACQUIRE, STORE_RELEASE, COMPARE_EXCHANGE = 0x01, 0x100, 0x110, 0xF1

# The kernel's MAX_CALL_FRAMES.
MOST_FRAMES = 8

# Operations on two known numbers.
ARITHMETIC = {
    0x00: lambda a, b, bits: a + b,
    0x10: lambda a, b, bits: a - b,
    0x20: lambda a, b, bits: a * b,
    0x40: lambda a, b, bits: a | b,
    0x50: lambda a, b, bits: a & b,
    0x60: lambda a, b, bits: a << b % bits,
    0x70: lambda a, b, bits: a >> b % bits,
    0xA0: lambda a, b, bits: a ^ b,
    0xB0: lambda a, b, bits: b,
}


class CheckError(ValueError):
    """An object that cannot be analysed."""


def span(offsets):
    """Offsets from the frame pointer as text."""
    first, last = offsets[0], offsets[-1]
    return "fp%d" % first if first == last else "fp%d..fp%d" % (first, last)


def moved(value, distance):
    """A stack address so much further; anywhere when that is not known."""
    if value.places is None or not isinstance(distance, Const):
        return Stack(None, value.is_certain)
    step = distance.value - (1 << 64) * (distance.value >> 63)
    return value._replace(places=frozenset(
        (depth, offset + step) for depth, offset in value.places))


class Checker:
    """The analysis of one object."""

    def __init__(self, item):
        self.object = item
        self.helpers = uapi.helpers()
        self.violations = {}
        self.checked = set()
        self.unknown_lengths = set()
        self.running = []

    def check_all(self):
        """Runs every function alone."""
        for function in self.object.functions:
            self.run(function.section, function.start, State.at_entry())

    def run(self, section, start, state):
        """Runs a function; the state at its end, None when it never ends."""
        if len(self.running) >= MOST_FRAMES:
            raise CheckError("functions call each other more than %d deep" %
                             MOST_FRAMES)
        self.running.append(start)
        code = self.object.code[section]
        known = {start: state}
        pending = [start]
        end = None
        while pending:
            at = pending.pop()
            after = known[at].copy()
            if not 0 <= at < len(code):
                raise CheckError("a jump leads out of the section")
            if code[at].code == JMP | EXIT:
                end = after if end is None else end.join(after)
                continue
            for following in self.step(section, at, code[at], after):
                old = known.get(following)
                new = after if old is None else old.join(after)
                if old is None or new != old:
                    known[following] = new
                    pending.append(following)
        self.running.pop()
        return end

    def report(self, section, at, what, where):
        """Remembers a violation; of what one instruction does, the first."""
        self.violations.setdefault((section, at, what), where)

    def step(self, section, at, insn, state):
        """Executes one instruction on a state; returns where it may lead."""
        family = insn.code & 7
        if family in (ALU, ALU64):
            self.compute(insn, state)
        elif family == LD:
            return self.load_constant(section, at, insn, state)
        elif family == LDX:
            self.load(section, at, insn, state, insn.src, insn.dst)
        elif family in (ST, STX):
            self.store(section, at, insn, state)
        else:
            return self.jump(section, at, insn, state)
        return [at + 1]

    # Arithmetic.

    @staticmethod
    def operand(insn, state):
        """The second operand."""
        if insn.code & FROM_REGISTER:
            return state.registers[insn.src]
        return Const(insn.immediate & ALL_BITS)

    def compute(self, insn, state):
        """ALU and ALU64."""
        registers = state.registers
        left, right = registers[insn.dst], self.operand(insn, state)
        operation = insn.code & 0xF0
        is_wide = insn.code & 7 == ALU64
        if is_wide and operation == MOV and not insn.offset:
            registers[insn.dst] = right
        elif isinstance(left, Const) and isinstance(right, Const) and \
                operation in ARITHMETIC and not insn.offset:
            bits = 64 if is_wide else 32
            mask = (1 << bits) - 1
            registers[insn.dst] = Const(ARITHMETIC[operation](
                left.value & mask, right.value & mask, bits) & mask)
        elif operation == MOV and not insn.offset and \
                isinstance(right, Const):
            registers[insn.dst] = Const(right.value & 0xFFFFFFFF)
        else:
            registers[insn.dst] = self.pointer_arithmetic(
                is_wide and operation, left, right)

    @staticmethod
    def pointer_arithmetic(operation, left, right):
        """What addition or subtraction makes of addresses; None of others."""
        if operation == ADD and isinstance(left, Stack):
            return moved(left, right)
        if operation == ADD and isinstance(right, Stack):
            return moved(right, left)
        if operation == SUB and isinstance(left, Stack) and \
                not isinstance(right, Stack):
            return moved(left, Const(-right.value & ALL_BITS)
                         if isinstance(right, Const) else None)
        return None

    # Memory.

    def load_constant(self, section, at, insn, state):
        """A 64-bit constant, in two slots, or the address of something."""
        if insn.code & 0xE0 != MODE_IMM:
            # Packet access of old: a call, in effect.
            state.registers[:6] = [None] * 6
            return [at + 1]
        symbol = self.object.relocations.get((section, 8 * at))
        value = None
        if symbol is None:
            high = self.object.code[section][at + 1].immediate
            value = Const((high << 32 | insn.immediate & 0xFFFFFFFF) &
                          ALL_BITS) if insn.src == 0 else None
        elif symbol.name in self.object.maps:
            value = Maps(frozenset([self.object.maps[symbol.name]]))
        state.registers[insn.dst] = value
        return [at + 2]

    def require(self, section, at, state, address, size, what):
        """Reports bytes at an address that are not certainly written."""
        if address.places is None:
            self.report(section, at, what,
                        "the stack at an address that is not constant")
            return
        for depth, offset in sorted(address.places):
            if offset < -STACK_BYTES or offset + size > 0:
                self.report(section, at, what, "%s, which is outside the "
                            "stack" % span(range(offset, offset + size)))
                continue
            missing = state.frames[depth].missing(offset, size)
            if missing:
                self.report(section, at, what, "%s%s, which nothing wrote" % (
                    span(missing), "" if depth + 1 == len(state.frames)
                    else " of a caller"))

    @staticmethod
    def is_inside(address, size):
        """Whether all places of an address are in the stack."""
        return address.places is None or all(
            -STACK_BYTES <= offset and offset + size <= 0
            for _, offset in address.places)

    def load(self, section, at, insn, state, base, target):
        """A load from memory into a register."""
        size = SIZES[insn.code & 0x18]
        address = state.registers[base]
        value = None
        if isinstance(address, Stack):
            address = moved(address, Const(insn.offset & ALL_BITS))
            self.require(section, at, state, address, size, "loads")
            if insn.code & 0xE0 == MODE_MEM and self.is_inside(address, size):
                value = state.load(address, size)
        state.registers[target] = value

    def store(self, section, at, insn, state):
        """A store, or an atomic operation."""
        if insn.code & 0xE0 == MODE_ATOMIC and \
                insn.immediate != STORE_RELEASE:
            return self.update(section, at, insn, state)
        value = state.registers[insn.src] if insn.code & 7 == STX else \
            Const(insn.immediate & ALL_BITS)
        self.write(section, at, insn, state, value)

    def write(self, section, at, insn, state, value):
        """Stores a value where the instruction says."""
        size = SIZES[insn.code & 0x18]
        address = state.registers[insn.dst]
        if not isinstance(address, Stack):
            return
        address = moved(address, Const(insn.offset & ALL_BITS))
        if self.is_inside(address, size):
            state.store(address, size, value)
        else:
            self.report(section, at, "stores", "outside the stack")

    def update(self, section, at, insn, state):
        """An atomic operation on memory."""
        registers = state.registers
        if insn.immediate == LOAD_ACQUIRE:
            self.load(section, at, insn, state, insn.src, insn.dst)
            return
        address = registers[insn.dst]
        fetched = None
        if isinstance(address, Stack):
            size = SIZES[insn.code & 0x18]
            place = moved(address, Const(insn.offset & ALL_BITS))
            self.require(section, at, state, place, size, "updates")
            # An exchange may store the address that it is given.
            value = registers[insn.src]
            fetched = state.load(place, size) \
                if self.is_inside(place, size) else None
            self.write(section, at, insn, state,
                       ANYWHERE if isinstance(value, Stack) or
                       isinstance(fetched, Stack) else None)
        if insn.immediate == COMPARE_EXCHANGE:
            registers[0] = fetched
        elif insn.immediate & FETCH:
            registers[insn.src] = fetched

    # Control.

    def jump(self, section, at, insn, state):
        """Jumps and calls."""
        operation = insn.code & 0xF0
        if operation == CALL:
            return self.call(section, at, insn, state)
        if operation == JA:
            is_long = insn.code & 7 == JMP32
            return [at + 1 + (insn.immediate if is_long else insn.offset)]
        return [at + 1, at + 1 + insn.offset]

    def call(self, section, at, insn, state):
        """A call of a helper, of a function of the object, or of the kernel."""
        result = None
        if insn.src == PSEUDO_CALL:
            end = self.call_function(section, at, insn, state)
            if end is None:
                return []
            result = end.registers[0]
            state.frames = end.frames[:len(state.frames)]
            if isinstance(result, Stack):
                result = ANYWHERE
        else:
            name = self.helpers.get(insn.immediate) if insn.src == 0 else None
            result = self.call_helper(section, at, name, state)
        state.registers[:6] = [result] + [None] * 5
        return [at + 1]

    def call_function(self, section, at, insn, state):
        """Runs the function that a call leads to (libbpf's
        bpf_object__reloc_code tells how relocations give it)."""
        symbol = self.object.relocations.get((section, 8 * at))
        target = at + 1 + insn.immediate
        if symbol is not None:
            section = symbol.section
            target = symbol.value // 8 + insn.immediate + 1
        if section not in self.object.code:
            raise CheckError("a call leads to no code of the object")
        return self.run(section, target, State.at_entry(
            state.registers[1:6], state.frames))

    def call_helper(self, section, at, name, state):
        """Checks the memory that a helper reads; returns what it returns."""
        registers = state.registers
        if name not in HELPERS:
            self.check_unknown(section, at, name, registers)
            return None
        self.checked.add((section, at))
        for memory in HELPERS[name]:
            address = registers[memory.argument]
            if not isinstance(address, Stack):
                continue
            sizes = self.sizes(memory.size, registers)
            if sizes is None:
                self.report(section, at, "%s is given" % name,
                            "the stack with a map that is not known")
            elif memory.is_output:
                self.helper_writes(section, at, name, state, address, sizes)
            else:
                if not sizes:
                    self.unknown_lengths.add((section, at))
                for size in sizes:
                    self.require(section, at, state, address, size,
                                 "%s reads" % name)
        maps = registers[1]
        if name == "map_lookup_elem" and isinstance(maps, Maps) and \
                all(choice.inner for choice in maps.choices):
            return Maps(frozenset(choice.inner for choice in maps.choices))
        return None

    def helper_writes(self, section, at, name, state, address, sizes):
        """What memory that a helper fills is afterwards."""
        for size in sizes:
            if not self.is_inside(address, size):
                self.report(section, at, "%s writes" % name,
                            "outside the stack")
            elif size and len(sizes) == 1:
                state.store(address, size, None)
            else:
                state.store(address._replace(is_certain=False), size, None)
        if not sizes:
            state.store(ANYWHERE, 1, None)

    @staticmethod
    def sizes(size, registers):
        """The sizes that memory may have: of several maps several, none when it
        is in a register and not constant; None when the map is not known."""
        if isinstance(size, InArgument):
            value = registers[size.argument]
            return [value.value] if isinstance(value, Const) else []
        if isinstance(size, OfMap):
            value = registers[size.argument]
            if not isinstance(value, Maps):
                return None
            found = {getattr(choice, size.part) for choice in value.choices}
            return None if None in found else sorted(found)
        return [size]

    def check_unknown(self, section, at, name, registers):
        """A helper that is not in the table may read what it is given."""
        count = uapi.helper_arguments().get(name, 5)
        for number in range(1, count + 1):
            if isinstance(registers[number], Stack):
                self.report(section, at, "%s is given" % (
                    name or "a function of the kernel"), "the stack as "
                    "argument %d, and what it reads there is not known" %
                            number)

    # Results.

    def describe(self):
        """The violations as text, in the order of the code."""
        for (section, at, what), where in sorted(self.violations.items()):
            owner = max((f for f in self.object.functions
                         if f.section == section and f.start <= at),
                        key=lambda f: f.start)
            yield "%s: instruction %d: %s %s" % (
                owner.name, at - owner.start, what, where)

    def program_count(self):
        """The number of programs, functions that they call not counted."""
        return sum(f.is_program for f in self.object.functions)


def check(item):
    """A Checker that has run over an object."""
    checker = Checker(item)
    checker.check_all()
    return checker


# Read by the command line tool to name what it could not open.
ERRORS = (CheckError, ValueError, OSError, IndexError, elf.struct.error)
