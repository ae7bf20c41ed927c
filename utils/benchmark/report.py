#===- report.py - Tables of measurements ---*- python -*------------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Prints measurements as text."""

import math

from . import compilers
from .compilers import LLVM, NEWEST, OURS, SMALLEST, VARIANTS, VERSIONS
from .measure import (METRICS, best, best_version, ratio, slower,
                      variant_ratio)

TOLERANCE = 1e-9


def shown_metrics(measurements):
    """The metrics of which there is a number."""
    return [metric for metric in METRICS
            if any(ratio(found, metric.name) is not None
                   for found in measurements)]


def titles(metric):
    """The titles of the columns of a metric."""
    return [metric.title, "llvm", "clang", "ratio"]


def cells(found, metric):
    """Ours, ours through LLVM, clang's best, the ratio: a text each."""
    values = [found.numbers[OURS].get(metric.name),
              found.numbers[LLVM].get(metric.name), best(found, metric.name)]
    quotient = ratio(found, metric.name)
    return [metric.style % value if value is not None else "-"
            for value in values] + [
                "%.2f" % quotient if quotient is not None else "-"]


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


def ratios(measurements, metric):
    """[(ratio, pair's name)] of all pairs that have one."""
    return [(ratio(found, metric.name), found.pair.name)
            for found in measurements
            if ratio(found, metric.name) is not None]


def variants(measurements):
    """For the other ways to compile for our own backend: the options, and the
    ratios of slots like `ratios`."""
    for which in (NEWEST, SMALLEST):
        yield " ".join(VARIANTS[which]), [
            (variant_ratio(found, which), found.pair.name)
            for found in measurements]


def table(measurements):
    """Lines: one for each pair, some columns for each metric."""
    metrics = shown_metrics(measurements)
    rows = [["pair"] + [text for metric in metrics for text in titles(metric)]]
    for found in measurements:
        rows.append([found.pair.name] + [
            cell for metric in metrics for cell in cells(found, metric)])
    widths = [max(map(len, column)) for column in zip(*rows)]
    return ["  ".join([row[0].ljust(widths[0])] + [
        cell.rjust(width) for cell, width in zip(row[1:], widths[1:])])
        for row in rows]


def summary(measurements):
    """Lines: geometric mean and worst pair of each metric."""
    for metric in shown_metrics(measurements):
        found = ratios(measurements, metric)
        worst, name = max(found)
        yield "%-11s geometric mean %.3f, worst %.2f (%s), %d pairs" % (
            metric.title, geometric_mean([value for value, _ in found]),
            worst, name, len(found))
        if metric.name == "ns":
            yield "ns          " + ties(measurements)
    for options, found in variants(measurements):
        worst, name = max(found)
        yield "slots       geometric mean %.3f, worst %.2f (%s), with %s" % (
            geometric_mean([value for value, _ in found]), worst, name,
            options)


def ties(measurements):
    """How many pairs take as long as clang's best, or are faster or slower."""
    timed = [found for found in measurements if "ns" in found.numbers[OURS]]
    names = {which: [found.pair.name for found in timed
                     if slower(found) == which] for which in (-1, 0, 1)}
    return "ties %d, faster %d, slower %d%s" % (
        len(names[0]), len(names[-1]), len(names[1]),
        " (%s)" % ", ".join(names[1]) if names[1] else "")


def path_rows(found):
    """For each path: name, whether it is hot, ours, ours through LLVM, clang's
    best."""
    for path, mine in found.paths.get(OURS, {}).items():
        other = min(found.paths[version][path] for version in VERSIONS)
        yield path, path in found.hot, mine, found.paths[LLVM][path], other


def paths(measurements):
    """Lines: executed instructions of every path."""
    yield "%-40s %9s %9s %9s %6s" % ("path (* is hot)", "executed", "llvm",
                                     "clang", "ratio")
    for found in measurements:
        for path, is_hot, mine, llvm, other in path_rows(found):
            yield "%-40s %9d %9d %9d %6.2f" % (
                "%s %s%s" % (found.pair.name, path, " *" if is_hot else ""),
                mine, llvm, other, mine / other)


def failures(measurements):
    """Lines: the pairs that are over 1.00 where they may not."""
    for metric in METRICS:
        if not metric.is_gate:
            continue
        for value, name in ratios(measurements, metric):
            if value > 1 + TOLERANCE:
                yield "%s: %s are %.2f of clang's" % (name, metric.title,
                                                      value)


def side_by_side(found, which=None):
    """Lines: our instructions beside clang's."""
    which = which or best_version(found)
    left = compilers.listing(found.objects[OURS])
    right = compilers.listing(found.objects[which])
    count = max(len(left), len(right))
    left += [""] * (count - len(left))
    right += [""] * (count - len(right))
    width = max(map(len, left)) + 2
    yield OURS.ljust(width) + "| clang -mcpu=" + which
    for one, two in zip(left, right):
        yield one.ljust(width) + "| " + two


def as_json(found):
    """A measurement as plain data."""
    return {"pair": found.pair.name, "numbers": found.numbers,
            "paths": found.paths, "hot": found.hot,
            "ratios": {metric.name: ratio(found, metric.name)
                       for metric in METRICS
                       if ratio(found, metric.name) is not None},
            "problems": found.problems}
