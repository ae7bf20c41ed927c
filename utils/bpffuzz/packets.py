#===- packets.py - Random uses of packets, and packets ---*- python -*----===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Forms that read and write packets, and the packets that they are given."""

from .types import Region, Variable

# Accessors of header fields, by header; all of them are places.
FIELDS = {
    "eth": "eth-type eth-dst-mac-hi eth-dst-mac-lo eth-src-mac-hi "
           "eth-src-mac-lo",
    "ipv4": "ipv4-version ipv4-ihl ipv4-tos ipv4-dscp ipv4-ecn ipv4-total-len "
            "ipv4-id ipv4-frag ipv4-flags ipv4-frag-off ipv4-ttl "
            "ipv4-protocol ipv4-checksum ipv4-src-addr ipv4-dst-addr",
    "ipv6": "ipv6-version ipv6-traffic-class ipv6-flow-label "
            "ipv6-payload-len ipv6-nexthdr ipv6-hop-limit ipv6-src-addr-hi "
            "ipv6-src-addr-lo ipv6-dst-addr-hi ipv6-dst-addr-lo",
    "tcp": "tcp-src-port tcp-dst-port tcp-seq tcp-ack-seq tcp-data-offset "
           "tcp-reserved tcp-flags tcp-window tcp-checksum tcp-urgent-ptr",
    "udp": "udp-src-port udp-dst-port udp-length udp-checksum",
    "icmp": "icmp-type icmp-code icmp-checksum icmp-id icmp-seq icmp-gateway "
            "icmp-mtu"}
SIZES = {"eth": 14, "ipv4": 20, "ipv6": 40, "tcp": 20, "udp": 8, "icmp": 8}
PROTOCOLS = {"tcp": 6, "udp": 17, "icmp": 1}
CONTEXT_FIELDS = {
    "xdp": ["ingress-ifindex", "rx-queue-index"],
    "tc": ["len", "mark", "priority", "protocol", "ifindex"],
    "socket-filter": ["len", "mark", "priority", "protocol"],
    "cgroup-skb": ["len", "mark", "priority", "protocol"]}


class Packets:
    """The part of the generator that uses packets."""

    def context_fields(self):
        """Fields of the context that any program of the type may read."""
        return CONTEXT_FIELDS[self.program_type]

    def has_packet(self):
        """Whether packets can be accessed directly here."""
        return self.program_type != "socket-filter" and self.has_context

    def region(self, name, size, header=None):
        """The packet memory behind a pointer."""
        return Region(name, size, "packet",
                      FIELDS[header].split() if header else None,
                      writable=self.program_type != "cgroup-skb")

    def packet_form(self, scope):
        """(head of a form, scope of its body) with access to a packet."""
        link = 0 if self.program_type == "cgroup-skb" else 14
        kind = self.rng.choice(["packet", "packet", "ipv4", "ipv6", "tcp",
                                "tcp", "udp", "icmp"] +
                               (["eth"] if link else []))
        data, end, third = (self.fresh(x) for x in ("data", "end", "h"))
        inner = scope.child()
        names = [data, end]
        if kind == "packet":
            size = self.rng.choice([14, 20, 34, 54, self.rng.randint(1, 60)])
            inner.regions += 2 * [self.region(data, size)]
            return ["with-packet", names + [":min-len", size]], inner
        if kind == "eth":
            inner.regions.append(self.region(data, 14, "eth"))
            return ["with-eth", names], inner
        names.append(third)
        fixed = True
        if link and self.chance(1, 4):
            names += [":vlan", "t"]
            fixed = False
        if kind != "ipv6" and self.chance(1, 3):
            option = self.rng.choice([":check", "t"])
            names += [":options", option]
            fixed &= option == ":check" or kind == "ipv4"
        inner.regions += 2 * [self.region(third, SIZES[kind], kind)]
        if fixed:
            before = link + (20 if kind in PROTOCOLS else 0)
            inner.regions.append(self.region(data, before + SIZES[kind],
                                             "eth" if link else "ipv4"
                                             if kind != "ipv6" else "ipv6"))
            if kind in PROTOCOLS:
                inner.regions.append(self.region(["+", data, link], 20,
                                                 "ipv4"))
        return ["with-" + kind, names], inner

    def statement_packet(self, scope, depth):
        if not self.has_packet():
            return self.statement_bytes(scope, depth)
        if scope.rounds > 4 or sum(r.owner == "packet"
                                   for r in scope.regions) > 5:
            return None
        if self.chance(1, 3):
            return self.checked_packet(scope, depth)
        head, inner = self.packet_form(scope)
        return head + self.statements(inner, depth, 4)

    def value_packet(self, scope, depth):
        if not self.has_packet() or scope.rounds > 4:
            return None
        head, inner = self.packet_form(scope)
        return head + [*self.statements(inner, min(depth, 2), 2),
                       self.expression(inner, depth)]

    def checked_packet(self, scope, depth):
        """A packet whose length the program itself checks."""
        data, end = self.fresh("data"), self.fresh("end")
        size = self.rng.choice([14, 34, 42, self.rng.randint(1, 64)])
        inner = scope.child()
        bindings = [[data, ["xdp-data"]], [end, ["xdp-data-end"]]]
        first = data
        if self.chance(1, 3):
            # A part of the packet whose place is only known at run time.
            first = self.fresh("part")
            bindings.append([first, ["+", data, [
                "logand", self.expression(scope, min(depth, 2)),
                self.rng.choice([3, 15, 31])]]])
        inner.regions += 2 * [self.region(first, size)]
        over = self.rng.choice([[">", ["+", first, size], end],
                                ["<", end, ["+", first, size]]])
        inside = ["<=", ["+", first, size], end]
        body = self.statements(inner, depth, 4)
        if self.chance(1, 2):
            return ["let", bindings, ["when", inside, *body]]
        if self.chance(1, 2):
            over = ["or", over, self.condition(scope, 1)]
        return ["let", bindings,
                ["when", over, ["return", self.result(self.leaf(scope))]],
                *body]

    def statement_bytes(self, scope, depth):
        """Bytes of the packet, copied by a helper."""
        if self.in_function or self.program_type == "xdp" or \
                not self.take_stack(8):
            return None
        name = self.fresh("v")
        width = self.rng.choice([1, 2, 4, 8])
        inner = scope.child()
        inner.variables.append(Variable(name, "u64"))
        inner.regions.append(Region(["stack-addr", name], 8, "stack:" + name,
                                    aligned=True))
        load = ["skb-load-bytes", ["ctx-ptr"], self.rng.randrange(64),
                ["stack-addr", name], width]
        body = self.statements(inner, depth, 4)
        if self.chance(1, 2):
            return ["let", [[name, self.leaf(scope)]],
                    ["when", ["=", load, 0], *body]]
        return ["let", [[name, self.leaf(scope)]], load, *body]


def swapped(number, width):
    """A number in network order."""
    return (number & ((1 << 8 * width) - 1)).to_bytes(width, "big")


def ip_packet(rng, protocol):
    """An IPv4 packet with a random payload, its header sometimes longer."""
    words = 5 if rng.randrange(4) else rng.randint(5, 8)
    payload = bytes(rng.getrandbits(8)
                    for _ in range(rng.choice([0, 7, 8, 20, 24, 40, 90])))
    header = bytes([0x40 | words, rng.randrange(256)]) + \
        swapped(4 * words + len(payload), 2) + \
        bytes(rng.getrandbits(8) for _ in range(4)) + \
        bytes([rng.randrange(256), protocol]) + \
        bytes(rng.getrandbits(8) for _ in range(4 * words - 10))
    return header + payload


def ip6_packet(rng, protocol):
    """An IPv6 packet with a random payload."""
    payload = bytes(rng.getrandbits(8)
                    for _ in range(rng.choice([0, 8, 20, 33])))
    return bytes([0x60, 0, 0, rng.randrange(256)]) + \
        swapped(len(payload), 2) + bytes([protocol, rng.randrange(256)]) + \
        bytes(rng.getrandbits(8) for _ in range(32)) + payload


def packet(rng, socket):
    """A frame: mostly of a known protocol, sometimes of random bytes."""
    kind = rng.randrange(10)
    addresses = bytes(rng.getrandbits(8) for _ in range(12))
    tag = b"\x81\x00" + swapped(rng.getrandbits(16), 2) \
        if rng.randrange(6) == 0 else b""
    if kind < 6:
        frame = ip_packet(rng, rng.choice([6, 6, 17, 17, 1, 47]))
        frame = addresses + tag + b"\x08\x00" + frame
    elif kind < 8:
        frame = ip6_packet(rng, rng.choice([6, 17, 58]))
        frame = addresses + tag + b"\x86\xdd" + frame
    else:
        frame = bytes(rng.choice([0, 255, rng.getrandbits(8)])
                      for _ in range(rng.randint(14, 80)))
    if rng.randrange(8) == 0:
        frame = frame[:rng.randint(14, max(14, len(frame)))]
    # With a socket buffer, the kernel runs nothing on less.
    least = {b"\x08\x00": 34, b"\x86\xdd": 54}.get(frame[12:14], 15)
    return frame.ljust(least if socket else 14, b"\0")
