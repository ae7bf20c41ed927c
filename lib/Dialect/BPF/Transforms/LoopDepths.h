//===- LoopDepths.h - how often a block is executed -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The nesting of loops, and the estimate of executions that follows from it.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_LOOPDEPTHS_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_LOOPDEPTHS_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "mlir/Analysis/CFGLoopInfo.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/PostOrderIterator.h"

namespace mlir::bpf {

/// The loops of a function as it is now.
class LoopDepths {
public:
  explicit LoopDepths(FuncOp func) {
    // Most functions have no loop, which takes less to see than dominators do;
    // and MLIR has no dominance tree for a single block.
    if (!func.getBody().hasOneBlock() && hasCycle(func))
      loops.emplace(dominance.getDomTree(&func.getBody()));
  }

  /// The number of loops around `block`.
  unsigned getDepth(Block *block) const {
    return loops ? loops->getLoopDepth(block) : 0;
  }

  /// The innermost loop around `block`, or null.
  CFGLoop *getLoop(Block *block) const {
    return loops ? loops->getLoopFor(block) : nullptr;
  }

  /// An estimate of how often `block` is executed for each execution of the
  /// function.
  double getFrequency(Block *block) const {
    constexpr unsigned maxDepth = 6;
    double result = 1;
    for (unsigned depth = std::min(getDepth(block), maxDepth); depth > 0;
         --depth)
      result *= 10;
    return result;
  }

private:
  /// Whether control may come to a block again.
  static bool hasCycle(FuncOp func) {
    llvm::DenseSet<Block *> passed;
    passed.reserve(func.getBody().getBlocks().size());
    for (Block *block :
         llvm::ReversePostOrderTraversal<Block *>(&func.getBody().front())) {
      passed.insert(block);
      // In this order, all but jumps back lead to later blocks.
      for (Block *successor : block->getSuccessors())
        if (passed.contains(successor))
          return true;
    }
    return false;
  }

  DominanceInfo dominance;
  std::optional<CFGLoopInfo> loops;
};

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_LOOPDEPTHS_H
