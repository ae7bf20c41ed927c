//===- whistler-opt.cpp - runs passes on MLIR files -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The optimiser driver: Whistler's dialects, passes and pipelines, one at a
// time or in any order.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Registration.h"
#ifdef WHISTLER_ENABLE_TESTS
#include "TestPasses.h"
#endif

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  whistler::registerDialects(registry);
  whistler::registerPasses();
#ifdef WHISTLER_ENABLE_TESTS
  mlir::whistler::test::registerWhistlerTestPasses();
#endif
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "Whistler's optimiser driver\n", registry));
}
