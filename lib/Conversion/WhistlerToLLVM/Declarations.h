//===- Declarations.h - what a module declares ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Maps, variables and the license as global variables of LLVM.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_CONVERSION_WHISTLERTOLLVM_DECLARATIONS_H
#define WHISTLER_LIB_CONVERSION_WHISTLERTOLLVM_DECLARATIONS_H

#include "DebugInfo.h"

namespace mlir::whistler {

/// Replaces the maps and variables of `module` by global variables, adds the
/// license that its programs have, and gives types their debug information.
/// Reports declarations that no object can have.
LogicalResult convertDeclarations(ModuleOp module,
                                  ::whistler::StructLayouts &layouts,
                                  DebugInfo &debugInfo);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_CONVERSION_WHISTLERTOLLVM_DECLARATIONS_H
