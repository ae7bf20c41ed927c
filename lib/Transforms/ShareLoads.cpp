//===- ShareLoads.cpp - loads that are done once ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reuses what has been read from the context, the packet and map values.
//
//===----------------------------------------------------------------------===//

#include "AvailableLoads.h"

#include "mlir/Analysis/Liveness.h"
#include "llvm/ADT/PostOrderIterator.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_SHARELOADSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// Loads in one program or function.
class LoadSharing {
public:
  LoadSharing(Operation *body, MemoryClobbers &clobbers)
      : body(body), clobbers(clobbers) {}

  /// Replaces loads whose value is available. Returns whether there are
  /// pointers among them: what is loaded through these may be alike now.
  bool run();

private:
  void countLive();
  bool hasRoom(ArrayRef<Operation *> calls);

  Operation *body;
  MemoryClobbers &clobbers;
  /// Of each call, as the body was at first.
  DenseMap<Operation *, size_t> liveAcross;
};

struct ShareLoads : mlir::whistler::impl::ShareLoadsPassBase<ShareLoads> {
  void runOnOperation() override;
};
} // namespace

/// Counts the values that live across each call.
void LoadSharing::countLive() {
  Liveness liveness(body);
  for (Block &block : body->getRegion(0)) {
    llvm::SmallDenseSet<Value> live;
    auto add = [&](Value value) {
      Operation *op = value.getDefiningOp();
      bool isFree = op && (op->hasTrait<OpTrait::ConstantLike>() ||
                           isa<AllocaOp, MapRefOp, FuncRefOp>(op));
      if (!isFree)
        live.insert(value);
    };
    for (Value value : liveness.getLiveOut(&block))
      add(value);
    for (Operation &op : llvm::reverse(block)) {
      for (Value result : op.getResults())
        live.erase(result);
      if (isCall(&op))
        liveAcross[&op] = live.size();
      for (Value operand : op.getOperands())
        add(operand);
    }
  }
}

/// Whether of the four registers that survive calls one is left for another
/// value at each of `calls`, besides one for what optimisation adds.
bool LoadSharing::hasRoom(ArrayRef<Operation *> calls) {
  constexpr size_t maxLive = 2;
  if (!calls.empty() && liveAcross.empty())
    countLive();
  return llvm::all_of(calls, [&](Operation *call) {
    return liveAcross.lookup(call) <= maxLive;
  });
}

bool LoadSharing::run() {
  AvailableLoads available(body, clobbers);
  llvm::ReversePostOrderTraversal<Region *> order(&body->getRegion(0));
  bool hasPointers = false;
  for (Block *block : order)
    for (Operation &op : llvm::make_early_inc_range(*block)) {
      if (!isa<LoadOp, CtxLoadOp>(op))
        continue;
      SmallVector<Operation *> calls;
      Value value = available.find(&op, &op, &calls);
      if (!value || !hasRoom(calls))
        continue;
      hasPointers |= isa<PtrType>(value.getType());
      available.remove(&op);
      op.getResult(0).replaceAllUsesWith(value);
      op.erase();
    }
  return hasPointers;
}

void ShareLoads::runOnOperation() {
  MemoryClobbers clobbers(getOperation());
  forEachBody(getOperation(), [&](Operation *body) {
    constexpr unsigned maxRounds = 3;
    LoadSharing sharing(body, clobbers);
    for (unsigned round = 0; round != maxRounds && sharing.run(); ++round)
      ;
  });
}
