//===- BlockPieces.h - accesses that block operations become ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// How wide the loads and stores can be that copy or fill memory.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_BLOCKPIECES_H
#define WHISTLER_LIB_TRANSFORMS_BLOCKPIECES_H

#include "StackPlaces.h"

namespace mlir::whistler {

/// The alignment in bytes, at most 8, that accesses at `base + offset` have to
/// keep to. The verifier checks it for the stack on every machine. Elsewhere it
/// does so where the machine needs it, and then knows of map values and packets
/// what they are; of other memory there is no telling.
unsigned getAccessAlignment(Value base, int64_t offset);

/// Calls `access(position, width)` for pieces that cover `size` bytes, each as
/// wide as `alignmentAt(position)` allows.
void forEachPiece(int64_t size, function_ref<unsigned(int64_t)> alignmentAt,
                  function_ref<void(int64_t, int64_t)> access);

/// Places variables of `body` that are copied or filled in part such that this
/// takes as few accesses as possible: behind some bytes that nothing uses, if
/// the part is then aligned better than the whole.
void alignVariables(Operation *body);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_BLOCKPIECES_H
