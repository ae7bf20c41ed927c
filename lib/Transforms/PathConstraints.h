//===- PathConstraints.h - what a way through a program asks ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Expressions of a program's inputs, and inputs for which conditions hold.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_PATHCONSTRAINTS_H
#define WHISTLER_LIB_TRANSFORMS_PATHCONSTRAINTS_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Operation.h"
#include "llvm/ADT/APInt.h"
#include "llvm/ADT/SmallVector.h"

#include <deque>
#include <optional>

namespace mlir::whistler {

/// An integer, computed from what a program cannot know beforehand.
struct Expression {
  enum class Kind {
    Constant,
    /// A number that may be anything up to a limit: bytes of a packet, say.
    Input,
    /// The result of an operation.
    Computed,
    /// The comparison of an expression with `constant`.
    Comparison,
  };
  Kind kind;
  APInt constant = APInt();
  unsigned input = 0;
  Operation *op = nullptr;
  arith::CmpIPredicate predicate = arith::CmpIPredicate::eq;
  SmallVector<const Expression *, 2> operands = {};
};

/// Makes expressions, and keeps them.
class ExpressionPool {
public:
  const Expression *make(Expression expression) {
    pool.push_back(std::move(expression));
    return &pool.back();
  }
  const Expression *makeConstant(APInt value);
  const Expression *makeInput(unsigned input);
  const Expression *makeComparison(arith::CmpIPredicate predicate,
                                   const Expression *lhs, APInt constant);

private:
  std::deque<Expression> pool;
};

/// Conditions on a way through a program, with inputs for which all of them
/// hold: a witness that control can go that way.
class PathConstraints {
public:
  /// `remaining` is how many operations may still be folded to look for inputs,
  /// for this way and others that share the number.
  explicit PathConstraints(unsigned *remaining = nullptr)
      : remaining(remaining) {}

  /// An input that may be any number of that many bits, up to `max`.
  unsigned addInput(unsigned width, uint64_t max = UINT64_MAX);

  /// Looks for inputs for which `condition` also holds, or does not. Where none
  /// are found there may be some all the same; nothing is added then.
  bool add(const Expression *condition, bool holds);

  /// The value of an expression for the inputs found; none where it cannot be
  /// computed.
  std::optional<APInt> evaluate(const Expression *expression);

private:
  struct Constraint {
    const Expression *condition;
    bool holds;
    SmallVector<unsigned, 2> inputs;
  };

  std::optional<APInt> compute(const Expression *expression);
  bool isMet(const Constraint &constraint);
  /// Whether all conditions on `input` hold.
  bool areMetFor(unsigned input);
  SmallVector<APInt> getCandidates(unsigned input) const;
  bool solve(ArrayRef<unsigned> free);

  SmallVector<APInt> values;
  SmallVector<uint64_t> limits;
  SmallVector<Constraint> constraints;
  /// How many operations may still be folded for the condition at hand.
  unsigned effort = 0;
  unsigned *remaining;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_PATHCONSTRAINTS_H
