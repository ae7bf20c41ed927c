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
#include "llvm/Support/StringSaver.h"

int main(int argc, char **argv) {
  whistler::registerTranslations();
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver saver(allocator);
  llvm::SmallVector<char *> arguments =
      whistler::expandTranslationArguments({argv, size_t(argc)}, saver);
  return mlir::failed(mlir::mlirTranslateMain(
      arguments.size(), arguments.data(), "Whistler's translation driver\n"));
}
