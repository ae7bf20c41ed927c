//===- GuardIndices.cpp - indices that the verifier can follow --*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Compares indices once more whose bounds the verifier does not see.
//
//===----------------------------------------------------------------------===//

#include "UpperBounds.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_GUARDINDICESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct GuardIndices : mlir::whistler::impl::GuardIndicesPassBase<GuardIndices> {
  void runOnOperation() override;
};
} // namespace

void GuardIndices::runOnOperation() {
  SmallVector<IndexOp> unseen;
  UpperBounds bounds(getOperation(), UpperBounds::Knowledge::Verifier);
  getOperation().walk([&](IndexOp op) {
    if (bounds.get(op.getValue(), op->getBlock()) >= uint64_t(op.getCount()))
      unseen.push_back(op);
  });
  for (IndexOp op : unseen) {
    OpBuilder builder(op);
    Value last = arith::ConstantOp::create(
        builder, op.getLoc(), builder.getI64IntegerAttr(op.getCount() - 1));
    op.getValueMutable().assign(
        arith::MinUIOp::create(builder, op.getLoc(), op.getValue(), last));
  }
}
