//===- EdgeStores.cpp - constants stored before a block ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Stores keys that blocks are given as arguments where they are constants.
//
//===----------------------------------------------------------------------===//

#include "StackPlaces.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_EDGESTORESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// A way into a block, and the constant that it gives an argument.
struct Edge {
  BranchOpInterface branch;
  unsigned successor;
  APInt constant;
};

struct EdgeStores : mlir::whistler::impl::EdgeStoresPassBase<EdgeStores> {
  void runOnOperation() override;
};
} // namespace

/// Whether control may come to `block` again from there.
static bool isInLoop(Block *block) {
  constexpr size_t maxBlocks = 200;
  llvm::SetVector<Block *> reached;
  reached.insert(block->succ_begin(), block->succ_end());
  for (size_t index = 0; index != reached.size(); ++index) {
    if (reached[index] == block || index == maxBlocks)
      return true;
    reached.insert(reached[index]->succ_begin(), reached[index]->succ_end());
  }
  return false;
}

/// Whether nothing but `store` and what comes behind it has to do with the
/// variable that it writes to, even if something is written there before the
/// last branch to the store's block.
static bool isFirstUse(StoreOp store, AllocaOp variable,
                       DominanceInfo &dominance) {
  auto isElsewhere = [&](Operation *user) {
    return user->getBlock() != store->getBlock();
  };
  // In a loop, what is written before that branch may be read on its other way.
  return llvm::all_of(variable->getUsers(),
                      [&](Operation *user) {
                        return user == store ||
                               dominance.properlyDominates(store, user);
                      }) &&
         (llvm::none_of(variable->getUsers(), isElsewhere) ||
          !isInLoop(store->getBlock()));
}

/// The store that `argument`, or its low part, is for alone, if it comes before
/// all else that is done with the variable.
static StoreOp getHeadStore(BlockArgument argument, DominanceInfo &dominance) {
  auto getOnlyUser = [](Value value) {
    return value.hasOneUse() ? *value.user_begin() : nullptr;
  };
  Operation *user = getOnlyUser(argument);
  if (auto trunc = dyn_cast_or_null<arith::TruncIOp>(user))
    user = getOnlyUser(trunc.getOut());
  auto store = dyn_cast_or_null<StoreOp>(user);
  if (!store || !isa<IntegerType>(store.getValue().getType()) ||
      store->getBlock() != argument.getOwner())
    return {};
  auto variable = store.getBase().getDefiningOp<AllocaOp>();
  // All ways come from the first block.
  if (!variable || !variable->getBlock()->isEntryBlock() ||
      !isFirstUse(store, variable, dominance))
    return {};
  return store;
}

/// Whether control goes along the edge where a value equals the constant, which
/// is in a register then.
static bool isCompared(Edge edge) {
  auto branch = dyn_cast<cf::CondBranchOp>(edge.branch.getOperation());
  if (!branch)
    return false;
  bool isTaken = edge.successor == 0;
  if (auto compare = branch.getCondition().getDefiningOp<PtrCmpOp>())
    return edge.constant.isZero() &&
           compare.getPredicate() ==
               (isTaken ? PtrPredicate::Eq : PtrPredicate::Ne);
  auto compare = branch.getCondition().getDefiningOp<arith::CmpIOp>();
  APInt constant;
  return compare &&
         compare.getPredicate() ==
             (isTaken ? arith::CmpIPredicate::eq : arith::CmpIPredicate::ne) &&
         matchPattern(compare.getRhs(), m_ConstantInt(&constant)) &&
         constant.getSExtValue() == edge.constant.getSExtValue();
}

/// The edges to the block of `argument`, if each gives it another constant that
/// is a store's immediate of `width` bits. None if there is anything else.
static SmallVector<Edge> getEdges(BlockArgument argument, unsigned width) {
  constexpr unsigned immediateBits = 32;
  constexpr size_t maxEdges = 16;
  SmallVector<Edge> edges;
  Block *block = argument.getOwner();
  for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
    auto branch = dyn_cast<BranchOpInterface>((*it)->getTerminator());
    if (!branch || !isa<cf::BranchOp, cf::CondBranchOp>(*branch))
      return {};
    unsigned successor = it.getSuccessorIndex();
    Value value =
        branch.getSuccessorOperands(successor)[argument.getArgNumber()];
    Edge edge = {branch, successor, APInt()};
    if (!value || !matchPattern(value, m_ConstantInt(&edge.constant)))
      return {};
    edge.constant = edge.constant.trunc(width);
    // Of edges that give the same, one constant is shared.
    bool isKnown = llvm::any_of(edges, [&](const Edge &other) {
      return other.constant == edge.constant;
    });
    if (isKnown || isCompared(edge) || edges.size() == maxEdges ||
        !edge.constant.isSignedIntN(immediateBits))
      return {};
    edges.push_back(edge);
  }
  return edges;
}

/// Makes `edge` the only way out of its block: gives it a block of its own.
static void splitEdge(Edge &edge) {
  Block *target = edge.branch->getSuccessor(edge.successor);
  Block *block = new Block();
  block->insertBefore(target);
  SuccessorOperands passed = edge.branch.getSuccessorOperands(edge.successor);
  OpBuilder builder = OpBuilder::atBlockEnd(block);
  auto jump = cf::BranchOp::create(builder, edge.branch.getLoc(), target,
                                   passed.getForwardedOperands());
  passed.erase(0, passed.size());
  edge.branch->setSuccessor(block, edge.successor);
  edge.branch = jump;
  edge.successor = 0;
}

/// Stores a constant in front of each way to the block instead of `argument`
/// behind them. Returns whether it did, and so erased the argument.
static bool storeOnEdges(BlockArgument argument, DominanceInfo &dominance) {
  StoreOp store = getHeadStore(argument, dominance);
  if (!store)
    return false;
  auto type = cast<IntegerType>(store.getValue().getType());
  SmallVector<Edge> edges = getEdges(argument, type.getWidth());
  if (edges.empty())
    return false;
  unsigned number = argument.getArgNumber();
  // Of two ways out of one block, the second overwrites what the branch has
  // stored for the first.
  SmallPtrSet<Operation *, 8> branches;
  for (Edge &edge : edges)
    if (!branches.insert(edge.branch).second)
      splitEdge(edge);
  for (Edge &edge : edges) {
    OpBuilder builder(edge.branch);
    Value constant = arith::ConstantOp::create(
        builder, store.getLoc(), builder.getIntegerAttr(type, edge.constant));
    StoreOp::create(builder, store.getLoc(), constant, store.getBase(),
                    store.getOffset());
    edge.branch.getSuccessorOperands(edge.successor).erase(number);
  }
  Operation *trunc = store.getValue().getDefiningOp<arith::TruncIOp>();
  store.erase();
  if (trunc)
    trunc->erase();
  argument.getOwner()->eraseArgument(number);
  return true;
}

void EdgeStores::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    Region &region = body->getRegion(0);
    DominanceInfo dominance(body);
    for (Block &block : llvm::drop_begin(region))
      for (unsigned number = block.getNumArguments(); number-- > 0;)
        storeOnEdges(block.getArgument(number), dominance);
  });
}
