//===- Narrow.cpp - no more bits than needed --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Drops masks and extensions that make no difference, and computes in 32 bits
// where that saves instructions.
//
//===----------------------------------------------------------------------===//

#include "DemandedBits.h"
#include "MaskedTest.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_NARROWPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;
using arith::CmpIPredicate;

namespace {
struct Narrow : mlir::whistler::impl::NarrowPassBase<Narrow> {
  void runOnOperation() override;
};
} // namespace

static std::optional<APInt> getConstant(Value value) {
  APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return constant;
  return std::nullopt;
}

static Value makeConstant(OpBuilder &builder, Location loc, Type type,
                          const APInt &value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getIntegerAttr(type, value));
}

//===----------------------------------------------------------------------===//
// Bits that make no difference
//===----------------------------------------------------------------------===//

/// Whether the verifier may need to know a bound of `value`: it becomes part of
/// an address, or goes where that is not looked into.
static bool mayBecomeAddress(Value value, unsigned depth = 0) {
  constexpr unsigned maxDepth = 6;
  if (depth > maxDepth)
    return true;
  return llvm::any_of(value.getUsers(), [&](Operation *user) {
    if (isa<arith::CmpIOp, arith::TruncIOp, StoreOp, AtomicRMWOp, CtxStoreOp>(
            user))
      return false;
    if (isa_and_nonnull<arith::ArithDialect>(user->getDialect()) ||
        isa<ByteSwapOp>(user))
      return mayBecomeAddress(user->getResult(0), depth + 1);
    return !isa<ReturnOp>(user);
  });
}

/// Drops masks and extensions that clear what is zero.
static void dropClearing(Operation *op) {
  Value operand, result = op->getResult(0);
  APInt cleared;
  if (isa<arith::AndIOp>(op)) {
    std::optional<APInt> mask = getConstant(op->getOperand(1));
    if (!mask)
      return;
    operand = op->getOperand(0);
    cleared = ~*mask;
  } else if (auto ext = dyn_cast<arith::ExtUIOp>(op)) {
    auto trunc = ext.getIn().getDefiningOp<arith::TruncIOp>();
    if (!trunc || trunc.getIn().getType() != ext.getType())
      return;
    operand = trunc.getIn();
    cleared = APInt::getBitsSetFrom(result.getType().getIntOrFloatBitWidth(),
                                    trunc.getType().getIntOrFloatBitWidth());
  } else {
    return;
  }
  if (cleared.isSubsetOf(getKnownZeros(operand, mayBecomeAddress(result))))
    result.replaceAllUsesWith(operand);
}

/// What can stand for the result of a bitwise operation with a constant, where
/// only the demanded bits are looked at.
static Value skipBitwise(Operation *op, const APInt &demanded) {
  std::optional<APInt> constant = getConstant(op->getOperand(1));
  if (!constant)
    return {};
  APInt changed = isa<arith::AndIOp>(op) ? ~*constant : *constant;
  return (demanded & changed).isZero() ? op->getOperand(0) : Value();
}

/// What can stand for the extension of a truncated value.
static Value skipExtension(Operation *op, const APInt &demanded) {
  auto trunc = op->getOperand(0).getDefiningOp<arith::TruncIOp>();
  if (!trunc || trunc.getIn().getType() != op->getResult(0).getType())
    return {};
  unsigned width = trunc.getType().getIntOrFloatBitWidth();
  return demanded.getActiveBits() <= width ? trunc.getIn() : Value();
}

/// Gives an operation a constant operand that fits an instruction, where only
/// the lower half of the result matters.
static void shrinkConstant(Operation *op, const APInt &demanded) {
  if (!isa<arith::AddIOp, arith::SubIOp, arith::MulIOp, arith::AndIOp,
           arith::OrIOp, arith::XOrIOp>(op) ||
      demanded.getBitWidth() != 64 || demanded.getActiveBits() > 32)
    return;
  std::optional<APInt> constant = getConstant(op->getOperand(1));
  if (!constant || constant->isSignedIntN(32))
    return;
  OpBuilder builder(op);
  op->setOperand(1,
                 makeConstant(builder, op->getLoc(), op->getResult(0).getType(),
                              constant->trunc(32).sext(64)));
}

/// Replaces values by cheaper ones that agree in all bits which something looks
/// at. Of these there are never more than before: what was demanded of the old
/// value was demanded of the new one, too.
static void dropUndemanded(ArrayRef<Operation *> ops, Operation *body) {
  DemandedBits bits(body);
  for (Operation *op : ops) {
    APInt demanded = bits.get(op->getResult(0));
    Value other;
    if (isa<arith::AndIOp, arith::OrIOp, arith::XOrIOp>(op))
      other = skipBitwise(op, demanded);
    else if (isa<arith::ExtUIOp, arith::ExtSIOp>(op))
      other = skipExtension(op, demanded);
    if (other)
      op->getResult(0).replaceAllUsesWith(other);
    else
      shrinkConstant(op, demanded);
  }
}

//===----------------------------------------------------------------------===//
// 32 bits
//===----------------------------------------------------------------------===//

/// Whether the low half of the result depends on those of the operands only.
static bool isLowHalfOperation(Operation *op) {
  if (auto shift = dyn_cast<arith::ShLIOp>(op)) {
    std::optional<APInt> count = getConstant(shift.getRhs());
    return count && count->ult(32);
  }
  return isa<arith::AddIOp, arith::SubIOp, arith::MulIOp, arith::AndIOp,
             arith::OrIOp, arith::XOrIOp>(op);
}

/// The low half of a 64-bit value, in front of the operation that `builder`
/// stands at. What is computed for that only is computed in 32 bits.
static Value getLowHalf(OpBuilder &builder, Value value, unsigned depth = 0) {
  constexpr unsigned maxDepth = 32;
  Type type = builder.getI32Type();
  Operation *op = value.getDefiningOp();
  Location loc = value.getLoc();
  if (std::optional<APInt> constant = getConstant(value))
    return makeConstant(builder, loc, type, constant->trunc(32));
  if (isa_and_nonnull<arith::ExtUIOp, arith::ExtSIOp>(op)) {
    Value source = op->getOperand(0);
    if (source.getType() == type)
      return source;
    if (isa<arith::ExtUIOp>(op) && !source.getType().isInteger(1))
      return arith::ExtUIOp::create(builder, loc, type, source);
  }
  bool isOnlyUse = value.hasOneUse() || depth == 0;
  if (op && isOnlyUse && depth < maxDepth && isLowHalfOperation(op)) {
    Value lhs = getLowHalf(builder, op->getOperand(0), depth + 1);
    Value rhs = getLowHalf(builder, op->getOperand(1), depth + 1);
    OperationState state(loc, op->getName(), {lhs, rhs}, {type});
    return builder.create(state)->getResult(0);
  }
  return arith::TruncIOp::create(builder, loc, type, value);
}

/// Computes in 32 bits what is truncated to that.
static void narrowTruncated(arith::TruncIOp op) {
  Operation *source = op.getIn().getDefiningOp();
  if (!op.getType().isInteger(32) || !op.getIn().getType().isInteger(64) ||
      !op.getIn().hasOneUse() || !source || !isLowHalfOperation(source))
    return;
  OpBuilder builder(op);
  op.replaceAllUsesWith(getLowHalf(builder, op.getIn()));
  eraseUnused(op);
}

/// A mask that no instruction holds in 64 bits, but one in 32 does.
static void narrowMask(arith::AndIOp op) {
  std::optional<APInt> mask = getConstant(op.getRhs());
  if (!mask || mask->getBitWidth() != 64 || mask->isSignedIntN(32) ||
      mask->getActiveBits() > 32)
    return;
  OpBuilder builder(op);
  Value low = arith::TruncIOp::create(builder, op.getLoc(),
                                      builder.getI32Type(), op.getLhs());
  if (mask->countr_one() < 32)
    low = arith::AndIOp::create(builder, op.getLoc(), low,
                                makeConstant(builder, op.getLoc(),
                                             builder.getI32Type(),
                                             mask->trunc(32)));
  op.replaceAllUsesWith(
      arith::ExtUIOp::create(builder, op.getLoc(), op.getType(), low)
          .getResult());
  eraseUnused(op);
}

//===----------------------------------------------------------------------===//
// Comparisons
//===----------------------------------------------------------------------===//

static bool isComparedOnly(Value value) {
  return llvm::all_of(value.getUsers(),
                      [](Operation *user) { return isa<arith::CmpIOp>(user); });
}

/// Compares the value that the compared one is computed from, if that saves
/// instructions, or is as good and narrower.
static void narrowEquality(arith::CmpIOp op) {
  std::optional<MaskedTest> test = MaskedTest::get(op);
  std::optional<unsigned> cost = test ? test->getCost() : std::nullopt;
  if (!cost)
    return;
  int best = *cost, saved = 0;
  std::optional<MaskedTest> chosen;
  bool isUsedOnce = true, isFree = isComparedOnly(test->value);
  bool isWide = test->value.getType().isInteger(64);
  constexpr unsigned maxSteps = 16;
  for (unsigned step = 0; step < maxSteps; ++step) {
    std::optional<MaskedTest> next = test->peel();
    if (!next)
      break;
    Operation *passed = test->value.getDefiningOp();
    // Swaps have a pass of their own, which looks at all their uses.
    if (isa<ByteSwapOp>(passed))
      break;
    isUsedOnce &= passed->hasOneUse();
    if (!isa<arith::ExtUIOp, arith::TruncIOp>(passed))
      isUsedOnce ? void(++saved) : void(isFree = false);
    test = next;
    std::optional<unsigned> nextCost = test->getCost();
    if (!nextCost)
      continue;
    int total = int(*nextCost) - saved;
    bool isNarrower = isWide && isFree && test->mask.getActiveBits() <= 32;
    if (total < best || (total == best && isNarrower)) {
      best = total;
      chosen = test;
    }
  }
  if (!chosen)
    return;
  OpBuilder builder(op);
  op.replaceAllUsesWith(chosen->create(builder, op.getLoc(), isNegated(op)));
  eraseUnused(op);
}

/// Orders 32-bit values in 32 bits, which saves extensions to 64 bits and
/// constants that do not fit an instruction.
static void narrowOrder(arith::CmpIOp op) {
  Operation *ext = op.getLhs().getDefiningOp();
  std::optional<APInt> constant = getConstant(op.getRhs());
  if (!constant || constant->getBitWidth() != 64 ||
      !isa_and_nonnull<arith::ExtUIOp, arith::ExtSIOp>(ext) ||
      !ext->getOperand(0).getType().isInteger(32) ||
      !isComparedOnly(op.getLhs()))
    return;
  bool isSigned = op.getPredicate() >= CmpIPredicate::slt &&
                  op.getPredicate() <= CmpIPredicate::sge;
  bool isEquality = op.getPredicate() == CmpIPredicate::eq ||
                    op.getPredicate() == CmpIPredicate::ne;
  bool extendsSign = isa<arith::ExtSIOp>(ext);
  if (extendsSign
          ? !((isSigned || isEquality) && constant->isSignedIntN(32))
          : isSigned || constant->isSignedIntN(32) || !constant->isIntN(32))
    return;
  OpBuilder builder(op);
  op.getRhsMutable().assign(makeConstant(
      builder, op.getLoc(), builder.getI32Type(), constant->trunc(32)));
  op.getLhsMutable().assign(ext->getOperand(0));
  eraseUnused(ext);
}

/// A limit that no instruction holds but one that holds it shifted down: x is
/// below m * 2^k where x >> k is below m. The shift takes the place of one of
/// the two slots that load the limit, if x is not needed any more.
static void shiftOrder(arith::CmpIOp op) {
  std::optional<APInt> constant = getConstant(op.getRhs());
  if (!constant || constant->getBitWidth() != 64 ||
      constant->isSignedIntN(32) || !op.getLhs().hasOneUse())
    return;
  CmpIPredicate predicate = op.getPredicate();
  bool isBelow =
      predicate == CmpIPredicate::ult || predicate == CmpIPredicate::ule;
  bool isAbove =
      predicate == CmpIPredicate::uge || predicate == CmpIPredicate::ugt;
  bool isInside =
      predicate == CmpIPredicate::ule || predicate == CmpIPredicate::ugt;
  // x <= c is x < c + 1, which may overflow.
  APInt limit = *constant + uint64_t(isInside);
  unsigned count = limit.countr_zero();
  if ((!isBelow && !isAbove) || limit.isZero() || count == 0 ||
      !limit.lshr(count).isSignedIntN(32))
    return;
  OpBuilder builder(op);
  Location loc = op.getLoc();
  Type type = op.getLhs().getType();
  op.getLhsMutable().assign(arith::ShRUIOp::create(
      builder, loc, op.getLhs(),
      makeConstant(builder, loc, type, APInt(64, count))));
  op.getRhsMutable().assign(
      makeConstant(builder, loc, type, limit.lshr(count)));
  op.setPredicate(isBelow ? CmpIPredicate::ult : CmpIPredicate::uge);
}

/// Drops what makes no difference.
static void dropBits(Operation *body) {
  SmallVector<Operation *> ops;
  body->walk([&](Operation *op) {
    if (isa_and_nonnull<arith::ArithDialect>(op->getDialect()) &&
        op->getNumOperands() > 0 &&
        isa<IntegerType>(op->getResult(0).getType()))
      ops.push_back(op);
  });
  for (Operation *op : ops)
    dropClearing(op);
  dropUndemanded(ops, body);
  eraseDeadOperations(body);
}

/// Calls `transform` on every operation of that kind, which may erase it and
/// what it uses.
template <typename OpTy>
static void forEach(Operation *body, void (*transform)(OpTy)) {
  for (Block &block : body->getRegion(0))
    for (Operation &op : llvm::make_early_inc_range(block))
      if (auto matched = dyn_cast<OpTy>(op))
        transform(matched);
}

void Narrow::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    dropBits(body);
    forEach<arith::AndIOp>(body, narrowMask);
    forEach<arith::TruncIOp>(body, narrowTruncated);
    forEach<arith::CmpIOp>(body, narrowEquality);
    forEach<arith::CmpIOp>(body, narrowOrder);
    forEach<arith::CmpIOp>(body, shiftOrder);
    eraseDeadOperations(body);
  });
}
