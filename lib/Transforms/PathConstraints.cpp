//===- PathConstraints.cpp - what a way through a program asks --*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds inputs by trying the numbers that the conditions themselves name.
//
//===----------------------------------------------------------------------===//

#include "PathConstraints.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::whistler;
using Kind = Expression::Kind;

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

const Expression *ExpressionPool::makeConstant(APInt value) {
  return make({Kind::Constant, std::move(value)});
}

const Expression *ExpressionPool::makeInput(unsigned input) {
  return make({Kind::Input, APInt(), input});
}

const Expression *ExpressionPool::makeComparison(arith::CmpIPredicate predicate,
                                                 const Expression *lhs,
                                                 APInt constant) {
  return make(
      {Kind::Comparison, std::move(constant), 0, nullptr, predicate, {lhs}});
}

/// Calls `visit` on `expression` and what it is computed from, once on each.
static void walk(const Expression *expression,
                 function_ref<void(const Expression &)> visit) {
  SetVector<const Expression *> parts;
  parts.insert(expression);
  for (size_t i = 0; i != parts.size(); ++i) {
    visit(*parts[i]);
    parts.insert_range(parts[i]->operands);
  }
}

/// How many operations are folded for one condition. One on a field of a packet
/// takes some fifty; one on a sum over a packet would take all the sums for
/// each number that is tried.
static constexpr unsigned maxEffort = 2000;

/// What an operation comes to, for those that sums and tests of fields are made
/// of: attributes would take ten times as long.
static std::optional<APInt> foldArithmetic(Operation *op,
                                           ArrayRef<APInt> operands) {
  using Result = std::optional<APInt>;
  unsigned width = op->getResult(0).getType().getIntOrFloatBitWidth();
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](arith::AddIOp) { return operands[0] + operands[1]; })
      .Case([&](arith::SubIOp) { return operands[0] - operands[1]; })
      .Case([&](arith::MulIOp) { return operands[0] * operands[1]; })
      .Case([&](arith::AndIOp) { return operands[0] & operands[1]; })
      .Case([&](arith::OrIOp) { return operands[0] | operands[1]; })
      .Case([&](arith::XOrIOp) { return operands[0] ^ operands[1]; })
      .Case([&](arith::ExtUIOp) { return operands[0].zext(width); })
      .Case([&](arith::ExtSIOp) { return operands[0].sext(width); })
      .Case([&](arith::TruncIOp) { return operands[0].trunc(width); })
      .Case([&](arith::CmpIOp cmp) {
        return APInt(1, arith::applyCmpPredicate(cmp.getPredicate(),
                                                 operands[0], operands[1]));
      })
      .Default(Result());
}

/// The same for all other operations.
static std::optional<APInt> foldAny(Operation *op, ArrayRef<APInt> numbers) {
  SmallVector<Attribute> operands;
  for (auto [number, value] : llvm::zip_equal(numbers, op->getOperands()))
    operands.push_back(IntegerAttr::get(value.getType(), number));
  SmallVector<OpFoldResult> results;
  if (failed(op->fold(operands, results)) || results.size() != 1)
    return std::nullopt;
  if (auto value = dyn_cast<Value>(results.front())) {
    auto it = llvm::find(op->getOperands(), value);
    if (it == op->getOperands().end())
      return std::nullopt;
    return cast<IntegerAttr>(operands[it.getIndex()]).getValue();
  }
  auto number = dyn_cast<IntegerAttr>(cast<Attribute>(results.front()));
  return number ? std::optional(number.getValue()) : std::nullopt;
}

std::optional<APInt> PathConstraints::evaluate(const Expression *expression) {
  effort = maxEffort;
  return compute(expression);
}

std::optional<APInt> PathConstraints::compute(const Expression *expression) {
  switch (expression->kind) {
  case Kind::Constant:
    return expression->constant;
  case Kind::Input:
    return values[expression->input];
  case Kind::Comparison: {
    std::optional<APInt> lhs = compute(expression->operands.front());
    if (!lhs)
      return std::nullopt;
    return APInt(1, arith::applyCmpPredicate(expression->predicate, *lhs,
                                             expression->constant));
  }
  case Kind::Computed:
    break;
  }
  if (effort == 0)
    return std::nullopt;
  --effort;
  SmallVector<APInt, 2> operands;
  for (const Expression *operand : expression->operands) {
    std::optional<APInt> number = compute(operand);
    if (!number)
      return std::nullopt;
    operands.push_back(std::move(*number));
  }
  if (std::optional<APInt> number = foldArithmetic(expression->op, operands))
    return number;
  return foldAny(expression->op, operands);
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

/// How many inputs of one condition may be looked for together.
static constexpr unsigned maxTogether = 2;

unsigned PathConstraints::addInput(unsigned width, uint64_t max) {
  values.push_back(APInt::getZero(width));
  limits.push_back(max);
  return values.size() - 1;
}

bool PathConstraints::isMet(const Constraint &constraint) {
  std::optional<APInt> value = compute(constraint.condition);
  return value && value->isZero() != constraint.holds;
}

bool PathConstraints::areMetFor(unsigned input) {
  return llvm::all_of(constraints, [&](const Constraint &constraint) {
    return !llvm::is_contained(constraint.inputs, input) || isMet(constraint);
  });
}

/// Numbers that make a difference to the conditions on an input: their
/// constants, the neighbours of these, the same in the other byte order, and
/// single bits.
SmallVector<APInt> PathConstraints::getCandidates(unsigned input) const {
  unsigned width = values[input].getBitWidth();
  SmallVector<APInt> candidates;
  auto add = [&](uint64_t number) {
    APInt candidate(64, number);
    candidate = candidate.trunc(width);
    if (candidate.getZExtValue() <= limits[input] &&
        !llvm::is_contained(candidates, candidate))
      candidates.push_back(candidate);
  };
  auto addAround = [&](uint64_t number) {
    add(number);
    add(number + 1);
    add(number - 1);
  };
  addAround(0);
  for (const Constraint &constraint : constraints) {
    if (!llvm::is_contained(constraint.inputs, input))
      continue;
    walk(constraint.condition, [&](const Expression &part) {
      bool hasConstant =
          part.kind == Kind::Constant || part.kind == Kind::Comparison;
      if (!hasConstant || part.constant.getBitWidth() > 64)
        return;
      uint64_t number = part.constant.getZExtValue();
      addAround(number);
      add(llvm::byteswap(uint16_t(number)));
      add(llvm::byteswap(uint32_t(number)));
      add(llvm::byteswap(number));
    });
  }
  for (unsigned bit = 1; bit < width; ++bit)
    add(uint64_t(1) << bit);
  return candidates;
}

bool PathConstraints::solve(ArrayRef<unsigned> free) {
  if (free.empty())
    return false;
  unsigned input = free.front();
  APInt before = values[input];
  for (const APInt &candidate : getCandidates(input)) {
    values[input] = candidate;
    if (areMetFor(input) || solve(free.drop_front()))
      return true;
  }
  values[input] = before;
  return false;
}

bool PathConstraints::add(const Expression *condition, bool holds) {
  Constraint constraint{condition, holds, {}};
  walk(condition, [&](const Expression &part) {
    if (part.kind == Kind::Input &&
        !llvm::is_contained(constraint.inputs, part.input))
      constraint.inputs.push_back(part.input);
  });
  constraints.push_back(constraint);
  unsigned allowed = std::min(maxEffort, *remaining);
  effort = allowed;
  llvm::scope_exit account([&] { *remaining -= allowed - effort; });
  if (isMet(constraint))
    return true;
  // What is changed for one condition may not break another one.
  SmallVector<APInt> before = values;
  ArrayRef<unsigned> inputs = constraint.inputs;
  for (unsigned i = 0; i != inputs.size(); ++i) {
    if (solve(inputs.slice(i, 1)) &&
        llvm::all_of(constraints,
                     [&](const Constraint &other) { return isMet(other); }))
      return true;
    values = before;
  }
  if (inputs.size() == maxTogether && solve(inputs) &&
      llvm::all_of(constraints,
                   [&](const Constraint &other) { return isMet(other); }))
    return true;
  values = before;
  constraints.pop_back();
  return false;
}
