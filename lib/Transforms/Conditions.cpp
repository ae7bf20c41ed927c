//===- Conditions.cpp - what conditions tell of each other ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks conditions up among those that hold where control is.
//
//===----------------------------------------------------------------------===//

#include "Conditions.h"

#include "PacketBounds.h"
#include "Ranges.h"
#include "StackPlaces.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/Utils/InferIntRangeCommon.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace mlir::whistler;
using arith::CmpIPredicate;

/// How far operands are followed.
static constexpr unsigned maxDepth = 4;

/// How many conditions are remembered, the nearest ones, and how many blocks
/// are looked at for them.
static constexpr size_t maxFacts = 32;
static constexpr unsigned maxBlocks = 64;

static Value resolveToItself(Value value) { return value; }

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

Value mlir::whistler::stripCasts(Value pointer) {
  while (auto cast = pointer.getDefiningOp<PtrCastOp>())
    pointer = cast.getPtr();
  return pointer;
}

static bool isSameValue(Value value, Value other, Resolver resolve,
                        unsigned depth) {
  if (!value || !other)
    return value == other;
  value = resolve(value);
  if (value == other)
    return true;
  Operation *op = value.getDefiningOp(), *otherOp = other.getDefiningOp();
  bool isAlike =
      depth != 0 && op && otherOp && op->getName() == otherOp->getName() &&
      op->getNumResults() == 1 && op->getNumRegions() == 0 &&
      value.getType() == other.getType() && isMemoryEffectFree(op) &&
      op->getNumOperands() == otherOp->getNumOperands() &&
      op->getDiscardableAttrDictionary() ==
          otherOp->getDiscardableAttrDictionary() &&
      op->getName().compareOpProperties(op->getPropertiesStorage(),
                                        otherOp->getPropertiesStorage());
  if (!isAlike)
    return false;
  for (auto [operand, otherOperand] :
       llvm::zip_equal(op->getOperands(), otherOp->getOperands()))
    if (!::isSameValue(operand, otherOperand, resolve, depth - 1))
      return false;
  return true;
}

bool mlir::whistler::isSameValue(Value value, Value other, Resolver resolve) {
  return ::isSameValue(value, other, resolve, maxDepth);
}

bool mlir::whistler::isSameValue(Value value, Value other) {
  return ::isSameValue(value, other, resolveToItself, maxDepth);
}

/// The constant that `value` is, also by computation from constants; null
/// otherwise.
static Attribute getConstant(Value value, Resolver resolve,
                             unsigned depth = maxDepth) {
  value = resolve(value);
  Attribute constant;
  if (matchPattern(value, m_Constant(&constant)))
    return constant;
  Operation *op = value.getDefiningOp();
  bool isComputed = depth != 0 && op && op->getNumOperands() != 0 &&
                    op->getNumRegions() == 0 && isMemoryEffectFree(op);
  if (!isComputed)
    return {};
  SmallVector<Attribute> operands;
  for (Value operand : op->getOperands()) {
    operands.push_back(getConstant(operand, resolve, depth - 1));
    if (!operands.back())
      return {};
  }
  SmallVector<OpFoldResult> results;
  if (failed(op->fold(operands, results)) || results.size() != 1)
    return {};
  if (auto attribute = dyn_cast<Attribute>(results.front()))
    return attribute;
  return getConstant(cast<Value>(results.front()), resolve, depth - 1);
}

static std::optional<APInt> getInteger(Value value, Resolver resolve) {
  if (auto constant =
          dyn_cast_if_present<IntegerAttr>(getConstant(value, resolve)))
    return constant.getValue();
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Comparisons
//===----------------------------------------------------------------------===//

/// The predicate for integers that says the same of signed distances, or of
/// addresses.
static CmpIPredicate getIntegerPredicate(PtrPredicate predicate) {
  switch (predicate) {
  case PtrPredicate::Eq:
    return CmpIPredicate::eq;
  case PtrPredicate::Ne:
    return CmpIPredicate::ne;
  case PtrPredicate::Lt:
    return CmpIPredicate::slt;
  case PtrPredicate::Le:
    return CmpIPredicate::sle;
  case PtrPredicate::Gt:
    return CmpIPredicate::sgt;
  case PtrPredicate::Ge:
    return CmpIPredicate::sge;
  }
  llvm_unreachable("unknown predicate");
}

/// `resolve`, and the pointer before it was cast.
static Value resolvePointer(Value pointer, Resolver resolve) {
  return stripCasts(resolve(stripCasts(pointer)));
}

static bool isPacketEnd(Value pointer) {
  return cast<PtrType>(pointer.getType()).getSpace() == AddressSpace::PacketEnd;
}

static Comparison getPointerComparison(PtrCmpOp cmp, Resolver resolve) {
  auto resolveMoved = [&](Value pointer) {
    Place moved = getPlace(pointer);
    return getPlace(resolve(moved.root), moved.offset);
  };
  Place lhs = resolveMoved(cmp.getLhs());
  Place rhs = resolveMoved(cmp.getRhs());
  CmpIPredicate predicate = getIntegerPredicate(cmp.getPredicate());
  if (isPacketEnd(lhs.root)) {
    std::swap(lhs, rhs);
    predicate = getSwapped(predicate);
  }
  // base + a <= end + b where the distance is at least a - b.
  if (isPacketEnd(rhs.root) && !isPacketEnd(lhs.root))
    return {lhs.root, rhs.root, getSwapped(predicate), Value(),
            APInt(64, lhs.offset - rhs.offset, /*isSigned=*/true)};
  Value left = resolvePointer(cmp.getLhs(), resolve);
  Value right = resolvePointer(cmp.getRhs(), resolve);
  predicate = getIntegerPredicate(cmp.getPredicate());
  if (left.getDefiningOp<NullOp>()) {
    std::swap(left, right);
    predicate = getSwapped(predicate);
  }
  if (right.getDefiningOp<NullOp>())
    return {left, Value(), predicate, Value(), APInt::getZero(64)};
  return {left, Value(), predicate, right, std::nullopt};
}

std::optional<Comparison> Comparison::get(Value condition, Resolver resolve) {
  if (auto cmp = condition.getDefiningOp<PtrCmpOp>())
    return getPointerComparison(cmp, resolve);
  auto cmp = condition.getDefiningOp<arith::CmpIOp>();
  if (!cmp)
    return std::nullopt;
  Value lhs = resolve(cmp.getLhs()), rhs = resolve(cmp.getRhs());
  std::optional<APInt> left = getInteger(lhs, resolve);
  std::optional<APInt> right = getInteger(rhs, resolve);
  if (left && !right)
    return Comparison{rhs, Value(), getSwapped(cmp.getPredicate()), lhs, left};
  return Comparison{lhs, Value(), cmp.getPredicate(), rhs, right};
}

std::optional<Comparison> Comparison::get(Value condition) {
  return get(condition, resolveToItself);
}

Comparison Comparison::inverted() const {
  Comparison result = *this;
  result.predicate = arith::invertPredicate(predicate);
  return result;
}

Comparison Comparison::swapped() const {
  Comparison result = *this;
  result.predicate = getSwapped(predicate);
  std::swap(result.lhs, result.rhs);
  return result;
}

/// In which of the cases less, equal and greater a predicate holds, as bits.
static unsigned getCases(CmpIPredicate predicate) {
  enum : unsigned { less = 1, equal = 2, greater = 4 };
  switch (predicate) {
  case CmpIPredicate::eq:
    return equal;
  case CmpIPredicate::ne:
    return less | greater;
  case CmpIPredicate::ult:
  case CmpIPredicate::slt:
    return less;
  case CmpIPredicate::ule:
  case CmpIPredicate::sle:
    return less | equal;
  case CmpIPredicate::ugt:
  case CmpIPredicate::sgt:
    return greater;
  case CmpIPredicate::uge:
  case CmpIPredicate::sge:
    return greater | equal;
  }
  llvm_unreachable("unknown predicate");
}

static bool isEquality(CmpIPredicate predicate) {
  return predicate == CmpIPredicate::eq || predicate == CmpIPredicate::ne;
}

/// Whether a predicate orders integers without a sign.
static bool isUnsignedOrder(CmpIPredicate predicate) {
  return predicate >= CmpIPredicate::ult;
}

/// Whether `asked` holds of two values of which `known` does.
static std::optional<bool> implies(CmpIPredicate known, CmpIPredicate asked) {
  // Less without and with sign are different cases.
  bool isOtherOrder = !isEquality(known) && !isEquality(asked) &&
                      isUnsignedOrder(known) != isUnsignedOrder(asked);
  unsigned knownCases = getCases(known), askedCases = getCases(asked);
  if (isOtherOrder)
    return std::nullopt;
  if ((knownCases & ~askedCases) == 0)
    return true;
  if ((knownCases & askedCases) == 0)
    return false;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Known conditions
//===----------------------------------------------------------------------===//

/// The condition that a number was made of, and whether the comparison of that
/// number with zero holds where the condition does.
static std::optional<std::pair<Value, bool>> getTruthTest(Value condition) {
  auto cmp = condition.getDefiningOp<arith::CmpIOp>();
  if (!cmp || !isEquality(cmp.getPredicate()) ||
      !matchPattern(cmp.getRhs(), m_Zero()))
    return std::nullopt;
  auto number = cmp.getLhs().getDefiningOp<arith::ExtUIOp>();
  if (!number || !number.getIn().getType().isInteger(1))
    return std::nullopt;
  return std::make_pair(number.getIn(),
                        cmp.getPredicate() == CmpIPredicate::ne);
}

/// The operand of a negation.
static Value getNegated(Value condition) {
  auto negation = condition.getDefiningOp<arith::XOrIOp>();
  return negation && matchPattern(negation.getRhs(), m_One())
             ? negation.getLhs()
             : Value();
}

Block *Dominators::getImmediate(Block *block) {
  // A region of one block has no tree of dominators.
  if (block->isEntryBlock())
    return nullptr;
  if (!tree)
    tree = &info.getDomTree(block->getParent());
  DominanceInfoNode *node = tree->getNode(block);
  Block *immediate =
      node && node->getIDom() ? node->getIDom()->getBlock() : nullptr;
  return immediate && !repeated.contains(immediate) ? immediate : nullptr;
}

void KnownConditions::add(Value condition, bool holds) {
  if (facts.size() == maxFacts)
    return;
  if (Value negated = getNegated(condition))
    return add(negated, !holds);
  if (auto test = getTruthTest(condition))
    add(test->first, holds == test->second);
  auto both = condition.getDefiningOp<arith::AndIOp>();
  auto either = condition.getDefiningOp<arith::OrIOp>();
  if ((both && holds) || (either && !holds))
    for (Value operand : condition.getDefiningOp()->getOperands())
      add(operand, holds);
  std::optional<Comparison> comparison = Comparison::get(condition);
  if (comparison && !holds)
    comparison = comparison->inverted();
  facts.push_back({condition, holds, comparison});
}

void KnownConditions::addFromEdge(Block *from, unsigned successor) {
  if (auto branch = dyn_cast<cf::CondBranchOp>(from->getTerminator()))
    if (branch.getTrueDest() != branch.getFalseDest())
      add(branch.getCondition(), successor == 0);
}

void KnownConditions::addFromDominators(Block *block, Dominators &dominators) {
  for (unsigned i = 0; i != maxBlocks && block; ++i) {
    Edge first = block->pred_begin();
    bool hasOneEdge =
        first != block->pred_end() && std::next(first) == block->pred_end();
    if (hasOneEdge) {
      addFromEdge(*first, first.getSuccessorIndex());
      block = *first;
      continue;
    }
    block = dominators.getImmediate(block);
  }
}

KnownConditions KnownConditions::ofOutcome(Value condition, bool holds) {
  KnownConditions known;
  known.add(condition, holds);
  return known;
}

KnownConditions KnownConditions::onEdge(Edge edge, Dominators &dominators) {
  KnownConditions known;
  if (auto branch = dyn_cast<cf::CondBranchOp>((*edge)->getTerminator()))
    known.add(branch.getCondition(), edge.getSuccessorIndex() == 0);
  known.addFromDominators(*edge, dominators);
  return known;
}

KnownConditions KnownConditions::inBlock(Block *block, Dominators &dominators) {
  KnownConditions known;
  known.addFromDominators(block, dominators);
  return known;
}

std::optional<bool> KnownConditions::decide(Value condition,
                                            Resolver resolve) const {
  return decide(condition, resolve, maxDepth);
}

std::optional<bool> KnownConditions::decide(Value condition, Resolver resolve,
                                            unsigned depth) const {
  condition = resolve(condition);
  if (auto constant = getInteger(condition, resolve))
    return !constant->isZero();
  for (const Fact &fact : facts)
    if (isSameValue(condition, fact.condition, resolve))
      return fact.holds;
  if (depth == 0)
    return std::nullopt;
  if (Value negated = getNegated(condition)) {
    std::optional<bool> inner = decide(negated, resolve, depth - 1);
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (Operation *op = condition.getDefiningOp();
      isa_and_present<arith::AndIOp, arith::OrIOp>(op)) {
    bool dominant = isa<arith::OrIOp>(op);
    std::optional<bool> lhs = decide(op->getOperand(0), resolve, depth - 1);
    std::optional<bool> rhs = decide(op->getOperand(1), resolve, depth - 1);
    if (lhs == dominant || rhs == dominant)
      return dominant;
    return lhs && rhs ? std::optional(!dominant) : std::nullopt;
  }
  std::optional<Comparison> asked = Comparison::get(condition, resolve);
  return asked ? decideComparison(*asked, resolve, depth) : std::nullopt;
}

/// The condition that chooses between two constants, and these: what the value
/// is where it holds, and where not.
static std::optional<std::tuple<Value, APInt, APInt>>
getChoice(Value value, Resolver resolve) {
  Operation *op = value.getDefiningOp();
  if (!op || op->getNumOperands() == 0 ||
      !op->getOperand(0).getType().isInteger(1))
    return std::nullopt;
  Value condition = op->getOperand(0);
  unsigned width = value.getType().getIntOrFloatBitWidth();
  if (isa<arith::ExtUIOp>(op))
    return std::make_tuple(condition, APInt(width, 1), APInt::getZero(width));
  if (isa<arith::ExtSIOp>(op))
    return std::make_tuple(condition, APInt::getAllOnes(width),
                           APInt::getZero(width));
  auto select = dyn_cast<arith::SelectOp>(op);
  if (!select)
    return std::nullopt;
  std::optional<APInt> first = getInteger(select.getTrueValue(), resolve);
  std::optional<APInt> second = getInteger(select.getFalseValue(), resolve);
  if (!first || !second)
    return std::nullopt;
  return std::make_tuple(condition, *first, *second);
}

std::optional<bool> KnownConditions::decideComparison(const Comparison &asked,
                                                      Resolver resolve,
                                                      unsigned depth) const {
  if (!asked.constant)
    return decideByFacts(asked, resolve);
  auto holds = [&](const APInt &value) {
    return arith::applyCmpPredicate(asked.predicate, value, *asked.constant);
  };
  if (isa<PtrType>(asked.lhs.getType())) {
    bool isNullTest = !asked.end;
    if (isNullTest && asked.lhs.getDefiningOp<NullOp>())
      return holds(APInt::getZero(64));
    // What may be null cannot be moved.
    bool isAddress =
        isa_and_present<AllocaOp, GlobalAddrOp, MapRefOp, PtrAddOp>(
            asked.lhs.getDefiningOp());
    if (isNullTest && isAddress && isEquality(asked.predicate))
      return asked.predicate == CmpIPredicate::ne;
    return decideByFacts(asked, resolve);
  }
  if (auto constant = getInteger(asked.lhs, resolve))
    return holds(*constant);
  if (auto choice = getChoice(asked.lhs, resolve)) {
    auto &[condition, whenTrue, whenFalse] = *choice;
    if (holds(whenTrue) == holds(whenFalse))
      return holds(whenTrue);
    std::optional<bool> chosen = decide(condition, resolve, depth - 1);
    return chosen ? std::optional(holds(*chosen ? whenTrue : whenFalse))
                  : std::nullopt;
  }
  return decideByFacts(asked, resolve);
}

/// Whether the verifier learns something of a range from a comparison, too.
/// Of a value that differs from a constant it does since 6.8 only, and only at
/// the ends of a range.
static bool givesRange(const Comparison &known) {
  if (!known.constant || known.predicate == CmpIPredicate::ne)
    return false;
  if (!known.end)
    return true;
  return !isEquality(known.predicate) && known.constant->sge(0) &&
         known.constant->sle(maxPacketOffset);
}

std::optional<bool> KnownConditions::decideByFacts(const Comparison &asked,
                                                   Resolver resolve) const {
  auto isOf = [&](const Comparison &known, Value lhs) {
    return isSameValue(lhs, known.lhs, resolve) &&
           isSameValue(asked.end, known.end, resolve);
  };
  std::optional<ConstantIntRanges> range;
  for (const Fact &fact : facts) {
    if (!fact.comparison)
      continue;
    const Comparison &known = *fact.comparison;
    if (asked.constant) {
      if (!known.constant || !isOf(known, asked.lhs))
        continue;
      // The verifier learns nothing of a packet from this.
      if (known.end && isEquality(known.predicate) &&
          !isEquality(asked.predicate))
        continue;
      if (*known.constant == *asked.constant)
        if (auto answer = implies(known.predicate, asked.predicate))
          return answer;
      if (!givesRange(known))
        continue;
      if (!range)
        range = ConstantIntRanges::maxRange(asked.constant->getBitWidth());
      range = restrict(*range, known.predicate,
                       ConstantIntRanges::constant(*known.constant));
      continue;
    }
    if (known.constant)
      continue;
    std::optional<bool> answer;
    if (isOf(known, asked.lhs) && isSameValue(asked.rhs, known.rhs, resolve))
      answer = implies(known.predicate, asked.predicate);
    else if (isOf(known, asked.rhs) &&
             isSameValue(asked.lhs, known.rhs, resolve))
      answer = implies(known.predicate, getSwapped(asked.predicate));
    if (answer)
      return answer;
  }
  if (!range)
    return std::nullopt;
  return intrange::evaluatePred(
      static_cast<intrange::CmpPredicate>(asked.predicate), *range,
      ConstantIntRanges::constant(*asked.constant));
}

int64_t KnownConditions::getLeastLength(Value pointer) const {
  int64_t least = 0;
  for (const Fact &fact : facts) {
    const std::optional<Comparison> &known = fact.comparison;
    if (!known || !known->end || !givesRange(*known) || known->lhs != pointer)
      continue;
    int64_t length = known->constant->getSExtValue();
    if (known->predicate == CmpIPredicate::sge)
      least = std::max(least, length);
    else if (known->predicate == CmpIPredicate::sgt)
      least = std::max(least, length + 1);
  }
  return least;
}

bool KnownConditions::isNotNull(Value pointer) const {
  return llvm::any_of(facts, [&](const Fact &fact) {
    const std::optional<Comparison> &known = fact.comparison;
    return known && !known->end && known->lhs == pointer && known->constant &&
           known->constant->isZero() && known->predicate == CmpIPredicate::ne;
  });
}

//===----------------------------------------------------------------------===//
// Tests of the packet's length
//===----------------------------------------------------------------------===//

/// Whether `condition` compares a place in the packet with its end.
static bool isLengthTest(Value condition) {
  auto cmp = condition.getDefiningOp<PtrCmpOp>();
  return cmp && llvm::any_of(cmp->getOperands(), isPacketEnd);
}

void mlir::whistler::decideLengthTests(Operation *body) {
  Region &region = body->getRegion(0);
  Dominators dominators(body);
  IRRewriter rewriter(body->getContext());
  bool hasChanged = false;
  for (Block &block : llvm::drop_begin(region)) {
    auto branch = dyn_cast<cf::CondBranchOp>(block.getTerminator());
    if (!branch || !isLengthTest(branch.getCondition()))
      continue;
    std::optional<bool> holds =
        KnownConditions::inBlock(&block, dominators)
            .decide(branch.getCondition(), resolveToItself);
    if (!holds)
      continue;
    rewriter.setInsertionPoint(branch);
    rewriter.replaceOpWithNewOp<cf::BranchOp>(
        branch, *holds ? branch.getTrueDest() : branch.getFalseDest(),
        *holds ? branch.getTrueDestOperands() : branch.getFalseDestOperands());
    hasChanged = true;
  }
  if (hasChanged)
    (void)eraseUnreachableBlocks(rewriter, region);
}
