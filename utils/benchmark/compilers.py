#===- compilers.py - Objects from both sources of a pair -*- python -*----===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Runs whistler and clang, and looks at the objects that they make."""

import os
import re
import subprocess
import sys
import sysconfig
from collections import namedtuple

from bpfrun import elf

VERSIONS = ("v1", "v2", "v3", "v4")
OURS = "whistler"
# The Lisp source for the running kernel alone, and for that with few slots.
NEWEST = "newest"
SMALLEST = "smallest"
# The Lisp source by way of LLVM's optimiser and code generator.
LLVM = "llvm"
ALL = (OURS, NEWEST, SMALLEST, LLVM, *VERSIONS)
KERNEL = re.match(r"\d+\.\d+", os.uname().release).group(0)
# What makes others of our objects, beside what is asked for.
VARIANTS = {
    NEWEST: ["--min-kernel=" + KERNEL],
    SMALLEST: ["-Os", "--min-kernel=" + KERNEL],
    LLVM: ["--backend=llvm"],
}
SPAWNER = os.path.join(os.path.dirname(os.path.realpath(__file__)),
                       "spawner.py")
# Asked for once, before there are threads: the first call fills a table in that
# others would find half of.
TRIPLE = sysconfig.get_config_var("MULTIARCH") or ""

Pair = namedtuple("Pair", "name lisp c plan")
# What a compiler process took: seconds, bytes of memory at its peak.
Cost = namedtuple("Cost", "seconds peak")


class CompileError(RuntimeError):
    """A source that its compiler refuses."""


def find_pairs(folder, names=None):
    """The pairs of a folder, all or those named, in alphabetical order."""
    found = sorted(name[:-5] for name in os.listdir(folder)
                   if name.endswith(".plan"))
    for name in names or []:
        if name not in found:
            raise CompileError("there is no pair '%s'; there are: %s" %
                               (name, " ".join(found)))
    return [Pair(name, *(os.path.join(folder, name + ending)
                         for ending in (".lisp", ".c", ".plan")))
            for name in found if not names or name in names]


class Compilers:
    """The command lines, and where the tools are."""

    def __init__(self, tools, folder, cpu=None, kernel=None):
        self.whistler = os.path.join(tools, "whistler")
        self.folder = folder
        self.spawner = None
        self.options = ["--mcpu=" + cpu] if cpu else []
        self.kernel = ["--min-kernel=" + kernel] if kernel else []

    def command(self, pair, which):
        """(command line, object file) for one of ALL."""
        output = os.path.join(self.folder, "%s.%s.o" % (pair.name, which))
        if which not in VERSIONS:
            options = VARIANTS.get(which, [])
            if which not in (NEWEST, SMALLEST):
                options = self.kernel + options
            return [self.whistler, "compile", *self.options, *options,
                    pair.lisp, "-o", output], output
        return ["clang-22", "-O2", "-g", "-Wall", "-Werror", "--target=bpf",
                "-mcpu=" + which, "-I/usr/include/" + TRIPLE, "-c", pair.c,
                "-o", output], output

    def compile(self, pair, which):
        """The object file."""
        command, output = self.command(pair, which)
        done = subprocess.run(command, capture_output=True, text=True,
                              errors="replace", check=False)
        if done.returncode:
            raise CompileError("%s refuses it:\n%s" % (
                os.path.basename(command[0]), done.stderr))
        return output

    def cost(self, pair, which):
        """What one run of the compiler takes."""
        command, _ = self.command(pair, which)
        if not self.spawner:
            self.spawner = subprocess.Popen(
                [sys.executable, "-I", "-S", SPAWNER], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, text=True)
        self.spawner.stdin.write("\0".join(command) + "\n")
        self.spawner.stdin.flush()
        status, seconds, peak = self.spawner.stdout.readline().split()
        if int(status):
            raise CompileError("%s fails when it is measured" %
                               os.path.basename(command[0]))
        return Cost(float(seconds), int(peak) * 1024)


def slots(path):
    """Slots of all programs and functions of an object."""
    return sum(elf.code_slots(path).values())


def listing(path):
    """The instructions of an object, one a line, without addresses."""
    tool = "/usr/lib/llvm-22/bin/llvm-objdump"
    done = subprocess.run([tool, "-d", "-r", "--no-show-raw-insn", path],
                          capture_output=True, text=True, check=True)
    lines = []
    for line in done.stdout.splitlines():
        line = re.sub(r"^([0-9a-f]{16}) <(.*)>:$", r"\2:", line)
        line = re.sub(r"^\s+([0-9a-f]+):\s+(?=R_BPF)", "        ", line)
        line = re.sub(r"^\s+([0-9]+):\s+", r"  \1\t", line)
        if line.strip() and not re.search("file format|CO-RE", line):
            lines.append(line.expandtabs(8).rstrip())
    return lines
