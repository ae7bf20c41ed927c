//===- UpperBounds.h - how large integers can be ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Bounds of integers, from what they are computed from and from the comparisons
// that control has passed.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_UPPERBOUNDS_H
#define WHISTLER_LIB_TRANSFORMS_UPPERBOUNDS_H

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Dominance.h"
#include "mlir/Interfaces/InferIntRangeInterface.h"
#include "llvm/ADT/DenseMap.h"

namespace mlir::whistler {

/// Whether the verifier takes the result for any number, whatever the operands
/// are: that of a shift whose count is no constant
/// (is_safe_to_compute_dst_reg_range in kernel/bpf/verifier.c).
bool isUnboundedForVerifier(Operation *op);

/// Finds bounds as they are asked for. Upstream's range analysis knows nothing
/// of comparisons that control depends on, which is how the verifier comes to
/// know most bounds, and neither does it follow the blocks of a loop.
class UpperBounds {
public:
  /// What is taken for known.
  enum class Knowledge {
    /// All that follows from the program.
    Everything,
    /// What the verifier finds out too. To it divisions and remainders yield
    /// any number, unless they become shifts and masks, and so do shifts by
    /// what is no constant.
    Verifier,
  };

  /// The module may not change in the lifetime of this object.
  UpperBounds(ModuleOp module, Knowledge knowledge);

  /// Whether `value`, as an unsigned integer, is less than `limit` whenever
  /// control is in `block`.
  bool isBelow(Value value, Block *block, uint64_t limit);

  /// The largest number, without a sign, that `value` may be when control is in
  /// `block`, as far as that is known.
  uint64_t getLargest(Value value, Block *block);

private:
  /// The range, found with or without following ways.
  ConstantIntRanges ask(Value value, Block *block, bool ways);

  /// A value where control is in a block.
  using Place = std::pair<Value, Block *>;

  /// All that `value` may be when control is in `block`.
  ConstantIntRanges getRange(Value value, Block *block);
  ConstantIntRanges findRange(Value value, Block *block);
  /// What holds wherever the value is defined.
  ConstantIntRanges getOwn(Value value);
  ConstantIntRanges getOfOperation(Value value, Operation *op);
  ConstantIntRanges getOfDivision(Operation *op);
  ConstantIntRanges getOfCall(CallOp call);
  ConstantIntRanges getOfSelect(arith::SelectOp op);
  ConstantIntRanges getOfArgument(BlockArgument arg);
  ConstantIntRanges getOfParameter(BlockArgument arg);
  /// A block's predecessor, and by which of its successors control leaves it.
  using Edge = Block::pred_iterator;

  /// The edges to `block` from where control can be.
  SmallVector<Edge> getEdges(Block *block);
  /// All that `value` may be when control takes that edge.
  ConstantIntRanges getOnEdge(Value value, Edge edge);
  /// What the edge gives the block's argument; null where that is unknown.
  Value getOperand(BlockArgument arg, Edge edge);
  /// What is left of `range` where `condition`, seen from `from`, `holds`.
  ConstantIntRanges constrain(ConstantIntRanges range, Value value,
                              Value condition, bool holds, Block *from);
  /// What is left where a truth value that blocks joined is one, or is none.
  ConstantIntRanges constrainByChoice(ConstantIntRanges range, Value value,
                                      BlockArgument choice, bool holds);

  DominanceInfo dominance;
  Knowledge knowledge;
  /// The calls of each function.
  DenseMap<StringAttr, SmallVector<CallOp>> calls;
  /// The values that each function returns.
  DenseMap<StringAttr, SmallVector<ReturnOp>> returns;
  /// Functions that the kernel calls too.
  DenseSet<StringAttr> calledBack;
  /// Whether the ways that meet in a block are followed one by one, or only
  /// what holds on all of them. Mostly the latter suffices, and where values
  /// depend on each other in loops it takes much less time.
  bool followsWays = false;
  /// The ranges found so far, without and with following ways.
  std::array<DenseMap<Place, ConstantIntRanges>, 2> known;
  /// Places whose range is being found, with how many were before: in a loop a
  /// range depends on itself.
  DenseMap<Place, size_t> active;
  /// The outermost active place that was met again since it was entered.
  size_t outermostMet;
  /// How many places may still be looked at for the current question.
  unsigned budget = 0;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_UPPERBOUNDS_H
