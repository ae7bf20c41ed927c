//===- KernelPatterns.cpp - contexts and the kernel's types -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Accesses whose place the loader or the verifier decides. LLVM makes CO-RE
// relocations of the intrinsics that clang emits for preserve_access_index.
//
//===----------------------------------------------------------------------===//

#include "Patterns.h"

#include "Whistler/Conversion/LLVMAttributes.h"
#include "Whistler/Dialect/Whistler/Utils/FieldPath.h"

#include "mlir/Conversion/LLVMCommon/Pattern.h"

using namespace mlir;
using namespace mlir::whistler;
using ::whistler::FieldPath;
using ::whistler::FieldStep;
using ::whistler::StructLayout;
using ::whistler::StructLayouts;

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

namespace {
/// A struct as LLVM has it, and which of its elements a field starts in.
struct StructElements {
  Type type;
  uint32_t index;
};
} // namespace

/// The elements are areas of bytes, so that every field, bitfields included,
/// begins in one.
static StructElements getElements(StructLayouts &layouts,
                                  const StructLayout &layout, uint32_t field,
                                  MLIRContext *context) {
  SmallVector<Type> elements;
  uint64_t end = 0;
  uint32_t index = 0;
  auto add = [&](uint64_t size) {
    elements.push_back(
        LLVM::LLVMArrayType::get(IntegerType::get(context, 8), size));
    end += size;
  };
  for (auto [number, attr] : llvm::enumerate(layout.fields)) {
    uint64_t start = attr.getBitOffset() / 8;
    uint64_t bytes = attr.getBitWidth()
                         ? llvm::divideCeil(attr.getBitWidth(), 8)
                         : layouts.getSize(attr.getType()).value_or(0);
    if (start > end)
      add(start - end);
    // A bitfield may share the bytes of the one before it.
    if (start == end)
      add(bytes);
    else if (start + bytes > end)
      add(start + bytes - end);
    if (number == field)
      index = elements.size() - 1;
  }
  return {LLVM::LLVMStructType::getLiteral(context, elements,
                                           /*isPacked=*/true),
          index};
}

/// Calls an intrinsic that steps into `elementType` at the address that is the
/// first of `args`.
static Value emitStep(OpBuilder &builder, Location loc, StringRef name,
                      ValueRange args, Type elementType,
                      LLVM::DITypeAttr debugType) {
  LLVM::CallIntrinsicOp call =
      emitIntrinsic(builder, loc, name, args.front().getType(), args);
  if (elementType) {
    SmallVector<Attribute> attributes(args.size(),
                                      builder.getDictionaryAttr({}));
    attributes.front() = builder.getDictionaryAttr(
        builder.getNamedAttr(LLVM::LLVMDialect::getElementTypeAttrName(),
                             TypeAttr::get(elementType)));
    call.setArgAttrsAttr(builder.getArrayAttr(attributes));
  }
  call->setAttr(accessTypeAttrName, debugType);
  return call.getResult(0);
}

static Value emitStep(OpBuilder &builder, const ConversionState &state,
                      Location loc, Value base, const FieldStep &step) {
  auto makeNumber = [&](uint32_t number) {
    return emitConstant(builder, loc, builder.getI32Type(), number);
  };
  if (step.array) {
    Type element = LLVM::LLVMArrayType::get(
        builder.getI8Type(),
        state.layouts.getSize(step.array.getElement()).value_or(0));
    return emitStep(builder, loc, "llvm.preserve.array.access.index",
                    {base, makeNumber(1), makeNumber(step.index)},
                    LLVM::LLVMArrayType::get(element, step.array.getCount()),
                    state.debugInfo.getType(step.array));
  }
  LLVM::DITypeAttr debugType = state.debugInfo.getStruct(step.layout->tag);
  if (step.layout->isUnion)
    return emitStep(builder, loc, "llvm.preserve.union.access.index",
                    {base, makeNumber(step.index)}, Type(), debugType);
  StructElements elements = getElements(state.layouts, *step.layout, step.index,
                                        builder.getContext());
  return emitStep(builder, loc, "llvm.preserve.struct.access.index",
                  {base, makeNumber(elements.index), makeNumber(step.index)},
                  elements.type, debugType);
}

/// The path that `subject`, a `struct:path`, names.
static FieldPath findField(const ConversionState &state, StringRef subject) {
  auto [tag, names] = subject.split(':');
  return llvm::cantFail(::whistler::walkFieldPath(state.layouts, tag, names));
}

static Value emitPath(OpBuilder &builder, const ConversionState &state,
                      Location loc, Value base, const FieldPath &path) {
  for (const FieldStep &step : path.steps)
    base = emitStep(builder, state, loc, base, step);
  return base;
}

/// What the loader answers about the field at `address`: 32 bits.
static Value emitFieldInfo(OpBuilder &builder, Location loc, Value address,
                           CoreQuery query) {
  Value kind = emitConstant(builder, loc, builder.getI64Type(),
                            static_cast<int64_t>(query));
  Value info = emitIntrinsic(builder, loc, "llvm.bpf.preserve.field.info",
                             builder.getI32Type(), {address, kind})
                   .getResult(0);
  return LLVM::ZExtOp::create(builder, loc, builder.getI64Type(), info);
}

Value mlir::whistler::emitFieldAddress(OpBuilder &builder,
                                       const ConversionState &state,
                                       Location loc, Value base,
                                       StringRef subject) {
  FieldPath path = findField(state, subject);
  Value address = emitPath(builder, state, loc, base, path);
  if (path.bitWidth == 0)
    return address;
  // A bitfield has no address, but the bytes that hold it have an offset.
  Value offset =
      emitFieldInfo(builder, loc, address, CoreQuery::FieldByteOffset);
  return LLVM::GEPOp::create(builder, loc, base.getType(), builder.getI8Type(),
                             base, ValueRange{offset});
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

/// The place in the context. The verifier takes no access at another offset
/// than one that stands in the instruction, so LLVM must not compute it. For
/// that reason contexts of the UAPI, which do not change, are not relocated:
/// LLVM may keep a relocated offset in a register for several accesses. What a
/// tracepoint records is another thing on another kernel.
static Value emitContextAddress(OpBuilder &builder,
                                const ConversionState &state, Location loc,
                                Value context, int64_t offset,
                                std::optional<StringRef> field) {
  if (field && state.layouts.isDeclared(field->split(':').first))
    return emitFieldAddress(builder, state, loc, context, *field);
  Value base = emitIntrinsic(builder, loc, "llvm.preserve.static.offset",
                             context.getType(), context)
                   .getResult(0);
  return LLVM::GEPOp::create(builder, loc, base.getType(), builder.getI8Type(),
                             base, ArrayRef<LLVM::GEPArg>{int32_t(offset)},
                             LLVM::GEPNoWrapFlags::inbounds);
}

namespace {
template <typename SourceOp>
struct KernelPattern : OpConversionPattern<SourceOp> {
  KernelPattern(const LLVMTypeConverter &converter, MLIRContext *context,
                const ConversionState &state)
      : OpConversionPattern<SourceOp>(converter, context), state(state) {}

  const ConversionState &state;
};

/// Accesses to contexts are volatile, so that LLVM does not make one of them
/// and one through another pointer: the verifier translates each instruction
/// for one kind of pointer.
constexpr bool isVolatile = true;

struct CtxLoadPattern : KernelPattern<CtxLoadOp> {
  using KernelPattern::KernelPattern;

  LogicalResult
  matchAndRewrite(CtxLoadOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Value address =
        emitContextAddress(rewriter, state, op.getLoc(), adaptor.getCtx(),
                           op.getOffset(), op.getField());
    Type type = getTypeConverter()->convertType(op.getType());
    bool isNarrowPointer =
        isa<LLVM::LLVMPointerType>(type) &&
        unsigned(op.getSize()) != getSizeInBytes(op.getType());
    if (!isNarrowPointer) {
      rewriter.replaceOpWithNewOp<LLVM::LoadOp>(op, type, address, op.getSize(),
                                                isVolatile);
      return success();
    }
    // The verifier makes a pointer of what is declared as 32 bits.
    Value narrow = LLVM::LoadOp::create(
        rewriter, loc, rewriter.getIntegerType(8 * op.getSize()), address,
        op.getSize(), isVolatile);
    Value wide =
        LLVM::ZExtOp::create(rewriter, loc, rewriter.getI64Type(), narrow);
    rewriter.replaceOpWithNewOp<LLVM::IntToPtrOp>(op, type, wide);
    return success();
  }
};

struct CtxStorePattern : KernelPattern<CtxStoreOp> {
  using KernelPattern::KernelPattern;

  LogicalResult
  matchAndRewrite(CtxStoreOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    Value address =
        emitContextAddress(rewriter, state, op.getLoc(), adaptor.getCtx(),
                           op.getOffset(), op.getField());
    rewriter.replaceOpWithNewOp<LLVM::StoreOp>(
        op, adaptor.getValue(), address,
        getSizeInBytes(op.getValue().getType()), isVolatile);
    return success();
  }
};

struct FieldAddrPattern : KernelPattern<FieldAddrOp> {
  using KernelPattern::KernelPattern;

  LogicalResult
  matchAndRewrite(FieldAddrOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(op, emitFieldAddress(rewriter, state, op.getLoc(),
                                            adaptor.getBase(), op.getField()));
    return success();
  }
};

struct CoreQueryPattern : KernelPattern<CoreQueryOp> {
  using KernelPattern::KernelPattern;

  LogicalResult
  matchAndRewrite(CoreQueryOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(op, emit(op, rewriter));
    return success();
  }

private:
  /// Tells calls apart that ask about different types, for LLVM does not look
  /// at their metadata when it merges calls.
  Value emitCallNumber(OpBuilder &builder, Location loc) const {
    return emitConstant(builder, loc, builder.getI32Type(), state.numQueries++);
  }

  Value emit(CoreQueryOp op, ConversionPatternRewriter &rewriter) const {
    switch (op.getQuery()) {
    case CoreQuery::TypeExists:
      return emitTypeInfo(op, rewriter, /*kind=*/0);
    case CoreQuery::TypeSize:
      return emitTypeInfo(op, rewriter, /*kind=*/1);
    case CoreQuery::EnumValueExists:
      return emitEnumValue(op, rewriter, /*kind=*/0);
    case CoreQuery::EnumValue:
      return emitEnumValue(op, rewriter, /*kind=*/1);
    default:
      return emitField(op, rewriter);
    }
  }

  Value emitField(CoreQueryOp op, ConversionPatternRewriter &rewriter) const {
    FieldPath path = findField(state, op.getSubject());
    Value base =
        LLVM::ZeroOp::create(rewriter, op.getLoc(),
                             LLVM::LLVMPointerType::get(rewriter.getContext()));
    Value address = emitPath(rewriter, state, op.getLoc(), base, path);
    return emitFieldInfo(rewriter, op.getLoc(), address, op.getQuery());
  }

  Value emitTypeInfo(CoreQueryOp op, ConversionPatternRewriter &rewriter,
                     int64_t kind) const {
    LLVM::DITypeAttr type = state.debugInfo.getStruct(op.getSubject());
    Location loc = op.getLoc();
    Value number = emitCallNumber(rewriter, loc);
    auto info = emitIntrinsic(
        rewriter, loc, "llvm.bpf.preserve.type.info", rewriter.getI32Type(),
        {number, emitConstant(rewriter, loc, rewriter.getI64Type(), kind)});
    info->setAttr(accessTypeAttrName, type);
    return LLVM::ZExtOp::create(rewriter, loc, op.getType(), info.getResult(0));
  }

  Value emitEnumValue(CoreQueryOp op, ConversionPatternRewriter &rewriter,
                      int64_t kind) const {
    auto [tag, name] = op.getSubject().split(':');
    EnumOp declared = state.layouts.lookupEnum(tag);
    Location loc = op.getLoc();
    Value number = emitCallNumber(rewriter, loc);
    Value text = emitEnumerator(op, rewriter, findEnumerator(declared, name));
    auto value = emitIntrinsic(
        rewriter, loc, "llvm.bpf.preserve.enum.value", op.getType(),
        {number, text,
         emitConstant(rewriter, loc, rewriter.getI64Type(), kind)});
    value->setAttr(accessTypeAttrName,
                   state.debugInfo.getEnum(tag, declared.getUnderlying()));
    return value.getResult(0);
  }

  static EnumeratorAttr findEnumerator(EnumOp declared, StringRef name) {
    auto hasName = [&](Attribute attr) {
      return cast<EnumeratorAttr>(attr).getName() == name;
    };
    return cast<EnumeratorAttr>(
        *llvm::find_if(declared.getEnumerators(), hasName));
  }

  /// The text from which LLVM learns which enumerator is meant.
  static Value emitEnumerator(CoreQueryOp op,
                              ConversionPatternRewriter &rewriter,
                              EnumeratorAttr enumerator) {
    std::string text =
        (enumerator.getName() + ":" + std::to_string(enumerator.getValue()))
            .str();
    text.push_back('\0');
    auto module = op->getParentOfType<ModuleOp>();
    std::string name = (".enumerator." + enumerator.getName()).str();
    if (!module.lookupSymbol(name)) {
      OpBuilder::InsertionGuard guard(rewriter);
      rewriter.setInsertionPointToStart(module.getBody());
      auto type = LLVM::LLVMArrayType::get(rewriter.getI8Type(), text.size());
      LLVM::GlobalOp::create(rewriter, op.getLoc(), type, /*isConstant=*/true,
                             LLVM::Linkage::Private, name,
                             rewriter.getStringAttr(text));
    }
    return LLVM::AddressOfOp::create(
        rewriter, op.getLoc(),
        LLVM::LLVMPointerType::get(rewriter.getContext()), name);
  }
};
} // namespace

void mlir::whistler::populateKernelPatterns(const LLVMTypeConverter &converter,
                                            const ConversionState &state,
                                            RewritePatternSet &patterns) {
  patterns
      .add<CtxLoadPattern, CtxStorePattern, FieldAddrPattern, CoreQueryPattern>(
          converter, patterns.getContext(), state);
}
