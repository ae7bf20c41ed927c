//===- MergeStores.cpp - wide stores for several narrow ones ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Initialises variables, records, map values and packets with as few stores as
// possible.
//
//===----------------------------------------------------------------------===//

#include "MaskedTest.h"
#include "StoreWindow.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_MERGESTORESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct MergeStores : mlir::whistler::impl::MergeStoresPassBase<MergeStores> {
  void runOnOperation() override;
};
} // namespace

/// Whether writes to what `root` points to can be merged.
static bool isMergeable(Value root) {
  switch (cast<PtrType>(root.getType()).getSpace()) {
  case AddressSpace::Packet:
    return true;
  case AddressSpace::Stack:
    return bool(root.getDefiningOp<AllocaOp>());
  case AddressSpace::MapValue:
  case AddressSpace::Ringbuf:
    return getAlignment(root) > 1;
  default:
    return false;
  }
}

/// What `op` writes to, and what; none for other operations.
static std::optional<std::pair<Value, Write>> getWrite(Operation *op) {
  Write write = {op, 0, 0, std::nullopt};
  Value base, value;
  APInt constant;
  if (auto store = dyn_cast<StoreOp>(op)) {
    base = store.getBase();
    value = store.getValue();
    write.offset = store.getOffset();
    write.size = getSizeInBytes(value.getType());
  } else if (auto set = dyn_cast<MemSetOp>(op)) {
    base = set.getBase();
    value = set.getValue();
    write.offset = set.getOffset();
    write.size = set.getSize();
  } else {
    return std::nullopt;
  }
  Place place = getPlace(base, write.offset);
  auto alloca = place.root.getDefiningOp<AllocaOp>();
  bool isComputedSet =
      isa<MemSetOp>(op) && !matchPattern(value, m_ConstantInt(&constant));
  if (!isMergeable(place.root) || isComputedSet ||
      (alloca && mayPointTo(value, alloca)))
    return std::nullopt;
  write.offset = place.offset;
  if (matchPattern(value, m_ConstantInt(&constant)))
    write.constant = constant;
  return std::pair(place.root, write);
}

/// Merges writes in `block`, but for those to variables in `kept`, whose
/// addresses are known elsewhere.
static void mergeStores(Block &block,
                        const SmallPtrSetImpl<Operation *> &kept) {
  constexpr size_t maxWindows = 16;
  llvm::MapVector<Value, StoreWindow> windows;
  auto close = [&](llvm::function_ref<bool(const StoreWindow &)> isDone) {
    windows.remove_if([&](auto &entry) {
      if (!isDone(entry.second))
        return false;
      entry.second.merge();
      return true;
    });
  };
  // Merging replaces operations in front of the one that is looked at.
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (isa<PtrAddOp, PtrCastOp, PtrCmpOp>(op))
      continue;
    auto write = getWrite(&op);
    if (write && kept.contains(write->first.getDefiningOp()))
      write.reset();
    // Other pointers may point to the same.
    close([&](const StoreWindow &window) {
      return !(write && window.getRoot() == write->first) &&
             window.isReadBy(&op);
    });
    for (auto &[root, window] : windows)
      window.addReader(&op);
    if (!write)
      continue;
    auto [found, isNew] =
        windows.insert({write->first, StoreWindow(write->first)});
    found->second.add(std::move(write->second));
    if ((isNew && windows.size() > maxWindows) || found->second.isFull())
      close([](const StoreWindow &) { return true; });
  }
  close([](const StoreWindow &) { return true; });
}

/// Stores to the stack of a byte that was shifted up by 8 bits: a zero and the
/// byte, which take as many instructions. The zero can become part of other
/// stores.
static void splitShifted(StoreOp store) {
  auto trunc = store.getValue().getDefiningOp<arith::TruncIOp>();
  auto shift = trunc ? trunc.getIn().getDefiningOp<arith::ShLIOp>()
                     : store.getValue().getDefiningOp<arith::ShLIOp>();
  auto ext =
      shift ? shift.getLhs().getDefiningOp<arith::ExtUIOp>() : arith::ExtUIOp();
  APInt count;
  bool isShifted = ext && store.getValue().getType().isInteger(16) &&
                   ext.getIn().getType().isInteger(8) && shift->hasOneUse() &&
                   store.getValue().hasOneUse() &&
                   matchPattern(shift.getRhs(), m_ConstantInt(&count)) &&
                   count == 8;
  Place place = getPlace(store.getBase(), store.getOffset());
  if (!isShifted || !place.root.getDefiningOp<AllocaOp>())
    return;
  OpBuilder builder(store);
  Location loc = store.getLoc();
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getI8IntegerAttr(0));
  StoreOp::create(builder, loc, zero, store.getBase(), store.getOffset());
  StoreOp::create(builder, loc, ext.getIn(), store.getBase(),
                  store.getOffset() + 1);
  Operation *shifted = store.getValue().getDefiningOp();
  store.erase();
  eraseUnused(shifted);
}

/// What has to do with the variable that `pointer` points to, and the blocks.
static void collectUses(Value pointer, SmallPtrSetImpl<Operation *> &users,
                        SmallPtrSetImpl<Block *> &blocks) {
  for (Operation *user : pointer.getUsers()) {
    blocks.insert(user->getBlock());
    if (users.insert(user).second && isa<PtrAddOp, PtrCastOp>(user))
      collectUses(user->getResult(0), users, blocks);
  }
}

/// Whether control comes from `start` to one of `blocks`. Where that takes long
/// to find out, it may.
static bool isAnyReached(Block *start, const SmallPtrSetImpl<Block *> &blocks) {
  constexpr size_t maxBlocks = 100;
  llvm::SetVector<Block *> reached;
  reached.insert(start);
  for (size_t index = 0; index != reached.size(); ++index) {
    if (blocks.contains(reached[index]) || index == maxBlocks)
      return true;
    reached.insert(reached[index]->succ_begin(), reached[index]->succ_end());
  }
  return false;
}

/// Moves `op`, a write of a constant to a variable, behind the branch if only
/// one way on has to do with the variable, and to what is written there. True
/// if it did.
static bool sinkConstant(Operation *op) {
  std::optional<std::pair<Value, Write>> write = getWrite(op);
  if (!write || !write->second.constant)
    return false;
  auto alloca = write->first.getDefiningOp<AllocaOp>();
  Block *block = op->getBlock();
  if (!alloca || block->getNumSuccessors() < 2 || isAddressKept(alloca))
    return false;
  SmallPtrSet<Operation *, 16> users;
  SmallPtrSet<Block *, 8> blocks;
  collectUses(alloca, users, blocks);
  for (Operation *next = op->getNextNode(); next; next = next->getNextNode())
    if (users.contains(next) || isa<AsmOp>(next))
      return false;
  Block *only = nullptr;
  for (Block *successor : block->getSuccessors())
    if (isAnyReached(successor, blocks)) {
      if (only)
        return false;
      only = successor;
    }
  if (!only || only->getSinglePredecessor() != block)
    return false;
  op->moveBefore(&only->front());
  return true;
}

/// Sinks the constants that end what `body` writes to variables in a block,
/// block by block.
static void sinkConstants(Operation *body) {
  for (Block &block : body->getRegion(0))
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
      while (sinkConstant(&op))
        ;
}

void MergeStores::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    SmallPtrSet<Operation *, 8> kept;
    body->walk([&](AllocaOp alloca) {
      if (isAddressKept(alloca))
        kept.insert(alloca);
    });
    SmallVector<StoreOp> stores;
    body->walk([&](StoreOp store) { stores.push_back(store); });
    for (StoreOp store : stores)
      splitShifted(store);
    sinkConstants(body);
    for (Block &block : body->getRegion(0))
      mergeStores(block, kept);
  });
}
