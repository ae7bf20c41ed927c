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

} // namespace whistler

#endif // WHISTLER_REGISTRATION_H
