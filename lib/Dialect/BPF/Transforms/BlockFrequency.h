//===- BlockFrequency.h - how likely a block is executed --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// An estimate, from the shape of the conditions.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BLOCKFREQUENCY_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BLOCKFREQUENCY_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace mlir::bpf {

/// How often each block is executed for each execution of the function. What a
/// null pointer or a packet that is too short leads to is unlikely, and so is
/// leaving a loop; of other conditions both outcomes are equally likely.
class BlockFrequency {
public:
  /// `blocks` are the reachable blocks of a function in reverse postorder.
  explicit BlockFrequency(ArrayRef<Block *> blocks);
  explicit BlockFrequency(FuncOp func);

  double get(Block *block) const { return frequencies.lookup(block); }

  /// How often control goes from `block` to its successor number `index`.
  double getOfEdge(Block *block, unsigned index) const;

  /// Whether control leaves a loop where it goes from `block` to `successor`.
  bool leavesLoop(Block *block, Block *successor) const;

private:
  void findLoop(Block *latch, Block *head);
  double getProbability(Block *block, unsigned index) const;
  bool isBackEdge(Block *from, Block *to) const {
    return numbers.lookup(to) <= numbers.lookup(from);
  }

  llvm::DenseMap<Block *, unsigned> numbers;
  /// The blocks of each loop, by its first one.
  llvm::MapVector<Block *, llvm::SmallPtrSet<Block *, 8>> loops;
  llvm::DenseMap<Block *, double> frequencies;
};

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BLOCKFREQUENCY_H
