#===- actor.py - What a child of the harness does ---*- python -*---------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Acts when told to: a program of its own, which children.py starts.

The second of two threads acts, so that its number differs from the process's.
"""

import ctypes
import json
import os
import sys
import threading
import time

PR_SET_NAME = 15


def say(text):
    """Tells the harness something."""
    print(text, flush=True)


def act_when_told(name):
    """What the second thread does until the input ends."""
    ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode(), 0, 0, 0)
    # One bit of the task's that is set, for programs to find.
    os.sched_setscheduler(0, os.SCHED_OTHER | os.SCHED_RESET_ON_FORK,
                          os.sched_param(0))
    # The kernel's number of the priority: 120 where nothing was set.
    priority = 120 + os.getpriority(os.PRIO_PROCESS, 0)
    say(json.dumps({"tid": threading.get_native_id(), "tgid": os.getpid(),
                    "ppid": os.getppid(), "priority": priority}))
    for line in sys.stdin:
        for _ in range(int(line)):
            time.sleep(0.001)
            os.getppid()
            with open("/proc/self/comm", "rb") as file:
                file.read()
        say("done")


if __name__ == "__main__":
    worker = threading.Thread(target=act_when_told, args=(sys.argv[1],))
    worker.start()
    worker.join()
