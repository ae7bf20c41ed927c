//===- ContextTypes.h - BTF of program contexts -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Describes the structs that programs get as their contexts.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TARGET_OBJECT_CONTEXTTYPES_H
#define WHISTLER_LIB_TARGET_OBJECT_CONTEXTTYPES_H

#include "Whistler/Target/BTF/Builder.h"

#include <string>

namespace whistler {

/// The struct of that name with all its fields, and those of structs in it.
/// `name` is one of the UAPI's context structs.
btf::TypeId addContextStruct(btf::Builder &types, llvm::StringRef name);

/// A field of a context struct, or an element of a field.
struct FieldAccess {
  /// The path to it that libbpf's CO-RE wants: "0:1" or "0:1:2".
  std::string path;
  /// Bytes from the start of the struct.
  uint32_t offset;
};

/// The access to `field` or `field[index]` of a context struct. Nothing for a
/// field that the struct does not have.
std::optional<FieldAccess> lookupFieldAccess(llvm::StringRef structName,
                                             llvm::StringRef field);

} // namespace whistler

#endif // WHISTLER_LIB_TARGET_OBJECT_CONTEXTTYPES_H
