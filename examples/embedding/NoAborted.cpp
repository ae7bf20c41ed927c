//===- NoAborted.cpp - dropping instead of aborting -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Replaces a verdict of XDP programs by another.
//
//===----------------------------------------------------------------------===//

#include "Passes.h"

#include "mlir/IR/Builders.h"
#include <linux/bpf.h>

namespace policy {
#define GEN_PASS_DEF_NOABORTEDPASS
#include "Passes.h.inc"
} // namespace policy

using namespace mlir;

namespace {
struct NoAborted : policy::impl::NoAbortedPassBase<NoAborted> {
  void runOnOperation() override;
};
} // namespace

/// Drops where the verdict `value` is to abort. The kernel looks at its low 32
/// bits. Whistler's own passes find out where it is known.
static Value dropAborted(Value value, OpBuilder &builder) {
  Location loc = value.getLoc();
  auto makeConstant = [&](TypedAttr attr) {
    return arith::ConstantOp::create(builder, loc, attr);
  };
  Value verdict =
      arith::TruncIOp::create(builder, loc, builder.getI32Type(), value);
  Value isAborted = arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::eq, verdict,
      makeConstant(builder.getI32IntegerAttr(XDP_ABORTED)));
  return arith::SelectOp::create(
      builder, loc, isAborted,
      makeConstant(builder.getI64IntegerAttr(XDP_DROP)), value);
}

void NoAborted::runOnOperation() {
  if (getOperation().getProgramType() != "xdp")
    return;
  getOperation().walk([](whistler::ReturnOp op) {
    OpBuilder builder(op);
    op.getValueMutable().assign(dropAborted(op.getValue(), builder));
  });
}
