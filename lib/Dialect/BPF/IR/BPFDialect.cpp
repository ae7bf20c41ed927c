//===- BPFDialect.cpp - the bpf dialect -------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Registers the dialect's attributes, types and operations.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/BPF/IR/BPFDialect.h"
#include "Whistler/Dialect/BPF/IR/BPFOps.h"

using namespace mlir;
using namespace mlir::bpf;

#include "Whistler/Dialect/BPF/IR/BPFDialect.cpp.inc"
#include "Whistler/Dialect/BPF/IR/BPFEnums.cpp.inc"

void BPFDialect::initialize() {
  registerAttributes();
  registerTypes();
  addOperations<
#define GET_OP_LIST
#include "Whistler/Dialect/BPF/IR/BPFOps.cpp.inc"
      >();
}
