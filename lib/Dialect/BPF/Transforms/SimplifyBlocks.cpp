//===- SimplifyBlocks.cpp - control flow without detours --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Skips blocks that only jump on, joins blocks that always follow each other,
// and shares equal exits.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"
#include "mlir/IR/OperationSupport.h"

using namespace mlir;
using namespace mlir::bpf;

namespace {
/// One way into a block.
struct Edge {
  BranchOpInterface branch;
  unsigned index;
};
} // namespace

static SmallVector<Edge> getEdgesTo(Block &block) {
  SmallVector<Edge> edges;
  for (auto it = block.pred_begin(), end = block.pred_end(); it != end; ++it)
    edges.push_back({cast<BranchOpInterface>((*it)->getTerminator()),
                     it.getSuccessorIndex()});
  return edges;
}

/// Leads the edges to a block that only jumps on to where it jumps.
static bool threadJumps(Block &block) {
  auto jump = dyn_cast<JaOp>(block.front());
  if (!jump || jump.getDest() == &block || block.isEntryBlock() ||
      block.hasNoPredecessors())
    return false;
  for (BlockArgument argument : block.getArguments())
    if (llvm::any_of(argument.getUsers(),
                     [&](Operation *user) { return user != jump; }))
      return false;
  for (Edge edge : getEdgesTo(block)) {
    SuccessorOperands passed = edge.branch.getSuccessorOperands(edge.index);
    SmallVector<Value> operands;
    for (Value operand : jump.getDestOperands()) {
      auto argument = dyn_cast<BlockArgument>(operand);
      bool isOwn = argument && argument.getOwner() == &block;
      operands.push_back(isOwn ? passed[argument.getArgNumber()] : operand);
    }
    passed.getMutableForwardedOperands().assign(operands);
    edge.branch->setSuccessor(jump.getDest(), edge.index);
  }
  return true;
}

/// Makes a conditional jump to one block an unconditional one.
static bool foldCondition(Block &block) {
  auto branch = dyn_cast<BranchOpInterface>(block.getTerminator());
  if (!branch || branch->getNumSuccessors() != 2 ||
      branch->getSuccessor(0) != branch->getSuccessor(1))
    return false;
  auto operands = branch.getSuccessorOperands(0).getForwardedOperands();
  if (operands != branch.getSuccessorOperands(1).getForwardedOperands())
    return false;
  OpBuilder builder(branch);
  JaOp::create(builder, branch.getLoc(), operands, branch->getSuccessor(0));
  branch->erase();
  return true;
}

bool bpf::mergeSuccessor(Block &block) {
  auto jump = dyn_cast<JaOp>(block.getTerminator());
  if (!jump)
    return false;
  Block *next = jump.getDest();
  if (next == &block || next->getSinglePredecessor() != &block)
    return false;
  for (auto [argument, operand] :
       llvm::zip_equal(next->getArguments(), jump.getDestOperands()))
    argument.replaceAllUsesWith(operand);
  jump.erase();
  block.getOperations().splice(block.end(), next->getOperations());
  next->erase();
  return true;
}

/// Whether two blocks without successors do the same to the same values.
static bool areEqual(Block &a, Block &b) {
  if (a.getNumArguments() != 0 || b.getNumArguments() != 0 ||
      a.getNumSuccessors() != 0 || b.getNumSuccessors() != 0)
    return false;
  llvm::DenseMap<Value, Value> counterparts;
  auto x = a.begin(), y = b.begin();
  for (; x != a.end() && y != b.end(); ++x, ++y) {
    bool equal = OperationEquivalence::isEquivalentTo(
        &*x, &*y,
        [&](Value lhs, Value rhs) {
          auto found = counterparts.find(lhs);
          return success((found == counterparts.end() ? lhs : found->second) ==
                         rhs);
        },
        [&](Value lhs, Value rhs) { counterparts[lhs] = rhs; },
        OperationEquivalence::IgnoreLocations);
    if (!equal)
      return false;
  }
  return x == a.end() && y == b.end();
}

/// Leads all edges to one of several equal exits.
static bool shareExits(FuncOp func) {
  SmallVector<Block *> exits;
  for (Block &block : llvm::drop_begin(func.getBody()))
    if (isa<ExitOp>(block.getTerminator()))
      exits.push_back(&block);
  bool changed = false;
  SmallVector<Block *> distinct;
  for (Block *exit : exits) {
    auto *equal = llvm::find_if(
        distinct, [&](Block *other) { return areEqual(*other, *exit); });
    if (equal == distinct.end()) {
      distinct.push_back(exit);
      continue;
    }
    exit->replaceAllUsesWith(*equal);
    exit->erase();
    changed = true;
  }
  return changed;
}

void bpf::simplifyBlocks(FuncOp func) {
  eraseUnreachableBlocks(func);
  bool changed = true;
  while (changed) {
    changed = false;
    for (Block &block : func.getBody())
      changed |= threadJumps(block);
    // Nothing else leaves blocks without a way in.
    if (changed)
      eraseUnreachableBlocks(func);
    for (Block &block : func.getBody())
      changed |= foldCondition(block);
    // Before one of two equal exits becomes the end of another block.
    changed |= shareExits(func);
    // A merged block is erased, the one it is merged into stays.
    for (Block &block : func.getBody())
      while (mergeSuccessor(block))
        changed = true;
  }
}
