//===- BoundIndices.cpp - indices that the verifier follows -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Compares indices with their bounds where the verifier would not find these.
//
//===----------------------------------------------------------------------===//

#include "UpperBounds.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_BOUNDINDICESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct BoundIndices : mlir::whistler::impl::BoundIndicesPassBase<BoundIndices> {
  void runOnOperation() override;
};
} // namespace

void BoundIndices::runOnOperation() {
  SmallVector<IndexOp> unbounded;
  {
    UpperBounds bounds(getOperation(), UpperBounds::Knowledge::Verifier);
    getOperation().walk([&](IndexOp op) {
      if (!bounds.isBelow(op.getValue(), op->getBlock(), op.getCount()))
        unbounded.push_back(op);
    });
  }
  for (IndexOp op : unbounded) {
    OpBuilder builder(op);
    Value last = arith::ConstantOp::create(
        builder, op.getLoc(), builder.getI64IntegerAttr(op.getCount() - 1));
    op.getValueMutable().assign(
        arith::MinUIOp::create(builder, op.getLoc(), op.getValue(), last));
  }
}
