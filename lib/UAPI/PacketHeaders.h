//===- PacketHeaders.h - Headers that UAPI does not define ------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Wire formats whose structs the kernel keeps to itself, and the UAPI headers
// with the rest.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_UAPI_PACKETHEADERS_H
#define WHISTLER_LIB_UAPI_PACKETHEADERS_H

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>

namespace whistler::uapi {

/// The tag behind the MAC addresses of an IEEE 802.1Q frame, as seen from the
/// Ethernet header's end: tag control information, then the next EtherType.
struct VlanHeader {
  __be16 tci;
  __be16 encapsulatedProto;
};

/// An ARP packet for IPv4 over Ethernet (RFC 826).
struct __attribute__((packed)) EthernetArp {
  arphdr fixed;
  unsigned char senderHardware[ETH_ALEN];
  __be32 senderProtocol;
  unsigned char targetHardware[ETH_ALEN];
  __be32 targetProtocol;
};

} // namespace whistler::uapi

#endif // WHISTLER_LIB_UAPI_PACKETHEADERS_H
