//===- PacketHelpers.cpp - helpers for packets ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reading, changing, checksumming and redirecting packets, as net/core/filter.c
// does it.
//
//===----------------------------------------------------------------------===//

#include "Checksum.h"
#include "Helpers.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include <cerrno>
#include <climits>
#include <cstring>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>

using namespace llvm;
using namespace whistler;
using namespace whistler::interp;
using uapi::ProgramKind;

/// No packet has more bytes; the checksum helpers take no larger offsets.
static constexpr uint64_t maxOffset = 0xffff;

//===----------------------------------------------------------------------===//
// Moving the ends
//===----------------------------------------------------------------------===//

template <auto adjust>
static uint64_t adjustXDP(Machine &machine, const uint64_t *arguments) {
  if (!machine.checkContext(arguments[0]))
    return 0;
  return (machine.getPacket().*adjust)(static_cast<int32_t>(arguments[1]));
}

static uint64_t getLength(Machine &machine, const uint64_t *arguments) {
  return machine.checkContext(arguments[0]) ? machine.getPacket().length() : 0;
}

/// All bytes are in one piece already.
static uint64_t pullData(Machine &machine, const uint64_t *arguments) {
  if (!machine.checkContext(arguments[0]))
    return 0;
  return uint32_t(arguments[1]) > machine.getPacket().length()
             ? errorValue(ENOMEM)
             : 0;
}

static uint64_t changeTail(Machine &machine, const uint64_t *arguments) {
  if (!machine.checkContext(arguments[0]))
    return 0;
  uint64_t length = uint32_t(arguments[1]);
  if (arguments[2] || length > maxOffset || length < ETH_HLEN)
    return errorValue(EINVAL);
  return machine.getPacket().resize(length);
}

//===----------------------------------------------------------------------===//
// VLAN tags
//===----------------------------------------------------------------------===//

/// A tag in the packet: behind the addresses, its protocol and its number.
static constexpr uint32_t tagOffset = 2 * ETH_ALEN;
static constexpr uint32_t tagBytes = 4;

static uint16_t toNetwork(uint16_t value) {
  return support::endian::byte_swap<uint16_t>(value, endianness::big);
}

static bool isTag(uint16_t protocol) {
  return protocol == toNetwork(ETH_P_8021Q) ||
         protocol == toNetwork(ETH_P_8021AD);
}

/// Takes the first tag out of the packet and returns its number; nothing where
/// the packet does not begin with one.
static std::optional<uint16_t> takeTag(Packet &packet) {
  uint8_t *tag = packet.at(tagOffset, tagBytes + sizeof(uint16_t));
  if (!tag || !isTag(packet.getField("protocol")))
    return std::nullopt;
  uint16_t number = support::endian::read16be(tag + 2);
  packet.setField("protocol", support::endian::read16le(tag + tagBytes));
  packet.erase(tagOffset, tagBytes);
  return number;
}

/// The tag is kept beside the packet; one that was there goes into it.
static uint64_t pushTag(Machine &machine, const uint64_t *arguments) {
  if (!machine.checkContext(arguments[0]))
    return 0;
  Packet &packet = machine.getPacket();
  uint16_t protocol = arguments[1];
  if (!isTag(protocol))
    protocol = toNetwork(ETH_P_8021Q);
  if (packet.getField("vlan_present")) {
    packet.insert(tagOffset, tagBytes);
    uint8_t *tag = packet.at(tagOffset, tagBytes);
    support::endian::write16le(tag, packet.getField("vlan_proto"));
    support::endian::write16be(tag + 2, packet.getField("vlan_tci"));
    packet.setField("protocol", packet.getField("vlan_proto"));
  }
  packet.setField("vlan_present", 1);
  packet.setField("vlan_proto", protocol);
  packet.setField("vlan_tci", uint16_t(arguments[2]));
  return 0;
}

/// The tag beside the packet goes, else the first in it; the next one in the
/// packet takes its place.
static uint64_t popTag(Machine &machine, const uint64_t *arguments) {
  if (!machine.checkContext(arguments[0]))
    return 0;
  Packet &packet = machine.getPacket();
  if (!packet.getField("vlan_present") && !takeTag(packet))
    return 0;
  uint16_t protocol = packet.getField("protocol");
  std::optional<uint16_t> next = takeTag(packet);
  packet.setField("vlan_present", next.has_value());
  packet.setField("vlan_proto", next ? protocol : 0);
  packet.setField("vlan_tci", next.value_or(0));
  return 0;
}

//===----------------------------------------------------------------------===//
// Copying
//===----------------------------------------------------------------------===//

/// Copies `size` bytes at an offset; fills with zeros where there are fewer.
static uint64_t copyOut(Machine &machine, uint64_t offset, uint64_t address,
                        uint64_t size, int error) {
  uint8_t *buffer = machine.getWritable(address, size);
  if (!buffer)
    return 0;
  if (const uint8_t *bytes = machine.getPacket().at(offset, size)) {
    std::memmove(buffer, bytes, size);
    return 0;
  }
  std::memset(buffer, 0, size);
  return errorValue(error);
}

static uint64_t skbLoadBytes(Machine &machine, const uint64_t *arguments) {
  if (!machine.checkContext(arguments[0]))
    return 0;
  return copyOut(machine, uint32_t(arguments[1]), arguments[2],
                 uint32_t(arguments[3]), EFAULT);
}

static uint64_t skbLoadBytesRelative(Machine &machine,
                                     const uint64_t *arguments) {
  if (!machine.checkContext(arguments[0]))
    return 0;
  // Where the program does not see the Ethernet header, offsets from the IP
  // header are those from the packet's start.
  std::optional<ProgramKind> kind = machine.getProgramKind();
  bool isLink = kind && uapi::getProgramType(*kind).packetStart ==
                            uapi::PacketStart::Link;
  uint64_t base = 0;
  if (arguments[4] == BPF_HDR_START_NET)
    base = isLink ? ETH_HLEN : 0;
  else if (arguments[4] != BPF_HDR_START_MAC || !isLink)
    return copyOut(machine, UINT32_MAX, arguments[2], uint32_t(arguments[3]),
                   EFAULT);
  return copyOut(machine, base + uint32_t(arguments[1]), arguments[2],
                 uint32_t(arguments[3]), EFAULT);
}

static uint64_t xdpLoadBytes(Machine &machine, const uint64_t *arguments) {
  if (!machine.checkContext(arguments[0]))
    return 0;
  uint64_t offset = uint32_t(arguments[1]);
  uint64_t size = uint32_t(arguments[3]);
  uint8_t *buffer = machine.getWritable(arguments[2], size);
  if (!buffer)
    return 0;
  if (offset > maxOffset || size > maxOffset)
    return errorValue(EFAULT);
  const uint8_t *bytes = machine.getPacket().at(offset, size);
  if (!bytes)
    return errorValue(EINVAL);
  std::memmove(buffer, bytes, size);
  return 0;
}

/// Copies bytes of the program into the packet.
static uint64_t copyIn(Machine &machine, const uint64_t *arguments, int error) {
  uint64_t size = uint32_t(arguments[3]);
  const uint8_t *source = machine.getReadable(arguments[2], size);
  if (!source)
    return 0;
  uint8_t *bytes = machine.getPacket().at(uint32_t(arguments[1]), size);
  if (!bytes)
    return errorValue(error);
  std::memmove(bytes, source, size);
  return 0;
}

static uint64_t skbStoreBytes(Machine &machine, const uint64_t *arguments) {
  if (!machine.checkContext(arguments[0]))
    return 0;
  if (arguments[4] & ~uint64_t(BPF_F_RECOMPUTE_CSUM | BPF_F_INVALIDATE_HASH))
    return errorValue(EINVAL);
  return copyIn(machine, arguments, EFAULT);
}

static uint64_t xdpStoreBytes(Machine &machine, const uint64_t *arguments) {
  if (!machine.checkContext(arguments[0]))
    return 0;
  if (uint32_t(arguments[1]) > maxOffset || uint32_t(arguments[3]) > maxOffset)
    return errorValue(EFAULT);
  return copyIn(machine, arguments, EINVAL);
}

//===----------------------------------------------------------------------===//
// Checksums
//===----------------------------------------------------------------------===//

static uint64_t checksumDifference(Machine &machine,
                                   const uint64_t *arguments) {
  uint64_t fromSize = uint32_t(arguments[1]);
  uint64_t toSize = uint32_t(arguments[3]);
  const uint8_t *from = machine.getReadable(arguments[0], fromSize);
  const uint8_t *to = machine.getReadable(arguments[2], toSize);
  if (!from || !to)
    return 0;
  if ((fromSize | toSize) % sizeof(uint32_t))
    return errorValue(EINVAL);
  uint32_t seed = arguments[4];
  uint32_t sum =
      checksum::add(checksum::partial({to, toSize}, seed),
                    fromSize ? ~checksum::partial({from, fromSize}, 0) : 0);
  if (!fromSize && !toSize)
    sum = seed;
  return checksum::foldTo16(sum);
}

/// The checksum at an offset, or null.
static uint8_t *findChecksum(Machine &machine, uint64_t offset) {
  if (offset > maxOffset || offset % 2)
    return nullptr;
  return machine.getPacket().at(offset, sizeof(uint16_t));
}

/// What the change of a field of so many bytes makes of a checksum; nothing
/// where there is no field of that size. The two helpers sum fields of two
/// bytes in different widths, which tells in the two zeros of such sums.
static std::optional<uint16_t> replaceInChecksum(uint16_t sum, uint64_t from,
                                                 uint64_t to, unsigned size,
                                                 bool isL3) {
  switch (size) {
  case 0:
    if (from)
      return std::nullopt;
    return checksum::replaceByDifference(sum, to);
  case 2:
    return isL3 ? checksum::replace16(sum, from, to)
                : checksum::replace(sum, from, to);
  case 4:
    return checksum::replace(sum, from, to);
  default:
    return std::nullopt;
  }
}

static uint64_t replaceL3(Machine &machine, const uint64_t *arguments) {
  if (!machine.checkContext(arguments[0]))
    return 0;
  uint64_t flags = arguments[4];
  if (flags & ~uint64_t(BPF_F_HDR_FIELD_MASK))
    return errorValue(EINVAL);
  uint8_t *place = findChecksum(machine, uint32_t(arguments[1]));
  if (!place)
    return errorValue(EFAULT);
  std::optional<uint16_t> sum =
      replaceInChecksum(support::endian::read16le(place), arguments[2],
                        arguments[3], flags & BPF_F_HDR_FIELD_MASK, true);
  if (!sum)
    return errorValue(EINVAL);
  support::endian::write16le(place, *sum);
  return 0;
}

static uint64_t replaceL4(Machine &machine, const uint64_t *arguments) {
  if (!machine.checkContext(arguments[0]))
    return 0;
  uint64_t flags = arguments[4];
  constexpr uint64_t known = BPF_F_MARK_MANGLED_0 | BPF_F_MARK_ENFORCE |
                             BPF_F_PSEUDO_HDR | BPF_F_HDR_FIELD_MASK;
  if (flags & ~known)
    return errorValue(EINVAL);
  uint8_t *place = findChecksum(machine, uint32_t(arguments[1]));
  if (!place)
    return errorValue(EFAULT);
  uint16_t old = support::endian::read16le(place);
  // A UDP checksum of zero means that there is none.
  bool marksZero = flags & BPF_F_MARK_MANGLED_0;
  if (marksZero && !(flags & BPF_F_MARK_ENFORCE) && !old)
    return 0;
  std::optional<uint16_t> sum = replaceInChecksum(
      old, arguments[2], arguments[3], flags & BPF_F_HDR_FIELD_MASK, true);
  if (!sum)
    return errorValue(EINVAL);
  support::endian::write16le(place, marksZero && !*sum ? 0xffff : *sum);
  return 0;
}

//===----------------------------------------------------------------------===//
// Redirecting
//===----------------------------------------------------------------------===//

static uint64_t redirect(Machine &machine, const uint64_t *arguments) {
  bool isXDP = machine.getProgramKind() == ProgramKind::XDP;
  uint64_t known = isXDP ? 0 : uint64_t(BPF_F_INGRESS);
  if (arguments[1] & ~known)
    return isXDP ? uint64_t(XDP_ABORTED) : uint64_t(TC_ACT_SHOT);
  machine.getResult().redirection = {uint32_t(arguments[0]), nullptr};
  return isXDP ? uint64_t(XDP_REDIRECT) : uint64_t(TC_ACT_REDIRECT);
}

static uint64_t redirectPeer(Machine &machine, const uint64_t *arguments) {
  if (arguments[1])
    return TC_ACT_SHOT;
  machine.getResult().redirection = {uint32_t(arguments[0]), nullptr};
  return TC_ACT_REDIRECT;
}

static uint64_t redirectMap(Machine &machine, const uint64_t *arguments) {
  Map *map = machine.getMap(arguments[0]);
  if (!map)
    return 0;
  constexpr uint64_t actions = XDP_ABORTED | XDP_DROP | XDP_PASS | XDP_TX;
  bool hasBroadcast = map->getType() == BPF_MAP_TYPE_DEVMAP ||
                      map->getType() == BPF_MAP_TYPE_DEVMAP_HASH;
  uint64_t known =
      actions |
      (hasBroadcast ? uint64_t(BPF_F_BROADCAST | BPF_F_EXCLUDE_INGRESS) : 0);
  uint64_t flags = arguments[2];
  if (flags & ~known)
    return XDP_ABORTED;
  uint8_t key[sizeof(uint32_t)];
  support::endian::write32le(key, arguments[1]);
  if (!map->get(key) && !(flags & BPF_F_BROADCAST))
    return flags & actions;
  machine.getResult().redirection = {uint32_t(arguments[1]), map};
  return XDP_REDIRECT;
}

/// A field of the environment that belongs to the packet's socket.
template <auto field>
static uint64_t environmentValue(Machine &machine, const uint64_t *arguments) {
  return machine.getEnvironment().*field;
}

static uint64_t setHash(Machine &machine, const uint64_t *arguments) {
  if (machine.checkContext(arguments[0]))
    machine.getPacket().setField("hash", uint32_t(arguments[1]));
  return 0;
}

static uint64_t clearHash(Machine &machine, const uint64_t *arguments) {
  if (machine.checkContext(arguments[0]))
    machine.getPacket().setField("hash", 0);
  return 0;
}

static constexpr NamedHelper helpers[] = {
    {"xdp_adjust_head", adjustXDP<&Packet::adjustHead>, true},
    {"xdp_adjust_tail", adjustXDP<&Packet::adjustTail>, true},
    {"xdp_adjust_meta", adjustXDP<&Packet::adjustMeta>, true},
    {"xdp_get_buff_len", getLength},
    {"xdp_load_bytes", xdpLoadBytes},
    {"xdp_store_bytes", xdpStoreBytes},
    {"skb_pull_data", pullData, true},
    {"skb_change_tail", changeTail, true},
    {"skb_vlan_push", pushTag, true},
    {"skb_vlan_pop", popTag, true},
    {"skb_load_bytes", skbLoadBytes},
    {"skb_load_bytes_relative", skbLoadBytesRelative},
    {"skb_store_bytes", skbStoreBytes, true},
    {"csum_diff", checksumDifference},
    {"l3_csum_replace", replaceL3, true},
    {"l4_csum_replace", replaceL4, true},
    {"redirect", redirect},
    {"redirect_peer", redirectPeer},
    {"redirect_map", redirectMap},
    {"get_socket_cookie", environmentValue<&Environment::cookie>},
    {"set_hash", setHash},
    {"set_hash_invalid", clearHash},
};

ArrayRef<NamedHelper> whistler::interp::getPacketHelpers() { return helpers; }
