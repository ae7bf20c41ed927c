//===- SinkResults.cpp - results of calls stay in r0 ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Copies the result of a call where the next one overwrites its register, and
// not where it comes from.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"
#include "LiveIntervals.h"
#include "LoopDepths.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFSINKRESULTS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

/// Whether `op` writes the machine register `reg`.
static bool overwrites(Operation &op, Register reg) {
  auto instruction = dyn_cast<InstructionOpInterface>(op);
  return (instruction && instruction.getClobbers().contains(reg)) ||
         llvm::any_of(op.getResults(), [&](Value result) {
           return getMachineRegister(result) == reg;
         });
}

namespace {
/// What becomes of the copy of a machine register: the uses up to `before` go
/// without it.
struct Sinking {
  MovOp copy;
  Operation *before;
  SmallVector<OpOperand *> early;
};

/// Follows a copy through the blocks in which the register still has the value
/// that is copied.
class CopyTracer {
public:
  CopyTracer(const LiveIntervals &intervals, MovOp copy)
      : intervals(intervals), copy(copy), value(copy.getDst()),
        reg(*getMachineRegister(copy.getSrc())) {}

  /// The only place where the register is overwritten before a use of the copy;
  /// null if there is none or are several, or if some uses can be reached by a
  /// way past it as well as behind it.
  Operation *findOverwriter();

  /// The uses that come before `overwriter`.
  SmallVector<OpOperand *> getEarlyUses(Operation *overwriter) const;

private:
  bool isLiveInto(Block *block) const {
    return intervals.getRange(value).contains(intervals.getStart(block));
  }

  /// Follows the operations from `op` on to the end of their block.
  void scan(Operation *op);

  /// The blocks that the copy is live into behind `op`.
  llvm::SetVector<Block *> getBlocksBehind(Operation *op) const;

  const LiveIntervals &intervals;
  Operation *copy;
  Value value;
  Register reg;
  /// The blocks at whose start the register has the value.
  llvm::SetVector<Block *> held;
  SmallVector<Operation *, 2> overwriters;
};
} // namespace

void CopyTracer::scan(Operation *op) {
  Block *block = op->getBlock();
  for (Operation &each : llvm::make_range(op->getIterator(), block->end()))
    if (overwrites(each, reg)) {
      if (intervals.isLiveAfter(value, &each))
        overwriters.push_back(&each);
      return;
    }
  for (Block *successor : block->getSuccessors())
    if (isLiveInto(successor))
      held.insert(successor);
}

llvm::SetVector<Block *> CopyTracer::getBlocksBehind(Operation *op) const {
  llvm::SetVector<Block *> behind;
  auto addSuccessors = [&](Block *block) {
    for (Block *successor : block->getSuccessors())
      if (isLiveInto(successor))
        behind.insert(successor);
  };
  addSuccessors(op->getBlock());
  for (size_t index = 0; index < behind.size(); ++index)
    addSuccessors(behind[index]);
  return behind;
}

Operation *CopyTracer::findOverwriter() {
  scan(copy->getNextNode());
  for (size_t index = 0; index < held.size(); ++index)
    scan(&held[index]->front());
  if (overwriters.size() != 1)
    return nullptr;
  auto isHeld = [&](Block *block) { return held.contains(block); };
  return llvm::any_of(getBlocksBehind(overwriters.front()), isHeld)
             ? nullptr
             : overwriters.front();
}

SmallVector<OpOperand *> CopyTracer::getEarlyUses(Operation *overwriter) const {
  SmallVector<OpOperand *> early;
  for (OpOperand &use : value.getUses()) {
    Operation *user = use.getOwner();
    bool isNear =
        user->getBlock() == copy->getBlock() || held.contains(user->getBlock());
    bool isBehind = user->getBlock() == overwriter->getBlock() &&
                    overwriter->isBeforeInBlock(user);
    if (isNear && !isBehind)
      early.push_back(&use);
  }
  return early;
}

/// Whether `use` needs a register of its own: it is overwritten, or passed to a
/// block.
static bool needsOwnRegister(OpOperand &use) {
  auto instruction = dyn_cast<InstructionOpInterface>(use.getOwner());
  return isPassed(use) || (instruction && instruction.getTiedOperand() == &use);
}

/// How to sink `copy`, if that is possible.
static std::optional<Sinking> planSinking(const LiveIntervals &intervals,
                                          const LoopDepths &loops, MovOp copy) {
  CopyTracer tracer(intervals, copy);
  Operation *before = tracer.findOverwriter();
  if (!before ||
      loops.getDepth(before->getBlock()) > loops.getDepth(copy->getBlock()))
    return std::nullopt;
  SmallVector<OpOperand *> early = tracer.getEarlyUses(before);
  if (llvm::any_of(early,
                   [](OpOperand *use) { return needsOwnRegister(*use); }))
    return std::nullopt;
  return Sinking{copy, before, early};
}

namespace {
struct SinkResultsPass : public bpf::impl::BPFSinkResultsBase<SinkResultsPass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    SmallVector<MovOp> copies;
    func.walk([&](MovOp mov) {
      if (mov.getWidth() == Width::W64 && isVirtualRegister(mov.getDst()) &&
          getMachineRegister(mov.getSrc()) == Register::R0)
        copies.push_back(mov);
    });
    if (copies.empty())
      return markAllAnalysesPreserved();
    LiveIntervals intervals(func);
    LoopDepths loops(func);
    SmallVector<Sinking> sinkings;
    for (MovOp copy : copies)
      if (std::optional<Sinking> sinking = planSinking(intervals, loops, copy))
        sinkings.push_back(std::move(*sinking));
    for (Sinking &sinking : sinkings) {
      for (OpOperand *use : sinking.early)
        use->set(sinking.copy.getSrc());
      sinking.copy->moveBefore(sinking.before);
    }
  }
};
} // namespace
