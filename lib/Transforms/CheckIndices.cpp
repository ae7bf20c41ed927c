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

#include "llvm/Support/MathExtras.h"

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
  UpperBounds bounds(getOperation());
  getOperation().walk([&](IndexOp op) {
    uint64_t count = op.getCount();
    if (bounds.get(op.getValue(), op->getBlock()) < count)
      return;
    signalPassFailure();
    InFlightDiagnostic error =
        op.emitError("the index may be outside of the array, which has ");
    error << count << " elements; bound it, with `(when (< index " << count
          << ") ...)` or `(min index " << count - 1 << ")`";
    // The verifier knows nothing of other remainders.
    if (llvm::isPowerOf2_64(count))
      error << " or `(mod index " << count << ")`";
  });
}
