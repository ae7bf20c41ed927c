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
#include "LiveCounts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/SetVector.h"

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
  LoadSharing(Operation *body, const MemoryClobbers &clobbers, bool keepTested,
              bool pointersOnly)
      : body(body), clobbers(clobbers), keepTested(keepTested),
        pointersOnly(pointersOnly) {}

  /// Replaces loads whose value is available. Returns whether there are
  /// pointers among them: what is loaded through these may be alike now.
  bool run();

private:
  bool hasRoom(ArrayRef<Operation *> calls);

  Operation *body;
  const MemoryClobbers &clobbers;
  bool keepTested, pointersOnly;
  /// As the body was when it was asked for first.
  std::optional<LiveCounts> live;
};

struct ShareLoads : mlir::whistler::impl::ShareLoadsPassBase<ShareLoads> {
  using ShareLoadsPassBase::ShareLoadsPassBase;
  void runOnOperation() override;
};
} // namespace

/// The branches on comparisons of `value`, widened or masked as it may be.
static SmallVector<cf::CondBranchOp> getTests(Value value) {
  constexpr size_t maxValues = 32;
  SmallVector<cf::CondBranchOp> tests;
  SmallVector<Value> worklist = {value};
  for (size_t index = 0; index != worklist.size(); ++index)
    for (Operation *user : worklist[index].getUsers()) {
      if (auto branch = dyn_cast<cf::CondBranchOp>(user))
        tests.push_back(branch);
      else if (worklist.size() < maxValues &&
               (isa<ByteSwapOp>(user) ||
                isa_and_nonnull<arith::ArithDialect>(user->getDialect())))
        llvm::append_range(worklist, user->getResults());
    }
  return tests;
}

/// Whether control comes to `block` from `from` without coming to `without`.
static bool isReachable(Block *from, Block *block, Block *without) {
  llvm::SetVector<Block *> reached;
  reached.insert(from);
  for (size_t index = 0; index != reached.size(); ++index) {
    if (reached[index] == block)
      return true;
    if (reached[index] != without)
      reached.insert(reached[index]->succ_begin(), reached[index]->succ_end());
  }
  return false;
}

/// Whether the result of `load` is compared where ways have joined that a
/// comparison of `value` has parted.
static bool isTestedAgain(Operation *load, Value value) {
  if (getTests(load->getResult(0)).empty())
    return false;
  return llvm::any_of(getTests(value), [&](cf::CondBranchOp test) {
    return llvm::all_of(test->getSuccessors(), [&](Block *successor) {
      return isReachable(successor, load->getBlock(), test->getBlock());
    });
  });
}

/// Whether of the four registers that survive calls one is left for another
/// value at each of `calls`, besides one for what optimisation adds.
bool LoadSharing::hasRoom(ArrayRef<Operation *> calls) {
  constexpr unsigned maxLive = 2;
  if (!calls.empty() && !live)
    live.emplace(body);
  return llvm::all_of(
      calls, [&](Operation *call) { return live->getAcross(call) <= maxLive; });
}

/// Whether `op` reads the address of the packet, or of what stands before it.
static bool readsPacket(Operation *op) {
  auto load = dyn_cast<CtxLoadOp>(op);
  auto pointer = load ? dyn_cast<PtrType>(load.getType()) : PtrType();
  return pointer && (pointer.getSpace() == AddressSpace::Packet ||
                     pointer.getSpace() == AddressSpace::PacketMeta);
}

/// Whether `pointer`, or what is computed from it, is compared with anything.
static bool isCompared(Value pointer) {
  llvm::SetVector<Value> pointers;
  pointers.insert(pointer);
  for (size_t index = 0; index != pointers.size(); ++index)
    for (Operation *user : pointers[index].getUsers()) {
      if (isa<PtrCmpOp, PtrDiffOp>(user))
        return true;
      if (isa<PtrAddOp, PtrCastOp>(user))
        pointers.insert(user->getResult(0));
    }
  return false;
}

bool LoadSharing::run() {
  Dominators dominators(body);
  AvailableLoads available(body, clobbers, dominators);
  llvm::ReversePostOrderTraversal<Region *> order(&body->getRegion(0));
  bool hasPointers = false;
  // What dominates an operation comes before it.
  for (Block *block : order)
    for (Operation &op : llvm::make_early_inc_range(*block)) {
      SmallVector<Operation *> calls;
      Value value;
      bool isCandidate =
          pointersOnly ? readsPacket(&op) : isa<LoadOp, CtxLoadOp>(op);
      if (isCandidate)
        value = available.find(&op, &op, &calls);
      // The verifier lets no address be used that was not compared.
      bool isNeeded = value && readsPacket(&op) &&
                      (pointersOnly || !isCompared(op.getResult(0)));
      if (!value || (!isNeeded && !hasRoom(calls)) ||
          (keepTested && isTestedAgain(&op, value))) {
        available.add(&op);
        continue;
      }
      hasPointers |= isa<PtrType>(value.getType());
      op.getResult(0).replaceAllUsesWith(value);
      op.erase();
    }
  return hasPointers;
}

void ShareLoads::runOnOperation() {
  MemoryClobbers clobbers(getOperation());
  forEachBodyInParallel(getOperation(), [&](Operation *body) {
    constexpr unsigned maxRounds = 3;
    LoadSharing sharing(body, clobbers, keepTested, pointersOnly);
    bool hasPointers = false;
    for (unsigned round = 0; round != maxRounds && sharing.run(); ++round)
      hasPointers = true;
    if (keepTested && hasPointers)
      decideLengthTests(body);
  });
}
