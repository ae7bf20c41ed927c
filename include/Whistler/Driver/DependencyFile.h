//===- DependencyFile.h - what outputs are made of, for make ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Tells make and Ninja which files an output has to be made again for.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DRIVER_DEPENDENCYFILE_H
#define WHISTLER_DRIVER_DEPENDENCYFILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace whistler {

/// Prints a rule in make's syntax without a command: the targets depend on the
/// files. Characters that mean something to make are quoted, as compilers of C
/// do it.
void printDependencies(llvm::raw_ostream &os,
                       llvm::ArrayRef<std::string> targets,
                       llvm::ArrayRef<std::string> files);

} // namespace whistler

#endif // WHISTLER_DRIVER_DEPENDENCYFILE_H
