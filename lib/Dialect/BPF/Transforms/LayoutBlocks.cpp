//===- LayoutBlocks.cpp - the order of the blocks ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Simplifies the control flow, orders the blocks, and turns conditions around
// such that control falls through.
//
//===----------------------------------------------------------------------===//

#include "BlockOrder.h"
#include "Blocks.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFLAYOUTBLOCKS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

//===----------------------------------------------------------------------===//
// Jumps
//===----------------------------------------------------------------------===//

/// Exchanges the successors of a conditional jump to `next`, if its condition
/// has a negation.
template <typename Jump> static void fallThrough(Jump jump, Block *next) {
  std::optional<Condition> negation = getJumpNegation(jump);
  if (jump.getTrueDest() != next || jump.getFalseDest() == next || !negation)
    return;
  SmallVector<Value> trueOperands(jump.getTrueOperands());
  SmallVector<Value> falseOperands(jump.getFalseOperands());
  Block *other = jump.getFalseDest();
  jump.setCondition(*negation);
  jump->setSuccessor(other, 0);
  jump->setSuccessor(next, 1);
  jump.getTrueOperandsMutable().assign(falseOperands);
  jump.getFalseOperandsMutable().assign(trueOperands);
}

/// Replaces a jump to an exit, which takes as many slots.
static void exitDirectly(JaOp jump) {
  auto exit = dyn_cast<ExitOp>(jump.getDest()->front());
  if (!exit)
    return;
  auto argument = dyn_cast<BlockArgument>(exit.getValue());
  bool isOwn = argument && argument.getOwner() == jump.getDest();
  Value value =
      isOwn ? jump.getDestOperands()[argument.getArgNumber()] : exit.getValue();
  OpBuilder builder(jump);
  ExitOp::create(builder, exit.getLoc(), value);
  jump.erase();
}

static void straightenJumps(FuncOp func) {
  for (Block &block : func.getBody()) {
    Block *next = block.getNextNode();
    Operation *op = block.getTerminator();
    if (auto jump = dyn_cast<JCondOp>(op))
      fallThrough(jump, next);
    else if (auto jump = dyn_cast<JCondImmOp>(op))
      fallThrough(jump, next);
    else if (auto jump = dyn_cast<JaOp>(op); jump && jump.getDest() != next)
      exitDirectly(jump);
  }
  eraseUnreachableBlocks(func);
  // An exit that lost its other ways in.
  for (Block &block : func.getBody())
    while (block.getNextNode() &&
           llvm::is_contained(block.getSuccessors(), block.getNextNode()) &&
           mergeSuccessor(block))
      continue;
}

namespace {
struct LayoutBlocksPass
    : public bpf::impl::BPFLayoutBlocksBase<LayoutBlocksPass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    simplifyBlocks(func);
    orderBlocks(func);
    straightenJumps(func);
  }
};
} // namespace
