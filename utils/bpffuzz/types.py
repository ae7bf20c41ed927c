#===- types.py - Scalars, structs, maps and memory of programs -*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""What a generated program declares, and what its forms can name."""

from dataclasses import dataclass, field

SCALARS = {"u8": 1, "u16": 2, "u32": 4, "u64": 8,
           "i8": 1, "i16": 2, "i32": 4, "i64": 8}
UNSIGNED = {1: "u8", 2: "u16", 4: "u32", 8: "u64"}


@dataclass
class Field:
    """A field of a struct: a scalar, an array of scalars, or a struct."""
    name: str
    type: object
    offset: int
    count: int = 0  # Elements; 0 when it is no array.


@dataclass
class Struct:
    """A struct, laid out as C does."""
    name: str
    fields: list
    size: int
    align: int

    def form(self):
        """Its declaration."""
        return ["defstruct", self.name] + [
            [f.name, ["array", type_name(f.type), f.count] if f.count
             else type_name(f.type)] for f in self.fields]

    def scalars(self):
        """The fields that are scalars or arrays of scalars."""
        return [f for f in self.fields if isinstance(f.type, str)]


def type_name(kind):
    """How a type is written."""
    return kind if isinstance(kind, str) else kind.name


def size_of(kind):
    """Bytes of a type."""
    return SCALARS[kind] if isinstance(kind, str) else kind.size


def align_of(kind):
    """The alignment of a type."""
    return SCALARS[kind] if isinstance(kind, str) else kind.align


def lay_out(name, members):
    """The struct of `members`, each (name, type, count)."""
    offset, align, fields = 0, 1, []
    for label, kind, count in members:
        align = max(align, align_of(kind))
        offset = -(-offset // align_of(kind)) * align_of(kind)
        fields.append(Field(label, kind, offset, count))
        offset += size_of(kind) * max(count, 1)
    return Struct(name, fields, -(-offset // align) * align, align)


@dataclass
class Map:
    """A map.  `key` and `value` are types; `key` is None where a prefix and an
    address make up the key."""
    name: str
    type: str
    key: object
    value: object
    entries: int
    flags: str = ""

    def form(self):
        """Its declaration."""
        form = ["defmap", self.name, ":type", ":" + self.type]
        if self.key is not None:
            form += [":key", type_name(self.key)]
        if self.value is not None:
            form += [":value", type_name(self.value)]
        form += [":max-entries", self.entries]
        return form + ([":map-flags", self.flags] if self.flags else [])

    def is_array(self):
        """Whether its entries are always there."""
        return self.type in ("array", "percpu-array")


@dataclass
class Function:
    """A function: parameters are scalar types, structs behind a pointer, or the
    form that is given for them."""
    name: str
    parameters: list
    changes: set  # Names of maps whose entries it may replace or remove.
    ways: int  # How often it may double the ways to what is behind a call.


@dataclass
class Variable:
    """A variable or a global of scalar type."""
    name: str
    type: str
    settable: bool = True
    addressable: bool = True
    below: int = 0  # A bound that its value is always below, if not 0.


@dataclass
class Region:
    """Memory that can be accessed: `size` bytes behind the pointer `form`."""
    form: object
    size: int
    owner: str         # Two regions with different owners do not overlap.
    struct: object = None
    writable: bool = True
    aligned: bool = False  # Whether the verifier insists on alignment.
    atomic: bool = False   # Whether atomic operations are allowed.
    element: str = ""      # The type of its elements, if it is an array.


@dataclass
class Scope:
    """What can be named at a place of a program."""
    variables: list = field(default_factory=list)
    regions: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    pinned: frozenset = frozenset()  # Maps into which there are pointers.
    rounds: int = 1                  # How often the place is executed.

    def child(self):
        """A scope within this one."""
        return Scope(list(self.variables), list(self.regions),
                     list(self.blocks), self.pinned, self.rounds)
