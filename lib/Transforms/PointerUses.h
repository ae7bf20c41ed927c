//===- PointerUses.h - what the verifier asks of pointers -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The uses of pointers that have to be behind a check.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_POINTERUSES_H
#define WHISTLER_LIB_TRANSFORMS_POINTERUSES_H

#include "Conditions.h"

namespace mlir::whistler {

/// A use of a pointer that may not be null, and where it points to memory.
struct PointerUse {
  Operation *op;
  Value pointer;
  /// The bytes that are accessed, from the pointer; none where that is not
  /// known.
  int64_t offset = 0;
  int64_t size = 0;
  bool isWrite = false;
};

/// The uses of pointers by `op`.
SmallVector<PointerUse> getPointerUses(Operation *op);

/// The call of `op`, if it is one of that helper; null otherwise.
HelperCallOp getHelperCall(Operation *op, StringRef helper);

/// Whether `op` gives out a record of a ring buffer, or null.
bool isReservation(Operation *op);
/// Whether `op` submits or discards a record.
bool isRelease(Operation *op);
/// Whether `op` may move the packet, which makes pointers into it useless.
bool movesPacket(Operation *op);

/// What a pointer is computed from, over whatever distance.
Value getRoot(Value pointer);

/// Whether the verifier takes what `op` yields for a pointer or null.
bool yieldsPointerOrNull(Operation *op);

/// Whether `pointer` is a packet's start, as the context has it.
bool isPacketStart(Value pointer);

/// Whether a check that control has passed in any case shows what `use` needs.
/// Where it does not, several may do so together.
bool isChecked(const PointerUse &use, const KnownConditions &known);

/// Whether a record is not released by that name on some way from where it was
/// reserved.
bool mayBeLeft(Operation *reservation);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_POINTERUSES_H
