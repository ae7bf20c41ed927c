//===- MergeOffsets.cpp - distances instead of pointers ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Where control comes together with pointers at several distances from one
// place, passes the distances and adds them once.
//
//===----------------------------------------------------------------------===//

#include "ValueLiveness.h"
#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_MERGEOFFSETSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct MergeOffsets : mlir::whistler::impl::MergeOffsetsPassBase<MergeOffsets> {
  void runOnOperation() override;
};

/// A block that only compares a place in the packet with its end.
struct LengthTest {
  PtrAddOp add;
  PtrCmpOp cmp;
  cf::CondBranchOp branch;

  static std::optional<LengthTest> get(Block &block);
  bool isAlike(const LengthTest &other) const;
};
} // namespace

static bool isPacketPointer(Value value) {
  auto type = dyn_cast<PtrType>(value.getType());
  return type && type.getSpace() == AddressSpace::Packet;
}

static bool isConstantAddition(PtrAddOp add) {
  return isPacketPointer(add) && matchPattern(add.getOffset(), m_Constant());
}

/// The constant `op` in the first block, where every block can use it.
static Value getEverywhere(Region &body, Operation *op) {
  if (op->getBlock() == &body.front())
    return op->getResult(0);
  OpBuilder builder = OpBuilder::atBlockBegin(&body.front());
  return builder.clone(*op)->getResult(0);
}

/// Gives `block` an argument for the distance that is added there, after the
/// others.
static void addDistance(PtrAddOp add, Block *block) {
  add.getOffsetMutable().assign(
      block->addArgument(add.getOffset().getType(), add.getLoc()));
}

//===----------------------------------------------------------------------===//
// Checks of the length
//===----------------------------------------------------------------------===//

std::optional<LengthTest> LengthTest::get(Block &block) {
  auto branch = dyn_cast<cf::CondBranchOp>(block.getTerminator());
  if (!branch || block.isEntryBlock() || block.getNumArguments() != 0 ||
      llvm::is_contained(block.getSuccessors(), &block))
    return std::nullopt;
  LengthTest test{{}, branch.getCondition().getDefiningOp<PtrCmpOp>(), branch};
  for (Operation &op : block.without_terminator()) {
    auto add = dyn_cast<PtrAddOp>(op);
    bool isFirst = add && !test.add && isConstantAddition(add);
    bool isPart = op.hasOneUse() && (isFirst || &op == test.cmp.getOperation());
    bool isConstant = op.hasTrait<OpTrait::ConstantLike>() &&
                      !op.isUsedOutsideOfBlock(&block);
    if (!isPart && !isConstant)
      return std::nullopt;
    if (isFirst)
      test.add = add;
  }
  if (!test.add || !test.cmp || test.cmp->getBlock() != &block ||
      *test.add->user_begin() != test.cmp.getOperation())
    return std::nullopt;
  return test;
}

/// Whether the tests differ in nothing but the distance.
bool LengthTest::isAlike(const LengthTest &other) const {
  PtrAddOp sum = add, otherSum = other.add;
  PtrCmpOp test = cmp, otherTest = other.cmp;
  cf::CondBranchOp end = branch, otherEnd = other.branch;
  auto isSame = [&](Value value, Value otherValue) {
    return value == sum.getResult() ? otherValue == otherSum.getResult()
                                    : value == otherValue;
  };
  return sum.getBase() == otherSum.getBase() &&
         test.getPredicate() == otherTest.getPredicate() &&
         isSame(test.getLhs(), otherTest.getLhs()) &&
         isSame(test.getRhs(), otherTest.getRhs()) &&
         llvm::equal(end->getSuccessors(), otherEnd->getSuccessors()) &&
         llvm::equal(end.getTrueDestOperands(),
                     otherEnd.getTrueDestOperands()) &&
         llvm::equal(end.getFalseDestOperands(),
                     otherEnd.getFalseDestOperands());
}

/// Leads all edges to `from` to `to`, with a distance in addition.
static void redirect(Block *from, Block *to, Value distance) {
  SmallVector<std::pair<Operation *, unsigned>> edges;
  for (auto edge = from->pred_begin(); edge != from->pred_end(); ++edge)
    edges.emplace_back((*edge)->getTerminator(), edge.getSuccessorIndex());
  for (auto [terminator, successor] : edges) {
    terminator->setSuccessor(to, successor);
    cast<BranchOpInterface>(terminator)
        .getSuccessorOperands(successor)
        .append(distance);
  }
}

/// Makes the first of several tests all of them.
static void mergeTests(ArrayRef<LengthTest> tests) {
  PtrAddOp add = tests.front().add;
  Block *kept = add->getBlock();
  Region &body = *kept->getParent();
  for (LengthTest test : tests)
    redirect(test.add->getBlock(), kept,
             getEverywhere(body, test.add.getOffset().getDefiningOp()));
  addDistance(add, kept);
  for (LengthTest test : tests.drop_front())
    test.add->getBlock()->erase();
}

static void mergeLengthTests(Region &body) {
  SmallVector<LengthTest> tests;
  for (Block &block : body)
    if (std::optional<LengthTest> test = LengthTest::get(block))
      tests.push_back(*test);
  while (!tests.empty()) {
    SmallVector<LengthTest> alike, others;
    for (const LengthTest &test : tests)
      (test.isAlike(tests.front()) ? alike : others).push_back(test);
    tests = std::move(others);
    if (alike.size() > 1)
      mergeTests(alike);
  }
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

/// The additions that all edges give `arg` the results of, which nobody else
/// uses, if these are of constants to one pointer. Empty otherwise.
static SmallVector<PtrAddOp> getAdditions(BlockArgument arg) {
  SmallVector<PtrAddOp> additions;
  Block *block = arg.getOwner();
  for (auto edge = block->pred_begin(); edge != block->pred_end(); ++edge) {
    auto branch = cast<BranchOpInterface>((*edge)->getTerminator());
    Value operand = branch.getSuccessorOperands(
        edge.getSuccessorIndex())[arg.getArgNumber()];
    auto add = operand ? operand.getDefiningOp<PtrAddOp>() : PtrAddOp();
    bool isAlike =
        add && add->hasOneUse() && isConstantAddition(add) &&
        (additions.empty() || add.getBase() == additions.front().getBase());
    if (!isAlike)
      return {};
    additions.push_back(add);
  }
  return additions;
}

/// Passes distances instead of `arg`, if the pointer that they are added to is
/// there anyway. Returns whether it did.
static bool passDistances(BlockArgument arg, ValueLiveness &liveness,
                          DominanceInfo &dominance) {
  SmallVector<PtrAddOp> additions = getAdditions(arg);
  Block *block = arg.getOwner();
  if (additions.size() < 2)
    return false;
  Value base = additions.front().getBase();
  if (base.getParentBlock() == block ||
      !dominance.dominates(base.getParentBlock(), block) ||
      !liveness.isLiveIn(base, block))
    return false;
  Region &body = *block->getParent();
  OpBuilder builder = OpBuilder::atBlockBegin(block);
  auto sum = PtrAddOp::create(builder, additions.front().getLoc(), base,
                              additions.front().getOffset());
  arg.replaceAllUsesWith(sum);
  arg.setType(sum.getOffset().getType());
  sum.getOffsetMutable().assign(arg);
  for (PtrAddOp add : additions) {
    Value distance = getEverywhere(body, add.getOffset().getDefiningOp());
    add->use_begin()->set(distance);
    add.erase();
  }
  return true;
}

static void mergeArguments(Operation *op) {
  ValueLiveness liveness;
  DominanceInfo dominance(op);
  for (Block &block : llvm::drop_begin(op->getRegion(0)))
    for (BlockArgument arg : block.getArguments())
      if (isPacketPointer(arg))
        (void)passDistances(arg, liveness, dominance);
}

void MergeOffsets::runOnOperation() {
  forEachBody(getOperation(), [](Operation *op) {
    mergeLengthTests(op->getRegion(0));
    mergeArguments(op);
  });
}
