//===- RepeatConstants.cpp - constants that few copy ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds the constants that stay in a register, and computes them later or again
// where that is no longer.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"
#include "Constants.h"
#include "LoopDepths.h"
#include "RegisterForm.h"
#include "RegisterLiveness.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/IRMapping.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFREPEATCONSTANTS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

namespace {
/// The instructions that compute a constant, the last one its value.
using Sequence = SmallVector<Operation *, 2>;

class ConstantRepeater {
public:
  explicit ConstantRepeater(FuncOp func)
      : func(func), dominance(func), loops(func) {}

  void run();
  /// Computes a number for each of two uses where that leaves a register
  /// without use that functions have to save.
  void releaseRegisters();

private:
  bool repeat(const Sequence &sequence);
  void sink(const Sequence &sequence);

  FuncOp func;
  DominanceInfo dominance;
  LoopDepths loops;
};
} // namespace

/// The sequence that ends with `op`: a constant, or an address in the frame.
/// Empty for what depends on more.
static Sequence getSequence(Operation *op) {
  if (isConstant(op))
    return {op};
  auto add = dyn_cast<AluImmOp>(op);
  if (!add || add.getOp() != AluOp::Add || add.getCore())
    return {};
  auto mov = add.getLhs().getDefiningOp<MovOp>();
  if (!mov || mov.getWidth() != Width::W64 || !mov->hasOneUse() ||
      mov->getBlock() != op->getBlock() ||
      getMachineRegister(mov.getSrc()) != Register::R10)
    return {};
  return {mov, op};
}

static unsigned getSequenceSlots(const Sequence &sequence) {
  return sequence.size() > 1 ? sequence.size()
                             : getConstantSlots(sequence.front());
}

/// Computes the constant in place of each move of it, if there are only moves
/// and that takes no more slots.
bool ConstantRepeater::repeat(const Sequence &sequence) {
  Operation *op = sequence.back();
  SmallVector<MovOp> moves;
  for (Operation *user : op->getUsers()) {
    auto mov = dyn_cast<MovOp>(user);
    if (!mov || mov.getWidth() != Width::W64)
      return false;
    moves.push_back(mov);
  }
  unsigned slots = getSequenceSlots(sequence);
  if (slots * moves.size() > slots + moves.size())
    return false;
  for (MovOp mov : moves) {
    OpBuilder builder(mov);
    IRMapping mapping;
    Operation *copy = nullptr;
    for (Operation *part : sequence) {
      copy = builder.clone(*part, mapping);
      copy->getResult(0).setType(mov.getDst().getType());
    }
    mov.replaceAllUsesWith(copy->getResult(0));
    mov.erase();
  }
  for (Operation *part : llvm::reverse(sequence))
    part->erase();
  return true;
}

/// Moves the constant to where all ways to its uses have met, unless that is in
/// a loop. Its register is in use from there on in any case.
void ConstantRepeater::sink(const Sequence &sequence) {
  Operation *op = sequence.back();
  Block *block = nullptr;
  for (Operation *user : op->getUsers())
    block = block
                ? dominance.findNearestCommonDominator(block, user->getBlock())
                : user->getBlock();
  if (!block || block == op->getBlock() ||
      loops.getDepth(block) > loops.getDepth(op->getBlock()))
    return;
  Operation *place = block->getTerminator();
  for (Operation *user : op->getUsers())
    if (user->getBlock() == block && user->isBeforeInBlock(place))
      place = user;
  for (Operation *part : sequence)
    part->moveBefore(place);
}

void ConstantRepeater::run() {
  // Uses come after definitions, so that what is moved is not met again.
  SmallVector<Operation *> ops;
  func.walk([&](Operation *op) {
    if (!op->use_empty() && !getSequence(op).empty())
      ops.push_back(op);
  });
  for (Operation *op : ops) {
    Sequence sequence = getSequence(op);
    if (!repeat(sequence))
      sink(sequence);
  }
}

/// Computes `number` for its uses in other registers than its own, if there are
/// any.
static void compute(MovImmOp number, const RegisterLiveness &liveness) {
  SmallVector<OpOperand *> uses(
      llvm::make_pointer_range(number.getResult().getUses()));
  llvm::sort(uses, [](OpOperand *left, OpOperand *right) {
    Operation *first = left->getOwner(), *second = right->getOwner();
    return first->getBlock() == second->getBlock() &&
           first->isBeforeInBlock(second);
  });
  auto isWithOther = [&](OpOperand *use) {
    return use->getOwner()->getBlock() == uses.front()->getOwner()->getBlock();
  };
  SmallVector<std::pair<ArrayRef<OpOperand *>, Register>> places;
  auto add = [&](ArrayRef<OpOperand *> group) {
    std::optional<Register> free = findFreeRegister(
        group.front()->getOwner(), group.back()->getOwner(), liveness);
    if (free)
      places.emplace_back(group, *free);
    return free.has_value();
  };
  bool isTogether = llvm::all_of(uses, isWithOther) && add(uses);
  if (!isTogether)
    for (size_t index = 0; index < uses.size(); ++index)
      if (!add(ArrayRef(uses).slice(index, 1)))
        return;
  for (auto [group, free] : places) {
    OpBuilder builder(group.front()->getOwner());
    Value copy = repeatConstant(builder, number,
                                RegType::get(number.getContext(), free));
    for (OpOperand *use : group)
      use->set(copy);
  }
  number->erase();
}

void ConstantRepeater::releaseRegisters() {
  constexpr unsigned maxUses = 2;
  SmallVector<MovImmOp> candidates;
  func.walk([&](MovImmOp number) {
    if (number.getResult().hasNUsesOrMore(1) &&
        !number.getResult().hasNUsesOrMore(maxUses + 1) &&
        llvm::none_of(number->getUses(), needsMove))
      candidates.push_back(number);
  });
  RegisterCounts numValues = countValues(func);
  for (MovImmOp number : candidates) {
    Register reg = *getMachineRegister(number.getResult());
    if (reg < Register::R6 || numValues[static_cast<unsigned>(reg)] != 1)
      continue;
    compute(number, RegisterLiveness(func));
  }
}

namespace {
struct RepeatConstantsPass
    : public bpf::impl::BPFRepeatConstantsBase<RepeatConstantsPass> {
  using BPFRepeatConstantsBase::BPFRepeatConstantsBase;

  void runOnOperation() override {
    FuncOp func = getOperation();
    // Nothing tells which constant a raw instruction reads.
    WalkResult raw = func.walk([](RawOp) { return WalkResult::interrupt(); });
    if (func.getBody().hasOneBlock() || raw.wasInterrupted() ||
        !RegisterForm::isPossible(func))
      return markAllAnalysesPreserved();
    ConstantRepeater repeater(func);
    repeater.run();
    if (releaseRegisters)
      repeater.releaseRegisters();
  }
};
} // namespace
