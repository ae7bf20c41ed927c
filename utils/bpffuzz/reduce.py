#===- reduce.py - Makes a failing case small ---*- python -*--------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Drops and simplifies forms of a case as long as it fails in the same way."""

import copy
import dataclasses
import time

# What a record is cleared with: without it, its contents are left to chance.
KEPT = ("memset",)


def places(form, path=()):
    """The paths of all lists in a form, outermost first."""
    if isinstance(form, list):
        yield path
        for index, item in enumerate(form):
            yield from places(item, path + (index,))


def at(form, path):
    """The part of a form at a path."""
    for index in path:
        form = form[index]
    return form


def replaced(form, path, value):
    """A copy of a form with something else at a path."""
    if not path:
        return value
    result = list(form)
    result[path[0]] = replaced(form[path[0]], path[1:], value)
    return result


def weight(form):
    """The number of atoms in a form."""
    return sum(map(weight, form)) if isinstance(form, list) else 1


def cuts(form):
    """A list with parts left out, larger parts first."""
    size = len(form) - 1
    step = size
    while step >= 1:
        for start in range(1, len(form), step):
            gone = form[start:start + step]
            if not any(isinstance(item, list) and item and item[0] in KEPT
                       for item in gone):
                yield form[:start] + form[start + step:]
        step //= 2


def simpler(form):
    """Smaller forms that may stand where `form` stands."""
    yield 0
    yield 1
    if form[:1] and form[0] not in KEPT:
        for item in form[1:]:
            yield item
            # A clause's or a binding's part.
            if isinstance(item, list):
                yield from (part for part in item if isinstance(part, list))
    yield from cuts(form)


class Reducer:
    """Reduces one case; `fails` says whether a case still does."""

    def __init__(self, fails, seconds):
        self.fails = fails
        self.end = time.monotonic() + seconds

    def late(self):
        """Whether the time is over."""
        return time.monotonic() > self.end

    def shorten(self, case, attribute):
        """Leaves out elements of a list of the case."""
        items = getattr(case, attribute)
        step = len(items)
        while step >= 1:
            start = 0
            while start < len(items) and not self.late():
                fewer = items[:start] + items[start + step:]
                trial = dataclasses.replace(case, **{attribute: fewer})
                if self.fails(trial):
                    case, items = trial, fewer
                else:
                    start += step
            step //= 2
        return case

    def simplify(self, case):
        """One pass over all forms, heavy ones first; (case, whether something
        changed)."""
        changed, rank = False, 0
        while not self.late():
            ranked = sorted(
                ((top,) + path for top, form in enumerate(case.forms)
                 for path in places(form)),
                key=lambda path: -weight(at(case.forms, path)))
            if rank >= len(ranked):
                break
            top, *path = ranked[rank]
            trial = self.smaller(case, top, path, at(case.forms[top], path))
            if trial is None:
                rank += 1
            else:
                case, changed = trial, True
        return case, changed

    def smaller(self, case, top, path, form):
        """The case with something smaller at a path that fails, or None."""
        if not path:
            options = cuts(form)
        else:
            options = simpler(form)
        for option in options:
            if self.late():
                return None
            if weight(option) >= weight(form):
                continue
            forms = copy.copy(case.forms)
            forms[top] = replaced(forms[top], path, option)
            trial = dataclasses.replace(case, forms=forms)
            if self.fails(trial):
                return trial
        return None

    def reduce(self, case):
        """The smallest case found in the time."""
        changed = True
        while changed and not self.late():
            for attribute in ("packets", "entries", "tails", "forms"):
                case = self.shorten(case, attribute)
            case, changed = self.simplify(case)
        return case
