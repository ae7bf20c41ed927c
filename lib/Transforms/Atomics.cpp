//===- Atomics.cpp - cheaper atomic operations ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes operations plain or resultless where that makes no difference.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/PassRemarks.h"
#include "Whistler/Transforms/Passes.h"

#include "Whistler/UAPI/MapTypes.h"

#include "mlir/IR/PatternMatch.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_ATOMICSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;
namespace uapi = ::whistler::uapi;

static constexpr ::whistler::PassRemarks remarks("whistler-atomics");
using ::whistler::RemarkValue;

namespace {
struct Atomics : mlir::whistler::impl::AtomicsPassBase<Atomics> {
  void runOnOperation() override;
};
} // namespace

/// Drops the result of an update that has another form without one.
static void dropResult(AtomicRMWOp op) {
  if (!op.getOld() || !op.getOld().use_empty() ||
      op.getKind() == AtomicKind::Xchg)
    return;
  OpBuilder builder(op);
  AtomicRMWOp::create(builder, op.getLoc(), Type(), op.getKind(), op.getBase(),
                      op.getOffset(), op.getValue());
  op.erase();
}

void Atomics::runOnOperation() {
  SymbolTable symbols(getOperation());
  getOperation()->walk([&](Operation *op) {
    if (auto add = dyn_cast<MapAddOp>(op)) {
      auto map = symbols.lookup<MapOp>(add.getMap());
      if (!uapi::lookupMapType(map.getMapType())->isPerCpu)
        return;
      remarks.passed(add, "AdditionPlain")
          << "the addition is not atomic: each CPU has its own value in `"
          << map.getSymName() << "`";
      add.setIsPlain(true);
    } else if (auto update = dyn_cast<AtomicRMWOp>(op)) {
      dropResult(update);
    }
  });
}
