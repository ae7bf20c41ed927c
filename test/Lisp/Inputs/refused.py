"""Every source of a directory must be refused by `--no-eval`, in its own place.

    refused.py DIRECTORY
"""

import glob
import os
import re
import subprocess
import sys


def check(source):
    """What is wrong with the answer to one source, or nothing."""
    target = source + ".o"
    done = subprocess.run(
        ["whistler", "compile", "--no-eval", source, "-o", target],
        capture_output=True, text=True, check=False)
    errors = re.findall(r":\d+:\d+: error: (.*)", done.stderr)
    if done.returncode != 1:
        return "status %d" % done.returncode
    if os.path.exists(target):
        return "there is an output file"
    if len(errors) != 1 or "--no-eval" not in errors[0]:
        return "errors: %s" % (errors or done.stderr)
    return ""


def main():
    failures = 0
    for source in sorted(glob.glob(os.path.join(sys.argv[1], "*.lisp"))):
        answer = check(source)
        if answer:
            failures += 1
            print("%s: %s" % (os.path.basename(source), answer))
    sys.exit(failures != 0)


main()
