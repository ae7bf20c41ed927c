//===- ExpandOps.cpp - operations without an instruction --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Expands selections, numeric comparisons, logarithms and block memory
// operations into what BPF has.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_EXPANDOPSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct ExpandOps : mlir::whistler::impl::ExpandOpsPassBase<ExpandOps> {
  void runOnOperation() override;
};
} // namespace

//===----------------------------------------------------------------------===//
// Selections
//===----------------------------------------------------------------------===//

/// Replaces `op` by a branch on `condition` whose edges carry the two values.
static void replaceWithBranch(IRRewriter &rewriter, Operation *op,
                              Value condition, Value ifTrue, Value ifFalse) {
  Block *block = op->getBlock();
  Block *rest = rewriter.splitBlock(block, std::next(op->getIterator()));
  Value result = rest->addArgument(ifTrue.getType(), op->getLoc());
  rewriter.setInsertionPointToEnd(block);
  cf::CondBranchOp::create(rewriter, op->getLoc(), condition, rest, ifTrue,
                           rest, ifFalse);
  rewriter.replaceOp(op, result);
}

static Value makeInteger(OpBuilder &builder, Location loc, Type type,
                         int64_t value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getIntegerAttr(type, value));
}

static bool isComparison(Operation *op) {
  return isa_and_nonnull<arith::CmpIOp, PtrCmpOp>(op);
}

/// An extension of a truth value: `whenTrue` or 0.
static void expandExtension(IRRewriter &rewriter, Operation *op,
                            int64_t whenTrue) {
  rewriter.setInsertionPoint(op);
  Type type = op->getResult(0).getType();
  Value one = makeInteger(rewriter, op->getLoc(), type, whenTrue);
  Value zero = makeInteger(rewriter, op->getLoc(), type, 0);
  replaceWithBranch(rewriter, op, op->getOperand(0), one, zero);
}

/// A minimum or maximum: the first operand where `predicate` holds.
static void expandMinMax(IRRewriter &rewriter, Operation *op,
                         arith::CmpIPredicate predicate) {
  rewriter.setInsertionPoint(op);
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  Value condition =
      arith::CmpIOp::create(rewriter, op->getLoc(), predicate, lhs, rhs);
  replaceWithBranch(rewriter, op, condition, lhs, rhs);
}

/// A comparison whose result something else than a branch uses becomes a number
/// for those uses.
static void expandComparison(IRRewriter &rewriter, Operation *op) {
  auto isBranch = [](OpOperand &use) {
    return isa<cf::CondBranchOp>(use.getOwner()) && use.getOperandNumber() == 0;
  };
  Value condition = op->getResult(0);
  if (llvm::all_of(condition.getUses(), isBranch))
    return;
  rewriter.setInsertionPointAfter(op);
  Type type = condition.getType();
  Value yes = makeInteger(rewriter, op->getLoc(), type, 1);
  Value no = makeInteger(rewriter, op->getLoc(), type, 0);
  auto select =
      arith::SelectOp::create(rewriter, op->getLoc(), condition, yes, no);
  rewriter.replaceUsesWithIf(
      condition, select.getResult(), [&](OpOperand &use) {
        return !isBranch(use) && use.getOwner() != select;
      });
  replaceWithBranch(rewriter, select, condition, yes, no);
}

//===----------------------------------------------------------------------===//
// Logarithm
//===----------------------------------------------------------------------===//

/// One step of the binary search: where `value` has bits at or above `shift`,
/// drops the bits below and adds `shift` to `log`. Leaves the builder in the
/// block where both ways meet.
static void emitLog2Step(IRRewriter &rewriter, Location loc, unsigned shift,
                         Value &value, Value &log) {
  Type type = value.getType();
  Value isHigh = arith::CmpIOp::create(
      rewriter, loc, arith::CmpIPredicate::ugt, value,
      makeInteger(rewriter, loc, type,
                  llvm::maskTrailingOnes<uint64_t>(shift)));
  Block *block = rewriter.getInsertionBlock();
  Block *rest = rewriter.splitBlock(block, rewriter.getInsertionPoint());
  Block *then = rewriter.createBlock(rest);
  Value high = arith::ShRUIOp::create(rewriter, loc, value,
                                      makeInteger(rewriter, loc, type, shift));
  Value sum = arith::AddIOp::create(rewriter, loc, log,
                                    makeInteger(rewriter, loc, type, shift));
  cf::BranchOp::create(rewriter, loc, rest, ValueRange{high, sum});
  rewriter.setInsertionPointToEnd(block);
  cf::CondBranchOp::create(rewriter, loc, isHigh, then, ValueRange{}, rest,
                           ValueRange{value, log});
  value = rest->addArgument(type, loc);
  log = rest->addArgument(type, loc);
  rewriter.setInsertionPointToStart(rest);
}

static void expandLog2(IRRewriter &rewriter, Log2Op op) {
  rewriter.setInsertionPoint(op);
  Value value = op.getValue();
  Value log = makeInteger(rewriter, op.getLoc(), op.getType(), 0);
  for (unsigned shift = 32; shift != 0; shift /= 2)
    emitLog2Step(rewriter, op.getLoc(), shift, value, log);
  rewriter.replaceOp(op, log);
}

//===----------------------------------------------------------------------===//
// Block memory operations
//===----------------------------------------------------------------------===//

/// The alignment in bytes, at most 8, of `base + offset`. The verifier checks
/// the alignment of stack and map value accesses on every machine, and that of
/// packet accesses where the machine needs it.
static unsigned getAlignment(Value base, int64_t offset) {
  while (auto add = base.getDefiningOp<PtrAddOp>()) {
    APInt amount;
    if (!matchPattern(add.getOffset(), m_ConstantInt(&amount)))
      return 1;
    offset += amount.getSExtValue();
    base = add.getBase();
  }
  uint64_t alignment = 1;
  if (auto alloca = base.getDefiningOp<AllocaOp>()) {
    auto array = dyn_cast<ArrayType>(alloca.getElemType());
    alignment =
        getSizeInBytes(array ? array.getElement() : alloca.getElemType());
  } else if (base.getDefiningOp<MapLookupOp>()) {
    alignment = 8;
  }
  return llvm::MinAlign(alignment, static_cast<uint64_t>(offset));
}

/// Calls `access(position, type)` for pieces that cover `size` bytes, each as
/// wide as `alignmentAt(position)` allows.
static void forEachPiece(MLIRContext *context, int64_t size,
                         function_ref<unsigned(int64_t)> alignmentAt,
                         function_ref<void(int64_t, IntegerType)> access) {
  for (int64_t position = 0; position < size;) {
    uint64_t width = std::min<uint64_t>(
        alignmentAt(position), llvm::bit_floor<uint64_t>(size - position));
    access(position, IntegerType::get(context, 8 * width));
    position += width;
  }
}

/// The byte `value` repeated to fill `type`.
static Value splatByte(OpBuilder &builder, Location loc, Value value,
                       IntegerType type) {
  APInt ones = APInt::getSplat(type.getWidth(), APInt(8, 1));
  APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return makeInteger(
        builder, loc, type,
        APInt::getSplat(type.getWidth(), constant).getSExtValue());
  if (type.getWidth() == 8)
    return value;
  Value wide = arith::ExtUIOp::create(builder, loc, type, value);
  return arith::MulIOp::create(
      builder, loc, wide,
      arith::ConstantOp::create(builder, loc, IntegerAttr::get(type, ones)));
}

static void expandMemSet(IRRewriter &rewriter, MemSetOp op) {
  rewriter.setInsertionPoint(op);
  forEachPiece(
      op.getContext(), op.getSize(),
      [&](int64_t position) {
        return getAlignment(op.getBase(), op.getOffset() + position);
      },
      [&](int64_t position, IntegerType type) {
        Value value = splatByte(rewriter, op.getLoc(), op.getValue(), type);
        StoreOp::create(rewriter, op.getLoc(), value, op.getBase(),
                        op.getOffset() + position);
      });
  rewriter.eraseOp(op);
}

static void expandMemCpy(IRRewriter &rewriter, MemCpyOp op) {
  rewriter.setInsertionPoint(op);
  forEachPiece(
      op.getContext(), op.getSize(),
      [&](int64_t position) {
        return std::min(
            getAlignment(op.getDst(), op.getDstOffset() + position),
            getAlignment(op.getSrc(), op.getSrcOffset() + position));
      },
      [&](int64_t position, IntegerType type) {
        Value piece = LoadOp::create(rewriter, op.getLoc(), type, op.getSrc(),
                                     op.getSrcOffset() + position);
        StoreOp::create(rewriter, op.getLoc(), piece, op.getDst(),
                        op.getDstOffset() + position);
      });
  rewriter.eraseOp(op);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

static void expand(IRRewriter &rewriter, Operation *op) {
  using arith::CmpIPredicate;
  llvm::TypeSwitch<Operation *>(op)
      .Case<arith::SelectOp>([&](arith::SelectOp select) {
        replaceWithBranch(rewriter, op, select.getCondition(),
                          select.getTrueValue(), select.getFalseValue());
      })
      .Case<arith::ExtUIOp>([&](arith::ExtUIOp ext) {
        if (ext.getIn().getType().isInteger(1) &&
            isComparison(ext.getIn().getDefiningOp()))
          expandExtension(rewriter, op, 1);
      })
      .Case<arith::ExtSIOp>([&](arith::ExtSIOp ext) {
        if (ext.getIn().getType().isInteger(1))
          expandExtension(rewriter, op, -1);
      })
      .Case<arith::MinUIOp>(
          [&](auto) { expandMinMax(rewriter, op, CmpIPredicate::ule); })
      .Case<arith::MaxUIOp>(
          [&](auto) { expandMinMax(rewriter, op, CmpIPredicate::uge); })
      .Case<arith::MinSIOp>(
          [&](auto) { expandMinMax(rewriter, op, CmpIPredicate::sle); })
      .Case<arith::MaxSIOp>(
          [&](auto) { expandMinMax(rewriter, op, CmpIPredicate::sge); })
      .Case<Log2Op>([&](Log2Op log2) { expandLog2(rewriter, log2); })
      .Case<MemSetOp>([&](MemSetOp set) { expandMemSet(rewriter, set); })
      .Case<MemCpyOp>([&](MemCpyOp copy) { expandMemCpy(rewriter, copy); })
      .Default([](Operation *) {});
}

static void expandBody(Operation *body) {
  IRRewriter rewriter(body->getContext());
  SmallVector<Operation *> ops, comparisons;
  body->walk([&](Operation *op) { ops.push_back(op); });
  for (Operation *op : ops)
    expand(rewriter, op);
  // Last, since the expansions above turn uses of comparisons into branches.
  body->walk([&](Operation *op) {
    if (isComparison(op))
      comparisons.push_back(op);
  });
  for (Operation *op : comparisons)
    expandComparison(rewriter, op);
}

void ExpandOps::runOnOperation() { forEachBody(getOperation(), expandBody); }
