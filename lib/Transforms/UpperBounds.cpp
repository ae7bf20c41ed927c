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
#include "Ranges.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::whistler;
using arith::CmpIPredicate;

/// How many places one question may lead to. Sources stay far below; what
/// macros make may not, and is then taken to be unbounded.
static constexpr unsigned maxPlaces = 20000;

/// How deep places may depend on one another, for the sake of the native stack.
static constexpr size_t maxDepth = 1000;

static constexpr size_t none = SIZE_MAX;

//===----------------------------------------------------------------------===//
// Ranges
//===----------------------------------------------------------------------===//

static ConstantIntRanges getFullRange(Value value) {
  return ConstantIntRanges::maxRange(
      ConstantIntRanges::getStorageBitwidth(value.getType()));
}

bool mlir::whistler::isUnboundedForVerifier(Operation *op) {
  return isa<arith::ShLIOp, arith::ShRUIOp, arith::ShRSIOp>(op) &&
         !matchPattern(op->getOperand(1), m_Constant());
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

UpperBounds::UpperBounds(ModuleOp module, Knowledge knowledge)
    : dominance(module), knowledge(knowledge), outermostMet(none) {
  module.walk([&](Operation *op) {
    if (auto call = dyn_cast<CallOp>(op))
      calls[call.getCalleeAttr().getAttr()].push_back(call);
    else if (auto ref = dyn_cast<FuncRefOp>(op))
      calledBack.insert(ref.getCalleeAttr().getAttr());
    else if (auto ret = dyn_cast<ReturnOp>(op))
      returns[SymbolTable::getSymbolName(op->getParentOp())].push_back(ret);
  });
}

ConstantIntRanges UpperBounds::ask(Value value, Block *block, bool ways) {
  followsWays = ways;
  budget = maxPlaces;
  return getRange(value, block);
}

bool UpperBounds::isBelow(Value value, Block *block, uint64_t limit) {
  return llvm::any_of(std::array{false, true}, [&](bool ways) {
    return ask(value, block, ways).umax().ult(limit);
  });
}

uint64_t UpperBounds::getLargest(Value value, Block *block) {
  return std::min(ask(value, block, false).umax().getZExtValue(),
                  ask(value, block, true).umax().getZExtValue());
}

SmallVector<UpperBounds::Edge> UpperBounds::getEdges(Block *block) {
  SmallVector<Edge> edges;
  for (Edge edge = block->pred_begin(); edge != block->pred_end(); ++edge)
    if (dominance.isReachableFromEntry(*edge))
      edges.push_back(edge);
  return edges;
}

Value UpperBounds::getOperand(BlockArgument arg, Edge edge) {
  auto branch = dyn_cast<BranchOpInterface>((*edge)->getTerminator());
  return branch ? branch.getSuccessorOperands(
                      edge.getSuccessorIndex())[arg.getArgNumber()]
                : Value();
}

ConstantIntRanges UpperBounds::constrain(ConstantIntRanges range, Value value,
                                         Value condition, bool holds,
                                         Block *from) {
  auto cmp = condition.getDefiningOp<arith::CmpIOp>();
  if (!cmp)
    return range;
  CmpIPredicate predicate = cmp.getPredicate();
  if (!holds)
    predicate = arith::invertPredicate(predicate);
  // Before 6.8 the verifier learns nothing from comparing two registers.
  auto isSeen = [&](Value other) {
    return knowledge == Knowledge::Everything ||
           matchPattern(other, m_Constant());
  };
  if (cmp.getLhs() == value && isSeen(cmp.getRhs()))
    range = restrict(range, predicate, getRange(cmp.getRhs(), from));
  if (cmp.getRhs() == value && isSeen(cmp.getLhs()))
    range =
        restrict(range, getSwapped(predicate), getRange(cmp.getLhs(), from));
  bool isTest =
      predicate == CmpIPredicate::ne || predicate == CmpIPredicate::eq;
  if (!isTest || !matchPattern(cmp.getRhs(), m_Zero()))
    return range;
  bool isSet = predicate == CmpIPredicate::ne;
  if (auto number = cmp.getLhs().getDefiningOp<arith::ExtUIOp>())
    return constrain(range, value, number.getIn(), isSet, from);
  if (auto choice = dyn_cast<BlockArgument>(cmp.getLhs()))
    return constrainByChoice(range, value, choice, isSet);
  return range;
}

ConstantIntRanges UpperBounds::constrainByChoice(ConstantIntRanges range,
                                                 Value value,
                                                 BlockArgument choice,
                                                 bool holds) {
  Block *block = choice.getOwner();
  if (block->isEntryBlock() ||
      !dominance.properlyDominates(value.getParentBlock(), block))
    return range;
  std::optional<ConstantIntRanges> joined;
  for (Edge edge : getEdges(block)) {
    Value operand = getOperand(choice, edge);
    APInt constant;
    if (operand && matchPattern(operand, m_ConstantInt(&constant)) &&
        constant.isZero() == holds)
      continue;
    ConstantIntRanges onEdge = getOnEdge(value, edge);
    joined = joined ? joined->rangeUnion(onEdge) : onEdge;
  }
  return joined ? intersect(range, *joined) : range;
}

ConstantIntRanges UpperBounds::getOnEdge(Value value, Edge edge) {
  ConstantIntRanges range = getRange(value, *edge);
  auto branch = dyn_cast<cf::CondBranchOp>((*edge)->getTerminator());
  if (!branch)
    return range;
  return constrain(range, value, branch.getCondition(),
                   /*holds=*/edge.getSuccessorIndex() == 0, *edge);
}

ConstantIntRanges UpperBounds::getRange(Value value, Block *block) {
  Place place(value, block);
  auto &known = this->known[followsWays];
  if (auto it = known.find(place); it != known.end())
    return it->second;
  if (auto it = active.find(place); it != active.end()) {
    outermostMet = std::min(outermostMet, it->second);
    return getFullRange(value);
  }
  size_t depth = active.size();
  if (budget == 0 || depth == maxDepth) {
    // No place that is being found now is known as well as it could be.
    outermostMet = 0;
    // Still known are the bounds of minima and comparisons whose other operands
    // led so far.
    APInt constant;
    return matchPattern(value, m_ConstantInt(&constant))
               ? ConstantIntRanges::constant(constant)
               : getFullRange(value);
  }
  --budget;
  active.insert({place, depth});
  size_t outer = std::exchange(outermostMet, none);
  ConstantIntRanges range = findRange(value, block);
  active.erase(place);
  // What was found by way of a place that is still being found is right, but
  // more may be known later.
  if (outermostMet >= depth) {
    outermostMet = none;
    known.insert({place, range});
  }
  outermostMet = std::min(outermostMet, outer);
  return range;
}

ConstantIntRanges UpperBounds::findRange(Value value, Block *block) {
  if (block == value.getParentBlock())
    return getOwn(value);
  DominanceInfoNode *node = dominance.getNode(block);
  if (!node || !node->getIDom())
    return getOwn(value);
  SmallVector<Edge> edges = getEdges(block);
  // Once around a loop the value is what it was when control came in.
  llvm::erase_if(edges,
                 [&](Edge edge) { return dominance.dominates(block, *edge); });
  if (edges.size() == 1)
    return getOnEdge(value, edges.front());
  ConstantIntRanges range = getRange(value, node->getIDom()->getBlock());
  if (!followsWays)
    return range;
  std::optional<ConstantIntRanges> joined;
  for (Edge edge : edges) {
    ConstantIntRanges onEdge = getOnEdge(value, edge);
    joined = joined ? joined->rangeUnion(onEdge) : onEdge;
  }
  return joined ? intersect(range, *joined) : range;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

ConstantIntRanges UpperBounds::getOwn(Value value) {
  Operation *op = value.getDefiningOp();
  return op ? getOfOperation(value, op)
            : getOfArgument(cast<BlockArgument>(value));
}

ConstantIntRanges UpperBounds::getOfArgument(BlockArgument arg) {
  Block *block = arg.getOwner();
  if (block->isEntryBlock())
    return getOfParameter(arg);
  std::optional<ConstantIntRanges> joined;
  for (Edge edge : getEdges(block)) {
    Value operand = getOperand(arg, edge);
    if (!operand)
      return getFullRange(arg);
    ConstantIntRanges onEdge = getOnEdge(operand, edge);
    joined = joined ? joined->rangeUnion(onEdge) : onEdge;
  }
  return joined.value_or(getFullRange(arg));
}

/// A function that only its module calls is given nothing else than there.
ConstantIntRanges UpperBounds::getOfParameter(BlockArgument arg) {
  auto func = dyn_cast<FuncOp>(arg.getOwner()->getParentOp());
  if (!func || func.getIsGlobal() || calledBack.contains(func.getSymNameAttr()))
    return getFullRange(arg);
  std::optional<ConstantIntRanges> joined;
  for (CallOp call : calls.lookup(func.getSymNameAttr())) {
    ConstantIntRanges given =
        getRange(call.getArgs()[arg.getArgNumber()], call->getBlock());
    joined = joined ? joined->rangeUnion(given) : given;
  }
  // Without a call it is never run, and no loader looks at it.
  return joined.value_or(ConstantIntRanges::constant(APInt::getZero(64)));
}

/// What the function returns. Of a global one the verifier follows no results.
ConstantIntRanges UpperBounds::getOfCall(CallOp call) {
  auto func =
      SymbolTable::lookupNearestSymbolFrom<FuncOp>(call, call.getCalleeAttr());
  if (!func || func.getIsGlobal())
    return getFullRange(call.getResult());
  std::optional<ConstantIntRanges> joined;
  for (ReturnOp ret : returns.lookup(func.getSymNameAttr())) {
    ConstantIntRanges returned = getRange(ret.getValue(), ret->getBlock());
    joined = joined ? joined->rangeUnion(returned) : returned;
  }
  return joined.value_or(getFullRange(call.getResult()));
}

/// Each of the values may be what the condition tells of it.
ConstantIntRanges UpperBounds::getOfSelect(arith::SelectOp op) {
  Block *block = op->getBlock();
  auto getChoice = [&](Value choice, bool holds) {
    return constrain(getRange(choice, block), choice, op.getCondition(), holds,
                     block);
  };
  return getChoice(op.getTrueValue(), true)
      .rangeUnion(getChoice(op.getFalseValue(), false));
}

/// A quotient or remainder. The operations themselves only tell what the
/// verifier comes to know.
ConstantIntRanges UpperBounds::getOfDivision(Operation *op) {
  ConstantIntRanges lhs = getRange(op->getOperand(0), op->getBlock());
  ConstantIntRanges rhs = getRange(op->getOperand(1), op->getBlock());
  // A divisor of 0 gives 0, or leaves the dividend as it is.
  APInt max = lhs.umax();
  if (!rhs.umin().isZero())
    max = isa<UDivOp>(op) ? max.udiv(rhs.umin())
                          : llvm::APIntOps::umin(max, rhs.umax() - 1);
  return ConstantIntRanges::fromUnsigned(APInt::getZero(max.getBitWidth()),
                                         max);
}

ConstantIntRanges UpperBounds::getOfOperation(Value value, Operation *op) {
  APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return ConstantIntRanges::constant(constant);
  if (auto call = dyn_cast<CallOp>(op))
    return getOfCall(call);
  if (auto select = dyn_cast<arith::SelectOp>(op))
    return getOfSelect(select);
  if (isa<UDivOp, UModOp>(op) && knowledge == Knowledge::Everything)
    return getOfDivision(op);
  ConstantIntRanges result = getFullRange(value);
  if (knowledge == Knowledge::Verifier && isUnboundedForVerifier(op))
    return result;
  auto inferrable = dyn_cast<InferIntRangeInterface>(op);
  if (!inferrable)
    return result;
  SmallVector<IntegerValueRange> operands;
  for (Value operand : op->getOperands())
    operands.emplace_back(getRange(operand, op->getBlock()));
  inferrable.inferResultRangesFromOptional(
      operands, [&](Value, const IntegerValueRange &inferred) {
        if (!inferred.isUninitialized())
          result = intersect(result, inferred.getValue());
      });
  // Upstream looks at bits only; the verifier also knows this.
  if (isa<arith::AndIOp>(op)) {
    APInt max = llvm::APIntOps::umin(operands[0].getValue().umax(),
                                     operands[1].getValue().umax());
    result = intersect(result, ConstantIntRanges::fromUnsigned(
                                   APInt::getZero(max.getBitWidth()), max));
  }
  return result;
}
