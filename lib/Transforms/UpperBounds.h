//===- UpperBounds.h - how large integers can be ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Upper bounds of integers, from what they are computed from and from the
// comparisons that control has passed.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_UPPERBOUNDS_H
#define WHISTLER_LIB_TRANSFORMS_UPPERBOUNDS_H

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/IR/Dominance.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace mlir::whistler {

/// Finds bounds as they are asked for. Upstream's range analysis knows nothing
/// of comparisons that control depends on, which is how the verifier comes to
/// know most bounds, and neither does it follow the blocks of a loop.
class UpperBounds {
public:
  /// The module may not change in the lifetime of this object.
  explicit UpperBounds(ModuleOp module);

  /// The largest value, as an unsigned integer, that `value` may have when
  /// control is in `block`.
  uint64_t get(Value value, Block *block);

private:
  /// The bound that holds wherever the value is defined.
  uint64_t getOwn(Value value);
  uint64_t getOfOperation(Value value, Operation *op);
  uint64_t getOfArgument(BlockArgument arg);
  uint64_t getOfParameter(BlockArgument arg);
  uint64_t getOnEdge(Value value, Block *from, Block *to);
  /// What a comparison on the way from `from` to `to` says of `value`.
  struct Limits;
  void applyEdge(Value value, Block *from, Block *to, Limits &limits);

  DominanceInfo dominance;
  DenseMap<StringAttr, SmallVector<Operation *>> calls;
  /// Arguments whose bound is being found: in a loop it depends on itself.
  DenseSet<Value> active;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_UPPERBOUNDS_H
