//===- Protocols.h - Packet headers -----------------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The accessors of the built-in protocol headers.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UAPI_PROTOCOLS_H
#define WHISTLER_UAPI_PROTOCOLS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace whistler::uapi {

/// One accessor of a protocol header.
///
/// The value of a field is found in four steps: load `width` bytes at `offset`,
/// swap them if `netOrder`, shift right by `shift`, and with `mask`. Storing
/// goes the other way and keeps the bits outside `mask << shift`.
struct ProtocolField {
  /// The accessor's name: "tcp-dst-port".
  llvm::StringRef name;
  /// Bytes from the start of the header.
  uint16_t offset;
  /// Bytes to load: 1, 2, 4 or 8. For an address, the bytes there are.
  uint8_t width;
  /// The accessor yields the address of the field and no value: MAC and IPv6
  /// addresses, which no register holds.
  bool isAddress;
  /// The value is converted between network and host order.
  bool netOrder;
  uint8_t shift;
  /// All ones of the width where the field fills its bytes.
  uint64_t mask;

  /// The field is a part of what is loaded.
  bool isPartial() const {
    return !isAddress &&
           (shift != 0 || mask != ~uint64_t(0) >> (64 - 8 * width));
  }
};

/// One protocol header.
struct ProtocolHeader {
  /// "tcp"
  llvm::StringRef name;
  /// Bytes of the header without options.
  uint32_t size;
  llvm::ArrayRef<ProtocolField> fields;
};

/// All protocol headers.
llvm::ArrayRef<ProtocolHeader> getProtocolHeaders();

/// The header of that name ("ipv4"), in any letter case, or null.
const ProtocolHeader *lookupProtocolHeader(llvm::StringRef name);

/// The accessor of that name ("ipv4-ttl"), in any letter case, or null.
const ProtocolField *lookupProtocolField(llvm::StringRef name);

} // namespace whistler::uapi

#endif // WHISTLER_UAPI_PROTOCOLS_H
