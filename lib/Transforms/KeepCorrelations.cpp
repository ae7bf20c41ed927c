//===- KeepCorrelations.cpp - branches that the verifier relates *- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lets the verifier see that two branches go the same way, where the safety of
// a pointer depends on that.
//
//===----------------------------------------------------------------------===//

#include "PointerUses.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_KEEPCORRELATIONSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;
using arith::CmpIPredicate;

namespace {
struct KeepCorrelations
    : mlir::whistler::impl::KeepCorrelationsPassBase<KeepCorrelations> {
  void runOnOperation() override;
};

/// A branch on a comparison that the verifier forgets.
struct Test {
  cf::CondBranchOp branch;
  Comparison comparison;
};
} // namespace

//===----------------------------------------------------------------------===//
// What the verifier needs to know
//===----------------------------------------------------------------------===//

/// Whether the verifier does not know the outcome of a comparison when it comes
/// to it again. It narrows the range of what is compared with a constant, which
/// leaves no room for the other outcome; unequal values have no range, and a
/// range of what is compared with another register there is since 6.8 only.
static bool isForgotten(const Comparison &comparison) {
  bool isEquality = comparison.predicate == CmpIPredicate::eq ||
                    comparison.predicate == CmpIPredicate::ne;
  if (!comparison.constant || comparison.end)
    return true;
  return isEquality && !isa<PtrType>(comparison.lhs.getType());
}

/// Whether the same is compared, for the same outcome or the opposite one.
static bool isSameTest(const Comparison &test, const Comparison &other) {
  bool isSamePredicate =
      test.predicate == other.predicate ||
      test.predicate == arith::invertPredicate(other.predicate);
  return isSamePredicate && test.constant == other.constant &&
         test.end == other.end && isSameValue(test.lhs, other.lhs) &&
         (test.constant || isSameValue(test.rhs, other.rhs));
}

/// The comparisons in front of `block` that show the verifier what it needs
/// there.
static void addNeeded(Operation &op, const KnownConditions &known,
                      SmallVectorImpl<Comparison> &needed) {
  bool isUnchecked =
      llvm::any_of(getPointerUses(&op), [&](const PointerUse &use) {
        return !isChecked(use, known);
      });
  if (!isUnchecked && isRelease(&op)) {
    Operation *reservation = stripCasts(op.getOperand(0)).getDefiningOp();
    isUnchecked =
        !reservation || !isReservation(reservation) || mayBeLeft(reservation);
  }
  if (!isUnchecked)
    return;
  for (const KnownConditions::Fact &fact : known.getFacts())
    if (fact.comparison && isForgotten(*fact.comparison))
      needed.push_back(*fact.comparison);
}

static SmallVector<Comparison> findNeeded(Region &body) {
  Dominators dominators(body.getParentOp());
  SmallVector<Comparison> needed;
  for (Block &block : body) {
    std::optional<KnownConditions> known;
    for (Operation &op : block) {
      if (getPointerUses(&op).empty() && !isRelease(&op))
        continue;
      if (!known)
        known = KnownConditions::inBlock(&block, dominators);
      addNeeded(op, *known, needed);
    }
  }
  return needed;
}

//===----------------------------------------------------------------------===//
// Flags
//===----------------------------------------------------------------------===//

/// `value` where `builder` stands, computed again if it comes later. Null if
/// that is not possible.
static Value makeAvailable(Value value, OpBuilder &builder,
                           DominanceInfo &dominance) {
  Operation *here = &*builder.getInsertionPoint();
  if (dominance.properlyDominates(value, here))
    return value;
  Operation *op = value.getDefiningOp();
  if (!op || !isMemoryEffectFree(op) || op->getNumRegions() != 0)
    return {};
  IRMapping mapping;
  for (Value operand : op->getOperands()) {
    Value available = makeAvailable(operand, builder, dominance);
    if (!available)
      return {};
    mapping.map(operand, available);
  }
  return builder.clone(*op, mapping)->getResult(0);
}

/// Makes a number of the comparison, 1 or 0, in front of all the branches on
/// it, and lets these look at the number. To the verifier it is a constant on
/// every way.
static void shareFlag(ArrayRef<Test> tests, DominanceInfo &dominance) {
  Block *common = nullptr;
  for (cf::CondBranchOp branch :
       llvm::map_range(tests, [](const Test &test) { return test.branch; }))
    common = common ? dominance.findNearestCommonDominator(common,
                                                           branch->getBlock())
                    : branch->getBlock();
  if (!common)
    return;
  OpBuilder builder(common->getTerminator());
  cf::CondBranchOp first = tests.front().branch;
  Value condition = makeAvailable(first.getCondition(), builder, dominance);
  if (!condition)
    return;
  Location loc = condition.getLoc();
  Value flag =
      arith::ExtUIOp::create(builder, loc, builder.getI64Type(), condition);
  for (const Test &test : tests) {
    cf::CondBranchOp branch = test.branch;
    builder.setInsertionPoint(branch);
    Value zero = arith::ConstantOp::create(builder, branch.getLoc(),
                                           builder.getI64IntegerAttr(0));
    bool isSame = test.comparison.predicate == tests[0].comparison.predicate;
    branch.getConditionMutable().assign(arith::CmpIOp::create(
        builder, branch.getLoc(),
        isSame ? CmpIPredicate::ne : CmpIPredicate::eq, flag, zero));
  }
}

static void keepCorrelations(Operation *op) {
  Region &body = op->getRegion(0);
  SmallVector<Comparison> needed = findNeeded(body);
  if (needed.empty())
    return;
  SmallVector<Test> tests;
  for (Block &block : body)
    if (auto branch = dyn_cast<cf::CondBranchOp>(block.getTerminator()))
      if (auto comparison = Comparison::get(branch.getCondition());
          comparison && isForgotten(*comparison))
        tests.push_back({branch, *comparison});
  DominanceInfo dominance(op);
  for (const Comparison &comparison : needed) {
    SmallVector<Test> related;
    llvm::erase_if(tests, [&](const Test &test) {
      if (!isSameTest(test.comparison, comparison))
        return false;
      related.push_back(test);
      return true;
    });
    if (related.size() > 1)
      shareFlag(related, dominance);
  }
}

void KeepCorrelations::runOnOperation() {
  forEachBody(getOperation(), keepCorrelations);
}
