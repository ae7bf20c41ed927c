//===- MaskedTest.h - equality of some bits of a value ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Comparisons for equality with a constant, reduced to bits of the value that
// the compared one is computed from.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_MASKEDTEST_H
#define WHISTLER_LIB_TRANSFORMS_MASKEDTEST_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/APInt.h"

namespace mlir::whistler {

/// `(value & mask) == expected`, with constants of the value's width, and no
/// bits in `expected` that are not in `mask`.
struct MaskedTest {
  Value value;
  APInt mask;
  APInt expected;

  /// The test that `op` makes, on the operand of `op` itself. None for other
  /// comparisons than (in)equality with a constant, and for such that have the
  /// same outcome always. Where `op` compares for inequality it holds where the
  /// test fails.
  static std::optional<MaskedTest> get(arith::CmpIOp op);

  /// The same test on the operand of what computes the value, if that is an
  /// extension, a truncation, a byte swap, or arithmetic with a constant.
  std::optional<MaskedTest> peel() const;

  /// How many slots the test takes with the value in a register, which is left
  /// alone or not. None if it takes more than what it may have come from.
  std::optional<unsigned> getCost() const;

  /// Whether the value is changed on the way.
  bool needsMask() const;

  /// Creates the test, or its opposite, with the fewest instructions.
  Value create(OpBuilder &builder, Location loc, bool isNegated) const;
};

/// Whether `op` compares for inequality.
inline bool isNegated(arith::CmpIOp op) {
  return op.getPredicate() == arith::CmpIPredicate::ne;
}

/// Whether a test can be reduced from the result of `op` to its operand.
bool isPeeled(Operation *op);

/// Erases `op` and what is computed for it only, if nothing uses its results.
void eraseUnused(Operation *op);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_MASKEDTEST_H
