//===- DecideValues.cpp - numbers that branches decide ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Takes numbers that are made of conditions from the edges of branches on them.
//
//===----------------------------------------------------------------------===//

#include "RepeatedValue.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_DECIDEVALUESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct DecideValues : mlir::whistler::impl::DecideValuesPassBase<DecideValues> {
  void runOnOperation() override;
};
} // namespace

/// The condition between whose two outcomes `op` makes a difference: it makes a
/// number of it, or selects by it. Null for other operations.
static Value getDeciding(Operation *op) {
  if (isa<arith::ExtUIOp, arith::ExtSIOp>(op) &&
      op->getOperand(0).getType().isInteger(1))
    return op->getOperand(0);
  auto select = dyn_cast<arith::SelectOp>(op);
  return select ? select.getCondition() : Value();
}

/// What `op` yields where its deciding condition holds, or where it does not.
static Value makeDecided(OpBuilder &builder, Operation *op, bool holds) {
  if (auto select = dyn_cast<arith::SelectOp>(op))
    return holds ? select.getTrueValue() : select.getFalseValue();
  int64_t whenTrue = isa<arith::ExtSIOp>(op) ? -1 : 1;
  return arith::ConstantOp::create(
      builder, op->getLoc(),
      builder.getIntegerAttr(op->getResult(0).getType(), holds ? whenTrue : 0));
}

/// Whether `branch` decides `op`, and is behind it and before all its uses.
static bool isDecidedBy(Operation *op, cf::CondBranchOp branch,
                        Dominators &dominators) {
  Value condition = getDeciding(op);
  Block *block = branch->getBlock();
  if (!condition || op->use_empty())
    return false;
  auto isBehind = [&](OpOperand &use) {
    Operation *user = use.getOwner();
    return user == branch ? use.getOperandNumber() != 0
                          : user->getBlock() != block &&
                                dominators.dominates(block, user->getBlock());
  };
  auto isDecided = [&](bool holds) {
    return KnownConditions::ofOutcome(branch.getCondition(), holds)
        .decide(condition, [](Value value) { return value; })
        .has_value();
  };
  return llvm::all_of(op->getUses(), isBehind) && isDecided(true) &&
         isDecided(false) && hasNearUses(block, op->getResult(0));
}

/// Puts a block on the edge of `branch` for one outcome.
static Block *splitEdge(IRRewriter &rewriter, cf::CondBranchOp branch,
                        bool holds) {
  OpBuilder::InsertionGuard guard(rewriter);
  Block *target = holds ? branch.getTrueDest() : branch.getFalseDest();
  MutableOperandRange operands = holds ? branch.getTrueDestOperandsMutable()
                                       : branch.getFalseDestOperandsMutable();
  Block *way = rewriter.createBlock(
      branch->getParentRegion(), std::next(branch->getBlock()->getIterator()));
  cf::BranchOp::create(rewriter, branch.getLoc(), target,
                       SmallVector<Value>(OperandRange(operands)));
  operands.clear();
  branch->setSuccessor(way, holds ? 0 : 1);
  return way;
}

/// Gives the uses of `op` what it is behind the edges of `branch`, one of which
/// leads to each of the `ways`, for the outcomes false and true.
static void decideValue(IRRewriter &rewriter, Operation *op,
                        cf::CondBranchOp branch, ArrayRef<Block *> ways) {
  Value value = op->getResult(0);
  RepeatedValue repeated(value, branch->getBlock());
  for (bool holds : {false, true}) {
    // The condition of `op` may be the opposite one.
    bool isTrue = *KnownConditions::ofOutcome(branch.getCondition(), holds)
                       .decide(getDeciding(op), [](Value v) { return v; });
    Operation *end = ways[holds]->getTerminator();
    rewriter.setInsertionPoint(end);
    Value decided = makeDecided(rewriter, op, isTrue);
    end->replaceUsesOfWith(value, decided);
    repeated.addDefinition(ways[holds], decided);
  }
  repeated.rewriteUses();
  rewriter.eraseOp(op);
}

/// What makes a number of a condition, or selects by it, becomes a branch of
/// its own later. Where the condition is branched on anyhow, that one does.
/// Apart from what it takes, a second branch on one comparison makes the
/// verifier tell apart all numbers that went into what is compared.
static void decideValues(Region &body) {
  Dominators dominators(body.getParentOp());
  IRRewriter rewriter(body.getContext());
  SmallVector<std::pair<cf::CondBranchOp, SmallVector<Operation *>>> found;
  for (Block &block : body) {
    auto branch = dyn_cast<cf::CondBranchOp>(block.getTerminator());
    if (!branch)
      continue;
    SmallVector<Operation *> ops;
    for (Operation &op : block)
      if (isDecidedBy(&op, branch, dominators))
        ops.push_back(&op);
    if (!ops.empty())
      found.emplace_back(branch, std::move(ops));
  }
  // To put blocks on edges leaves what dominates what as it was.
  for (auto &[branch, ops] : found) {
    Block *ways[] = {splitEdge(rewriter, branch, false),
                     splitEdge(rewriter, branch, true)};
    for (Operation *op : ops)
      decideValue(rewriter, op, branch, ways);
  }
}

void DecideValues::runOnOperation() {
  forEachBody(getOperation(),
              [](Operation *body) { decideValues(body->getRegion(0)); });
}
