//===- RedundantLoads.cpp - loads of what is known --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Uses what was loaded or stored before in place of loads.
//
//===----------------------------------------------------------------------===//

#include "AvailableLoads.h"

#include "llvm/ADT/PostOrderIterator.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_REDUNDANTLOADSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct RedundantLoads
    : mlir::whistler::impl::RedundantLoadsPassBase<RedundantLoads> {
  void runOnOperation() override;
};
} // namespace

/// Replaces loads whose value is available. What follows them is numbered by
/// the value then, so that loads through loaded pointers are found too.
static bool replaceLoads(Operation *body, MemoryClobbers &clobbers) {
  AvailableLoads available(body, clobbers);
  llvm::ReversePostOrderTraversal<Region *> blocks(&body->getRegion(0));
  bool hasChanged = false;
  for (Block *block : blocks)
    for (Operation &op : llvm::make_early_inc_range(*block)) {
      if (!isa<LoadOp, CtxLoadOp>(op))
        continue;
      Value value = available.find(&op, &op);
      if (!value)
        continue;
      available.remove(&op);
      op.getResult(0).replaceAllUsesWith(value);
      op.erase();
      hasChanged = true;
    }
  return hasChanged;
}

void RedundantLoads::runOnOperation() {
  // Loads through pointers that are found to be one are alike only then.
  constexpr unsigned maxRounds = 3;
  MemoryClobbers clobbers(getOperation());
  forEachBody(getOperation(), [&](Operation *body) {
    for (unsigned round = 0; round != maxRounds; ++round)
      if (!replaceLoads(body, clobbers))
        break;
  });
}
