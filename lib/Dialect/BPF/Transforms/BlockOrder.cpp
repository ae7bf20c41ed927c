//===- BlockOrder.cpp - which block follows which ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A topological order of the edges that are not a loop's, chosen so that a
// block comes after one of its predecessors where it can.
//
//===----------------------------------------------------------------------===//

#include "BlockOrder.h"
#include "LoopDepths.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/PostOrderIterator.h"
#include <set>

using namespace mlir;
using namespace mlir::bpf;

namespace {
/// The blocks that are placed already, and those that may come next.
class BlockOrder {
public:
  explicit BlockOrder(FuncOp func);

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

BlockOrder::BlockOrder(FuncOp func) : loops(func) {
  for (Block *block :
       llvm::ReversePostOrderTraversal<Block *>(&func.getBody().front())) {
    numbers[block] = blocks.size();
    blocks.push_back(block);
  }
  for (Block *block : blocks)
    for (Block *successor : block->getSuccessors())
      if (isForward(block, successor))
        ++pending[successor];
}

void BlockOrder::place(Block *block) {
  order.push_back(block);
  ready.erase(numbers.lookup(block));
  for (Block *successor : block->getSuccessors())
    if (isForward(block, successor) && --pending[successor] == 0)
      ready.insert(numbers.lookup(successor));
}

/// Whether control goes to the first successor unless it has to jump there.
static bool needsFalseSuccessor(Operation *terminator) {
  auto isSet = [](auto jump) {
    return jump && jump.getCondition() == Condition::Set;
  };
  return isSet(dyn_cast<JCondOp>(terminator)) ||
         isSet(dyn_cast<JCondImmOp>(terminator));
}

Block *BlockOrder::prefer(Block *a, Block *b) const {
  return loops.getDepth(b) > loops.getDepth(a) ? b : a;
}

Block *BlockOrder::chooseSuccessor(Block *block) const {
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

Block *BlockOrder::chooseAny(Block *last) const {
  // A loop stays together; beside that, what is waiting since the least time
  // comes first, as its successors wait for it.
  for (CFGLoop *loop = loops.getLoop(last); loop; loop = loop->getParentLoop())
    for (unsigned number : llvm::reverse(ready))
      if (loop->contains(blocks[number]))
        return blocks[number];
  return ready.empty() ? nullptr : blocks[*ready.rbegin()];
}

std::vector<Block *> BlockOrder::run() {
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

void bpf::orderBlocks(FuncOp func) {
  std::vector<Block *> order = BlockOrder(func).run();
  auto &blocks = func.getBody().getBlocks();
  for (Block *block : order)
    blocks.splice(blocks.end(), blocks, block->getIterator());
}
