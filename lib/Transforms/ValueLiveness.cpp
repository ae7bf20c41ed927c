//===- ValueLiveness.cpp - where single values are needed -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Walks back from the uses of a value to its definition.
//
//===----------------------------------------------------------------------===//

#include "ValueLiveness.h"

#include "mlir/IR/Operation.h"

using namespace mlir;
using namespace mlir::whistler;

/// The blocks at whose start `value` is live.
const ValueLiveness::Blocks &ValueLiveness::getLiveIn(Value value) {
  auto [place, isNew] = liveIn.try_emplace(value);
  Blocks &blocks = place->second;
  if (!isNew)
    return blocks;
  Block *definition = value.getParentBlock();
  SmallVector<Block *> pending;
  auto add = [&](Block *block) {
    if (block != definition && blocks.insert(block).second)
      pending.push_back(block);
  };
  for (Operation *user : value.getUsers())
    add(user->getBlock());
  while (!pending.empty())
    for (Block *predecessor : pending.pop_back_val()->getPredecessors())
      add(predecessor);
  return blocks;
}

bool ValueLiveness::isLiveIn(Value value, Block *block) {
  return getLiveIn(value).contains(block);
}

bool ValueLiveness::isDeadAfter(Value value, Operation *op) {
  Block *block = op->getBlock();
  const Blocks &blocks = getLiveIn(value);
  return llvm::none_of(value.getUsers(),
                       [&](Operation *user) {
                         return user->getBlock() == block &&
                                op->isBeforeInBlock(user);
                       }) &&
         llvm::none_of(block->getSuccessors(), [&](Block *successor) {
           return blocks.contains(successor);
         });
}
