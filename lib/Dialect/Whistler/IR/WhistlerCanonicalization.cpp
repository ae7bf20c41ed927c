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

void WhistlerDialect::getCanonicalizationPatterns(
    RewritePatternSet &patterns) const {
  patterns.add<MinOfLog2, ShiftOfMask, ShiftOfShift>(getContext());
}
