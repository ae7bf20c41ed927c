#===- fastest.py - The version of clang that counts ---*- python -*-------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Prints what is made of times that are given here.  usage: fastest.py UTILS"""

import sys

sys.path.insert(0, sys.argv[1])

from benchmark import measure
from benchmark.compilers import ALL, LLVM, OURS, VERSIONS

# The times of all objects in the first rounds, and of two in those that count.
FIRST = {OURS: 30, LLVM: 31, "v1": 30, "v2": 28, "v3": 29, "v4": 31}


def measured(ours, clangs, spread):
    """What becomes of such times in the rounds that count."""

    def slopes(objects, _plan, _name, rounds):
        assert rounds in (measure.CHOICE_ROUNDS, measure.ROUNDS)
        if rounds == measure.CHOICE_ROUNDS:
            assert set(objects) == set(ALL)
            return {which: [time] * rounds for which, time in FIRST.items()}
        assert set(objects) == {OURS, "v2"}
        half = rounds // 2
        return {which: [time - spread] * half + [time + spread] * half
                for which, time in ((OURS, ours), ("v2", clangs))}

    measure.slopes = slopes
    found = measure.Measurement(None, {which: which for which in ALL},
                                {which: {} for which in ALL}, {}, ["one"], [])
    measure.Measurer(None, None, False).measure_times(found, None)
    return found


def main():
    """Prints which version counts, and who is faster."""
    for ours, clangs, spread in ((30, 30, 1), (31, 30, 2), (33, 30, 1),
                                 (28, 30, 1)):
        found = measured(ours, clangs, spread)
        with_time = [which for which in VERSIONS if "ns" in found.numbers[which]]
        print("ours %.0f, %s %.0f, within %.0f: %s" % (
            found.numbers[OURS]["ns"], " ".join(with_time),
            measure.best(found, "ns"), measure.spread(found),
            {0: "tie", 1: "slower", -1: "faster"}[measure.slower(found)]))


main()
