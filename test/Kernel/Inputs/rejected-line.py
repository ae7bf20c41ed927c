#===- rejected-line.py - The source line of a rejection ---*- python -*---===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Loads an object that the kernel rejects and names the line it rejects.

    rejected-line.py OBJECT SOURCE

The verifier writes each source line before its first instruction. What stands
last before its message is the line of the instruction that it refused. The line
number is in the log since Linux 6.8; without one, the text is looked for in the
source. Prints `LINE: MESSAGE`.
"""

import os
import re
import subprocess
import sys

SECONDS = 120

# What follows the message, or is there whatever the message is.
NOT_MESSAGES = re.compile(
    r"processed \d+ insns|verification time|stack depth|"
    r"-- END|mark_precise|(from )?\d+(: | to )|; |\(|R\d+=|func#|Live regs|"
    r"parent |last_idx |regs=|max_states|peak_states|Error|$")


def verifier_log(text):
    """The lines of the last program's log."""
    parts = re.findall(r"-- BEGIN PROG LOAD LOG --\n(.*?)-- END PROG LOAD LOG",
                       text, re.S)
    if not parts:
        sys.exit("rejected-line: no verifier's log in\n" + text[-2000:])
    return parts[-1].splitlines()


def find_line(note, source):
    """The line number of a `; text @ file:line` note."""
    match = re.match(r"; (.*?)(?: @ ([^ ]+):(\d+))?$", note)
    text, path, number = match.groups()
    with open(source, encoding="utf-8") as file:
        lines = [line.strip() for line in file]
    if number:
        if path != os.path.basename(source):
            sys.exit("rejected-line: %s is not %s" % (path, source))
        if not lines[int(number) - 1].startswith(text.strip()):
            sys.exit("rejected-line: line %s is not '%s'" % (number, text))
        return int(number)
    found = [at for at, line in enumerate(lines, 1) if line == text.strip()]
    if len(found) != 1:
        sys.exit("rejected-line: '%s' stands in lines %s" % (text, found))
    return found[0]


def main():
    path, source = sys.argv[1:]
    words = ["unshare", "--mount", "sh", "-c",
             "mount -t bpf bpf /sys/fs/bpf && "
             "exec bpftool -d prog load \"$1\" /sys/fs/bpf/rejected",
             "sh", path]
    done = subprocess.run(words, capture_output=True, text=True, check=False,
                          errors="replace", timeout=SECONDS)
    if done.returncode == 0:
        sys.exit("rejected-line: the kernel accepts " + path)
    log = verifier_log(done.stderr + done.stdout)
    messages = [at for at, line in enumerate(log)
                if not NOT_MESSAGES.match(line)]
    if not messages:
        sys.exit("rejected-line: no message in\n" + "\n".join(log[-20:]))
    notes = [line for line in log[:messages[-1]] if line.startswith("; ")]
    print("%d: %s" % (find_line(notes[-1], source), log[messages[-1]]))


if __name__ == "__main__":
    main()
