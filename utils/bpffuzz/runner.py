#===- runner.py - Compiles a case and runs it ---*- python -*-------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Compiles cases in several ways, and runs what comes out in the kernel and in
the interpreter.

Compiling is done for many cases at once, since starting the compiler takes
longer than compiling.  Everything of a run happens in this process, on file
descriptors, and is gone when the object is closed.
"""

import ctypes
import os
import subprocess
from collections import namedtuple

from bpfrun import interpreter, kernel, libbpf

from . import forms

COMPILE_SECONDS = 60
LOG_BYTES = 1 << 20
# BPF_MAP_TYPE_PERCPU_HASH, _PERCPU_ARRAY, _LRU_PERCPU_HASH and others.
PER_CPU = (5, 6, 10)
# Where bpf_prog_info of <linux/bpf.h> has verified_insns, and its size until
# there.
VERIFIED_AT, INFO_BYTES = 216, 220
PROG_ARRAY, LPM_TRIE, RINGBUF = 3, 11, 27
# Of the sections with data, these may change.
CHANGING = (".data", ".bss")

# A way to compile: how it is called, and what is told to the compiler.
Variant = namedtuple("Variant", "name options")
# What a run showed.
Result = namedtuple("Result", "runs maps globals records")


class CompilerError(Exception):
    """The compiler gave no object; `crashed` if it did not say why."""

    def __init__(self, text, crashed):
        super().__init__(text)
        self.crashed = crashed


class Refused(Exception):
    """The kernel did not load an object."""


class Compiler:
    """The compiler under test."""

    def __init__(self, tools):
        self.path = os.path.join(tools, "whistler")
        done = subprocess.run([self.path, "compile", "--help"],
                              capture_output=True, text=True, check=True)
        self.levels = [level for level in ("0", "1", "2", "s")
                       if "    =%s " % level in done.stdout]
        self.has_llvm = "--backend" in done.stdout
        # What may be made for this very kernel only.
        self.newest = ()
        if "--min-kernel" in done.stdout:
            release = ".".join(os.uname().release.split(".")[:2])
            self.newest = ("--min-kernel=" + release,)

    def variants(self, case):
        """The ways in which a case is compiled; the first is the plainest."""
        first, second = case.cpus
        others = [level for level in self.levels if level != "0"]
        seed = case.seed or 0
        found = [("0", first), ("2", first),
                 (others[seed % len(others)], second)]
        variants = [Variant("O%s-%s" % pair,
                            ("-O" + pair[0], "--mcpu=" + pair[1]))
                    for pair in dict.fromkeys(found)]
        if self.newest and seed // len(others) % 2:
            last = variants[-1]
            variants[2:] = [Variant(last.name + "-newest",
                                    last.options + self.newest)]
        # LLVM takes as long as all the others.
        if self.has_llvm and seed % 4 == 0:
            # LLVM has atomic operations of 32 bits for newer versions only.
            newer = max(second, "v3")
            variants.append(Variant("llvm-" + newer,
                                    ("--backend=llvm", "--mcpu=" + newer)))
        return variants

    def run(self, options, names, folder):
        """Compiles the sources `names` in a folder; (status, messages)."""
        try:
            done = subprocess.run([self.path, "compile", *options, *names],
                                  cwd=folder, capture_output=True, text=True,
                                  errors="replace", check=False,
                                  timeout=COMPILE_SECONDS)
        except subprocess.TimeoutExpired:
            return -1, "out of time"
        return done.returncode, done.stderr

    def compile_many(self, jobs, folder):
        """Compiles (name, case, variant) jobs; those that fail are not there
        afterwards.  Objects are named NAME.VARIANT.bpf.o."""
        groups, texts = {}, {}
        for name, case, variant in jobs:
            if name not in texts:
                texts[name] = forms.source(case.forms)
            source = "%s.%s.lisp" % (name, variant.name)
            with open(os.path.join(folder, source), "w",
                      encoding="utf-8") as file:
                file.write(texts[name])
            groups.setdefault(variant.options, []).append(source)
        for options, sources in groups.items():
            self.run(options, sources, folder)

    def object(self, name, variant, folder):
        """The path of a compiled job, compiled alone when it is missing."""
        base = os.path.join(folder, "%s.%s" % (name, variant.name))
        if not os.path.exists(base + ".bpf.o"):
            status, text = self.run(variant.options,
                                    [os.path.basename(base) + ".lisp"], folder)
            if status:
                raise CompilerError(text.strip(), status != 1 or
                                    "error:" not in text)
        return base + ".bpf.o"


class OpenOpts(ctypes.Structure):
    """struct bpf_object_open_opts of <bpf/libbpf.h>, with the log's place."""
    _fields_ = libbpf.ObjectOpenOpts._fields_ + [
        ("kernel_log_buf", ctypes.c_void_p),
        ("kernel_log_size", ctypes.c_size_t),
        ("kernel_log_level", ctypes.c_uint32)]


class Kernel:
    """Runs objects in the running kernel, on one processor: `cpu`, or any."""

    def __init__(self, cpu=None):
        # What programs leave in per-CPU maps depends on where they run.
        self.cpu = min(os.sched_getaffinity(0)) if cpu is None else cpu
        os.sched_setaffinity(0, {self.cpu})
        self.library = libbpf.Library()
        self.library.quiet()
        self.lib = self.library.lib
        self.log = ctypes.create_string_buffer(LOG_BYTES)
        self.cpus = self.library.cpus()
        self.effort = 0  # Instructions that were verified of the last object.

    def verified(self, fd):
        """How many instructions of a program the verifier looked at."""
        info = ctypes.create_string_buffer(INFO_BYTES)
        size = ctypes.c_uint32(INFO_BYTES)
        self.library.check(self.lib.bpf_obj_get_info_by_fd(
            fd, info, ctypes.byref(size)), "program info")
        return int.from_bytes(info.raw[VERIFIED_AT:], "little")

    def load(self, path):
        """An object, loaded."""
        opts = OpenOpts(sz=ctypes.sizeof(OpenOpts),
                        kernel_log_buf=ctypes.cast(self.log, ctypes.c_void_p),
                        kernel_log_size=LOG_BYTES)
        handle = self.library.pointer(
            self.lib.bpf_object__open_file(path.encode(),
                                           ctypes.byref(opts)), path)
        self.log[0] = 0
        if self.lib.bpf_object__load(handle) < 0:
            error = os.strerror(ctypes.get_errno())
            self.lib.bpf_object__close(handle)
            lines = self.log.value.decode(errors="replace").splitlines()
            raise Refused("\n".join([error] + lines[-12:]))
        return handle

    def execute(self, path, case):
        """The Result of running a case's packets through an object."""
        handle = self.load(path)
        self.effort = 0
        try:
            maps = {section(name): OpenMap(self, item)
                    for name, item in self.library.each(handle, "map")}
            programs = {name: self.lib.bpf_program__fd(item)
                        for name, item in self.library.each(handle, "program")}
            self.effort = sum(map(self.verified, programs.values()))
            return self.run(case, maps, programs)
        finally:
            self.lib.bpf_object__close(handle)

    def run(self, case, maps, programs):
        """Sets the maps up, runs all packets, and looks at everything."""
        for name, key, value in case.entries:
            maps[name].update(key, value)
        for name, index, target in case.tails:
            maps[name].update(index.to_bytes(4, "little"),
                              programs[target].to_bytes(4, "little"))
        reader = None
        if "ring" in maps:
            reader = libbpf.RingReader(self.library, maps["ring"].fd)
        runs, records = [], []
        for packet in case.packets:
            for name in case.programs:
                value, data, _ = self.library.test_run(programs[name], packet)
                runs.append((value, data.hex()))
        if reader:
            records = [record.hex() for record in reader.read()]
            self.lib.ring_buffer__free(reader.buffer)
        seen = {name: table.entries() for name, table in maps.items()
                if not name.startswith(".") and
                table.type not in (PROG_ARRAY, RINGBUF)}
        memory = {name: table.entries() for name, table in maps.items()
                  if name in CHANGING}
        return Result(runs, seen, memory, records)


def section(name):
    """The name of a map, without the object's where it holds a section."""
    return name[name.index("."):] if "." in name else name


def without_rest(key):
    """A trie's key without what is behind the prefix, which means nothing."""
    bits, size = int.from_bytes(key[:4], "little"), 8 * len(key[4:])
    number = int.from_bytes(key[4:], "big") >> size - bits << size - bits
    return key[:4] + number.to_bytes(size // 8, "big")


class OpenMap:
    """A map of a loaded object."""

    def __init__(self, owner, item):
        self.kernel = owner
        self.fd = owner.lib.bpf_map__fd(item)
        self.type = owner.lib.bpf_map__type(item)
        self.key_size = owner.lib.bpf_map__key_size(item)
        self.value_size = owner.lib.bpf_map__value_size(item)
        self.room = self.value_size
        if self.type in PER_CPU:
            self.room = -(-self.value_size // 8) * 8 * owner.cpus

    def update(self, key, value):
        """Sets an entry, in per-CPU maps for all processors."""
        if self.type in PER_CPU:
            value = value.ljust(self.room // self.kernel.cpus, b"\0") * \
                self.kernel.cpus
        self.kernel.library.update(self.fd, key, value)

    def entries(self):
        """All entries, sorted, as hexadecimal text; of per-CPU maps what is
        there for the processor in use."""
        found = []
        start = 0
        if self.type in PER_CPU:
            start = self.room // self.kernel.cpus * self.kernel.cpu
        for key in self.kernel.library.keys(self.fd, self.key_size):
            value = self.kernel.library.lookup(self.fd, key, self.room)
            if value is not None:
                value = value[start:start + self.value_size]
                if self.type == LPM_TRIE:
                    key = without_rest(key)
                found.append((key.hex(), value.hex()))
        return sorted(found)


class Interpreter:
    """Runs objects in whistler-run, a process for each."""

    def __init__(self, path):
        self.path = path

    @classmethod
    def find(cls, tools):
        """The one of a build, or None where there is none."""
        path = os.path.join(tools, "whistler-run")
        return cls(path) if os.path.exists(path) else None

    def execute(self, path, case):
        """The Result of running a case's packets through an object; its runs
        end with an error where the interpreter found one."""
        process = interpreter.Process(self.path, path)
        try:
            return self.run(process, case)
        finally:
            process.child.stdin.close()
            process.child.stdout.close()
            process.child.wait()

    @staticmethod
    def run(process, case):
        """Sets the maps up, runs all packets, and looks at everything."""
        info = process.ask("info")
        numbers = {item["name"]: item["number"] for item in info["programs"]}
        for name, key, value in case.entries:
            process.ask("set", map=name, key=key.hex(), value=value.hex())
        for name, index, target in case.tails:
            process.ask("set", map=name,
                        key=index.to_bytes(4, "little").hex(),
                        value=numbers[target].to_bytes(4, "little").hex())
        runs = []
        for packet in case.packets:
            for name in case.programs:
                try:
                    answer = process.ask("run", program=name,
                                         packet=packet.hex())
                except kernel.HarnessError as error:
                    runs.append((0, str(error)))
                    continue
                runs.append((answer["retval"], answer["packet"]))
        names = [item["name"] for item in info["maps"]]
        tables = {name: sorted(map(tuple, process.ask(
            "entries", map=name)["entries"])) for name in names
                  if name not in ("ring", "jumps", ".rodata")}
        records = process.ask("records", map="ring")["records"] \
            if "ring" in names else []
        return Result(
            runs, {n: e for n, e in tables.items() if not n.startswith(".")},
            {n: e for n, e in tables.items() if n in CHANGING},
            records)
