//===- SelectControlFlow.cpp - conditional jumps ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Selects a branch together with the comparison it depends on.
//
//===----------------------------------------------------------------------===//

#include "InstructionSelector.h"

using namespace mlir;
using namespace mlir::whistler;
using bpf::Condition;
using bpf::Width;

/// What a conditional jump tests. `rhs` is null where `imm` stands in its
/// place.
struct InstructionSelector::Comparison {
  Condition condition;
  Width width;
  Value lhs;
  Value rhs;
  int32_t imm = 0;
  /// The jump is to be taken where the condition does not hold.
  bool isNegated = false;
};

static Condition getCondition(arith::CmpIPredicate predicate) {
  switch (predicate) {
  case arith::CmpIPredicate::eq:
    return Condition::Eq;
  case arith::CmpIPredicate::ne:
    return Condition::Ne;
  case arith::CmpIPredicate::slt:
    return Condition::Slt;
  case arith::CmpIPredicate::sle:
    return Condition::Sle;
  case arith::CmpIPredicate::sgt:
    return Condition::Sgt;
  case arith::CmpIPredicate::sge:
    return Condition::Sge;
  case arith::CmpIPredicate::ult:
    return Condition::Lt;
  case arith::CmpIPredicate::ule:
    return Condition::Le;
  case arith::CmpIPredicate::ugt:
    return Condition::Gt;
  case arith::CmpIPredicate::uge:
    return Condition::Ge;
  }
  llvm_unreachable("unknown predicate");
}

static Condition getCondition(PtrPredicate predicate) {
  switch (predicate) {
  case PtrPredicate::Eq:
    return Condition::Eq;
  case PtrPredicate::Ne:
    return Condition::Ne;
  case PtrPredicate::Lt:
    return Condition::Lt;
  case PtrPredicate::Le:
    return Condition::Le;
  case PtrPredicate::Gt:
    return Condition::Gt;
  case PtrPredicate::Ge:
    return Condition::Ge;
  }
  llvm_unreachable("unknown predicate");
}

static bool isSigned(arith::CmpIPredicate predicate) {
  return predicate == arith::CmpIPredicate::slt ||
         predicate == arith::CmpIPredicate::sle ||
         predicate == arith::CmpIPredicate::sgt ||
         predicate == arith::CmpIPredicate::sge;
}

/// Whether `op` compares a number with zero for equality.
static bool isZeroTest(Operation *op) {
  auto compare = dyn_cast<arith::CmpIOp>(op);
  if (!compare || (compare.getPredicate() != arith::CmpIPredicate::eq &&
                   compare.getPredicate() != arith::CmpIPredicate::ne))
    return false;
  std::optional<APInt> constant = getConstant(compare.getRhs());
  return constant && constant->isZero();
}

/// Comparing (x & c) with 0 is one jump. Where the result is in a register
/// anyway, that is compared: for bits that are clear there is no jump.
std::optional<InstructionSelector::Comparison>
InstructionSelector::getBitTest(arith::CmpIOp op) {
  auto mask = op.getLhs().getDefiningOp<arith::AndIOp>();
  if (!mask || !isZeroTest(op))
    return std::nullopt;
  std::optional<APInt> bits = getConstant(mask.getRhs());
  bool isWide = mask.getType().isInteger(64);
  // A jump on a value that is there can be turned around; one on bits cannot.
  bool isCompared =
      isWide || (mask.getType().isInteger(32) && features.hasJump32);
  if (isCompared && !llvm::all_of(mask->getUsers(), isZeroTest))
    return std::nullopt;
  if (!bits || (isWide && !bits->isSignedIntN(32)))
    return std::nullopt;
  // Bits above a narrow value's width are unspecified and have to be masked.
  auto imm =
      int32_t(isWide ? bits->getSExtValue() : int64_t(bits->getZExtValue()));
  // An immediate that is not negative tests none of the upper half.
  bool useJump32 = !isWide && features.hasJump32;
  if (!useJump32 && !isWide && imm < 0)
    return std::nullopt;
  return Comparison{Condition::Set,
                    useJump32 ? Width::W32 : Width::W64,
                    getRegister(mask.getLhs()),
                    Value(),
                    imm,
                    op.getPredicate() == arith::CmpIPredicate::eq};
}

InstructionSelector::Comparison
InstructionSelector::getIntegerComparison(arith::CmpIOp op) {
  if (std::optional<Comparison> test = getBitTest(op))
    return *test;
  Type type = op.getLhs().getType();
  bool useJump32 = type.isInteger(32) && features.hasJump32;
  bool extendsSign = isSigned(op.getPredicate());
  auto getOperand = [&](Value value) {
    return useJump32     ? getRegister(value)
           : extendsSign ? getSignExtended(value)
                         : getZeroExtended(value);
  };
  Comparison result{getCondition(op.getPredicate()),
                    useJump32 ? Width::W32 : Width::W64,
                    getOperand(op.getLhs()), Value()};
  if (std::optional<APInt> constant = getConstant(op.getRhs())) {
    int64_t wide = useJump32 || extendsSign ? constant->getSExtValue()
                                            : int64_t(constant->getZExtValue());
    if (llvm::isInt<32>(wide)) {
      result.imm = int32_t(wide);
      return result;
    }
  }
  result.rhs = getOperand(op.getRhs());
  return result;
}

InstructionSelector::Comparison
InstructionSelector::getPointerComparison(PtrCmpOp op) {
  Value lhs = op.getLhs(), rhs = op.getRhs();
  bool isEquality = op.getPredicate() == PtrPredicate::Eq ||
                    op.getPredicate() == PtrPredicate::Ne;
  if (isEquality && lhs.getDefiningOp<NullOp>())
    std::swap(lhs, rhs);
  Comparison result{getCondition(op.getPredicate()), Width::W64,
                    getRegister(lhs), Value()};
  // The verifier takes a pointer for checked only if it is compared with an
  // immediate 0.
  if (!rhs.getDefiningOp<NullOp>())
    result.rhs = getRegister(rhs);
  return result;
}

InstructionSelector::Comparison
InstructionSelector::getComparison(Value condition) {
  Operation *op = condition.getDefiningOp();
  if (auto compare = dyn_cast_if_present<arith::CmpIOp>(op))
    return getIntegerComparison(compare);
  if (auto compare = dyn_cast_if_present<PtrCmpOp>(op))
    return getPointerComparison(compare);
  return Comparison{Condition::Ne, Width::W64, getRegister(condition), Value()};
}

/// Replaces a jump that the instruction set version lacks by its opposite.
void InstructionSelector::legalize(Comparison &comparison) {
  if (features.hasLessJumps)
    return;
  static constexpr std::pair<Condition, Condition> opposites[] = {
      {Condition::Lt, Condition::Ge},
      {Condition::Le, Condition::Gt},
      {Condition::Slt, Condition::Sge},
      {Condition::Sle, Condition::Sgt}};
  for (auto [less, opposite] : opposites) {
    if (comparison.condition != less)
      continue;
    comparison.condition = opposite;
    comparison.isNegated = !comparison.isNegated;
    return;
  }
}

LogicalResult InstructionSelector::selectCondBranch(cf::CondBranchOp op) {
  Block *trueDest = blocks.lookup(op.getTrueDest());
  Block *falseDest = blocks.lookup(op.getFalseDest());
  if (std::optional<APInt> constant = getConstant(op.getCondition())) {
    bool holds = !constant->isZero();
    emit<bpf::JaOp>(getRegisters(holds ? op.getTrueDestOperands()
                                       : op.getFalseDestOperands()),
                    holds ? trueDest : falseDest);
    return success();
  }
  Comparison comparison = getComparison(op.getCondition());
  legalize(comparison);
  SmallVector<Value> trueOperands = getRegisters(op.getTrueDestOperands());
  SmallVector<Value> falseOperands = getRegisters(op.getFalseDestOperands());
  if (comparison.isNegated) {
    std::swap(trueDest, falseDest);
    std::swap(trueOperands, falseOperands);
  }
  if (comparison.rhs)
    emit<bpf::JCondOp>(comparison.condition, comparison.width, comparison.lhs,
                       comparison.rhs, trueOperands, falseOperands, trueDest,
                       falseDest);
  else
    emit<bpf::JCondImmOp>(comparison.condition, comparison.width,
                          comparison.lhs, comparison.imm, trueOperands,
                          falseOperands, trueDest, falseDest);
  return success();
}
