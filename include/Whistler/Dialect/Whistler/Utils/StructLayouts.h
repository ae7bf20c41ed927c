//===- StructLayouts.h - structs by their tags ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds structs and enumerations, those of the module and those that are the
// contexts of programs.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_UTILS_STRUCTLAYOUTS_H
#define WHISTLER_DIALECT_WHISTLER_UTILS_STRUCTLAYOUTS_H

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "llvm/ADT/StringMap.h"

#include <memory>

namespace whistler {

/// A struct or union with its fields by rising offset.
struct StructLayout {
  llvm::StringRef tag;
  bool isUnion;
  /// In bytes.
  uint32_t size;
  uint32_t alignment;
  llvm::SmallVector<mlir::whistler::FieldAttr> fields;
};

/// The structs that a module can speak of: those that it declares, and the
/// context structs of the UAPI.
class StructLayouts {
public:
  explicit StructLayouts(mlir::ModuleOp module)
      : table(module), context(module.getContext()) {}

  /// The struct of that tag, or null.
  const StructLayout *lookup(llvm::StringRef tag);
  /// Whether the module itself declares a struct of that tag.
  bool isDeclared(llvm::StringRef tag) const {
    return bool(table.lookupStruct(tag));
  }
  /// The enumeration of that tag, or null.
  mlir::whistler::EnumOp lookupEnum(llvm::StringRef tag) const {
    return table.lookupEnum(tag);
  }

  /// The bytes of a value in memory; none where a struct in it is unknown.
  std::optional<uint64_t> getSize(mlir::Type type);
  /// The alignment of a value in memory, in bytes.
  uint64_t getAlignment(mlir::Type type);

private:
  mlir::whistler::TypeTable table;
  mlir::MLIRContext *context;
  /// Behind pointers, as references are given out.
  llvm::StringMap<std::unique_ptr<StructLayout>> layouts;
};

} // namespace whistler

#endif // WHISTLER_DIALECT_WHISTLER_UTILS_STRUCTLAYOUTS_H
