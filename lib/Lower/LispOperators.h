//===- LispOperators.h - what programs write instead ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Operators of Common Lisp that programs do not have.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LOWER_LISPOPERATORS_H
#define WHISTLER_LIB_LOWER_LISPOPERATORS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace whistler {

class Form;

/// What a program has instead of the Common Lisp operator `name` (upper case),
/// as the end of an error message; empty if nothing is known of it.
llvm::StringRef getReplacement(llvm::StringRef name);

/// Whether `args` are those of Common Lisp's macro `loop` (CLHS 6.1), and not
/// those of the helper bpf_loop: they begin with a word that begins a clause,
/// or are compound forms only.
bool isLispLoop(llvm::ArrayRef<const Form *> args);

} // namespace whistler

#endif // WHISTLER_LIB_LOWER_LISPOPERATORS_H
