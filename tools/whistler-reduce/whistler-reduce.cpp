//===- whistler-reduce.cpp - makes test cases small -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reduces an MLIR file to what a script still finds interesting, with
// Whistler's dialects and passes.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Registration.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Tools/mlir-reduce/MlirReduceMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  whistler::registerDialects(registry);
  whistler::registerPasses();
  mlir::MLIRContext context(registry);
  return mlir::failed(mlir::mlirReduceMain(argc, argv, context));
}
