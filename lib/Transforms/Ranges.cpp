//===- Ranges.cpp - what comparisons tell of ranges -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Ranges of integers of which comparisons are known to hold.
//
//===----------------------------------------------------------------------===//

#include "Ranges.h"

using namespace mlir;
using namespace mlir::whistler;
using arith::CmpIPredicate;

ConstantIntRanges mlir::whistler::intersect(const ConstantIntRanges &range,
                                            const ConstantIntRanges &other) {
  auto isEmpty = [](const ConstantIntRanges &candidate) {
    return candidate.umin().ugt(candidate.umax()) ||
           candidate.smin().sgt(candidate.smax());
  };
  ConstantIntRanges both = range.intersection(other);
  if (isEmpty(both))
    return other.umax().ult(range.umax()) ? other : range;
  // What is known of the signed value bounds the unsigned one, and the reverse.
  both = both.intersection(
      ConstantIntRanges::fromUnsigned(both.umin(), both.umax()));
  if (isEmpty(both))
    return range;
  both = both.intersection(
      ConstantIntRanges::fromSigned(both.smin(), both.smax()));
  return isEmpty(both) ? range : both;
}

CmpIPredicate mlir::whistler::getSwapped(CmpIPredicate predicate) {
  switch (predicate) {
  case CmpIPredicate::ult:
    return CmpIPredicate::ugt;
  case CmpIPredicate::ule:
    return CmpIPredicate::uge;
  case CmpIPredicate::ugt:
    return CmpIPredicate::ult;
  case CmpIPredicate::uge:
    return CmpIPredicate::ule;
  case CmpIPredicate::slt:
    return CmpIPredicate::sgt;
  case CmpIPredicate::sle:
    return CmpIPredicate::sge;
  case CmpIPredicate::sgt:
    return CmpIPredicate::slt;
  case CmpIPredicate::sge:
    return CmpIPredicate::sle;
  case CmpIPredicate::eq:
  case CmpIPredicate::ne:
    return predicate;
  }
  llvm_unreachable("unknown predicate");
}

/// What is left of `range` without its ends, if `excluded` is one of them.
static ConstantIntRanges trimEnds(const ConstantIntRanges &range,
                                  const APInt &excluded) {
  APInt min = range.umin(), max = range.umax();
  if (min == max)
    return range;
  if (min == excluded)
    ++min;
  if (max == excluded)
    --max;
  return intersect(range, ConstantIntRanges::fromUnsigned(min, max));
}

ConstantIntRanges mlir::whistler::restrict(const ConstantIntRanges &range,
                                           CmpIPredicate predicate,
                                           const ConstantIntRanges &other) {
  unsigned width = range.umax().getBitWidth();
  APInt zero = APInt::getZero(width), top = APInt::getMaxValue(width);
  APInt signedMin = APInt::getSignedMinValue(width);
  APInt signedMax = APInt::getSignedMaxValue(width);
  auto within = [&](const APInt &min, const APInt &max, bool isSigned) {
    return intersect(range, ConstantIntRanges::range(min, max, isSigned));
  };
  switch (predicate) {
  case CmpIPredicate::eq:
    return intersect(range, other);
  case CmpIPredicate::ne:
    if (std::optional<APInt> constant = other.getConstantValue())
      return trimEnds(range, *constant);
    return range;
  case CmpIPredicate::ult:
    return other.umax().isZero() ? range
                                 : within(zero, other.umax() - 1, false);
  case CmpIPredicate::ule:
    return within(zero, other.umax(), false);
  case CmpIPredicate::ugt:
    return other.umin() == top ? range : within(other.umin() + 1, top, false);
  case CmpIPredicate::uge:
    return within(other.umin(), top, false);
  case CmpIPredicate::slt:
    return other.smax() == signedMin
               ? range
               : within(signedMin, other.smax() - 1, true);
  case CmpIPredicate::sle:
    return within(signedMin, other.smax(), true);
  case CmpIPredicate::sgt:
    return other.smin() == signedMax
               ? range
               : within(other.smin() + 1, signedMax, true);
  case CmpIPredicate::sge:
    return within(other.smin(), signedMax, true);
  }
  llvm_unreachable("unknown predicate");
}
