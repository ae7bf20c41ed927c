//===- WhistlerDialect.h - the whistler dialect -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The dialect with its types and operations.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_IR_WHISTLERDIALECT_H
#define WHISTLER_DIALECT_WHISTLER_IR_WHISTLERDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferIntRangeInterface.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/MemorySlotInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h.inc"
#include "Whistler/Dialect/Whistler/IR/WhistlerEnums.h.inc"

#define GET_TYPEDEF_CLASSES
#include "Whistler/Dialect/Whistler/IR/WhistlerTypes.h.inc"

namespace mlir::whistler {

/// The fields of the program's context.
struct CtxResource : SideEffects::Resource::Base<CtxResource> {
  StringRef getName() final { return "<whistler.ctx>"; }
};

/// The number of bytes that a value of `type` takes in memory: an integer's
/// width rounded up to bytes, 8 for a pointer.
unsigned getSizeInBytes(Type type);

} // namespace mlir::whistler

#define GET_OP_CLASSES
#include "Whistler/Dialect/Whistler/IR/WhistlerOps.h.inc"

#endif // WHISTLER_DIALECT_WHISTLER_IR_WHISTLERDIALECT_H
