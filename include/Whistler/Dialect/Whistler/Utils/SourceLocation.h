//===- SourceLocation.h - where operations come from ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The one place in a source file that a location is shown at.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_UTILS_SOURCELOCATION_H
#define WHISTLER_DIALECT_WHISTLER_UTILS_SOURCELOCATION_H

#include "mlir/IR/Location.h"

#include <optional>

namespace whistler {

/// The place in a source file that a location stands for: of several, the
/// first; of a call site, the caller's.
std::optional<mlir::FileLineColRange> findFileLocation(mlir::Location loc);

} // namespace whistler

#endif // WHISTLER_DIALECT_WHISTLER_UTILS_SOURCELOCATION_H
