//===- Variables.h - checks of declarations ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds variables and structs that no object can have.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_UTILS_VARIABLES_H
#define WHISTLER_DIALECT_WHISTLER_UTILS_VARIABLES_H

#include "Whistler/Dialect/Whistler/Utils/StructLayouts.h"

namespace whistler {

/// Whether the section of that name holds string literals, which have neither
/// symbols nor types.
bool isStringSection(llvm::StringRef name);

/// Whether the section of that name holds nothing but zeros, and takes no space
/// in the file.
bool isZeroSection(llvm::StringRef name);

/// The bytes of `global`. Reports a variable that has none, and one that starts
/// with something else than its section can hold.
llvm::FailureOr<uint64_t> checkVariable(mlir::whistler::GlobalOp global,
                                        StructLayouts &layouts);

/// Reports fields whose types are not declared.
llvm::LogicalResult checkFields(mlir::whistler::StructOp op,
                                StructLayouts &layouts);

} // namespace whistler

#endif // WHISTLER_DIALECT_WHISTLER_UTILS_VARIABLES_H
