//===- ArithmeticPatterns.cpp - integers and pointers -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Gives division and pointer arithmetic the meaning that they have in LLVM.
//
//===----------------------------------------------------------------------===//

#include "Patterns.h"

#include "mlir/Conversion/LLVMCommon/Pattern.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::whistler;

Value mlir::whistler::emitConstant(OpBuilder &builder, Location loc, Type type,
                                   int64_t value) {
  return LLVM::ConstantOp::create(builder, loc, type,
                                  builder.getIntegerAttr(type, value));
}

LLVM::CallIntrinsicOp mlir::whistler::emitIntrinsic(OpBuilder &builder,
                                                    Location loc,
                                                    StringRef name, Type type,
                                                    ValueRange args) {
  StringAttr nameAttr = builder.getStringAttr(name);
  if (!type)
    return LLVM::CallIntrinsicOp::create(builder, loc, nameAttr, args);
  return LLVM::CallIntrinsicOp::create(builder, loc, type, nameAttr, args);
}

Value mlir::whistler::emitOffset(OpBuilder &builder, Location loc,
                                 Value pointer, int64_t bytes,
                                 bool isInBounds) {
  if (bytes == 0)
    return pointer;
  return LLVM::GEPOp::create(
      builder, loc, pointer.getType(), builder.getI8Type(), pointer,
      ArrayRef<LLVM::GEPArg>{int32_t(bytes)},
      isInBounds ? LLVM::GEPNoWrapFlags::inbounds : LLVM::GEPNoWrapFlags::none);
}

/// The number that the verifier knows no bound of, in place of `value`: LLVM
/// would find one and remove the comparison with it.
static Value emitOpaque(OpBuilder &builder, Location loc, Value value) {
  Value number = emitConstant(builder, loc, builder.getI32Type(), 0);
  return emitIntrinsic(builder, loc, "llvm.bpf.passthrough", value.getType(),
                       {number, value})
      .getResult(0);
}

namespace {
/// Division is total: where the divisor is 0, the quotient is 0 and the
/// remainder the dividend. LLVM leaves both undefined.
template <typename SourceOp, typename TargetOp>
struct DivisionPattern : OpConversionPattern<SourceOp> {
  using OpConversionPattern<SourceOp>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(SourceOp op, typename SourceOp::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Value lhs = adaptor.getLhs(), rhs = adaptor.getRhs();
    APInt divisor;
    bool isConstant = matchPattern(op.getRhs(), m_ConstantInt(&divisor));
    if (isConstant && !divisor.isZero()) {
      rewriter.replaceOpWithNewOp<TargetOp>(op, lhs, rhs);
      return success();
    }
    Value zero = emitConstant(rewriter, loc, op.getType(), 0);
    Value otherwise = std::is_same_v<SourceOp, UDivOp> ? zero : lhs;
    if (isConstant) {
      rewriter.replaceOp(op, otherwise);
      return success();
    }
    Value one = emitConstant(rewriter, loc, op.getType(), 1);
    Value isZero =
        LLVM::ICmpOp::create(rewriter, loc, LLVM::ICmpPredicate::eq, rhs, zero);
    Value safe = LLVM::SelectOp::create(rewriter, loc, isZero, one, rhs);
    Value result = TargetOp::create(rewriter, loc, lhs, safe);
    rewriter.replaceOpWithNewOp<LLVM::SelectOp>(op, isZero, otherwise, result);
    return success();
  }
};

struct ByteSwapPattern : OpConversionPattern<ByteSwapOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ByteSwapOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<LLVM::ByteSwapOp>(op, adaptor.getValue());
    return success();
  }
};

/// A value that another name stands for.
template <typename SourceOp>
struct ForwardPattern : OpConversionPattern<SourceOp> {
  using OpConversionPattern<SourceOp>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(SourceOp op, typename SourceOp::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(op, adaptor.getOperands().front());
    return success();
  }
};

/// A minimum with which `whistler-bound-indices` shows the verifier a bound has
/// to stay, whatever LLVM knows.
struct MinimumPattern : OpConversionPattern<arith::MinUIOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(arith::MinUIOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value lhs = adaptor.getLhs();
    if (llvm::any_of(op->getUsers(), llvm::IsaPred<IndexOp>))
      lhs = emitOpaque(rewriter, op.getLoc(), lhs);
    rewriter.replaceOpWithNewOp<LLVM::UMinOp>(op, lhs, adaptor.getRhs());
    return success();
  }
};

struct NullPattern : OpConversionPattern<NullOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(NullOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<LLVM::ZeroOp>(
        op, getTypeConverter()->convertType(op.getType()));
    return success();
  }
};

struct PtrAddPattern : OpConversionPattern<PtrAddOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(PtrAddOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<LLVM::GEPOp>(
        op, adaptor.getBase().getType(), rewriter.getI8Type(),
        adaptor.getBase(), ValueRange{adaptor.getOffset()});
    return success();
  }
};

struct PtrDiffPattern : OpConversionPattern<PtrDiffOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(PtrDiffOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto getAddress = [&](Value pointer) -> Value {
      return LLVM::PtrToIntOp::create(rewriter, op.getLoc(), op.getType(),
                                      pointer);
    };
    Value lhs = getAddress(adaptor.getLhs());
    Value rhs = getAddress(adaptor.getRhs());
    rewriter.replaceOpWithNewOp<LLVM::SubOp>(op, lhs, rhs);
    return success();
  }
};

struct PtrToIntPattern : OpConversionPattern<PtrToIntOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(PtrToIntOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<LLVM::PtrToIntOp>(op, op.getType(),
                                                  adaptor.getPtr());
    return success();
  }
};

struct IntToPtrPattern : OpConversionPattern<IntToPtrOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(IntToPtrOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<LLVM::IntToPtrOp>(
        op, getTypeConverter()->convertType(op.getType()), adaptor.getValue());
    return success();
  }
};

struct PtrCmpPattern : OpConversionPattern<PtrCmpOp> {
  using OpConversionPattern::OpConversionPattern;

  static LLVM::ICmpPredicate getPredicate(PtrPredicate predicate) {
    switch (predicate) {
    case PtrPredicate::Eq:
      return LLVM::ICmpPredicate::eq;
    case PtrPredicate::Ne:
      return LLVM::ICmpPredicate::ne;
    case PtrPredicate::Lt:
      return LLVM::ICmpPredicate::ult;
    case PtrPredicate::Le:
      return LLVM::ICmpPredicate::ule;
    case PtrPredicate::Gt:
      return LLVM::ICmpPredicate::ugt;
    case PtrPredicate::Ge:
      return LLVM::ICmpPredicate::uge;
    }
    llvm_unreachable("unknown predicate");
  }

  LogicalResult
  matchAndRewrite(PtrCmpOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<LLVM::ICmpOp>(
        op, getPredicate(op.getPredicate()), adaptor.getLhs(),
        adaptor.getRhs());
    return success();
  }
};
} // namespace

void mlir::whistler::populateArithmeticPatterns(
    const LLVMTypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<DivisionPattern<UDivOp, LLVM::UDivOp>,
               DivisionPattern<UModOp, LLVM::URemOp>, ByteSwapPattern,
               ForwardPattern<IndexOp>, ForwardPattern<PtrCastOp>, NullPattern,
               PtrAddPattern, PtrDiffPattern, PtrToIntPattern, IntToPtrPattern,
               PtrCmpPattern>(converter, patterns.getContext());
  // Goes before the pattern for all minima.
  patterns.add<MinimumPattern>(converter, patterns.getContext(),
                               PatternBenefit(2));
}
