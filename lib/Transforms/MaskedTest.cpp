//===- MaskedTest.cpp - equality of some bits of a value --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Turns comparisons into tests of bits and tests into comparisons.
//
//===----------------------------------------------------------------------===//

#include "MaskedTest.h"

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::whistler;
using arith::CmpIPredicate;

static std::optional<APInt> getConstant(Value value) {
  APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return constant;
  return std::nullopt;
}

std::optional<MaskedTest> MaskedTest::get(arith::CmpIOp op) {
  std::optional<APInt> constant = getConstant(op.getRhs());
  bool isEquality = op.getPredicate() == CmpIPredicate::eq ||
                    op.getPredicate() == CmpIPredicate::ne;
  if (!isEquality || !constant || constant->getBitWidth() < 8 ||
      getConstant(op.getLhs()))
    return std::nullopt;
  return MaskedTest{op.getLhs(), APInt::getAllOnes(constant->getBitWidth()),
                    *constant};
}

bool mlir::whistler::isPeeled(Operation *op) {
  if (isa<arith::ExtUIOp, arith::TruncIOp>(op))
    return !op->getOperand(0).getType().isInteger(1) &&
           !op->getResult(0).getType().isInteger(1);
  if (isa<ByteSwapOp>(op))
    return true;
  return isa<arith::AndIOp, arith::OrIOp, arith::XOrIOp, arith::AddIOp,
             arith::SubIOp, arith::ShLIOp, arith::ShRUIOp>(op) &&
         getConstant(op->getOperand(1)) && !getConstant(op->getOperand(0)) &&
         !op->getResult(0).getType().isInteger(1);
}

//===----------------------------------------------------------------------===//
// From results to operands
//===----------------------------------------------------------------------===//

/// A test of `value` for the given bits; none if it never succeeds.
static std::optional<MaskedTest> makeTest(Value value, const APInt &mask,
                                          const APInt &expected) {
  if (!(expected & ~mask).isZero())
    return std::nullopt;
  return MaskedTest{value, mask, expected};
}

static std::optional<MaskedTest> peelShift(const MaskedTest &test,
                                           Operation *op, const APInt &count) {
  unsigned width = test.mask.getBitWidth();
  if (count.uge(width))
    return std::nullopt;
  unsigned amount = count.getZExtValue();
  bool isLeft = isa<arith::ShLIOp>(op);
  APInt filled = isLeft ? APInt::getLowBitsSet(width, amount)
                        : APInt::getHighBitsSet(width, amount);
  // What is shifted in is zero.
  if (!(test.expected & filled).isZero())
    return std::nullopt;
  Value operand = op->getOperand(0);
  if (isLeft)
    return makeTest(operand, test.mask.lshr(amount),
                    test.expected.lshr(amount));
  return makeTest(operand, test.mask.shl(amount), test.expected.shl(amount));
}

static std::optional<MaskedTest>
peelArithmetic(const MaskedTest &test, Operation *op, const APInt &constant) {
  const auto &[value, mask, expected] = test;
  Value operand = op->getOperand(0);
  if (isa<arith::AndIOp>(op))
    return makeTest(operand, mask & constant, expected);
  if (isa<arith::XOrIOp>(op))
    return makeTest(operand, mask, expected ^ (constant & mask));
  if (isa<arith::OrIOp>(op)) {
    APInt set = constant & mask;
    if (!(set & ~expected).isZero())
      return std::nullopt;
    return makeTest(operand, mask & ~set, expected & ~set);
  }
  if (isa<arith::ShLIOp, arith::ShRUIOp>(op))
    return peelShift(test, op, constant);
  // A carry mixes the bits of a sum.
  if (!mask.isAllOnes())
    return std::nullopt;
  return makeTest(operand, mask,
                  isa<arith::AddIOp>(op) ? expected - constant
                                         : expected + constant);
}

std::optional<MaskedTest> MaskedTest::peel() const {
  Operation *op = value.getDefiningOp();
  if (!op || !isPeeled(op))
    return std::nullopt;
  Value operand = op->getOperand(0);
  unsigned width = operand.getType().getIntOrFloatBitWidth();
  if (isa<arith::ExtUIOp>(op)) {
    if (expected.getActiveBits() > width)
      return std::nullopt;
    return makeTest(operand, mask.trunc(width), expected.trunc(width));
  }
  if (isa<arith::TruncIOp>(op))
    return makeTest(operand, mask.zext(width), expected.zext(width));
  if (isa<ByteSwapOp>(op))
    return makeTest(operand, mask.byteSwap(), expected.byteSwap());
  return peelArithmetic(*this, op, *getConstant(op->getOperand(1)));
}

//===----------------------------------------------------------------------===//
// From tests to comparisons
//===----------------------------------------------------------------------===//

/// Whether 32 bits of the value can be compared, for which every immediate
/// fits. Narrower values are extended, which loads have done already.
static bool usesLowHalf(const MaskedTest &test) {
  return test.mask.getActiveBits() <= 32;
}

/// Whether the mask has all bits from some place on.
static bool isHighMask(const APInt &mask) {
  return mask.countl_one() + mask.countr_zero() == mask.getBitWidth();
}

/// Whether one jump tests the bits.
static bool isBitTest(const MaskedTest &test) {
  bool fits = usesLowHalf(test) || test.mask.isSignedIntN(32);
  return fits && (test.expected.isZero() || test.mask.isPowerOf2());
}

/// Whether all of what is compared counts, so that no mask is needed.
static bool isWhole(const MaskedTest &test) {
  if (test.mask.isAllOnes())
    return true;
  return usesLowHalf(test) && test.mask.getBitWidth() == 64 &&
         test.mask.countr_one() == 32;
}

bool MaskedTest::needsMask() const {
  return !isWhole(*this) && !isBitTest(*this);
}

std::optional<unsigned> MaskedTest::getCost() const {
  if (mask.isZero())
    return std::nullopt;
  // Constants that do not fit take two slots.
  bool fits = usesLowHalf(*this) || expected.isSignedIntN(32);
  if (isWhole(*this))
    return fits ? 1 : 3;
  if (isBitTest(*this))
    return 1;
  if (usesLowHalf(*this) || (mask.isSignedIntN(32) && fits))
    return 2;
  if (isHighMask(mask) && expected.lshr(mask.countr_zero()).isSignedIntN(32))
    return 2;
  return std::nullopt;
}

Value MaskedTest::create(OpBuilder &builder, Location loc,
                         bool isNegated) const {
  APInt bits = mask, wanted = expected;
  Value tested = value;
  auto makeConstant = [&](const APInt &constant) -> Value {
    return arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(tested.getType(), constant));
  };
  bool needsAnd = !isWhole(*this);
  if (usesLowHalf(*this)) {
    if (bits.getBitWidth() < 32)
      tested =
          arith::ExtUIOp::create(builder, loc, builder.getI32Type(), value);
    else if (bits.getBitWidth() > 32)
      tested =
          arith::TruncIOp::create(builder, loc, builder.getI32Type(), value);
    bits = bits.zextOrTrunc(32);
    wanted = wanted.zextOrTrunc(32);
  }
  bool shifts = needsAnd && !isBitTest(*this) && !usesLowHalf(*this) &&
                !(mask.isSignedIntN(32) && expected.isSignedIntN(32));
  if (shifts) {
    unsigned amount = bits.countr_zero();
    tested = arith::ShRUIOp::create(
        builder, loc, tested, makeConstant(APInt(bits.getBitWidth(), amount)));
    wanted.lshrInPlace(amount);
  } else if (needsAnd) {
    tested = arith::AndIOp::create(builder, loc, tested, makeConstant(bits));
    // One bit is set where it is not zero.
    if (mask.isPowerOf2() && !wanted.isZero()) {
      wanted.clearAllBits();
      isNegated = !isNegated;
    }
  }
  return arith::CmpIOp::create(
      builder, loc, isNegated ? CmpIPredicate::ne : CmpIPredicate::eq, tested,
      makeConstant(wanted));
}

void mlir::whistler::eraseUnused(Operation *op) {
  // A set: what two of its members use is still there once only.
  llvm::SmallSetVector<Operation *, 4> worklist;
  worklist.insert(op);
  while (!worklist.empty()) {
    Operation *next = worklist.pop_back_val();
    if (!isOpTriviallyDead(next))
      continue;
    SmallVector<Operation *, 2> sources;
    for (Value operand : next->getOperands())
      if (Operation *source = operand.getDefiningOp())
        sources.push_back(source);
    next->erase();
    worklist.insert(sources.begin(), sources.end());
  }
}
