//===- LocalMacro.h - macrolet and symbol-macrolet --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What is known of a macro that is visible in a part of a program.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_LOCALMACRO_H
#define WHISTLER_LIB_LISP_LOCALMACRO_H

#include "Whistler/Reader/Form.h"

#include "llvm/ADT/SmallVector.h"

namespace whistler {

struct LocalMacro {
  const Symbol *name;
  /// `(name lambda-list body...)`, or null for a symbol macro.
  const Form *definition = nullptr;
  /// What a symbol macro stands for.
  const Form *expansion = nullptr;
  /// The macros in whose scope the definition stands.
  llvm::SmallVector<const LocalMacro *, 4> outer;

  /// The name under which the fast path knows it, or null.
  const Symbol *fastName = nullptr;
  /// The expansion function, an object of the Lisp system, once it was needed.
  mutable void *expander = nullptr;
};

} // namespace whistler

#endif // WHISTLER_LIB_LISP_LOCALMACRO_H
