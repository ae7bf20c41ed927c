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
#include "BitLiveness.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

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
  void passBackward(Operation &op, llvm::BitVector &live) const;

  FuncOp func;
  ArrayRef<SlotOp> slots;
  llvm::DenseMap<Value, unsigned> numbers;
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

void SlotSharing::passBackward(Operation &op, llvm::BitVector &live) const {
  if (std::optional<unsigned> slot = getSlot(op))
    live[*slot] = isa<LoadOp>(op);
}

void SlotSharing::run() {
  BitLiveness liveness;
  liveness.solve(func, slots.size(), [&](Block *block, llvm::BitVector &live) {
    for (Operation &op : llvm::reverse(*block))
      passBackward(op, live);
  });
  for (Block &block : func.getBody()) {
    llvm::BitVector live = liveness.getLiveOut(&block);
    for (Operation &op : llvm::reverse(block)) {
      passBackward(op, live);
      std::optional<unsigned> slot = getSlot(op);
      if (slot && !isa<LoadOp>(op))
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
