#===- btf.py - Reading and altering raw BTF ---*- python -*---------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Reads raw BTF, changes structs and enums in it, and writes the result.

The layout is that of <linux/btf.h>.  Only what is changed is decoded: the BTF of
a whole kernel has more than a hundred thousand types.
"""

import struct
from array import array

MAGIC = 0xEB9F
HEADER = struct.Struct("<HBBIIIII")

(INT, PTR, ARRAY, STRUCT, UNION, ENUM, FWD, TYPEDEF, VOLATILE, CONST, RESTRICT,
 FUNC, FUNC_PROTO, VAR, DATASEC, FLOAT, DECL_TAG, TYPE_TAG, ENUM64) = \
    range(1, 20)

# Words behind a type's header: a fixed number, and so many for each entry.
FIXED_WORDS = {INT: 1, ARRAY: 3, VAR: 1, DECL_TAG: 1}
ENTRY_WORDS = {STRUCT: 3, UNION: 3, ENUM: 2, FUNC_PROTO: 2, DATASEC: 3,
               ENUM64: 3}
MODIFIERS = (TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG)

# Bit 31 of the info word: members hold the size of a bitfield in bits 24-31 of
# their offset word; the enum is signed.
KIND_FLAG = 1 << 31
OFFSET_BITS = 24
INT_SIGNED = 1 << 24
MOST_ENTRIES = 0xFFFF


class BTFError(ValueError):
    """BTF that cannot be read, or a change that cannot be made."""


class Type:
    """A decoded struct, union or enum: its header words and its entries.

    An entry is a list of words: name, type, offset of a member; name, value of
    a constant (in two words for ENUM64).
    """

    def __init__(self, words, entry_words):
        self.name, self.info, self.size = words[:3]
        rest = words[3:]
        self.entries = [list(rest[at:at + entry_words])
                        for at in range(0, len(rest), entry_words)]

    def words(self):
        """The type as it is written."""
        if len(self.entries) > MOST_ENTRIES:
            raise BTFError("a type has too many entries")
        info = self.info & ~0xFFFF | len(self.entries)
        return array("I", [self.name, info, self.size] +
                     [word for entry in self.entries for word in entry])

    @property
    def kind(self):
        return self.info >> 24 & 0x1F

    def bit_offset(self, member):
        """Where a member starts, in bits from the start of the struct."""
        if self.info & KIND_FLAG:
            return member[2] & (1 << OFFSET_BITS) - 1
        return member[2]

    def move(self, member, bits):
        """Lets a member start elsewhere, a bitfield's width kept."""
        room = OFFSET_BITS if self.info & KIND_FLAG else 32
        if not 0 <= bits < 1 << room:
            raise BTFError("a member cannot start at bit %d" % bits)
        width = member[2] >> room << room
        member[2] = width | bits


class File:
    """Raw BTF with the changes that were made to it."""

    def __init__(self, data):
        if len(data) < HEADER.size:
            raise BTFError("too short for BTF")
        (magic, self.version, self.flags, length, types_at, types_length,
         strings_at, strings_length) = HEADER.unpack_from(data)
        if magic != MAGIC:
            raise BTFError("not BTF in the byte order of this machine")
        types_at += length
        strings_at += length
        if types_at + types_length > len(data) or types_length % 4 or \
                strings_at + strings_length > len(data):
            raise BTFError("types or strings lie outside the file")
        self.words = array("I", data[types_at:types_at + types_length])
        self.strings = bytearray(data[strings_at:strings_at + strings_length])
        if not self.strings or self.strings[-1]:
            raise BTFError("the strings do not end in NUL")
        self.starts = self.index()
        self.changed = {}
        self.added = []
        self.by_name = None

    def index(self):
        """Where each type starts in the words; the end is the last entry."""
        words, at, starts = self.words, 0, [0]
        total = len(words)
        extra = [ENTRY_WORDS.get(kind, 0) for kind in range(32)]
        fixed = [FIXED_WORDS.get(kind, 0) + 3 for kind in range(32)]
        append = starts.append
        while at + 3 <= total:
            append(at)
            info = words[at + 1]
            kind = info >> 24 & 31
            if not 0 < kind <= ENUM64:
                raise BTFError("type %d has the unknown kind %d" %
                               (len(starts) - 1, kind))
            at += fixed[kind] + extra[kind] * (info & 0xFFFF)
        if at != total:
            raise BTFError("the last type is cut off")
        starts.append(at)
        return starts

    def type_count(self):
        """The highest id."""
        return len(self.starts) - 2 + len(self.added)

    def raw(self, number):
        """The words of a type as it is now."""
        old = len(self.starts) - 2
        if number > old:
            return self.added[number - old - 1].words()
        if number in self.changed:
            return self.changed[number].words()
        return self.words[self.starts[number]:self.starts[number + 1]]

    def kind(self, number):
        """The kind of a type; 0 for void."""
        return self.raw(number)[1] >> 24 & 31 if number else 0

    def string(self, offset):
        """The text at an offset of the string table."""
        return self.strings[offset:self.strings.index(0, offset)].decode()

    def add_string(self, text):
        """The offset of a new text."""
        self.strings += text.encode() + b"\0"
        return len(self.strings) - len(text.encode()) - 1

    def find(self, name, kinds):
        """The ids of all types of one of these kinds with that name."""
        if self.by_name is None:
            self.by_name = {}
            words, starts = self.words, self.starts
            for number in range(1, len(starts) - 1):
                at = starts[number]
                kind = words[at + 1] >> 24 & 31
                if words[at] and kind in (STRUCT, UNION, ENUM, ENUM64):
                    self.by_name.setdefault(self.string(words[at]),
                                            []).append((number, kind))
        return [number for number, kind in self.by_name.get(name, ())
                if kind in kinds]

    def ids_of(self, kind):
        """The ids of all types of a kind."""
        return [number for number in range(1, self.type_count() + 1)
                if self.kind(number) == kind]

    def open(self, number):
        """The decoded type, whose changes will be written."""
        old = len(self.starts) - 2
        if number > old:
            return self.added[number - old - 1]
        if number not in self.changed:
            self.changed[number] = Type(self.raw(number),
                                        ENTRY_WORDS[self.kind(number)])
        return self.changed[number]

    def add(self, item):
        """The id of a new type: an object with a method `words`."""
        self.added.append(item)
        return self.type_count()

    def copy(self, number):
        """The id of a copy of a struct, union or enum."""
        return self.add(Type(self.raw(number), ENTRY_WORDS[self.kind(number)]))

    def strip(self, number):
        """The id behind typedefs and qualifiers."""
        for _ in range(32):
            if self.kind(number) not in MODIFIERS:
                return number
            number = self.raw(number)[2]
        raise BTFError("type %d never ends" % number)

    def write(self):
        """The bytes of a file with all changes."""
        out, done = array("I"), 0
        for number in sorted(self.changed):
            out += self.words[done:self.starts[number]]
            out += self.changed[number].words()
            done = self.starts[number + 1]
        out += self.words[done:]
        for item in self.added:
            out += item.words()
        length = 4 * len(out)
        return HEADER.pack(MAGIC, self.version, self.flags, HEADER.size, 0,
                           length, length, len(self.strings)) + \
            out.tobytes() + bytes(self.strings)


class Integer:
    """A new integer type."""

    def __init__(self, name, size, is_signed):
        self.content = array("I", [name, INT << 24, size,
                                   INT_SIGNED * is_signed | 8 * size])

    def words(self):
        return self.content
