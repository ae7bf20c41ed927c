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

Value mlir::whistler::emitOpaque(OpBuilder &builder, Location loc,
                                 Value value) {
  auto assembly = LLVM::InlineAsmOp::create(
      builder, loc, value.getType(), value, /*asm_string=*/"",
      /*constraints=*/"=r,0", /*has_side_effects=*/false,
      /*is_align_stack=*/false, LLVM::TailCallKind::None,
      /*asm_dialect=*/nullptr, /*operand_attrs=*/nullptr);
  return assembly.getRes();
}

/// Whether LLVM may know lower bits of `pointer`. It then adds a number that
/// only has such bits with an inclusive or, which the verifier refuses.
static bool hasKnownAlignment(Value pointer) {
  while (Operation *op = pointer.getDefiningOp()) {
    if (isa<AllocaOp, GlobalAddrOp>(op))
      return true;
    if (!isa<PtrAddOp, PtrCastOp>(op))
      return false;
    pointer = op->getOperand(0);
  }
  return false;
}

/// Whether `op` is a flag with which `whistler-keep-correlations` shows the
/// verifier that branches go the same way: a condition that is a number only to
/// be compared with 0 again, which folding would undo.
static bool isFlag(arith::ExtUIOp op) {
  auto isTest = [](Operation *user) {
    auto compare = dyn_cast<arith::CmpIOp>(user);
    return compare && matchPattern(compare.getRhs(), m_Zero());
  };
  return op.getIn().getType().isInteger(1) &&
         llvm::all_of(op->getUsers(), isTest);
}

namespace {
/// Division is total: where the divisor is 0, the quotient is 0 and the
/// remainder the dividend. LLVM leaves both undefined. The verifier knows no
/// bounds of the result, so LLVM is not to know any either.
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
      Value result = TargetOp::create(rewriter, loc, lhs, rhs);
      // What becomes a shift or a mask does have bounds.
      rewriter.replaceOp(op, getDivisionShift(op.getRhs())
                                 ? result
                                 : emitOpaque(rewriter, loc, result));
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
    Value result =
        emitOpaque(rewriter, loc, TargetOp::create(rewriter, loc, lhs, safe));
    rewriter.replaceOpWithNewOp<LLVM::SelectOp>(op, isZero, otherwise, result);
    return success();
  }
};

/// A shift by a variable count, of which the verifier knows no bounds.
template <typename SourceOp, typename TargetOp>
struct VariableShiftPattern : OpConversionPattern<SourceOp> {
  using OpConversionPattern<SourceOp>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(SourceOp op, typename SourceOp::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Type type = op.getType();
    bool hasRegister = type.isInteger(32) || type.isInteger(64);
    if (!hasRegister || matchPattern(op.getRhs(), m_Constant()))
      return failure();
    Value shifted = TargetOp::create(rewriter, op.getLoc(), adaptor.getLhs(),
                                     adaptor.getRhs());
    rewriter.replaceOp(op, emitOpaque(rewriter, op.getLoc(), shifted));
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

/// A pointer is what it is in all spaces.
struct PtrCastPattern : OpConversionPattern<PtrCastOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(PtrCastOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(op, adaptor.getPtr());
    return success();
  }
};

/// An index is opaque from where it is computed on, so that the register that
/// is compared with the bound is the one that is used: LLVM would otherwise
/// compute a multiple of it in another way, of which the verifier knows no
/// bound.
struct IndexPattern : OpConversionPattern<IndexOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(IndexOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(op,
                       emitOpaque(rewriter, op.getLoc(), adaptor.getValue()));
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
    if (llvm::none_of(op->getUsers(), llvm::IsaPred<IndexOp>))
      return failure();
    Value value = emitOpaque(rewriter, op.getLoc(), adaptor.getLhs());
    rewriter.replaceOpWithNewOp<LLVM::UMinOp>(op, value, adaptor.getRhs());
    return success();
  }
};

/// Such a flag has to stay a number.
struct FlagPattern : OpConversionPattern<arith::ExtUIOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(arith::ExtUIOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (!isFlag(op))
      return failure();
    Value flag = LLVM::ZExtOp::create(rewriter, op.getLoc(), op.getType(),
                                      adaptor.getIn());
    rewriter.replaceOp(op, emitOpaque(rewriter, op.getLoc(), flag));
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
    Value offset = adaptor.getOffset();
    if (hasKnownAlignment(op.getBase()) &&
        !matchPattern(op.getOffset(), m_Constant()))
      offset = emitOpaque(rewriter, op.getLoc(), offset);
    rewriter.replaceOpWithNewOp<LLVM::GEPOp>(
        op, adaptor.getBase().getType(), rewriter.getI8Type(),
        adaptor.getBase(), ValueRange{offset});
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
    auto getSpace = [](Value pointer) {
      return cast<PtrType>(pointer.getType()).getSpace();
    };
    // Where a packet pointer turns out to be behind its limit, the verifier
    // knows that of the register that was compared (`mark_pkt_end`) and refuses
    // what uses it. LLVM must not take the same register for an equal pointer,
    // however that one was computed.
    auto separate = [&](Value original, Value limit, Value converted) {
      bool bounded = getSpace(original) == AddressSpace::PacketMeta ||
                     getSpace(limit) == AddressSpace::PacketEnd;
      return bounded ? emitOpaque(rewriter, op.getLoc(), converted) : converted;
    };
    rewriter.replaceOpWithNewOp<LLVM::ICmpOp>(
        op, getPredicate(op.getPredicate()),
        separate(op.getLhs(), op.getRhs(), adaptor.getLhs()),
        separate(op.getRhs(), op.getLhs(), adaptor.getRhs()));
    return success();
  }
};
} // namespace

void mlir::whistler::populateArithmeticPatterns(
    const LLVMTypeConverter &converter, RewritePatternSet &patterns) {
  patterns.add<DivisionPattern<UDivOp, LLVM::UDivOp>,
               DivisionPattern<UModOp, LLVM::URemOp>, ByteSwapPattern,
               IndexPattern, PtrCastPattern, NullPattern, PtrAddPattern,
               PtrDiffPattern, PtrToIntPattern, IntToPtrPattern, PtrCmpPattern>(
      converter, patterns.getContext());
  // Go before the patterns for all minima, extensions and shifts.
  patterns.add<MinimumPattern, FlagPattern,
               VariableShiftPattern<arith::ShLIOp, LLVM::ShlOp>,
               VariableShiftPattern<arith::ShRUIOp, LLVM::LShrOp>,
               VariableShiftPattern<arith::ShRSIOp, LLVM::AShrOp>>(
      converter, patterns.getContext(), PatternBenefit(2));
}
