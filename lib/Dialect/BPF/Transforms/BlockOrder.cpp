//===- BlockOrder.cpp - which block follows which ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A topological order of the edges that are not a loop's: the best one that a
// search finds where there are few blocks; else one that is chosen so that a
// block comes after one of its predecessors where it can.
//
//===----------------------------------------------------------------------===//

#include "BlockOrder.h"
#include "Blocks.h"
#include "Constants.h"
#include "LoopDepths.h"
#include "OrderSearch.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/PostOrderIterator.h"
#include <set>

using namespace mlir;
using namespace mlir::bpf;

namespace {
/// The blocks that are placed already, and those that may come next.
class GreedyOrder {
public:
  GreedyOrder(FuncOp func, std::vector<Block *> reversePostorder);

  std::vector<Block *> run();

private:
  bool isForward(Block *from, Block *to) const {
    return numbers.lookup(from) < numbers.lookup(to);
  }
  void place(Block *block);
  Block *chooseSuccessor(Block *block) const;
  Block *chooseAny(Block *last) const;
  Block *prefer(Block *a, Block *b) const;

  LoopDepths loops;
  std::vector<Block *> blocks;
  llvm::DenseMap<Block *, unsigned> numbers;
  /// The forward edges to each block from blocks that are not placed.
  llvm::DenseMap<Block *, unsigned> pending;
  std::set<unsigned> ready;
  std::vector<Block *> order;
};
} // namespace

GreedyOrder::GreedyOrder(FuncOp func, std::vector<Block *> reversePostorder)
    : loops(func), blocks(std::move(reversePostorder)) {
  for (auto [number, block] : llvm::enumerate(blocks))
    numbers[block] = number;
  for (Block *block : blocks)
    for (Block *successor : block->getSuccessors())
      if (isForward(block, successor))
        ++pending[successor];
}

void GreedyOrder::place(Block *block) {
  order.push_back(block);
  ready.erase(numbers.lookup(block));
  for (Block *successor : block->getSuccessors())
    if (isForward(block, successor) && --pending[successor] == 0)
      ready.insert(numbers.lookup(successor));
}

/// Whether control can only fall through to the second of two successors.
static bool needsFalseSuccessor(Operation *terminator) {
  return terminator->getNumSuccessors() == 2 && !getJumpNegation(terminator);
}

Block *GreedyOrder::prefer(Block *a, Block *b) const {
  return loops.getDepth(b) > loops.getDepth(a) ? b : a;
}

Block *GreedyOrder::chooseSuccessor(Block *block) const {
  Operation *terminator = block->getTerminator();
  Block *best = nullptr;
  // The last successor is where a conditional jump falls through as it is.
  for (Block *successor : llvm::reverse(terminator->getSuccessors())) {
    if (!ready.count(numbers.lookup(successor)))
      continue;
    if (!best)
      best = successor;
    else if (!needsFalseSuccessor(terminator))
      best = prefer(best, successor);
  }
  return best;
}

Block *GreedyOrder::chooseAny(Block *last) const {
  // A loop stays together; beside that, what is waiting since the least time
  // comes first, as its successors wait for it.
  for (CFGLoop *loop = loops.getLoop(last); loop; loop = loop->getParentLoop())
    for (unsigned number : llvm::reverse(ready))
      if (loop->contains(blocks[number]))
        return blocks[number];
  return ready.empty() ? nullptr : blocks[*ready.rbegin()];
}

std::vector<Block *> GreedyOrder::run() {
  Block *block = blocks.front();
  while (block) {
    place(block);
    Block *next = chooseSuccessor(block);
    CFGLoop *loop = loops.getLoop(block);
    Block *inLoop = loop ? chooseAny(block) : nullptr;
    // Leaving a loop waits until all of it is placed.
    if (!next || (inLoop && loop->contains(inLoop) && !loop->contains(next)))
      next = chooseAny(block);
    block = next;
  }
  return std::move(order);
}

BlockOrder bpf::findBlockOrder(FuncOp func, unsigned beamWidth) {
  std::vector<Block *> blocks;
  for (Block *block :
       llvm::ReversePostOrderTraversal<Block *>(&func.getBody().front()))
    blocks.push_back(block);
  if (blocks.size() <= maxSearchedBlocks)
    return searchBlockOrder(blocks, beamWidth);
  return {GreedyOrder(func, std::move(blocks)).run(), JumpCost()};
}

unsigned bpf::getSlots(Operation *op) {
  if (isConstant(op))
    return getConstantSlots(op);
  return isa<JaOp, SlotOp, FramePointerOp>(op) ? 0 : 1;
}

unsigned bpf::countSlots(FuncOp func) {
  constexpr unsigned beamWidth = 8;
  BlockOrder order = findBlockOrder(func, beamWidth);
  unsigned slots = order.cost.slots;
  for (Block *block : order.blocks)
    for (Operation &op : *block)
      slots += getSlots(&op);
  return slots;
}

void bpf::orderBlocks(FuncOp func) {
  constexpr unsigned beamWidth = 32;
  BlockOrder order = findBlockOrder(func, beamWidth);
  auto &blocks = func.getBody().getBlocks();
  for (Block *block : order.blocks)
    blocks.splice(blocks.end(), blocks, block->getIterator());
}
