#===- bpfobject.py - Code and maps of a BPF object ---*- python -*--------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Decodes the instructions of an object and the definitions of its maps."""

import struct
from collections import namedtuple

from . import btf, elf

Instruction = namedtuple("Instruction", "code dst src offset immediate")
Function = namedtuple("Function", "name section start is_program")
# Bytes of keys and values, None where the definition does not say; the
# definition of the maps within it, or None.
MapSizes = namedtuple("MapSizes", "key value inner")

POINTER_BYTES = 8


def decode(code):
    """The instruction slots of a section."""
    return [Instruction(op, registers & 15, registers >> 4, offset, immediate)
            for op, registers, offset, immediate in
            struct.iter_unpack("<BBhi", code[:len(code) // 8 * 8])]


class Object:
    """What an analysis needs of an object file."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        self.sections = elf.read_sections(self.data)
        self.symbols = elf.read_symbols(self.data, self.sections)
        self.relocations = elf.read_relocations(self.data, self.sections,
                                                self.symbols)
        self.code = {
            number: decode(elf.contents(self.data, section))
            for number, section in enumerate(self.sections)
            if section.flags & elf.SHF_EXECINSTR and section.size}
        self.functions = [
            Function(symbol.name, symbol.section, symbol.value // 8,
                     self.sections[symbol.section].name != ".text")
            for symbol in self.symbols
            if symbol.kind == elf.STT_FUNC and symbol.section in self.code]
        self.maps = self.read_maps()

    def read_maps(self):
        """{name: MapSizes} of the maps in the section .maps."""
        section = next((s for s in self.sections if s.name == ".BTF"), None)
        if section is None:
            return {}
        types = btf.File(elf.contents(self.data, section))
        found = {}
        for number in types.ids_of(btf.DATASEC):
            words = types.raw(number)
            if types.string(words[0]) != ".maps":
                continue
            for at in range(3, len(words), 3):
                variable = types.raw(words[at])
                found[types.string(variable[0])] = map_sizes(types,
                                                             variable[2])
        return found


def size_of(types, number):
    """Bytes of a type, None where it has no size."""
    number = types.strip(number)
    kind, words = types.kind(number), types.raw(number) if number else None
    if kind == btf.PTR:
        return POINTER_BYTES
    if kind == btf.ARRAY:
        element = size_of(types, words[3])
        return None if element is None else element * words[5]
    if kind in (btf.INT, btf.STRUCT, btf.UNION, btf.ENUM, btf.ENUM64,
                btf.FLOAT):
        return words[2]
    return None


def map_sizes(types, number):
    """What the struct that defines a map says of sizes.

    Each member is a pointer: to an array whose length is a number, or to a
    type; `values` is an array of pointers to the definition of inner maps
    (libbpf's parse_btf_map_def).
    """
    sizes = {"key": None, "value": None}
    inner = None
    item = btf.Type(types.raw(types.strip(number)), 3)
    for name, member_type, _ in item.entries:
        name = types.string(name)
        target = types.raw(types.strip(member_type))
        if name in ("key", "value"):
            sizes[name] = size_of(types, target[2])
        elif name in ("key_size", "value_size"):
            sizes[name[:-5]] = types.raw(types.strip(target[2]))[5]
        elif name == "values":
            pointer = types.strip(target[3])
            definition = types.strip(types.raw(pointer)[2])
            if types.kind(definition) == btf.STRUCT:
                inner = map_sizes(types, definition)
            sizes["value"] = 4
    return MapSizes(sizes["key"], sizes["value"], inner)
