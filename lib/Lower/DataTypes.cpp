//===- DataTypes.cpp - the types of what is in memory -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Parses types, and tells their sizes and names.
//
//===----------------------------------------------------------------------===//

#include "DataTypes.h"

#include "Environment.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace whistler;
// The dialect's name for it; Type.h has another.
using mlir::whistler::PointerType;
using mlir::whistler::StructType;

/// The most bytes that an object in memory may have: what an offset holds.
static constexpr int64_t maxObjectSize = 1 << 29;

//===----------------------------------------------------------------------===//
// Scalars
//===----------------------------------------------------------------------===//

std::optional<ScalarType> ScalarType::get(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<ScalarType>>(name)
      .Case("U8", ScalarType{8, false})
      .Case("U16", ScalarType{16, false})
      .Case("U32", ScalarType{32, false})
      .Case("U64", ScalarType{64, false})
      .Case("I8", ScalarType{8, true})
      .Case("I16", ScalarType{16, true})
      .Case("I32", ScalarType{32, true})
      .Case("I64", ScalarType{64, true})
      .Default(std::nullopt);
}

std::optional<ScalarType> ScalarType::get(const Form *form) {
  const Symbol *symbol = form->getSymbol();
  return symbol && symbol->isLanguageName() ? get(symbol->getName())
                                            : std::nullopt;
}

std::optional<ScalarType> ScalarType::get(mlir::Type type) {
  if (auto enumType = llvm::dyn_cast<mlir::whistler::EnumType>(type))
    return get(enumType.getUnderlying());
  if (auto intType = llvm::dyn_cast<mlir::IntegerType>(type))
    return ScalarType{intType.getWidth(), intType.isSigned()};
  return std::nullopt;
}

mlir::Type whistler::getDataType(ScalarType scalar,
                                 mlir::MLIRContext *context) {
  return mlir::IntegerType::get(context, scalar.bits,
                                scalar.isSigned ? mlir::IntegerType::Signed
                                                : mlir::IntegerType::Unsigned);
}

//===----------------------------------------------------------------------===//
// Structs
//===----------------------------------------------------------------------===//

const StructField *StructInfo::lookup(llvm::StringRef fieldName) const {
  auto it = llvm::find_if(fields, [&](const StructField &field) {
    return fieldName.equals_insensitive(field.name);
  });
  return it == fields.end() ? nullptr : &*it;
}

std::optional<uint64_t> Environment::getSize(mlir::Type type) const {
  if (auto structType = llvm::dyn_cast<StructType>(type)) {
    const StructInfo *info = lookupStructByTag(structType.getTag());
    return info ? std::optional<uint64_t>(info->size) : std::nullopt;
  }
  if (auto array = llvm::dyn_cast<mlir::whistler::ArrayType>(type)) {
    std::optional<uint64_t> element = getSize(array.getElement());
    return element ? std::optional(*element * array.getCount()) : std::nullopt;
  }
  return mlir::whistler::getSizeInBytes(type);
}

uint32_t Environment::getAlignment(mlir::Type type) const {
  if (auto structType = llvm::dyn_cast<StructType>(type)) {
    const StructInfo *info = lookupStructByTag(structType.getTag());
    return info ? info->alignment : 1;
  }
  if (auto array = llvm::dyn_cast<mlir::whistler::ArrayType>(type))
    return getAlignment(array.getElement());
  return mlir::whistler::getSizeInBytes(type);
}

//===----------------------------------------------------------------------===//
// Parsing
//===----------------------------------------------------------------------===//

/// `(array T n)`.
static std::optional<mlir::Type> parseArrayType(const Form *form,
                                                Environment &env) {
  if (properListLength(form) != 3) {
    env.diags.error(form->getRange(), "an array is written `(array type n)`");
    return std::nullopt;
  }
  std::optional<mlir::Type> element = parseDataType(listElement(form, 1), env);
  std::optional<int64_t> count = requireConstantIn(
      listElement(form, 2), env, "the length of an array", 0, maxObjectSize);
  if (!element || !count)
    return std::nullopt;
  uint64_t bytes = env.getSize(*element).value_or(0) * uint64_t(*count);
  if (bytes > uint64_t(maxObjectSize)) {
    env.diags.error(form->getRange(), "the array has " + llvm::Twine(bytes) +
                                          " bytes, and at most " +
                                          llvm::Twine(maxObjectSize) +
                                          " are possible");
    return std::nullopt;
  }
  return mlir::whistler::ArrayType::get(&env.context, uint32_t(*count),
                                        *element);
}

/// `(ptr T)`, where T may be a struct that is declared nowhere, or `(ptr)`.
static std::optional<mlir::Type> parsePointerType(const Form *form,
                                                  Environment &env) {
  std::optional<size_t> length = properListLength(form);
  if (!length || *length > 2) {
    env.diags.error(form->getRange(),
                    "a pointer is written `(ptr type)`, or `(ptr)`");
    return std::nullopt;
  }
  mlir::Type pointee = mlir::NoneType::get(&env.context);
  if (*length == 2) {
    const Form *target = listElement(form, 1);
    const Symbol *name = target->getSymbol();
    if (name && !name->isKeyword() && !ScalarType::get(target) &&
        !env.lookupStruct(name))
      pointee = StructType::get(&env.context, getCIdentifier(name->getName()));
    else if (std::optional<mlir::Type> type = parseDataType(target, env))
      pointee = *type;
    else
      return std::nullopt;
  }
  return PointerType::get(&env.context, pointee);
}

std::optional<mlir::Type> whistler::parseDataType(const Form *form,
                                                  Environment &env) {
  if (std::optional<ScalarType> scalar = ScalarType::get(form))
    return getDataType(*scalar, &env.context);
  if (const Symbol *name = form->getSymbol()) {
    if (const StructInfo *info = env.lookupStruct(name))
      return StructType::get(&env.context, info->tag);
    if (env.isBroken(name))
      return std::nullopt;
  }
  const Symbol *op = listOperator(form);
  if (op && op->is("ARRAY"))
    return parseArrayType(form, env);
  if (op && op->is("PTR"))
    return parsePointerType(form, env);
  const Symbol *name = form->getSymbol();
  std::string suggestion =
      name ? getSuggestion(name, env.getTypeNames()) : std::string();
  if (suggestion.empty())
    suggestion = "; there are u8 u16 u32 u64 i8 i16 i32 i64, structs, `(array "
                 "type n)` and `(ptr type)`";
  env.diags.error(form->getRange(),
                  "`" + getText(form) + "` is not a type" + suggestion);
  return std::nullopt;
}

std::optional<mlir::Type> whistler::parseSizedType(const Form *form,
                                                   Environment &env) {
  std::optional<mlir::Type> type = parseDataType(form, env);
  if (!type)
    return std::nullopt;
  mlir::Type element = *type;
  while (auto array = llvm::dyn_cast<mlir::whistler::ArrayType>(element))
    element = array.getElement();
  auto structType = llvm::dyn_cast<StructType>(element);
  const StructInfo *info =
      structType ? env.lookupStructByTag(structType.getTag()) : nullptr;
  if (!info || !info->isKernel || !info->importedFrom.isVoid())
    return type;
  env.diags.error(form->getRange(),
                  "how large the kernel's `" + info->name +
                      "` is cannot be told from the fields that are written "
                      "here; `import-kernel-struct` knows, and `(type-size " +
                      info->name + ")` asks the running kernel");
  return std::nullopt;
}

std::string whistler::getTypeName(mlir::Type type, const Environment &env) {
  if (auto structType = llvm::dyn_cast<StructType>(type)) {
    const StructInfo *info = env.lookupStructByTag(structType.getTag());
    if (info)
      return info->name;
    std::string name = structType.getTag().lower();
    llvm::replace(name, '_', '-');
    return name;
  }
  if (auto array = llvm::dyn_cast<mlir::whistler::ArrayType>(type))
    return "(array " + getTypeName(array.getElement(), env) + " " +
           std::to_string(array.getCount()) + ")";
  if (auto pointer = llvm::dyn_cast<PointerType>(type)) {
    if (llvm::isa<mlir::NoneType>(pointer.getPointee()))
      return "(ptr)";
    return "(ptr " + getTypeName(pointer.getPointee(), env) + ")";
  }
  std::optional<ScalarType> scalar = ScalarType::get(type);
  return (scalar->isSigned ? "i" : "u") + std::to_string(scalar->bits);
}
