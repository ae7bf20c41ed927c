//===- ReuseTested.cpp - values that are known constants --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Passes a value that a jump has found equal to a constant instead of that
// constant.
//
//===----------------------------------------------------------------------===//

#include "Constants.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFREUSETESTED
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

/// Whether the upper half of `value` is zero.
static bool isLowHalf(Value value) {
  Operation *op = value.getDefiningOp();
  if (auto load = dyn_cast_if_present<LoadOp>(op))
    return load.getKind() == LoadKind::U8 || load.getKind() == LoadKind::U16 ||
           load.getKind() == LoadKind::U32;
  if (auto alu = dyn_cast_if_present<AluImmOp>(op))
    return alu.getWidth() == Width::W32 ||
           (alu.getOp() == AluOp::And && alu.getImm() >= 0 && !alu.getCore());
  return false;
}

/// What 64 bits are where an immediate of that width stands; the lower half has
/// no sign.
static int64_t extend(int32_t imm, Width width) {
  return width == Width::W64 ? int64_t(imm) : int64_t(uint32_t(imm));
}

/// Whether a block is given something else than constants for an argument by
/// another edge.
static bool isVariable(BlockArgument argument) {
  Block *block = argument.getOwner();
  for (auto edge = block->pred_begin(); edge != block->pred_end(); ++edge) {
    Value operand = cast<BranchOpInterface>((*edge)->getTerminator())
                        .getSuccessorOperands(
                            edge.getSuccessorIndex())[argument.getArgNumber()];
    if (!operand || !isConstant(operand.getDefiningOp()))
      return true;
  }
  return false;
}

/// Replaces constants among the operands on the edge of `jump` where its value
/// is the immediate.
static void reuseTested(JCondImmOp jump) {
  Value value = jump.getLhs();
  bool isEqual = jump.getCondition() == Condition::Eq;
  bool isKnown = isEqual || jump.getCondition() == Condition::Ne;
  if (!isKnown || !isVirtualRegister(value) ||
      isConstant(value.getDefiningOp()) ||
      jump.getTrueDest() == jump.getFalseDest() ||
      (jump.getWidth() == Width::W32 && !isLowHalf(value)))
    return;
  Block *block = isEqual ? jump.getTrueDest() : jump.getFalseDest();
  MutableOperandRange operands =
      isEqual ? jump.getTrueOperandsMutable() : jump.getFalseOperandsMutable();
  int64_t known = extend(jump.getImm(), jump.getWidth());
  for (auto [operand, argument] :
       llvm::zip_equal(operands, block->getArguments())) {
    auto constant = operand.get().getDefiningOp<MovImmOp>();
    if (!constant || operand.get().getType() != value.getType() ||
        extend(constant.getImm(), constant.getWidth()) != known ||
        isRelocated(constant) || !isVariable(argument))
      continue;
    operand.set(value);
    if (constant->use_empty())
      constant.erase();
  }
}

namespace {
struct ReuseTestedPass : public bpf::impl::BPFReuseTestedBase<ReuseTestedPass> {
  void runOnOperation() override { getOperation().walk(reuseTested); }
};
} // namespace
