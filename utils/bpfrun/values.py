#===- values.py - Map keys and values as text ---*- python -*-------------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Turns map keys and values into text and back.

Text is a number (stored little-endian at the entry's size), `ip:10.0.0.1` (four
bytes in network order), `ip6:fd00::1` (sixteen), or `hex:0011aabb`.
"""

import ipaddress

NUMBER_SIZES = (1, 2, 4, 8)


def to_bytes(text, size):
    """The `size` bytes that `text` stands for."""
    kind, _, rest = text.partition(":")
    if kind == "ip":
        raw = ipaddress.IPv4Address(rest).packed
    elif kind == "ip6":
        raw = ipaddress.IPv6Address(rest).packed
    elif kind == "hex":
        raw = bytes.fromhex(rest)
    else:
        value = int(text, 0)
        raw = (value % (1 << 8 * size)).to_bytes(size, "little")
    if len(raw) != size:
        raise ValueError("'%s' has %d bytes, the map wants %d" %
                         (text, len(raw), size))
    return raw


def to_text(raw, style="auto"):
    """Bytes as text: a number when the size allows it, else hexadecimal."""
    if style == "ip" and len(raw) in (4, 16):
        return str(ipaddress.ip_address(raw))
    if style == "signed":
        return str(int.from_bytes(raw, "little", signed=True))
    if style != "hex" and len(raw) in NUMBER_SIZES:
        return str(int.from_bytes(raw, "little"))
    return "hex:" + raw.hex()


def hexdump(data):
    """Lines of sixteen bytes, each with its offset in decimal."""
    return ["%5d: %s" % (at, data[at:at + 16].hex(" "))
            for at in range(0, len(data), 16)]
