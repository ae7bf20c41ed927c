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

#include "Conditions.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::whistler;

/// How many accesses of one location are looked at, the last ones.
static constexpr size_t maxCandidates = 8;

std::optional<AvailableLoads::Location>
AvailableLoads::getLocation(Operation *op) {
  auto at = [](Value base, int64_t offset, Type type, Attribute field) {
    MovedPointer moved = getMovedPointer(base);
    return Location{moved.base.getAsOpaquePointer(), moved.offset + offset,
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

AvailableLoads::AvailableLoads(Operation *body, MemoryClobbers &clobbers)
    : clobbers(clobbers) {
  // In proportion to the body.
  constexpr size_t budgetOfOp = 200;
  body->walk<WalkOrder::PreOrder>([&](Operation *op) {
    budget += budgetOfOp;
    std::optional<Location> location = getLocation(op);
    if (!location)
      return;
    locations[op] = *location;
    accesses[*location].push_back(op);
  });
}

void AvailableLoads::remove(Operation *op) {
  if (auto it = locations.find(op); it != locations.end()) {
    llvm::erase(accesses[it->second], op);
    locations.erase(it);
  }
}

bool AvailableLoads::isAvailable(Operation *access, Operation *load,
                                 Operation *place) {
  auto spend = [&] { return budget != 0 ? (--budget, true) : false; };
  if (isa<CtxLoadOp>(load))
    return !isAnyBetween(access, place, [&](Operation *op) {
      return !spend() ||
             clobbers.mayChangeField(op, load->getResult(0).getType());
    });
  AddressSpace space = cast<PtrType>(load->getOperand(0).getType()).getSpace();
  // Others may write to what is neither the packet nor the stack; whoever loads
  // again after a call wants to see it.
  bool isPrivate =
      space == AddressSpace::Packet || space == AddressSpace::Stack;
  return !isAnyBetween(access, place, [&](Operation *op) {
    return !spend() || (!isPrivate && isCall(op)) ||
           clobbers.mayClobber(op, space);
  });
}

Value AvailableLoads::find(Operation *load, Operation *place) {
  std::optional<Location> location = getLocation(load);
  if (!location)
    return {};
  auto it = accesses.find(*location);
  if (it == accesses.end())
    return {};
  ArrayRef<Operation *> candidates(it->second);
  if (candidates.size() > maxCandidates)
    candidates = candidates.take_back(maxCandidates);
  for (Operation *access : llvm::reverse(candidates)) {
    bool isCandidate = access != load && access != place &&
                       getLocation(access) == location;
    if (!isCandidate || !isAvailable(access, load, place))
      continue;
    if (auto store = dyn_cast<StoreOp>(access))
      return store.getValue();
    return access->getResult(0);
  }
  return {};
}
