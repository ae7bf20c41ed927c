#===- measure.py - The numbers of one pair ---*- python -*----------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Compiles, checks and measures a pair.

The numbers of an object are a dictionary from the metrics below to values; what
could not be measured is missing.
"""

import os
import random
import statistics
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor

from . import behaviour, compilers, live, prologue, simulated
from . import plan as plans
from .compilers import ALL, LLVM, OURS, VERSIONS

# `style` formats a value; a pair is refused by what is over 1.00 of clang's
# where `is_gate`.
Metric = namedtuple("Metric", "name title style is_gate")

METRICS = (
    Metric("slots", "slots", "%d", True),
    Metric("hot", "executed", "%d", True),
    Metric("verified", "verified", "%d", False),
    Metric("jited", "jited", "%d", False),
    Metric("ns", "ns", "%.1f", False),
    Metric("compile", "compile ms", "%.1f", False),
    Metric("peak", "peak MB", "%.0f", False),
)

# Measured are the times of so many rounds: of all objects, to find the fastest of
# clang's, and of that one and ours; an object's share of one lasts about that long.
# The smallest of several measured times is too small by chance, so the rounds that
# choose one are not those that count.
CHOICE_ROUNDS = 3 * prologue.PADDINGS
ROUNDS = 8 * prologue.PADDINGS
FEW, ROUND_SECONDS = 10000, 0.03
# A shorter time is none that could be measured.
LEAST_NS = 0.1
COMPILER_ROUNDS = 11

# Of `numbers` there is one dictionary for each of ALL; besides the metrics,
# "spread" is half the distance between the quartiles of "ns", and "choice" is the
# time by which the fastest of clang's versions was chosen: only that one has "ns".
# `paths` is {which: {path: executed instructions}}.
Measurement = namedtuple("Measurement",
                         "pair objects numbers paths hot problems")


class Measurer:
    """Measures pairs one after another."""

    def __init__(self, tools, compiler, is_quick, mutations=0):
        self.tools = tools
        self.compiler = compiler
        self.is_quick = is_quick
        self.mutations = mutations

    def compile_all(self, pair):
        """{which: object file}."""
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            return dict(zip(ALL, pool.map(
                lambda which: self.compiler.compile(pair, which), ALL)))

    def measure(self, pair):
        """The Measurement of a pair."""
        plan = plans.read(pair.plan)
        objects = self.compile_all(pair)
        found = Measurement(pair, objects, {}, {}, hot_paths(plan), [])
        for which, path in objects.items():
            found.numbers[which] = {"slots": compilers.slots(path)}
        longer = plans.with_mutations(plan, self.mutations)
        # Where the time decides, only the interpreter can do the same again.
        self.check_live(found, plan if plan.times else longer)
        self.check_simulated(found, longer)
        if not self.is_quick and not found.problems:
            self.measure_times(found, plan)
            self.measure_compilers(found)
        return found

    def check_live(self, found, plan):
        """Compares all objects in the kernel, and asks what it made of them."""
        seen = {}
        for which, path in found.objects.items():
            with live.Target(path) as target:
                seen[which] = (target.definitions,
                               behaviour.follow(target, plan))
                cost = target.costs()
            found.numbers[which].update(verified=cost.verified,
                                        jited=cost.jited)
        compare(found, seen, "kernel")

    def check_simulated(self, found, plan):
        """Compares all objects in the interpreter, which counts."""
        if not simulated.is_there(self.tools):
            return
        seen = {}
        for which, path in found.objects.items():
            with simulated.Target(self.tools, path) as target:
                seen[which] = (target.definitions,
                               behaviour.follow(target, plan))
            counts = behaviour.executed(seen[which][1])
            found.paths[which] = counts
            found.numbers[which]["hot"] = sum(counts[path]
                                              for path in found.hot)
        compare(found, seen, "interpreter")

    def measure_times(self, found, plan):
        """Nanoseconds of the hot paths, where the kernel can repeat them."""
        first = hot_times(found.objects, found.hot, plan, CHOICE_ROUNDS)
        if not first:
            return
        for which, (nanoseconds, _) in first.items():
            found.numbers[which]["choice"] = nanoseconds
        fastest = min(VERSIONS, key=lambda version: first[version][0])
        chosen = {which: found.objects[which] for which in (OURS, fastest)}
        times = hot_times(chosen, found.hot, plan, ROUNDS)
        for which, taken in {LLVM: first[LLVM], **times}.items():
            found.numbers[which].update(zip(("ns", "spread"), taken))

    def measure_compilers(self, found):
        """Milliseconds and memory of both compilers, run alternately."""
        whiches = (OURS, "v3")
        costs = {which: [] for which in whiches}
        for _ in range(COMPILER_ROUNDS):
            for which in whiches:
                costs[which].append(self.compiler.cost(found.pair, which))
        for which, taken in costs.items():
            found.numbers[which].update(
                compile=1000 * statistics.median(c.seconds for c in taken),
                peak=statistics.median(c.peak for c in taken) / 1e6)


def hot_paths(plan):
    """The names of the hot paths."""
    return [step.path for step in plan.steps
            if isinstance(step, plans.Run) and step.hot]


def compare(found, seen, where):
    """Notes what ours does otherwise than planned, and others than ours."""
    for text in behaviour.surprises(seen[OURS][1]):
        found.problems.append("%s: in the %s: %s" % (found.pair.name, where,
                                                     text))
    for which in ALL[1:]:
        other = "clang -mcpu=" + which if which in VERSIONS else which
        for text in behaviour.differences(seen[OURS], seen[which]):
            found.problems.append("%s: %s and %s differ in the %s: %s" % (
                found.pair.name, OURS, other, where, text))


def prefix(plan, name):
    """(the plan up to the path of that name, that step)."""
    for at, step in enumerate(plan.steps):
        if isinstance(step, plans.Run) and step.path == name:
            return plans.Plan(plan.steps[:at + 1], plan.times), step
    raise AssertionError(name)


def restoring(path, before, step):
    """Instructions that make the packet of `step` new for each of many runs, or None
    if the kernel cannot repeat it.

    A ring buffer would be full after some thousand runs, so what writes to one is
    not repeated.
    """
    with live.Target(path) as target:
        if target.readers or not target.can_repeat(step.program):
            return None
        behaviour.follow(target, before)
        after = target.run(step.program, step.packet, step.context).packet
        return prologue.restoring(target.kind(step.program), step.packet,
                                  after)


def hot_times(objects, hot, plan, rounds):
    """{which: (nanoseconds of one run on each of the hot paths, half the distance
    between their quartiles)}, of so many rounds; empty if the kernel cannot repeat
    one of them."""
    sums = {which: (0, 0) for which in objects}
    for name in hot:
        times = slopes(objects, plan, name, rounds)
        if not times:
            return {}
        for which, values in times.items():
            first, median, third = statistics.quantiles(values, n=4)
            nanoseconds, spread_of = sums[which]
            sums[which] = (nanoseconds + max(LEAST_NS, median),
                           spread_of + (third - first) / 2)
    return sums


def slopes(objects, plan, name, rounds):
    """{which: [nanoseconds of one run on the path]}, one for each round; empty
    if the kernel cannot repeat it.

    Each time is the slope between a few runs and many, so that what the system
    call and the preparation cost does not count.  Where a program lies makes more
    difference than some instructions do, and the JIT compiler puts it at a random
    place: every round loads the objects again, in another order and with another
    padding.
    """
    before, step = prefix(plan, name)
    code = restoring(objects[OURS], before, step)
    if code is None:
        return {}
    taken = {which: [] for which in objects}
    order, many = list(objects), None
    for number in range(rounds):
        padded = code + prologue.padding(number % prologue.PADDINGS)
        random.shuffle(order)
        for which in order:
            with live.Target(objects[which], {step.program: padded}) as target:
                behaviour.follow(target, before)

                def seconds(repeat):
                    return target.seconds(step.program, step.packet,
                                          step.context, repeat)

                many = many or FEW + rounds_for(seconds)
                taken[which].append(1e9 * (seconds(many) - seconds(FEW)) /
                                    (many - FEW))
    return taken


def rounds_for(seconds):
    """How many runs take about ROUND_SECONDS; `seconds` tells what a number of
    runs takes."""
    few, many = (min(seconds(repeat) for _ in range(3))
                 for repeat in (FEW, 50 * FEW))
    return int(ROUND_SECONDS / max((many - few) / (49 * FEW), 1e-8))


def best(found, metric):
    """The lowest value of clang's versions, or None."""
    values = [found.numbers[version][metric] for version in VERSIONS
              if metric in found.numbers[version]]
    return min(values) if values else None


def ratio(found, metric):
    """Ours divided by clang's best, or None."""
    mine, other = found.numbers[OURS].get(metric), best(found, metric)
    return mine / other if mine is not None and other else None


def variant_ratio(found, which):
    """The slots of another of our objects divided by clang's best."""
    return found.numbers[which]["slots"] / best(found, "slots")


def fastest_version(found):
    """The version for which clang's object takes the least time."""
    return next(version for version in VERSIONS
                if "ns" in found.numbers[version])


def spread(found):
    """By how many nanoseconds the rounds differ, ours or those of clang's
    fastest; None where there is no time."""
    if "ns" not in found.numbers[OURS]:
        return None
    return max(found.numbers[which]["spread"]
               for which in (OURS, fastest_version(found)))


def slower(found):
    """1 if clang's fastest takes less time by more than the rounds differ, -1
    if ours does, or 0."""
    difference = found.numbers[OURS]["ns"] - best(found, "ns")
    if abs(difference) <= spread(found):
        return 0
    return 1 if difference > 0 else -1


def best_version(found):
    """The version for which clang's object is smallest, the oldest of equals."""
    return min(VERSIONS, key=lambda version: found.numbers[version]["slots"])
