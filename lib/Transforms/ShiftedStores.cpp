//===- ShiftedStores.cpp - the upper part of a number -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Stores numbers to the stack that would have to be shifted down as part of
// what they are in.
//
//===----------------------------------------------------------------------===//

#include "StackPlaces.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_SHIFTEDSTORESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// A store of the upper bytes of a number to the start of a variable.
struct ShiftedStore {
  StoreOp store;
  AllocaOp variable;
  /// The number, and the bytes of it up to the last one that is stored.
  Value whole;
  int64_t size;
  /// How many of these bytes are not stored.
  int64_t skipped;

  static std::optional<ShiftedStore> get(StoreOp store);
  bool canMove();
  void rewrite();
};

struct ShiftedStores
    : mlir::whistler::impl::ShiftedStoresPassBase<ShiftedStores> {
  void runOnOperation() override;
};
} // namespace

/// The shift that `value` is the low part of, if both are for it alone.
static arith::ShRUIOp getShift(Value value) {
  auto trunc = value.getDefiningOp<arith::TruncIOp>();
  if (trunc && !trunc->hasOneUse())
    return {};
  auto shift = (trunc ? trunc.getIn() : value).getDefiningOp<arith::ShRUIOp>();
  return shift && shift->hasOneUse() ? shift : arith::ShRUIOp();
}

std::optional<ShiftedStore> ShiftedStore::get(StoreOp store) {
  Place place = getPlace(store.getBase(), store.getOffset());
  auto variable = place.root.getDefiningOp<AllocaOp>();
  arith::ShRUIOp shift = getShift(store.getValue());
  APInt count;
  if (!variable || place.offset != 0 || !shift ||
      !matchPattern(shift.getRhs(), m_ConstantInt(&count)) ||
      count.urem(8) != 0)
    return std::nullopt;
  Value whole = shift.getLhs();
  int64_t skipped = int64_t(count.getLimitedValue()) / 8;
  int64_t size = skipped + getSizeInBytes(store.getValue().getType());
  if (skipped == 0 || !llvm::isPowerOf2_64(size) ||
      size > getSizeInBytes(whole.getType()))
    return std::nullopt;
  return ShiftedStore{store, variable, whole, size, skipped};
}

/// Whether all accesses through `pointer`, which is at `offset` in a variable,
/// stay aligned if the variable moves to `skipped` bytes behind a place that
/// all of them are aligned to; and nothing else is done with it than that the
/// kernel reads keys and values there.
static bool canMoveBy(int64_t skipped, Value pointer, int64_t offset) {
  return llvm::all_of(pointer.getUses(), [&](OpOperand &use) {
    Operation *user = use.getOwner();
    auto isAligned = [&](int64_t start, Type type) {
      return (skipped + offset + start) % getSizeInBytes(type) == 0;
    };
    if (auto store = dyn_cast<StoreOp>(user))
      return store.getBase() == use.get() &&
             isAligned(store.getOffset(), store.getValue().getType());
    if (auto load = dyn_cast<LoadOp>(user))
      return isAligned(load.getOffset(), load.getType());
    if (isa<PtrAddOp, PtrCastOp>(user)) {
      Place place = getPlace(user->getResult(0));
      return isa_and_nonnull<AllocaOp>(place.root.getDefiningOp()) &&
             canMoveBy(skipped, user->getResult(0), place.offset);
    }
    return isa<MapLookupOp, MapUpdateOp, MapDeleteOp>(user);
  });
}

bool ShiftedStore::canMove() {
  // The kernel hashes keys by words, where they are words.
  constexpr int64_t hashedSize = 4;
  return skipped % std::min(hashedSize, getAlignment(variable)) == 0 &&
         canMoveBy(skipped, variable, 0);
}

/// Gives the variable room in front of it for what is stored in addition.
void ShiftedStore::rewrite() {
  Value larger = shiftVariable(variable, skipped);
  OpBuilder builder(store);
  if (size < getSizeInBytes(whole.getType()))
    whole = arith::TruncIOp::create(builder, store.getLoc(),
                                    builder.getIntegerType(8 * size), whole);
  StoreOp::create(builder, store.getLoc(), whole, larger, 0);
  Operation *value = store.getValue().getDefiningOp();
  store.erase();
  if (auto trunc = dyn_cast<arith::TruncIOp>(value)) {
    value = trunc.getIn().getDefiningOp();
    trunc.erase();
  }
  value->erase();
}

void ShiftedStores::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    SmallVector<StoreOp> stores;
    body->walk([&](StoreOp store) { stores.push_back(store); });
    for (StoreOp store : stores)
      if (std::optional<ShiftedStore> shifted = ShiftedStore::get(store);
          shifted && shifted->canMove() && hasRoomOnStack(body))
        shifted->rewrite();
  });
}
