//===- BitLiveness.h - liveness of numbered things --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A backward data flow analysis on sets of numbers, such as those of stack
// slots or of their bytes.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BITLIVENESS_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BITLIVENESS_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

namespace mlir::bpf {

class BitLiveness {
public:
  /// Finds out what is live, where `passBackward` makes what is live behind a
  /// block what is live in front of it. There are `numBits` numbers.
  void solve(FuncOp func, unsigned numBits,
             llvm::function_ref<void(Block *, llvm::BitVector &)> passBackward);

  /// What is live at the end of `block`.
  llvm::BitVector getLiveOut(Block *block) const;

private:
  unsigned numBits = 0;
  llvm::DenseMap<Block *, llvm::BitVector> liveIn;
};

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BITLIVENESS_H
