//===- AllocateRegisters.cpp - a register for each value --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Repeats assignment and spilling until every value has a register.
//
//===----------------------------------------------------------------------===//

#include "Assigner.h"
#include "Blocks.h"
#include "Constants.h"
#include "FixedRegisters.h"
#include "SlotSharing.h"
#include "Spiller.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "Whistler/Dialect/PassRemarks.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFALLOCATEREGISTERS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

static constexpr ::whistler::PassRemarks remarks("bpf-allocate-registers");
using ::whistler::RemarkValue;

/// Whether some value of `func` has no machine register.
static bool hasVirtualRegisters(FuncOp func) {
  WalkResult result = func.getBody().walk([](Block *block) {
    auto isVirtualResult = [](Operation &op) {
      return llvm::any_of(op.getResults(), isVirtualRegister);
    };
    return llvm::any_of(block->getArguments(), isVirtualRegister) ||
                   llvm::any_of(*block, isVirtualResult)
               ? WalkResult::interrupt()
               : WalkResult::advance();
  });
  return result.wasInterrupted();
}

/// The component to spill instead of `component`, which is live only where it
/// must be: what it is passed to, or else what is live beside it for longest.
static std::optional<unsigned> findVictim(const Component &component,
                                          ArrayRef<Component> components) {
  llvm::DenseSet<Value> targets;
  for (Value member : component.members)
    for (OpOperand &use : member.getUses())
      if (auto jump = dyn_cast<JaOp>(use.getOwner()))
        targets.insert(jump.getDest()->getArgument(use.getOperandNumber()));
  std::optional<unsigned> victim;
  for (auto [number, other] : llvm::enumerate(components)) {
    if (!other.isSpillable)
      continue;
    if (llvm::any_of(other.members,
                     [&](Value value) { return targets.contains(value); }))
      return number;
    if (other.range.overlaps(component.range) &&
        (!victim || other.range.size() > components[*victim].range.size()))
      victim = number;
  }
  return victim;
}

/// Tells of a component that is spilled.
static void reportSpill(FuncOp func, const Component &component) {
  Location loc = component.members.front().getLoc();
  if (!loc->findInstanceOf<FileLineColRange>())
    loc = func.getLoc();
  auto remark = remarks.missed(func, loc, "Spilled");
  if (!remark)
    return;
  if (llvm::all_of(component.members, getVirtualConstant))
    remark << "no register is free for this constant between its uses; it is "
              "computed again at each";
  else
    remark << "no register is free for this value between its uses; it is "
              "stored on the stack";
}

/// Spills what `assigner` found no register for.
static LogicalResult spill(FuncOp func, const Assigner &assigner,
                           ArrayRef<Component> components,
                           llvm::DenseSet<Value> &spilled) {
  llvm::SetVector<unsigned> victims;
  for (unsigned number : assigner.getSpilled()) {
    std::optional<unsigned> victim = number;
    if (!components[number].isSpillable)
      victim = findVictim(components[number], components);
    if (!victim)
      return emitError(components[number].members.front().getLoc())
             << "no register is free for this value; raw instructions around "
                "it leave none";
    victims.insert(*victim);
  }
  for (unsigned victim : victims)
    reportSpill(func, components[victim]);
  Spiller(func, components, spilled).spill(victims.getArrayRef());
  return success();
}

static void setRegisters(const Assigner &assigner,
                         ArrayRef<Component> components) {
  for (auto [number, component] : llvm::enumerate(components))
    for (Value value : component.members)
      value.setType(
          RegType::get(value.getContext(), assigner.getRegister(number)));
}

/// The stack slots of `func`.
static SmallVector<SlotOp> getSlots(FuncOp func) {
  SmallVector<SlotOp> slots;
  func.walk([&](SlotOp slot) { slots.push_back(slot); });
  return slots;
}

/// The best of several ways to assign registers; the larger a function is, the
/// fewer are tried.
static Assigner findBestAssignment(const Coalescer &coalescer,
                                   size_t numValues) {
  constexpr size_t maxWork = 2000, maxAttempts = 16, maxWithSpills = 6;
  size_t numAttempts = std::min(maxAttempts, maxWork / (numValues + 1));
  Assigner best(coalescer);
  // Where values are spilled another round comes, and it is the last one that
  // counts most.
  if (!best.getSpilled().empty())
    numAttempts = std::min(numAttempts, maxWithSpills);
  double bestCost = best.getCost();
  for (size_t variation = 1; variation < numAttempts && bestCost > 0;
       ++variation) {
    Assigner next(coalescer, variation);
    double cost = next.getCost();
    if (cost >= bestCost)
      continue;
    best = std::move(next);
    bestCost = cost;
  }
  return best;
}

/// Assigns a register to every value of `func`.
static LogicalResult allocateRegisters(FuncOp func) {
  // Each round spills at least one value for good, and mostly all that have to
  // be; the limit only turns a mistake into an error.
  constexpr unsigned maxRounds = 1000;
  LoopDepths loops(func);
  llvm::DenseSet<Value> spilled;
  for (unsigned round = 0; round < maxRounds; ++round) {
    LiveIntervals intervals(func);
    Coalescer coalescer(intervals, loops, spilled);
    Assigner assigner =
        findBestAssignment(coalescer, intervals.getValues().size());
    ArrayRef<Component> components = coalescer.getComponents();
    if (assigner.getSpilled().empty()) {
      setRegisters(assigner, components);
      return success();
    }
    if (failed(spill(func, assigner, components, spilled)))
      return failure();
  }
  return func.emitError("register allocation does not come to an end");
}

/// Tells how many slots spilled values have; the others are `variables`.
static void reportSpillSlots(FuncOp func,
                             const llvm::DenseSet<Operation *> &variables) {
  auto remark = remarks.analysis(func, "SpillSlots");
  if (!remark)
    return;
  size_t count = llvm::count_if(
      getSlots(func), [&](SlotOp slot) { return !variables.contains(slot); });
  remark << "values without a register take "
         << RemarkValue("SpillBytes", 8 * count) << " bytes of the stack";
}

namespace {
struct AllocateRegistersPass
    : public bpf::impl::BPFAllocateRegistersBase<AllocateRegistersPass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    if (!hasVirtualRegisters(func) && findOverwritten(func).empty())
      return markAllAnalysesPreserved();
    eraseUnreachableBlocks(func);
    splitArgumentEdges(func);
    llvm::DenseSet<Operation *> variables;
    for (SlotOp slot : getSlots(func))
      variables.insert(slot);
    if (failed(isolateFixedRegisters(func)) || failed(allocateRegisters(func)))
      return signalPassFailure();
    SmallVector<SlotOp> spills = getSlots(func);
    llvm::erase_if(spills,
                   [&](SlotOp slot) { return variables.contains(slot); });
    shareSlots(func, spills);
    if (!spills.empty())
      reportSpillSlots(func, variables);
  }
};
} // namespace
