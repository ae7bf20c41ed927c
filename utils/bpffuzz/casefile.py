#===- casefile.py - A case as a file ---*- python -*----------------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Writes a case as a source file whose comments have the rest of it.

    ;;; cpus v3 v1
    ;;; entry m0 01000000 ff
    ;;; tail jumps 0 target
    ;;; packet 0011...
"""

import re

from . import forms
from .generator import Case

LINE = re.compile(r"^;;; (cpus|entry|tail|packet|run|seed)\b *(.*)$", re.M)


def write(case, comments=()):
    """The text of a case, comments first."""
    lines = ["; " + line if line else ";" for line in comments]
    if case.seed is not None:
        lines.append(";;; seed %d" % case.seed)
    lines.append(";;; cpus " + " ".join(case.cpus))
    lines.append(";;; run " + " ".join(case.programs))
    lines += [";;; entry %s %s %s" % (name, key.hex(), value.hex())
              for name, key, value in case.entries]
    lines += [";;; tail %s %d %s" % row for row in case.tails]
    lines += [";;; packet " + data.hex() for data in case.packets]
    return "\n".join(lines) + "\n\n" + forms.source(case.forms)


def read(text):
    """The case in a text."""
    case = Case(forms.parse(text), ["main"], [], cpus=["v3", "v3"])
    for what, rest in LINE.findall(text):
        words = rest.split()
        if what == "cpus":
            case.cpus = words
        elif what == "run":
            case.programs = words
        elif what == "seed":
            case.seed = int(words[0])
        elif what == "entry":
            case.entries.append((words[0], bytes.fromhex(words[1]),
                                 bytes.fromhex(words[2])))
        elif what == "tail":
            case.tails.append((words[0], int(words[1]), words[2]))
        else:
            case.packets.append(bytes.fromhex(words[0]))
    return case
