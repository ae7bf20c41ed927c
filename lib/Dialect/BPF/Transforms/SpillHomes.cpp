//===- SpillHomes.cpp - registers for spilled values ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A value that finds all preserved registers taken where it is defined is
// spilled as a whole. Often some other value is needed for the last time before
// the next call: its register is free then for the rest.
//
//===----------------------------------------------------------------------===//

#include "SpillHomes.h"
#include "RegisterLiveness.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Dominance.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::bpf;

namespace {
/// A slot that is stored once, and the loads of it.
struct Spill {
  StoreOp store;
  SmallVector<LoadOp> loads;
};

class SpillHomes {
public:
  explicit SpillHomes(FuncOp func) : func(func), dominance(func) {}

  void move(Spill &spill);

private:
  bool isKept(Spill &spill, Block *block) const;
  Operation *findPlace(Spill &spill, Block *block) const;
  std::optional<Register> findFree(Operation *place) const;

  FuncOp func;
  DominanceInfo dominance;
};
} // namespace

static std::optional<Spill> getSpill(SlotOp slot) {
  Spill spill;
  for (Operation *user : slot->getUsers()) {
    if (auto load = dyn_cast<LoadOp>(user)) {
      spill.loads.push_back(load);
      continue;
    }
    auto store = dyn_cast<StoreOp>(user);
    if (!store || spill.store)
      return std::nullopt;
    spill.store = store;
  }
  return spill.store && !spill.loads.empty() ? std::optional(spill)
                                             : std::nullopt;
}

static bool writes(Block::iterator begin, Block::iterator end, Register reg) {
  return llvm::any_of(llvm::make_range(begin, end), [&](Operation &op) {
    return getWrites(&op).contains(reg);
  });
}

static bool isArgument(Block *block, Register reg) {
  return llvm::any_of(block->getArguments(), [&](BlockArgument argument) {
    return getMachineRegister(argument) == reg;
  });
}

/// Whether the register that is stored has its content at the start of `block`,
/// which the store dominates.
bool SpillHomes::isKept(Spill &spill, Block *block) const {
  Register reg = *getMachineRegister(spill.store.getValue());
  Block *origin = spill.store->getBlock();
  llvm::SetVector<Block *> between;
  between.insert(block);
  for (size_t index = 0; index != between.size(); ++index) {
    if (isArgument(between[index], reg))
      return false;
    for (Block *predecessor : between[index]->getPredecessors()) {
      auto begin = predecessor == origin ? std::next(spill.store->getIterator())
                                         : predecessor->begin();
      if (writes(begin, predecessor->end(), reg))
        return false;
      if (predecessor != origin)
        between.insert(predecessor);
    }
  }
  return true;
}

/// The last operation of `block` in front of all loads that finds the content
/// in the register that was stored; null if there is none.
Operation *SpillHomes::findPlace(Spill &spill, Block *block) const {
  Register reg = *getMachineRegister(spill.store.getValue());
  bool isOrigin = spill.store->getBlock() == block;
  if (!isOrigin && !isKept(spill, block))
    return nullptr;
  Operation *place = isOrigin ? spill.store->getNextNode() : &block->front();
  while (!getWrites(place).contains(reg) &&
         !place->hasTrait<OpTrait::IsTerminator>() &&
         !llvm::is_contained(spill.loads, place))
    place = place->getNextNode();
  return place;
}

/// A register that calls preserve and that nothing touches from `place` on.
std::optional<Register> SpillHomes::findFree(Operation *place) const {
  RegisterSet touched;
  auto touch = [&](Block::iterator begin, Block::iterator end) {
    for (Operation &op : llvm::make_range(begin, end))
      touched = touched | getReads(&op) | getWrites(&op);
  };
  touch(place->getIterator(), place->getBlock()->end());
  llvm::SetVector<Block *> reachable;
  reachable.insert(place->getBlock()->succ_begin(),
                   place->getBlock()->succ_end());
  for (size_t index = 0; index != reachable.size(); ++index) {
    Block *block = reachable[index];
    touch(block->begin(), block->end());
    for (BlockArgument argument : block->getArguments())
      touched.insert(*getMachineRegister(argument));
    reachable.insert(block->succ_begin(), block->succ_end());
  }
  for (Register reg : {Register::R6, Register::R7, Register::R8, Register::R9})
    if (!touched.contains(reg))
      return reg;
  return std::nullopt;
}

/// Whether the operand may be in any register.
static bool takesAny(OpOperand &use) {
  Operation *op = use.getOwner();
  if (isa<StoreOp, LoadOp, MovOp, AtomicMemOp>(op))
    return true;
  if (auto alu = dyn_cast<AluRegOp>(op))
    return &alu.getRhsMutable() == &use && alu.getLhs() != alu.getRhs();
  return false;
}

void SpillHomes::move(Spill &spill) {
  Block *block = spill.loads.front()->getBlock();
  for (LoadOp load : spill.loads)
    block = dominance.findNearestCommonDominator(block, load->getBlock());
  auto isReplaceable = [](LoadOp load) {
    return llvm::all_of(load.getDst().getUses(), takesAny);
  };
  // One copy, and neither the store nor these loads any more.
  size_t removed = 1 + llvm::count_if(spill.loads, isReplaceable);
  if (removed < 2 || !dominance.dominates(spill.store->getBlock(), block))
    return;
  Operation *place = findPlace(spill, block);
  std::optional<Register> home = place ? findFree(place) : std::nullopt;
  bool isBeforeAll = home && llvm::all_of(spill.loads, [&](LoadOp load) {
                       return dominance.dominates(place, load);
                     });
  if (!isBeforeAll)
    return;
  OpBuilder builder(place);
  Value value = spill.store.getValue();
  Value kept =
      MovOp::create(builder, value.getLoc(),
                    RegType::get(func.getContext(), *home), Width::W64, value);
  for (LoadOp load : spill.loads) {
    Value result = kept;
    if (!isReplaceable(load)) {
      builder.setInsertionPoint(load);
      result = MovOp::create(builder, load.getLoc(), load.getDst().getType(),
                             Width::W64, kept);
    }
    load.replaceAllUsesWith(result);
    load.erase();
  }
}

void bpf::moveSpillsToRegisters(FuncOp func, ArrayRef<SlotOp> slots) {
  // What an instruction that is given by its fields reads is not known.
  WalkResult hasRaw = func.walk([](RawOp) { return WalkResult::interrupt(); });
  if (hasRaw.wasInterrupted())
    return;
  SpillHomes homes(func);
  for (SlotOp slot : slots)
    if (std::optional<Spill> spill = getSpill(slot))
      homes.move(*spill);
}
