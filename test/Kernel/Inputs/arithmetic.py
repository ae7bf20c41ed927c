#===- arithmetic.py - Programs that compute ---*- python -*---------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Writes a Lisp file of many computations and a bpf-run plan that checks them.

    arithmetic.py GROUP --lisp FILE --plan FILE

A program reads the operands a, b and c from the packet, computes, and stores
each result into the packet.  The plan runs it on a table of operands and
compares the whole packet with what reference.py makes of the same forms.  The
output depends on nothing but GROUP.
"""

import argparse
import itertools
import os
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

import groups  # noqa: E402
import reference  # noqa: E402

# Where the operands stand, where bytes for the load tests stand, and where the
# results begin.  The link header before them is left alone.
OPERANDS = {"a": 16, "b": 24, "c": 32}
SAMPLE_BYTES = (40, 64)
RESULTS = 64

# The verifier reads a million instructions of a program at most, counting each
# of its paths.
TESTS_PER_PROGRAM = 16

# Values at which widths, signs and carries change.
EDGES = [0, 1, 2, 3, 10, 31, 32, 63, 64, 127, 128, 255, 0xFFFF,
         (1 << 31) - 1, 1 << 31, (1 << 31) + 1,
         (1 << 32) - 1, 1 << 32, (1 << 32) + 1,
         (1 << 63) - 1, 1 << 63, (1 << 63) + 1, (1 << 64) - 1]


def operand_rows(group, extra):
    """Rows of (a, b, c): all pairs of edge values, then random ones."""
    rng = random.Random(group)
    rows = [(x, y, rng.choice(EDGES))
            for x, y in itertools.product(EDGES, EDGES)]
    for _ in range(extra):
        rows.append(tuple(rng.getrandbits(rng.choice((8, 16, 32, 64)))
                          for _ in range(3)))
    return rows


def mentions(form, name):
    """Whether a form contains a symbol."""
    return form == name or isinstance(form, list) and \
        any(mentions(item, name) for item in form)


def with_operands(forms):
    """The forms of one test inside a `let` that loads what they use.

    Each test loads its operands anew: what the kernel's verifier learns of a
    value on the paths through one test must not multiply with those of the
    next.
    """
    loads = [[name, ["load", "u64", "data", offset]]
             for name, offset in OPERANDS.items() if mentions(forms, name)]
    return ["let", loads, *forms]


class Program:
    """One program: its forms, and where each leaves its result."""

    def __init__(self, name, tests):
        self.name = name
        self.forms = []
        self.labels = []
        at = RESULTS
        for test in tests:
            self.forms.append(with_operands(test.stores(at)))
            self.labels.append((at, at + test.size, test.text))
            at += test.size
        self.length = at

    def lisp(self):
        """The program as source text."""
        lines = ["(defprog %s (:type :tc :license \"GPL\")" % self.name,
                 "  (with-packet (data end :min-len %d)" % self.length]
        lines += ["    " + reference.write(form) for form in self.forms]
        return "\n".join(lines) + ")\n  TC_ACT_OK)\n"

    def packet(self, row, rng):
        """A packet that holds the operands and arbitrary other bytes."""
        data = bytearray(rng.randbytes(self.length))
        data[0:14] = bytes(14)
        for value, offset in zip(row, OPERANDS.values()):
            data[offset:offset + 8] = value.to_bytes(8, "little")
        return data

    def plan(self, rows):
        """The lines of the plan that run this program."""
        rng = random.Random(self.name)
        for start, end, text in self.labels:
            yield "label %s %d %d %s" % (self.name, start, end, text)
        for row in rows:
            data = self.packet(row, rng)
            before = data.hex()
            reference.Interpreter(data).run(self.forms)
            yield "run %s hex:%s out=hex:%s about=a=%#x,b=%#x,c=%#x" % (
                self.name, before, data.hex(), *row)


def programs(group, tests):
    """The tests of a group, cut into programs of a bearable size."""
    return [Program("%s-%d" % (group, number),
                    tests[at:at + TESTS_PER_PROGRAM])
            for number, at in enumerate(range(0, len(tests),
                                              TESTS_PER_PROGRAM))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("group", choices=sorted(groups.GROUPS))
    parser.add_argument("--lisp", required=True)
    parser.add_argument("--plan", required=True)
    arguments = parser.parse_args()
    made = programs(arguments.group, groups.GROUPS[arguments.group]())
    rows = operand_rows(arguments.group, extra=60)
    if arguments.group in groups.WITHOUT_OPERANDS:
        rows = rows[:2]
    with open(arguments.lisp, "w", encoding="utf-8") as file:
        file.write("; Made by arithmetic.py: group %s.\n" % arguments.group)
        file.write("\n".join(program.lisp() for program in made))
    with open(arguments.plan, "w", encoding="utf-8") as file:
        for program in made:
            for line in program.plan(rows):
                # The kernel's name for a program is a C identifier.
                word, name, rest = line.split(" ", 2)
                file.write(" ".join([word, name.replace("-", "_"), rest]) +
                           "\n")


if __name__ == "__main__":
    main()
