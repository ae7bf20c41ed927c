//===- StripTrace.cpp - programs without messages ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Drops calls of trace_printk. docs/WritingAPass.md explains this file.
//
//===----------------------------------------------------------------------===//

#include "TestPasses.h"

#include "Whistler/Dialect/PassRemarks.h"
#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace mlir::whistler::test {
#define GEN_PASS_DEF_STRIPTRACEPASS
#include "TestPasses.h.inc"
} // namespace mlir::whistler::test

using namespace mlir;
using namespace mlir::whistler;

static constexpr ::whistler::PassRemarks remarks("test-strip-trace");

namespace {
struct StripTrace : mlir::whistler::test::impl::StripTracePassBase<StripTrace> {
  using StripTracePassBase::StripTracePassBase;
  void runOnOperation() override;
};
} // namespace

/// Drops a call whose result is not used, or may be 0.
static void strip(HelperCallOp call) {
  remarks.passed(call, "MessageDropped") << "this message is not written";
  Value result = call.getResult();
  if (!result.use_empty()) {
    OpBuilder builder(call);
    result.replaceAllUsesWith(arith::ConstantOp::create(
        builder, call.getLoc(), builder.getZeroAttr(result.getType())));
  }
  call.erase();
}

void StripTrace::runOnOperation() {
  getOperation()->walk([&](HelperCallOp call) {
    if (call.getHelper() != "trace_printk")
      return;
    if (call->use_empty() || replaceUsed)
      strip(call);
    else
      remarks.missed(call, "MessageKept")
          << "this message is written: its result is used";
  });
}
