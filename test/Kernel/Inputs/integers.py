#===- integers.py - Integer arithmetic at every width ---*- python -*-----===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Writes MLIR that computes with integers of all widths, and a plan for it.

    integers.py --mlir FILE --plan FILE

The language computes with 64 bits, so that its own tests seldom reach what the
code generator does for i1, i8, i16 and i32: their registers may hold anything
above the width.  Each program here is a random sequence of arith and whistler
operations on values from the packet, and stores every result into the packet.
The plan compares the packet with what this file computes by itself.  The output
is always the same.
"""

import argparse
import random

SEED = 22
PROGRAMS = 32
OPERATIONS = 26
# Every selection is two paths for the verifier, from there on.
MOST_SELECTIONS = 7
ROWS = 24

OPERANDS = range(16, 48, 8)
RESULTS = 64

WIDTHS = [1, 8, 16, 32, 64]
EDGES = [0, 1, 2, 3, 7, 10, 63, 100, 127, 128, 255, 256, 0x7FFF, 0x8000,
         0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 32, (1 << 63) - 1,
         1 << 63, (1 << 64) - 1, 0xFEDCBA9876543210]


def signed(value, width):
    """The two's complement reading of a value."""
    return value - (1 << width) if value >> (width - 1) else value


def log2(x, _):
    return max(x.bit_length() - 1, 0)


def swap(x, width):
    return int.from_bytes(x.to_bytes(width // 8, "little"), "big")


BINARY = {
    "arith.addi": lambda x, y, w: x + y,
    "arith.subi": lambda x, y, w: x - y,
    "arith.muli": lambda x, y, w: x * y,
    "arith.andi": lambda x, y, w: x & y,
    "arith.ori": lambda x, y, w: x | y,
    "arith.xori": lambda x, y, w: x ^ y,
}
SHIFTS = {
    "arith.shli": lambda x, n, w: x << n,
    "arith.shrui": lambda x, n, w: x >> n,
    "arith.shrsi": lambda x, n, w: signed(x, w) >> n,
}
DIVISIONS = {
    "whistler.udiv": lambda x, y, w: x // y if y else 0,
    "whistler.umod": lambda x, y, w: x % y if y else x,
}
CHOICES = {
    "arith.minui": lambda x, y, w: min(x, y),
    "arith.maxui": lambda x, y, w: max(x, y),
    "arith.minsi": lambda x, y, w: min(x, y, key=lambda v: signed(v, w)),
    "arith.maxsi": lambda x, y, w: max(x, y, key=lambda v: signed(v, w)),
}
PREDICATES = {
    "eq": lambda x, y, w: x == y, "ne": lambda x, y, w: x != y,
    "ult": lambda x, y, w: x < y, "ule": lambda x, y, w: x <= y,
    "ugt": lambda x, y, w: x > y, "uge": lambda x, y, w: x >= y,
    "slt": lambda x, y, w: signed(x, w) < signed(y, w),
    "sle": lambda x, y, w: signed(x, w) <= signed(y, w),
    "sgt": lambda x, y, w: signed(x, w) > signed(y, w),
    "sge": lambda x, y, w: signed(x, w) >= signed(y, w),
}


class Program:
    """Grows one program: its lines, and a function for each of its values."""

    def __init__(self, name, rng):
        self.name = name
        self.rng = rng
        self.lines = []
        self.values = {width: [] for width in WIDTHS}
        self.steps = []
        self.selections = 0
        self.stores = []
        self.at = RESULTS

    def define(self, width, text, operands, compute):
        """Adds an operation; `compute` takes the operands' values."""
        number = len(self.steps)
        names = ["%%v%d" % operand for operand in operands]
        self.lines.append("  %%v%d = %s" % (number, text.format(*names)))
        mask = (1 << width) - 1
        self.steps.append(lambda state: compute(
            *[state[operand] for operand in operands]) & mask)
        self.values[width].append(number)
        return number

    def pick(self, width):
        """A value of that width, preferably a recent one."""
        pool = self.values[width]
        if not pool or self.rng.random() < 0.2:
            return self.constant(width)
        return self.rng.choice(pool[-4:] if self.rng.random() < 0.6 else pool)

    def constant(self, width):
        value = self.rng.choice(EDGES) & ((1 << width) - 1)
        text = ["false", "true"][value] if width == 1 else \
            "%d : i%d" % (signed(value, width), width)
        return self.define(width, "arith.constant " + text, [],
                           lambda: value)

    def load_operands(self):
        for offset in OPERANDS:
            for width in self.rng.sample([8, 16, 32, 64], 2):
                self.define(
                    width, "whistler.load %%data[%d] : !whistler.ptr<packet> "
                    "-> i%d" % (offset, width), [], None)
                self.steps[-1] = lambda state, at=offset, size=width // 8: \
                    int.from_bytes(state["packet"][at:at + size], "little")

    def grow(self):
        """One operation more."""
        branching = self.selections < MOST_SELECTIONS
        ways = [self.binary] * 5 + [self.shift] * 2 + \
            [self.extend] * 3 + [self.truncate] * 2 + \
            [self.divide, self.swap, self.compare]
        ways += [self.select, self.choose, self.logarithm] * branching
        self.rng.choice(ways)()

    def binary(self):
        width = self.rng.choice(WIDTHS)
        name, compute = self.rng.choice(sorted(BINARY.items()))
        self.define(width, "%s {0}, {1} : i%d" % (name, width),
                    [self.pick(width), self.pick(width)],
                    lambda x, y: compute(x, y, width))

    def shift(self):
        width = self.rng.choice(WIDTHS[1:])
        name, compute = self.rng.choice(sorted(SHIFTS.items()))
        most = self.define(width, "arith.constant %d : i%d" %
                           (width - 1, width), [], lambda: width - 1)
        count = self.define(width, "arith.andi {0}, {1} : i%d" % width,
                            [self.pick(width), most], lambda x, y: x & y)
        self.define(width, "%s {0}, {1} : i%d" % (name, width),
                    [self.pick(width), count],
                    lambda x, n: compute(x, n, width))

    def divide(self):
        width = self.rng.choice([32, 64])
        name, compute = self.rng.choice(sorted(DIVISIONS.items()))
        self.define(width, "%s {0}, {1} : i%d" % (name, width),
                    [self.pick(width), self.pick(width)],
                    lambda x, y: compute(x, y, width))

    def swap(self):
        width = self.rng.choice([16, 32, 64])
        self.define(width, "whistler.byteswap {0} : i%d" % width,
                    [self.pick(width)], lambda x: swap(x, width))

    def logarithm(self):
        self.selections += 6
        self.define(64, "whistler.log2 {0}", [self.pick(64)],
                    lambda x: log2(x, 64))

    def extend(self):
        small, large = sorted(self.rng.sample(WIDTHS, 2))
        if self.rng.random() < 0.5:
            self.define(large, "arith.extui {0} : i%d to i%d" %
                        (small, large), [self.pick(small)], lambda x: x)
        else:
            self.define(large, "arith.extsi {0} : i%d to i%d" %
                        (small, large), [self.pick(small)],
                        lambda x: signed(x, small))

    def truncate(self):
        small, large = sorted(self.rng.sample(WIDTHS, 2))
        self.define(small, "arith.trunci {0} : i%d to i%d" % (large, small),
                    [self.pick(large)], lambda x: x)

    def compare(self):
        self.selections += 1
        width = self.rng.choice(WIDTHS)
        name, holds = self.rng.choice(sorted(PREDICATES.items()))
        self.define(1, "arith.cmpi %s, {0}, {1} : i%d" % (name, width),
                    [self.pick(width), self.pick(width)],
                    lambda x, y: int(holds(x, y, width)))

    def choose(self):
        self.selections += 1
        width = self.rng.choice(WIDTHS[1:])
        name, compute = self.rng.choice(sorted(CHOICES.items()))
        self.define(width, "%s {0}, {1} : i%d" % (name, width),
                    [self.pick(width), self.pick(width)],
                    lambda x, y: compute(x, y, width))

    def select(self):
        self.selections += 1
        width = self.rng.choice(WIDTHS)
        self.define(width, "arith.select {0}, {1}, {2} : i%d" % width,
                    [self.pick(1), self.pick(width), self.pick(width)],
                    lambda c, x, y: x if c else y)

    def store_results(self):
        """Stores what was computed, truth values as bytes."""
        for width in WIDTHS:
            for value in list(self.values[width]):
                if "load" in self.lines[value] or \
                        "constant" in self.lines[value]:
                    continue
                text = self.lines[value].strip()
                if width == 1:
                    value = self.define(8, "arith.extui {0} : i1 to i8",
                                        [value], lambda x: x)
                self.store(value, max(width, 8), text)

    def store(self, value, width, text):
        self.lines.append(
            "  whistler.store %%v%d, %%data[%d] : i%d, !whistler.ptr<packet>"
            % (value, self.at, width))
        # A line without a value keeps the numbers of lines and steps equal.
        self.steps.append(lambda state: None)
        self.stores.append((self.at, width // 8, value, text))
        self.at += width // 8

    def mlir(self):
        head = """whistler.prog @%s type "xdp" section "xdp" license "GPL" {
^bb0(%%ctx: !whistler.ptr<ctx>):
  %%pass = arith.constant 2 : i64
  %%size = arith.constant %d : i64
  %%data = whistler.ctx_load %%ctx[0] size 4 : !whistler.ptr<packet>
  %%end = whistler.ctx_load %%ctx[4] size 4 : !whistler.ptr<packet_end>
  %%limit = whistler.ptr_add %%data, %%size : !whistler.ptr<packet>
  %%short = whistler.ptr_cmp gt %%limit, %%end : !whistler.ptr<packet>, """ \
            """!whistler.ptr<packet_end>
  cf.cond_br %%short, ^out, ^body
^body:
""" % (self.name, self.at)
        tail = "\n  cf.br ^out\n^out:\n  whistler.return %pass\n}\n"
        return head + "\n".join(self.lines) + tail

    def plan(self):
        rng = random.Random(self.name)
        for at, size, _, text in self.stores:
            yield "label %s %d %d %s" % (self.name, at, at + size, text)
        for _ in range(ROWS):
            row = [rng.choice(EDGES) if rng.random() < 0.6 else
                   rng.getrandbits(64) for _ in OPERANDS]
            packet = bytearray(self.at)
            for offset, value in zip(OPERANDS, row):
                packet[offset:offset + 8] = value.to_bytes(8, "little")
            before = packet.hex()
            self.run(packet)
            yield "run %s hex:%s out=hex:%s about=%s" % (
                self.name, before, packet.hex(),
                ",".join("%#x" % value for value in row))

    def run(self, packet):
        """What the program does to the packet."""
        state = {"packet": bytes(packet)}
        for number, step in enumerate(self.steps):
            state[number] = step(state)
        for at, size, value, _ in self.stores:
            packet[at:at + size] = state[value].to_bytes(size, "little")


def make(name, rng):
    program = Program(name, rng)
    program.load_operands()
    for _ in range(OPERATIONS):
        program.grow()
    program.store_results()
    return program


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mlir", required=True)
    parser.add_argument("--plan", required=True)
    arguments = parser.parse_args()
    rng = random.Random(SEED)
    programs = [make("integers_%d" % number, rng)
                for number in range(PROGRAMS)]
    with open(arguments.mlir, "w", encoding="utf-8") as file:
        file.write("\n".join(program.mlir() for program in programs))
    with open(arguments.plan, "w", encoding="utf-8") as file:
        for program in programs:
            file.writelines(line + "\n" for line in program.plan())


if __name__ == "__main__":
    main()
