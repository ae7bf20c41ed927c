//===- BlockOrder.h - which block follows which -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Puts the blocks of a function in order.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BLOCKORDER_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BLOCKORDER_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"

namespace mlir::bpf {

/// Orders the blocks of `func`, which are all reachable, such that only the
/// edges of loops go back, and that many blocks are followed by a successor.
void orderBlocks(FuncOp func);

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BLOCKORDER_H
