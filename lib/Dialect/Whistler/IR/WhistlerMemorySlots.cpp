//===- WhistlerMemorySlots.cpp - promotion of variables ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What mem2reg asks of variables, loads and stores.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mlir::whistler;

//===----------------------------------------------------------------------===//
// AllocaOp
//===----------------------------------------------------------------------===//

SmallVector<MemorySlot> AllocaOp::getPromotableSlots() {
  if (isa<ArrayType>(getElemType()))
    return {};
  return {MemorySlot{getResult(), getElemType()}};
}

Value AllocaOp::getDefaultValue(const MemorySlot &slot, OpBuilder &builder) {
  if (auto type = dyn_cast<PtrType>(slot.elemType))
    return NullOp::create(builder, getLoc(), type);
  return arith::ConstantOp::create(builder, getLoc(),
                                   builder.getIntegerAttr(slot.elemType, 0));
}

void AllocaOp::handleBlockArgument(const MemorySlot &, BlockArgument,
                                   OpBuilder &) {}

std::optional<PromotableAllocationOpInterface>
AllocaOp::handlePromotionComplete(const MemorySlot &, Value defaultValue,
                                  OpBuilder &) {
  if (defaultValue && defaultValue.use_empty())
    defaultValue.getDefiningOp()->erase();
  erase();
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// LoadOp and StoreOp
//===----------------------------------------------------------------------===//

/// Whether an access of `accessed` at `offset` covers the whole slot.
static bool isWholeAccess(const MemorySlot &slot, Value base, int32_t offset,
                          Type accessed) {
  return base == slot.ptr && offset == 0 && accessed == slot.elemType;
}

bool LoadOp::loadsFrom(const MemorySlot &slot) { return getBase() == slot.ptr; }

bool LoadOp::storesTo(const MemorySlot &) { return false; }

Value LoadOp::getStored(const MemorySlot &, OpBuilder &, Value,
                        const DataLayout &) {
  llvm_unreachable("a load does not store");
}

bool LoadOp::canUsesBeRemoved(const MemorySlot &slot,
                              const SmallPtrSetImpl<OpOperand *> &,
                              SmallVectorImpl<OpOperand *> &,
                              const DataLayout &) {
  return isWholeAccess(slot, getBase(), getOffset(), getType());
}

DeletionKind LoadOp::removeBlockingUses(const MemorySlot &,
                                        const SmallPtrSetImpl<OpOperand *> &,
                                        OpBuilder &, Value reachingDefinition,
                                        const DataLayout &) {
  getResult().replaceAllUsesWith(reachingDefinition);
  return DeletionKind::Delete;
}

bool StoreOp::loadsFrom(const MemorySlot &) { return false; }

bool StoreOp::storesTo(const MemorySlot &slot) { return getBase() == slot.ptr; }

Value StoreOp::getStored(const MemorySlot &, OpBuilder &, Value,
                         const DataLayout &) {
  return getValue();
}

bool StoreOp::canUsesBeRemoved(const MemorySlot &slot,
                               const SmallPtrSetImpl<OpOperand *> &,
                               SmallVectorImpl<OpOperand *> &,
                               const DataLayout &) {
  return getValue() != slot.ptr &&
         isWholeAccess(slot, getBase(), getOffset(), getValue().getType());
}

DeletionKind StoreOp::removeBlockingUses(const MemorySlot &,
                                         const SmallPtrSetImpl<OpOperand *> &,
                                         OpBuilder &, Value,
                                         const DataLayout &) {
  return DeletionKind::Delete;
}
