//===- Lower.h - from forms to the whistler dialect -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Translates a source file to a module of maps and programs.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LOWER_LOWER_H
#define WHISTLER_LOWER_LOWER_H

#include "Whistler/Lisp/CompileTimeLisp.h"
#include "Whistler/Support/Diagnostics.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <string>
#include <vector>

namespace whistler {

struct LowerOptions {
  /// Context fields that are read by name carry CO-RE relocations, for which
  /// the loader needs a kernel with BTF.
  bool relocateContext = true;
  /// Where the kernel's types are imported from: raw BTF, or an ELF file that
  /// has BTF.
  std::string btfPath = "/sys/kernel/btf/vmlinux";
  /// What compile-time code may do.
  LispOptions lisp;
};

/// An object that the source asked for with `compile-to-elf`.
struct RequestedObject {
  /// As written in the source; relative to the current directory.
  std::string path;
  /// How many of the module's operations there were by then: the object holds
  /// these.
  size_t numOperations;
};

struct LoweredSource {
  /// Maps and programs in the order of their definition; null if there were
  /// errors.
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::vector<RequestedObject> objects;
  /// The files that were read beside the sources, which the diagnostic engine
  /// has: of the kernel's types, and what compile-time code has opened.
  std::vector<std::string> otherFiles;
};

/// Reads and lowers a buffer of the diagnostic engine's SourceMgr. Everything
/// that is wrong with the source is reported to `diags`, as far as possible in
/// one run. The context has the dialects of `registerDialects` at its disposal.
LoweredSource lowerSource(unsigned bufferID, DiagnosticEngine &diags,
                          mlir::MLIRContext &context,
                          const LowerOptions &options = LowerOptions());

} // namespace whistler

#endif // WHISTLER_LOWER_LOWER_H
