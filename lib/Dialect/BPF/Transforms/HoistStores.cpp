//===- HoistStores.cpp - stores before the branch ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks at each block that only stores to what the other way from a branch
// stores to as well, tries what the function is like without it, and keeps what
// is shorter.
//
//===----------------------------------------------------------------------===//

#include "BlockOrder.h"
#include "Blocks.h"
#include "Constants.h"
#include "RegisterForm.h"
#include "RegisterLiveness.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFHOISTSTORES
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

namespace {
/// The bytes that a store writes.
struct Place {
  Value base;
  int16_t offset;
  StoreSize size;

  bool operator==(const Place &other) const {
    return base == other.base && offset == other.offset && size == other.size;
  }
};
} // namespace

/// Where `op` stores; none if it is no plain store, or if the loader finds out
/// where the bytes are.
static std::optional<Place> getPlace(Operation &op) {
  if (auto store = dyn_cast<StoreOp>(op); store && !store.getField())
    return Place{store.getBase(), store.getOffset(), store.getSize()};
  if (auto store = dyn_cast<StoreImmOp>(op))
    return Place{store.getBase(), store.getOffset(), store.getSize()};
  return std::nullopt;
}

/// Whether `block` stores to `place` before it does anything else to memory.
static bool overwrites(Block *block, const Place &place) {
  std::optional<Register> base = getMachineRegister(place.base);
  for (Operation &op : *block) {
    if (std::optional<Place> other = getPlace(op))
      return *other == place;
    bool isArithmetic =
        isConstant(&op) || isa<MovOp, AluRegOp, AluImmOp, EndianRegOp>(op);
    if (!isArithmetic || !base || getWrites(&op).contains(*base))
      return false;
  }
  return false;
}

/// Whether `block`, which one edge of a branch leads to, does nothing but store
/// and go on.
static bool isOnlyStore(Block *block) {
  Block *branch = block->getSinglePredecessor();
  return branch && branch->getNumSuccessors() == 2 &&
         block->getOperations().size() == 2 &&
         isa<JaOp>(block->getTerminator()) && getPlace(block->front());
}

/// Whether the other way from the branch to `block` overwrites what that
/// stores.
static bool isOverwritten(Block *block) {
  Block *branch = block->getSinglePredecessor();
  Block *other = branch->getSuccessor(branch->getSuccessor(0) == block);
  return other != block && overwrites(other, *getPlace(block->front()));
}

/// Stores before the branch to `block` if the function is shorter then.
static void tryHoisting(FuncOp func, Block *block) {
  Operation *branch = block->getSinglePredecessor()->getTerminator();
  unsigned index = branch->getSuccessor(0) == block ? 0 : 1;
  unsigned before = countSlots(func);
  Operation *store = &block->front();
  store->moveBefore(branch);
  branch->setSuccessor(block->getTerminator()->getSuccessor(0), index);
  if (countSlots(func) < before) {
    block->erase();
    return;
  }
  branch->setSuccessor(block, index);
  store->moveBefore(block->getTerminator());
}

namespace {
struct HoistStoresPass : public bpf::impl::BPFHoistStoresBase<HoistStoresPass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    if (func.getBody().hasOneBlock() ||
        func.getBody().getBlocks().size() > maxSearchedBlocks ||
        !RegisterForm::isPossible(func))
      return markAllAnalysesPreserved();
    eraseUnreachableBlocks(func);
    SmallVector<Block *> candidates;
    for (Block &block : func.getBody())
      if (isOnlyStore(&block))
        candidates.push_back(&block);
    if (candidates.empty())
      return;
    RegisterForm form(func);
    for (Block *block : candidates)
      if (isOnlyStore(block) && isOverwritten(block))
        tryHoisting(func, block);
  }
};
} // namespace
