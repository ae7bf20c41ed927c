//===- Variables.cpp - checks of declarations -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What both backends refuse.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/Utils/Variables.h"

using namespace whistler;
using llvm::FailureOr;
using llvm::LogicalResult;
using llvm::StringRef;
using mlir::whistler::FieldAttr;
using mlir::whistler::GlobalOp;
using mlir::whistler::StructOp;

bool whistler::isStringSection(StringRef name) {
  return name.starts_with(".rodata.str");
}

bool whistler::isZeroSection(StringRef name) {
  return name == ".bss" || name.starts_with(".bss.");
}

FailureOr<uint64_t> whistler::checkVariable(GlobalOp global,
                                            StructLayouts &layouts) {
  std::optional<uint64_t> size = layouts.getSize(global.getType());
  if (!size || *size == 0)
    return global.emitError("a variable of type ")
           << global.getType() << " takes no place in memory";
  std::optional<StringRef> init = global.getInit();
  if (isZeroSection(global.getSection()) && init &&
      llvm::any_of(*init, [](char c) { return c != 0; }))
    return global.emitError("a variable in ")
           << global.getSection() << " starts as zeros; one in .data may be "
           << "initialized";
  return *size;
}

LogicalResult whistler::checkFields(StructOp op, StructLayouts &layouts) {
  for (auto field : op.getFields().getAsRange<FieldAttr>())
    if (!layouts.getSize(field.getType()))
      return op.emitError("the type of the field \"")
             << field.getName() << "\", " << field.getType()
             << ", is not declared";
  return mlir::success();
}
