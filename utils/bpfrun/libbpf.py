#===- libbpf.py - The few libbpf calls that the tests make ---*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Calls the system's libbpf for what bpftool has no command for.

Loading and pinning are left to bpftool, unless the object is to be relocated for
another kernel's types.  Running a program on a packet, reading and writing map
entries by the thousand, and attaching tracing programs the way libbpf does it go
through here, on file descriptors.
"""

import ctypes
import os
from ctypes import byref, c_bool, c_char_p, c_int, c_long, c_size_t, c_uint32, \
    c_uint64, c_void_p

# More than any test packet; the kernel refuses larger ones than a page or so.
OUTPUT_ROOM = 1 << 16


class BPFError(RuntimeError):
    """A libbpf call that failed."""


class TestRunOpts(ctypes.Structure):
    """struct bpf_test_run_opts of <bpf/bpf.h>."""
    _fields_ = [("sz", c_size_t), ("data_in", c_char_p),
                ("data_out", c_void_p), ("data_size_in", c_uint32),
                ("data_size_out", c_uint32), ("ctx_in", c_char_p),
                ("ctx_out", c_void_p), ("ctx_size_in", c_uint32),
                ("ctx_size_out", c_uint32), ("retval", c_uint32),
                ("repeat", c_int), ("duration", c_uint32),
                ("flags", c_uint32), ("cpu", c_uint32),
                ("batch_size", c_uint32)]


class ObjectOpenOpts(ctypes.Structure):
    """struct bpf_object_open_opts of <bpf/libbpf.h>, up to the custom BTF."""
    _fields_ = [("sz", c_size_t), ("object_name", c_char_p),
                ("relaxed_maps", c_bool), ("pin_root_path", c_char_p),
                ("unused", c_uint32), ("kconfig", c_char_p),
                ("btf_custom_path", c_char_p)]


class ProgramLoadOpts(ctypes.Structure):
    """struct bpf_prog_load_opts of <bpf/bpf.h>, up to the line information."""
    _fields_ = [("sz", c_size_t), ("numbers", c_uint32 * 9),
                ("fd_array", c_void_p), ("func_info", c_void_p),
                ("func_info_cnt", c_uint32), ("func_info_rec_size", c_uint32),
                ("line_info", c_void_p), ("line_info_cnt", c_uint32)]


# What libbpf calls before it loads a program.
PREPARE_CALLBACK = ctypes.CFUNCTYPE(c_int, c_void_p,
                                    ctypes.POINTER(ProgramLoadOpts), c_long)


class ProgramHandlerOpts(ctypes.Structure):
    """struct libbpf_prog_handler_opts of <bpf/libbpf.h>."""
    _fields_ = [("sz", c_size_t), ("cookie", c_long), ("setup", c_void_p),
                ("prepare", PREPARE_CALLBACK), ("attach", c_void_p)]


# What ring_buffer__new and perf_buffer__new call for each record.
RING_CALLBACK = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_size_t)
PERF_CALLBACK = ctypes.CFUNCTYPE(None, c_void_p, c_int, c_void_p, c_uint32)
PERF_PAGES = 8


class Library:
    """libbpf.so.1, with errors turned into exceptions."""

    # Of all instances, as libbpf has only one list of handlers: {section: options},
    # and the instructions to put in front of programs that are loaded.
    handlers, prologues = {}, {}

    def __init__(self):
        try:
            self.lib = ctypes.CDLL("libbpf.so.1", use_errno=True)
        except OSError as error:
            raise BPFError("libbpf is missing: %s" % error) from error
        self.silence = ctypes.CFUNCTYPE(c_int, c_int, c_char_p, c_void_p)(
            lambda level, text, arguments: 0)
        self.lib.libbpf_set_print.restype = c_void_p
        for name in ("bpf_object__open_file", "bpf_object__next_program",
                     "bpf_object__next_map", "bpf_program__attach",
                     "bpf_program__insns", "ring_buffer__new",
                     "perf_buffer__new"):
            getattr(self.lib, name).restype = c_void_p
        self.lib.bpf_program__insn_cnt.restype = c_size_t
        for name in ("bpf_program__name", "bpf_program__section_name",
                     "bpf_map__name"):
            getattr(self.lib, name).restype = c_char_p

    def quiet(self):
        """Keeps libbpf's own messages off standard error."""
        self.lib.libbpf_set_print(self.silence)

    def check(self, result, what):
        """`result`, or an exception naming `what` when it is an error."""
        if result is None or result < 0:
            code = ctypes.get_errno() or -(result or 0)
            raise BPFError("%s: %s" % (what, os.strerror(code)))
        return result

    def open_pinned(self, path):
        """A descriptor for a pinned program or map."""
        return self.check(self.lib.bpf_obj_get(path.encode()), path)

    def map_by_id(self, number):
        """A descriptor for the map with that kernel id."""
        return self.check(self.lib.bpf_map_get_fd_by_id(number),
                          "map id %d" % number)

    def cpus(self):
        """The number of values that one entry of a per-CPU map holds."""
        return self.check(self.lib.libbpf_num_possible_cpus(), "cpu count")

    def lookup(self, fd, key, size):
        """The `size` bytes of the entry, or None when there is none."""
        room = ctypes.create_string_buffer(size)
        if self.lib.bpf_map_lookup_elem(fd, key, room) < 0:
            return None
        return room.raw

    def update(self, fd, key, value):
        """Inserts or replaces one entry."""
        self.check(self.lib.bpf_map_update_elem(fd, key, value, c_uint64(0)),
                   "map update")

    def delete(self, fd, key):
        """Removes one entry."""
        self.check(self.lib.bpf_map_delete_elem(fd, key), "map delete")

    def keys(self, fd, size):
        """All keys of a map, in the kernel's order."""
        found, last = [], None
        room = ctypes.create_string_buffer(size)
        while self.lib.bpf_map_get_next_key(fd, last, room) >= 0:
            last = room.raw
            found.append(last)
        return found

    def test_run(self, fd, data, context=None, repeat=0, shows_context=True):
        """Runs a program: returns (return value, packet, context) after it.

        Raw tracepoints have contexts that the kernel does not show again.
        """
        room = ctypes.create_string_buffer(OUTPUT_ROOM)
        seen = ctypes.create_string_buffer(OUTPUT_ROOM)
        opts = TestRunOpts(sz=ctypes.sizeof(TestRunOpts), repeat=repeat)
        if data is not None:
            opts.data_in, opts.data_size_in = data, len(data)
            opts.data_out = ctypes.cast(room, c_void_p)
            opts.data_size_out = OUTPUT_ROOM
        if context is not None:
            opts.ctx_in, opts.ctx_size_in = context, len(context)
        if context is not None and shows_context:
            opts.ctx_out = ctypes.cast(seen, c_void_p)
            opts.ctx_size_out = OUTPUT_ROOM
        self.check(self.lib.bpf_prog_test_run_opts(fd, byref(opts)),
                   "test run")
        return (opts.retval, room.raw[:opts.data_size_out],
                seen.raw[:opts.ctx_size_out])

    def pointer(self, result, what):
        """A C pointer that is not null, fit to be passed on."""
        if not result:
            raise BPFError("%s: %s" %
                           (what, os.strerror(ctypes.get_errno())))
        return c_void_p(result)

    def load_object(self, path, btf=None):
        """Opens and loads an object file the way a libbpf loader does.

        CO-RE relocations follow the types in the file `btf` instead of the
        running kernel's.
        """
        opts = ObjectOpenOpts(sz=ctypes.sizeof(ObjectOpenOpts))
        if btf:
            # libbpf's message about a missing file names the object.
            with open(btf, "rb"):
                pass
            opts.btf_custom_path = btf.encode()
        handle = self.pointer(
            self.lib.bpf_object__open_file(path.encode(), byref(opts)), path)
        self.check(self.lib.bpf_object__load(handle), path)
        return handle

    def load_with_prologues(self, path, code):
        """As `load_object`, with instructions in front of programs:
        {program: instructions}.

        The instructions fall through, and no line information tells of them.
        """
        if not code:
            return self.load_object(path)
        handle = self.pointer(
            self.lib.bpf_object__open_file(path.encode(), None), path)
        for name, program in self.each(handle, "program"):
            if name in code:
                self.handle_section(program)
        self.lib.bpf_object__close(handle)
        Library.prologues = code
        try:
            return self.load_object(path)
        finally:
            Library.prologues = {}

    def handle_section(self, program):
        """Makes libbpf call us before it loads programs from such a section.

        That stays so: loaded objects refer to the handler, and libbpf 1.1 uses
        memory after it has freed it once the last handler is gone.
        """
        section = self.lib.bpf_program__section_name(program)
        if section in self.handlers:
            return
        opts = ProgramHandlerOpts(sz=ctypes.sizeof(ProgramHandlerOpts),
                                  prepare=PREPARE_CALLBACK(self.prepare))
        self.check(self.lib.libbpf_register_prog_handler(
            section, self.lib.bpf_program__type(program),
            self.lib.bpf_program__expected_attach_type(program), byref(opts)),
            "handler")
        self.handlers[section] = opts

    def prepare(self, program, opts, _):
        """Puts the instructions in front of a program."""
        program = c_void_p(program)
        code = self.prologues.get(self.lib.bpf_program__name(program).decode())
        if not code:
            return 0
        code += ctypes.string_at(self.lib.bpf_program__insns(program),
                                 8 * self.lib.bpf_program__insn_cnt(program))
        # They tell of instructions by number.
        opts[0].func_info_cnt = opts[0].line_info_cnt = 0
        return self.lib.bpf_program__set_insns(program, code,
                                               c_size_t(len(code) // 8))

    def pin_object(self, handle, programs, maps):
        """Pins a loaded object's programs and maps in two folders."""
        self.check(self.lib.bpf_object__pin_programs(handle,
                                                     programs.encode()),
                   programs)
        self.check(self.lib.bpf_object__pin_maps(handle, maps.encode()), maps)

    def each(self, handle, kind):
        """The (name, pointer) pairs of an object's programs or maps."""
        following = getattr(self.lib, "bpf_object__next_" + kind)
        name = getattr(self.lib, "bpf_%s__name" % kind)
        item = following(handle, None)
        while item:
            yield name(c_void_p(item)).decode(), c_void_p(item)
            item = following(handle, c_void_p(item))

    def attach(self, program, name):
        """Attaches a program where its section says."""
        self.pointer(self.lib.bpf_program__attach(program), "attach " + name)


class RingReader:
    """Reads a ring buffer; records that were there before are read too."""

    def __init__(self, library, fd):
        self.library = library
        self.records = []
        # The callback has to live as long as the buffer.
        self.callback = RING_CALLBACK(self.take)
        self.buffer = library.pointer(
            library.lib.ring_buffer__new(fd, self.callback, None, None),
            "ring buffer")

    def take(self, _, data, size):
        """Keeps one record."""
        self.records.append(ctypes.string_at(data, size))
        return 0

    def read(self):
        """The records since the last call, in order."""
        self.records.clear()
        self.library.check(
            self.library.lib.ring_buffer__consume(self.buffer), "ring buffer")
        return list(self.records)

    def close(self):
        """Lets the buffer go."""
        self.library.lib.ring_buffer__free(self.buffer)


class PerfReader:
    """Reads a perf event array; knows only of records that come after it."""

    def __init__(self, library, fd):
        self.library = library
        self.records = []
        self.callback = PERF_CALLBACK(self.take)
        self.buffer = library.pointer(
            library.lib.perf_buffer__new(fd, c_size_t(PERF_PAGES),
                                         self.callback, None, None, None),
            "perf buffer")

    def take(self, _, cpu, data, size):
        """Keeps one record."""
        del cpu
        self.records.append(ctypes.string_at(data, size))

    def read(self):
        """The records since the last call, those of a CPU in order."""
        self.records.clear()
        self.library.check(
            self.library.lib.perf_buffer__consume(self.buffer), "perf buffer")
        return list(self.records)

    def close(self):
        """Lets the buffer go."""
        self.library.lib.perf_buffer__free(self.buffer)
