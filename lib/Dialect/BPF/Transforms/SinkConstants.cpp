//===- SinkConstants.cpp - computes constants where they are used -*- C++ -*-=//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Repeats constants in place of moves of them, and brings the others next to
// their uses.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"
#include "Constants.h"
#include "LoopDepths.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFSINKCONSTANTS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

/// Whether `use` only puts the value into a register that has to hold it alone:
/// then repeating the constant costs no more than the move.
static bool isMove(OpOperand &use) {
  if (auto mov = dyn_cast<MovOp>(use.getOwner()))
    return mov.getWidth() == Width::W64;
  return isa<JaOp>(use.getOwner());
}

/// A constant of two slots pays for being repeated up to this number of moves.
static constexpr unsigned maxRepetitions = 2;

/// Repeats `op` in place of the moves of its result.
static void replaceMoves(Operation *op) {
  SmallVector<OpOperand *> moves;
  for (OpOperand &use : op->getResult(0).getUses())
    if (isMove(use))
      moves.push_back(&use);
  if (getConstantSlots(op) > 1 && moves.size() > maxRepetitions)
    return;
  for (OpOperand *use : moves) {
    Operation *user = use->getOwner();
    OpBuilder builder(user);
    auto mov = dyn_cast<MovOp>(user);
    Type type = mov ? mov.getDst().getType() : op->getResult(0).getType();
    Value copy = repeatConstant(builder, op, type);
    if (!mov) {
      use->set(copy);
      continue;
    }
    mov.replaceAllUsesWith(copy);
    mov.erase();
  }
}

/// The first user, where all are in one block; null otherwise.
static Operation *getFirstUser(Operation *op) {
  Operation *first = nullptr;
  for (Operation *user : op->getResult(0).getUsers()) {
    if (first && user->getBlock() != first->getBlock())
      return nullptr;
    if (!first || user->isBeforeInBlock(first))
      first = user;
  }
  return first;
}

/// Gives the edges of conditional jumps that pass constants a block, so that
/// the constants are only computed on them.
static void splitConstantEdges(FuncOp func) {
  SmallVector<std::pair<BranchOpInterface, unsigned>> edges;
  for (Block &block : func.getBody()) {
    auto branch = dyn_cast<BranchOpInterface>(block.getTerminator());
    if (!branch || branch->getNumSuccessors() < 2)
      continue;
    for (unsigned index : llvm::seq(branch->getNumSuccessors()))
      if (llvm::any_of(
              branch.getSuccessorOperands(index).getForwardedOperands(),
              [](Value value) { return getVirtualConstant(value); }))
        edges.emplace_back(branch, index);
  }
  for (auto [branch, index] : edges)
    splitEdge(branch, index);
}

namespace {
struct SinkConstantsPass
    : public bpf::impl::BPFSinkConstantsBase<SinkConstantsPass> {
  void runOnOperation() override {
    splitConstantEdges(getOperation());
    SmallVector<Operation *> constants;
    getOperation().walk([&](Operation *op) {
      if (isConstant(op) && isVirtualRegister(op->getResult(0)))
        constants.push_back(op);
    });
    if (constants.empty())
      return markAllAnalysesPreserved();
    LoopDepths loops(getOperation());
    for (Operation *op : constants) {
      replaceMoves(op);
      if (op->use_empty()) {
        op->erase();
        continue;
      }
      Operation *user = getFirstUser(op);
      if (user &&
          loops.getDepth(user->getBlock()) <= loops.getDepth(op->getBlock()))
        op->moveBefore(user);
    }
  }
};
} // namespace
