//===- DataTypes.h - BTF of types in memory ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Describes the types of maps, variables and parameters.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TARGET_OBJECT_DATATYPES_H
#define WHISTLER_LIB_TARGET_OBJECT_DATATYPES_H

#include "Whistler/Dialect/Whistler/Utils/StructLayouts.h"

#include "Whistler/Target/BTF/Builder.h"

namespace whistler {

/// The constants of an enumeration, as BTF takes them.
llvm::SmallVector<btf::Enumerator> getEnumerators(mlir::whistler::EnumOp op);

/// Turns types of the whistler dialect into BTF types, each once.
class DataTypes {
public:
  DataTypes(StructLayouts &layouts, btf::Builder &types)
      : layouts(layouts), types(types) {}

  /// The BTF of a type in memory, `none` being void. What a pointer points to
  /// is described if the module declares it; otherwise there is only its name.
  /// An enumeration that is not declared has no enumerators.
  btf::TypeId get(mlir::Type type);

  /// The BTF of a parameter. As `get`, but for a pointer to a context: the
  /// kernel knows it by the name of a struct that is described
  /// (btf_get_prog_ctx_type).
  btf::TypeId getParameter(mlir::Type type);

  /// The struct or union of that tag with all its fields; void if there is
  /// none. A tag that is no C identifier is not written: the struct is an
  /// anonymous one.
  btf::TypeId getStruct(llvm::StringRef tag);

  /// The enumeration of that tag; void if the module does not declare it.
  btf::TypeId getEnum(llvm::StringRef tag);

private:
  btf::TypeId getPointer(mlir::Type pointee);
  btf::TypeId addEnum(llvm::StringRef tag, mlir::Type underlying,
                      llvm::ArrayRef<btf::Enumerator> enumerators);
  btf::TypeId describe(const StructLayout &layout);

  StructLayouts &layouts;
  btf::Builder &types;
  llvm::StringMap<btf::TypeId> structs;
};

} // namespace whistler

#endif // WHISTLER_LIB_TARGET_OBJECT_DATATYPES_H
