//===- RangeAnalysis.cpp - constants and ranges of values -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks at the blocks that control can come to, in reverse postorder, until
// nothing changes.
//
//===----------------------------------------------------------------------===//

#include "RangeAnalysis.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/PostOrderIterator.h"

using namespace mlir;
using namespace mlir::whistler;

RangeAnalysis::RangeAnalysis(Operation *body, bool (*isUnbounded)(Operation *))
    : region(body->getRegion(0)), isUnbounded(isUnbounded) {
  if (!region.empty())
    run();
}

//===----------------------------------------------------------------------===//
// What is known
//===----------------------------------------------------------------------===//

const RangeAnalysis::State *RangeAnalysis::lookup(Value value) const {
  auto place = numbers.find(value);
  return place == numbers.end() ? nullptr : &states[place->second];
}

const ConstantIntRanges *RangeAnalysis::getRange(Value value) const {
  const State *state = lookup(value);
  return state && state->range ? &*state->range : nullptr;
}

Attribute RangeAnalysis::getConstant(Value value) const {
  const State *state = lookup(value);
  if (!state || !state->range)
    return state ? state->constant : Attribute();
  std::optional<APInt> number = state->range->getConstantValue();
  return number ? IntegerAttr::get(value.getType(), *number) : Attribute();
}

RangeAnalysis::State RangeAnalysis::getAnything(Value value) {
  if (isa<IntegerType>(value.getType()))
    return {IntegerValueRange::getMaxRange(value).getValue(), {}};
  return {};
}

/// Adds what `value` can be as well.
void RangeAnalysis::join(Value value, const State &state) {
  auto [place, isNew] = numbers.try_emplace(value, states.size());
  if (isNew) {
    states.push_back(state);
    return;
  }
  State &known = states[place->second];
  if (known.range) {
    ConstantIntRanges both = known.range->rangeUnion(*state.range);
    if (both == *known.range)
      return;
    // What grows on its way around a loop could do so for very long.
    bool isPassedOn = llvm::any_of(value.getUsers(), [](Operation *user) {
      return user->hasTrait<OpTrait::IsTerminator>();
    });
    known.range =
        isa<OpResult>(value) && isPassedOn ? getAnything(value).range : both;
  } else if (!known.constant || known.constant == state.constant) {
    return;
  } else {
    known.constant = Attribute();
  }
  // What is behind an operation in its block is looked at next anyway.
  for (Operation *user : value.getUsers())
    if (isa<BlockArgument>(value) || user->getBlock() != value.getParentBlock())
      enqueue(user->getBlock());
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

SmallVector<Attribute>
RangeAnalysis::getConstants(OperandRange operands) const {
  return llvm::map_to_vector(
      operands, [&](Value operand) { return getConstant(operand); });
}

/// Whether only the analysis knows that `value` is a constant.
bool RangeAnalysis::isDerivedConstant(Value value) const {
  const State *state = lookup(value);
  if (!state || matchPattern(value, m_Constant()))
    return false;
  return state->range ? state->range->getConstantValue().has_value()
                      : state->constant != nullptr;
}

/// Folds `op` for constants that have come along control flow. Returns whether
/// that tells all of its results.
bool RangeAnalysis::fold(Operation *op) {
  if (llvm::none_of(op->getOperands(),
                    [&](Value operand) { return isDerivedConstant(operand); }))
    return false;
  // Folding may change the operation itself, which is not asked for here.
  SmallVector<Value, 4> operands(op->getOperands());
  DictionaryAttr attributes = op->getAttrDictionary();
  SmallVector<OpFoldResult, 2> folded;
  if (failed(op->fold(getConstants(op->getOperands()), folded)))
    return false;
  if (folded.empty()) {
    op->setOperands(operands);
    op->setAttrs(attributes);
    return false;
  }
  for (auto [result, value] : llvm::zip_equal(op->getResults(), folded)) {
    State state = getAnything(result);
    auto same = dyn_cast<Value>(value);
    if (const State *known = same ? lookup(same) : nullptr)
      state = *known;
    else if (auto number =
                 dyn_cast_if_present<IntegerAttr>(dyn_cast<Attribute>(value));
             number && state.range)
      state.range = ConstantIntRanges::constant(number.getValue());
    else if (!same && !state.range)
      state.constant = cast<Attribute>(value);
    join(result, state);
  }
  return true;
}

/// Asks `op` for the ranges of its results; false if it does not tell all.
bool RangeAnalysis::inferRanges(Operation *op) {
  auto inferrable = dyn_cast<InferIntRangeInterface>(op);
  if (!inferrable)
    return false;
  SmallVector<IntegerValueRange, 4> operands;
  for (Value operand : op->getOperands()) {
    const ConstantIntRanges *range = getRange(operand);
    operands.push_back(range ? IntegerValueRange(*range)
                             : IntegerValueRange::getMaxRange(operand));
  }
  unsigned numKnown = 0;
  inferrable.inferResultRangesFromOptional(
      operands, [&](Value result, const IntegerValueRange &range) {
        if (range.isUninitialized())
          return;
        join(result, {range.getValue(), {}});
        ++numKnown;
      });
  return numKnown == op->getNumResults();
}

void RangeAnalysis::visit(Operation *op) {
  if (op->getNumResults() == 0)
    return;
  bool isOpen = op->getNumRegions() != 0 || (isUnbounded && isUnbounded(op));
  if (!isOpen && (fold(op) || inferRanges(op)))
    return;
  Attribute constant;
  bool isConstant = matchPattern(op, m_Constant(&constant));
  for (Value result : op->getResults()) {
    State state = getAnything(result);
    if (isConstant && !state.range)
      state.constant = constant;
    join(result, state);
  }
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

/// Looks at `block` again if it was looked at.
void RangeAnalysis::enqueue(Block *block) {
  auto place = positions.find(block);
  if (place == positions.end() || !executed.test(place->second))
    return;
  pending.set(place->second);
  next = std::min(next, place->second);
}

void RangeAnalysis::visitEdge(Operation *op, unsigned index) {
  Block *target = op->getSuccessor(index);
  auto branch = dyn_cast<BranchOpInterface>(op);
  for (BlockArgument argument : target->getArguments()) {
    Value operand =
        branch ? branch.getSuccessorOperands(index)[argument.getArgNumber()]
               : Value();
    const State *state = operand ? lookup(operand) : nullptr;
    join(argument, state ? *state : getAnything(argument));
  }
  unsigned position = positions.lookup(target);
  if (!executed.test(position)) {
    executed.set(position);
    enqueue(target);
  }
}

void RangeAnalysis::visitTerminator(Operation *op) {
  Block *only = nullptr;
  if (auto branch = dyn_cast<BranchOpInterface>(op);
      branch && op->getNumSuccessors() > 1)
    only = branch.getSuccessorForOperands(getConstants(op->getOperands()));
  for (unsigned index = 0; index < op->getNumSuccessors(); ++index)
    if (!only || op->getSuccessor(index) == only)
      visitEdge(op, index);
}

void RangeAnalysis::visit(Block &block) {
  for (Operation &op : block)
    visit(&op);
  visitTerminator(&block.back());
}

void RangeAnalysis::run() {
  for (Block *block : llvm::ReversePostOrderTraversal<Region *>(&region)) {
    positions[block] = order.size();
    order.push_back(block);
  }
  executed.resize(order.size());
  pending.resize(order.size());
  for (Value argument : region.getArguments())
    join(argument, getAnything(argument));
  executed.set(0);
  enqueue(order.front());
  while (true) {
    int position = pending.find_first_in(next, pending.size());
    if (position < 0)
      return;
    pending.reset(position);
    next = position + 1;
    visit(*order[position]);
  }
}
