//===- Bindings.h - declarations for other languages ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Writes what a module shares with user space as declarations in other
// languages: structs, constants, and the names of maps, programs and globals.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TARGET_BINDINGS_H
#define WHISTLER_TARGET_BINDINGS_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/ArrayRef.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace whistler {

/// A language that declarations can be written in.
struct BindingLanguage {
  /// As it is named on the command line.
  llvm::StringRef name;
  /// What the name of a file of declarations ends with, behind the object's
  /// name without `.bpf.o`.
  llvm::StringRef fileSuffix;
};

/// All languages, in the order in which they are listed to users.
llvm::ArrayRef<BindingLanguage> getBindingLanguages();

/// The language of that name, or null.
const BindingLanguage *lookupBindingLanguage(llvm::StringRef name);

/// Writes the declarations of `module` in `language`, one of
/// `getBindingLanguages()`. The module is in the whistler dialect: programs
/// that are machine code already are not seen. `name` is what the include
/// guard, Go's package and Lisp's package are made from; it has a letter or
/// digit in it. Reports what a language cannot express and names that become
/// the same, and then writes nothing.
llvm::LogicalResult emitBindings(mlir::ModuleOp module,
                                 const BindingLanguage &language,
                                 llvm::StringRef name, llvm::raw_ostream &os);

} // namespace whistler

#endif // WHISTLER_TARGET_BINDINGS_H
