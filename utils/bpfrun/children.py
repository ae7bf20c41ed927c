#===- children.py - Processes for programs to see ---*- python -*---------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Processes with known numbers and names that do things when told to.

A child runs actor.py.  It ends when its standard input does, which is to say
with the harness, however that ends.
"""

import json
import os
import re
import select
import subprocess
import sys

from .kernel import HarnessError

ACTOR = os.path.join(os.path.dirname(os.path.realpath(__file__)), "actor.py")
COMM_BYTES = 16
SECONDS = 20


class Child:
    """One child, seen from the harness."""

    def __init__(self, name):
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, ACTOR, name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        about = json.loads(self.answer())
        self.words = {key: str(value) for key, value in about.items()}
        raw = name.encode()[:COMM_BYTES - 1].ljust(COMM_BYTES, b"\0")
        self.words["comm"] = "hex:" + raw.hex()

    def answer(self):
        """The next line that the child prints."""
        ready, _, _ = select.select([self.process.stdout], [], [], SECONDS)
        line = self.process.stdout.readline() if ready else b""
        if not line:
            raise HarnessError("the child '%s' does not answer" % self.name)
        return line

    def act(self, times):
        """Lets the child act; returns when it has."""
        self.process.stdin.write(b"%d\n" % times)
        self.process.stdin.flush()
        self.answer()


class Family:
    """The children of one run, by name."""

    def __init__(self):
        self.children = {}

    def start(self, name):
        if name in self.children:
            raise HarnessError("there is a child '%s' already" % name)
        self.children[name] = Child(name)

    def act(self, name, times):
        if name not in self.children:
            raise HarnessError("there is no child '%s'" % name)
        self.children[name].act(times)

    def substitute(self, line):
        """The line with numbers for {NAME.tid} and the like."""
        def value(match):
            name, key = match.groups()
            words = self.children[name].words
            if key not in words:
                raise HarnessError("'%s': there are: %s" % (
                    match.group(0), " ".join(sorted(words))))
            return words[key]
        for name in self.children:
            line = re.sub(r"\{(%s)\.(\w+)\}" % re.escape(name), value, line)
        return line
