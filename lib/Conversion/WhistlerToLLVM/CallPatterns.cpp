//===- CallPatterns.cpp - maps, helpers and functions -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Calls helpers by their numbers, as clang does, and gives keys and values
// addresses.
//
//===----------------------------------------------------------------------===//

#include "Patterns.h"

#include "Whistler/UAPI/Helpers.h"

#include "mlir/Conversion/LLVMCommon/Pattern.h"

using namespace mlir;
using namespace mlir::whistler;
namespace uapi = ::whistler::uapi;

/// Calls a helper; `type` is what it yields.
static Value emitHelperCall(ConversionPatternRewriter &rewriter, Location loc,
                            StringRef helper, Type type, ValueRange args) {
  uint32_t id = uapi::lookupHelperByCName(helper)->id;
  Value number = emitConstant(rewriter, loc, rewriter.getI64Type(), id);
  SmallVector<Value> operands = {LLVM::IntToPtrOp::create(
      rewriter, loc, LLVM::LLVMPointerType::get(rewriter.getContext()),
      number)};
  llvm::append_range(operands, args);
  auto signature =
      LLVM::LLVMFunctionType::get(type, llvm::to_vector(args.getTypes()));
  auto call = LLVM::CallOp::create(rewriter, loc, signature, operands);
  call.setNoUnwind(true);
  return call.getResult();
}

static Value emitMapAddress(ConversionPatternRewriter &rewriter, Location loc,
                            FlatSymbolRefAttr map) {
  return LLVM::AddressOfOp::create(
      rewriter, loc, LLVM::LLVMPointerType::get(rewriter.getContext()), map);
}

namespace {
/// Keys and values of one call, in memory for as long as it takes.
class MapArguments {
public:
  MapArguments(ConversionPatternRewriter &rewriter, Operation *op)
      : rewriter(rewriter), op(op) {}

  /// `value` itself if it is an address, or else the address of a variable
  /// that holds it.
  Value getAddress(Value value) {
    if (isa<LLVM::LLVMPointerType>(value.getType()))
      return value;
    unsigned size = getSizeInBytes(value.getType());
    Value variable = emitVariable(rewriter, op, value.getType());
    LLVM::LifetimeStartOp::create(rewriter, op->getLoc(), variable);
    LLVM::StoreOp::create(rewriter, op->getLoc(), value, variable, size);
    variables.push_back(variable);
    return variable;
  }

  /// To be called behind the call: LLVM then shares the space.
  void release() {
    for (Value variable : variables)
      LLVM::LifetimeEndOp::create(rewriter, op->getLoc(), variable);
  }

private:
  ConversionPatternRewriter &rewriter;
  Operation *op;
  SmallVector<Value, 2> variables;
};

struct MapRefPattern : OpConversionPattern<MapRefOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(MapRefOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(op,
                       emitMapAddress(rewriter, op.getLoc(), op.getMapAttr()));
    return success();
  }
};

struct MapLookupPattern : OpConversionPattern<MapLookupOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(MapLookupOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    MapArguments arguments(rewriter, op);
    Value key = arguments.getAddress(adaptor.getKey());
    Value map = emitMapAddress(rewriter, op.getLoc(), op.getMapAttr());
    Value result = emitHelperCall(rewriter, op.getLoc(), "map_lookup_elem",
                                  getTypeConverter()->convertType(op.getType()),
                                  {map, key});
    arguments.release();
    rewriter.replaceOp(op, result);
    return success();
  }
};

struct MapUpdatePattern : OpConversionPattern<MapUpdateOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(MapUpdateOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    MapArguments arguments(rewriter, op);
    Value key = arguments.getAddress(adaptor.getKey());
    Value value = arguments.getAddress(adaptor.getValue());
    Value map = emitMapAddress(rewriter, op.getLoc(), op.getMapAttr());
    Value result =
        emitHelperCall(rewriter, op.getLoc(), "map_update_elem", op.getType(),
                       {map, key, value, adaptor.getFlags()});
    arguments.release();
    rewriter.replaceOp(op, result);
    return success();
  }
};

struct MapDeletePattern : OpConversionPattern<MapDeleteOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(MapDeleteOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    MapArguments arguments(rewriter, op);
    Value key = arguments.getAddress(adaptor.getKey());
    Value map = emitMapAddress(rewriter, op.getLoc(), op.getMapAttr());
    Value result = emitHelperCall(rewriter, op.getLoc(), "map_delete_elem",
                                  op.getType(), {map, key});
    arguments.release();
    rewriter.replaceOp(op, result);
    return success();
  }
};

struct TailCallPattern : OpConversionPattern<TailCallOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(TailCallOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value map = emitMapAddress(rewriter, op.getLoc(), op.getMapAttr());
    emitHelperCall(rewriter, op.getLoc(), "tail_call", rewriter.getI64Type(),
                   {adaptor.getCtx(), map, adaptor.getIndex()});
    rewriter.eraseOp(op);
    return success();
  }
};

struct HelperCallPattern : OpConversionPattern<HelperCallOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(HelperCallOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(
        op, emitHelperCall(rewriter, op.getLoc(), op.getHelper(),
                           getTypeConverter()->convertType(op.getType()),
                           adaptor.getArgs()));
    return success();
  }
};

struct CallPattern : OpConversionPattern<CallOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(CallOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto call = LLVM::CallOp::create(
        rewriter, op.getLoc(),
        TypeRange{getTypeConverter()->convertType(op.getType())},
        op.getCalleeAttr(), adaptor.getArgs());
    rewriter.replaceOp(op, call);
    return success();
  }
};

/// The address of something that has a name.
template <typename SourceOp>
struct AddressPattern : OpConversionPattern<SourceOp> {
  using OpConversionPattern<SourceOp>::OpConversionPattern;

  static FlatSymbolRefAttr getSymbol(FuncRefOp op) {
    return op.getCalleeAttr();
  }
  static FlatSymbolRefAttr getSymbol(GlobalAddrOp op) {
    return op.getGlobalAttr();
  }

  LogicalResult
  matchAndRewrite(SourceOp op, typename SourceOp::Adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<LLVM::AddressOfOp>(
        op, this->getTypeConverter()->convertType(op.getType()), getSymbol(op));
    return success();
  }
};

struct ReturnPattern : OpConversionPattern<ReturnOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ReturnOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<LLVM::ReturnOp>(op, adaptor.getValue());
    return success();
  }
};
} // namespace

void mlir::whistler::populateCallPatterns(const LLVMTypeConverter &converter,
                                          RewritePatternSet &patterns) {
  patterns.add<MapRefPattern, MapLookupPattern, MapUpdatePattern,
               MapDeletePattern, TailCallPattern, HelperCallPattern,
               CallPattern, AddressPattern<FuncRefOp>,
               AddressPattern<GlobalAddrOp>, ReturnPattern>(
      converter, patterns.getContext());
}
