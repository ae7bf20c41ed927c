//===- policy-opt.cpp - runs passes on MLIR files ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// An optimiser driver that has Whistler's passes and this project's.
//
//===----------------------------------------------------------------------===//

#include "Passes.h"
#include "Whistler/Registration.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  whistler::registerDialects(registry);
  whistler::registerPasses();
  policy::registerPolicyPasses();
  return mlir::asMainReturnCode(mlir::MlirOptMain(
      argc, argv, "An optimiser with house rules\n", registry));
}
