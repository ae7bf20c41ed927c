//===- Packet.h - the context and the packet of a run -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A packet with room around it, and the context that points to it.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_INTERPRETER_PACKET_H
#define WHISTLER_INTERPRETER_PACKET_H

#include "Whistler/Interpreter/Memory.h"
#include "Whistler/UAPI/Contexts.h"

#include <optional>
#include <string>

namespace whistler::interp {

/// What a program's context argument points to, and the packet, where there is
/// one. The kernel's BPF_PROG_TEST_RUN (net/bpf/test_run.c) tells what fields
/// start with and which ones come back.
class Packet {
public:
  explicit Packet(Memory &memory);

  /// Prepares a run; returns a message where the input does not fit.
  std::string begin(std::optional<uapi::ProgramKind> kind,
                    const std::optional<std::vector<uint8_t>> &packet,
                    const std::optional<std::vector<uint8_t>> &context);

  /// The packet, its metadata included, and the context after the run.
  std::vector<uint8_t> getPacketOut() const;
  std::vector<uint8_t> getContextOut() const;

  uint64_t getContextAddress() const { return contextAddress; }
  /// Whether the address is that of a context field that yields a pointer to
  /// the packet. `value` is then that pointer, if the whole field is loaded.
  bool loadPointer(uint32_t offset, unsigned size,
                   std::optional<uint64_t> &value) const;
  /// Whether a store of `size` bytes would hit such a field.
  bool isPointer(uint32_t offset, unsigned size) const;

  bool exists() const { return hasPacket; }
  uint32_t length() const { return end - data; }
  uint32_t metaLength() const { return data - meta; }
  /// The bytes from an offset from the packet's start, or null where it has
  /// fewer.
  uint8_t *at(uint64_t offset, uint64_t size);

  /// Move the ends, as the XDP helpers of those names do. Return 0 or a
  /// negative error number.
  int64_t adjustHead(int64_t delta);
  int64_t adjustTail(int64_t delta);
  int64_t adjustMeta(int64_t delta);
  /// Changes the length of a socket buffer; new bytes are zero.
  int64_t resize(uint64_t length);
  /// Inserts zero bytes at an offset, or removes bytes there.
  void insert(uint32_t offset, uint32_t count);
  void erase(uint32_t offset, uint32_t count);

  /// Gives the packet another address: older pointers become invalid.
  void renew();

  /// A scalar field of the context.
  uint64_t getField(llvm::StringRef name) const;
  void setField(llvm::StringRef name, uint64_t value);

private:
  std::string beginXDP();
  std::string beginSkb();
  void beginSocket(uint16_t protocol);
  void updateRegion();

  Memory &memory;
  std::optional<uapi::ProgramKind> kind;
  const uapi::ContextStruct *layout = nullptr;
  std::vector<uint8_t> context;
  std::vector<uint8_t> contextIn;
  uint64_t contextAddress;

  bool hasPacket = false;
  /// Whether the packet was stripped of its Ethernet header.
  bool isNetwork = false;
  std::vector<uint8_t> buffer;
  uint32_t meta = 0;
  uint32_t data = 0;
  uint32_t end = 0;
  /// Where the tail may grow to.
  uint32_t hardEnd = 0;
  uint64_t packetAddress;
  /// Addresses that it had before in the same run.
  std::vector<uint64_t> oldAddresses;
};

} // namespace whistler::interp

#endif // WHISTLER_INTERPRETER_PACKET_H
