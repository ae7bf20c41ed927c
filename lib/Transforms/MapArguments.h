//===- MapArguments.h - keys and values of map operations -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What map operations take by address.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_MAPARGUMENTS_H
#define WHISTLER_LIB_TRANSFORMS_MAPARGUMENTS_H

#include "MemoryClobbers.h"

namespace mlir::whistler {

/// The operands of `op` that are keys or values: the key first.
SmallVector<OpOperand *, 2> getMapArguments(Operation *op);

/// Adds `delta` to the map value at `pointer`.
void emitAddition(OpBuilder &builder, Location loc, Value pointer, Value delta,
                  bool isAtomic);

/// Gives the helpers the address of what was loaded to be a key or value, where
/// the bytes still are what they were.
void passInPlace(Operation *body, const MemoryClobbers &clobbers);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_MAPARGUMENTS_H
