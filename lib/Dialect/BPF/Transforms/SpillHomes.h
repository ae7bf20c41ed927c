//===- SpillHomes.h - registers for spilled values --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Moves values from the stack to registers that have become free.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_SPILLHOMES_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_SPILLHOMES_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"

namespace mlir::bpf {

/// Looks at `slots`, each of which keeps one register's content. Where the
/// register still has it when a register becomes free that calls preserve, the
/// content is moved there for those loads that would have come later, if that
/// takes fewer instructions. The store stays.
void moveSpillsToRegisters(FuncOp func, ArrayRef<SlotOp> slots);

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_SPILLHOMES_H
