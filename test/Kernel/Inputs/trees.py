#===- trees.py - Random expressions ---*- python -*-----------------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Grows random expressions of the scalar language, always the same ones."""

import random

SEED = 20

BINARY = ["+", "-", "*", "logand", "logior", "logxor", "min", "max", "=",
          "/=", "<", "<=", ">", ">=", "s<", "s<=", "s>", "s>="]
UNARY = ["1+", "1-", "lognot", "not", "log2", "-", "ntohs", "ntohl",
         "ntohll"]
KINDS = ["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"]
LITERALS = [0, 1, 2, 3, 7, 8, 15, 31, 63, 64, 100, 255, 256, 0xFFFF,
            0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 32, (1 << 63) - 1,
            1 << 63, (1 << 64) - 1, -1, -2, -129]


class Grower:
    """Grows trees out of one source of random numbers."""

    def __init__(self, rng):
        self.rng = rng
        self.names = ["a", "b", "c"]
        self.fresh = 0

    def leaf(self):
        """A variable, a literal or a load."""
        draw = self.rng.random()
        if draw < 0.55:
            return self.rng.choice(self.names)
        if draw < 0.8:
            return self.rng.choice(LITERALS)
        kind = self.rng.choice(KINDS)
        return ["load", kind, "data", self.rng.randrange(40, 57)]

    def tree(self, depth):
        """An expression at most `depth` deep."""
        if depth == 0:
            return self.leaf()
        grow = self.rng.choice([
            self.binary, self.binary, self.binary, self.unary, self.divide,
            self.shift, self.cast, self.choice, self.junction, self.bind,
            self.select])
        return grow(depth - 1)

    def binary(self, depth):
        return [self.rng.choice(BINARY), self.tree(depth), self.tree(depth)]

    def unary(self, depth):
        return [self.rng.choice(UNARY), self.tree(depth)]

    def divide(self, depth):
        """Division; the divisor is no literal zero, which is an error."""
        divisor = self.tree(depth)
        if isinstance(divisor, int):
            divisor = abs(divisor) or 3
        return [self.rng.choice(["/", "mod"]), self.tree(depth), divisor]

    def shift(self, depth):
        """A shift; a literal count is within the width."""
        count = self.tree(depth)
        if isinstance(count, int):
            count %= 64
        return [self.rng.choice(["<<", ">>", ">>>"]), self.tree(depth), count]

    def cast(self, depth):
        return ["cast", self.rng.choice(KINDS), self.tree(depth)]

    def choice(self, depth):
        return ["if", self.tree(depth), self.tree(depth), self.tree(depth)]

    def junction(self, depth):
        return [self.rng.choice(["and", "or"]), self.tree(depth),
                self.tree(depth)]

    def select(self, depth):
        return ["cond", [self.tree(depth), self.tree(depth)],
                [self.tree(depth), self.tree(depth)], ["t", self.leaf()]]

    def bind(self, depth):
        """A typed variable that is changed on one path and then used."""
        start = self.tree(depth)
        self.fresh += 1
        name = "v%d" % self.fresh
        self.names.append(name)
        body = [["when", self.tree(depth), ["setf", name, self.tree(depth)]],
                self.tree(depth)]
        self.names.remove(name)
        return ["let", [[name, self.rng.choice(KINDS), start]], *body]


def many(count):
    """`count` trees of mixed depth."""
    rng = random.Random(SEED)
    return [Grower(rng).tree(rng.randrange(2, 5)) for _ in range(count)]
