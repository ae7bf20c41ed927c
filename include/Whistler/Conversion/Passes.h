//===- Passes.h - conversions between dialects ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The passes that leave the whistler dialect, and the pipeline around them.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_CONVERSION_PASSES_H
#define WHISTLER_CONVERSION_PASSES_H

#include "Whistler/Dialect/BPF/IR/BPFDialect.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace mlir::whistler {

#define GEN_PASS_DECL
#include "Whistler/Conversion/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "Whistler/Conversion/Passes.h.inc"

/// Adds what takes a module from the whistler dialect to the bpf dialect on
/// virtual registers. A module that is there already is left as it is. `cpu` is
/// the newest instruction set version to use, "v1" to "v4". With `reportKernel`
/// there is a remark on what needs the newest kernel.
void buildWhistlerToBPFPipeline(OpPassManager &pm, StringRef cpu = "v3",
                                bool reportKernel = false);

/// Registers `whistler-to-bpf`.
void registerConversionPipelines();

/// Adds what takes a module from the whistler dialect to the LLVM dialect, for
/// LLVM's own BPF backend. The options are those of the pipeline above.
void buildWhistlerToLLVMPipeline(OpPassManager &pm, StringRef cpu = "v3",
                                 bool reportKernel = false);

/// Registers `whistler-to-llvm`.
void registerWhistlerToLLVMPipeline();

} // namespace mlir::whistler

#endif // WHISTLER_CONVERSION_PASSES_H
