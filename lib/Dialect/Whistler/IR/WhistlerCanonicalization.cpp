//===- WhistlerCanonicalization.cpp - canonical forms -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Canonical forms of operations of several dialects taken together.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// `min(log2 x, n)` is `log2(min(x, 2^n))`: the logarithm of a small number
/// takes fewer steps, and so does the minimum, which has to be found either
/// way.
struct MinOfLog2 : OpRewritePattern<arith::MinUIOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::MinUIOp op,
                                PatternRewriter &rewriter) const override {
    // The largest power that is an immediate operand.
    constexpr unsigned maxLog2 = 30;
    auto log2 = op.getLhs().getDefiningOp<Log2Op>();
    APInt limit;
    if (!log2 || !log2->hasOneUse() ||
        !matchPattern(op.getRhs(), m_ConstantInt(&limit)) || limit.ugt(maxLog2))
      return failure();
    Value power = arith::ConstantOp::create(
        rewriter, op.getLoc(),
        rewriter.getI64IntegerAttr(int64_t(1) << limit.getZExtValue()));
    Value value =
        arith::MinUIOp::create(rewriter, op.getLoc(), log2.getValue(), power);
    rewriter.replaceOpWithNewOp<Log2Op>(op, value);
    return success();
  }
};

/// A logarithm that is only compared with constants is not computed: it is at
/// least n where x is at least 2^n, and n where `x >> n` is 1. For 0 it is 0.
struct ComparisonOfLog2 : OpRewritePattern<arith::CmpIOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::CmpIOp op,
                                PatternRewriter &rewriter) const override;

private:
  static bool isOfConstant(Operation *op) {
    auto comparison = dyn_cast<arith::CmpIOp>(op);
    return comparison && matchPattern(comparison.getRhs(), m_Constant());
  }

  /// Compares `value >> count` with `number`.
  static void replaceByShifted(arith::CmpIOp op, PatternRewriter &rewriter,
                               arith::CmpIPredicate predicate, Value value,
                               unsigned count, int64_t number) {
    auto makeConstant = [&](int64_t constant) -> Value {
      return arith::ConstantOp::create(rewriter, op.getLoc(),
                                       rewriter.getI64IntegerAttr(constant));
    };
    if (count != 0)
      value = arith::ShRUIOp::create(rewriter, op.getLoc(), value,
                                     makeConstant(count));
    rewriter.replaceOpWithNewOp<arith::CmpIOp>(op, predicate, value,
                                               makeConstant(number));
  }
};

/// `(x & m) >> n` is `(x >> n) & (m >> n)`, so that shifts come together, and
/// so do masks.
struct ShiftOfMask : OpRewritePattern<arith::ShRUIOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::ShRUIOp op,
                                PatternRewriter &rewriter) const override {
    auto mask = op.getLhs().getDefiningOp<arith::AndIOp>();
    APInt bits, count;
    if (!mask || !mask->hasOneUse() ||
        !matchPattern(mask.getRhs(), m_ConstantInt(&bits)) ||
        !matchPattern(op.getRhs(), m_ConstantInt(&count)) ||
        count.uge(bits.getBitWidth()))
      return failure();
    Location loc = op.getLoc();
    Value shifted =
        arith::ShRUIOp::create(rewriter, loc, mask.getLhs(), op.getRhs());
    Value rest = arith::ConstantOp::create(
        rewriter, loc, rewriter.getIntegerAttr(op.getType(), bits.lshr(count)));
    rewriter.replaceOpWithNewOp<arith::AndIOp>(op, shifted, rest);
    return success();
  }
};

/// `(x >> m) >> n` is `x >> (m + n)`.
struct ShiftOfShift : OpRewritePattern<arith::ShRUIOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::ShRUIOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getLhs().getDefiningOp<arith::ShRUIOp>();
    APInt count, innerCount;
    if (!inner || !matchPattern(op.getRhs(), m_ConstantInt(&count)) ||
        !matchPattern(inner.getRhs(), m_ConstantInt(&innerCount)))
      return failure();
    unsigned width = count.getBitWidth();
    if (count.uge(width) || innerCount.uge(width) ||
        (count + innerCount).uge(width))
      return failure();
    Value sum = arith::ConstantOp::create(
        rewriter, op.getLoc(),
        rewriter.getIntegerAttr(op.getType(), count + innerCount));
    rewriter.replaceOpWithNewOp<arith::ShRUIOp>(op, inner.getLhs(), sum);
    return success();
  }
};
} // namespace

LogicalResult
ComparisonOfLog2::matchAndRewrite(arith::CmpIOp op,
                                  PatternRewriter &rewriter) const {
  using Predicate = arith::CmpIPredicate;
  auto log2 = op.getLhs().getDefiningOp<Log2Op>();
  APInt constant;
  // What no logarithm is, ranges decide.
  if (!log2 || !matchPattern(op.getRhs(), m_ConstantInt(&constant)) ||
      constant.ugt(63) || !llvm::all_of(log2->getUsers(), isOfConstant))
    return failure();
  Value value = log2.getValue();
  unsigned bound = constant.getZExtValue();
  Predicate predicate = op.getPredicate();
  if (predicate == Predicate::eq || predicate == Predicate::ne) {
    bool isEqual = predicate == Predicate::eq;
    if (bound == 0)
      replaceByShifted(op, rewriter, isEqual ? Predicate::ult : Predicate::uge,
                       value, 0, 2);
    else
      replaceByShifted(op, rewriter, predicate, value, bound, 1);
    return success();
  }
  // The logarithm is at least the bound, or it is not.
  bool isAbove = predicate == Predicate::ugt || predicate == Predicate::sgt;
  bool isAtMost = predicate == Predicate::ule || predicate == Predicate::sle;
  bool isAtLeast =
      isAbove || predicate == Predicate::uge || predicate == Predicate::sge;
  bound += isAbove || isAtMost;
  if (bound == 0 || bound > 63)
    return failure();
  // The largest power that is an immediate operand.
  constexpr unsigned maxLog2 = 30;
  if (bound <= maxLog2)
    replaceByShifted(op, rewriter, isAtLeast ? Predicate::uge : Predicate::ult,
                     value, 0, int64_t(1) << bound);
  else
    replaceByShifted(op, rewriter, isAtLeast ? Predicate::ne : Predicate::eq,
                     value, bound, 0);
  return success();
}

void WhistlerDialect::getCanonicalizationPatterns(
    RewritePatternSet &patterns) const {
  patterns.add<ComparisonOfLog2, MinOfLog2, ShiftOfMask, ShiftOfShift>(
      getContext());
}
