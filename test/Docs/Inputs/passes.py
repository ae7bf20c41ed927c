#!/usr/bin/env python3
#===- passes.py - whether a document has all passes ---*- python -*-------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Whether docs/Optimizations.md has a heading for each pass, in their order.

    passes.py ROOT OPT

The order is that in which the pipelines of level 2 first run them. Also each pass
that a Passes.td declares has to be in some pipeline.
"""

import os
import re
import subprocess
import sys

PIPELINES = ["--whistler-O2", "--whistler-to-bpf", "--bpf-codegen"]
DECLARATIONS = ["Transforms", "Dialect/BPF/Transforms"]


def pipeline_passes(opt):
    """The names of what the pipelines run, each once."""
    done = subprocess.run([opt, *PIPELINES, "--dump-pass-pipeline"], text=True,
                          input="module {}", check=True, capture_output=True)
    names = re.findall(r"^ +([\w-]+)(?:\{[^}]*\})?,?$", done.stderr, re.M)
    return list(dict.fromkeys(names))


def declared_passes(root):
    """The names of the passes that are declared for the optimiser."""
    for folder in DECLARATIONS:
        path = os.path.join(root, "include", "Whistler", folder, "Passes.td")
        with open(path, encoding="utf-8") as file:
            yield from re.findall(r'Pass<"([\w-]+)"', file.read())


def headings(root):
    """The passes that the document's headings name."""
    path = os.path.join(root, "docs", "Optimizations.md")
    with open(path, encoding="utf-8") as file:
        for line in re.findall(r"^### (.*)$", file.read(), re.M):
            yield from re.findall(r"`([\w-]+)`", line)


def main():
    root, opt = sys.argv[1:]
    run, shown = pipeline_passes(opt), list(headings(root))
    problems = ["%s is in no pipeline" % name
                for name in declared_passes(root) if name not in run]
    problems += ["docs/Optimizations.md has no heading for %s" % name
                 for name in run if name not in shown]
    problems += ["docs/Optimizations.md has a heading for %s, which no pipeline "
                 "runs" % name for name in shown if name not in run]
    if not problems and run != shown:
        problems.append("the order is: " + " ".join(run))
    print("\n".join(problems) or "%d passes" % len(run))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
