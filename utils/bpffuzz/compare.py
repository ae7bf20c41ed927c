#===- compare.py - Where the translations of a case differ -*- python -*--===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Runs all translations of a case and judges what they did."""

import re
from collections import namedtuple

from .runner import CompilerError, Refused

# What is wrong with a case.  `kind` stays the same while a case is reduced;
# `names` are the variants that show it.
Finding = namedtuple("Finding", "kind text names", defaults=((),))
# The verifier gave up for a reason that no compiler can know of: it looked at as
# much as it is willing to, or it takes the distance between two linked scalars
# for the offset of the pointer that one of them is added to.
TOO_LARGE = "too large"
EVERYWHERE = TOO_LARGE + " everywhere"
# Instructions that the verifier looks at in a translation that is not too large;
# from here on it is chance whether another one is.
MUCH = 100000
LIMITS = re.compile(r"BPF program is too large|too complex|"
                    r"Argument list too long|"
                    r"pointer offset -?\d{9,} is not allowed")


class Bench:
    """What translations are made with and run on; there may be no
    interpreter."""

    def __init__(self, compiler, kernel, interpreter):
        self.compiler = compiler
        self.kernel = kernel
        self.interpreter = interpreter


def outcome(bench, case, name, variant, folder):
    """(what happened, Result or message) for one translation."""
    try:
        path = bench.compiler.object(name, variant, folder)
    except CompilerError as error:
        return "crashed" if error.crashed else "not compiled", str(error)
    try:
        return "ran", bench.kernel.execute(path, case)
    except Refused as error:
        return TOO_LARGE if LIMITS.search(str(error)) else "refused", str(error)


def describe(first, second):
    """Where two results differ."""
    lines = []
    for index, (one, other) in enumerate(zip(first.runs, second.runs)):
        if one[0] != other[0]:
            lines.append("run %d: value %#x, %#x" % (index, one[0], other[0]))
        if one[1] != other[1]:
            lines.append("run %d: packet\n    %s\n    %s" %
                         (index, one[1], other[1]))
    for what in ("maps", "globals"):
        one, other = getattr(first, what), getattr(second, what)
        for name in sorted(set(one) | set(other)):
            entries = dict(one.get(name, ())), dict(other.get(name, ()))
            lines += ["%s: entry %s: %s, %s" % (
                name, key, entries[0].get(key), entries[1].get(key))
                for key in sorted(set(entries[0]) | set(entries[1]))
                if entries[0].get(key) != entries[1].get(key)]
    if first.records != second.records:
        lines.append("records: %s, %s" % (first.records, second.records))
    return "\n".join(lines)


def headline(message):
    """The part of a message that does not depend on names and places."""
    for line in message.splitlines():
        if "error:" in line:
            line = line.split("error:", 1)[1]
            return re.sub(r"`[^`]*`|\d+", "*", line).strip()
    lines = [line for line in message.splitlines()
             if line and not line.startswith(("processed", "-- END",
                                              "verification time",
                                              "stack depth", "libbpf"))]
    return re.sub(r"-?\d+|0x[0-9a-f]+", "*", lines[-1]) if lines else ""


def judge(outcomes, effort):
    """What is wrong about the outcomes of the variants, by name; or None.

    `effort` is what the verifier had to do for the largest of them.
    """
    # How much the verifier looks at in LLVM's code is not ours to say.
    outcomes = {name: (what, result)
                for name, (what, result) in outcomes.items()
                if what != TOO_LARGE or not name.startswith("llvm")}
    kinds = {what for what, _ in outcomes.values()}
    texts = "\n".join("%s: %s%s" % (name, what, "" if what == "ran"
                                    else "\n" + str(result))
                      for name, (what, result) in outcomes.items())
    for kind in ("crashed", "not compiled", "refused", TOO_LARGE):
        if kind not in kinds:
            continue
        everywhere = "everywhere" if kinds == {kind} else "in part"
        plainest = next(iter(outcomes.values()))[0]
        if kind == TOO_LARGE and (plainest == kind or effort > MUCH):
            everywhere = "everywhere"
        message = next(str(result) for what, result in outcomes.values()
                       if what == kind)
        # Of several that fail or do not, one each shows it.
        names = [next(name for name, (what, _) in outcomes.items()
                      if (what == kind) == failing)
                 for failing in ([True] if kinds == {kind} else [False, True])]
        return Finding("%s %s: %s" % (kind, everywhere, headline(message)
                                      if kind != TOO_LARGE else ""), texts,
                       tuple(names))
    (name, (_, first)), *others = outcomes.items()
    for other, (_, second) in others:
        if first != second:
            return Finding("different", "%s and %s:\n%s" % (
                name, other, describe(first, second)), (name, other))
    return None


def check_interpreter(bench, case, name, variants, outcomes, folder):
    """Where the interpreter sees something else than the kernel; or None."""
    for variant in variants:
        seen = bench.interpreter.execute(
            bench.compiler.object(name, variant, folder), case)
        if seen != outcomes[variant.name][1]:
            return Finding("interpreted differently", "%s: kernel and "
                           "interpreter:\n%s" % (variant.name, describe(
                               outcomes[variant.name][1], seen)),
                           (variant.name,))
    return None


def check(bench, case, name, folder, only=()):
    """What is wrong with a case whose variants were compiled; or None.

    `only` names the variants to look at, if not all.
    """
    variants = [v for v in bench.compiler.variants(case)
                if not only or v.name in only]
    outcomes, effort = {}, 0
    for variant in variants:
        outcomes[variant.name] = outcome(bench, case, name, variant, folder)
        effort = max(effort, bench.kernel.effort)
        if len(outcomes) == 1 and outcomes[variant.name][0] == TOO_LARGE:
            break
    found = judge(outcomes, effort)
    if found and found.kind == "different":
        # A program that does not do the same twice proves nothing.
        plain = variants[0]
        again = outcome(bench, case, name, plain, folder)
        if again != outcomes[plain.name]:
            return Finding("not repeatable", describe(
                outcomes[plain.name][1], again[1]))
    # Two variants alone are those that differ in the kernel.
    if found is None and bench.interpreter and len(only) < 2:
        # The plainest and the usual translation.
        return check_interpreter(bench, case, name, variants[:2], outcomes,
                                 folder)
    return found
