//===- MemoryPatterns.cpp - loads, stores and atomics -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Accesses to memory. Each is as wide as the dialect has it and counts as
// aligned, since LLVM's backend would take it apart otherwise.
//
//===----------------------------------------------------------------------===//

#include "Patterns.h"

#include "mlir/Conversion/LLVMCommon/Pattern.h"

using namespace mlir;
using namespace mlir::whistler;

Value mlir::whistler::emitVariable(ConversionPatternRewriter &rewriter,
                                   Operation *op, Type type) {
  // LLVM stores a number of 32 bits in half a word where no register is free.
  // The verifier knows it only as long as nothing else is written to that word
  // (`check_stack_write_fixed_off`), so no variable may have the other half.
  // Nor does it recognise constant keys but at the start of a word.
  constexpr unsigned word = 8;
  if (auto array = dyn_cast<LLVM::LLVMArrayType>(type))
    type = LLVM::LLVMArrayType::get(
        array.getElementType(), llvm::alignTo(array.getNumElements(), word));
  else if (isa<IntegerType>(type))
    type = rewriter.getI64Type();
  OpBuilder::InsertionGuard guard(rewriter);
  Block &entry = op->getParentOfType<LLVM::LLVMFuncOp>().getBody().front();
  rewriter.setInsertionPointToStart(&entry);
  Value one = emitConstant(rewriter, op->getLoc(), rewriter.getI32Type(), 1);
  return LLVM::AllocaOp::create(
      rewriter, op->getLoc(), LLVM::LLVMPointerType::get(rewriter.getContext()),
      type, one, word);
}

namespace {
struct AllocaPattern : OpConversionPattern<AllocaOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(AllocaOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Type type = op.getElemType();
    Type bytes =
        LLVM::LLVMArrayType::get(rewriter.getI8Type(), getSizeInBytes(type));
    Type variable =
        isa<ArrayType>(type) ? bytes : getTypeConverter()->convertType(type);
    rewriter.replaceOp(op, emitVariable(rewriter, op, variable));
    return success();
  }
};

struct LoadPattern : OpConversionPattern<LoadOp> {
  LoadPattern(const LLVMTypeConverter &converter, MLIRContext *context,
              const ConversionState &state)
      : OpConversionPattern(converter, context), state(state) {}

  LogicalResult
  matchAndRewrite(LoadOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value address = op.getField()
                        ? emitFieldAddress(rewriter, state, op.getLoc(),
                                           adaptor.getBase(), *op.getField())
                        : emitOffset(rewriter, op.getLoc(), adaptor.getBase(),
                                     op.getOffset());
    // As with contexts, what the verifier translates is kept apart from others.
    bool isVolatile = cast<PtrType>(op.getBase().getType()).getSpace() ==
                      AddressSpace::Kernel;
    rewriter.replaceOpWithNewOp<LLVM::LoadOp>(
        op, getTypeConverter()->convertType(op.getType()), address,
        getSizeInBytes(op.getType()), isVolatile);
    return success();
  }

private:
  const ConversionState &state;
};

struct StorePattern : OpConversionPattern<StoreOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(StoreOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value address =
        emitOffset(rewriter, op.getLoc(), adaptor.getBase(), op.getOffset());
    rewriter.replaceOpWithNewOp<LLVM::StoreOp>(
        op, adaptor.getValue(), address,
        getSizeInBytes(op.getValue().getType()));
    return success();
  }
};

struct AtomicRMWPattern : OpConversionPattern<AtomicRMWOp> {
  using OpConversionPattern::OpConversionPattern;

  static LLVM::AtomicBinOp getKind(AtomicKind kind) {
    switch (kind) {
    case AtomicKind::Add:
      return LLVM::AtomicBinOp::add;
    case AtomicKind::Or:
      return LLVM::AtomicBinOp::_or;
    case AtomicKind::And:
      return LLVM::AtomicBinOp::_and;
    case AtomicKind::Xor:
      return LLVM::AtomicBinOp::_xor;
    case AtomicKind::Xchg:
      return LLVM::AtomicBinOp::xchg;
    }
    llvm_unreachable("unknown atomic kind");
  }

  LogicalResult
  matchAndRewrite(AtomicRMWOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    bool yieldsOld = op.getKind() == AtomicKind::Xchg ||
                     (op.getOld() && !op.getOld().use_empty());
    Value address =
        emitOffset(rewriter, op.getLoc(), adaptor.getBase(), op.getOffset());
    // What BPF's operations without a result promise, and those with one.
    auto ordering = yieldsOld ? LLVM::AtomicOrdering::seq_cst
                              : LLVM::AtomicOrdering::monotonic;
    Value old =
        LLVM::AtomicRMWOp::create(rewriter, op.getLoc(), getKind(op.getKind()),
                                  address, adaptor.getValue(), ordering);
    if (op.getOld())
      rewriter.replaceOp(op, old);
    else
      rewriter.eraseOp(op);
    return success();
  }
};

struct AtomicCmpXchgPattern : OpConversionPattern<AtomicCmpXchgOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(AtomicCmpXchgOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value address =
        emitOffset(rewriter, op.getLoc(), adaptor.getBase(), op.getOffset());
    Value pair = LLVM::AtomicCmpXchgOp::create(
        rewriter, op.getLoc(), address, adaptor.getExpected(),
        adaptor.getValue(), LLVM::AtomicOrdering::seq_cst,
        LLVM::AtomicOrdering::seq_cst);
    rewriter.replaceOpWithNewOp<LLVM::ExtractValueOp>(op, pair,
                                                      ArrayRef<int64_t>{0});
    return success();
  }
};
} // namespace

void mlir::whistler::populateMemoryPatterns(const LLVMTypeConverter &converter,
                                            const ConversionState &state,
                                            RewritePatternSet &patterns) {
  patterns
      .add<AllocaPattern, StorePattern, AtomicRMWPattern, AtomicCmpXchgPattern>(
          converter, patterns.getContext());
  patterns.add<LoadPattern>(converter, patterns.getContext(), state);
}
