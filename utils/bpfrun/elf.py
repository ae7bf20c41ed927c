#===- elf.py - Sizes of the programs in a BPF object ---*- python -*------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Reads from a BPF object which programs it holds and how large they are."""

import struct
from collections import namedtuple

SLOT_BYTES = 8

# Values of the ELF specification.
SHT_SYMTAB = 2
SHF_EXECINSTR = 4
STT_FUNC = 2
STB_GLOBAL = 1

Section = namedtuple("Section", "name kind flags offset size link")
Program = namedtuple("Program", "name section slots")


def text_at(table, offset):
    """The NUL-terminated text at `offset` of a string table."""
    return table[offset:table.index(b"\0", offset)].decode()


def read_sections(data):
    """The section headers of an ELF64 little-endian file, names resolved."""
    if data[:6] != b"\x7fELF\x02\x01":
        raise ValueError("not an ELF64 little-endian file")
    table, = struct.unpack_from("<Q", data, 0x28)
    entry, count, names = struct.unpack_from("<HHH", data, 0x3A)
    raw = [struct.unpack_from("<IIQQQQI", data, table + i * entry)
           for i in range(count)]
    strings = data[raw[names][4]:raw[names][4] + raw[names][5]]
    return [Section(text_at(strings, name), kind, flags, offset, size, link)
            for name, kind, flags, _, offset, size, link in raw]


def programs(path):
    """The global functions of an object, in the order of its symbol table."""
    with open(path, "rb") as file:
        data = file.read()
    sections = read_sections(data)
    found = []
    for table in (s for s in sections if s.kind == SHT_SYMTAB):
        link = sections[table.link]
        strings = data[link.offset:link.offset + link.size]
        for at in range(table.offset, table.offset + table.size, 24):
            name, info, _, index, _, size = struct.unpack_from("<IBBHQQ",
                                                               data, at)
            if info == STB_GLOBAL << 4 | STT_FUNC and index < len(sections):
                found.append(Program(text_at(strings, name),
                                     sections[index].name,
                                     size // SLOT_BYTES))
    return found


def code_slots(path):
    """Slots of each executable section: {section name: slots}."""
    with open(path, "rb") as file:
        sections = read_sections(file.read())
    return {s.name: s.size // SLOT_BYTES for s in sections
            if s.flags & SHF_EXECINSTR and s.size}
