//===- Packet.cpp - the context and the packet of a run ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The buffer layouts of net/bpf/test_run.c.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Interpreter/Packet.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include <cerrno>
#include <cstring>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <sys/socket.h>

using namespace llvm;
using namespace whistler;
using namespace whistler::interp;
using uapi::ContextField;
using uapi::FieldKind;
using uapi::ProgramKind;

/// One page holds the headroom, the packet and the kernel's
/// struct skb_shared_info.
static constexpr uint32_t frameBytes = 4096;
static constexpr uint32_t headroom = 256;
static constexpr uint32_t sharedInfoBytes = 320;
/// The struct xdp_frame at the start of the headroom has to stay.
static constexpr uint32_t xdpFrameBytes = 40;
static constexpr uint32_t maxMetaBytes = 252;
static constexpr uint32_t loopbackIndex = 1;

Packet::Packet(Memory &memory) : memory(memory) {
  Region region;
  region.kind = RegionKind::Context;
  region.isWritable = true;
  contextAddress = memory.add(region);
  region.kind = RegionKind::Packet;
  packetAddress = memory.add(region);
}

void Packet::updateRegion() {
  Region &region = *memory.find(packetAddress);
  region.bytes = buffer.data();
  region.begin = meta;
  region.end = end;
}

void Packet::renew() {
  Region region = *memory.find(packetAddress);
  *memory.find(packetAddress) = Region();
  // The number of the old region must not be given out again before the end.
  oldAddresses.push_back(packetAddress);
  packetAddress = memory.add(region);
}

//===----------------------------------------------------------------------===//
// Before a run
//===----------------------------------------------------------------------===//

static bool isSkb(const uapi::ContextStruct *layout) {
  return layout && layout->name == "__sk_buff";
}

std::string Packet::begin(std::optional<ProgramKind> programKind,
                          const std::optional<std::vector<uint8_t>> &packet,
                          const std::optional<std::vector<uint8_t>> &given) {
  for (uint64_t address : oldAddresses)
    memory.remove(address);
  oldAddresses.clear();
  kind = programKind;
  layout = kind ? uapi::getContextStruct(*kind) : nullptr;
  contextIn = given.value_or(std::vector<uint8_t>());
  context = contextIn;
  if (layout && context.size() > layout->size)
    return "the context has " + std::to_string(context.size()) +
           " bytes; struct " + layout->name.str() + " has " +
           std::to_string(layout->size);
  if (layout)
    context.resize(layout->size);
  hasPacket = packet.has_value();
  isNetwork = false;
  meta = data = headroom;
  buffer.assign(headroom, 0);
  if (packet)
    llvm::append_range(buffer, *packet);
  end = buffer.size();
  hardEnd = std::max(frameBytes - sharedInfoBytes, end);
  buffer.resize(hardEnd);
  std::string error;
  if (kind == ProgramKind::XDP)
    error = beginXDP();
  else if (isSkb(layout) && hasPacket)
    error = beginSkb();
  Region &region = *memory.find(contextAddress);
  region.bytes = context.data();
  region.end = context.size();
  updateRegion();
  return error;
}

/// The given context's `data` is the size of the metadata that the packet
/// begins with.
std::string Packet::beginXDP() {
  uint32_t metaBytes = getField("data");
  if (!contextIn.empty() &&
      (getField("data_meta") || getField("data_end") != length() ||
       metaBytes > length() || metaBytes % 4 || metaBytes > maxMetaBytes))
    return "the context of an XDP program has in data the size of the metadata "
           "and in data_end that of metadata and packet";
  data += metaBytes;
  if (!getField("ingress_ifindex"))
    setField("ingress_ifindex", loopbackIndex);
  return "";
}

/// The protocol of a frame as eth_type_trans finds it, in network order: what
/// is too small for a type is a length, and the frame one of IEEE 802.
static uint16_t getProtocol(const uint8_t *header) {
  uint16_t protocol, start;
  std::memcpy(&protocol, header + 2 * ETH_ALEN, sizeof(protocol));
  if (support::endian::byte_swap<uint16_t>(protocol, endianness::big) >=
      ETH_P_802_3_MIN)
    return protocol;
  std::memcpy(&start, header + ETH_HLEN, sizeof(start));
  return support::endian::byte_swap<uint16_t>(
      start == 0xffff ? ETH_P_802_3 : ETH_P_802_2, endianness::big);
}

std::string Packet::beginSkb() {
  if (length() < ETH_HLEN)
    return "a packet of this program type has at least the " +
           std::to_string(ETH_HLEN) + " bytes of its Ethernet header";
  const uint8_t *header = at(0, ETH_HLEN);
  uint16_t protocol = getProtocol(header);
  static constexpr uint8_t broadcast[ETH_ALEN] = {255, 255, 255, 255, 255, 255};
  static constexpr uint8_t loopback[ETH_ALEN] = {};
  // PACKET_HOST, _BROADCAST, _MULTICAST, _OTHERHOST of linux/if_packet.h.
  unsigned packetType = !std::memcmp(header, loopback, ETH_ALEN)    ? 0
                        : !std::memcmp(header, broadcast, ETH_ALEN) ? 1
                        : header[0] & 1                             ? 2
                                                                    : 3;
  isNetwork =
      uapi::getProgramType(*kind).packetStart != uapi::PacketStart::Link;
  if (isNetwork)
    meta = data += ETH_HLEN;
  setField("pkt_type", packetType);
  setField("protocol", protocol);
  setField("len", length());
  if (!getField("ifindex"))
    setField("ifindex", loopbackIndex);
  if (!getField("wire_len"))
    setField("wire_len", length());
  beginSocket(protocol);
  return "";
}

/// The socket that a test run gives the packet has its addresses.
void Packet::beginSocket(uint16_t protocol) {
  uint32_t start = isNetwork ? 0 : ETH_HLEN;
  if (support::endian::byte_swap<uint16_t>(protocol, endianness::big) ==
      ETH_P_IP) {
    setField("family", AF_INET);
    if (const uint8_t *header = at(start, 20)) {
      setField("local_ip4", support::endian::read32le(header + 12));
      setField("remote_ip4", support::endian::read32le(header + 16));
    }
  } else if (support::endian::byte_swap<uint16_t>(protocol, endianness::big) ==
             ETH_P_IPV6) {
    setField("family", AF_INET6);
    if (const uint8_t *header = at(start, 40)) {
      std::memcpy(&context[layout->lookup("local_ip6")->offset], header + 8,
                  16);
      std::memcpy(&context[layout->lookup("remote_ip6")->offset], header + 24,
                  16);
    }
  }
}

//===----------------------------------------------------------------------===//
// After a run
//===----------------------------------------------------------------------===//

std::vector<uint8_t> Packet::getPacketOut() const {
  std::vector<uint8_t> result(isNetwork ? ETH_HLEN : 0);
  if (hasPacket)
    result.insert(result.end(), buffer.begin() + meta, buffer.begin() + end);
  return result;
}

std::vector<uint8_t> Packet::getContextOut() const {
  if (!layout)
    return context;
  std::vector<uint8_t> result = contextIn;
  if (result.empty())
    return result;
  if (!hasPacket)
    return context;
  result.resize(layout->size);
  auto put = [&](StringRef name, uint32_t value) {
    support::endian::write32le(&result[layout->lookup(name)->offset], value);
  };
  if (kind == ProgramKind::XDP) {
    put("data", metaLength());
    put("data_end", end - meta);
    return result;
  }
  static constexpr StringLiteral converted[] = {
      "mark", "priority", "ingress_ifindex", "ifindex", "tstamp",
      "cb",   "wire_len", "gso_segs",        "hwtstamp"};
  if (isSkb(layout))
    for (StringRef name : converted) {
      const ContextField *field = layout->lookup(name);
      std::copy_n(context.begin() + field->offset, field->totalSize(),
                  result.begin() + field->offset);
    }
  return isSkb(layout) ? result : context;
}

//===----------------------------------------------------------------------===//
// Context fields
//===----------------------------------------------------------------------===//

/// The field that yields a pointer and shares bytes with the given ones.
static const ContextField *findPointer(const uapi::ContextStruct *layout,
                                       uint32_t offset, unsigned size) {
  if (!layout)
    return nullptr;
  for (const ContextField &field : layout->fields)
    if ((field.kind == FieldKind::Packet ||
         field.kind == FieldKind::PacketEnd ||
         field.kind == FieldKind::PacketMeta) &&
        offset < field.offset + field.size && field.offset < offset + size)
      return &field;
  return nullptr;
}

bool Packet::isPointer(uint32_t offset, unsigned size) const {
  return findPointer(layout, offset, size);
}

bool Packet::loadPointer(uint32_t offset, unsigned size,
                         std::optional<uint64_t> &value) const {
  const ContextField *field = findPointer(layout, offset, size);
  if (!field)
    return false;
  if (field->offset == offset && field->size == size)
    value = packetAddress + (field->kind == FieldKind::Packet      ? data
                             : field->kind == FieldKind::PacketEnd ? end
                                                                   : meta);
  return true;
}

uint64_t Packet::getField(StringRef name) const {
  const ContextField *field = layout->lookup(name);
  uint64_t value = 0;
  if (field)
    std::memcpy(&value, &context[field->offset],
                std::min<size_t>(field->size, sizeof(value)));
  return value;
}

void Packet::setField(StringRef name, uint64_t value) {
  if (const ContextField *field = layout->lookup(name))
    std::memcpy(&context[field->offset], &value,
                std::min<size_t>(field->size, sizeof(value)));
}

//===----------------------------------------------------------------------===//
// Changing the packet
//===----------------------------------------------------------------------===//

uint8_t *Packet::at(uint64_t offset, uint64_t size) {
  if (offset > length() || size > length() - offset)
    return nullptr;
  return buffer.data() + data + offset;
}

int64_t Packet::adjustHead(int64_t delta) {
  int64_t start = int64_t(data) + delta;
  if (start < int64_t(xdpFrameBytes + metaLength()) ||
      start > int64_t(end) - ETH_HLEN)
    return -EINVAL;
  std::memmove(&buffer[meta + delta], &buffer[meta], metaLength());
  meta += delta;
  data += delta;
  updateRegion();
  return 0;
}

int64_t Packet::adjustTail(int64_t delta) {
  int64_t stop = int64_t(end) + delta;
  if (stop > int64_t(hardEnd) || stop < int64_t(data) + ETH_HLEN)
    return -EINVAL;
  if (delta > 0)
    std::fill_n(buffer.begin() + end, delta, 0);
  end = stop;
  updateRegion();
  return 0;
}

int64_t Packet::adjustMeta(int64_t delta) {
  int64_t start = int64_t(meta) + delta;
  if (start < int64_t(xdpFrameBytes) || start > int64_t(data))
    return -EINVAL;
  uint32_t bytes = data - start;
  if (bytes % 4 || bytes > maxMetaBytes)
    return -EACCES;
  meta = start;
  updateRegion();
  return 0;
}

int64_t Packet::resize(uint64_t size) {
  buffer.resize(std::max<size_t>(buffer.size(), data + size));
  if (data + size > end)
    std::fill(buffer.begin() + end, buffer.begin() + data + size, 0);
  end = data + size;
  if (layout)
    setField("len", length());
  updateRegion();
  return 0;
}

void Packet::insert(uint32_t offset, uint32_t count) {
  uint32_t old = length();
  resize(uint64_t(old) + count);
  uint8_t *start = buffer.data() + data + offset;
  std::memmove(start + count, start, old - offset);
  std::memset(start, 0, count);
}

void Packet::erase(uint32_t offset, uint32_t count) {
  uint8_t *start = buffer.data() + data + offset;
  std::memmove(start, start + count, length() - offset - count);
  resize(length() - count);
}
