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

bool mlir::whistler::isInMapValue(Value root, int64_t offset, int64_t size) {
  auto lookup = root.getDefiningOp<MapLookupOp>();
  auto map = lookup ? SymbolTable::lookupNearestSymbolFrom<MapOp>(
                          lookup, lookup.getMapAttr())
                    : MapOp();
  return map && offset >= 0 && offset + size <= int64_t(map.getValueSize());
}

bool mlir::whistler::hasRoomOnStack(Operation *body) {
  constexpr int64_t maxBytes = 256;
  int64_t bytes = 0;
  bool makesCalls = false;
  body->walk([&](Operation *op) {
    makesCalls |= isa<CallOp>(op);
    if (auto alloca = dyn_cast<AllocaOp>(op))
      bytes += getSizeInBytes(alloca.getElemType());
  });
  return isa<ProgOp>(body) && !makesCalls && bytes <= maxBytes;
}

Value mlir::whistler::shiftVariable(AllocaOp alloca, int64_t shift) {
  constexpr int64_t wordSize = 8;
  OpBuilder builder(alloca);
  MLIRContext *context = builder.getContext();
  Location loc = alloca.getLoc();
  int64_t size = getSizeInBytes(alloca.getElemType()) + shift;
  auto word = IntegerType::get(context, 8 * wordSize, IntegerType::Unsigned);
  Type type = ArrayType::get(context, llvm::divideCeil(size, wordSize), word);
  Value larger = AllocaOp::create(builder, loc, alloca.getType(), type);
  Value place = larger;
  if (shift != 0) {
    Value distance = arith::ConstantOp::create(
        builder, loc, builder.getI64IntegerAttr(shift));
    place = PtrAddOp::create(builder, loc, alloca.getType(), larger, distance);
  }
  alloca.replaceAllUsesWith(place);
  alloca.erase();
  return larger;
}
