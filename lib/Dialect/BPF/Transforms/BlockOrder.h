//===- BlockOrder.h - which block follows which -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Puts the blocks of a function in order, and tells what an order costs.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BLOCKORDER_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BLOCKORDER_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"

namespace mlir::bpf {

/// What the jumps of an order cost.
struct JumpCost {
  /// The unconditional jumps, and exits in their place.
  unsigned slots = 0;
  /// How often they are executed, roughly.
  double executed = 0;
  /// How often control does not go on to the next instruction, roughly.
  double taken = 0;

  JumpCost &operator+=(const JumpCost &other) {
    slots += other.slots;
    executed += other.executed;
    taken += other.taken;
    return *this;
  }
  bool operator<(const JumpCost &other) const {
    return std::tie(slots, executed, taken) <
           std::tie(other.slots, other.executed, other.taken);
  }
};

/// The functions with at most this many blocks are searched for their best
/// order.
inline constexpr unsigned maxSearchedBlocks = 128;

/// An order of the reachable blocks of a function.
struct BlockOrder {
  std::vector<Block *> blocks;
  /// The cost; only known of functions that were searched.
  JumpCost cost;
};

/// Finds an order of the reachable blocks of `func` in which only the edges of
/// loops go back, and in which many blocks are followed by a successor. With a
/// larger `beamWidth` the search takes longer and finds more.
BlockOrder findBlockOrder(FuncOp func, unsigned beamWidth);

/// The number of slots of an operation, jumps to the next block not counted.
unsigned getSlots(Operation *op);

/// The number of slots of the reachable blocks of `func`, in the best order
/// that was found.
unsigned countSlots(FuncOp func);

/// Orders the blocks of `func`, which are all reachable.
void orderBlocks(FuncOp func);

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_BLOCKORDER_H
