//===- StackPlaces.cpp - where pointers point to ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks through pointer arithmetic.
//
//===----------------------------------------------------------------------===//

#include "StackPlaces.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::whistler;

Place mlir::whistler::getPlace(Value pointer, int64_t offset) {
  for (;;) {
    if (auto cast = pointer.getDefiningOp<PtrCastOp>()) {
      pointer = cast.getPtr();
      continue;
    }
    auto add = pointer.getDefiningOp<PtrAddOp>();
    APInt amount;
    if (!add || !matchPattern(add.getOffset(), m_ConstantInt(&amount)))
      return {pointer, offset};
    offset = static_cast<int64_t>(static_cast<uint64_t>(offset) +
                                  amount.getZExtValue());
    pointer = add.getBase();
  }
}

bool mlir::whistler::isAddressKept(Value pointer) {
  return llvm::any_of(pointer.getUses(), [](OpOperand &use) {
    Operation *user = use.getOwner();
    if (isa<PtrAddOp, PtrCastOp>(user))
      return isAddressKept(user->getResult(0));
    if (auto store = dyn_cast<StoreOp>(user))
      return store.getValue() == use.get();
    return user->hasTrait<OpTrait::IsTerminator>() ||
           isa<PtrToIntOp, arith::SelectOp, AsmOp>(user);
  });
}

bool mlir::whistler::mayPointTo(Value value, AllocaOp alloca) {
  auto type = dyn_cast<PtrType>(value.getType());
  if (!type)
    return false;
  if (auto other = getPlace(value, 0).root.getDefiningOp<AllocaOp>())
    return other == alloca;
  return type.getSpace() == AddressSpace::Stack ||
         type.getSpace() == AddressSpace::Any;
}

int64_t mlir::whistler::getAlignment(AllocaOp alloca) {
  auto array = dyn_cast<ArrayType>(alloca.getElemType());
  return getSizeInBytes(array ? array.getElement() : alloca.getElemType());
}

int64_t mlir::whistler::getAlignment(Value root) {
  constexpr int64_t wordSize = 8;
  Operation *op = root.getDefiningOp();
  if (auto alloca = dyn_cast_or_null<AllocaOp>(op))
    return getAlignment(alloca);
  auto call = dyn_cast_or_null<HelperCallOp>(op);
  bool isRecord = call && call.getHelper() == "ringbuf_reserve";
  return isRecord || isa_and_nonnull<MapLookupOp>(op) ? wordSize : 1;
}

bool mlir::whistler::canAccess(Value root, int64_t offset, int64_t size) {
  // Machines where programs run access packets at any address.
  if (cast<PtrType>(root.getType()).getSpace() == AddressSpace::Packet)
    return true;
  return size <= getAlignment(root) && offset % size == 0;
}
