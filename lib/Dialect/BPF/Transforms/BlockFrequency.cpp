//===- BlockFrequency.cpp - how likely a block is executed ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Passes the frequency of each block on to its successors, in one walk.
//
//===----------------------------------------------------------------------===//

#include "BlockFrequency.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/PostOrderIterator.h"

using namespace mlir;
using namespace mlir::bpf;

/// How likely what is thought to be unlikely is.
static constexpr double unlikely = 0.1;

/// How often a loop is executed for each time that it is entered.
static constexpr double iterations = 8;

/// How likely control goes to the first successor of `terminator`.
static double getTrueProbability(Operation *terminator) {
  constexpr double undecided = 0.5;
  if (auto jump = dyn_cast<JCondImmOp>(terminator)) {
    // Calls return a null pointer, or a negative number, where they fail.
    std::optional<Register> reg = getMachineRegister(jump.getLhs());
    bool isCalled =
        jump.getLhs().getDefiningOp<CallOp>() || reg == Register::R0;
    if (!isCalled || jump.getImm() != 0)
      return undecided;
    switch (jump.getCondition()) {
    case Condition::Eq:
    case Condition::Slt:
      return unlikely;
    case Condition::Ne:
    case Condition::Sge:
      return 1 - unlikely;
    default:
      return undecided;
    }
  }
  auto jump = dyn_cast<JCondOp>(terminator);
  // Two registers are mostly compared to find whether a packet is long enough.
  if (!jump || jump.getWidth() != Width::W64)
    return undecided;
  switch (jump.getCondition()) {
  case Condition::Gt:
    return unlikely;
  case Condition::Le:
    return 1 - unlikely;
  default:
    return undecided;
  }
}

/// Adds the ways from `head` to `latch`, which goes back to it, to the loop of
/// `head`.
void BlockFrequency::findLoop(Block *latch, Block *head) {
  auto &loop = loops[head];
  loop.insert(head);
  SmallVector<Block *> pending = {latch};
  while (!pending.empty()) {
    Block *block = pending.pop_back_val();
    // Blocks that cannot be reached have no number.
    if (numbers.contains(block) && loop.insert(block).second)
      llvm::append_range(pending, block->getPredecessors());
  }
}

bool BlockFrequency::leavesLoop(Block *block, Block *successor) const {
  return llvm::any_of(loops, [&](const auto &entry) {
    return entry.second.contains(block) && !entry.second.contains(successor);
  });
}

double BlockFrequency::getProbability(Block *block, unsigned index) const {
  Operation *terminator = block->getTerminator();
  if (terminator->getNumSuccessors() < 2)
    return 1;
  // Of two ways, the one that leaves a loop is taken once.
  bool leaves[2] = {leavesLoop(block, terminator->getSuccessor(0)),
                    leavesLoop(block, terminator->getSuccessor(1))};
  if (leaves[0] != leaves[1])
    return leaves[index] ? 1 / iterations : 1 - 1 / iterations;
  double probability = getTrueProbability(terminator);
  return index == 0 ? probability : 1 - probability;
}

static SmallVector<Block *> getOrder(FuncOp func) {
  llvm::ReversePostOrderTraversal<Block *> order(&func.getBody().front());
  return {order.begin(), order.end()};
}

BlockFrequency::BlockFrequency(FuncOp func) : BlockFrequency(getOrder(func)) {}

BlockFrequency::BlockFrequency(ArrayRef<Block *> blocks) {
  for (auto [number, block] : llvm::enumerate(blocks))
    numbers[block] = number;
  for (Block *block : blocks)
    for (Block *successor : block->getSuccessors())
      if (isBackEdge(block, successor))
        findLoop(block, successor);
  frequencies[blocks.front()] = 1;
  for (Block *block : blocks) {
    double &own = frequencies[block];
    // What goes back is not passed on: the head counts it in advance.
    if (loops.contains(block))
      own *= iterations;
    double frequency = own;
    for (unsigned index : llvm::seq(block->getNumSuccessors()))
      if (Block *successor = block->getSuccessor(index);
          !isBackEdge(block, successor))
        frequencies[successor] += frequency * getProbability(block, index);
  }
}

double BlockFrequency::getOfEdge(Block *block, unsigned index) const {
  return get(block) * getProbability(block, index);
}
