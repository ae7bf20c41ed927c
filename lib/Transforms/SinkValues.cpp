//===- SinkValues.cpp - values where they are needed ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Computes numbers, and reads them from the packet and map values, only on the
// ways that need them, and behind calls.
//
//===----------------------------------------------------------------------===//

#include "MemoryClobbers.h"
#include "ValueLiveness.h"

#include "mlir/Analysis/CFGLoopInfo.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Dominance.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_SINKVALUESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// Sinks the values of one body.
class Sinking {
public:
  Sinking(Operation *body, const MemoryClobbers &clobbers)
      : body(body), clobbers(clobbers), dominance(body),
        loops(dominance.getDomTree(&body->getRegion(0))) {}

  void run();

private:
  bool isMovable(Operation *op) const;
  bool isBarrier(Operation *op, LoadOp load);
  bool isFixedBefore(Operation *place, LoadOp load);
  Block *findBlock(Operation *op);
  bool isInLoop(Block *block, Block *from) const;
  bool isThere(Operation *op, Block *block);
  bool outlives(Value operand, Operation *call);
  Operation *findPlace(Operation *op, Block *block);
  void visit(Operation *op);

  Operation *body;
  const MemoryClobbers &clobbers;
  DominanceInfo dominance;
  ValueLiveness liveness;
  CFGLoopInfo loops;
};

struct SinkValues : mlir::whistler::impl::SinkValuesPassBase<SinkValues> {
  void runOnOperation() override;
};
} // namespace

/// Where `load` reads from.
static AddressSpace getSpace(LoadOp load) {
  return cast<PtrType>(load.getBase().getType()).getSpace();
}

static bool isConstant(Value value) {
  Operation *op = value.getDefiningOp();
  return op && op->hasTrait<OpTrait::ConstantLike>();
}

/// Whether `op` yields a number that may be computed in another place, apart
/// from what changes memory.
bool Sinking::isMovable(Operation *op) const {
  if (op->getNumResults() != 1 || op->use_empty() ||
      op->hasTrait<OpTrait::ConstantLike>() ||
      !op->getResult(0).getType().isSignlessInteger() ||
      op->getResult(0).getType().isInteger(1))
    return false;
  if (auto load = dyn_cast<LoadOp>(op))
    return getSpace(load) == AddressSpace::Packet ||
           getSpace(load) == AddressSpace::MapValue;
  // A comparison is a part of the jump on it, or of what selects by it.
  bool selects = llvm::any_of(op->getOperandTypes(),
                              [](Type type) { return type.isInteger(1); });
  return isPure(op) && op->getNumOperands() != 0 && !selects &&
         (isa<ByteSwapOp>(op) ||
          isa_and_nonnull<arith::ArithDialect>(op->getDialect()));
}

/// Whether `load` has to stay in front of `op`.
bool Sinking::isBarrier(Operation *op, LoadOp load) {
  // Others may store to a map value at any time. What was read before a call is
  // what was there then, unless the call has to do with packets alone.
  if (getSpace(load) == AddressSpace::MapValue && isCall(op))
    return !changesOnlyPacket(op);
  return clobbers.mayClobber(op, getSpace(load));
}

/// Whether `load` has to stay in front of something before `place`.
bool Sinking::isFixedBefore(Operation *place, LoadOp load) {
  return isAnyBetween(load, place,
                      [&](Operation *op) { return isBarrier(op, load); });
}

/// The last block that all ways to the uses of `op` come through.
Block *Sinking::findBlock(Operation *op) {
  Block *block = nullptr;
  for (Operation *user : op->getUsers())
    block = block
                ? dominance.findNearestCommonDominator(block, user->getBlock())
                : user->getBlock();
  return block;
}

/// Whether `block` is in a loop that `from` is not in.
bool Sinking::isInLoop(Block *block, Block *from) const {
  CFGLoop *loop = loops.getLoopFor(block);
  return loop && !loop->contains(from);
}

/// Whether what `op` is computed from is kept until `block` in any case, or is
/// one value that is there for `op` alone.
bool Sinking::isThere(Operation *op, Block *block) {
  unsigned numOwn = 0;
  for (Value operand : op->getOperands()) {
    if (isConstant(operand) || liveness.isLiveIn(operand, block))
      continue;
    if (!operand.hasOneUse())
      return false;
    ++numOwn;
  }
  return numOwn <= 1;
}

/// Whether `operand` is there behind `call` in any case, or is loaded for one
/// use from what is, and can be loaded there as well.
bool Sinking::outlives(Value operand, Operation *call) {
  if (isConstant(operand) || !liveness.isDeadAfter(operand, call))
    return true;
  auto load = operand.getDefiningOp<LoadOp>();
  return load && load->getBlock() == call->getBlock() && operand.hasOneUse() &&
         isMovable(load) && !liveness.isDeadAfter(load.getBase(), call) &&
         !isBarrier(call, load) && !isFixedBefore(call, load);
}

/// Where to put `op` in `block`: in front of its first use if there is a call
/// before that which what it is computed from outlives, else at the start; null
/// if that is where it comes from.
Operation *Sinking::findPlace(Operation *op, Block *block) {
  bool isOwn = block == op->getBlock();
  Operation *start = isOwn ? nullptr : &block->front();
  bool isPastCall = false;
  for (Operation *next = isOwn ? op->getNextNode() : start;;
       next = next->getNextNode()) {
    if (llvm::is_contained(op->getUsers(), next) ||
        next->hasTrait<OpTrait::IsTerminator>())
      return isPastCall ? next : start;
    if (!isCall(next))
      continue;
    auto load = dyn_cast<LoadOp>(op);
    bool mayChange = load && isBarrier(next, load);
    isPastCall =
        !mayChange && llvm::all_of(op->getOperands(), [&](Value operand) {
          return outlives(operand, next);
        });
    if (!isPastCall)
      return start;
  }
}

void Sinking::visit(Operation *op) {
  Block *block = isMovable(op) ? findBlock(op) : nullptr;
  if (!block || isInLoop(block, op->getBlock()) ||
      (block != op->getBlock() && !isThere(op, block)))
    return;
  Operation *place = findPlace(op, block);
  auto load = dyn_cast<LoadOp>(op);
  if (!place || (load && isFixedBefore(place, load)))
    return;
  op->moveBefore(place);
}

void Sinking::run() {
  // Uses first, so that what they are computed from can follow.
  SmallVector<Operation *> ops;
  for (Block &block : body->getRegion(0))
    for (Operation &op : block.without_terminator())
      ops.push_back(&op);
  for (Operation *op : llvm::reverse(ops))
    visit(op);
}

void SinkValues::runOnOperation() {
  MemoryClobbers clobbers(getOperation());
  forEachBodyInParallel(getOperation(), [&](Operation *op) {
    if (!op->getRegion(0).hasOneBlock())
      Sinking(op, clobbers).run();
  });
}
