//===- NullTests.cpp - one branch for each test of a pointer ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// LLVM's code generator turns two tests for null into one of a number that is
// made of both pointers. The verifier lets no one compute with pointers, and
// learns from branches on them alone.
//
//===----------------------------------------------------------------------===//

#include "Patterns.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace mlir::whistler;

static bool isNullTest(LLVM::ICmpOp compare) {
  return isa<LLVM::LLVMPointerType>(compare.getLhs().getType()) &&
         (compare.getLhs().getDefiningOp<LLVM::ZeroOp>() ||
          compare.getRhs().getDefiningOp<LLVM::ZeroOp>());
}

/// The block that control goes to by that edge of `branch` and no other.
static Block *splitEdge(LLVM::CondBrOp branch, unsigned successor) {
  Block *target = branch->getSuccessor(successor);
  if (target->getSinglePredecessor())
    return target;
  OpBuilder builder(branch.getContext());
  Block *edge = builder.createBlock(target);
  MutableOperandRange operands = successor == 0
                                     ? branch.getTrueDestOperandsMutable()
                                     : branch.getFalseDestOperandsMutable();
  LLVM::BrOp::create(builder, branch.getLoc(), ValueRange(operands), target);
  operands.clear();
  branch->setSuccessor(edge, successor);
  return edge;
}

/// Makes the block behind the test one that is not empty to LLVM, which could
/// do without the branch otherwise. That no instruction comes of it only the
/// assembler knows.
static void keepBranch(LLVM::ICmpOp compare, LLVM::CondBrOp branch) {
  bool isEquality = compare.getPredicate() == LLVM::ICmpPredicate::eq;
  OpBuilder builder =
      OpBuilder::atBlockBegin(splitEdge(branch, isEquality ? 1 : 0));
  LLVM::InlineAsmOp::create(
      builder, branch.getLoc(), TypeRange(), ValueRange(), /*asm_string=*/"",
      /*constraints=*/"", /*has_side_effects=*/true, /*is_align_stack=*/false,
      LLVM::TailCallKind::None, /*asm_dialect=*/nullptr,
      /*operand_attrs=*/nullptr);
}

/// Gives the users of a test that are no branches a number of which LLVM does
/// not know where it comes from.
static void hideResult(LLVM::ICmpOp compare) {
  auto isOther = [](OpOperand &use) {
    return !isa<LLVM::CondBrOp>(use.getOwner());
  };
  if (llvm::none_of(compare->getUses(), isOther))
    return;
  OpBuilder builder(compare->getContext());
  builder.setInsertionPointAfter(compare);
  Location loc = compare.getLoc();
  Type number = builder.getI64Type();
  Value extended = LLVM::ZExtOp::create(builder, loc, number, compare);
  Value opaque = emitOpaque(builder, loc, extended);
  Value hidden =
      LLVM::TruncOp::create(builder, loc, builder.getI1Type(), opaque);
  compare.getResult().replaceUsesWithIf(hidden, [&](OpOperand &use) {
    return isOther(use) && use.getOwner() != extended.getDefiningOp();
  });
}

void mlir::whistler::keepNullTests(LLVM::LLVMFuncOp func) {
  SmallVector<LLVM::ICmpOp> tests;
  func.walk([&](LLVM::ICmpOp compare) {
    if (isNullTest(compare))
      tests.push_back(compare);
  });
  for (LLVM::ICmpOp compare : tests) {
    hideResult(compare);
    for (Operation *user : compare->getUsers())
      if (auto branch = dyn_cast<LLVM::CondBrOp>(user))
        keepBranch(compare, branch);
  }
}
