//===- FieldPath.h - ways from a struct to a field --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Follows paths such as `se.load.weight` or `comm[2]` through structs.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_UTILS_FIELDPATH_H
#define WHISTLER_DIALECT_WHISTLER_UTILS_FIELDPATH_H

#include "Whistler/Dialect/Whistler/Utils/StructLayouts.h"

#include "llvm/Support/Error.h"

namespace whistler {

/// A step into a struct or an array.
struct FieldStep {
  /// The struct that is stepped into; null for an array.
  const StructLayout *layout;
  /// The array that is stepped into; null for a struct.
  mlir::whistler::ArrayType array;
  /// The number of the field or of the element.
  uint32_t index;
};

/// A field, or an element of an array, and how to get there.
struct FieldPath {
  llvm::SmallVector<FieldStep> steps;
  /// From the start of the struct.
  uint64_t bitOffset = 0;
  /// The width of a bitfield, otherwise 0.
  uint32_t bitWidth = 0;
  mlir::Type type;
  /// The last step was to an element of an array.
  bool isElement = false;

  /// The path as relocations have it: "0:1:2".
  std::string getAccess() const;
};

/// Follows `path` from the struct `tag`. Fails with a message on names that
/// there are not, and on paths that lead through pointers.
llvm::Expected<FieldPath> walkFieldPath(StructLayouts &layouts,
                                        llvm::StringRef tag,
                                        llvm::StringRef path);

} // namespace whistler

#endif // WHISTLER_DIALECT_WHISTLER_UTILS_FIELDPATH_H
