#===- behaviour.py - What programs do on a plan ---*- python -*-----------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Runs a plan on a target and tells whether two targets did the same."""

from collections import namedtuple

from bpfrun import libbpf, values

from . import live
from . import plan as plans

# After one `run` of a plan: results of each repetition, records by map, entries
# by map and key.
Observation = namedtuple("Observation", "step results records entries")

ZERO, NOT_ZERO = b"\x00", b"\xee"


def store(target, step):
    """Carries out a `set`."""
    definition = target.definitions[step.map]
    for key, value in step.pairs:
        target.store(step.map, values.to_bytes(key, definition[1]),
                     values.to_bytes(value, definition[2]))


def without_times(raw, ranges):
    """A value with what depends on the time replaced."""
    if raw is None:
        return None
    raw = bytearray(raw)
    for start, end in ranges:
        mark = NOT_ZERO if any(raw[start:end]) else ZERO
        raw[start:end] = mark * (end - start)
    return bytes(raw)


def run(target, step):
    """Runs a program once.  The kernel does not take every mutation of a packet."""
    try:
        return target.run(step.program, step.packet, step.context)
    except libbpf.BPFError as error:
        if not step.is_mutation:
            raise
        return live.Result(str(error), b"", b"", None)


def observe(target, step, times):
    """Carries out a `run`."""
    results = [run(target, step) for _ in range(step.times)]
    records, entries = target.records(), target.entries()
    if not target.exact_time:
        for name, ranges in times.items():
            if name in records:
                records[name] = [without_times(raw, ranges)
                                 for raw in records[name]]
            else:
                entries[name] = {key: without_times(raw, ranges)
                                 for key, raw in entries[name].items()}
    return Observation(step, results, records, entries)


def follow(target, plan):
    """The observations of a whole plan; of what the target cannot run there are
    none."""
    found = []
    for step in plan.steps:
        if isinstance(step, plans.Store):
            store(target, step)
        elif isinstance(step, plans.Tail):
            for index, program in step.pairs:
                target.tail(step.map, int(index, 0), program)
        elif isinstance(step, plans.Clock):
            target.clock(step.time)
        elif target.can_run(step.program):
            found.append(observe(target, step, plan.times))
    return found


def first_difference(mine, other):
    """What two observations differ in, as text, or None."""
    for at, (one, two) in enumerate(zip(mine.results, other.results), 1):
        for part in ("verdict", "packet", "context"):
            if getattr(one, part) != getattr(two, part):
                return "%s after run %d: %s and %s" % (
                    part, at, shown(getattr(one, part)),
                    shown(getattr(two, part)))
    for name in mine.records:
        if mine.records[name] != other.records[name]:
            return "records of %s: %s and %s" % (
                name, shown(mine.records[name]), shown(other.records[name]))
    for name in mine.entries:
        for key in sorted(set(mine.entries[name]) | set(other.entries[name])):
            one, two = (where.entries[name].get(key)
                        for where in (mine, other))
            if one != two:
                key = key.decode() if name == live.GLOBALS else \
                    values.to_text(key)
                return "%s[%s]: %s and %s" % (name, key, shown(one),
                                              shown(two))
    return None


def shown(value):
    """Bytes, text or a list of bytes as text."""
    if isinstance(value, list):
        return "[%s]" % " ".join(item.hex() for item in value)
    return value.hex() if isinstance(value, bytes) else str(value)


def differences(one, two):
    """What differs between two objects, given as (definitions, observations)."""
    if one[0] != two[0]:
        names = sorted(name for name in set(one[0]) | set(two[0])
                       if one[0].get(name) != two[0].get(name))
        return ["the definition of %s: %s and %s" % (
            name, one[0].get(name, "none"), two[0].get(name, "none"))
            for name in names]
    found = []
    for mine, other in zip(one[1], two[1]):
        text = first_difference(mine, other)
        if text:
            found.append("%s: %s" % (name_of(mine.step), text))
    return found


def name_of(step):
    """A `run` for messages."""
    return "run %s%s" % (step.program,
                         " path=" + step.path if step.path else "")


def surprises(observations):
    """What is not as the plan says."""
    for seen in observations:
        step, last = seen.step, seen.results[-1]
        if step.verdict and step.verdict != last.verdict.split()[0]:
            yield "%s: verdict %s, expected %s" % (
                name_of(step), last.verdict, step.verdict)
        if step.out is not None and step.out != last.packet:
            yield "%s: packet %s, expected %s" % (
                name_of(step), last.packet.hex(), step.out.hex())


def executed(observations):
    """{path: instructions of its last run} where they were counted."""
    return {seen.step.path: seen.results[-1].executed
            for seen in observations
            if seen.step.path and seen.results[-1].executed is not None}
