//===- LLVMIR.h - the second backend ----------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// From the LLVM dialect to LLVM IR, and by LLVM's BPF target to an object.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TARGET_LLVMIR_H
#define WHISTLER_TARGET_LLVMIR_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <memory>

namespace llvm {
class LLVMContext;
class Module;
class SourceMgr;
class raw_ostream;
} // namespace llvm

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace whistler {

/// Adds the translation to LLVM IR of what the modules below consist of.
void registerLLVMIRTranslation(mlir::DialectRegistry &registry);

/// Translates a module that `convert-whistler-to-llvm` has converted. The text
/// of source lines is taken from `sources`, or else read from disk by LLVM.
/// Null after an error.
std::unique_ptr<llvm::Module>
translateToLLVMIR(mlir::ModuleOp module, llvm::LLVMContext &context,
                  const llvm::SourceMgr *sources = nullptr);

/// Writes the LLVM IR of such a module as text.
llvm::LogicalResult emitLLVMIR(mlir::ModuleOp module, llvm::raw_ostream &os,
                               const llvm::SourceMgr *sources = nullptr);

/// How LLVM compiles.
struct LLVMOptions {
  /// The instruction set version, "v1" to "v4".
  std::string cpu = "v3";
  /// What LLVM calls the level: "O0", "O1", "O2", "Os".
  std::string level = "O2";
  /// See above; may be null.
  const llvm::SourceMgr *sources = nullptr;
};

/// Optimises such a module with LLVM, and writes the bytes of its object file.
/// LLVM's code generator is in a shared library, which is loaded for this;
/// reports where it is not to be had.
llvm::LogicalResult emitLLVMObject(mlir::ModuleOp module,
                                   llvm::SmallVectorImpl<char> &bytes,
                                   const LLVMOptions &options);

} // namespace whistler

#endif // WHISTLER_TARGET_LLVMIR_H
