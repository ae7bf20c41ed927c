//===- Registration.h - everything that tools register ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Registers Whistler's dialects and passes, for tools and for embedders.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_REGISTRATION_H
#define WHISTLER_REGISTRATION_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

namespace llvm {
class StringSaver;
} // namespace llvm

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace whistler {

/// Adds the whistler and bpf dialects, and those that programs use beside them.
void registerDialects(mlir::DialectRegistry &registry);

/// Registers Whistler's passes and pipelines and the upstream passes that the
/// pipelines use, so that they can be named on a command line.
void registerPasses();

/// Registers the translations of `whistler-translate`.
void registerTranslations();

/// The arguments of a translation tool as its parser, which has no translations
/// with values, understands them: `--emit-header=go` becomes two arguments. The
/// strings that are added live in `saver`, which outlives the result.
llvm::SmallVector<char *>
expandTranslationArguments(llvm::ArrayRef<char *> arguments,
                           llvm::StringSaver &saver);

} // namespace whistler

#endif // WHISTLER_REGISTRATION_H
