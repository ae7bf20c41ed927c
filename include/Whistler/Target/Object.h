//===- Object.h - from the bpf dialect to files -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Writes a module as an ELF object, as raw BTF, or as a listing.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TARGET_OBJECT_H
#define WHISTLER_TARGET_OBJECT_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SmallVector.h"

namespace llvm {
class raw_ostream;
class SourceMgr;
} // namespace llvm

namespace whistler {

struct EmitOptions {
  /// Where the text of source lines is looked up first; a file that is not
  /// there is read from disk. May be null.
  const llvm::SourceMgr *sources = nullptr;
  /// Jumps may have 32-bit distances (v4).
  bool longJumps = false;
};

/// All of these take a module on which `bpf-codegen` has run: maps, and
/// functions of the bpf dialect on machine registers. They report what they
/// cannot encode.

/// Replaces `bytes` by a relocatable EM_BPF ELF object with BTF.
llvm::LogicalResult emitObject(mlir::ModuleOp module,
                               llvm::SmallVectorImpl<char> &bytes,
                               const EmitOptions &options = {});

/// Replaces `bytes` by the contents of the object's `.BTF` section.
llvm::LogicalResult emitBTF(mlir::ModuleOp module,
                            llvm::SmallVectorImpl<char> &bytes,
                            const EmitOptions &options = {});

/// Prints the instructions of every program in the syntax of the kernel's
/// verifier log, each run of them under the source line that it comes from.
llvm::LogicalResult emitListing(mlir::ModuleOp module, llvm::raw_ostream &os,
                                const EmitOptions &options = {});

} // namespace whistler

#endif // WHISTLER_TARGET_OBJECT_H
