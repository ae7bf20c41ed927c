//===- whistler-lsp-server.cpp - MLIR files in an editor --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// MLIR's language server with Whistler's dialects: diagnostics, definitions and
// hovers in `.mlir` files.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Registration.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  whistler::registerDialects(registry);
  return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry));
}
