//===- ShareLoads.cpp - loads that are done once ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reuses what has been read from the context, the packet and map values.
//
//===----------------------------------------------------------------------===//

#include "MemoryClobbers.h"
#include "StackPlaces.h"

#include "mlir/Analysis/Liveness.h"
#include "mlir/IR/Dominance.h"
#include "llvm/ADT/PostOrderIterator.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_SHARELOADSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// What is read: a place, the type of the value, and the CO-RE name of a field.
using Source = std::tuple<Value, int64_t, Type, Attribute>;

/// Loads in one program or function.
class LoadSharing {
public:
  LoadSharing(Operation *body, MemoryClobbers &clobbers)
      : body(body), dominance(body), clobbers(clobbers) {}

  void run();

private:
  Operation *findEarlier(Operation *load, const Source &source);
  bool hasRoom();

  Operation *body;
  DominanceInfo dominance;
  MemoryClobbers &clobbers;
  DenseMap<Source, SmallVector<Operation *, 2>> loads;
  std::optional<bool> room;
};

struct ShareLoads : mlir::whistler::impl::ShareLoadsPassBase<ShareLoads> {
  void runOnOperation() override;
};
} // namespace

/// What `op` reads, if it reads the context, the packet or a map value.
static std::optional<Source> getSource(Operation *op) {
  if (auto load = dyn_cast<CtxLoadOp>(op))
    return Source{load.getCtx(), load.getOffset(), load.getType(),
                  load.getFieldAttr()};
  auto load = dyn_cast<LoadOp>(op);
  if (!load || load.getField())
    return std::nullopt;
  Place place = getPlace(load.getBase(), load.getOffset());
  AddressSpace space = cast<PtrType>(place.root.getType()).getSpace();
  if (space != AddressSpace::Packet && space != AddressSpace::MapValue)
    return std::nullopt;
  return Source{place.root, place.offset, load.getType(), nullptr};
}

/// What has to stay as it is for the result of `load` to stay the same.
static AddressSpace getSpace(Operation *op) {
  if (auto load = dyn_cast<LoadOp>(op))
    return cast<PtrType>(getPlace(load.getBase(), 0).root.getType()).getSpace();
  return isa<PtrType>(op->getResult(0).getType()) ? AddressSpace::Packet
                                                  : AddressSpace::Ctx;
}

/// Whether registers that survive calls are left for more values: at most two
/// of the four are in use at any call.
bool LoadSharing::hasRoom() {
  if (room)
    return *room;
  constexpr size_t maxLive = 2, maxBlocks = 1000;
  room = false;
  // It takes long to find out for large programs, which have none.
  if (!llvm::hasNItemsOrLess(body->getRegion(0), maxBlocks))
    return false;
  Liveness liveness(body);
  room = true;
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
      if (isCall(&op) && live.size() > maxLive)
        room = false;
      for (Value operand : op.getOperands())
        add(operand);
    }
  }
  return *room;
}

/// A load of `source` that `load` need not repeat.
Operation *LoadSharing::findEarlier(Operation *load, const Source &source) {
  constexpr size_t maxTries = 2;
  auto found = loads.find(source);
  if (found == loads.end())
    return nullptr;
  ArrayRef<Operation *> earlier = found->second;
  for (Operation *other :
       llvm::reverse(earlier.take_back(std::min(maxTries, earlier.size())))) {
    if (!dominance.properlyDominates(other, load))
      continue;
    bool hasCall = false;
    AddressSpace space = getSpace(load);
    if (clobbers.mayClobberBetween(other, load, space, &hasCall))
      continue;
    // Others may have changed a map value in the meantime.
    if (!hasCall || (space != AddressSpace::MapValue && hasRoom()))
      return other;
  }
  return nullptr;
}

void LoadSharing::run() {
  llvm::ReversePostOrderTraversal<Region *> order(&body->getRegion(0));
  for (Block *block : order)
    for (Operation &op : llvm::make_early_inc_range(*block)) {
      std::optional<Source> source = getSource(&op);
      if (!source)
        continue;
      Operation *earlier = findEarlier(&op, *source);
      if (!earlier) {
        loads[*source].push_back(&op);
        continue;
      }
      op.replaceAllUsesWith(earlier);
      op.erase();
    }
}

void ShareLoads::runOnOperation() {
  MemoryClobbers clobbers(getOperation());
  forEachBody(getOperation(),
              [&](Operation *body) { LoadSharing(body, clobbers).run(); });
}
