#===- elf.py - Programs and relocations of a BPF object ---*- python -*--===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Reads the programs of a BPF object, their sizes and their relocations."""

import struct
from collections import namedtuple

SLOT_BYTES = 8

# Values of the ELF specification.
SHT_SYMTAB = 2
SHT_REL = 9
SHF_EXECINSTR = 4
STT_OBJECT = 1
STT_FUNC = 2
STT_SECTION = 3
STB_GLOBAL = 1

Section = namedtuple("Section", "name kind flags offset size link info")
Program = namedtuple("Program", "name section slots")
Symbol = namedtuple("Symbol", "name kind is_global section value size")


def text_at(table, offset):
    """The NUL-terminated text at `offset` of a string table."""
    return table[offset:table.index(b"\0", offset)].decode()


def read_sections(data):
    """The section headers of an ELF64 little-endian file, names resolved."""
    if data[:6] != b"\x7fELF\x02\x01":
        raise ValueError("not an ELF64 little-endian file")
    table, = struct.unpack_from("<Q", data, 0x28)
    entry, count, names = struct.unpack_from("<HHH", data, 0x3A)
    raw = [struct.unpack_from("<IIQQQQII", data, table + i * entry)
           for i in range(count)]
    strings = data[raw[names][4]:raw[names][4] + raw[names][5]]
    return [Section(text_at(strings, name), kind, flags, offset, size, link,
                    info)
            for name, kind, flags, _, offset, size, link, info in raw]


def contents(data, section):
    """The bytes of a section."""
    return data[section.offset:section.offset + section.size]


def read_symbols(data, sections):
    """All symbols, in the order of the symbol table; a section's index is None
    where it is special."""
    found = []
    for table in (s for s in sections if s.kind == SHT_SYMTAB):
        strings = contents(data, sections[table.link])
        for at in range(table.offset, table.offset + table.size, 24):
            name, info, _, index, value, size = struct.unpack_from("<IBBHQQ",
                                                                   data, at)
            found.append(Symbol(text_at(strings, name), info & 15,
                                info >> 4 == STB_GLOBAL,
                                index if index < len(sections) else None,
                                value, size))
    return found


def read_relocations(data, sections, symbols):
    """{(section index, byte offset): symbol} of all relocations."""
    found = {}
    for table in (s for s in sections if s.kind == SHT_REL):
        for at in range(table.offset, table.offset + table.size, 16):
            offset, info = struct.unpack_from("<QQ", data, at)
            found[table.info, offset] = symbols[info >> 32]
    return found


def programs(path):
    """The global functions of an object, in the order of its symbol table."""
    with open(path, "rb") as file:
        data = file.read()
    sections = read_sections(data)
    return [Program(symbol.name, sections[symbol.section].name,
                    symbol.size // SLOT_BYTES)
            for symbol in read_symbols(data, sections)
            if symbol.kind == STT_FUNC and symbol.is_global and
            symbol.section is not None]


def code_slots(path):
    """Slots of each executable section: {section name: slots}."""
    with open(path, "rb") as file:
        sections = read_sections(file.read())
    return {s.name: s.size // SLOT_BYTES for s in sections
            if s.flags & SHF_EXECINSTR and s.size}
