//===- TestRuns.cpp - tests for neighbouring numbers ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Tests for the range in place of those for its numbers.
//
//===----------------------------------------------------------------------===//

#include "TestRuns.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace mlir::whistler;
using arith::CmpIPredicate;

namespace {
/// A branch that goes one way where a value is equal to a constant.
struct EqualityBranch {
  cf::CondBranchOp branch;
  arith::CmpIOp cmp;
  APInt constant;
  bool isEqualOnTrue;

  static std::optional<EqualityBranch> get(Block *block);

  Value getValue() { return cmp.getLhs(); }
  /// What the value is the extension of, or itself.
  Value getSource() {
    auto ext = getValue().getDefiningOp<arith::ExtUIOp>();
    return ext ? ext.getIn() : getValue();
  }
  Block *getEqual() {
    return isEqualOnTrue ? branch.getTrueDest() : branch.getFalseDest();
  }
  Block *getOther() {
    return isEqualOnTrue ? branch.getFalseDest() : branch.getTrueDest();
  }
  OperandRange getEqualOperands() {
    return isEqualOnTrue ? branch.getTrueDestOperands()
                         : branch.getFalseDestOperands();
  }
  OperandRange getOtherOperands() {
    return isEqualOnTrue ? branch.getFalseDestOperands()
                         : branch.getTrueDestOperands();
  }
};

/// The numbers from one to another.
struct Run {
  APInt first, last;

  uint64_t getCount() const { return (last - first).getZExtValue() + 1; }
  bool isSingle() const { return first == last; }
};
} // namespace

std::optional<EqualityBranch> EqualityBranch::get(Block *block) {
  auto branch = dyn_cast<cf::CondBranchOp>(block->getTerminator());
  if (!branch)
    return std::nullopt;
  auto cmp = branch.getCondition().getDefiningOp<arith::CmpIOp>();
  APInt constant;
  if (!cmp || !matchPattern(cmp.getRhs(), m_ConstantInt(&constant)))
    return std::nullopt;
  // A difference of fewer bits would have to be extended, and constants be
  // immediates.
  Type type = cmp.getLhs().getType();
  bool isEqual = cmp.getPredicate() == CmpIPredicate::eq;
  if ((!isEqual && cmp.getPredicate() != CmpIPredicate::ne) ||
      (!type.isInteger(32) && !type.isInteger(64)) ||
      !constant.isSignedIntN(31))
    return std::nullopt;
  return EqualityBranch{branch, cmp, constant, isEqual};
}

/// Whether `op` is in a block for its test only, or can be anywhere.
static bool isPartOfTest(Operation *op, arith::CmpIOp cmp) {
  return op->hasTrait<OpTrait::ConstantLike>() ||
         (op == cmp && op->hasOneUse()) ||
         (isa<arith::ExtUIOp>(op) && op->hasOneUse() &&
          op->getResult(0) == cmp.getLhs());
}

/// Whether the next test of a chain can be made with the others.
static bool isAlike(EqualityBranch &first, EqualityBranch &next) {
  return next.getSource() == first.getSource() &&
         next.getValue().getType() == first.getValue().getType() &&
         next.getEqual() == first.getEqual() &&
         llvm::equal(next.getEqualOperands(), first.getEqualOperands()) &&
         llvm::all_of(
             next.branch->getBlock()->without_terminator(),
             [&](Operation &op) { return isPartOfTest(&op, next.cmp); });
}

/// The tests that follow each other from the end of `block` on, of one value,
/// and lead to one place where it is equal. Blocks behind the first one do
/// nothing else.
static SmallVector<EqualityBranch> findChain(Block *block) {
  constexpr size_t maxTests = 64;
  SmallVector<EqualityBranch> chain;
  std::optional<EqualityBranch> test = EqualityBranch::get(block);
  while (test && chain.size() < maxTests) {
    chain.push_back(*test);
    Block *next = test->getOther();
    if (next == block || !next->getSinglePredecessor() ||
        next->getNumArguments() != 0)
      break;
    test = EqualityBranch::get(next);
    if (test && !isAlike(chain.front(), *test))
      break;
  }
  return chain;
}

/// The constants of the tests as runs, in the order of the first of each.
static SmallVector<Run> findRuns(ArrayRef<EqualityBranch> chain) {
  SmallVector<APInt> sorted = llvm::map_to_vector(
      chain, [](const EqualityBranch &test) { return test.constant; });
  llvm::sort(sorted, [](const APInt &left, const APInt &right) {
    return left.ult(right);
  });
  SmallVector<Run> runs;
  for (const APInt &number : sorted)
    if (!runs.empty() && number - runs.back().last == 1)
      runs.back().last = number;
    else if (runs.empty() || number != runs.back().last)
      runs.push_back({number, number});
  return runs;
}

/// What the value of the chain, or what it is the extension of, is used for,
/// but for extensions.
static SmallVector<Operation *> getUsers(EqualityBranch &test) {
  SmallVector<Operation *> users;
  for (Operation *user : test.getSource().getUsers())
    if (isa<arith::ExtUIOp>(user))
      llvm::append_range(users, user->getUsers());
    else
      users.push_back(user);
  return users;
}

/// Whether the value is only compared. Otherwise the verifier may need to know
/// the number that it was equal to, or a bound that a comparison of the
/// difference does not show it.
static bool isOnlyCompared(EqualityBranch &test) {
  Operation *op = test.getSource().getDefiningOp();
  bool isPart = isa_and_nonnull<arith::TruncIOp, arith::ExtSIOp>(op);
  return (!isPart || op->getOperand(0).hasOneUse()) &&
         llvm::all_of(getUsers(test), llvm::IsaPred<arith::CmpIOp>);
}

/// Whether something behind the chain may look at its value.
static bool isNeededBehind(MutableArrayRef<EqualityBranch> chain,
                           const DominanceInfo &dominance) {
  EqualityBranch &first = chain.front();
  return llvm::any_of(getUsers(first), [&](Operation *user) {
    return !dominance.properlyDominates(user, first.branch) &&
           llvm::none_of(
               chain, [&](EqualityBranch &test) { return test.cmp == user; });
  });
}

/// The tests to make in place of those of the chain, the ones for numbers in
/// their order first. None if nothing is saved.
///
/// A test for a run from zero on is one comparison. Others subtract and
/// compare, in a copy of the value where that is needed behind it.
static SmallVector<Run> chooseTests(MutableArrayRef<EqualityBranch> chain,
                                    const DominanceInfo &dominance) {
  constexpr uint64_t cost = 2, costOfCopy = 1;
  SmallVector<Run> runs = findRuns(chain);
  bool isNeeded = isNeededBehind(chain, dominance);
  // The longest comes last, behind which the value may not be needed.
  llvm::stable_sort(runs, [](const Run &left, const Run &right) {
    return left.getCount() < right.getCount();
  });
  SmallVector<Run> fused;
  for (auto [index, run] : llvm::enumerate(runs)) {
    bool isCopied = isNeeded || index + 1 != runs.size();
    uint64_t slots = run.first.isZero() ? 1 : cost + isCopied * costOfCopy;
    if (!run.isSingle() && run.getCount() > slots)
      fused.push_back(run);
  }
  if (fused.empty())
    return {};
  SmallVector<Run> tests;
  for (EqualityBranch &test : chain)
    if (llvm::none_of(fused, [&](const Run &run) {
          return test.constant.uge(run.first) && test.constant.ule(run.last);
        }))
      tests.push_back({test.constant, test.constant});
  tests.append(fused);
  return tests;
}

/// Whether `value` is one of the numbers.
static Value makeTest(OpBuilder &builder, Location loc, Value value,
                      const Run &run) {
  auto makeConstant = [&](const APInt &number) -> Value {
    return arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(value.getType(), number));
  };
  auto compare = [&](CmpIPredicate predicate, Value lhs, const APInt &rhs) {
    return arith::CmpIOp::create(builder, loc, predicate, lhs,
                                 makeConstant(rhs));
  };
  if (run.isSingle())
    return compare(CmpIPredicate::eq, value, run.first);
  Value distance = value;
  if (!run.first.isZero())
    distance =
        arith::AddIOp::create(builder, loc, value, makeConstant(-run.first));
  return compare(CmpIPredicate::ule, distance, run.last - run.first);
}

/// Puts `tests` in the place of the chain.
static void replaceChain(MutableArrayRef<EqualityBranch> chain,
                         ArrayRef<Run> tests) {
  EqualityBranch &first = chain.front(), &last = chain.back();
  Block *block = first.branch->getBlock();
  Block *equal = first.getEqual(), *other = last.getOther();
  SmallVector<Value> equalOperands(first.getEqualOperands());
  SmallVector<Value> otherOperands(last.getOtherOperands());
  Value value = first.getValue();
  Location loc = first.branch.getLoc();
  // Others may use the constants.
  for (EqualityBranch &passed : chain.drop_front())
    for (Operation &op : llvm::make_early_inc_range(
             passed.branch->getBlock()->without_terminator()))
      if (&op != passed.cmp)
        op.moveBefore(first.branch);
  IRRewriter rewriter(first.branch);
  for (const Run &run : tests.drop_back()) {
    Value test = makeTest(rewriter, loc, value, run);
    Block *next = rewriter.createBlock(block->getParent(),
                                       std::next(block->getIterator()));
    rewriter.setInsertionPointAfterValue(test);
    cf::CondBranchOp::create(rewriter, loc, test, equal, equalOperands, next,
                             ValueRange{});
    block = next;
    rewriter.setInsertionPointToEnd(block);
  }
  Value test = makeTest(rewriter, loc, value, tests.back());
  cf::CondBranchOp::create(rewriter, loc, test, equal, equalOperands, other,
                           otherOperands);
  first.branch.erase();
  if (first.cmp.use_empty())
    first.cmp.erase();
  // Each is the next one's predecessor.
  for (EqualityBranch &passed : chain.drop_front()) {
    Block *old = passed.branch->getBlock();
    passed.branch.erase();
    // It may stand in front of the chain, and decide other branches, too.
    if (passed.cmp.use_empty())
      passed.cmp.erase();
    old->erase();
  }
}

void mlir::whistler::fuseTestRuns(Operation *body) {
  SmallVector<Block *> blocks(llvm::make_pointer_range(body->getRegion(0)));
  llvm::SmallPtrSet<Block *, 16> passed;
  DominanceInfo dominance(body);
  for (Block *block : blocks) {
    if (passed.contains(block))
      continue;
    SmallVector<EqualityBranch> chain = findChain(block);
    if (chain.size() < 2 || !isOnlyCompared(chain.front()))
      continue;
    SmallVector<Run> tests = chooseTests(chain, dominance);
    if (tests.empty())
      continue;
    for (EqualityBranch &test : MutableArrayRef(chain).drop_front())
      passed.insert(test.branch->getBlock());
    replaceChain(chain, tests);
    dominance.invalidate();
  }
}
