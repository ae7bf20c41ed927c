//===- StackPlaces.h - where pointers point to ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Follows pointers to variables on the stack and to other roots.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_STACKPLACES_H
#define WHISTLER_LIB_TRANSFORMS_STACKPLACES_H

#include "Whistler/Transforms/Passes.h"

namespace mlir::whistler {

/// A constant distance from what pointer arithmetic starts from.
struct Place {
  Value root;
  /// In bytes; the additions wrap as those of addresses do.
  int64_t offset;
};

/// The place `offset` bytes from `pointer`, behind casts and additions of
/// constants.
Place getPlace(Value pointer, int64_t offset = 0);

/// Whether the address of `alloca` is kept anywhere but in the operands of the
/// operations that use it: then what does not name it may read it all the same.
bool isAddressKept(Value pointer);

/// Whether `value` may be an address in `alloca`.
bool mayPointTo(Value value, AllocaOp alloca);

/// The alignment of `alloca`, in bytes.
int64_t getAlignment(AllocaOp alloca);

/// The alignment of what `root` points to, in bytes, as far as it is known.
int64_t getAlignment(Value root);

/// Whether `size` bytes at `offset` from `root` can be accessed at once.
bool canAccess(Value root, int64_t offset, int64_t size);

/// Whether the `size` bytes from `offset` on belong to the map value that
/// `root`, a lookup's result, points to.
bool isInMapValue(Value root, int64_t offset, int64_t size);

/// Whether there is so much room on the stack of `body` that some bytes more
/// make no difference to anything that it calls or is called by.
bool hasRoomOnStack(Operation *body);

/// Puts `alloca` `shift` bytes behind the start of a larger variable, whose
/// words are aligned, and returns that.
Value shiftVariable(AllocaOp alloca, int64_t shift);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_STACKPLACES_H
