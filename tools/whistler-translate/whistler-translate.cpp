//===- whistler-translate.cpp - translations in and out ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Runs translations between source files, MLIR and binary outputs, one at a
// time or chained.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Registration.h"

#include "mlir/Support/LogicalResult.h"
#include "mlir/Tools/mlir-translate/MlirTranslateMain.h"

int main(int argc, char **argv) {
  whistler::registerTranslations();
  return mlir::failed(
      mlir::mlirTranslateMain(argc, argv, "Whistler's translation driver\n"));
}
