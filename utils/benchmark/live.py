#===- live.py - The running kernel as a target ---*- python -*------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Loads an object with libbpf and runs its programs in the kernel."""

import ctypes
import time
from collections import namedtuple

from bpfrun import elf, kernel, libbpf

from . import plan

# Program types that the kernel runs on a packet or context of ours.
ON_PACKETS = ("xdp", "sched_cls", "sched_act", "cgroup_skb", "socket_filter")
ON_CONTEXTS = ("raw_tracepoint",)

# Map types without entries that can be read and compared.
OPAQUE = ("prog_array", "ringbuf", "perf_event_array", "queue", "stack",
          "array_of_maps", "hash_of_maps")

Result = namedtuple("Result", "verdict packet context executed")
Cost = namedtuple("Cost", "verified jited")
Global = namedtuple("Global", "name section offset size")

# What the variables are called where maps have their names.
GLOBALS = "globals"


class ProgramInfo(ctypes.Structure):
    """The start of struct bpf_prog_info of <linux/bpf.h>."""
    _fields_ = [("type", ctypes.c_uint32), ("id", ctypes.c_uint32),
                ("tag", ctypes.c_uint8 * 8),
                ("jited_prog_len", ctypes.c_uint32),
                ("xlated_prog_len", ctypes.c_uint32),
                ("jited_and_xlated", ctypes.c_uint64 * 2),
                ("load_time", ctypes.c_uint64),
                ("created_by_uid", ctypes.c_uint32),
                ("nr_map_ids", ctypes.c_uint32),
                ("map_ids", ctypes.c_uint64), ("name", ctypes.c_char * 16),
                ("ifindex", ctypes.c_uint32), ("flags", ctypes.c_uint32),
                ("netns", ctypes.c_uint64 * 2),
                ("nr_jited", ctypes.c_uint32 * 2),
                ("jited", ctypes.c_uint64 * 2), ("btf_id", ctypes.c_uint32),
                ("func_info_rec_size", ctypes.c_uint32),
                ("func_info", ctypes.c_uint64),
                ("nr_func_info", ctypes.c_uint32),
                ("nr_line_info", ctypes.c_uint32),
                ("line_info", ctypes.c_uint64 * 2),
                ("line_info_numbers", ctypes.c_uint32 * 4),
                ("prog_tags", ctypes.c_uint64),
                ("run_time_ns", ctypes.c_uint64),
                ("run_cnt", ctypes.c_uint64),
                ("recursion_misses", ctypes.c_uint64),
                ("verified_insns", ctypes.c_uint32),
                ("attach_btf_obj_id", ctypes.c_uint32),
                ("attach_btf_id", ctypes.c_uint32)]


def read_globals(path):
    """The variables of an object, by name: where in a section they lie is each
    compiler's own business."""
    with open(path, "rb") as file:
        data = file.read()
    sections = elf.read_sections(data)
    return sorted(Global(symbol.name, sections[symbol.section].name,
                         symbol.value, symbol.size)
                  for symbol in elf.read_symbols(data, sections)
                  if symbol.kind == elf.STT_OBJECT and
                  symbol.section is not None and
                  sections[symbol.section].name in (".data", ".bss"))


def complete_context(kind, context):
    """The context to run a program on: traffic control programs are always given
    one, so that what they write into it is seen."""
    if context is None and kind in ("sched_cls", "sched_act"):
        return plan.skb("")
    return context


class Target:
    """One object in the kernel; a context manager, which unloads it."""

    exact_time = False

    def __init__(self, path, prologues=None):
        """Loads it; `prologues` has instructions to run before programs, by their
        names."""
        self.library = libbpf.Library()
        lib = self.library.lib
        for name in ("libbpf_bpf_prog_type_str", "libbpf_bpf_map_type_str"):
            getattr(lib, name).restype = ctypes.c_char_p
        self.handle = self.library.load_with_prologues(path, prologues or {})
        self.programs = {}
        for name, item in self.library.each(self.handle, "program"):
            kind = lib.libbpf_bpf_prog_type_str(lib.bpf_program__type(item))
            self.programs[name] = (lib.bpf_program__fd(item), kind.decode())
        self.maps, self.sections, self.readers = {}, {}, {}
        self.globals = read_globals(path)
        self.definitions = {GLOBALS: [(item.name, item.size)
                                      for item in self.globals]}
        for name, item in self.library.each(self.handle, "map"):
            self.add_map(name, item)

    def add_map(self, name, item):
        """Opens a map."""
        lib = self.library.lib
        kind = lib.libbpf_bpf_map_type_str(lib.bpf_map__type(item)).decode()
        found = kernel.Map(self.library, name, lib.bpf_map__fd(item), {
            "type": kind, "bytes_key": lib.bpf_map__key_size(item),
            "bytes_value": lib.bpf_map__value_size(item)})
        # What holds variables is named after the object and the section.
        if "." in name:
            self.sections[name[name.index("."):]] = found
            return
        self.maps[name] = found
        self.definitions[name] = (
            kind, found.key_size, found.value_size,
            lib.bpf_map__max_entries(item), lib.bpf_map__map_flags(item))
        reader = {"ringbuf": libbpf.RingReader,
                  "perf_event_array": libbpf.PerfReader}.get(kind)
        if reader:
            self.readers[name] = reader(self.library, found.fd)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for reader in self.readers.values():
            reader.close()
        self.library.lib.bpf_object__close(self.handle)

    def can_run(self, program):
        """Whether the kernel runs programs of this type for us."""
        return self.kind(program) in ON_PACKETS + ON_CONTEXTS

    def store(self, name, key, value):
        """Sets one entry."""
        self.maps[name].set(key, value)

    def tail(self, name, index, program):
        """Puts a program into a program array."""
        fd = self.programs[program][0]
        self.library.update(self.maps[name].fd, index.to_bytes(4, "little"),
                            fd.to_bytes(4, "little"))

    def clock(self, now):
        """The kernel's clock goes on by itself."""

    def run(self, program, packet, context):
        """Runs a program once."""
        fd, kind = self.programs[program]
        context = complete_context(kind, context)
        value, after, seen = self.library.test_run(
            fd, packet, context, shows_context=kind not in ON_CONTEXTS)
        return Result(kernel.verdict(kind, value), after, seen, None)

    def records(self):
        """What came out of ring buffers and perf buffers since the last call."""
        return {name: reader.read() for name, reader in self.readers.items()}

    def entries(self):
        """{map: {key: value}} of all that can be read."""
        found = {name: dict(each.entries())
                 for name, each in self.maps.items()
                 if each.type not in OPAQUE}
        found[GLOBALS] = {
            item.name.encode(): self.sections[item.section].get(bytes(4))[
                item.offset:item.offset + item.size]
            for item in self.globals}
        return found

    def costs(self):
        """What the verifier walked through, what the JIT compiler made."""
        verified = jited = 0
        for fd, _ in self.programs.values():
            info = ProgramInfo()
            size = ctypes.c_uint32(ctypes.sizeof(info))
            self.library.check(self.library.lib.bpf_obj_get_info_by_fd(
                fd, ctypes.byref(info), ctypes.byref(size)), "program info")
            verified += info.verified_insns
            jited += info.jited_prog_len
        return Cost(verified, jited)

    def kind(self, program):
        """The type of a program, by libbpf's name."""
        return self.programs[program][1]

    def can_repeat(self, program):
        """Whether the kernel runs the program many times in one call."""
        return self.kind(program) in ON_PACKETS

    def seconds(self, program, packet, context, repeat):
        """Wall time of so many runs in a row."""
        start = time.perf_counter()
        self.repeat(program, packet, context, repeat)
        return time.perf_counter() - start

    def repeat(self, program, packet, context, number):
        """The Result of the last of so many runs in a row, without a context."""
        fd, kind = self.programs[program]
        value, after, _ = self.library.test_run(fd, packet, context, number)
        return Result(kernel.verdict(kind, value), after, b"", None)
