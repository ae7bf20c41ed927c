#===- scale.py - Compilation of large programs ---*- python -*------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Generates large programs and measures what compiling them takes.

Three shapes: without branches, with a branch in every statement, and with many
values that live at the same time.  None folds to something small: all work on
bytes of the packet.
"""

import os
import random
from collections import namedtuple

from . import compilers

SIZES = (1000, 10000, 100000)
# Jumps reach 32,767 slots, which some of those out of a program may have to.
MOST_IN_PROGRAM = 20000
PACKET = 512
LIVE = 24

Row = namedtuple("Row", "shape slots seconds peak")


def place(chooser, size):
    """An aligned offset in the packet."""
    return chooser.randrange(PACKET // size) * size


def straight(chooser):
    """A statement without branches: about five instructions."""
    return ("(store u32 data %d (logxor (* (load u32 data %d) %d) sum))"
            " (setf sum (+ sum (load u32 data %d)))" % (
                place(chooser, 4), place(chooser, 4),
                chooser.randrange(3, 1 << 20), place(chooser, 4)), 6)


def branchy(chooser):
    """A statement with a branch."""
    return ("(if (> (load u8 data %d) %d) (setf sum (logxor sum (load u16 data "
            "%d))) (store u8 data %d sum))" % (
                chooser.randrange(PACKET), chooser.randrange(1, 255),
                place(chooser, 2), chooser.randrange(PACKET)), 6)


def lively(chooser):
    """A statement with more values alive than there are registers."""
    names = ["v%d" % at for at in range(LIVE)]
    bindings = " ".join("(%s (load u32 data %d))" % (name, place(chooser, 4))
                        for name in names)
    uses = chooser.sample(names, LIVE)
    return ("(let (%s) (store u32 data %d sum) (setf sum (logxor (+ sum %s) "
            "(* %s))))" % (bindings, place(chooser, 4), " ".join(uses),
                           " ".join(reversed(uses))), 4 * LIVE)


SHAPES = {"straight": straight, "branchy": branchy, "live values": lively}


def program(name, shape, size, chooser):
    """A program of about that many instructions."""
    lines, count = [], 0
    while count < size:
        text, taken = SHAPES[shape](chooser)
        lines.append("      " + text)
        count += taken
    return """(defprog %s (:type :xdp :license "GPL")
  (with-packet (data end :min-len %d)
    (let ((sum u32 1))
%s
      (return (logand sum 1))))
  XDP_PASS)
""" % (name, PACKET, "\n".join(lines))


def source(shape, size):
    """One program, or as many as it takes, of about that many instructions."""
    chooser = random.Random(size)
    count = -(-size // MOST_IN_PROGRAM)
    return "\n".join(program("large-%d" % at, shape, size // count, chooser)
                     for at in range(count))


def measure(compiler):
    """The rows of the table."""
    for shape in SHAPES:
        for size in SIZES:
            name = "%s-%d" % (shape.replace(" ", "-"), size)
            path = os.path.join(compiler.folder, name + ".lisp")
            with open(path, "w", encoding="utf-8") as file:
                file.write(source(shape, size))
            pair = compilers.Pair(name, path, None, None)
            output = compiler.compile(pair, compilers.OURS)
            cost = compiler.cost(pair, compilers.OURS)
            yield Row(shape, compilers.slots(output), cost.seconds, cost.peak)


def cells(row):
    """A row as texts."""
    return [row.shape, "%d" % row.slots, "%.0f" % (1000 * row.seconds),
            "%.1f" % (1e6 * row.seconds / row.slots),
            "%.0f" % (row.peak / 1e6)]


TITLES = ["shape", "slots", "ms", "us each", "peak MB"]


def table(rows):
    """Lines for the eye."""
    for texts in [TITLES] + [cells(row) for row in rows]:
        yield "%-12s %8s %8s %8s %8s" % tuple(texts)
