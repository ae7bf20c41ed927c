//===- ContextTypes.cpp - BTF of program contexts ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Builds struct types from the UAPI tables.
//
//===----------------------------------------------------------------------===//

#include "ContextTypes.h"

#include "Whistler/UAPI/Contexts.h"

using namespace whistler;
using llvm::StringRef;

static btf::TypeId addFieldType(btf::Builder &types,
                                const uapi::ContextField &field) {
  btf::TypeId type;
  switch (field.kind) {
  case uapi::FieldKind::Pointer:
    type = types.addPointer(
        field.pointee.empty()
            ? btf::TypeId()
            : types.addForward(btf::Composite::Struct, field.pointee));
    break;
  case uapi::FieldKind::Struct:
    type = uapi::lookupContextStruct(field.pointee)
               ? addContextStruct(types, field.pointee)
               : types.addOpaque(field.size);
    break;
  default:
    type = types.addScalar(field.size, field.isSigned);
  }
  return field.count ? types.addArray(type, field.count) : type;
}

btf::TypeId whistler::addContextStruct(btf::Builder &types, StringRef name) {
  const uapi::ContextStruct *context = uapi::lookupContextStruct(name);
  llvm::SmallVector<btf::Member> members;
  for (const uapi::ContextField &field : context->fields)
    members.push_back(
        {field.cName, addFieldType(types, field), 8 * field.offset});
  return types.addStruct(name, context->size, members);
}

std::optional<FieldAccess> whistler::lookupFieldAccess(StringRef structName,
                                                       StringRef field) {
  const uapi::ContextStruct *context = uapi::lookupContextStruct(structName);
  if (!context)
    return std::nullopt;
  auto [name, index] = field.split('[');
  for (auto [position, candidate] : llvm::enumerate(context->fields)) {
    if (candidate.cName != name)
      continue;
    FieldAccess access{"0:" + std::to_string(position), candidate.offset};
    if (name.size() == field.size())
      return access;
    uint32_t element;
    if (!index.consume_back("]") || index.getAsInteger(10, element) ||
        element >= candidate.count)
      return std::nullopt;
    access.path += ":" + std::to_string(element);
    access.offset += element * candidate.size;
    return access;
  }
  return std::nullopt;
}
