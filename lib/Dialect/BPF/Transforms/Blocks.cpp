//===- Blocks.cpp - changes to the control flow of a function ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reachability, edges and block arguments.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"
#include "Whistler/Dialect/BPF/IR/InstructionSet.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/DepthFirstIterator.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace mlir::bpf;

void bpf::eraseUnreachableBlocks(FuncOp func) {
  llvm::SmallPtrSet<Block *, 32> reachable = {&func.getBody().front()};
  SmallVector<Block *> worklist = {&func.getBody().front()};
  while (!worklist.empty())
    for (Block *next : worklist.pop_back_val()->getSuccessors())
      if (reachable.insert(next).second)
        worklist.push_back(next);
  SmallVector<Block *> unreachable;
  for (Block &block : func.getBody())
    if (!reachable.contains(&block))
      unreachable.push_back(&block);
  for (Block *block : unreachable)
    block->dropAllDefinedValueUses();
  for (Block *block : unreachable)
    block->dropAllReferences();
  for (Block *block : unreachable)
    block->erase();
}

JaOp bpf::splitEdge(BranchOpInterface branch, unsigned index) {
  Block *target = branch->getSuccessor(index);
  auto *middle = new Block;
  middle->insertAfter(branch->getBlock());
  SuccessorOperands operands = branch.getSuccessorOperands(index);
  OpBuilder builder = OpBuilder::atBlockEnd(middle);
  auto jump = JaOp::create(builder, branch.getLoc(),
                           operands.getForwardedOperands(), target);
  operands.getMutableForwardedOperands().clear();
  branch->setSuccessor(middle, index);
  return jump;
}

bool bpf::isPassed(OpOperand &use) {
  auto branch = dyn_cast<BranchOpInterface>(use.getOwner());
  return branch &&
         branch.getSuccessorBlockArgument(use.getOperandNumber()).has_value();
}

bool bpf::needsMove(OpOperand &use) {
  auto op = dyn_cast<InstructionOpInterface>(use.getOwner());
  return isa<MovOp>(use.getOwner()) || isPassed(use) ||
         getRequiredRegister(use) || (op && op.getTiedOperand() == &use);
}

void bpf::eraseArgument(Block &block, unsigned index) {
  // A terminator may be listed once for each of its edges to the block.
  SmallVector<std::pair<BranchOpInterface, unsigned>> edges;
  for (auto it = block.pred_begin(), end = block.pred_end(); it != end; ++it)
    edges.emplace_back(cast<BranchOpInterface>((*it)->getTerminator()),
                       it.getSuccessorIndex());
  for (auto [branch, successor] : edges)
    branch.getSuccessorOperands(successor).erase(index);
  block.eraseArgument(index);
}

/// Erases arguments without a use; a loop may pass one to itself only.
static void eraseUnusedArguments(FuncOp func) {
  auto isUnused = [](BlockArgument argument) {
    return llvm::all_of(argument.getUses(), [&](OpOperand &use) {
      auto jump = dyn_cast<JaOp>(use.getOwner());
      return jump && jump.getDest() == argument.getOwner() &&
             use.getOperandNumber() == argument.getArgNumber();
    });
  };
  bool changed = true;
  while (changed) {
    changed = false;
    for (Block &block : llvm::drop_begin(func.getBody()))
      for (unsigned index = block.getNumArguments(); index-- > 0;)
        if (isUnused(block.getArgument(index))) {
          eraseArgument(block, index);
          changed = true;
        }
  }
}

/// Gives the arguments of a block with one predecessor the values passed.
static void foldArguments(Block &block) {
  Block *predecessor = block.getSinglePredecessor();
  if (!predecessor || block.getNumArguments() == 0)
    return;
  auto branch = cast<BranchOpInterface>(predecessor->getTerminator());
  unsigned successor = block.pred_begin().getSuccessorIndex();
  OpBuilder builder = OpBuilder::atBlockBegin(&block);
  SmallVector<Value> values(
      branch.getSuccessorOperands(successor).getForwardedOperands());
  for (auto [argument, value] : llvm::zip_equal(block.getArguments(), values)) {
    Value replacement = value;
    if (getMachineRegister(argument) && value.getType() != argument.getType())
      replacement = MovOp::create(builder, branch.getLoc(), argument.getType(),
                                  Width::W64, value);
    argument.replaceAllUsesWith(replacement);
  }
  while (block.getNumArguments() != 0)
    eraseArgument(block, block.getNumArguments() - 1);
}

void bpf::simplifyArguments(FuncOp func) {
  for (Block &block : llvm::drop_begin(func.getBody()))
    foldArguments(block);
  eraseUnusedArguments(func);
}

std::optional<Condition> bpf::getJumpNegation(Operation *jump) {
  auto compare = dyn_cast<JCondOp>(jump);
  std::optional<Condition> negation = getNegation(
      compare ? compare.getCondition() : cast<JCondImmOp>(jump).getCondition());
  bool isLess = negation == Condition::Lt || negation == Condition::Le ||
                negation == Condition::Slt || negation == Condition::Sle;
  if (isLess && jump->getParentOfType<FuncOp>()->hasAttr(noLessJumpsAttrName))
    return std::nullopt;
  return negation;
}

void bpf::splitArgumentEdges(FuncOp func) {
  SmallVector<std::pair<BranchOpInterface, unsigned>> edges;
  for (Block &block : func.getBody()) {
    auto branch = dyn_cast<BranchOpInterface>(block.getTerminator());
    if (!branch || branch->getNumSuccessors() < 2)
      continue;
    for (unsigned index : llvm::seq(branch->getNumSuccessors()))
      if (branch.getSuccessorOperands(index).size() != 0)
        edges.emplace_back(branch, index);
  }
  for (auto [branch, index] : edges)
    splitEdge(branch, index);
}
