//===- Functions.h - the functions of a module ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Tells which functions an object has to hold.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_UTILS_FUNCTIONS_H
#define WHISTLER_DIALECT_WHISTLER_UTILS_FUNCTIONS_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SetVector.h"

namespace whistler {

/// The programs and global functions of `module`, in whatever dialect, and the
/// functions that these call, or whose address they take, directly or not.
llvm::SetVector<mlir::Operation *> findNeededFunctions(mlir::ModuleOp module);

} // namespace whistler

#endif // WHISTLER_DIALECT_WHISTLER_UTILS_FUNCTIONS_H
