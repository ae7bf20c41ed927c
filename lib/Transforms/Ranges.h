//===- Ranges.h - what comparisons tell of ranges ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Ranges of integers of which comparisons are known to hold.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_RANGES_H
#define WHISTLER_LIB_TRANSFORMS_RANGES_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/InferIntRangeInterface.h"

namespace mlir::whistler {

/// Both of what is known. Where nothing is left, control does not come there,
/// and any answer is right: the lower one, with which nothing is refused.
ConstantIntRanges intersect(const ConstantIntRanges &range,
                            const ConstantIntRanges &other);

/// The predicate for operands that have changed places.
arith::CmpIPredicate getSwapped(arith::CmpIPredicate predicate);

/// What is left of `range` for values of which `predicate` holds with some
/// value of `other`.
ConstantIntRanges restrict(const ConstantIntRanges &range,
                           arith::CmpIPredicate predicate,
                           const ConstantIntRanges &other);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_RANGES_H
