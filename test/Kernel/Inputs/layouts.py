#===- layouts.py - The layouts of an object's structs ---*- python -*-----===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Prints the members of all structs in an object's BTF that have a name.

    layouts.py UTILS OBJECT [NAME...]

UTILS is the folder of bpfrun.  Two compilers' objects print the same if they lay
the structs out alike; names of integers are left out.
"""

import sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])

from bpfrun import btf, elf  # noqa: E402


def describe(types, number):
    """A type, without the names of integers."""
    number = types.strip(number)
    kind, words = types.kind(number), types.raw(number) if number else None
    if kind == btf.INT:
        return "%s%d" % ("i" if words[3] & btf.INT_SIGNED else "u",
                         8 * words[2])
    if kind == btf.ARRAY:
        return "%s[%d]" % (describe(types, words[3]), words[5])
    if kind == btf.PTR:
        return "pointer"
    return types.string(words[0]) if words else "void"


def main():
    with open(sys.argv[2], "rb") as file:
        data = file.read()
    section = next(item for item in elf.read_sections(data)
                   if item.name == ".BTF")
    types = btf.File(elf.contents(data, section))
    found = {}
    for kind in (btf.STRUCT, btf.UNION):
        for number in types.ids_of(kind):
            item = btf.Type(types.raw(number), 3)
            name = types.string(item.name)
            if not name or sys.argv[3:] and name not in sys.argv[3:]:
                continue
            found[name] = "%s %s, %d bytes" % (
                "union" if kind == btf.UNION else "struct", name, item.size)
            for member in item.entries:
                found[name] += "\n  %d: %s %s" % (
                    item.bit_offset(member), types.string(member[0]),
                    describe(types, member[1]))
    print("\n".join(found[name] for name in sorted(found)))


if __name__ == "__main__":
    main()
