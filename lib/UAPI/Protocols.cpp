//===- Protocols.cpp - Packet headers -------------------------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The fields of the built-in protocol headers. Offsets and widths are those of
// the UAPI structs; bitfields, of which C gives no offset, are described by the
// byte or word that holds them.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/Protocols.h"

#include "Lookup.h"
#include "PacketHeaders.h"

#include <cstddef>

using namespace whistler::uapi;

/// A field that stays as it is in the packet: bytes, and addresses that serve
/// as keys.
#define RAW(NAME, STRUCT, FIELD)                                               \
  ProtocolField {                                                              \
    NAME, offsetof(STRUCT, FIELD), sizeof(STRUCT::FIELD), false, false, 0,     \
        ones(sizeof(STRUCT::FIELD))                                            \
  }
/// A number in network order.
#define NET(NAME, STRUCT, FIELD)                                               \
  ProtocolField {                                                              \
    NAME, offsetof(STRUCT, FIELD), sizeof(STRUCT::FIELD), false, true, 0,      \
        ones(sizeof(STRUCT::FIELD))                                            \
  }
/// Some bits of a number in network order.
#define NET_BITS(NAME, STRUCT, FIELD, SHIFT, MASK)                             \
  ProtocolField {                                                              \
    NAME, offsetof(STRUCT, FIELD), sizeof(STRUCT::FIELD), false, true, SHIFT,  \
        MASK                                                                   \
  }
/// Some bits of a number of WIDTH bytes in network order at a plain offset, for
/// C bitfields.
#define BITS_AT(NAME, OFFSET, WIDTH, SHIFT, MASK)                              \
  ProtocolField { NAME, OFFSET, WIDTH, false, WIDTH > 1, SHIFT, MASK }
/// A field that no register holds: its address.
#define ADDRESS(NAME, STRUCT, FIELD)                                           \
  ProtocolField{                                                               \
      NAME, offsetof(STRUCT, FIELD), sizeof(STRUCT::FIELD), true, false, 0, 0}
/// WIDTH bytes, as they are, from byte PART of a longer field.
#define PART(NAME, STRUCT, FIELD, PART_OFFSET, WIDTH)                          \
  ProtocolField {                                                              \
    NAME, offsetof(STRUCT, FIELD) + PART_OFFSET, WIDTH, false, false, 0,       \
        ones(WIDTH)                                                            \
  }

static constexpr uint64_t ones(unsigned bytes) {
  return ~uint64_t(0) >> (64 - 8 * bytes);
}

static constexpr ProtocolField ethFields[] = {
    ADDRESS("eth-dst", ethhdr, h_dest),
    ADDRESS("eth-src", ethhdr, h_source),
    NET("eth-type", ethhdr, h_proto),
    PART("eth-dst-mac-hi", ethhdr, h_dest, 0, 4),
    PART("eth-dst-mac-lo", ethhdr, h_dest, 4, 2),
    PART("eth-src-mac-hi", ethhdr, h_source, 0, 4),
    PART("eth-src-mac-lo", ethhdr, h_source, 4, 2),
};

static constexpr ProtocolField vlanFields[] = {
    NET("vlan-tci", VlanHeader, tci),
    NET_BITS("vlan-pcp", VlanHeader, tci, 13, 0x7),
    NET_BITS("vlan-dei", VlanHeader, tci, 12, 0x1),
    NET_BITS("vlan-id", VlanHeader, tci, 0, 0xfff),
    NET("vlan-type", VlanHeader, encapsulatedProto),
};

static constexpr ProtocolField arpFields[] = {
    NET("arp-hardware-type", EthernetArp, fixed.ar_hrd),
    NET("arp-protocol-type", EthernetArp, fixed.ar_pro),
    RAW("arp-hardware-len", EthernetArp, fixed.ar_hln),
    RAW("arp-protocol-len", EthernetArp, fixed.ar_pln),
    NET("arp-operation", EthernetArp, fixed.ar_op),
    ADDRESS("arp-sender-mac", EthernetArp, senderHardware),
    RAW("arp-sender-addr", EthernetArp, senderProtocol),
    ADDRESS("arp-target-mac", EthernetArp, targetHardware),
    RAW("arp-target-addr", EthernetArp, targetProtocol),
};

static constexpr ProtocolField ipv4Fields[] = {
    BITS_AT("ipv4-version", 0, 1, 4, 0xf),
    BITS_AT("ipv4-ihl", 0, 1, 0, 0xf),
    RAW("ipv4-tos", iphdr, tos),
    BITS_AT("ipv4-dscp", offsetof(iphdr, tos), 1, 2, 0x3f),
    BITS_AT("ipv4-ecn", offsetof(iphdr, tos), 1, 0, 0x3),
    NET("ipv4-total-len", iphdr, tot_len),
    NET("ipv4-id", iphdr, id),
    NET("ipv4-frag", iphdr, frag_off),
    NET_BITS("ipv4-flags", iphdr, frag_off, 13, 0x7),
    NET_BITS("ipv4-frag-off", iphdr, frag_off, 0, 0x1fff),
    RAW("ipv4-ttl", iphdr, ttl),
    RAW("ipv4-protocol", iphdr, protocol),
    NET("ipv4-checksum", iphdr, check),
    RAW("ipv4-src-addr", iphdr, saddr),
    RAW("ipv4-dst-addr", iphdr, daddr),
};

static constexpr ProtocolField ipv6Fields[] = {
    BITS_AT("ipv6-version", 0, 1, 4, 0xf),
    BITS_AT("ipv6-traffic-class", 0, 2, 4, 0xff),
    BITS_AT("ipv6-flow-label", 0, 4, 0, 0xfffff),
    NET("ipv6-payload-len", ipv6hdr, payload_len),
    RAW("ipv6-nexthdr", ipv6hdr, nexthdr),
    RAW("ipv6-hop-limit", ipv6hdr, hop_limit),
    ADDRESS("ipv6-src-addr", ipv6hdr, saddr),
    ADDRESS("ipv6-dst-addr", ipv6hdr, daddr),
    PART("ipv6-src-addr-hi", ipv6hdr, saddr, 0, 8),
    PART("ipv6-src-addr-lo", ipv6hdr, saddr, 8, 8),
    PART("ipv6-dst-addr-hi", ipv6hdr, daddr, 0, 8),
    PART("ipv6-dst-addr-lo", ipv6hdr, daddr, 8, 8),
};

/// Where struct tcphdr has its bitfields: behind the acknowledgement number.
static constexpr uint16_t tcpBits = offsetof(tcphdr, ack_seq) + sizeof(__be32);

static constexpr ProtocolField tcpFields[] = {
    NET("tcp-src-port", tcphdr, source),
    NET("tcp-dst-port", tcphdr, dest),
    NET("tcp-seq", tcphdr, seq),
    NET("tcp-ack-seq", tcphdr, ack_seq),
    BITS_AT("tcp-data-offset", tcpBits, 1, 4, 0xf),
    BITS_AT("tcp-reserved", tcpBits, 1, 0, 0xf),
    BITS_AT("tcp-flags", tcpBits + 1, 1, 0, 0xff),
    NET("tcp-window", tcphdr, window),
    NET("tcp-checksum", tcphdr, check),
    NET("tcp-urgent-ptr", tcphdr, urg_ptr),
};

static constexpr ProtocolField udpFields[] = {
    NET("udp-src-port", udphdr, source),
    NET("udp-dst-port", udphdr, dest),
    NET("udp-length", udphdr, len),
    NET("udp-checksum", udphdr, check),
};

static constexpr ProtocolField icmpFields[] = {
    RAW("icmp-type", icmphdr, type),
    RAW("icmp-code", icmphdr, code),
    NET("icmp-checksum", icmphdr, checksum),
    NET("icmp-id", icmphdr, un.echo.id),
    NET("icmp-seq", icmphdr, un.echo.sequence),
    RAW("icmp-gateway", icmphdr, un.gateway),
    NET("icmp-mtu", icmphdr, un.frag.mtu),
};

static constexpr ProtocolHeader protocolHeaders[] = {
    {"eth", sizeof(ethhdr), ethFields},
    {"vlan", sizeof(VlanHeader), vlanFields},
    {"arp", sizeof(EthernetArp), arpFields},
    {"ipv4", sizeof(iphdr), ipv4Fields},
    {"ipv6", sizeof(ipv6hdr), ipv6Fields},
    {"tcp", sizeof(tcphdr), tcpFields},
    {"udp", sizeof(udphdr), udpFields},
    {"icmp", sizeof(icmphdr), icmpFields},
};

llvm::ArrayRef<ProtocolHeader> whistler::uapi::getProtocolHeaders() {
  return protocolHeaders;
}

const ProtocolHeader *
whistler::uapi::lookupProtocolHeader(llvm::StringRef name) {
  return scanForName<ProtocolHeader>(protocolHeaders, name);
}

const ProtocolField *whistler::uapi::lookupProtocolField(llvm::StringRef name) {
  const ProtocolHeader *header = lookupProtocolHeader(name.split('-').first);
  return header ? scanForName(header->fields, name) : nullptr;
}
