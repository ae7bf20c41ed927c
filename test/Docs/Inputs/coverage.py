#!/usr/bin/env python3
#===- coverage.py - What docs/Language.md leaves out ---*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Prints what the compiler's tables have and the reference does not name, and
which examples it does not link.

    coverage.py SOURCE-FOLDER
"""

import os
import re
import sys

# Table, and what its names look like in it.
TABLES = [
    ("form", "lib/Lower/Forms.cpp", r'^    \{"(\S+)", \d'),
    ("declaration", "lib/Lower/TopLevel.cpp",
     r'^    \{"([A-Z-]+)", \d'),
    ("accessor", "lib/UAPI/Protocols.cpp",
     r'(?:RAW|NET|NET_BITS|BITS_AT|ADDRESS|PART)\("([a-z0-9-]+)"'),
    ("constant", "lib/UAPI/data/protocol-constants.txt", r"^([+A-Z]\S+)"),
    ("program type", "lib/UAPI/data/program-types.txt", r"^([a-z][a-z-]*) "),
    ("map type", "lib/UAPI/MapTypes.cpp", r'^    \{"BPF_MAP_TYPE_(\w+)"'),
]
KEYWORDS = ("program type", "map type")


def main():
    root = sys.argv[1]
    with open(os.path.join(root, "docs", "Language.md"),
              encoding="utf-8") as file:
        reference = file.read()
    # Names are words of code: in backquotes, or in a code block.
    code = re.findall(r"^```.*?^```|`[^`]+`", reference, re.M | re.S)
    words = set(re.split(r"[\s()`|,]+", " ".join(code).lower()))
    missing = 0
    for kind, path, pattern in TABLES:
        with open(os.path.join(root, path), encoding="utf-8") as file:
            names = re.findall(pattern, file.read(), re.M)
        if not names:
            print("no %s is found in %s: has the table moved?" % (kind, path))
            missing += 1
        for name in names:
            name = name.lower()
            if kind in KEYWORDS:
                name = ":" + name.replace("_", "-")
            if name not in words:
                print("docs/Language.md does not name the %s %s" % (kind, name))
                missing += 1
    for name in sorted(os.listdir(os.path.join(root, "examples"))):
        if name.endswith(".lisp") and \
                "(../examples/%s)" % name not in reference:
            print("docs/Language.md does not link the example %s" % name)
            missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
