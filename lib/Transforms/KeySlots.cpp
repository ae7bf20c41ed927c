//===- KeySlots.cpp - scalar map keys and values on the stack ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Stores scalar keys and values where the map helpers can read them.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Transforms/Passes.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_KEYSLOTSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// The slots of one program or function. A key and a value are in use at the
/// same time, so each has slots of its own, one for each width.
class SlotTable {
public:
  explicit SlotTable(Operation *op) : entry(&op->getRegion(0).front()) {}

  /// The slot for `role` and values of `type`.
  Value get(unsigned role, Type type, Location loc) {
    Value &slot = slots[{role, type}];
    if (!slot) {
      OpBuilder builder = OpBuilder::atBlockBegin(entry);
      slot = AllocaOp::create(
          builder, loc, PtrType::get(type.getContext(), AddressSpace::Stack),
          type);
    }
    return slot;
  }

private:
  Block *entry;
  DenseMap<std::pair<unsigned, Type>, Value> slots;
};

struct KeySlots : mlir::whistler::impl::KeySlotsPassBase<KeySlots> {
  void runOnOperation() override;
};
} // namespace

/// The operands of `op` that are keys or values.
static SmallVector<OpOperand *> getMapArguments(Operation *op) {
  return llvm::TypeSwitch<Operation *, SmallVector<OpOperand *>>(op)
      .Case<MapLookupOp, MapDeleteOp>([](auto mapOp) {
        return SmallVector<OpOperand *>{&mapOp.getKeyMutable()};
      })
      .Case<MapUpdateOp>([](MapUpdateOp mapOp) {
        return SmallVector<OpOperand *>{&mapOp.getKeyMutable(),
                                        &mapOp.getValueMutable()};
      })
      .Default([](Operation *) { return SmallVector<OpOperand *>{}; });
}

/// The type of the slot for `scalar`. The verifier takes a key for a constant
/// where it fills the first half of a slot that is aligned to 8.
static Type getSlotType(Operation *op, Value scalar) {
  auto lookup = dyn_cast<MapLookupOp>(op);
  return lookup && lookup.getIsCertain()
             ? IntegerType::get(op->getContext(), 64)
             : scalar.getType();
}

static void placeKeys(Operation *body) {
  SlotTable slots(body);
  body->walk([&](Operation *op) {
    for (auto [role, operand] : llvm::enumerate(getMapArguments(op))) {
      Value scalar = operand->get();
      if (isa<PtrType>(scalar.getType()))
        continue;
      Value slot = slots.get(role, getSlotType(op, scalar), op->getLoc());
      OpBuilder builder(op);
      StoreOp::create(builder, op->getLoc(), scalar, slot, /*offset=*/0);
      operand->set(slot);
    }
  });
}

void KeySlots::runOnOperation() { forEachBody(getOperation(), placeKeys); }
