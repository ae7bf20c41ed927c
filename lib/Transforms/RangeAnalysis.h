//===- RangeAnalysis.h - constants and ranges of values ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What the values of one body can be.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_RANGEANALYSIS_H
#define WHISTLER_LIB_TRANSFORMS_RANGEANALYSIS_H

#include "mlir/IR/Operation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferIntRangeInterface.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

#include <deque>

namespace mlir::whistler {

/// Constants, and ranges of integers, along the control flow that they leave
/// possible: sparse conditional constant propagation (Wegman and Zadeck, 1991)
/// with `InferIntRangeInterface`. Of what changes in a loop nothing is known.
///
/// Upstream's `IntegerRangeAnalysis` finds the same, but `DataFlowSolver` keeps
/// a hash table of a kilobyte for each value and each program point, and most
/// of the time goes into memory that is touched for the first time.
class RangeAnalysis {
public:
  /// Looks at `body`, a program or function, once. The results of operations
  /// for which `isUnbounded` holds are taken for any number.
  explicit RangeAnalysis(Operation *body,
                         bool (*isUnbounded)(Operation *) = nullptr);

  /// What the integer `value` can be; null for what is no integer, is never
  /// computed, or has been made since.
  const ConstantIntRanges *getRange(Value value) const;

  /// The only thing that `value` can be; null if there are several, or nothing
  /// is known.
  Attribute getConstant(Value value) const;

private:
  /// What a value can be: a range for an integer, for others a constant or,
  /// as a null attribute, anything.
  struct State {
    std::optional<ConstantIntRanges> range;
    Attribute constant;
  };

  static State getAnything(Value value);
  const State *lookup(Value value) const;
  bool isDerivedConstant(Value value) const;
  SmallVector<Attribute> getConstants(OperandRange operands) const;
  void run();
  void enqueue(Block *block);
  void visit(Block &block);
  void visit(Operation *op);
  bool inferRanges(Operation *op);
  bool fold(Operation *op);
  void visitTerminator(Operation *op);
  void visitEdge(Operation *branch, unsigned index);
  void join(Value value, const State &state);

  Region &region;
  bool (*isUnbounded)(Operation *);
  DenseMap<Value, unsigned> numbers;
  /// By number; never copied, so that little memory is touched.
  std::deque<State> states;
  /// The blocks in an order in which what dominates others comes first, and
  /// where each stands.
  SmallVector<Block *> order;
  DenseMap<Block *, unsigned> positions;
  /// By position: the blocks that control can come to, and those to look at
  /// again. None of the latter is before `next`.
  llvm::BitVector executed, pending;
  unsigned next = 0;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_RANGEANALYSIS_H
