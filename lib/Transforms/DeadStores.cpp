//===- DeadStores.cpp - zeros that are overwritten --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Cuts from the initialisation of stack memory what is written again before
// anything reads it.
//
//===----------------------------------------------------------------------===//

#include "StackPlaces.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/BitVector.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_DEADSTORESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct DeadStores : mlir::whistler::impl::DeadStoresPassBase<DeadStores> {
  void runOnOperation() override;
};
} // namespace

/// What of the bytes `[offset, offset + size)` of `alloca` is written behind
/// `op`, in its block, before anything may read it.
static llvm::BitVector findOverwritten(Operation *op, AllocaOp alloca,
                                       int64_t offset, int64_t size) {
  llvm::BitVector overwritten(size);
  for (Operation *next = op->getNextNode(); next; next = next->getNextNode()) {
    if (isa<PtrAddOp, PtrCastOp, PtrCmpOp>(next))
      continue;
    if (auto store = dyn_cast<StoreOp>(next)) {
      Place place = getPlace(store.getBase(), store.getOffset());
      if (place.root == alloca.getResult()) {
        int64_t width = getSizeInBytes(store.getValue().getType());
        int64_t start = std::max(place.offset, offset);
        int64_t end = std::min(place.offset + width, offset + size);
        if (start < end)
          overwritten.set(start - offset, end - offset);
        continue;
      }
    }
    if (llvm::any_of(next->getOperands(), [&](Value operand) {
          return mayPointTo(operand, alloca);
        }))
      break;
    // An instruction that is given by its fields may do anything.
    if (isa<AsmOp>(next))
      break;
  }
  return overwritten;
}

/// The smallest naturally aligned piece of a word that holds all bytes which
/// are set in `needed`, as start and size.
static std::pair<int64_t, int64_t> getPiece(const llvm::BitVector &needed) {
  int64_t first = needed.find_first(), last = needed.find_last();
  int64_t size = 1;
  while (first / size != last / size)
    size *= 2;
  return {first / size * size, size};
}

/// Sets only those bytes that are not overwritten: in each word of 8 bytes the
/// smallest piece that one store can set.
static void trim(MemSetOp op) {
  Place place = getPlace(op.getBase(), op.getOffset());
  auto alloca = place.root.getDefiningOp<AllocaOp>();
  constexpr int64_t wordSize = 8;
  if (!alloca || isAddressKept(alloca) || place.offset % wordSize != 0)
    return;
  llvm::BitVector overwritten =
      findOverwritten(op, alloca, place.offset, op.getSize());
  if (overwritten.none())
    return;
  OpBuilder builder(op);
  for (int64_t word = 0; word < op.getSize(); word += wordSize) {
    llvm::BitVector needed(wordSize);
    for (int64_t byte = 0; byte < wordSize; ++byte)
      if (word + byte < op.getSize() && !overwritten[word + byte])
        needed.set(byte);
    if (needed.none())
      continue;
    auto [start, size] = getPiece(needed);
    size = std::min<int64_t>(size, op.getSize() - word - start);
    MemSetOp::create(builder, op.getLoc(), op.getBase(),
                     op.getOffset() + word + start, op.getValue(), size);
  }
  op.erase();
}

void DeadStores::runOnOperation() {
  SmallVector<MemSetOp> ops;
  getOperation()->walk([&](MemSetOp op) { ops.push_back(op); });
  for (MemSetOp op : ops)
    trim(op);
}
