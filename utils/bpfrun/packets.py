#===- packets.py - Test packets from one-line descriptions ---*- python -*-===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Builds the bytes of a network packet from a one-line description.

A description names the layers from the outside in, separated by slashes:

    eth/ipv4(src=10.0.0.1,ttl=9)/tcp(dport=443,flags=SA)/payload(len=20)
    eth/vlan(id=7)/ipv6/udp(dport=53)
    eth/arp(op=2)
    hex:00112233aabb
    ramp:96                     byte N is the number N
    eth/ipv4/tcp/cut(40)        only the first 40 bytes
    eth/ipv4/udp/pad(60)        zero bytes up to a length of 60

Every field has a default.  Lengths, checksums and next-layer numbers are filled
in unless the description gives them, so a malformed packet is made by saying
so: `ipv4(proto=6)/udp`, `ipv4(ihl=6)`, `udp(len=4)`.
"""

import ipaddress
import re
import struct


class PacketError(ValueError):
    """A description that names an unknown layer or field, or a bad value."""


TCP_FLAGS = "FSRPAUEC"

# The number by which an outer layer announces each inner one.
ETHERTYPES = {"ipv4": 0x0800, "arp": 0x0806, "vlan": 0x8100, "ipv6": 0x86DD}
IP_PROTOCOLS = {"icmp": 1, "ipv4": 4, "tcp": 6, "udp": 17, "ipv6": 41,
                "icmp6": 58}


def number(text):
    """The integer that `text` writes in decimal, 0x, 0o or 0b."""
    return int(text, 0)


def mac(text):
    """The six bytes of a colon-separated MAC address."""
    raw = bytes.fromhex(text.replace(":", ""))
    if len(raw) != 6:
        raise ValueError("a MAC address has six bytes")
    return raw


def address4(text):
    """The four bytes of a dotted IPv4 address."""
    return ipaddress.IPv4Address(text).packed


def address6(text):
    """The sixteen bytes of an IPv6 address."""
    return ipaddress.IPv6Address(text).packed


def tcp_flags(text):
    """TCP flags as a number or as letters out of FSRPAUEC."""
    if text[:1].isdigit():
        return number(text)
    return sum(1 << TCP_FLAGS.index(letter) for letter in text)


def internet_checksum(data):
    """The ones' complement sum that IP, TCP, UDP and ICMP carry."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Layer:
    """One layer of a description: its name, fields and place in the packet."""

    def __init__(self, name, fields):
        self.name = name
        self.fields = fields
        self.outer = None
        self.inner = None

    def get(self, field, convert, default):
        """The value of `field`, converted, or the default's."""
        text = self.fields.get(field, default)
        try:
            return convert(text) if isinstance(text, str) else text
        except ValueError as error:
            raise PacketError("%s(%s=%s): %s" %
                              (self.name, field, text, error)) from error

    def announce(self, table, default):
        """The number that tells which layer follows."""
        return table.get(self.inner.name, default) if self.inner else default


def build_eth(layer, payload):
    kind = layer.get("type", number, layer.announce(ETHERTYPES, 0x0800))
    return (layer.get("dst", mac, "02:00:00:00:00:02") +
            layer.get("src", mac, "02:00:00:00:00:01") +
            struct.pack("!H", kind) + payload)


def build_vlan(layer, payload):
    tag = layer.get("pcp", number, 0) << 13 | layer.get("id", number, 1)
    kind = layer.get("type", number, layer.announce(ETHERTYPES, 0x0800))
    return struct.pack("!HH", tag, kind) + payload


def build_ipv4(layer, payload):
    options = layer.get("options", bytes.fromhex, b"")
    ihl = layer.get("ihl", number, 5 + len(options) // 4)
    header = struct.pack(
        "!BBHHHBBH",
        layer.get("version", number, 4) << 4 | ihl,
        layer.get("tos", number, 0),
        layer.get("len", number, 20 + len(options) + len(payload)),
        layer.get("id", number, 1),
        layer.get("frag", number, 0),
        layer.get("ttl", number, 64),
        layer.get("proto", number, layer.announce(IP_PROTOCOLS, 253)),
        0)
    header += layer.get("src", address4, "10.0.0.1")
    header += layer.get("dst", address4, "10.0.0.2")
    header += options
    check = layer.get("csum", number, internet_checksum(header))
    return header[:10] + struct.pack("!H", check) + header[12:] + payload


def build_ipv6(layer, payload):
    first = (6 << 28 | layer.get("tclass", number, 0) << 20 |
             layer.get("flow", number, 0))
    return (struct.pack("!IHBB", first,
                        layer.get("len", number, len(payload)),
                        layer.get("next", number,
                                  layer.announce(IP_PROTOCOLS, 59)),
                        layer.get("hop", number, 64)) +
            layer.get("src", address6, "fd00::1") +
            layer.get("dst", address6, "fd00::2") + payload)


def transport_checksum(layer, segment):
    """The checksum of a TCP, UDP or ICMPv6 segment inside its IP layer."""
    outer = layer.outer
    while outer and outer.name not in ("ipv4", "ipv6"):
        outer = outer.outer
    if not outer:
        return internet_checksum(segment)
    protocol = IP_PROTOCOLS[layer.name]
    if outer.name == "ipv4":
        pseudo = (outer.get("src", address4, "10.0.0.1") +
                  outer.get("dst", address4, "10.0.0.2") +
                  struct.pack("!BBH", 0, protocol, len(segment)))
    else:
        pseudo = (outer.get("src", address6, "fd00::1") +
                  outer.get("dst", address6, "fd00::2") +
                  struct.pack("!IHBB", len(segment), 0, 0, protocol))
    return internet_checksum(pseudo + segment)


def with_checksum(layer, segment, at):
    """`segment` with its checksum, computed or given, stored at `at`."""
    check = layer.get("csum", number, transport_checksum(layer, segment))
    return segment[:at] + struct.pack("!H", check) + segment[at + 2:]


def build_tcp(layer, payload):
    header = struct.pack(
        "!HHIIBBHHH",
        layer.get("sport", number, 40000),
        layer.get("dport", number, 80),
        layer.get("seq", number, 1),
        layer.get("ack", number, 0),
        layer.get("doff", number, 5) << 4,
        layer.get("flags", tcp_flags, "A"),
        layer.get("win", number, 65535), 0,
        layer.get("urg", number, 0))
    return with_checksum(layer, header + payload, 16)


def build_udp(layer, payload):
    header = struct.pack("!HHHH",
                         layer.get("sport", number, 40000),
                         layer.get("dport", number, 53),
                         layer.get("len", number, 8 + len(payload)), 0)
    return with_checksum(layer, header + payload, 6)


def build_icmp(layer, payload):
    header = struct.pack("!BBHHH",
                         layer.get("type", number, 8),
                         layer.get("code", number, 0), 0,
                         layer.get("id", number, 1),
                         layer.get("seq", number, 1))
    message = header + payload
    check = layer.get("csum", number, internet_checksum(message))
    return message[:2] + struct.pack("!H", check) + message[4:]


def build_icmp6(layer, payload):
    header = struct.pack("!BBHHH",
                         layer.get("type", number, 128),
                         layer.get("code", number, 0), 0,
                         layer.get("id", number, 1),
                         layer.get("seq", number, 1))
    return with_checksum(layer, header + payload, 2)


def build_arp(layer, payload):
    return (struct.pack("!HHBBH", 1, 0x0800, 6, 4,
                        layer.get("op", number, 1)) +
            layer.get("sha", mac, "02:00:00:00:00:01") +
            layer.get("spa", address4, "10.0.0.1") +
            layer.get("tha", mac, "00:00:00:00:00:00") +
            layer.get("tpa", address4, "10.0.0.2") + payload)


def build_payload(layer, payload):
    if "hex" in layer.fields:
        return layer.get("hex", bytes.fromhex, b"") + payload
    if "text" in layer.fields:
        return layer.fields["text"].encode() + payload
    fill = layer.get("byte", number, 0)
    return bytes([fill]) * layer.get("len", number, 0) + payload


BUILDERS = {
    "eth": (build_eth, "src dst type"),
    "vlan": (build_vlan, "id pcp type"),
    "ipv4": (build_ipv4, "src dst ttl tos proto id frag ihl len csum options "
                         "version"),
    "ipv6": (build_ipv6, "src dst hop next flow tclass len"),
    "tcp": (build_tcp, "sport dport seq ack flags win doff urg csum"),
    "udp": (build_udp, "sport dport len csum"),
    "icmp": (build_icmp, "type code id seq csum"),
    "icmp6": (build_icmp6, "type code id seq csum"),
    "arp": (build_arp, "op sha spa tha tpa"),
    "payload": (build_payload, "len byte hex text"),
}

LAYER = re.compile(r"([a-z]+[0-9]?)(?:\(([^()]*)\))?$")


def parse_layer(text):
    """The layer that one slash-separated part of a description names."""
    match = LAYER.match(text)
    if not match or match.group(1) not in BUILDERS:
        raise PacketError("unknown layer '%s'; layers are %s, hex:, ramp:, "
                          "cut and pad" % (text, " ".join(BUILDERS)))
    name, inside = match.groups()
    fields = {}
    for item in filter(None, (inside or "").split(",")):
        field, _, value = item.partition("=")
        if field not in BUILDERS[name][1].split():
            raise PacketError("%s has no field '%s'; its fields are %s" %
                              (name, field, BUILDERS[name][1]))
        fields[field] = value
    return Layer(name, fields)


def split_resizing(parts):
    """Takes cut(N) and pad(N) off the end: returns (layers, sizes)."""
    sizes = []
    while parts and re.match(r"(cut|pad)\(\d+\)$", parts[-1]):
        word, size = parts.pop()[:-1].split("(")
        sizes.insert(0, (word, int(size)))
    return parts, sizes


def build(description):
    """The bytes of the packet that `description` describes."""
    parts, sizes = split_resizing(description.split("/"))
    data = b""
    if parts and parts[-1].startswith("hex:"):
        data = bytes.fromhex(parts.pop()[4:])
    elif parts and parts[-1].startswith("ramp:"):
        data = bytes(at % 256 for at in range(number(parts.pop()[5:])))
    layers = [parse_layer(part) for part in parts]
    for outer, inner in zip(layers, layers[1:]):
        outer.inner, inner.outer = inner, outer
    for layer in reversed(layers):
        data = BUILDERS[layer.name][0](layer, data)
    for word, size in sizes:
        data = data[:size] if word == "cut" else data.ljust(size, b"\0")
    return data
