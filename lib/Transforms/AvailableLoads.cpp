//===- AvailableLoads.cpp - what was loaded before --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks for accesses of one location that dominate a place, and at what stands
// in between.
//
//===----------------------------------------------------------------------===//

#include "AvailableLoads.h"

#include "StackPlaces.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::whistler;

/// How many accesses of one location are looked at, those added last.
static constexpr size_t maxCandidates = 4;

std::optional<AvailableLoads::Location>
AvailableLoads::getLocation(Operation *op) {
  auto at = [](Value base, int64_t offset, Type type, Attribute field) {
    Place place = getPlace(base, offset);
    return Location{place.root.getAsOpaquePointer(), place.offset,
                    type.getAsOpaquePointer(), field.getAsOpaquePointer()};
  };
  return llvm::TypeSwitch<Operation *, std::optional<Location>>(op)
      // What the loader fills in for a field is not the field's offset here.
      .Case<LoadOp>([&](LoadOp load) {
        return at(load.getBase(), load.getOffset(), load.getType(),
                  load.getFieldAttr());
      })
      .Case<StoreOp>([&](StoreOp store) {
        return at(store.getBase(), store.getOffset(),
                  store.getValue().getType(), Attribute());
      })
      .Case<CtxLoadOp>([&](CtxLoadOp load) {
        return at(load.getCtx(), load.getOffset(), load.getType(),
                  load.getFieldAttr());
      })
      .Default([](Operation *) { return std::nullopt; });
}

AvailableLoads::AvailableLoads(Operation *body, const MemoryClobbers &clobbers,
                               Dominators &dominators)
    : clobbers(clobbers), dominators(dominators) {
  // In proportion to the body.
  constexpr size_t budgetOfOp = 50;
  for (Block &block : body->getRegion(0))
    budget += budgetOfOp * block.getOperations().size();
}

void AvailableLoads::add(Operation *op) {
  std::optional<Location> location = getLocation(op);
  if (!location)
    return;
  locations[op] = *location;
  accesses[*location].push_back(op);
}

void AvailableLoads::remove(Operation *op) {
  if (auto it = locations.find(op); it != locations.end()) {
    llvm::erase(accesses[it->second], op);
    locations.erase(it);
  }
}

/// Whether `op` stores to other bytes than `load` reads, at another distance
/// from the same address.
static bool isStoreBeside(Operation *op, Operation *load) {
  auto store = dyn_cast<StoreOp>(op);
  auto other = dyn_cast<LoadOp>(load);
  if (!store || !other || other.getField())
    return false;
  Place to = getPlace(store.getBase(), store.getOffset());
  Place from = getPlace(other.getBase(), other.getOffset());
  int64_t size = getSizeInBytes(store.getValue().getType());
  int64_t otherSize = getSizeInBytes(other.getType());
  return to.root == from.root && (to.offset + size <= from.offset ||
                                  from.offset + otherSize <= to.offset);
}

bool AvailableLoads::isAvailable(Operation *access, Operation *load,
                                 Operation *place,
                                 SmallVectorImpl<Operation *> &calls) {
  auto base = cast<PtrType>(load->getOperand(0).getType());
  AddressSpace space = base.getSpace();
  bool isPacketPointer =
      isa<CtxLoadOp>(load) && isa<PtrType>(load->getResult(0).getType());
  // Others may write to what is neither the packet nor on the stack; whoever
  // loads again after a call wants to see it.
  bool isShared = space != AddressSpace::Packet &&
                  space != AddressSpace::Stack && space != AddressSpace::Ctx;
  return !isAnyBetween(access, place, [&](Operation *op) {
    if (budget == 0)
      return true;
    --budget;
    // Most operations are not of interest, and are told at a glance.
    if (isa<LoadOp, PtrAddOp>(op) ||
        !isa_and_present<WhistlerDialect>(op->getDialect()))
      return false;
    if (isCall(op)) {
      if (isShared)
        return true;
      calls.push_back(op);
    }
    if (isPacketPointer)
      return clobbers.mayMovePacket(op);
    return clobbers.mayClobber(op, space) && !isStoreBeside(op, load);
  });
}

/// Whether control passes `op` on all ways to `other`.
bool AvailableLoads::comesBefore(Operation *op, Operation *other) const {
  return op->getBlock() == other->getBlock()
             ? op->isBeforeInBlock(other)
             : dominators.dominates(op->getBlock(), other->getBlock());
}

Value AvailableLoads::find(Operation *load, Operation *place,
                           SmallVectorImpl<Operation *> *calls) {
  std::optional<Location> location = getLocation(load);
  if (!location)
    return {};
  auto it = accesses.find(*location);
  if (it == accesses.end())
    return {};
  ArrayRef<Operation *> candidates(it->second);
  if (candidates.size() > maxCandidates)
    candidates = candidates.take_back(maxCandidates);
  Operation *failed = nullptr;
  for (Operation *access : llvm::reverse(candidates)) {
    bool isCandidate =
        access != load && access != place && getLocation(access) == location &&
        dominators.dominates(access->getBlock(), place->getBlock());
    // From those before one that failed, control comes by the same ways.
    if (!isCandidate || (failed && comesBefore(access, failed)))
      continue;
    SmallVector<Operation *> crossed;
    if (!isAvailable(access, load, place, crossed)) {
      failed = access;
      continue;
    }
    if (calls)
      llvm::append_range(*calls, crossed);
    if (auto store = dyn_cast<StoreOp>(access))
      return store.getValue();
    return access->getResult(0);
  }
  return {};
}
