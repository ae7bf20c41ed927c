//===- StructLayouts.cpp - structs by their tags ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Brings declarations and UAPI tables to one form.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/Utils/StructLayouts.h"

#include "Whistler/UAPI/Contexts.h"

using namespace whistler;
using llvm::dyn_cast;
using llvm::StringRef;
using mlir::IntegerType;
using mlir::MLIRContext;
using mlir::Type;
namespace ir = mlir::whistler;

/// The alignment of every struct in the UAPI that holds a 64-bit field, and
/// more than enough for others.
static constexpr uint32_t contextAlignment = 8;

static Type getInteger(MLIRContext *context, uint32_t size, bool isSigned) {
  return IntegerType::get(context, 8 * size,
                          isSigned ? IntegerType::Signed
                                   : IntegerType::Unsigned);
}

/// The type of a context's field in memory.
static Type getFieldType(MLIRContext *context,
                         const uapi::ContextField &field) {
  Type type = getInteger(context, 1, /*isSigned=*/false);
  switch (field.kind) {
  case uapi::FieldKind::Pointer:
    type = ir::PointerType::get(
        context, field.pointee.empty()
                     ? Type(mlir::NoneType::get(context))
                     : ir::StructType::get(context, field.pointee));
    break;
  case uapi::FieldKind::Struct:
    type = uapi::lookupContextStruct(field.pointee)
               ? Type(ir::StructType::get(context, field.pointee))
               : ir::ArrayType::get(context, field.size, type);
    break;
  default:
    type = getInteger(context, field.size, field.isSigned);
  }
  return field.count ? ir::ArrayType::get(context, field.count, type) : type;
}

static std::unique_ptr<StructLayout>
makeLayout(MLIRContext *context, const uapi::ContextStruct &source) {
  StructLayout layout{
      source.name, /*isUnion=*/false, source.size, contextAlignment, {}};
  for (const uapi::ContextField &field : source.fields)
    layout.fields.push_back(ir::FieldAttr::get(
        context, field.cName, getFieldType(context, field), 8 * field.offset,
        /*bitWidth=*/0));
  return std::make_unique<StructLayout>(std::move(layout));
}

static std::unique_ptr<StructLayout> makeLayout(ir::StructOp source) {
  StructLayout layout{source.getTag(),
                      source.getIsUnion(),
                      uint32_t(source.getSize()),
                      uint32_t(source.getAlignment()),
                      {}};
  for (auto field : source.getFields().getAsRange<ir::FieldAttr>())
    layout.fields.push_back(field);
  return std::make_unique<StructLayout>(std::move(layout));
}

const StructLayout *StructLayouts::lookup(StringRef tag) {
  auto [it, isNew] = layouts.try_emplace(tag);
  if (isNew) {
    if (ir::StructOp op = table.lookupStruct(tag))
      it->second = makeLayout(op);
    else if (const auto *source = uapi::lookupContextStruct(tag))
      it->second = makeLayout(context, *source);
  }
  return it->second.get();
}

std::optional<uint64_t> StructLayouts::getSize(Type type) {
  if (auto structType = dyn_cast<ir::StructType>(type)) {
    const StructLayout *layout = lookup(structType.getTag());
    return layout ? std::optional<uint64_t>(layout->size) : std::nullopt;
  }
  if (auto array = dyn_cast<ir::ArrayType>(type)) {
    std::optional<uint64_t> element = getSize(array.getElement());
    return element ? std::optional(*element * array.getCount()) : std::nullopt;
  }
  return ir::getSizeInBytes(type);
}

uint64_t StructLayouts::getAlignment(Type type) {
  if (auto array = dyn_cast<ir::ArrayType>(type))
    return getAlignment(array.getElement());
  if (auto structType = dyn_cast<ir::StructType>(type)) {
    const StructLayout *layout = lookup(structType.getTag());
    return layout ? layout->alignment : 1;
  }
  return ir::getSizeInBytes(type);
}
