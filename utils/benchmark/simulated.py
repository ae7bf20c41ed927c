#===- simulated.py - The interpreter as a target ---*- python -*----------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Runs the programs of an object in whistler-run, which counts instructions."""

import json
import os
import subprocess

from bpfrun import kernel, uapi

from . import live
from .live import GLOBALS, OPAQUE, Result

WITH_RECORDS = ("ringbuf", "perf_event_array")


def tool(tools):
    """The interpreter's path."""
    return os.path.join(tools, "whistler-run")


def is_there(tools):
    """Whether the interpreter was built."""
    return os.path.exists(tool(tools))


def program_types():
    """{number: name as libbpf has it}."""
    return {number: name[len("BPF_PROG_TYPE_"):].lower()
            for name, number in uapi.enum("bpf_prog_type").items()}


class Target:
    """One object in the interpreter; a context manager, which ends it."""

    exact_time = True

    def __init__(self, tools, path):
        self.process = subprocess.Popen(
            [tool(tools), path, "--serve"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        info = self.ask("info")
        types = program_types()
        self.programs = {item["name"]: (item["number"], types[item["type"]])
                         for item in info["programs"]}
        self.maps = {item["name"]: item for item in info["maps"]
                     if not item["name"].startswith(".")}
        self.globals = live.read_globals(path)
        self.definitions = {name: (
            item["type"], item["key_size"], item["value_size"],
            item["max_entries"], item["flags"])
            for name, item in self.maps.items()}
        self.definitions[GLOBALS] = [(item.name, item.size)
                                     for item in self.globals]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def ask(self, operation, **members):
        """The answer to a request."""
        request = {"op": operation, **members}
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # Then there is no answer either.
        line = self.process.stdout.readline()
        if not line:
            raise kernel.HarnessError("whistler-run ended at %s" % request)
        answer = json.loads(line)
        if "error" in answer:
            raise kernel.HarnessError("whistler-run: %s" % answer["error"])
        return answer

    def can_run(self, program):
        """The interpreter runs programs of all types."""
        return program in self.programs

    def store(self, name, key, value):
        """Sets one entry."""
        self.ask("set", map=name, key=key.hex(), value=value.hex())

    def tail(self, name, index, program):
        """Puts a program into a program array."""
        number = self.programs[program][0]
        self.ask("set", map=name, key=index.to_bytes(4, "little").hex(),
                 value=number.to_bytes(4, "little").hex())

    def clock(self, now):
        """What the time is from here on."""
        self.ask("environment", clock=str(now))

    def run(self, program, packet, context):
        """Runs a program once."""
        kind = self.programs[program][1]
        members = {"packet": packet, "ctx": context}
        answer = self.ask("run", program=program, **{
            name: raw.hex() for name, raw in members.items()
            if raw is not None})
        return Result(kernel.verdict(kind, answer["retval"] & 0xFFFFFFFF),
                      bytes.fromhex(answer["packet"]),
                      bytes.fromhex(answer["ctx"]), answer["executed"])

    def records(self):
        """What came out of ring buffers and perf buffers since the last call."""
        return {name: [bytes.fromhex(text) for text in
                       self.ask("records", map=name)["records"]]
                for name, item in self.maps.items()
                if item["type"] in WITH_RECORDS}

    def entries(self):
        """{map: {key: value}} of all that can be read."""
        found = {name: {bytes.fromhex(key): bytes.fromhex(value)
                        for key, value in self.ask("entries",
                                                   map=name)["entries"]}
                 for name, item in self.maps.items()
                 if item["type"] not in OPAQUE}
        found[GLOBALS] = {item.name.encode(): self.variable(item)
                          for item in self.globals}
        return found

    def variable(self, item):
        """The bytes of a variable."""
        answer = self.ask("get", map=item.section, key=bytes(4).hex())
        return bytes.fromhex(answer["value"])[item.offset:
                                              item.offset + item.size]
