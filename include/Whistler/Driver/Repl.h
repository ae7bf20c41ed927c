//===- Repl.h - the prompt --------------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A Common Lisp prompt with the compiler in it.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DRIVER_REPL_H
#define WHISTLER_DRIVER_REPL_H

#include "Whistler/Driver/Compiler.h"

namespace whistler {

/// Reads forms from standard input until it ends or `(quit)`, and prints their
/// values. On a terminal with line editing, history and completion; otherwise
/// without a prompt, and any error makes the exit status 1.
int runRepl(const CompilerOptions &options);

} // namespace whistler

#endif // WHISTLER_DRIVER_REPL_H
