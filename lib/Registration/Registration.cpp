//===- Registration.cpp - everything that tools register --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Registers dialects and passes.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Registration.h"

#include "Whistler/Conversion/Passes.h"
#include "Whistler/Dialect/BPF/IR/BPFDialect.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Transforms/Passes.h"

void whistler::registerDialects(mlir::DialectRegistry &registry) {
  registry.insert<mlir::arith::ArithDialect, mlir::bpf::BPFDialect,
                  mlir::cf::ControlFlowDialect, mlir::LLVM::LLVMDialect,
                  mlir::whistler::WhistlerDialect>();
}

void whistler::registerPasses() {
  mlir::registerTransformsPasses();
  mlir::arith::registerArithPasses();
  mlir::whistler::registerWhistlerTransformsPasses();
  mlir::whistler::registerWhistlerConversionPasses();
  mlir::bpf::registerBPFPasses();
  mlir::whistler::registerOptimizationPipelines();
  mlir::whistler::registerConversionPipelines();
  mlir::whistler::registerWhistlerToLLVMPipeline();
  mlir::bpf::registerBPFCodegenPipeline();
}
