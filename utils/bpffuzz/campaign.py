#===- campaign.py - Many cases, on several processors ---*- python -*-----===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Generates and checks cases, a batch at a time in each of several processes."""

import multiprocessing
import os
import tempfile
from collections import Counter, namedtuple
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from . import casefile, compare, forms, reduce, runner
from .generator import Generator

BATCH = 20
# So often the program of a seed is halved when the verifier gives up on it.
MOST_HALVINGS = 4

Options = namedtuple("Options", "tools output reduce_seconds")


class Worker:
    """What a process keeps between batches."""

    def __init__(self, options, cpu=None):
        self.options = options
        self.compiler = runner.Compiler(options.tools)
        self.bench = compare.Bench(
            self.compiler, runner.Kernel(cpu),
            runner.Interpreter.find(options.tools))

    def check(self, case, folder, only=()):
        """What is wrong with a case, compiled here; or None."""
        self.compiler.compile_many(
            [("case", case, variant)
             for variant in self.compiler.variants(case)
             if not only or variant.name in only], folder)
        return compare.check(self.bench, case, "case", folder, only)

    def still_fails(self, finding):
        """A test for the reducer."""
        def fails(case):
            with tempfile.TemporaryDirectory() as folder:
                try:
                    found = self.check(case, folder, finding.names)
                except Exception:  # A case that cannot be run at all.
                    return False
                return found is not None and found.kind == finding.kind
        return fails

    def report(self, case, finding):
        """Reduces a case, if wanted, and writes it; returns its path."""
        small = case
        if self.options.reduce_seconds:
            small = reduce.Reducer(self.still_fails(finding),
                                   self.options.reduce_seconds).reduce(case)
            with tempfile.TemporaryDirectory() as folder:
                finding = self.check(small, folder) or finding
        os.makedirs(self.options.output, exist_ok=True)
        path = os.path.join(self.options.output, "seed-%s.lisp" % case.seed)
        with open(path, "w", encoding="utf-8") as file:
            file.write(casefile.write(small, [finding.kind, ""] +
                                      finding.text.splitlines()))
        return path, finding

    def findings(self, seeds, halvings):
        """Checks the cases of some seeds; (case, Finding) of each that fails."""
        cases = [Generator(seed, halvings).case() for seed in seeds]
        with tempfile.TemporaryDirectory() as folder:
            self.compiler.compile_many(
                [(str(case.seed), case, variant) for case in cases
                 for variant in self.compiler.variants(case)], folder)
            for case in cases:
                finding = compare.check(self.bench, case, str(case.seed),
                                        folder)
                if finding:
                    yield case, finding

    def batch(self, seeds):
        """Checks the cases of some seeds; (seed, Finding, path) of failures, and
        the number of programs that were halved.

        The program of a seed is as long as the verifier allows: the ways through
        it cannot be counted when it is made.
        """
        found, halved = [], 0
        for halvings in range(MOST_HALVINGS + 1):
            large = []
            for case, finding in self.findings(seeds, halvings):
                if finding.kind.startswith(compare.EVERYWHERE) and \
                        halvings < MOST_HALVINGS:
                    large.append(case.seed)
                    continue
                path, finding = self.report(case, finding)
                found.append((case.seed, finding, path))
            if halvings == 0:
                halved = len(large)
            if not large:
                break
            seeds = large
        return found, halved


WORKER = None


def start(options, turn):
    """Prepares a process, which stays on one processor."""
    global WORKER
    with turn.get_lock():
        number, turn.value = turn.value, turn.value + 1
    usable = sorted(os.sched_getaffinity(0))
    WORKER = Worker(options, usable[number % len(usable)])


def work(seeds):
    """A batch, in a process that was prepared."""
    return WORKER.batch(seeds)


def run(options, seeds, jobs, show):
    """Checks all seeds; calls `show` for each failure.  Returns a Counter of
    the kinds of failures, and how many programs were halved."""
    kinds, halved = Counter(), 0
    batches = [seeds[at:at + BATCH] for at in range(0, len(seeds), BATCH)]
    turn = multiprocessing.Value("i", 0)
    with ProcessPoolExecutor(jobs, initializer=start,
                             initargs=(options, turn)) as pool:
        waiting = {pool.submit(work, batch): batch for batch in batches}
        for done in as_completed(waiting):
            try:
                found, number = done.result()
            except BrokenProcessPool:
                first, last = waiting[done][0], waiting[done][-1]
                kinds["died"] += 1
                show(first, compare.Finding("died", "somewhere in the seeds "
                                            "%d to %d" % (first, last)), None)
                break
            halved += number
            for seed, finding, path in found:
                kinds[finding.kind.split(":")[0]] += 1
                show(seed, finding, path)
    return kinds, halved


def listing(seeds):
    """The sources of some seeds."""
    return "\n".join("; seed %d\n%s" % (seed, forms.source(
        Generator(seed).case().forms)) for seed in seeds)
