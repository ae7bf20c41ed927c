#===- interpreter.py - An object in the interpreter ---*- python -*-------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Gives access to the programs and maps of an object that whistler-run holds.

The classes have the interface of those in kernel.py, so a script runs without the
kernel, as long as it neither attaches programs nor asks for what only the kernel
has.  docs/Interpreter.md describes the requests.
"""

import json
import subprocess

from . import uapi
from .kernel import HarnessError

PROGRAM_TYPE_PREFIX = "BPF_PROG_TYPE_"


class Process:
    """whistler-run --serve: one request, one answer."""

    def __init__(self, tool, path):
        # It goes away when its standard input is closed, at our end.
        try:
            self.child = subprocess.Popen(  # pylint: disable=consider-using-with
                [tool, path, "--serve"], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, text=True)
        except OSError as error:
            raise HarnessError("%s: %s" % (tool, error)) from error

    def ask(self, operation, **members):
        """The answer to a request; an exception where it is an error."""
        request = {"op": operation, **members}
        try:
            self.child.stdin.write(json.dumps(request) + "\n")
            self.child.stdin.flush()
            line = self.child.stdout.readline()
        except OSError:
            line = ""
        if not line:
            raise HarnessError("whistler-run ended with status %s" %
                               self.child.wait())
        answer = json.loads(line)
        if "error" in answer:
            raise HarnessError(answer["error"])
        return answer


class Map:
    """One map; values of per-CPU maps are those of the only CPU."""

    def __init__(self, process, info):
        self.process = process
        self.name = info["name"]
        self.type = info["type"]
        self.key_size = info["key_size"]
        self.value_size = info["value_size"]

    def get(self, key):
        """The value of `key`, or None."""
        value = self.process.ask("get", map=self.name, key=key.hex())["value"]
        return None if value is None else bytes.fromhex(value)

    def put(self, key, value):
        """Stores `value`."""
        self.check(self.process.ask("set", map=self.name, key=key.hex(),
                                    value=value.hex()), "map update")

    set = put

    def delete(self, key):
        """Removes an entry."""
        self.check(self.process.ask("delete", map=self.name, key=key.hex()),
                   "map delete")

    @staticmethod
    def check(answer, what):
        """An exception where the map refused."""
        if answer["result"]:
            raise HarnessError("%s: error %d" % (what, answer["result"]))

    def entries(self):
        """All (key, value) pairs, in the order of the keys as numbers."""
        found = self.process.ask("entries", map=self.name)["entries"]
        return sorted(((bytes.fromhex(key), bytes.fromhex(value))
                       for key, value in found), key=lambda pair: pair[0][::-1])

    def listen(self):
        """A reader of the records; the first reading opens a perf event
        array, which is empty until then."""
        reader = Reader(self)
        if self.type == "perf_event_array":
            reader.read()
        return reader


class Reader:
    """Takes records out of a ring buffer or perf event array."""

    def __init__(self, found):
        self.map = found

    def read(self):
        """The records since the last call, in order."""
        answer = self.map.process.ask("records", map=self.map.name)
        return [bytes.fromhex(record) for record in answer["records"]]


class Session:
    """The object under test, loaded when first needed."""

    def __init__(self, tool, path):
        self.tool = tool
        self.path = path
        self.process = None
        self.programs = {}
        self.maps = {}
        self.executed = 0

    def load(self):
        """Starts the interpreter."""
        if self.process:
            return
        self.process = Process(self.tool, self.path)
        info = self.process.ask("info")
        types = {value: name[len(PROGRAM_TYPE_PREFIX):].lower()
                 for name, value in uapi.enum("bpf_prog_type").items()}
        self.programs = {item["name"]: (item["number"],
                                        types.get(item["type"], "unspec"))
                         for item in info["programs"]}
        self.maps = {item["name"]: Map(self.process, item)
                     for item in info["maps"]}

    def find(self, table, kind, name):
        """The program or map of that name."""
        self.load()
        found = getattr(self, table)
        if name not in found:
            raise HarnessError("no '%s' in %s; there are: %s" %
                               (name, kind, " ".join(sorted(found))))
        return found[name]

    def program_names(self):
        """The names of all programs, sorted."""
        self.load()
        return sorted(self.programs)

    def program(self, name):
        """(what a program array holds, type name) of a program."""
        return self.find("programs", "programs", name)

    def map(self, name):
        """The map called `name`."""
        return self.find("maps", "maps", name)

    def run(self, name, data, context=None):
        """Runs a program: returns (return value, packet, context) after it."""
        self.program(name)
        members = {"packet": data, "ctx": context}
        answer = self.process.ask("run", program=name, **{
            member: value.hex() for member, value in members.items()
            if value is not None})
        self.executed = answer["executed"]
        return (answer["retval"], bytes.fromhex(answer["packet"]),
                bytes.fromhex(answer["ctx"]))

    def set_clock(self, now):
        """The time, in nanoseconds, until it is set again."""
        self.load()
        self.process.ask("environment", clock=str(now))

    @staticmethod
    def need_kernel(what):
        """Refuses a command."""
        raise HarnessError("%s: only the kernel can do that, and this is the "
                           "interpreter" % what)

    def pin(self, kind, name):
        """There are no pins."""
        self.need_kernel("the %s '%s' pinned" % (kind[:-1], name))

    def need_executed(self):
        """Instructions are counted here."""
