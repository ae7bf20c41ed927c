#===- simulated.py - The interpreter as a target ---*- python -*----------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Runs the programs of an object in whistler-run, which counts instructions."""

import os

from bpfrun import interpreter, kernel

from . import live
from .live import GLOBALS, OPAQUE, Result

WITH_RECORDS = ("ringbuf", "perf_event_array")


def tool(tools):
    """The interpreter's path."""
    return os.path.join(tools, "whistler-run")


def is_there(tools):
    """Whether the interpreter was built."""
    return os.path.exists(tool(tools))


class Target:
    """One object in the interpreter; a context manager, which ends it."""

    exact_time = True

    def __init__(self, tools, path):
        self.session = interpreter.Session(tool(tools), path)
        self.session.load()
        self.globals = live.read_globals(path)
        self.definitions = {item["name"]: (
            item["type"], item["key_size"], item["value_size"],
            item["max_entries"], item["flags"])
            for item in self.session.process.ask("info")["maps"]
            if not item["name"].startswith(".")}
        self.maps = {name: self.session.map(name)
                     for name in self.definitions}
        self.readers = {name: found.listen()
                        for name, found in self.maps.items()
                        if found.type in WITH_RECORDS}
        self.definitions[GLOBALS] = [(item.name, item.size)
                                     for item in self.globals]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        child = self.session.process.child
        child.stdin.close()
        child.wait()
        child.stdout.close()

    def can_run(self, program):
        """The interpreter runs programs of all types."""
        return program in self.session.programs

    def store(self, name, key, value):
        """Sets one entry."""
        self.maps[name].set(key, value)

    def tail(self, name, index, program):
        """Puts a program into a program array."""
        number, _ = self.session.program(program)
        self.store(name, index.to_bytes(4, "little"),
                   number.to_bytes(4, "little"))

    def clock(self, now):
        """What the time is from here on."""
        self.session.set_clock(now)

    def run(self, program, packet, context):
        """Runs a program once."""
        _, kind = self.session.program(program)
        value, after, seen = self.session.run(
            program, packet, live.complete_context(kind, context))
        return Result(kernel.verdict(kind, value), after, seen,
                      self.session.executed)

    def records(self):
        """What came out of ring buffers and perf buffers since the last call."""
        return {name: reader.read() for name, reader in self.readers.items()}

    def entries(self):
        """{map: {key: value}} of all that can be read."""
        found = {name: dict(each.entries())
                 for name, each in self.maps.items()
                 if each.type not in OPAQUE}
        found[GLOBALS] = {item.name.encode(): self.variable(item)
                          for item in self.globals}
        return found

    def variable(self, item):
        """The bytes of a variable."""
        raw = self.session.map(item.section).get(bytes(4))
        return raw[item.offset:item.offset + item.size]
