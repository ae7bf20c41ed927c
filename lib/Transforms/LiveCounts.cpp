//===- LiveCounts.cpp - how many values are alive ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Adds up the stretches of places in which each value is alive.
//
//===----------------------------------------------------------------------===//

#include "LiveCounts.h"

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"

#include <numeric>

using namespace mlir;
using namespace mlir::whistler;

/// Whether `value` has to be kept from where it is computed.
static bool takesRegister(Value value) {
  Operation *op = value.getDefiningOp();
  return !op || !(op->hasTrait<OpTrait::ConstantLike>() ||
                  isa<AllocaOp, MapRefOp, FuncRefOp>(op));
}

LiveCounts::LiveCounts(Operation *body) {
  Region &region = body->getRegion(0);
  unsigned place = 0;
  for (Block &block : region) {
    for (Operation &op : block)
      places[&op] = place++;
    // That behind the last operation.
    ++place;
  }
  counts.resize(place + 1);
  begins.resize(place + 1);
  for (Block &block : region) {
    for (Value argument : block.getArguments())
      add(argument);
    for (Operation &op : block)
      for (Value result : op.getResults())
        if (takesRegister(result))
          add(result);
  }
  std::partial_sum(counts.begin(), counts.end(), counts.begin());
}

unsigned LiveCounts::getAcross(Operation *op) const {
  unsigned behind = places.lookup(op) + 1;
  return counts[behind] - begins[behind];
}

unsigned LiveCounts::getMost() const {
  return counts.empty() ? 0 : *llvm::max_element(counts);
}

void LiveCounts::add(unsigned first, unsigned last) {
  ++counts[first];
  --counts[last + 1];
}

unsigned LiveCounts::getLastPlace(Block *block) const {
  return places.lookup(&block->back()) + 1;
}

void LiveCounts::add(Value value) {
  if (value.use_empty())
    return;
  Block *definition = value.getParentBlock();
  // The place in front of the last use in each block.
  llvm::SmallDenseMap<Block *, unsigned, 4> lastUses;
  llvm::SmallSetVector<Block *, 8> liveIn;
  for (Operation *user : value.getUsers()) {
    unsigned &last = lastUses[user->getBlock()];
    last = std::max(last, places.lookup(user));
    if (user->getBlock() != definition)
      liveIn.insert(user->getBlock());
  }
  for (size_t index = 0; index != liveIn.size(); ++index)
    for (Block *before : liveIn[index]->getPredecessors())
      if (before != definition)
        liveIn.insert(before);
  auto getLast = [&](Block *block) {
    bool isLiveOut = llvm::any_of(block->getSuccessors(), [&](Block *next) {
      return liveIn.contains(next);
    });
    return isLiveOut ? getLastPlace(block) : lastUses.lookup(block);
  };
  Operation *op = value.getDefiningOp();
  unsigned first =
      op ? places.lookup(op) + 1 : places.lookup(&definition->front());
  ++begins[first];
  add(first, getLast(definition));
  for (Block *block : liveIn)
    add(places.lookup(&block->front()), getLast(block));
}
