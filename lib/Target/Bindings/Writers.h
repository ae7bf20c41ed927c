//===- Writers.h - one writer for each language -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The languages' styles of naming, and the functions that write them.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TARGET_BINDINGS_WRITERS_H
#define WHISTLER_LIB_TARGET_BINDINGS_WRITERS_H

#include "Model.h"

#include "llvm/Support/raw_ostream.h"

namespace whistler::bindings {

extern const NameStyle cStyle, goStyle, rustStyle, pythonStyle, lispStyle;

/// Writes a model that was made with the language's style. `name` has a letter
/// or digit in it. Reports names that collide in this language only; what has
/// been written is of no use then.
using Writer = llvm::LogicalResult(Model &model, llvm::StringRef name,
                                   llvm::raw_ostream &os);
Writer writeC, writeGo, writeRust, writePython, writeLisp;

} // namespace whistler::bindings

#endif // WHISTLER_LIB_TARGET_BINDINGS_WRITERS_H
