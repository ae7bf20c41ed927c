//===- SlotSharing.h - several values in one stack slot ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lets stack slots share their place.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_SLOTSHARING_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_SLOTSHARING_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"

namespace mlir::bpf {

/// Replaces slots by others of `slots` whose content is never needed at the
/// same time. All are of one size, and accessed as a whole and by `bpf.load`
/// and `bpf.store` only.
void shareSlots(FuncOp func, ArrayRef<SlotOp> slots);

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_SLOTSHARING_H
