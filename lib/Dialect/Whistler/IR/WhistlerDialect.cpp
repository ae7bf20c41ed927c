//===- WhistlerDialect.cpp - registration of the dialect --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Registers types and operations, and makes constants for folded operations.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/IR/TargetKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::whistler;

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.cpp.inc"
#include "Whistler/Dialect/Whistler/IR/WhistlerEnums.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "Whistler/Dialect/Whistler/IR/WhistlerTypes.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "Whistler/Dialect/Whistler/IR/WhistlerAttrs.cpp.inc"

void WhistlerDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "Whistler/Dialect/Whistler/IR/WhistlerTypes.cpp.inc"
      >();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "Whistler/Dialect/Whistler/IR/WhistlerAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "Whistler/Dialect/Whistler/IR/WhistlerOps.cpp.inc"
      >();
}

Operation *WhistlerDialect::materializeConstant(OpBuilder &builder,
                                                Attribute value, Type type,
                                                Location loc) {
  if (isa<PtrType>(type) && isa<UnitAttr>(value))
    return NullOp::create(builder, loc, type);
  return arith::ConstantOp::materialize(builder, value, type, loc);
}

unsigned mlir::whistler::getSizeInBytes(Type type) {
  if (isa<PtrType, PointerType>(type))
    return 8;
  if (auto array = dyn_cast<ArrayType>(type))
    return array.getCount() * getSizeInBytes(array.getElement());
  if (auto enumType = dyn_cast<EnumType>(type))
    return getSizeInBytes(enumType.getUnderlying());
  return llvm::divideCeil(cast<IntegerType>(type).getWidth(), 8u);
}

//===----------------------------------------------------------------------===//
// TypeTable
//===----------------------------------------------------------------------===//

TypeTable::TypeTable(ModuleOp module) {
  for (auto op : module.getOps<StructOp>())
    structs.try_emplace(op.getTag(), op);
  for (auto op : module.getOps<EnumOp>())
    enums.try_emplace(op.getTag(), op);
}

std::optional<uint64_t> TypeTable::getSize(Type type) const {
  if (auto structType = dyn_cast<StructType>(type)) {
    StructOp op = lookupStruct(structType.getTag());
    return op ? std::optional<uint64_t>(op.getSize()) : std::nullopt;
  }
  if (auto array = dyn_cast<ArrayType>(type)) {
    std::optional<uint64_t> element = getSize(array.getElement());
    return element ? std::optional(*element * array.getCount()) : std::nullopt;
  }
  return getSizeInBytes(type);
}
