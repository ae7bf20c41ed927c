#===- kernel.py - An object in the kernel ---*- python -*-----------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Loads an object and gives access to its programs and maps.

The harness runs in a mount namespace of its own with its own bpffs, so every
pin disappears with the process, however it ends.
"""

import json
import os
import re
import subprocess

from . import elf, libbpf, uapi, values

PINS = "/sys/fs/bpf"
COMMAND_SECONDS = 30
LOG_LINES = 40


class HarnessError(RuntimeError):
    """A step of the test that could not be done; the text says why."""


def command(*words, stdin=None):
    """Runs a stock tool and returns what it printed."""
    try:
        done = subprocess.run(words, capture_output=True, text=True,
                              errors="replace", stdin=stdin, check=False,
                              timeout=COMMAND_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HarnessError("%s: %s" % (words[0], error)) from error
    if done.returncode:
        tail = (done.stderr + done.stdout).splitlines()[-LOG_LINES:]
        raise HarnessError("%s failed:\n%s" %
                           (" ".join(words), "\n".join(tail)))
    return done.stdout


def bpftool(*words):
    """What `bpftool -j` says, decoded."""
    return json.loads(command("bpftool", "-j", *words) or "null")


class Map:
    """One map: its descriptor and what the kernel knows about it."""

    def __init__(self, library, name, fd, info):
        self.library = library
        self.name = name
        self.fd = fd
        self.type = info["type"]
        self.key_size = info["bytes_key"]
        self.value_size = info["bytes_value"]
        self.per_cpu = "percpu" in self.type

    def room(self):
        """Bytes that a lookup writes."""
        if self.per_cpu:
            return -(-self.value_size // 8) * 8 * self.library.cpus()
        return self.value_size

    def get(self, key):
        """The value of `key` (per-CPU values summed), or None."""
        raw = self.library.lookup(self.fd, key, self.room())
        if raw is None or not self.per_cpu:
            return raw
        step = -(-self.value_size // 8) * 8
        total = sum(int.from_bytes(raw[at:at + self.value_size], "little")
                    for at in range(0, len(raw), step))
        total %= 1 << 8 * self.value_size
        return total.to_bytes(self.value_size, "little")

    def put(self, key, value):
        """Stores `value`, which is as large as an update reads."""
        self.library.update(self.fd, key, value)

    def set(self, key, value):
        """Stores `value`; in a per-CPU map on the first CPU, zero elsewhere."""
        self.put(key, value.ljust(self.room(), b"\0"))

    def delete(self, key):
        """Removes an entry."""
        self.library.delete(self.fd, key)

    def listen(self):
        """A reader of the records of a ring buffer or perf event array."""
        reader = (libbpf.RingReader if self.type == "ringbuf" else
                  libbpf.PerfReader)
        return reader(self.library, self.fd)

    def entries(self):
        """All (key, value) pairs, in the order of the keys as numbers."""
        found = [(key, self.get(key))
                 for key in self.library.keys(self.fd, self.key_size)]
        return sorted((pair for pair in found if pair[1] is not None),
                      key=lambda pair: pair[0][::-1])


class Session:
    """The object under test, loaded when first needed."""

    def __init__(self, path, btf=None):
        self.path = path
        self.btf = btf
        self.library = libbpf.Library()
        self.program_fds = {}
        self.map_cache = {}
        self.loaded = False
        self.attached = None

    def load(self):
        """Loads all programs; pins them and the maps.

        bpftool does it, which has no option for custom BTF: with that, libbpf.
        """
        if self.loaded:
            return
        self.loaded = True
        if self.btf:
            handle = self.library.load_object(self.path, self.btf)
            self.library.pin_object(handle, PINS + "/programs", PINS + "/maps")
            return
        command("bpftool", "prog", "loadall", self.path, PINS + "/programs",
                "pinmaps", PINS + "/maps")

    def pin(self, kind, name):
        """The path at which a program or a map is pinned."""
        self.load()
        path = "%s/%s/%s" % (PINS, kind, name)
        if not os.path.exists(path):
            raise HarnessError("no '%s' in %s; there are: %s" % (
                name, kind,
                " ".join(sorted(os.listdir("%s/%s" % (PINS, kind))))))
        return path

    def program_names(self):
        """The names of all programs, sorted."""
        self.load()
        return sorted(os.listdir(PINS + "/programs"))

    def run(self, name, data, context=None):
        """Runs a program: returns (return value, packet, context) after it."""
        return self.library.test_run(self.program(name)[0], data, context)

    def need_kernel(self, what):
        """This is the kernel."""

    @staticmethod
    def need_executed():
        """The kernel does not count instructions."""
        raise HarnessError("show=executed: only the interpreter counts "
                           "instructions; give --interpreter")

    @staticmethod
    def set_clock(_):
        """Refuses a command."""
        raise HarnessError("clock: only the interpreter's can be set, and this "
                           "is the kernel")

    def program(self, name):
        """(descriptor, type name) of a loaded program."""
        if name not in self.program_fds:
            path = self.pin("programs", name)
            info = bpftool("prog", "show", "pinned", path)
            self.program_fds[name] = (self.library.open_pinned(path),
                                      info["type"])
        return self.program_fds[name]

    def map(self, name):
        """The map called `name`: of what is attached, else of the pinned."""
        if self.attached is not None:
            for known, found in self.attached.items():
                if known == name[:15]:
                    return found
            raise HarnessError("no map '%s' in what is attached" % name)
        if name not in self.map_cache:
            path = self.pin("maps", name)
            info = bpftool("map", "show", "pinned", path)
            self.map_cache[name] = Map(self.library, name,
                                       self.library.open_pinned(path), info)
        return self.map_cache[name]

    def use_maps_of(self, program_id):
        """From now on looks maps up among those of an attached program."""
        info = bpftool("prog", "show", "id", str(program_id))
        found = dict(self.attached or {})
        for number in info.get("map_ids", []):
            about = bpftool("map", "show", "id", str(number))
            found[about["name"]] = Map(self.library, about["name"],
                                       self.library.map_by_id(number), about)
        self.attached = found

    def attach_tracing(self, names):
        """Attaches programs by their sections, as a libbpf loader would."""
        handle = self.library.load_object(self.path, self.btf)
        known = dict(self.library.each(handle, "program"))
        for name in names or known:
            if name not in known:
                raise HarnessError("no program '%s' in %s" %
                                   (name, self.path))
            self.library.attach(known[name], name)
        found = {}
        for name, item in self.library.each(handle, "map"):
            fd = self.library.lib.bpf_map__fd(item)
            about = map_about(fd)
            found[name[:15]] = Map(self.library, name, fd, about)
        self.attached = found


def map_about(fd):
    """What the kernel says of an open map, as `bpftool map show` would."""
    with open("/proc/self/fdinfo/%d" % fd, encoding="ascii") as file:
        info = dict(line.split(":\t", 1) for line in file if ":\t" in line)
    return bpftool("map", "show", "id", info["map_id"].strip())


def verdict(program_type, value):
    """A return value as a program of that type means it."""
    signed = value - (1 << 32) if value >> 31 else value
    tables = {"xdp": uapi.xdp_verdicts, "sched_cls": uapi.tc_verdicts,
              "sched_act": uapi.tc_verdicts}
    names = tables.get(program_type, dict)()
    if signed in names:
        return "%s (%d)" % (names[signed], signed)
    return str(signed)


def slots(path):
    """Slots of each program, a lone program having its whole section."""
    found = elf.programs(path)
    sections = elf.code_slots(path)
    counts = {}
    for item in found:
        alone = sum(other.section == item.section for other in found) == 1
        counts[item.name] = sections[item.section] if alone else item.slots
    return counts


def source_lines(session, name):
    """The distinct (line, column) pairs of a program's line information."""
    text = command("bpftool", "prog", "dump", "xlated", "pinned",
                   session.pin("programs", name), "linum")
    return re.findall(r"\[file:(\S*) line_num:(\d+) line_col:(\d+)\]", text)
