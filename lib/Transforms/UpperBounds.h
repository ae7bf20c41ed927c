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

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Dominance.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace mlir::whistler {

/// Finds bounds as they are asked for. Upstream's range analysis knows nothing
/// of comparisons that control depends on, which is how the verifier comes to
/// know most bounds, and neither does it follow the blocks of a loop.
class UpperBounds {
public:
  /// Whose conclusions are drawn. Verifiers know nothing of quotients and
  /// remainders (adjust_scalar_min_max_vals in kernel/bpf/verifier.c), and
  /// before Linux 6.8 nothing from comparing two registers.
  enum class Knowledge { All, Verifier };

  /// The module's calls and blocks may not change in the lifetime of this
  /// object.
  explicit UpperBounds(ModuleOp module, Knowledge knowledge = Knowledge::All);

  /// The largest value, as an unsigned integer, that `value` may have when
  /// control is in `block`.
  uint64_t get(Value value, Block *block);

private:
  /// The bound that holds wherever the value is defined.
  uint64_t getOwn(Value value);
  uint64_t getOfOperation(Value value, Operation *op);
  uint64_t getOfDifference(Value lhs, Value rhs, Block *block);
  uint64_t getOfArgument(BlockArgument arg);
  uint64_t getOfParameter(BlockArgument arg);
  uint64_t getOnEdge(Value value, Block *from, Block *to);
  /// What a comparison on the way from `from` to `to` says of `value`.
  struct Limits;
  static void raiseMin(arith::CmpIPredicate predicate, uint64_t constant,
                       Limits &limits);
  void applyEdge(Value value, Block *from, Block *to, Limits &limits);
  /// The same of all comparisons that control has passed.
  void applyDominators(Value value, Block *block, Limits &limits);
  /// The smallest value that comparisons with constants leave.
  uint64_t getMin(Value value, Block *block);

  Knowledge knowledge;
  DominanceInfo dominance;
  /// Functions that helpers call, with arguments of their own.
  DenseSet<StringAttr> addressed;
  DenseMap<StringAttr, SmallVector<Operation *>> calls;
  /// Arguments whose bound is being found: in a loop it depends on itself.
  DenseSet<Value> active;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_UPPERBOUNDS_H
