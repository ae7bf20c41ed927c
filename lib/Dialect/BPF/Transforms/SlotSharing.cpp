//===- SlotSharing.cpp - several values in one stack slot -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Liveness of stack slots, and a greedy colouring of their interference.
//
//===----------------------------------------------------------------------===//

#include "SlotSharing.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::bpf;

namespace {
class SlotSharing {
public:
  SlotSharing(FuncOp func, ArrayRef<SlotOp> slots);

  void run();

private:
  /// The number of the slot that `op` accesses; none for other operations.
  std::optional<unsigned> getSlot(Operation &op) const;
  void solve();
  llvm::BitVector getLiveOut(Block *block) const;

  FuncOp func;
  ArrayRef<SlotOp> slots;
  llvm::DenseMap<Value, unsigned> numbers;
  llvm::DenseMap<Block *, llvm::BitVector> liveIn;
  /// For each slot, those whose content is needed when it is written.
  std::vector<llvm::BitVector> conflicts;
};
} // namespace

SlotSharing::SlotSharing(FuncOp func, ArrayRef<SlotOp> slots)
    : func(func), slots(slots),
      conflicts(slots.size(), llvm::BitVector(slots.size())) {
  for (auto [number, slot] : llvm::enumerate(slots))
    numbers[SlotOp(slot).getSlot()] = number;
}

std::optional<unsigned> SlotSharing::getSlot(Operation &op) const {
  for (Value operand : op.getOperands())
    if (auto found = numbers.find(operand); found != numbers.end())
      return found->second;
  return std::nullopt;
}

llvm::BitVector SlotSharing::getLiveOut(Block *block) const {
  llvm::BitVector result(slots.size());
  for (Block *successor : block->getSuccessors())
    if (auto found = liveIn.find(successor); found != liveIn.end())
      result |= found->second;
  return result;
}

void SlotSharing::solve() {
  llvm::SetVector<Block *> worklist;
  for (Block &block : func.getBody())
    worklist.insert(&block);
  while (!worklist.empty()) {
    Block *block = worklist.pop_back_val();
    llvm::BitVector live = getLiveOut(block);
    for (Operation &op : llvm::reverse(*block))
      if (std::optional<unsigned> slot = getSlot(op))
        live[*slot] = isa<LoadOp>(op);
    llvm::BitVector &known = liveIn[block];
    if (known == live && known.size() == live.size())
      continue;
    known = live;
    worklist.insert(block->pred_begin(), block->pred_end());
  }
}

void SlotSharing::run() {
  solve();
  for (Block &block : func.getBody()) {
    llvm::BitVector live = getLiveOut(&block);
    for (Operation &op : llvm::reverse(block)) {
      std::optional<unsigned> slot = getSlot(op);
      if (!slot)
        continue;
      live[*slot] = isa<LoadOp>(op);
      if (!isa<LoadOp>(op))
        conflicts[*slot] |= live;
    }
  }
  // What each place conflicts with, by the slot that stands for it.
  SmallVector<unsigned> places;
  std::vector<llvm::BitVector> members;
  for (unsigned slot = 0; slot < slots.size(); ++slot) {
    auto fits = [&](unsigned place) {
      if (members[place].anyCommon(conflicts[slot]))
        return false;
      return llvm::none_of(members[place].set_bits(), [&](unsigned other) {
        return conflicts[other].test(slot);
      });
    };
    auto candidates = llvm::seq<unsigned>(places.size());
    auto found = llvm::find_if(candidates, fits);
    if (found == candidates.end()) {
      places.push_back(slot);
      members.emplace_back(slots.size());
      members.back().set(slot);
      continue;
    }
    members[*found].set(slot);
    SlotOp(slots[slot])
        .replaceAllUsesWith(SlotOp(slots[places[*found]]).getSlot());
    SlotOp(slots[slot]).erase();
  }
}

void bpf::shareSlots(FuncOp func, ArrayRef<SlotOp> slots) {
  if (slots.size() > 1)
    SlotSharing(func, slots).run();
}
