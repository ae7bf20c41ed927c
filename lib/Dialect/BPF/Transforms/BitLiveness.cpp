//===- BitLiveness.cpp - liveness of numbered things ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Repeats blocks until nothing changes.
//
//===----------------------------------------------------------------------===//

#include "BitLiveness.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::bpf;

llvm::BitVector BitLiveness::getLiveOut(Block *block) const {
  llvm::BitVector live(numBits);
  for (Block *successor : block->getSuccessors())
    if (auto found = liveIn.find(successor); found != liveIn.end())
      live |= found->second;
  return live;
}

void BitLiveness::solve(
    FuncOp func, unsigned numBits,
    llvm::function_ref<void(Block *, llvm::BitVector &)> passBackward) {
  this->numBits = numBits;
  llvm::SetVector<Block *> worklist;
  for (Block &block : func.getBody())
    worklist.insert(&block);
  while (!worklist.empty()) {
    Block *block = worklist.pop_back_val();
    llvm::BitVector live = getLiveOut(block);
    passBackward(block, live);
    auto [known, isFirst] = liveIn.try_emplace(block, live);
    // Nothing live is what others take for granted.
    if (isFirst ? live.none() : known->second == live)
      continue;
    known->second = live;
    worklist.insert(block->pred_begin(), block->pred_end());
  }
}
