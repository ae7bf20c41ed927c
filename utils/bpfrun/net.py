#===- net.py - A veth pair to attach programs to ---*- python -*----------===#
#
# SPDX-License-Identifier: MIT
#
#===-----------------------------------------------------------------------===#
"""Attaches programs to one end of a veth pair and sends frames from the other.

The pair lives in the process's own network namespace, which the kernel removes
together with the pair when the process ends.
"""

import errno
import json
import os
import select
import socket
import time

from .kernel import HarnessError, command

SENDER = "sender0"
TARGET = "target0"
ETH_P_ALL = 3
PACKET_OUTGOING = 4

# How long no frame may arrive before a wait ends, and the most it may last.
QUIET_SECONDS = 0.2
MOST_SECONDS = 5.0


def namespace_of(pid):
    """The identity of a process's network namespace."""
    return os.readlink("/proc/%s/ns/net" % pid)


class Wire:
    """The veth pair, its sending and its listening socket."""

    def __init__(self):
        if os.environ.get("BPF_RUN_PRIVATE") != namespace_of("self"):
            raise HarnessError("no network namespace of its own; not attaching")
        # Without IPv6 no frame but the test's own is ever on the wire.
        for scope in ("all", "default"):
            path = "/proc/sys/net/ipv6/conf/%s/disable_ipv6" % scope
            if os.path.exists(path):
                with open(path, "w", encoding="ascii") as file:
                    file.write("1")
        command("ip", "link", "add", "name", SENDER, "type", "veth", "peer",
                "name", TARGET)
        for device in (SENDER, TARGET):
            command("ip", "link", "set", "dev", device, "up")
        self.sender = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        self.sender.bind((SENDER, 0))
        self.listener = socket.socket(socket.AF_PACKET, socket.SOCK_RAW,
                                      socket.htons(ETH_P_ALL))
        self.listener.bind((TARGET, ETH_P_ALL))
        self.taps_first = False

    def attach_xdp(self, path, section):
        """Attaches with `ip link`; returns the program's id."""
        command("ip", "link", "set", "dev", TARGET, "xdp", "obj", path, "sec",
                section)
        shown = json.loads(command("ip", "-j", "link", "show", "dev", TARGET))
        return shown[0]["xdp"]["prog"]["id"]

    def attach_tc(self, path, section, direction):
        """Attaches with `tc filter`; returns the program's id.

        Incoming frames pass the target's ingress hook, but a listening socket
        taps them before it.  On the sender's egress hook a dropped frame is
        never heard, so delivery can be counted there.
        """
        device = TARGET if direction == "ingress" else SENDER
        self.taps_first = direction == "ingress"
        command("tc", "qdisc", "add", "dev", device, "clsact")
        command("tc", "filter", "add", "dev", device, direction, "bpf", "da",
                "obj", path, "sec", section)
        shown = json.loads(command("tc", "-j", "filter", "show", "dev",
                                   device, direction))
        return next(item["options"]["prog"]["id"] for item in shown
                    if "prog" in item.get("options", {}))

    def send(self, frame, times):
        """Sends a frame some times; returns how many arrived."""
        for _ in range(times):
            try:
                self.sender.send(frame)
            except OSError as error:
                # So an egress program's drop looks to the sender.
                if error.errno != errno.ENOBUFS:
                    raise
        return self.count_arrivals(times)

    def count_arrivals(self, most):
        """Counts incoming frames until enough came or the wire is quiet."""
        arrived, end = 0, time.monotonic() + MOST_SECONDS
        while arrived < most and time.monotonic() < end:
            if not select.select([self.listener], [], [], QUIET_SECONDS)[0]:
                break
            _, address = self.listener.recvfrom(1 << 16)
            arrived += address[2] != PACKET_OUTGOING
        return arrived
