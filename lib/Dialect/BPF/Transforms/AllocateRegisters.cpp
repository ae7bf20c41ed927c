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
#include "FixedRegisters.h"
#include "Spiller.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFALLOCATEREGISTERS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

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

/// What to spill instead of `component`, which is live only where it must be:
/// what it is passed to, or else what is longest live beside it.
static const Component *
findVictim(const Component &component, const std::vector<Component> &components) {
  auto holds = [](const Component &other, Value value) {
    return other.isSpillable && llvm::is_contained(other.members, value);
  };
  for (Value member : component.members)
    for (OpOperand &use : member.getUses())
      if (auto jump = dyn_cast<JaOp>(use.getOwner()))
        for (const Component &other : components)
          if (holds(other, jump.getDest()->getArgument(use.getOperandNumber())))
            return &other;
  const Component *victim = nullptr;
  for (const Component &other : components)
    if (other.isSpillable && other.range.overlaps(component.range) &&
        (!victim || other.range.size() > victim->range.size()))
      victim = &other;
  return victim;
}

/// Spills what `assigner` found no register for.
static LogicalResult spill(const Assigner &assigner,
                           const std::vector<Component> &components,
                           Spiller spiller) {
  SmallVector<const Component *> victims;
  for (unsigned number : assigner.getSpilled()) {
    const Component *victim = &components[number];
    if (!victim->isSpillable)
      victim = findVictim(*victim, components);
    if (!victim)
      return emitError(components[number].members.front().getLoc())
             << "no register is free for this value; raw instructions around "
                "it leave none";
    if (!llvm::is_contained(victims, victim))
      victims.push_back(victim);
  }
  spiller.spill(victims);
  return success();
}

static void setRegisters(const Assigner &assigner,
                         const std::vector<Component> &components) {
  for (auto [number, component] : llvm::enumerate(components))
    for (Value value : component.members)
      value.setType(
          RegType::get(value.getContext(), assigner.getRegister(number)));
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
    Assigner assigner(intervals, coalescer);
    if (assigner.getSpilled().empty()) {
      setRegisters(assigner, coalescer.getComponents());
      return success();
    }
    if (failed(spill(assigner, coalescer.getComponents(),
                     Spiller(func, spilled))))
      return failure();
  }
  return func.emitError("register allocation does not come to an end");
}

namespace {
struct AllocateRegistersPass
    : public bpf::impl::BPFAllocateRegistersBase<AllocateRegistersPass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    if (!hasVirtualRegisters(func))
      return markAllAnalysesPreserved();
    eraseUnreachableBlocks(func);
    normalizeArguments(func);
    if (failed(isolateFixedRegisters(func)) || failed(allocateRegisters(func)))
      signalPassFailure();
  }
};
} // namespace
