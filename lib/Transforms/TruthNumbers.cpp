//===- TruthNumbers.cpp - truth values as numbers ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Saves the branches that turn a comparison into a number for a second time.
//
//===----------------------------------------------------------------------===//

#include "TruthNumbers.h"

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::whistler;

static bool isComparison(Operation *op) {
  return isa_and_nonnull<arith::CmpIOp, PtrCmpOp>(op);
}

static bool isNegation(Operation *op) {
  return isa<arith::XOrIOp>(op) && matchPattern(op->getOperand(1), m_One()) &&
         op->getResult(0).getType().isInteger(1);
}

//===----------------------------------------------------------------------===//
// Selections
//===----------------------------------------------------------------------===//

namespace {
/// An extension of a selection's condition or of its negation.
struct TruthNumber {
  arith::ExtUIOp ext;
  bool isNegated;
};
} // namespace

/// Whether an extension becomes a number in a register. One that is only added
/// to something is none: it decides whether 1 is added.
static bool isNumber(arith::ExtUIOp ext) {
  return llvm::any_of(ext->getUsers(), [&](Operation *user) {
    return !ext->hasOneUse() ||
           !isa<arith::AddIOp, arith::SubIOp, arith::OrIOp, arith::XOrIOp>(
               user);
  });
}

/// The number that `condition` becomes in front of `select`.
static std::optional<TruthNumber> findNumber(arith::SelectOp select,
                                             const DominanceInfo &dominance) {
  auto find = [&](Value truth) -> arith::ExtUIOp {
    for (Operation *user : truth.getUsers())
      if (auto ext = dyn_cast<arith::ExtUIOp>(user))
        if (isNumber(ext) && dominance.properlyDominates(user, select))
          return ext;
    return {};
  };
  Value condition = select.getCondition();
  if (arith::ExtUIOp ext = find(condition))
    return TruthNumber{ext, false};
  for (Operation *user : condition.getUsers())
    if (isNegation(user))
      if (arith::ExtUIOp ext = find(user->getResult(0)))
        return TruthNumber{ext, true};
  return std::nullopt;
}

/// The number in the type of `select`: an extension to more bits takes an
/// instruction, a truncation none.
static Value getNumber(arith::SelectOp select, arith::ExtUIOp ext) {
  Type wanted = select.getType(), type = ext.getType();
  if (wanted == type)
    return ext;
  if (wanted.getIntOrFloatBitWidth() < type.getIntOrFloatBitWidth()) {
    OpBuilder builder(select);
    return arith::TruncIOp::create(builder, select.getLoc(), wanted, ext);
  }
  OpBuilder builder(ext);
  auto wide =
      arith::ExtUIOp::create(builder, ext.getLoc(), wanted, ext.getIn());
  ext.replaceAllUsesWith(
      arith::TruncIOp::create(builder, ext.getLoc(), type, wide).getResult());
  ext.erase();
  return wide;
}

/// A selection between k and k + 1, or k - 1, takes three instructions. With
/// the condition as a number it is a sum or a difference, which takes two, or
/// one where the number is not needed any more.
static void computeSelection(arith::SelectOp select,
                             const DominanceInfo &dominance) {
  APInt ifTrue, ifFalse;
  if (!matchPattern(select.getTrueValue(), m_ConstantInt(&ifTrue)) ||
      !matchPattern(select.getFalseValue(), m_ConstantInt(&ifFalse)) ||
      ifTrue.getBitWidth() == 1 || !ifTrue.isSignedIntN(32) ||
      !ifFalse.isSignedIntN(32))
    return;
  bool isUp = (ifTrue - ifFalse).isOne(), isDown = (ifFalse - ifTrue).isOne();
  std::optional<TruthNumber> found;
  if (!isUp && !isDown)
    return;
  if (!(found = findNumber(select, dominance)))
    return;
  if (found->isNegated) {
    std::swap(ifTrue, ifFalse);
    std::swap(isUp, isDown);
  }
  Value number = getNumber(select, found->ext);
  OpBuilder builder(select);
  Location loc = select.getLoc();
  Value base = arith::ConstantOp::create(
      builder, loc, builder.getIntegerAttr(select.getType(), ifFalse));
  Value result;
  if (isUp)
    result =
        ifFalse.isZero()
            ? number
            : arith::AddIOp::create(builder, loc, number, base).getResult();
  // An odd number and the one below differ in the lowest bit.
  else if (ifFalse[0])
    result = arith::XOrIOp::create(builder, loc, number, base);
  else
    result = arith::SubIOp::create(builder, loc, base, number);
  select.replaceAllUsesWith(result);
  select.erase();
}

//===----------------------------------------------------------------------===//
// Negations
//===----------------------------------------------------------------------===//

static PtrPredicate getOpposite(PtrPredicate predicate) {
  switch (predicate) {
  case PtrPredicate::Eq:
    return PtrPredicate::Ne;
  case PtrPredicate::Ne:
    return PtrPredicate::Eq;
  case PtrPredicate::Lt:
    return PtrPredicate::Ge;
  case PtrPredicate::Le:
    return PtrPredicate::Gt;
  case PtrPredicate::Gt:
    return PtrPredicate::Le;
  case PtrPredicate::Ge:
    return PtrPredicate::Lt;
  }
  llvm_unreachable("unknown predicate");
}

/// Makes the negations of a comparison the opposite comparison, unless the
/// comparison is a number anyway: then they take an instruction.
static void invertNegations(Operation *cmp) {
  auto isBranch = [](OpOperand &use) {
    return isa<cf::CondBranchOp, arith::SelectOp>(use.getOwner()) &&
           use.getOperandNumber() == 0;
  };
  Value condition = cmp->getResult(0);
  SmallVector<Operation *> negations;
  for (OpOperand &use : condition.getUses()) {
    if (isNegation(use.getOwner()))
      negations.push_back(use.getOwner());
    else if (!isBranch(use))
      return;
  }
  for (Operation *negation : negations) {
    OpBuilder builder(negation);
    Operation *opposite = builder.clone(*cmp);
    if (auto integers = dyn_cast<arith::CmpIOp>(opposite))
      integers.setPredicate(arith::invertPredicate(integers.getPredicate()));
    else
      cast<PtrCmpOp>(opposite).setPredicate(
          getOpposite(cast<PtrCmpOp>(cmp).getPredicate()));
    negation->replaceAllUsesWith(opposite);
    negation->erase();
  }
  if (condition.use_empty())
    cmp->erase();
}

void mlir::whistler::useTruthNumbers(Operation *body) {
  DominanceInfo dominance(body);
  SmallVector<arith::SelectOp> selections;
  SmallVector<Operation *> comparisons;
  body->walk([&](Operation *op) {
    if (auto select = dyn_cast<arith::SelectOp>(op);
        select && select.getType().isInteger())
      selections.push_back(select);
    else if (isComparison(op))
      comparisons.push_back(op);
  });
  for (arith::SelectOp select : selections)
    computeSelection(select, dominance);
  for (Operation *cmp : comparisons)
    invertNegations(cmp);
}
