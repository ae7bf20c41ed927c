#===- stackstate.py - What is known at a point of a program -*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Abstract values and states for the analysis of stack initialisation.

A value is None (anything that is no address in the stack), a Const, Maps, or a
Stack address.  States meet at joins: a byte is written if it is on every way
there; a value may be whatever it is on one of them.
"""

from collections import namedtuple

STACK_BYTES = 512
ALL_BITS = (1 << 64) - 1
# So many places are told apart before an address counts as any.
MOST_PLACES = 16

Const = namedtuple("Const", "value")
# `choices` are the MapSizes of the maps that it may be the address of.
Maps = namedtuple("Maps", "choices")
# `places` are pairs of the frame's depth and the offset from its frame pointer;
# None when nothing is known of them.  Without `is_certain` the value may also be
# something else.
Stack = namedtuple("Stack", "places is_certain")

ANYWHERE = Stack(None, False)


def join_values(one, other):
    """What a value may be that is one of two."""
    if one == other:
        return one
    if isinstance(one, Stack) and isinstance(other, Stack):
        certain = one.is_certain and other.is_certain
        if one.places is None or other.places is None:
            return Stack(None, certain)
        places = one.places | other.places
        return Stack(places if len(places) <= MOST_PLACES else None, certain)
    for value in (one, other):
        if isinstance(value, Stack):
            return value._replace(is_certain=False)
    if isinstance(one, Maps) and isinstance(other, Maps):
        return Maps(one.choices | other.choices)
    return None


def bits_of(offset, size):
    """The bits of a frame's mask for the bytes at an offset, which is
    negative."""
    return ((1 << size) - 1) << -(offset + size)


class Frame:
    """The stack of one function: which bytes are written, and the values of
    aligned 8-byte slots where they are known."""

    def __init__(self, written=0, slots=None):
        self.written = written
        self.slots = slots or {}

    def copy(self):
        return Frame(self.written, dict(self.slots))

    def overlapping(self, offset, size):
        """The slots that share a byte with a range."""
        return [at for at in self.slots if offset - 8 < at < offset + size]

    def write(self, offset, size, value):
        """Bytes that are certainly written."""
        self.written |= bits_of(offset, size)
        for at in self.overlapping(offset, size):
            del self.slots[at]
        if size == 8 and offset % 8 == 0 and value is not None:
            self.slots[offset] = value

    def may_write(self, offset, size, value):
        """Bytes that may or may not be written."""
        for at in self.overlapping(offset, size):
            changed = join_values(self.slots[at], value)
            if isinstance(changed, Stack):
                self.slots[at] = changed
            else:
                del self.slots[at]
        if isinstance(value, Stack) and size == 8 and offset % 8 == 0:
            self.slots[offset] = value._replace(is_certain=False)

    def missing(self, offset, size):
        """The offsets of bytes in a range that are not written."""
        lost = bits_of(offset, size) & ~self.written
        return [at for at in range(offset, offset + size)
                if lost >> (-at - 1) & 1]

    def join(self, other):
        """This frame or the other."""
        slots = {}
        for at in set(self.slots) | set(other.slots):
            value = join_values(self.slots.get(at), other.slots.get(at))
            if value is not None:
                slots[at] = value
        return Frame(self.written & other.written, slots)

    def __eq__(self, other):
        return (self.written, self.slots) == (other.written, other.slots)


class State:
    """Registers and the frames of all functions that have been entered."""

    def __init__(self, registers, frames):
        self.registers = registers
        self.frames = frames

    @staticmethod
    def at_entry(arguments=(None,) * 5, frames=()):
        """At the start of a function that is called with these arguments."""
        own = Stack(frozenset([(len(frames), 0)]), True)
        return State([None, *arguments, None, None, None, None, own],
                     [frame.copy() for frame in frames] + [Frame()])

    def copy(self):
        return State(list(self.registers),
                     [frame.copy() for frame in self.frames])

    def join(self, other):
        """This state or the other, which are in the same function."""
        return State([join_values(one, two) for one, two in
                      zip(self.registers, other.registers)],
                     [one.join(two) for one, two in
                      zip(self.frames, other.frames)])

    def __eq__(self, other):
        return self.registers == other.registers and \
            self.frames == other.frames

    def store(self, address, size, value):
        """A store through an address in the stack."""
        if address.places is None:
            for frame in self.frames:
                frame.may_write(-STACK_BYTES, STACK_BYTES, value)
            return
        certain = address.is_certain and len(address.places) == 1
        for depth, offset in address.places:
            frame = self.frames[depth]
            (frame.write if certain else frame.may_write)(offset, size, value)

    def load(self, address, size):
        """The value that a load through an address in the stack gives."""
        if address.places is None or size != 8:
            return ANYWHERE if size == 8 and any(
                isinstance(value, Stack) for frame in self.frames
                for value in frame.slots.values()) else None
        values = [self.frames[depth].slots.get(offset)
                  for depth, offset in sorted(address.places)]
        if not address.is_certain:
            values.append(None)
        result = values[0]
        for value in values[1:]:
            result = join_values(result, value)
        return result
