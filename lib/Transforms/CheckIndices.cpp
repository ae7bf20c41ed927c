//===- CheckIndices.cpp - indices inside of their arrays --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reports indices that may be outside of the array.
//
//===----------------------------------------------------------------------===//

#include "UpperBounds.h"
#include "Whistler/Transforms/Passes.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_CHECKINDICESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct CheckIndices : mlir::whistler::impl::CheckIndicesPassBase<CheckIndices> {
  void runOnOperation() override;
};
} // namespace

void CheckIndices::runOnOperation() {
  UpperBounds bounds(getOperation(), UpperBounds::Knowledge::Everything);
  getOperation().walk([&](IndexOp op) {
    uint64_t count = op.getCount();
    if (op.getIsChecked())
      return;
    if (bounds.isBelow(op.getValue(), op->getBlock(), count)) {
      op.setIsChecked(true);
      return;
    }
    signalPassFailure();
    op.emitError("the index may be outside of the array, which has ")
        << count << (count == 1 ? " element" : " elements")
        << "; bound it, with `(when (< index " << count
        << ") ...)`, `(min index " << count - 1 << ")` or `(mod index " << count
        << ")`";
  });
}
