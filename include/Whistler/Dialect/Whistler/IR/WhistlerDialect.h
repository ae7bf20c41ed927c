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
#include "mlir/IR/BuiltinOps.h"
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

#define GET_ATTRDEF_CLASSES
#include "Whistler/Dialect/Whistler/IR/WhistlerAttrs.h.inc"

namespace mlir::whistler {

/// The fields of the program's context.
struct CtxResource : SideEffects::Resource::Base<CtxResource> {
  StringRef getName() final { return "<whistler.ctx>"; }
};

/// The number of bytes that a value of `type` takes in memory: an integer's
/// width rounded up to bytes, 8 for a pointer, all elements of an array. Not
/// for structs, whose declaration knows.
unsigned getSizeInBytes(Type type);

/// How far to shift instead of dividing by `divisor`: it has to be a constant
/// power of two, and the mask of the bits below it an immediate of
/// instructions. The verifier knows the bounds of shifted and masked values,
/// and none of other quotients and remainders (adjust_scalar_min_max_vals in
/// kernel/bpf/verifier.c).
std::optional<unsigned> getDivisionShift(Value divisor);

} // namespace mlir::whistler

#define GET_OP_CLASSES
#include "Whistler/Dialect/Whistler/IR/WhistlerOps.h.inc"

namespace mlir::whistler {

/// The module's declarations of structs and enumerations, by their tags.
class TypeTable {
public:
  explicit TypeTable(ModuleOp module);

  /// The declaration, or null.
  StructOp lookupStruct(StringRef tag) const { return structs.lookup(tag); }
  EnumOp lookupEnum(StringRef tag) const { return enums.lookup(tag); }

  /// The bytes of a type of memory; none if a struct in it is not declared.
  std::optional<uint64_t> getSize(Type type) const;

private:
  llvm::StringMap<StructOp> structs;
  llvm::StringMap<EnumOp> enums;
};

} // namespace mlir::whistler

#endif // WHISTLER_DIALECT_WHISTLER_IR_WHISTLERDIALECT_H
