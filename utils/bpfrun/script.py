#===- script.py - The commands of a bpf-run script ---*- python -*--------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Runs the commands of a test on one BPF object.

Each method `do_x` of Runner is the command `x`; its docstring is the help that
`bpf-run --help` prints.
"""

import os
import re
import shlex
import subprocess
import tempfile
import time

from . import children, kernel, net, packets, values
from .kernel import HarnessError

EXEC_SECONDS = 20

# After so many differing values the others are only counted.
MOST_REPORTS = 30


def split_options(words, names):
    """Separates the `name=value` words with a known name from the others."""
    options = {}
    rest = []
    for word in words:
        name, sign, value = word.partition("=")
        if sign and name in names:
            options[name] = value
        else:
            rest.append(word)
    return rest, options


def take_count(words):
    """Takes an `xN` out of the words; returns (words, N)."""
    counts = [word for word in words if re.match(r"x\d+$", word)]
    rest = [word for word in words if word not in counts]
    return rest, int(counts[-1][1:]) if counts else 1


def grouped(items):
    """Runs of equal neighbours as [item, count] pairs."""
    groups = []
    for item in items:
        if groups and groups[-1][0] == item:
            groups[-1][1] += 1
        else:
            groups.append([item, 1])
    return groups


def context_bytes(text):
    """The context that `ctx=` gives: hexadecimal, or zero:N for N zeros."""
    kind, _, size = text.partition(":")
    return bytes(int(size)) if kind == "zero" else bytes.fromhex(text)


def shown_part(part, packet, context):
    """The text for one part of a `show=` option."""
    match = re.match(r"(ctx:)?(\d+)\.\.(\d+)$", part)
    if part == "len":
        return "  length %d" % len(packet)
    if part == "hex":
        return "\n".join(values.hexdump(packet))
    if not match:
        raise HarnessError("show=%s: len, hex, A..B, ctx:A..B or executed" % part)
    source = context if match.group(1) else packet
    return "  %s %s" % (part, source[int(match.group(2)):
                                     int(match.group(3))].hex(" "))


class Runner:
    """Executes commands one after another and prints what they show."""

    def __init__(self, session):
        self.session = session
        self.wire = None
        self.labels = {}
        self.children = children.Family()
        self.readers = {}
        self.compared = 0
        self.differing = 0

    def execute(self, line):
        """Runs one command line."""
        line = self.children.substitute(line)
        # Splitting as a shell does takes long on the long lines of a plan.
        name, *words = (shlex.split(line) if set(line) & set("\"'\\") else
                        line.split())
        method = getattr(self, "do_" + name.replace("-", "_"), None)
        if not method:
            raise HarnessError("unknown command '%s'; there are: %s" %
                               (name, " ".join(commands())))
        try:
            method(*words)
        except TypeError as error:
            if "argument" not in str(error):
                raise
            raise HarnessError("%s: usage: %s" %
                               (line, usage(method))) from error

    def finish(self):
        """Prints the sum of all comparisons; true when none differed."""
        if self.compared and not self.differing:
            print("%d values as expected" % self.compared)
        elif self.differing:
            print("%d of %d values differ" % (self.differing, self.compared))
        return not self.differing

    def do_load(self):
        """load: load the object and list its programs."""
        for name in self.session.program_names():
            print("%s: %s" % (name, self.session.program(name)[1]))

    def do_run(self, program, packet, *words):
        """run PROG PACKET|none [ctx=HEX|zero:N] [xN]
        [show=len|hex|A..B|ctx:A..B|executed,...] [out=PACKET [about=TEXT]]: run on a
        packet, print the verdict and the asked parts of packet and context, or
        compare the packet with the one given."""
        words, times = take_count(list(words))
        words, options = split_options(words, ("ctx", "show", "out", "about"))
        if words:
            raise HarnessError("run: what is '%s'?" % words[0])
        _, kind = self.session.program(program)
        data = None if packet == "none" else packets.build(packet)
        context = context_bytes(options["ctx"]) if "ctx" in options else None
        results, after, state = [], b"", b""
        for _ in range(times):
            value, after, state = self.session.run(program, data, context)
            results.append(kernel.verdict(kind, value))
        if "out" in options:
            where = " ".join([program, options.get("about", "")]).strip()
            self.compare_packet(where, self.labels.get(program, ()),
                                packets.build(options["out"]), after)
            return
        for result, count in grouped(results):
            print("%s: %s%s" % (program, result,
                                " x%d" % count if count > 1 else ""))
        for part in filter(None, options.get("show", "").split(",")):
            if part == "executed":
                self.session.need_executed()
                print("  executed %d" % self.session.executed)
            else:
                print(shown_part(part, after, state))

    def do_clock(self, now):
        """clock NANOSECONDS: set the time that programs are told."""
        self.session.set_clock(int(now))

    def compare_packet(self, where, labels, want, got):
        """Counts the labelled parts of a packet that are as expected."""
        self.compared += max(1, len(labels))
        if want == got:
            return
        parts = [part for part in labels or [(0, len(want), "packet")]
                 if want[part[0]:part[1]] != got[part[0]:part[1]]]
        for start, end, text in parts:
            self.differ(where, text, want[start:end].hex(" "),
                        got[start:end].hex(" "))
        if not parts:
            self.differ(where, "bytes that nothing should write", want.hex(),
                        got.hex())

    def differ(self, where, what, want, got):
        """Reports one value that is not as expected, but not hundreds."""
        self.differing += 1
        if self.differing <= MOST_REPORTS:
            print("%s: %s: expected %s, found %s" % (where, what, want, got))

    def do_label(self, program, start, end, *words):
        """label PROG START END TEXT: names bytes for `run ... out=`."""
        self.labels.setdefault(program, []).append(
            (int(start), int(end), " ".join(words)))

    def do_set(self, name, *pairs):
        """set MAP KEY=VALUE...: store entries."""
        found = self.session.map(name)
        for pair in pairs:
            key, _, value = pair.partition("=")
            found.set(values.to_bytes(key, found.key_size),
                      values.to_bytes(value, found.value_size))

    def do_delete(self, name, *keys):
        """delete MAP KEY...: remove entries."""
        found = self.session.map(name)
        for key in keys:
            found.delete(values.to_bytes(key, found.key_size))

    def do_tail(self, name, *pairs):
        """tail MAP INDEX=PROG...: put programs into a program array."""
        found = self.session.map(name)
        for pair in pairs:
            index, _, program = pair.partition("=")
            number, _ = self.session.program(program)
            found.put(values.to_bytes(index, found.key_size),
                      values.to_bytes(str(number), found.value_size))

    def do_map(self, name, *words):
        """map MAP [KEY...] [key=ip|hex|signed] [value=...] [nonzero]:
        print entries, those of a per-CPU map summed over the CPUs."""
        words, style = split_options(list(words), ("key", "value"))
        nonzero = "nonzero" in words
        keys = [word for word in words if word != "nonzero"]
        found = self.session.map(name)
        if keys:
            raw = [values.to_bytes(key, found.key_size) for key in keys]
            entries = [(key, found.get(key)) for key in raw]
        else:
            entries = found.entries()
        shown = 0
        for key, value in entries:
            if nonzero and value is not None and not any(value):
                continue
            shown += 1
            print("%s[%s] = %s" % (
                name, values.to_text(key, style.get("key", "auto")),
                "none" if value is None else
                values.to_text(value, style.get("value", "auto"))))
        if not shown:
            print("%s is empty" % name)

    def do_total(self, name):
        """total MAP: print the number of entries and the sum of the values."""
        entries = self.session.map(name).entries()
        print("%s: %d entries, total %d" % (
            name, len(entries),
            sum(int.from_bytes(value, "little") for _, value in entries)))

    def do_expect(self, name, *pairs):
        """expect MAP KEY=VALUE...: compare entries; `none` for absent."""
        found = self.session.map(name)
        for pair in pairs:
            key, _, text = pair.partition("=")
            got = found.get(values.to_bytes(key, found.key_size))
            want = None if text == "none" else \
                values.to_bytes(text, found.value_size)
            self.compared += 1
            if got != want:
                self.differ(name, "[%s]" % key, text,
                            "none" if got is None else values.to_text(got))

    def do_listen(self, name):
        """listen MAP: start to read a ring buffer or perf event array."""
        found = self.session.map(name)
        if found.type not in ("ringbuf", "perf_event_array"):
            raise HarnessError("listen: '%s' is of type %s" %
                               (name, found.type))
        self.readers[name] = found.listen()

    def do_records(self, name, *words):
        """records MAP [value=hex|signed]: print the records that came since
        `listen` or the last `records`, in order."""
        words, style = split_options(list(words), ("value",))
        if words or name not in self.readers:
            raise HarnessError("records: nothing listens to '%s'" % name)
        records = self.readers[name].read()
        for record in records:
            print("%s: %s" % (name, values.to_text(
                record, style.get("value", "auto"))))
        if not records:
            print("%s: nothing" % name)

    def do_slots(self, *names):
        """slots [PROG...]: print the 8-byte instruction slots of programs."""
        counts = kernel.slots(self.session.path)
        for name in names or sorted(counts):
            print("slots %s %d" % (name, self.slots_of(counts, name)))

    def do_max_slots(self, *pairs):
        """max-slots PROG=N...: fail when a program takes more than N slots."""
        counts = kernel.slots(self.session.path)
        for pair in pairs:
            name, _, most = pair.partition("=")
            taken = self.slots_of(counts, name)
            self.compared += 1
            if taken > int(most):
                self.differ(name, "slots", "at most " + most, taken)

    @staticmethod
    def slots_of(counts, name):
        """The slots of one program; it must be there."""
        if name not in counts:
            raise HarnessError("no program '%s'; there are: %s" %
                               (name, " ".join(sorted(counts))))
        return counts[name]

    def do_linum(self, program):
        """linum PROG: print the translated program with its source lines."""
        print(kernel.command("bpftool", "prog", "dump", "xlated", "pinned",
                             self.session.pin("programs", program), "linum"),
              end="")

    def do_lines(self, program):
        """lines PROG: print the source positions, one a line, in order."""
        seen = kernel.source_lines(self.session, program)
        for path, line, column in sorted(set(seen),
                                         key=lambda at: (int(at[1]),
                                                         int(at[2]))):
            print("%s: %s:%s:%s" % (program, os.path.basename(path), line,
                                    column))

    def do_attach(self, kind, section, direction="ingress"):
        """attach xdp SECTION | attach tc SECTION [ingress|egress]: attach
        with ip or tc to a veth; later map commands see the attached maps."""
        self.session.need_kernel("attach")
        self.wire = self.wire or net.Wire()
        if kind == "xdp":
            number = self.wire.attach_xdp(self.session.path, section)
        elif kind == "tc":
            number = self.wire.attach_tc(self.session.path, section, direction)
        else:
            raise HarnessError("attach: xdp or tc, not '%s'" % kind)
        self.session.use_maps_of(number)

    def do_send(self, packet, *words):
        """send PACKET [xN]: send real frames over the veth, count arrivals."""
        words, times = take_count(list(words))
        if not self.wire:
            raise HarnessError("send: nothing is attached")
        arrived = self.wire.send(packets.build(packet), times)
        # A socket hears a frame before the ingress hook does: say nothing of
        # arrivals there.
        print("sent %d" % times if self.wire.taps_first else
              "sent %d, arrived %d" % (times, arrived))

    def do_trace(self, *names):
        """trace [PROG...]: attach tracing programs where their sections say;
        later map commands see their maps."""
        self.session.need_kernel("trace")
        self.session.attach_tracing(names)

    def do_churn(self, times):
        """churn N: start and await N short processes and sleeps."""
        for _ in range(int(times)):
            subprocess.run(["true"], check=False, timeout=EXEC_SECONDS)
            time.sleep(0.001)

    def do_child(self, name):
        """child NAME: start a process whose second thread is called NAME and
        waits for `act`, with sched_reset_on_fork set; {NAME.tid}, {NAME.tgid}, {NAME.ppid} and {NAME.comm}
        stand for that thread's numbers and name from here on."""
        self.children.start(name)

    def do_act(self, name, *words):
        """act NAME [xN]: let that thread sleep, call getppid(2), and open and
        read a file, N times."""
        words, times = take_count(list(words))
        if words:
            raise HarnessError("act: what is '%s'?" % words[0])
        self.children.act(name, times)

    def do_exec(self, *words):
        """exec COMMAND...: run a command, ignore what it prints."""
        subprocess.run(words, check=False, timeout=EXEC_SECONDS,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def do_bpftool(self, *words):
        """bpftool WORD...: run bpftool and print what it says; {prog:NAME},
        {map:NAME} become pins, {packet:P} a file that holds the packet."""
        with tempfile.TemporaryDirectory(prefix="bpf-run-") as folder:
            ready = [self.substitute(word, folder) for word in words]
            print(kernel.command("bpftool", *ready), end="")

    def substitute(self, word, folder):
        """The path that a {kind:name} word of a bpftool command means."""
        match = re.match(r"\{(prog|map|packet):(.*)\}$", word)
        if not match:
            return word
        kind, name = match.groups()
        if kind != "packet":
            return self.session.pin(
                "programs" if kind == "prog" else "maps", name)
        handle, path = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(packets.build(name))
        return path

    def do_print(self, *words):
        """print TEXT: print the text, to tell parts of a test apart."""
        print(" ".join(words))


def usage(method):
    """A command's docstring in one line."""
    return " ".join(method.__doc__.split())


def commands():
    """All command names, sorted."""
    return sorted(name[3:].replace("_", "-") for name in dir(Runner)
                  if name.startswith("do_"))
