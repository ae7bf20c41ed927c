#===- plan.py - What is done with both programs of a pair -*- python -*---===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Reads plans: the packets, contexts and map entries that a pair is run on.

A line is a comment, or one of

    set MAP KEY=VALUE...     stores entries, written as for bpf-run
    tail MAP INDEX=PROG...   puts programs into a program array
    clock NANOSECONDS        what the time is from here on, in the interpreter
    time MAP A..B            bytes of its values or records that depend on the
                             time: in the kernel, whose clock cannot be set, only
                             whether they are zero is compared
    run PROG PACKET|none [ctx=HEX|zero:N|skb:FIELD=N,...] [xN]
        [path=NAME] [hot] [verdict=NAME] [out=PACKET]
                             runs a program N times.  With `path` the
                             instructions of the last run are a row of the
                             table; `hot` marks what the pair is judged by.
                             The last two say what has to come of the last run,
                             so that both programs cannot be wrong alike.
"""

import os
import random
import re
import struct
from collections import namedtuple

from bpfrun import packets, script

Store = namedtuple("Store", "map pairs")
Tail = namedtuple("Tail", "map pairs")
Clock = namedtuple("Clock", "time")
Run = namedtuple("Run", "program packet context times path hot "
                        "verdict out is_mutation",
                 defaults=(None, None, False))
# `times` is {map: [(start, end)]}.
Plan = namedtuple("Plan", "steps times")

# Where the members of struct __sk_buff stand that a test run accepts.
SKB_BYTES = 192
SKB_FIELDS = {"mark": 8, "priority": 32, "ifindex": 40, "cb0": 48}


class PlanError(ValueError):
    """A line of a plan that means nothing."""


def skb(text):
    """A struct __sk_buff with these members set, the others zero."""
    context = bytearray(SKB_BYTES)
    for item in filter(None, text.split(",")):
        name, _, value = item.partition("=")
        struct.pack_into("<I", context, SKB_FIELDS[name], int(value, 0))
    return bytes(context)


def context(text):
    """The context that `ctx=` gives."""
    if text.startswith("skb:"):
        return skb(text[4:])
    return script.context_bytes(text)


def parse_run(words):
    """A `run` line, without its first word."""
    program, packet, *rest = words
    fields = dict.fromkeys(("ctx", "path", "verdict", "out"))
    times, hot = 1, False
    for word in rest:
        name, sign, value = word.partition("=")
        if sign and name in fields:
            fields[name] = value
        elif re.fullmatch(r"x\d+", word):
            times = int(word[1:])
        elif word == "hot":
            hot = True
        else:
            raise PlanError("what is '%s'?" % word)
    if hot and not fields["path"]:
        raise PlanError("a hot path needs a name")
    return Run(program, None if packet == "none" else packets.build(packet),
               fields["ctx"] and context(fields["ctx"]), times,
               fields["path"], hot, fields["verdict"],
               fields["out"] and packets.build(fields["out"]))


def parse_pairs(words):
    """The map and the (key, value) texts of a line."""
    return words[0], [tuple(word.split("=", 1)) for word in words[1:]]


def parse_line(words, steps, times):
    """Adds what one line says."""
    kind, *rest = words
    if kind == "run":
        steps.append(parse_run(rest))
    elif kind in ("set", "tail"):
        steps.append({"set": Store, "tail": Tail}[kind](*parse_pairs(rest)))
    elif kind == "clock":
        steps.append(Clock(int(rest[0])))
    elif kind == "time":
        start, _, end = rest[1].partition("..")
        times.setdefault(rest[0], []).append((int(start), int(end)))
    else:
        raise PlanError("what is '%s'?" % kind)


# Frames are not cut shorter than an Ethernet header, and changed in their headers.
SHORTEST = 14
MUTATED_BYTES = 80


def mutate(packet, chooser):
    """The packet with a few bytes changed, or cut."""
    raw = bytearray(packet)
    if chooser.randrange(4) == 0:
        return bytes(raw[:chooser.randint(SHORTEST, len(raw))])
    for _ in range(chooser.randint(1, 3)):
        at = chooser.randrange(min(len(raw), MUTATED_BYTES))
        raw[at] = chooser.choice((0, 1, 0x7f, 0x80, 0xff,
                                  raw[at] ^ 1 << chooser.randrange(8),
                                  chooser.randrange(256)))
    return bytes(raw)


def with_mutations(plan, count):
    """The plan, and behind it so many runs on mutations of each packet."""
    chooser = random.Random(count)
    runs = [step for step in plan.steps
            if isinstance(step, Run) and step.packet]
    steps = [step._replace(packet=mutate(step.packet, chooser), times=1,
                           path=None, hot=False, verdict=None, out=None,
                           is_mutation=True)
             for _ in range(count) for step in runs]
    return plan._replace(steps=plan.steps + steps)


def read(path):
    """The plan in a file."""
    steps, times = [], {}
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            try:
                parse_line(words, steps, times)
            except (ValueError, KeyError, IndexError, TypeError) as error:
                raise PlanError("%s:%d: %s" % (os.path.basename(path), number,
                                               error)) from error
    paths = [step.path for step in steps
             if isinstance(step, Run) and step.path]
    if len(set(paths)) < len(paths):
        raise PlanError("%s: two paths have one name" % os.path.basename(path))
    if not any(isinstance(step, Run) and step.hot for step in steps):
        raise PlanError("%s: no path is hot" % os.path.basename(path))
    return Plan(steps, times)
