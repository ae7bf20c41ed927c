//===- BPFAttrs.cpp - attributes of the bpf dialect -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Registers the attributes.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/BPF/IR/BPFDialect.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::bpf;

#define GET_ATTRDEF_CLASSES
#include "Whistler/Dialect/BPF/IR/BPFAttrs.cpp.inc"

void BPFDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "Whistler/Dialect/BPF/IR/BPFAttrs.cpp.inc"
      >();
}
