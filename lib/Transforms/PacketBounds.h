//===- PacketBounds.h - what is known to be in the packet -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Which bytes of the packet can be read at a place.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_PACKETBOUNDS_H
#define WHISTLER_LIB_TRANSFORMS_PACKETBOUNDS_H

#include "mlir/IR/Value.h"

namespace mlir::whistler {

/// The farthest place in a packet of which a comparison convinces the verifier,
/// in bytes from its start (MAX_PACKET_OFF in kernel/bpf/verifier.c).
inline constexpr int64_t maxPacketOffset = 0xffff;

/// Whether `end` bytes from `base` on are in the packet wherever control is in
/// `block`.
bool isInPacket(Value base, int64_t end, Block *block);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_PACKETBOUNDS_H
