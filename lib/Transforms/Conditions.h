//===- Conditions.h - what conditions tell of each other --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Decides conditions by others that are known to hold, or not to.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_CONDITIONS_H
#define WHISTLER_LIB_TRANSFORMS_CONDITIONS_H

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Dominance.h"

namespace mlir::whistler {

/// A block's predecessor, and by which of its successors control leaves it.
using Edge = Block::pred_iterator;

/// What stands for a value where it is looked at: on an edge, the operand for a
/// block's argument.
using Resolver = function_ref<Value(Value)>;

/// The pointer as it was before it was cast.
Value stripCasts(Value pointer);

/// A comparison of one quantity, with a constant where there is one.
struct Comparison {
  /// An integer, or a pointer that is compared with null or another; or what a
  /// distance is measured from.
  Value lhs;
  /// The packet's end, if the quantity is the distance from `lhs` to it.
  Value end;
  arith::CmpIPredicate predicate;
  /// What it is compared with: this,
  Value rhs;
  /// or the constant.
  std::optional<APInt> constant;

  /// What `condition` compares; none if it is no comparison.
  static std::optional<Comparison> get(Value condition, Resolver resolve);
  static std::optional<Comparison> get(Value condition);

  Comparison inverted() const;
  Comparison swapped() const;
};

/// Whether two values are the same wherever both are defined, because they are,
/// or are computed from the same in the same way. `value` is looked at through
/// `resolve`.
bool isSameValue(Value value, Value other, Resolver resolve);
bool isSameValue(Value value, Value other);

/// The dominators of a body's blocks, while edges are led elsewhere.
class Dominators {
public:
  explicit Dominators(Operation *body) : info(body) {}

  bool dominates(Block *block, Block *other) {
    return info.dominates(block, other);
  }
  /// The block that control passes last of those that it passes in any case on
  /// the way to `block`; null if none is known.
  Block *getImmediate(Block *block);
  /// Tells that control comes to what `block` dominates by other ways, too.
  void notifyRepeated(Block *block) { repeated.insert(block); }

private:
  DominanceInfo info;
  /// That of the body, when it was asked for.
  llvm::DominatorTreeBase<Block, false> *tree = nullptr;
  DenseSet<Block *> repeated;
};

/// Conditions of which it is known whether they hold.
class KnownConditions {
public:
  /// What is known where `condition` holds, or where it does not.
  static KnownConditions ofOutcome(Value condition, bool holds);
  /// What is known where control takes `edge`.
  static KnownConditions onEdge(Edge edge, Dominators &dominators);
  /// What is known where control is in `block`.
  static KnownConditions inBlock(Block *block, Dominators &dominators);

  /// Whether `condition` holds, if that is known.
  std::optional<bool> decide(Value condition, Resolver resolve) const;

  /// How many bytes the packet has from `pointer` at least.
  int64_t getLeastLength(Value pointer) const;
  /// Whether `pointer`, which is no cast, was compared with null and is not.
  bool isNotNull(Value pointer) const;

  struct Fact {
    Value condition;
    bool holds;
    /// The comparison that holds, if the condition is one.
    std::optional<Comparison> comparison;
  };
  /// The conditions, the nearest first.
  ArrayRef<Fact> getFacts() const { return facts; }

private:
  void add(Value condition, bool holds);
  void addFromEdge(Block *from, unsigned successor);
  void addFromDominators(Block *block, Dominators &dominators);
  std::optional<bool> decide(Value condition, Resolver resolve,
                             unsigned depth) const;
  std::optional<bool> decideComparison(const Comparison &asked,
                                       Resolver resolve, unsigned depth) const;
  std::optional<bool> decideByFacts(const Comparison &asked,
                                    Resolver resolve) const;

  SmallVector<Fact> facts;
};

/// Drops the tests of the packet's length that those before them decide, as
/// they may where pointers to it have become one. The verifier does not decide
/// them: to it, what is compared once more is behind the packet's end where the
/// test fails, and must not be used there.
void decideLengthTests(Operation *body);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_CONDITIONS_H
