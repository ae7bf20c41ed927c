#===- markdown.py - The document that is made from measurements -*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Writes docs/Benchmarks.md."""

import os
import re
import subprocess

from . import compilers, measure, prologue, report, scale
from .compilers import ALL, LLVM, NEWEST, SMALLEST, VERSIONS
from .measure import METRICS, ratio, spread

INTRODUCTION = """\
# Benchmarks

%(count)d pairs of programs, one in Lisp and one in C, that do the same, in [benchmarks](../benchmarks/). This page is
written by

```
make bench
```

which compiles the Lisp with whistler%(options)s and the C with `clang-22 -O2` for each of the instruction sets v1 to v4,
and the Lisp once more for this kernel alone, the same with `-Os`, and through LLVM's optimiser and code generator
(`--backend=llvm`); loads all eight objects with libbpf into the running kernel, and runs them on the same packets,
contexts and map entries, in the kernel and in [whistler-run](Interpreter.md). A pair counts only when all eight give the
same verdicts, packets, contexts, map contents and records after every run. Measured on Linux %(kernel)s, %(machine)s, with clang
%(clang)s.

## How to read it

* A **ratio** is ours divided by the best of clang's four versions, looked for in each column by itself: below 1.00 ours
  is better. No one object of clang's is the best in all.
* **newest** is what the same Lisp gives with `--min-kernel=%(newest)s`, and **smallest** with `-Os` as well. Clang's v4 needs
  Linux 6.6; what stands under **slots** alone loads on 5.4 and later, but for the helpers and maps that a program uses.
* **llvm** is what the same Lisp gives with `--backend=llvm`; ratios do not count it.
* **slots** are the 8-byte instruction slots of all programs and functions of an object.
* **executed** are the instructions that were executed on a path, counted by whistler-run; a call of a helper is one. A path
  marked `*` is hot: a pair's number is the sum over its hot paths.
* **verified** are the instructions that the verifier walked through to load the object, **jited** the bytes of
  machine code that it became.
* **ns** is the time of one run on the hot paths: the slope between a few and many runs by `BPF_PROG_TEST_RUN`, medians of
  %(rounds)d rounds. Where machine code lies makes more difference than some instructions do, and the kernel puts it at a
  random place; so the objects are loaded again for each round, in another order, and with none to %(padding)d instructions
  `r5 = 0` in front of them, which move the code through the kernel's alignment. Where a program changes its packet,
  instructions in front of it make the packet new, for both compilers' programs, and the times include that. Map entries
  are as the run before left them: what limits a rate has used it up. **±** is half the distance between the quartiles of
  the rounds, ours or those of clang's fastest, whichever is more: what differs by less is a tie. Times hardly follow the
  number of instructions; what one instruction fewer brings may be lost by one more register that the machine code has to
  save. Tracing programs cannot be repeated, and ring buffers fill up: these have none. Which of clang's versions is the
  fastest is chosen from %(choices)d other rounds: the smallest of four times is smaller than any of them is in truth.
* **compile** is the wall time of the whole compiler process, of clang for v3, and **peak** its memory, which is not
  told apart below the 9 MB of the process that starts it: medians of %(compiles)d runs. The times are as much the machine's as the compilers'; look at the ratio.

The C is what one writes with the kernel's headers and libbpf's, in the variant that clang makes most of where there was a
choice. `struct ethhdr` is packed, so that clang loads the Ethernet type byte by byte; that is so in most C programs
and costs them three instructions.
"""


# The titles of columns that hold text.
TEXTS = ("", "what it does", "pair", "metric", "path", "worst in", "shape")


def version_of(command, pattern):
    """A version number in what a tool prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return re.search(pattern, done.stdout).group(1)


def introduction(measurements, options):
    """What stands before the numbers."""
    system = os.uname()
    return INTRODUCTION % {
        "count": len(measurements),
        "options": "".join(" `%s`" % each for each in options),
        "kernel": re.match(r"[\d.]*\d", system.release).group(0),
        "machine": system.machine,
        "clang": version_of(["clang-22", "--version"], r"version ([\d.]+)"),
        "newest": compilers.KERNEL, "rounds": measure.ROUNDS,
        "choices": measure.CHOICE_ROUNDS,
        "padding": prologue.PADDINGS - 1,
        "compiles": measure.COMPILER_ROUNDS}


def row(cells):
    return "| %s |" % " | ".join(cells)


def table(titles, rows):
    """The lines of a table; what is no number goes to the left."""
    yield row(titles)
    yield row("---" if title in TEXTS else "--:" for title in titles)
    for cells in rows:
        yield row(cells)


def summary_rows(measurements):
    """One row for each metric."""
    for metric in report.shown_metrics(measurements):
        found = report.ratios(measurements, metric)
        values = [value for value, _ in found]
        worst, name = max(found)
        yield [metric.title, str(len(found)),
               "%.3f" % report.geometric_mean(values), "%.2f" % min(values),
               "%.2f" % worst, name]
    for options, found in report.variants(measurements):
        values = [value for value, _ in found]
        worst, name = max(found)
        yield ["slots, `%s`" % options, str(len(found)),
               "%.3f" % report.geometric_mean(values), "%.2f" % min(values),
               "%.2f" % worst, name]


def description(found):
    """What the first line of the Lisp source says of it."""
    with open(found.pair.lisp, encoding="utf-8") as file:
        return file.readline().partition(" - ")[2].strip().rstrip(".")


def size_rows(measurements):
    """One row for each pair: what it does, slots of all objects."""
    for found in measurements:
        numbers = found.numbers
        yield [found.pair.name, description(found),
               *(str(numbers[which]["slots"]) for which in ALL),
               "%.2f" % ratio(found, "slots")]


def path_rows(measurements):
    """One row for each path."""
    for found in measurements:
        for path, is_hot, mine, llvm, other in report.path_rows(found):
            yield [found.pair.name, path + (" *" if is_hot else ""),
                   str(mine), str(llvm), str(other), "%.2f" % (mine / other)]


def metric_table(measurements, names, *more):
    """The lines of a table with some columns for each of these metrics, and one
    for each of `more`: a title, and a function that makes the text."""
    metrics = [metric for metric in METRICS if metric.name in names]
    titles = ["pair"] + [text for metric in metrics
                         for text in report.titles(metric)]
    return table(titles + [title for title, _ in more], (
        [found.pair.name] + [cell for metric in metrics
                             for cell in report.cells(found, metric)] +
        [text(found) for _, text in more]
        for found in measurements))


def spread_text(found):
    """By how much the times of a pair's rounds differ."""
    value = spread(found)
    return "-" if value is None else "%.1f" % value


def document(measurements, rows, options):
    """The whole text."""
    parts = [
        introduction(measurements, options).splitlines(),
        ["", "## In short", ""],
        table(["metric", "pairs", "geometric mean", "best", "worst", "worst in"],
              summary_rows(measurements)),
        ["", "Times by the spread of their rounds: %s." %
         report.ties(measurements)],
        ["", "## Slots", ""],
        table(["pair", "what it does", "slots", NEWEST, SMALLEST, LLVM,
               *("clang " + each for each in VERSIONS), "ratio"], size_rows(measurements)),
        ["", "## Executed instructions", ""],
        table(["pair", "path", "executed", LLVM, "clang", "ratio"],
              path_rows(measurements)),
        ["", "## In the kernel", ""],
        metric_table(measurements, ("verified", "jited", "ns"),
                     ("±", spread_text)),
        ["", "## Compilers", ""],
        metric_table(measurements, ("compile", "peak")),
        ["", "## Large programs", "",
         "Generated, each compiled once: without branches, with a branch in",
         "every statement, and with %d values alive at a time." % scale.LIVE,
         ""],
        table(scale.TITLES, map(scale.cells, rows))]
    return "\n".join(line for part in parts for line in part) + "\n"
