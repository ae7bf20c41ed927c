#===- spawner.py - Runs commands out of a small process ---*- python -*---===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Runs commands and tells what each took: a program of its own.

What the kernel counts as a process's peak of memory includes what the process that
started it had at that time, so this one is kept small.  A line of
input is a command, its words separated by NUL; a line of output is its exit status,
its wall time in seconds and its peak in kilobytes.
"""

import os
import sys
import time


def run(words):
    """What one command took."""
    silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0)
              for number in (1, 2)]
    start = time.perf_counter()
    child = os.posix_spawnp(words[0], words, os.environ, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    return "%d %.6f %d" % (os.waitstatus_to_exitcode(status), seconds,
                           usage.ru_maxrss)


if __name__ == "__main__":
    for line in sys.stdin:
        print(run(line.rstrip("\n").split("\0")), flush=True)
