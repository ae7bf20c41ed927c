//===- ForwardSpills.cpp - spilled values in registers ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Follows which registers hold what a slot does, to do without loads, then
// removes the stores that nobody loads.
//
//===----------------------------------------------------------------------===//

#include "BitLiveness.h"
#include "RegisterLiveness.h"
#include "SpillHomes.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/PostOrderIterator.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFFORWARDSPILLS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

/// Whether `op` accesses all of the slot that is its base.
static bool isWholeAccess(Operation *op) {
  if (auto load = dyn_cast<LoadOp>(op))
    return load.getKind() == LoadKind::U64 && load.getOffset() == 0;
  if (auto store = dyn_cast<StoreOp>(op))
    return store.getSize() == StoreSize::B64 && store.getOffset() == 0;
  auto store = dyn_cast<StoreImmOp>(op);
  return store && store.getSize() == StoreSize::B64 && store.getOffset() == 0;
}

/// Whether a slot only keeps a register's content: nobody else knows it.
static bool isSpillSlot(SlotOp slot) {
  return slot.getSize() == 8 && llvm::all_of(slot->getUsers(), isWholeAccess);
}

namespace {
/// The spill slots of a function, numbered.
class SpillSlots {
public:
  explicit SpillSlots(FuncOp func) {
    func.walk([&](SlotOp slot) {
      if (isSpillSlot(slot))
        numbers[slot.getSlot()] = slots.size(), slots.push_back(slot);
    });
  }

  unsigned size() const { return slots.size(); }
  ArrayRef<SlotOp> get() const { return slots; }

  /// The number of the slot that `op` loads or stores; none for other
  /// operations.
  std::optional<unsigned> getAccessed(Operation *op) const {
    Value base;
    if (auto load = dyn_cast<LoadOp>(op))
      base = load.getBase();
    else if (auto store = dyn_cast<StoreOp>(op))
      base = store.getBase();
    else if (auto store = dyn_cast<StoreImmOp>(op))
      base = store.getBase();
    auto found = numbers.find(base);
    return found == numbers.end() ? std::nullopt
                                  : std::make_optional(found->second);
  }

private:
  SmallVector<SlotOp> slots;
  llvm::DenseMap<Value, unsigned> numbers;
};

/// What is known at one place.
struct Copies {
  explicit Copies(unsigned numSlots = 0) : holders(numSlots) {}

  /// The value in each register.
  std::array<Value, numRegisters> values = {};
  /// The registers that hold the content of each slot.
  SmallVector<RegisterSet, 4> holders;
};
} // namespace

static unsigned getNumber(Value value) {
  return static_cast<unsigned>(*getMachineRegister(value));
}

/// Notes what `op` does to registers and slots.
static void update(Operation *op, Copies &copies, const SpillSlots &slots) {
  auto mov = dyn_cast<MovOp>(op);
  bool copies64 = mov && mov.getWidth() == Width::W64;
  for (RegisterSet &holders : copies.holders) {
    bool gainsHolder =
        copies64 && holders.contains(*getMachineRegister(mov.getSrc()));
    getWrites(op).forEach([&](Register reg) { holders.erase(reg); });
    if (gainsHolder)
      holders.insert(*getMachineRegister(mov.getDst()));
  }
  getWrites(op).forEach([&](Register reg) {
    copies.values[static_cast<unsigned>(reg)] = Value();
  });
  for (Value result : op->getResults())
    if (getMachineRegister(result))
      copies.values[getNumber(result)] = result;
  std::optional<unsigned> slot = slots.getAccessed(op);
  if (!slot)
    return;
  RegisterSet &holders = copies.holders[*slot];
  if (auto load = dyn_cast<LoadOp>(op)) {
    holders.insert(*getMachineRegister(load.getDst()));
    return;
  }
  holders = RegisterSet();
  if (auto store = dyn_cast<StoreOp>(op)) {
    Register reg = *getMachineRegister(store.getValue());
    holders.insert(reg);
    copies.values[static_cast<unsigned>(reg)] = store.getValue();
  }
}

/// Replaces `load` where a register holds its result, and returns the operation
/// that is there then; null if there is none.
static Operation *forward(LoadOp load, const Copies &copies,
                          RegisterSet holders) {
  Register wanted = *getMachineRegister(load.getDst());
  if (holders.contains(wanted)) {
    load.replaceAllUsesWith(copies.values[static_cast<unsigned>(wanted)]);
    load.erase();
    return nullptr;
  }
  Value source;
  holders.forEach([&](Register reg) {
    if (!source)
      source = copies.values[static_cast<unsigned>(reg)];
  });
  if (!source)
    return load;
  OpBuilder builder(load);
  auto mov = MovOp::create(builder, load.getLoc(), load.getDst().getType(),
                           Width::W64, source);
  load.replaceAllUsesWith(mov.getDst());
  load.erase();
  return mov;
}

/// Does without loads of what registers hold.
static void forwardLoads(FuncOp func, const SpillSlots &slots) {
  llvm::DenseMap<Block *, Copies> atEnd;
  for (Block *block :
       llvm::ReversePostOrderTraversal<Block *>(&func.getBody().front())) {
    Copies copies(slots.size());
    if (Block *predecessor = block->getSinglePredecessor())
      copies = atEnd.at(predecessor);
    for (BlockArgument argument : block->getArguments()) {
      for (RegisterSet &holders : copies.holders)
        holders.erase(*getMachineRegister(argument));
      copies.values[getNumber(argument)] = argument;
    }
    for (Operation &op : llvm::make_early_inc_range(*block)) {
      Operation *present = &op;
      if (auto load = dyn_cast<LoadOp>(op))
        if (std::optional<unsigned> slot = slots.getAccessed(load))
          present = forward(load, copies, copies.holders[*slot]);
      if (present)
        update(present, copies, slots);
    }
    atEnd[block] = std::move(copies);
  }
}

/// Goes back through `block` with the slots that are loaded later, and calls
/// `function` for each store to another one.
static void walkStores(Block *block, llvm::BitVector &live,
                       const SpillSlots &slots,
                       llvm::function_ref<void(Operation *)> function) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(*block))) {
    std::optional<unsigned> slot = slots.getAccessed(&op);
    if (!slot)
      continue;
    if (isa<LoadOp>(op)) {
      live.set(*slot);
      continue;
    }
    bool isDead = !live.test(*slot);
    live.reset(*slot);
    if (isDead)
      function(&op);
  }
}

/// Removes stores of what nobody loads.
static void removeDeadStores(FuncOp func, const SpillSlots &slots) {
  BitLiveness liveness;
  liveness.solve(func, slots.size(), [&](Block *block, llvm::BitVector &live) {
    walkStores(block, live, slots, [](Operation *) {});
  });
  for (Block &block : func.getBody()) {
    llvm::BitVector live = liveness.getLiveOut(&block);
    walkStores(&block, live, slots, [](Operation *op) { op->erase(); });
  }
}

namespace {
struct ForwardSpillsPass
    : public bpf::impl::BPFForwardSpillsBase<ForwardSpillsPass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    SpillSlots slots(func);
    if (slots.size() == 0)
      return markAllAnalysesPreserved();
    forwardLoads(func, slots);
    moveSpillsToRegisters(func, slots.get());
    removeDeadStores(func, slots);
    for (SlotOp slot : slots.get())
      if (slot->use_empty())
        slot.erase();
  }
};
} // namespace
