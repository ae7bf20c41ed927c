//===- TwoAddress.cpp - operands that instructions overwrite ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Copies the operand that an instruction overwrites where its value is used
// later on.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"
#include "Constants.h"
#include "LiveIntervals.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFTWOADDRESS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

/// Makes each virtual copy of a virtual register the register itself. Those
/// that are needed are put back where they are.
static void propagateCopies(FuncOp func) {
  func.walk([](MovOp mov) {
    if (mov.getWidth() != Width::W64 || !isVirtualRegister(mov.getSrc()) ||
        !isVirtualRegister(mov.getDst()))
      return;
    mov.replaceAllUsesWith(mov.getSrc());
    mov.erase();
  });
}

/// Whether `op` may overwrite `operand`.
static bool mayOverwrite(InstructionOpInterface op, Value operand,
                         const LiveIntervals &intervals) {
  return operand.getType() == op->getResult(0).getType() &&
         !intervals.isLiveAfter(operand, op);
}

/// Exchanges the operands of a commutative instruction if that leaves nothing
/// to copy.
static bool swapOperands(InstructionOpInterface op,
                         const LiveIntervals &intervals) {
  auto alu = dyn_cast<AluRegOp>(*op);
  if (!alu || !isCommutative(alu.getOp()) ||
      !mayOverwrite(op, alu.getRhs(), intervals))
    return false;
  Value lhs = alu.getLhs();
  alu.getLhsMutable().set(alu.getRhs());
  alu.getRhsMutable().set(lhs);
  return true;
}

/// Puts a copy of `operand` before its instruction.
static void copyOperand(OpOperand &operand) {
  Operation *op = operand.getOwner();
  OpBuilder builder(op);
  // The copy takes the type of the result, as the two share a register.
  Type type = op->getResult(0).getType();
  if (Operation *constant = getVirtualConstant(operand.get())) {
    operand.set(repeatConstant(builder, constant, type));
    if (constant->use_empty())
      constant->erase();
    return;
  }
  operand.set(
      MovOp::create(builder, op->getLoc(), type, Width::W64, operand.get()));
}

namespace {
struct TwoAddressPass : public bpf::impl::BPFTwoAddressBase<TwoAddressPass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    eraseUnreachableBlocks(func);
    // Both may make two values one, so they come before the copies.
    simplifyArguments(func);
    propagateCopies(func);
    SmallVector<InstructionOpInterface> tied;
    func.walk([&](InstructionOpInterface op) {
      if (op.getTiedOperand())
        tied.push_back(op);
    });
    if (tied.empty())
      return;
    // Neither copies nor swaps make a value live where it was not.
    LiveIntervals intervals(func);
    for (InstructionOpInterface op : tied) {
      OpOperand &operand = *op.getTiedOperand();
      if (!mayOverwrite(op, operand.get(), intervals) &&
          !swapOperands(op, intervals))
        copyOperand(operand);
    }
  }
};
} // namespace
