//===- LoadHoisting.cpp - loads from the context before calls ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reads the context while it is in the register that it arrives in.
//
//===----------------------------------------------------------------------===//

#include "Conditions.h"
#include "MemoryClobbers.h"

#include "mlir/IR/Dominance.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_LOADHOISTINGPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

/// How many fields are kept instead of the context.
static constexpr size_t maxFields = 3;

namespace {
/// A field of the context: offset, size, CO-RE name and type of the value.
using Field = std::tuple<int32_t, int32_t, Attribute, Type>;

/// Hoists the loads of one program.
class ContextHoisting {
public:
  explicit ContextHoisting(ProgOp prog)
      : context(prog.getContextArgument()), dominance(prog) {}

  void run();

private:
  void findCalls();
  bool isBehindCall(Operation *op) const;
  Operation *findPlace(ArrayRef<CtxLoadOp> loads);
  bool isSameContext(Operation *place, ArrayRef<CtxLoadOp> loads);
  bool isAlwaysRead(Operation *place, ArrayRef<CtxLoadOp> loads);

  BlockArgument context;
  DominanceInfo dominance;
  /// The first call of each block that has one.
  DenseMap<Block *, Operation *> firstCalls;
  /// The blocks that are reached through a call.
  llvm::SetVector<Block *> behindCalls;
};

struct LoadHoisting : mlir::whistler::impl::LoadHoistingPassBase<LoadHoisting> {
  void runOnOperation() override;
};
} // namespace

void ContextHoisting::findCalls() {
  for (Block &block : *context.getOwner()->getParent()) {
    auto call = llvm::find_if(block, [](Operation &op) { return isCall(&op); });
    if (call == block.end())
      continue;
    firstCalls[&block] = &*call;
    behindCalls.insert(block.succ_begin(), block.succ_end());
  }
  for (size_t index = 0; index < behindCalls.size(); ++index) {
    Block *block = behindCalls[index];
    behindCalls.insert(block->succ_begin(), block->succ_end());
  }
}

bool ContextHoisting::isBehindCall(Operation *op) const {
  if (behindCalls.contains(op->getBlock()))
    return true;
  Operation *call = firstCalls.lookup(op->getBlock());
  return call && call->isBeforeInBlock(op);
}

/// The last place that dominates all `loads` and is not behind a call: what
/// stands there.
Operation *ContextHoisting::findPlace(ArrayRef<CtxLoadOp> loads) {
  Block *block = loads.front()->getBlock();
  for (CtxLoadOp load : loads.drop_front())
    block = dominance.findNearestCommonDominator(block, load->getBlock());
  while (block && behindCalls.contains(block)) {
    auto *node = dominance.getNode(block)->getIDom();
    block = node ? node->getBlock() : nullptr;
  }
  if (!block)
    return nullptr;
  Operation *call = firstCalls.lookup(block);
  return call ? call : block->getTerminator();
}

/// Whether all `loads` find at `place` what they find where they are. What may
/// move the packet counts as a change: pointers to it are read again then.
bool ContextHoisting::isSameContext(Operation *place,
                                    ArrayRef<CtxLoadOp> loads) {
  MemoryClobbers clobbers(context.getOwner()->getParentOp());
  auto mayChange = [&](Operation *op) {
    return clobbers.mayClobber(op, AddressSpace::Ctx);
  };
  return !mayChange(place) && llvm::none_of(loads, [&](CtxLoadOp load) {
    return isAnyBetween(place, load, mayChange);
  });
}

/// Whether `prog` has branches that the verifier may never follow: on what the
/// loader fills in.
static bool isConfigured(Operation *prog) {
  return prog
      ->walk([](Operation *op) {
        return isa<CoreQueryOp, GlobalAddrOp>(op) ? WalkResult::interrupt()
                                                  : WalkResult::advance();
      })
      .wasInterrupted();
}

/// Whether every way on from `place` comes to one of `loads`.
bool ContextHoisting::isAlwaysRead(Operation *place,
                                   ArrayRef<CtxLoadOp> loads) {
  constexpr size_t maxBlocks = 64;
  SmallPtrSet<Block *, 4> reading;
  for (CtxLoadOp load : loads)
    reading.insert(load->getBlock());
  llvm::SetVector<Block *> blocks;
  blocks.insert(place->getBlock());
  for (size_t index = 0; index < blocks.size(); ++index) {
    Block *block = blocks[index];
    if (reading.contains(block))
      continue;
    if (block->hasNoSuccessors() || blocks.size() > maxBlocks)
      return false;
    blocks.insert(block->succ_begin(), block->succ_end());
  }
  return true;
}

void ContextHoisting::run() {
  findCalls();
  llvm::MapVector<Field, SmallVector<CtxLoadOp>> fields;
  for (Operation *user : context.getUsers()) {
    if (!isBehindCall(user))
      continue;
    auto load = dyn_cast<CtxLoadOp>(user);
    // What else needs the context needs it where it is.
    if (!load)
      return;
    fields[{load.getOffset(), load.getSize(), load.getFieldAttr(),
            load.getType()}]
        .push_back(load);
  }
  if (fields.empty() || fields.size() > maxFields)
    return;
  bool mayBeGuarded = isConfigured(context.getOwner()->getParentOp());
  SmallVector<std::pair<Operation *, ArrayRef<CtxLoadOp>>> moves;
  for (auto &[field, loads] : fields) {
    Operation *place = findPlace(loads);
    if (!place || !isSameContext(place, loads))
      return;
    // A field that not every kernel has is read behind a test for it only.
    if (mayBeGuarded && !isAlwaysRead(place, loads))
      return;
    moves.emplace_back(place, loads);
  }
  bool mergesPackets = false;
  for (auto &[place, loads] : moves) {
    CtxLoadOp first = CtxLoadOp(loads.front());
    mergesPackets |= loads.size() > 1 && isa<PtrType>(first.getType());
    first->moveBefore(place);
    for (CtxLoadOp load : loads.drop_front()) {
      load.replaceAllUsesWith(first.getResult());
      load.erase();
    }
  }
  if (mergesPackets)
    decideLengthTests(context.getOwner()->getParentOp());
}

void LoadHoisting::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    if (auto prog = dyn_cast<ProgOp>(body))
      ContextHoisting(prog).run();
  });
}
