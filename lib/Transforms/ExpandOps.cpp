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

#include "BlockPieces.h"
#include "RelatedArguments.h"
#include "StackPlaces.h"
#include "TruthNumbers.h"
#include "UnsignedMaxima.h"

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
  using ExpandOpsPassBase::ExpandOpsPassBase;
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

/// Where a truth value is only added to something, it decides whether 1 is.
/// Returns whether that is so.
static bool expandAddedTruth(IRRewriter &rewriter, arith::ExtUIOp ext) {
  if (!ext->hasOneUse())
    return false;
  OpOperand &use = *ext->getUses().begin();
  Operation *user = use.getOwner();
  bool isChoice = isa<arith::AddIOp, arith::OrIOp, arith::XOrIOp>(user) ||
                  (isa<arith::SubIOp>(user) && use.getOperandNumber() == 1);
  if (!isChoice || user->getBlock() != ext->getBlock())
    return false;
  Location loc = user->getLoc();
  Value result = user->getResult(0);
  Value other = user->getOperand(1 - use.getOperandNumber());
  Block *block = user->getBlock();
  Block *rest = rewriter.splitBlock(block, std::next(user->getIterator()));
  result.replaceAllUsesWith(rest->addArgument(result.getType(), loc));
  Block *then = rewriter.createBlock(rest);
  user->moveBefore(then, then->end());
  rewriter.setInsertionPoint(user);
  use.set(makeInteger(rewriter, loc, result.getType(), 1));
  rewriter.setInsertionPointToEnd(then);
  cf::BranchOp::create(rewriter, loc, rest, result);
  rewriter.setInsertionPointToEnd(block);
  cf::CondBranchOp::create(rewriter, loc, ext.getIn(), then, ValueRange{}, rest,
                           other);
  rewriter.eraseOp(ext);
  return true;
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

/// One step of the binary search: where `value` is at least 2 to the power of
/// `shift`, shifts it down by that and adds `shift` to `log`. Leaves the
/// builder in the block where both ways meet.
static void emitLog2Step(IRRewriter &rewriter, Location loc, unsigned shift,
                         Value &value, Value &log) {
  // A comparison takes a constant of 31 bits beside the sign.
  constexpr unsigned maxCompared = 31;
  Type type = value.getType();
  auto shiftDown = [&]() -> Value {
    return arith::ShRUIOp::create(rewriter, loc, value,
                                  makeInteger(rewriter, loc, type, shift));
  };
  bool isCompared = shift < maxCompared;
  Value high = isCompared ? Value() : shiftDown();
  Value isLow = arith::CmpIOp::create(
      rewriter, loc, arith::CmpIPredicate::ult, isCompared ? value : high,
      makeInteger(rewriter, loc, type, isCompared ? int64_t(1) << shift : 1));

  Block *block = rewriter.getInsertionBlock();
  Block *rest = rewriter.splitBlock(block, rewriter.getInsertionPoint());
  Block *then = rewriter.createBlock(rest);
  if (isCompared)
    high = shiftDown();
  Value sum = arith::AddIOp::create(rewriter, loc, log,
                                    makeInteger(rewriter, loc, type, shift));
  cf::BranchOp::create(rewriter, loc, rest, ValueRange{high, sum});
  rewriter.setInsertionPointToEnd(block);
  cf::CondBranchOp::create(rewriter, loc, isLow, rest, ValueRange{value, log},
                           then, ValueRange{});
  value = rest->addArgument(type, loc);
  log = rest->addArgument(type, loc);
  rewriter.setInsertionPointToStart(rest);
}

/// A binary search, which begins with the largest step that a value below
/// 2 to the power of `bits` can take.
static void expandLog2(IRRewriter &rewriter, Log2Op op, unsigned bits) {
  rewriter.setInsertionPoint(op);
  Value value = op.getValue();
  Value log = makeInteger(rewriter, op.getLoc(), op.getType(), 0);
  for (unsigned shift = llvm::bit_floor((bits == 0 ? 0 : bits - 1)); shift != 0;
       shift /= 2)
    emitLog2Step(rewriter, op.getLoc(), shift, value, log);
  rewriter.replaceOp(op, log);
}

/// Expands the logarithms in `body`, each for the values that its operand can
/// have.
static void expandLog2s(IRRewriter &rewriter, Operation *body) {
  SmallVector<Log2Op> ops;
  body->walk([&](Log2Op op) { ops.push_back(op); });
  if (ops.empty())
    return;
  UnsignedMaxima maxima(body);
  auto getBits = [&](Log2Op op) -> unsigned {
    return llvm::bit_width(maxima.get(op.getValue()));
  };
  // The analysis is of the body as it was.
  auto bits = llvm::map_to_vector(ops, getBits);
  for (auto [op, count] : llvm::zip_equal(ops, bits))
    expandLog2(rewriter, op, count);
}

//===----------------------------------------------------------------------===//
// Block memory operations
//===----------------------------------------------------------------------===//

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
      op.getSize(),
      [&](int64_t position) {
        return getAccessAlignment(op.getBase(), op.getOffset() + position);
      },
      [&](int64_t position, int64_t width) {
        IntegerType type = rewriter.getIntegerType(8 * width);
        Value value = splatByte(rewriter, op.getLoc(), op.getValue(), type);
        StoreOp::create(rewriter, op.getLoc(), value, op.getBase(),
                        op.getOffset() + position);
      });
  rewriter.eraseOp(op);
}

static void expandMemCpy(IRRewriter &rewriter, MemCpyOp op) {
  rewriter.setInsertionPoint(op);
  forEachPiece(
      op.getSize(),
      [&](int64_t position) {
        return std::min(
            getAccessAlignment(op.getDst(), op.getDstOffset() + position),
            getAccessAlignment(op.getSrc(), op.getSrcOffset() + position));
      },
      [&](int64_t position, int64_t width) {
        IntegerType type = rewriter.getIntegerType(8 * width);
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

static void expandSelection(IRRewriter &rewriter, Operation *op) {
  using arith::CmpIPredicate;
  llvm::TypeSwitch<Operation *>(op)
      .Case<arith::SelectOp>([&](arith::SelectOp select) {
        replaceWithBranch(rewriter, op, select.getCondition(),
                          select.getTrueValue(), select.getFalseValue());
      })
      .Case<arith::ExtUIOp>([&](arith::ExtUIOp ext) {
        if (ext.getIn().getType().isInteger(1) &&
            isComparison(ext.getIn().getDefiningOp()) &&
            !expandAddedTruth(rewriter, ext))
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
      .Default([](Operation *) {});
}

static void expandMemoryOp(IRRewriter &rewriter, Operation *op) {
  if (auto set = dyn_cast<MemSetOp>(op))
    expandMemSet(rewriter, set);
  else if (auto copy = dyn_cast<MemCpyOp>(op))
    expandMemCpy(rewriter, copy);
}

/// All operations in `body`, which may change while they are gone through.
static SmallVector<Operation *> getOperations(Operation *body) {
  SmallVector<Operation *> ops;
  body->walk([&](Operation *op) { ops.push_back(op); });
  return ops;
}

static void expandBody(Operation *body, bool keepSelections) {
  IRRewriter rewriter(body->getContext());
  expandLog2s(rewriter, body);
  alignVariables(body);
  for (Operation *op : getOperations(body))
    expandMemoryOp(rewriter, op);
  if (keepSelections)
    return;
  computeRelatedArguments(body);
  useTruthNumbers(body);
  for (Operation *op : getOperations(body))
    expandSelection(rewriter, op);
  SmallVector<Operation *> comparisons;
  // Last, since the expansions above turn uses of comparisons into branches.
  body->walk([&](Operation *op) {
    if (isComparison(op))
      comparisons.push_back(op);
  });
  for (Operation *op : comparisons)
    expandComparison(rewriter, op);
}

void ExpandOps::runOnOperation() {
  forEachBody(getOperation(),
              [&](Operation *body) { expandBody(body, keepSelections); });
}
