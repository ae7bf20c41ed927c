//===- UpperBounds.cpp - how large integers can be --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Follows values to what they are made of, and blocks to the comparisons in
// front of them.
//
//===----------------------------------------------------------------------===//

#include "UpperBounds.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::whistler;
using arith::CmpIPredicate;

/// The largest integer of a type.
static uint64_t getTypeMax(Type type) {
  auto intType = dyn_cast<IntegerType>(type);
  return intType ? llvm::maxUIntN(intType.getWidth()) : UINT64_MAX;
}

static std::optional<uint64_t> getConstant(Value value) {
  APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return constant.getZExtValue();
  return std::nullopt;
}

/// All ones up to the highest bit of `value`.
static uint64_t fillBits(uint64_t value) {
  return value == 0 ? 0 : UINT64_MAX >> llvm::countl_zero(value);
}

//===----------------------------------------------------------------------===//
// Comparisons
//===----------------------------------------------------------------------===//

/// The predicate for operands that have changed places.
static CmpIPredicate getSwapped(CmpIPredicate predicate) {
  switch (predicate) {
  case CmpIPredicate::ult:
    return CmpIPredicate::ugt;
  case CmpIPredicate::ule:
    return CmpIPredicate::uge;
  case CmpIPredicate::ugt:
    return CmpIPredicate::ult;
  case CmpIPredicate::uge:
    return CmpIPredicate::ule;
  case CmpIPredicate::slt:
    return CmpIPredicate::sgt;
  case CmpIPredicate::sle:
    return CmpIPredicate::sge;
  case CmpIPredicate::sgt:
    return CmpIPredicate::slt;
  case CmpIPredicate::sge:
    return CmpIPredicate::sle;
  case CmpIPredicate::eq:
  case CmpIPredicate::ne:
    return predicate;
  }
  llvm_unreachable("unknown predicate");
}

/// What is known of a value from comparisons.
struct UpperBounds::Limits {
  uint64_t min = 0;
  uint64_t max = UINT64_MAX;
  /// The largest it can be if it is not negative.
  uint64_t signedMax = UINT64_MAX;
  bool isNonNegative = false;

  uint64_t get() const {
    return isNonNegative ? std::min(max, signedMax) : max;
  }
};

UpperBounds::UpperBounds(ModuleOp module, Knowledge knowledge)
    : knowledge(knowledge), dominance(module) {
  module.walk([&](CallOp call) {
    calls[call.getCalleeAttr().getAttr()].push_back(call);
  });
  module.walk(
      [&](FuncRefOp ref) { addressed.insert(ref.getCalleeAttr().getAttr()); });
}

/// Notes that a value compares with a constant in this way.
void UpperBounds::raiseMin(CmpIPredicate predicate, uint64_t constant,
                           Limits &limits) {
  bool isNonNegative = int64_t(constant) >= 0;
  switch (predicate) {
  case CmpIPredicate::eq:
  case CmpIPredicate::uge:
    limits.min = std::max(limits.min, constant);
    break;
  case CmpIPredicate::ugt:
    limits.min =
        std::max(limits.min, llvm::SaturatingAdd<uint64_t>(constant, 1));
    break;
  case CmpIPredicate::sge:
    if (isNonNegative)
      limits.min = std::max(limits.min, constant);
    break;
  case CmpIPredicate::sgt:
    if (isNonNegative)
      limits.min = std::max(limits.min, constant + 1);
    break;
  case CmpIPredicate::ne:
    if (constant == 0)
      limits.min = std::max<uint64_t>(limits.min, 1);
    break;
  default:
    break;
  }
}

void UpperBounds::applyEdge(Value value, Block *from, Block *to,
                            Limits &limits) {
  auto branch = dyn_cast<cf::CondBranchOp>(from->getTerminator());
  if (!branch || branch.getTrueDest() == branch.getFalseDest())
    return;
  auto cmp = branch.getCondition().getDefiningOp<arith::CmpIOp>();
  if (!cmp || (cmp.getLhs() != value && cmp.getRhs() != value))
    return;
  CmpIPredicate predicate = cmp.getPredicate();
  Value other = cmp.getRhs();
  if (cmp.getRhs() == value) {
    other = cmp.getLhs();
    predicate = getSwapped(predicate);
  }
  if (knowledge == Knowledge::Verifier && !getConstant(other))
    return;
  if (branch.getFalseDest() == to)
    predicate = arith::invertPredicate(predicate);
  if (std::optional<uint64_t> constant = getConstant(other))
    raiseMin(predicate, *constant, limits);
  uint64_t bound = get(other, from);
  auto signedBound = int64_t(bound);
  switch (predicate) {
  case CmpIPredicate::eq:
  case CmpIPredicate::ule:
    limits.max = std::min(limits.max, bound);
    break;
  case CmpIPredicate::ult:
    // Nothing is below 0: control does not come here.
    limits.max = std::min(limits.max, bound == 0 ? 0 : bound - 1);
    break;
  case CmpIPredicate::slt:
  case CmpIPredicate::sle:
    if (getTypeMax(value.getType()) == UINT64_MAX && signedBound > 0)
      limits.signedMax = std::min(
          limits.signedMax, bound - (predicate == CmpIPredicate::slt ? 1 : 0));
    break;
  case CmpIPredicate::sge:
    if (std::optional<uint64_t> low = getConstant(other))
      limits.isNonNegative |= int64_t(*low) >= 0;
    break;
  case CmpIPredicate::sgt:
    if (std::optional<uint64_t> low = getConstant(other))
      limits.isNonNegative |= int64_t(*low) >= -1;
    break;
  default:
    break;
  }
}

uint64_t UpperBounds::get(Value value, Block *block) {
  Limits limits;
  limits.max = getOwn(value);
  applyDominators(value, block, limits);
  return limits.get();
}

uint64_t UpperBounds::getMin(Value value, Block *block) {
  if (std::optional<uint64_t> constant = getConstant(value))
    return *constant;
  Limits limits;
  applyDominators(value, block, limits);
  // What is extended without sign compares as the narrow integer does.
  if (auto ext = value.getDefiningOp<arith::ExtUIOp>())
    limits.min = std::max(limits.min, getMin(ext.getIn(), block));
  return limits.min;
}

void UpperBounds::applyDominators(Value value, Block *block, Limits &limits) {
  Block *definition = value.getParentBlock();
  while (block && block != definition) {
    DominanceInfoNode *node = dominance.getNode(block);
    Block *dominator =
        node && node->getIDom() ? node->getIDom()->getBlock() : nullptr;
    if (dominator && block->getSinglePredecessor() == dominator)
      applyEdge(value, dominator, block, limits);
    block = dominator;
  }
}

uint64_t UpperBounds::getOnEdge(Value value, Block *from, Block *to) {
  Limits limits;
  limits.max = get(value, from);
  applyEdge(value, from, to, limits);
  return limits.get();
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

uint64_t UpperBounds::getOwn(Value value) {
  if (std::optional<uint64_t> constant = getConstant(value))
    return *constant;
  uint64_t limit = getTypeMax(value.getType());
  if (Operation *op = value.getDefiningOp())
    return std::min(limit, getOfOperation(value, op));
  auto arg = cast<BlockArgument>(value);
  if (!active.insert(arg).second)
    return limit;
  uint64_t bound = std::min(limit, getOfArgument(arg));
  active.erase(arg);
  return bound;
}

uint64_t UpperBounds::getOfArgument(BlockArgument arg) {
  Block *block = arg.getOwner();
  if (block->isEntryBlock())
    return getOfParameter(arg);
  uint64_t bound = 0;
  for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
    auto branch = dyn_cast<BranchOpInterface>((*it)->getTerminator());
    if (!branch)
      return UINT64_MAX;
    Value operand =
        branch.getSuccessorOperands(it.getSuccessorIndex())[arg.getArgNumber()];
    if (!operand)
      return UINT64_MAX;
    bound = std::max(bound, getOnEdge(operand, *it, block));
  }
  return bound;
}

/// A function that only its module's calls reach is given nothing else than
/// there.
uint64_t UpperBounds::getOfParameter(BlockArgument arg) {
  auto func = dyn_cast<FuncOp>(arg.getOwner()->getParentOp());
  if (!func || func.getIsGlobal() || addressed.contains(func.getSymNameAttr()))
    return UINT64_MAX;
  uint64_t bound = 0;
  for (Operation *call : calls.lookup(func.getSymNameAttr()))
    bound = std::max(
        bound, get(call->getOperand(arg.getArgNumber()), call->getBlock()));
  return bound;
}

/// A difference that does not go below 0 is no larger than what is subtracted
/// from.
uint64_t UpperBounds::getOfDifference(Value lhs, Value rhs, Block *block) {
  uint64_t min = getMin(lhs, block);
  if (get(rhs, block) > min)
    return UINT64_MAX;
  return get(lhs, block) - getMin(rhs, block);
}

uint64_t UpperBounds::getOfOperation(Value value, Operation *op) {
  if (knowledge == Knowledge::Verifier && isa<UDivOp, UModOp>(op))
    return UINT64_MAX;
  Block *block = op->getBlock();
  auto lhs = [&] { return get(op->getOperand(0), block); };
  auto rhs = [&] { return get(op->getOperand(1), block); };
  auto rhsConstant = [&] { return getConstant(op->getOperand(1)); };
  auto product = [](uint64_t a, uint64_t b) {
    return llvm::SaturatingMultiply(a, b);
  };
  return llvm::TypeSwitch<Operation *, uint64_t>(op)
      .Case<arith::ExtUIOp>([&](auto) { return lhs(); })
      .Case<arith::TruncIOp>([&](auto) {
        uint64_t bound = lhs(), limit = getTypeMax(value.getType());
        return bound <= limit ? bound : limit;
      })
      .Case<arith::AndIOp, arith::MinUIOp>(
          [&](auto) { return std::min(lhs(), rhs()); })
      .Case<arith::MaxUIOp>([&](auto) { return std::max(lhs(), rhs()); })
      .Case<arith::OrIOp, arith::XOrIOp>(
          [&](auto) { return fillBits(lhs() | rhs()); })
      .Case<arith::AddIOp>([&](auto) {
        std::optional<uint64_t> amount = rhsConstant();
        if (!amount || int64_t(*amount) >= 0)
          return llvm::SaturatingAdd(lhs(), rhs());
        return getMin(op->getOperand(0), block) >= 0 - *amount ? lhs() + *amount
                                                               : UINT64_MAX;
      })
      .Case<arith::SubIOp>([&](arith::SubIOp sub) {
        return getOfDifference(sub.getLhs(), sub.getRhs(), block);
      })
      .Case<arith::MulIOp>([&](auto) { return product(lhs(), rhs()); })
      .Case<arith::ShLIOp>([&](auto) {
        std::optional<uint64_t> count = rhsConstant();
        return count && *count < 64 ? product(lhs(), uint64_t(1) << *count)
                                    : UINT64_MAX;
      })
      .Case<arith::ShRUIOp>([&](auto) {
        std::optional<uint64_t> count = rhsConstant();
        return lhs() >> (count && *count < 64 ? *count : 0);
      })
      .Case<UDivOp>([&](auto) {
        std::optional<uint64_t> divisor = rhsConstant();
        return lhs() / (divisor && *divisor != 0 ? *divisor : 1);
      })
      .Case<UModOp>([&](auto) {
        std::optional<uint64_t> divisor = rhsConstant();
        return divisor && *divisor != 0 ? std::min(lhs(), *divisor - 1) : lhs();
      })
      .Case<arith::SelectOp>([&](arith::SelectOp select) {
        return std::max(get(select.getTrueValue(), block),
                        get(select.getFalseValue(), block));
      })
      .Case<IndexOp>([&](IndexOp index) {
        return std::min(lhs(), uint64_t(index.getCount()) - 1);
      })
      .Case<Log2Op>([&](auto) { return uint64_t(63); })
      .Default([](Operation *) { return UINT64_MAX; });
}
