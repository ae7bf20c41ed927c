#===- structs.py - Structs and accesses at random ---*- python -*---------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Writes programs that use structs made up at random, and what they should do.

    structs.py SEED --lisp OUT --plan OUT [--c OUT]

Layouts are computed here as C has them, and every access is done here on bytes.
The programs do the same in map values, on the stack and in global variables, with
values and indices from a packet.  --c writes the same structs in C.
"""

import argparse
import random

SCALARS = {"u8": (1, False), "u16": (2, False), "u32": (4, False),
           "u64": (8, False), "i8": (1, True), "i16": (2, True),
           "i32": (4, True), "i64": (8, True)}
C_NAMES = {"u8": "unsigned char", "u16": "unsigned short",
           "u32": "unsigned int", "u64": "unsigned long long",
           "i8": "signed char", "i16": "short", "i32": "int",
           "i64": "long long"}
LARGEST = 96
PACKET_BYTES = 128
STRUCTS = 14
ACCESSES = 14


class Scalar:
    """A scalar type."""

    def __init__(self, name):
        self.lisp = name
        self.size, self.is_signed = SCALARS[name]
        self.align = self.size

    def declare(self, name):
        return "%s %s" % (C_NAMES[self.lisp], name)


class Pointer:
    """A pointer that stays null."""
    lisp, size, align = "(ptr)", 8, 8

    def declare(self, name):
        return "void *%s" % name


class Array:
    """Elements one behind the other."""

    def __init__(self, element, count):
        self.element, self.count = element, count
        self.size, self.align = element.size * count, element.align
        self.lisp = "(array %s %d)" % (element.lisp, count)

    def declare(self, name):
        return self.element.declare("%s[%d]" % (name, self.count))


class Struct:
    """A struct or union: each member is (name, type, offset)."""

    def __init__(self, name, types, is_union):
        self.lisp = name
        self.is_union = is_union
        self.members = []
        size, self.align = 0, 1
        for number, kind in enumerate(types):
            at = 0 if is_union else -(-size // kind.align) * kind.align
            self.members.append(("f%d" % number, kind, at))
            size = max(size, at + kind.size)
            self.align = max(self.align, kind.align)
        self.size = -(-size // self.align) * self.align

    def declare(self, name):
        return "%s %s %s" % ("union" if self.is_union else "struct", self.lisp,
                             name)

    def lisp_text(self):
        return "(%s %s%s)" % (
            "defunion" if self.is_union else "defstruct", self.lisp,
            "".join("\n  (%s %s)" % (name, kind.lisp)
                    for name, kind, _ in self.members))

    def c_text(self):
        return "%s {%s\n};" % (
            self.declare("").strip(),
            "".join("\n  %s;" % kind.declare(name)
                    for name, kind, _ in self.members))


def random_type(rng, structs):
    """A member's type."""
    choice = rng.random()
    if choice < 0.05:
        return Pointer()
    element = Scalar(rng.choice(list(SCALARS)))
    small = [known for known in structs if known.size <= LARGEST // 3]
    if small and choice < 0.3:
        element = rng.choice(small)
    if rng.random() < 0.3:
        return Array(element, rng.randint(1, 5))
    return element


def random_structs(rng):
    """Structs that use those before them."""
    structs = []
    while len(structs) < STRUCTS:
        types = [random_type(rng, structs) for _ in range(rng.randint(1, 7))]
        item = Struct("s%d" % len(structs), types, rng.random() < 0.2)
        if item.size <= LARGEST:
            structs.append(item)
    return structs


class Place:
    """Something in memory: how Lisp names it, and its bytes here."""

    def __init__(self, lisp, kind, memory, offset):
        self.lisp, self.kind = lisp, kind
        self.memory, self.offset = memory, offset

    def bytes(self):
        return bytes(self.memory[self.offset:self.offset + self.kind.size])

    def read(self):
        return int.from_bytes(self.bytes(), "little",
                              signed=self.kind.is_signed)

    def write(self, value):
        """Stores a number; gives what is there then."""
        value %= 1 << 8 * self.kind.size
        self.memory[self.offset:self.offset + self.kind.size] = \
            value.to_bytes(self.kind.size, "little")
        return self.read()

    def copy(self, other):
        self.memory[self.offset:self.offset + self.kind.size] = other.bytes()


class Program:
    """One program: its forms, and what it leaves behind."""

    def __init__(self, rng, number, structs):
        self.rng = rng
        self.number = number
        self.packet = bytes(rng.randrange(256) for _ in range(PACKET_BYTES))
        self.kind = rng.choice(structs)
        self.start = bytes(rng.randrange(256) for _ in range(self.kind.size))
        self.forms, self.results, self.makes = [], [], []
        entry, variable, local = (bytearray(self.kind.size) for _ in range(3))
        entry[:] = self.start
        self.roots = [Place("entry", self.kind, entry, 0),
                      Place("g%d" % number, self.kind, variable, 0),
                      Place("local", self.kind, local, 0)]
        self.make()
        for _ in range(ACCESSES):
            rng.choice([self.set, self.set, self.get, self.get, self.count,
                        self.count, self.assign])()

    def number_form(self):
        """A number as Lisp writes it, and the number."""
        choice = self.rng.random()
        if choice < 0.4:
            value = self.rng.choice([0, 1, -1, 127, 128, 255, 256, 0x7fff,
                                     0x8000, -0x8000, 0xffffffff, 1 << 31,
                                     -(1 << 31), (1 << 63), (1 << 64) - 1])
            return str(value), value
        name = self.rng.choice(list(SCALARS))
        size, is_signed = SCALARS[name]
        at = self.rng.randrange(PACKET_BYTES - 7)
        value = int.from_bytes(self.packet[at:at + size], "little",
                               signed=is_signed)
        if choice < 0.8:
            return "(load %s data %d)" % (name, at), value
        more = self.rng.randrange(1 << 20)
        return "(* %d (load %s data %d))" % (more, name, at), more * value

    def index_form(self, count):
        """An index below `count`, constant or not."""
        if self.rng.random() < 0.5:
            value = self.rng.randrange(count)
            return str(value), value
        at = self.rng.randrange(PACKET_BYTES)
        mask = (1 << count.bit_length() - 1) - 1
        if self.rng.random() < 0.5:
            return ("(logand (load u8 data %d) %d)" % (at, mask),
                    self.packet[at] & mask)
        return ("(mod (load u8 data %d) %d)" % (at, count),
                self.packet[at] % count)

    def walk(self, wanted):
        """A place of a type for which `wanted` holds, or None."""
        place = self.rng.choice(self.roots)
        while True:
            if isinstance(place.kind, Struct) and \
                    (not wanted(place.kind) or self.rng.random() < 0.7):
                place = self.step(place)
            if isinstance(place.kind, Struct) and not wanted(place.kind):
                continue
            return place if wanted(place.kind) else None

    def step(self, place):
        """A member of the struct at a place, or an element of an array."""
        name, kind, at = self.rng.choice(place.kind.members)
        head = "%s-%s" % (place.kind.lisp, name)
        at += place.offset
        if not isinstance(kind, Array):
            if isinstance(kind, Struct) and self.rng.random() < 0.3:
                head += "-ptr"
            return Place("(%s %s)" % (head, place.lisp), kind, place.memory,
                         at)
        form, index = self.index_form(kind.count)
        if isinstance(kind.element, Struct) and self.rng.random() < 0.3:
            head += "-ptr"
        return Place("(%s %s %s)" % (head, place.lisp, form), kind.element,
                     place.memory, at + index * kind.element.size)

    def scalar(self):
        return self.walk(lambda kind: isinstance(kind, Scalar))

    def result(self, form, value):
        """Keeps what a form yields."""
        self.forms.append("(setf (getmap out %d) %s)" %
                          (len(self.results), form))
        self.results.append(value % (1 << 64))

    def set(self):
        place = self.scalar()
        if not place:
            return
        form, value = self.number_form()
        stored = place.write(value)
        text = "(setf %s %s)" % (place.lisp, form)
        if self.rng.random() < 0.5:
            self.result(text, stored)
        else:
            self.forms.append(text)

    def get(self):
        place = self.scalar()
        if place:
            self.result(place.lisp, place.read())

    def count(self):
        place = self.scalar()
        if not place:
            return
        form, delta = self.number_form()
        if self.rng.random() < 0.5:
            self.result("(incf %s %s)" % (place.lisp, form),
                        place.write(place.read() + delta))
        else:
            self.result("(decf %s %s)" % (place.lisp, form),
                        place.write(place.read() - delta))

    def assign(self):
        """Copies a struct that is part of another one."""
        target = self.walk(lambda kind: isinstance(kind, Struct))
        if not target or not target.lisp.startswith("("):
            return
        if target.lisp.split()[0].endswith("-ptr"):
            return
        sources = [root for root in self.roots if root.kind == target.kind]
        for _ in range(8):
            other = self.walk(lambda kind: kind == target.kind)
            # The areas of a copy must not overlap in part.
            if other and other.memory is not target.memory:
                sources.append(other)
        if not sources:
            return
        source = self.rng.choice(sources)
        self.forms.append("(setf %s %s)" % (target.lisp, source.lisp))
        target.copy(source)

    def make(self):
        """What the local struct starts with."""
        text = "(make-%s" % self.kind.lisp
        for name, kind, at in self.kind.members:
            if isinstance(kind, Scalar) and self.rng.random() < 0.5:
                form, value = self.number_form()
                text += " :%s %s" % (name, form)
                Place("", kind, self.roots[2].memory, at).write(value)
        self.local = text + ")"

    def lisp_text(self):
        parts = {"n": self.number, "kind": self.kind.lisp,
                 "bytes": PACKET_BYTES, "local": self.local,
                 "forms": "\n        ".join(self.forms)}
        return """
(defmap m%(n)d :type :array :key u32 :value %(kind)s :max-entries 3)
(defglobal g%(n)d %(kind)s)
(defprog p%(n)d (:type :xdp)
  (with-packet (data end :min-len %(bytes)d)
    (when-let ((entry (map-lookup m%(n)d 0)))
      (let ((local %(local)s))
        %(forms)s
        (setf (getmap m%(n)d 1) g%(n)d
              (getmap m%(n)d 2) local))))
  XDP_PASS)
""" % parts

    def plan_text(self):
        lines = ["set m%d 0=hex:%s" % (self.number, self.start.hex()),
                 "run p%d hex:%s" % (self.number, self.packet.hex()),
                 "expect m%d %s" % (self.number, " ".join(
                     "%d=hex:%s" % (index, bytes(root.memory).hex())
                     for index, root in enumerate(self.roots)))]
        if self.results:
            lines.append("expect out " + " ".join(
                "%d=%d" % pair for pair in enumerate(self.results)))
        return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("--lisp", required=True)
    parser.add_argument("--plan", required=True)
    parser.add_argument("--c")
    parser.add_argument("--programs", type=int, default=24)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    structs = random_structs(rng)
    programs = [Program(rng, number, structs)
                for number in range(options.programs)]
    with open(options.lisp, "w", encoding="ascii") as file:
        file.write("\n".join(item.lisp_text() for item in structs))
        file.write("\n(defmap out :type :array :key u32 :value u64 "
                   ":max-entries %d)\n" % ACCESSES)
        file.write("".join(item.lisp_text() for item in programs))
    with open(options.plan, "w", encoding="ascii") as file:
        file.write("".join(item.plan_text() for item in programs))
    if options.c:
        with open(options.c, "w", encoding="ascii") as file:
            file.write("\n".join(item.c_text() for item in structs))
            file.write("".join("\n%s;" % item.declare("use_" + item.lisp)
                               for item in structs) + "\n")


if __name__ == "__main__":
    main()
