//===- DataTypes.cpp - BTF of types in memory -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Follows types to what they are made of.
//
//===----------------------------------------------------------------------===//

#include "DataTypes.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace whistler;
using llvm::dyn_cast;
using llvm::SmallVector;
using llvm::StringRef;
using mlir::IntegerType;
using mlir::Type;
namespace ir = mlir::whistler;

/// The name that BTF has for a tag.
static StringRef getTypeName(StringRef tag) {
  auto isBody = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  bool isIdentifier =
      !tag.empty() && !llvm::isDigit(tag.front()) && llvm::all_of(tag, isBody);
  return isIdentifier ? tag : "";
}

btf::TypeId DataTypes::get(Type type) {
  return llvm::TypeSwitch<Type, btf::TypeId>(type)
      .Case<IntegerType>([&](IntegerType integer) {
        return types.addScalar(integer.getWidth() / 8, integer.isSigned());
      })
      .Case<ir::StructType>(
          [&](ir::StructType type) { return getStruct(type.getTag()); })
      .Case<ir::EnumType>([&](ir::EnumType type) {
        btf::TypeId declared = getEnum(type.getTag());
        return declared.isVoid()
                   ? addEnum(type.getTag(), type.getUnderlying(), {})
                   : declared;
      })
      .Case<ir::ArrayType>([&](ir::ArrayType array) {
        return types.addArray(get(array.getElement()), array.getCount());
      })
      .Case<ir::PointerType>([&](ir::PointerType pointer) {
        return getPointer(pointer.getPointee());
      })
      .Default(btf::TypeId());
}

btf::TypeId DataTypes::getPointer(Type pointee) {
  auto structType = dyn_cast<ir::StructType>(pointee);
  if (structType && !layouts.isDeclared(structType.getTag()))
    return types.addPointer(
        types.addForward(btf::Composite::Struct, structType.getTag()));
  return types.addPointer(get(pointee));
}

btf::TypeId DataTypes::getParameter(Type type) {
  if (auto pointer = dyn_cast<ir::PointerType>(type))
    if (auto structType = dyn_cast<ir::StructType>(pointer.getPointee()))
      if (layouts.lookup(structType.getTag()))
        return types.addPointer(getStruct(structType.getTag()));
  return get(type);
}

btf::TypeId DataTypes::getStruct(StringRef tag) {
  auto found = structs.find(tag);
  if (found != structs.end())
    return found->second;
  const StructLayout *layout = layouts.lookup(tag);
  return layout ? describe(*layout) : btf::TypeId();
}

btf::TypeId DataTypes::describe(const StructLayout &layout) {
  auto kind = layout.isUnion ? btf::Composite::Union : btf::Composite::Struct;
  // Fields may point to the struct that they are in.
  btf::TypeId type = types.declareComposite(kind, getTypeName(layout.tag));
  structs[layout.tag] = type;
  SmallVector<btf::Member> members;
  for (ir::FieldAttr field : layout.fields)
    members.push_back({field.getName(), get(field.getType()),
                       field.getBitOffset(), uint8_t(field.getBitWidth())});
  types.defineComposite(type, layout.size, members);
  return type;
}

btf::TypeId DataTypes::addEnum(StringRef tag, Type underlying,
                               llvm::ArrayRef<btf::Enumerator> enumerators) {
  auto integer = llvm::cast<IntegerType>(underlying);
  return types.addEnum(getTypeName(tag), integer.getWidth() / 8,
                       integer.isSigned(), enumerators);
}

SmallVector<btf::Enumerator> whistler::getEnumerators(ir::EnumOp op) {
  SmallVector<btf::Enumerator> enumerators;
  for (auto enumerator : op.getEnumerators().getAsRange<ir::EnumeratorAttr>())
    enumerators.push_back({enumerator.getName(), enumerator.getValue()});
  return enumerators;
}

btf::TypeId DataTypes::getEnum(StringRef tag) {
  ir::EnumOp op = layouts.lookupEnum(tag);
  return op ? addEnum(tag, op.getUnderlying(), getEnumerators(op))
            : btf::TypeId();
}
