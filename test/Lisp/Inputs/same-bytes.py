"""Compiles each source a number of times and compares the objects.

    same-bytes.py RUNS SOURCE...
"""

import os
import subprocess
import sys


def compile_once(source):
    """The bytes of the object."""
    target = source + ".o"
    subprocess.run(["whistler", "compile", source, "-o", target], check=True)
    with open(target, "rb") as file:
        return file.read()


def main():
    with open("/proc/sys/kernel/randomize_va_space", encoding="ascii") as file:
        if file.read().strip() == "0":
            print("note: addresses are not at random here")
    runs = int(sys.argv[1])
    for source in sys.argv[2:]:
        objects = {compile_once(source) for _ in range(runs)}
        if len(objects) != 1:
            sys.exit("%s: %d different objects in %d runs"
                     % (os.path.basename(source), len(objects), runs))


main()
