//===- Verify.cpp - what a stage of code generation promises ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Checks functions between passes.
//
//===----------------------------------------------------------------------===//

#include "FixedRegisters.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFVERIFY
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

/// Calls `check` for each value of `func`, with the operation to blame.
static LogicalResult
checkValues(FuncOp func,
            llvm::function_ref<LogicalResult(Value, Operation *)> check) {
  for (Block &block : func.getBody()) {
    for (BlockArgument argument : block.getArguments())
      if (failed(check(argument, func)))
        return failure();
    for (Operation &op : block)
      for (Value result : op.getResults())
        if (failed(check(result, &op)))
          return failure();
  }
  return success();
}

static LogicalResult verifyVirtual(FuncOp func) {
  return checkValues(func, [](Value value, Operation *op) -> LogicalResult {
    if (getMachineRegister(value) != Register::R10 || isa<FramePointerOp>(op))
      return success();
    return op->emitOpError() << "writes r10, which is read-only";
  });
}

/// Whether the operand that `op` overwrites is where its result is.
static LogicalResult verifyTied(InstructionOpInterface op) {
  OpOperand *tied = op.getTiedOperand();
  if (!tied || tied->get().getType() == op->getResult(0).getType())
    return success();
  return op.emitOpError() << "overwrites " << tied->get().getType()
                          << ", but its result is in "
                          << op->getResult(0).getType();
}

static LogicalResult verifyAllocated(FuncOp func) {
  auto isMachineRegister = [](Value value, Operation *op) -> LogicalResult {
    if (!isVirtualRegister(value))
      return success();
    return op->emitOpError() << "has a value that is in no machine register";
  };
  if (failed(verifyVirtual(func)) ||
      failed(checkValues(func, isMachineRegister)))
    return failure();
  WalkResult tied = func.walk([](InstructionOpInterface op) {
    return failed(verifyTied(op)) ? WalkResult::interrupt()
                                  : WalkResult::advance();
  });
  if (tied.wasInterrupted())
    return failure();
  for (Value value : findOverwritten(func))
    return emitError(value.getLoc())
           << stringifyRegister(*getMachineRegister(value))
           << " is overwritten before the value in it is used";
  return success();
}

/// Whether every argument that `branch` passes is in its place.
static LogicalResult verifyEdges(BranchOpInterface branch) {
  for (unsigned index : llvm::seq(branch->getNumSuccessors()))
    for (auto [argument, operand] : llvm::zip_equal(
             branch->getSuccessor(index)->getArguments(),
             branch.getSuccessorOperands(index).getForwardedOperands()))
      if (argument.getType() != operand.getType())
        return branch.emitOpError()
               << "passes " << operand.getType() << " for an argument in "
               << argument.getType();
  return success();
}

static LogicalResult verifyFinal(FuncOp func) {
  if (failed(verifyAllocated(func)))
    return failure();
  if (!func.getFrameSize())
    return func.emitOpError() << "has no frame size; run bpf-layout-frame";
  if (*func.getFrameSize() < 0 || *func.getFrameSize() > maxFrameSize)
    return func.emitOpError() << "has a frame of " << *func.getFrameSize()
                              << " bytes; the kernel gives it " << maxFrameSize;
  WalkResult result = func.walk([](Operation *op) {
    if (isa<SlotOp, SlotAddrOp>(op)) {
      op->emitOpError() << "is left; run bpf-layout-frame";
      return WalkResult::interrupt();
    }
    auto branch = dyn_cast<BranchOpInterface>(op);
    return branch && failed(verifyEdges(branch)) ? WalkResult::interrupt()
                                                 : WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

static LogicalResult verify(FuncOp func, Stage stage) {
  switch (stage) {
  case Stage::Virtual:
    return verifyVirtual(func);
  case Stage::Allocated:
    return verifyAllocated(func);
  case Stage::Final:
    return verifyFinal(func);
  }
  llvm_unreachable("unknown stage");
}

namespace {
struct VerifyPass : public bpf::impl::BPFVerifyBase<VerifyPass> {
  using Base::Base;

  void runOnOperation() override {
    if (failed(verify(getOperation(), stage)))
      signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace
