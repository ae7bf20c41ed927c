//===- TestChain.cpp - tests that fail alike, in a row ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds chains of tests and changes their order.
//
//===----------------------------------------------------------------------===//

#include "TestChain.h"

#include "MemoryClobbers.h"

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::whistler;

/// How many tests are looked at.
static constexpr size_t maxTests = 16;

static Block *getSuccessor(cf::CondBranchOp branch, bool isTrue) {
  return isTrue ? branch.getTrueDest() : branch.getFalseDest();
}

static OperandRange getOperands(cf::CondBranchOp branch, bool isTrue) {
  return isTrue ? branch.getTrueDestOperands() : branch.getFalseDestOperands();
}

/// Whether nothing in `block` is seen from outside, so that it need not be
/// executed where a later test fails.
static bool isSilentUpToEnd(Block *block) {
  return llvm::all_of(block->without_terminator(),
                      [](Operation &op) { return isSilent(&op); });
}

Block *TestChain::getFailed() const {
  return getSuccessor(getBranch(0), !links[0].passesOnTrue);
}

OperandRange TestChain::getFailedOperands() const {
  return getOperands(getBranch(0), !links[0].passesOnTrue);
}

TestChain TestChain::find(Block *first, bool passesOnTrue) {
  TestChain chain;
  auto branch = dyn_cast<cf::CondBranchOp>(first->getTerminator());
  if (!branch || branch.getTrueDest() == branch.getFalseDest())
    return chain;
  chain.links.push_back({first, passesOnTrue});
  Block *failed = chain.getFailed();
  auto failsAlike = [&](cf::CondBranchOp other, bool isTrue) {
    return getSuccessor(other, isTrue) == failed &&
           llvm::equal(getOperands(other, isTrue), chain.getFailedOperands());
  };
  while (chain.size() < maxTests) {
    const Link &last = chain.links.back();
    Block *next =
        getSuccessor(chain.getBranch(chain.size() - 1), last.passesOnTrue);
    // Unreachable blocks may be a circle.
    if (next == first || next == failed || !next->getSinglePredecessor() ||
        next->getNumArguments() != 0 || !isSilentUpToEnd(next))
      return chain;
    auto test = dyn_cast<cf::CondBranchOp>(next->getTerminator());
    if (!test || test.getTrueDest() == test.getFalseDest())
      return chain;
    if (failsAlike(test, false))
      chain.links.push_back({next, true});
    else if (failsAlike(test, true))
      chain.links.push_back({next, false});
    else
      return chain;
  }
  return chain;
}

/// Whether `op` can be executed where the test in front of it was not made.
static bool isNumber(Operation *op) {
  return (isa<ByteSwapOp>(op) ||
          isa_and_nonnull<arith::ArithDialect>(op->getDialect())) &&
         isPure(op);
}

/// Moves what is computed for `branch` only, in a block in front of its own, to
/// where it is needed.
static void sinkCondition(cf::CondBranchOp branch) {
  Operation *place = branch;
  SmallVector<Value> worklist = {branch.getCondition()};
  while (!worklist.empty()) {
    Operation *op = worklist.pop_back_val().getDefiningOp();
    if (!op || op->getNumResults() != 1 || !op->hasOneUse() || !isPure(op) ||
        op->getBlock() == branch->getBlock() ||
        op->hasTrait<OpTrait::ConstantLike>())
      continue;
    op->moveBefore(place);
    place = op;
    llvm::append_range(worklist, op->getOperands());
  }
}

/// Gives the blocks from `to` on the tests of those in front of them, and the
/// block `to` the test at `from`.
void TestChain::rotate(size_t from, size_t to) {
  SmallVector<std::pair<Value, bool>> tests;
  for (size_t index = to; index <= from; ++index)
    tests.emplace_back(getCondition(index), links[index].passesOnTrue);
  std::rotate(tests.begin(), std::prev(tests.end()), tests.end());
  for (size_t index = to; index <= from; ++index) {
    auto [condition, passesOnTrue] = tests[index - to];
    cf::CondBranchOp old = getBranch(index);
    bool isSame = links[index].passesOnTrue == passesOnTrue;
    OpBuilder builder(old);
    auto dest = [&](bool isTrue) {
      return getSuccessor(old, isTrue == isSame);
    };
    auto operands = [&](bool isTrue) {
      return getOperands(old, isTrue == isSame);
    };
    cf::CondBranchOp::create(builder, old.getLoc(), condition, dest(true),
                             operands(true), dest(false), operands(false));
    old.erase();
    links[index].passesOnTrue = passesOnTrue;
  }
  for (size_t index = to + 1; index <= from; ++index)
    sinkCondition(getBranch(index));
}

bool TestChain::move(size_t from, size_t to,
                     function_ref<bool(Operation *load)> canLoad) {
  // The first block stays: there are other ways to it.
  size_t lower = std::max<size_t>(to, 1);
  auto isPassed = [&](Block *block) {
    for (size_t index = lower; index <= from; ++index)
      if (links[index].block == block)
        return true;
    return false;
  };
  // What the test needs of the blocks that it goes past.
  llvm::SetVector<Operation *> needed;
  auto add = [&](Value value) {
    Operation *op = value.getDefiningOp();
    if (op && isPassed(op->getBlock()))
      needed.insert(op);
  };
  add(getCondition(from));
  for (size_t i = 0; i != needed.size(); ++i)
    llvm::for_each(needed[i]->getOperands(), add);
  bool isPossible = llvm::all_of(needed, [&](Operation *op) {
    return isNumber(op) || (isa<LoadOp>(op) && canLoad(op));
  });
  // What else the block of the test does would come in front of the test that
  // is then its own.
  isPossible &=
      llvm::all_of(links[from].block->without_terminator(), [&](Operation &op) {
        return needed.contains(&op) || isNumber(&op);
      });
  if (!isPossible)
    return false;
  SmallVector<Operation *> inOrder;
  for (size_t index = lower; index <= from; ++index)
    for (Operation &op : links[index].block->without_terminator())
      if (needed.contains(&op))
        inOrder.push_back(&op);
  for (Operation *op : inOrder)
    op->moveBefore(getBranch(lower - 1));
  // The others stay behind the tests in front of them, which are made later.
  for (size_t index = from; index-- > lower;) {
    Operation *first = &links[index + 1].block->front();
    for (Operation &op :
         llvm::make_early_inc_range(links[index].block->without_terminator()))
      op.moveBefore(first);
  }
  if (to == lower)
    for (Operation *op : inOrder)
      op->moveBefore(getBranch(to));
  rotate(from, to);
  return true;
}
