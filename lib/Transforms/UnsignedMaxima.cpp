//===- UnsignedMaxima.cpp - the largest values of integers ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Asks the range analysis, and follows sums.
//
//===----------------------------------------------------------------------===//

#include "UnsignedMaxima.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::whistler;

static uint64_t getLargest(Value value) {
  return llvm::maskTrailingOnes<uint64_t>(
      value.getType().getIntOrFloatBitWidth());
}

/// What is known without looking at how `value` is computed; none if that is no
/// more than its width.
std::optional<uint64_t> UnsignedMaxima::getAnalyzed(Value value) const {
  if (auto place = known.find(value); place != known.end())
    return place->second;
  const ConstantIntRanges *range = ranges.getRange(value);
  if (!range)
    return std::nullopt;
  uint64_t maximum = range->umax().getZExtValue();
  return maximum < getLargest(value) ? std::optional(maximum) : std::nullopt;
}

uint64_t UnsignedMaxima::get(Value value) const {
  Derived derived;
  return derive(value, derived);
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// Whether `next` is one more than `counter` if that is below `limit`.
static bool isNext(Value next, Value counter, uint64_t limit) {
  // These do not change what is not above the limit.
  auto strip = [&](Value value) {
    while (true) {
      if (auto ext = value.getDefiningOp<arith::ExtUIOp>())
        value = ext.getIn();
      else if (auto trunc = value.getDefiningOp<arith::TruncIOp>();
               trunc && getLargest(trunc) > limit)
        value = trunc.getIn();
      else
        return value;
    }
  };
  auto add = strip(next).getDefiningOp<arith::AddIOp>();
  return add && matchPattern(add.getRhs(), m_One()) &&
         getLargest(add) > limit && strip(add.getLhs()) == counter;
}

/// How often in a row, at most, control takes the edge number `index` from
/// `branch` to a block where a counter is below a constant then. Nothing is
/// said about the counter where control comes from elsewhere: from the first
/// time on it only grows, by one each time.
static std::optional<uint64_t> getMaxRepetitions(cf::CondBranchOp branch,
                                                 unsigned index) {
  auto compare = branch.getCondition().getDefiningOp<arith::CmpIOp>();
  APInt limit;
  if (index != 0 || !compare ||
      compare.getPredicate() != arith::CmpIPredicate::ult ||
      !matchPattern(compare.getRhs(), m_ConstantInt(&limit)))
    return std::nullopt;
  Block *block = branch.getTrueDest();
  for (auto [argument, operand] :
       llvm::zip_equal(block->getArguments(), branch.getTrueDestOperands()))
    if (operand == compare.getLhs() &&
        isNext(operand, argument, limit.getZExtValue()))
      return limit.getZExtValue();
  return std::nullopt;
}

/// An argument is the largest of what it is given, and of what is added to that
/// in the rounds of a loop.
uint64_t UnsignedMaxima::deriveArgument(BlockArgument argument,
                                        Derived &derived) const {
  uint64_t entry = 0;
  std::optional<uint64_t> added;
  Block *block = argument.getOwner();
  if (block->isEntryBlock())
    return getLargest(argument);
  for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
    auto branch = dyn_cast<BranchOpInterface>((*it)->getTerminator());
    Value operand = branch
                        ? branch.getSuccessorOperands(
                              it.getSuccessorIndex())[argument.getArgNumber()]
                        : Value();
    if (!operand)
      return getLargest(argument);
    auto add = operand.getDefiningOp<arith::AddIOp>();
    auto conditional = dyn_cast<cf::CondBranchOp>(branch.getOperation());
    std::optional<uint64_t> repetitions;
    // Another way back may let the counter begin again.
    if (add && conditional && !added &&
        llvm::is_contained(add->getOperands(), argument))
      repetitions = getMaxRepetitions(conditional, it.getSuccessorIndex());
    if (!repetitions) {
      entry = std::max(entry, derive(operand, derived));
      continue;
    }
    Value other = add.getLhs() == argument ? add.getRhs() : add.getLhs();
    added = llvm::SaturatingMultiply(*repetitions, derive(other, derived));
  }
  return std::min(llvm::SaturatingAdd(entry, added.value_or(0)),
                  getLargest(argument));
}

uint64_t UnsignedMaxima::derive(Value value, Derived &derived) const {
  constexpr unsigned maxDerived = 256;
  if (std::optional<uint64_t> maximum = getAnalyzed(value))
    return *maximum;
  // Nothing is known of what depends on itself.
  auto [place, isNew] = derived.try_emplace(value, getLargest(value));
  if (!isNew || derived.size() > maxDerived)
    return place->second;
  uint64_t maximum = getLargest(value);
  if (auto argument = dyn_cast<BlockArgument>(value))
    maximum = deriveArgument(argument, derived);
  else if (auto add = value.getDefiningOp<arith::AddIOp>())
    maximum =
        std::min(maximum, llvm::SaturatingAdd(derive(add.getLhs(), derived),
                                              derive(add.getRhs(), derived)));
  else if (auto ext = value.getDefiningOp<arith::ExtUIOp>())
    maximum = derive(ext.getIn(), derived);
  return derived[value] = maximum;
}
