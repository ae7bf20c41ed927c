//===- IntegerRanges.cpp - what ranges of values decide ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Puts constants in the place of values that can be nothing else.
//
//===----------------------------------------------------------------------===//

#include "RangeAnalysis.h"
#include "UpperBounds.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_INTEGERRANGESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct IntegerRanges
    : mlir::whistler::impl::IntegerRangesPassBase<IntegerRanges> {
  void runOnOperation() override;
};
} // namespace

/// Replaces `value` if it is used and can only be one number, or null.
static void replaceConstant(Value value, OpBuilder builder,
                            const RangeAnalysis &ranges) {
  if (value.use_empty())
    return;
  Attribute constant = ranges.getConstant(value);
  Location loc = value.getLoc();
  if (auto number = dyn_cast_if_present<IntegerAttr>(constant))
    value.replaceAllUsesWith(arith::ConstantOp::create(builder, loc, number));
  else if (isa_and_present<UnitAttr>(constant))
    value.replaceAllUsesWith(NullOp::create(builder, loc, value.getType()));
}

/// Whether taking the remainder leaves the dividend as it is.
static bool isTrivial(arith::RemUIOp remainder, const RangeAnalysis &ranges) {
  const ConstantIntRanges *dividend = ranges.getRange(remainder.getLhs());
  const ConstantIntRanges *divisor = ranges.getRange(remainder.getRhs());
  return dividend && divisor && dividend->umax().ult(divisor->umin());
}

static void replaceConstants(Operation *body) {
  // A comparison that only a tighter range decides than the verifier knows may
  // be the one that shows it a bound.
  RangeAnalysis ranges(body, isUnboundedForVerifier);
  for (Block &block : body->getRegion(0)) {
    for (Value argument : block.getArguments())
      replaceConstant(argument, OpBuilder::atBlockBegin(&block), ranges);
    for (Operation &op : llvm::make_early_inc_range(block)) {
      if (op.hasTrait<OpTrait::ConstantLike>())
        continue;
      for (Value result : op.getResults())
        replaceConstant(result, OpBuilder(&op), ranges);
      if (auto remainder = dyn_cast<arith::RemUIOp>(op);
          remainder && isTrivial(remainder, ranges))
        remainder.replaceAllUsesWith(remainder.getLhs());
    }
  }
  eraseDeadOperations(body);
}

void IntegerRanges::runOnOperation() {
  forEachBody(getOperation(), replaceConstants);
}
