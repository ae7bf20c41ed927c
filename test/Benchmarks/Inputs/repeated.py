#===- repeated.py - Hot paths run many times ---*- python -*--------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""repeated.py UTILS WHISTLER PAIRS NAME...: prints what one run of each hot path and
the last of a thousand runs do.
"""

import os
import subprocess
import sys
import tempfile

utils, whistler, pairs, *names = sys.argv[1:]
sys.path.insert(0, utils)

from benchmark import behaviour, live, measure, plan, prologue


def show(name, path, compiled, read):
    """Prints the lines for one hot path."""
    before, step = measure.prefix(read, path)
    code = measure.restoring(compiled, before, step)
    for number in range(prologue.PADDINGS):
        padded = code + prologue.padding(number)
        with live.Target(compiled, {step.program: padded}) as target:
            behaviour.follow(target, before)
            first, last = (target.repeat(step.program, step.packet,
                                         step.context, repeat)
                           for repeat in (1, 1000))
            is_same = first.packet == last.packet
            print("%s %s: %d in front, %s, then %s, %s packet %s" % (
                name, path, len(padded) // 8, first.verdict, last.verdict,
                "same" if is_same else "other",
                "kept" if last.packet == step.packet else "changed"))


with tempfile.TemporaryDirectory() as folder:
    for each in names:
        compiled = os.path.join(folder, each + ".o")
        subprocess.run([whistler, "compile",
                        os.path.join(pairs, each + ".lisp"), "-o", compiled],
                       check=True)
        read = plan.read(os.path.join(pairs, each + ".plan"))
        for path in measure.hot_paths(read):
            show(each, path, compiled, read)
