//===- WhistlerPlugin.cpp - a plugin for mlir-opt ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What MLIR's tools ask a plugin for, to have our dialects and passes.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Registration.h"

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"

/// For `--load-dialect-plugin`.
extern "C" LLVM_ATTRIBUTE_WEAK mlir::DialectPluginLibraryInfo
mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "Whistler", WHISTLER_VERSION,
          [](mlir::DialectRegistry *registry) {
            whistler::registerDialects(*registry);
          }};
}

/// For `--load-pass-plugin`.
extern "C" LLVM_ATTRIBUTE_WEAK mlir::PassPluginLibraryInfo
mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "Whistler", WHISTLER_VERSION,
          [] { whistler::registerPasses(); }};
}
