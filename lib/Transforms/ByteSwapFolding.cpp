//===- ByteSwapFolding.cpp - constants in network byte order ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Swaps the bytes of constants at compile time instead of those of values at
// run time.
//
//===----------------------------------------------------------------------===//

#include "MaskedTest.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_BYTESWAPFOLDINGPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct ByteSwapFolding
    : mlir::whistler::impl::ByteSwapFoldingPassBase<ByteSwapFolding> {
  void runOnOperation() override;
};
} // namespace

//===----------------------------------------------------------------------===//
// Comparisons with constants
//===----------------------------------------------------------------------===//

/// Finds the comparisons that are all that `value` is computed for. Returns
/// false if there is something else.
static bool collectComparisons(Value value,
                               SmallVectorImpl<arith::CmpIOp> &comparisons,
                               unsigned depth = 0) {
  constexpr unsigned maxDepth = 8;
  if (depth > maxDepth)
    return false;
  for (Operation *user : value.getUsers()) {
    if (auto cmp = dyn_cast<arith::CmpIOp>(user)) {
      if (!MaskedTest::get(cmp))
        return false;
      comparisons.push_back(cmp);
      continue;
    }
    if (isa<ByteSwapOp>(user) || !isPeeled(user) ||
        !collectComparisons(user->getResult(0), comparisons, depth + 1))
      return false;
  }
  return true;
}

/// The test that `cmp` makes of what computes its operand, down to `value`.
static std::optional<MaskedTest> peelTo(arith::CmpIOp cmp, Value value) {
  std::optional<MaskedTest> test = MaskedTest::get(cmp);
  while (test && test->value != value)
    test = test->peel();
  return test;
}

/// Compares the operand of `swap` in place of its result, if nothing else uses
/// that and the other constants do not take more slots than the swap.
static void foldComparisons(ByteSwapOp swap) {
  SmallVector<arith::CmpIOp> comparisons;
  if (!collectComparisons(swap.getResult(), comparisons))
    return;
  SmallVector<MaskedTest> tests;
  unsigned before = 1, after = 0;
  for (arith::CmpIOp cmp : comparisons) {
    std::optional<MaskedTest> swapped = peelTo(cmp, swap.getResult());
    std::optional<MaskedTest> test = swapped ? swapped->peel() : std::nullopt;
    std::optional<unsigned> cost = test ? test->getCost() : std::nullopt;
    if (!cost)
      return;
    tests.push_back(*test);
    before += swapped->getCost().value_or(*cost);
    after += *cost + (test->needsMask() && comparisons.size() > 1);
  }
  if (after > before)
    return;
  for (auto [cmp, test] : llvm::zip_equal(comparisons, tests)) {
    OpBuilder builder(cmp);
    cmp.replaceAllUsesWith(test.create(builder, cmp.getLoc(), isNegated(cmp)));
  }
}

//===----------------------------------------------------------------------===//
// Other uses
//===----------------------------------------------------------------------===//

/// The swap that `value` is the result of, extended or not.
static ByteSwapOp getSwap(Value value) {
  if (auto ext = value.getDefiningOp<arith::ExtUIOp>())
    value = ext.getIn();
  return value.getDefiningOp<ByteSwapOp>();
}

/// Two swapped values are equal where they are equal as they were.
static void foldEquality(arith::CmpIOp cmp) {
  ByteSwapOp lhs = getSwap(cmp.getLhs()), rhs = getSwap(cmp.getRhs());
  bool isEquality = cmp.getPredicate() == arith::CmpIPredicate::eq ||
                    cmp.getPredicate() == arith::CmpIPredicate::ne;
  if (!isEquality || !lhs || !rhs || lhs.getType() != rhs.getType() ||
      !lhs->hasOneUse() || !rhs->hasOneUse() || !cmp.getLhs().hasOneUse() ||
      !cmp.getRhs().hasOneUse())
    return;
  cmp.getLhsMutable().assign(lhs.getValue());
  cmp.getRhsMutable().assign(rhs.getValue());
}

/// swap(swap(x) & c) is x & swap(c), and so for the other bitwise operations.
static void foldBitwise(ByteSwapOp swap) {
  Operation *op = swap.getValue().getDefiningOp();
  if (!isa_and_nonnull<arith::AndIOp, arith::OrIOp, arith::XOrIOp>(op) ||
      !op->hasOneUse())
    return;
  auto inner = op->getOperand(0).getDefiningOp<ByteSwapOp>();
  APInt constant;
  if (!inner || !matchPattern(op->getOperand(1), m_ConstantInt(&constant)))
    return;
  // A wide constant may no longer fit the instruction.
  if (constant.getBitWidth() == 64 && !constant.byteSwap().isSignedIntN(32) &&
      constant.isSignedIntN(32))
    return;
  OpBuilder builder(op);
  Value swapped = arith::ConstantOp::create(
      builder, op->getLoc(),
      builder.getIntegerAttr(swap.getType(), constant.byteSwap()));
  op->setOperands({inner.getValue(), swapped});
  swap.replaceAllUsesWith(op->getResult(0));
}

//===----------------------------------------------------------------------===//
// Block arguments
//===----------------------------------------------------------------------===//

/// A constant of 16 bits; none where `value` is anything else.
static std::optional<APInt> getShortConstant(Value value) {
  APInt constant;
  if (!matchPattern(value, m_ConstantInt(&constant)) || !constant.isIntN(16))
    return std::nullopt;
  return constant;
}

static bool isShortEquality(Operation *op) {
  auto cmp = dyn_cast<arith::CmpIOp>(op);
  return cmp &&
         (cmp.getPredicate() == arith::CmpIPredicate::eq ||
          cmp.getPredicate() == arith::CmpIPredicate::ne) &&
         getShortConstant(cmp.getRhs());
}

/// The operands of branches that give `argument` its values. None where there
/// is something else than branches.
static SmallVector<OpOperand *> getGiven(BlockArgument argument) {
  SmallVector<OpOperand *> given;
  Block *block = argument.getOwner();
  for (auto edge = block->pred_begin(); edge != block->pred_end(); ++edge) {
    auto branch = dyn_cast<BranchOpInterface>((*edge)->getTerminator());
    if (!branch)
      return {};
    SuccessorOperands operands =
        branch.getSuccessorOperands(edge.getSuccessorIndex());
    if (operands.isOperandProduced(argument.getArgNumber()))
      return {};
    given.push_back(&branch->getOpOperand(
        operands.getOperandIndex(argument.getArgNumber())));
  }
  return given;
}

/// The extension of a field of 16 bits in network byte order, swapped, if all
/// that it is needed for are equalities and what is `given`.
static arith::ExtUIOp getSwappedField(Value value,
                                      ArrayRef<OpOperand *> given) {
  auto ext = value.getDefiningOp<arith::ExtUIOp>();
  auto swap = ext ? ext.getIn().getDefiningOp<ByteSwapOp>() : ByteSwapOp();
  bool isField =
      swap && swap->hasOneUse() && swap.getType().isInteger(16) &&
      isa_and_nonnull<LoadOp, CtxLoadOp>(swap.getValue().getDefiningOp());
  bool isOnlyCompared =
      isField && llvm::all_of(ext->getUses(), [&](OpOperand &use) {
        return isShortEquality(use.getOwner()) ||
               llvm::is_contained(given, &use);
      });
  return isOnlyCompared ? ext : arith::ExtUIOp();
}

/// The constant with its lowest two bytes swapped, where `builder` stands.
static Value makeSwapped(OpBuilder &builder, Location loc, Value constant) {
  APInt number = *getShortConstant(constant);
  return arith::ConstantOp::create(
      builder, loc,
      builder.getIntegerAttr(
          constant.getType(),
          number.trunc(16).byteSwap().zext(number.getBitWidth())));
}

/// Gives a block fields as they were loaded if they are compared for equality
/// only, there and before.
static void foldArgument(BlockArgument argument) {
  if (argument.use_empty() || !argument.getType().isInteger() ||
      !llvm::all_of(argument.getUsers(), isShortEquality))
    return;
  SmallVector<OpOperand *> given = getGiven(argument);
  bool isAnySwapped = false;
  for (OpOperand *operand : given) {
    if (getShortConstant(operand->get()))
      continue;
    if (!getSwappedField(operand->get(), given))
      return;
    isAnySwapped = true;
  }
  if (!isAnySwapped)
    return;
  for (OpOperand *operand : given) {
    OpBuilder builder(operand->getOwner());
    Location loc = argument.getLoc();
    if (getShortConstant(operand->get())) {
      operand->set(makeSwapped(builder, loc, operand->get()));
      continue;
    }
    auto ext = operand->get().getDefiningOp<arith::ExtUIOp>();
    auto swap = ext.getIn().getDefiningOp<ByteSwapOp>();
    builder.setInsertionPoint(ext);
    operand->set(arith::ExtUIOp::create(builder, ext.getLoc(), ext.getType(),
                                        swap.getValue()));
  }
  for (Operation *user : llvm::make_early_inc_range(argument.getUsers())) {
    auto cmp = cast<arith::CmpIOp>(user);
    OpBuilder builder(cmp);
    cmp.getRhsMutable().assign(
        makeSwapped(builder, cmp.getLoc(), cmp.getRhs()));
  }
}

//===----------------------------------------------------------------------===//
// Single bytes
//===----------------------------------------------------------------------===//

/// The load whose bytes `value` has in the reverse order, if nothing else needs
/// them and they may be loaded one by one.
static LoadOp getSwappedLoad(Value value) {
  if (auto ext = value.getDefiningOp<arith::ExtUIOp>())
    value = ext->hasOneUse() ? ext.getIn() : Value();
  auto swap = value ? value.getDefiningOp<ByteSwapOp>() : ByteSwapOp();
  auto load = swap ? swap.getValue().getDefiningOp<LoadOp>() : LoadOp();
  if (!load || !swap->hasOneUse() || !load->hasOneUse() || load.getField())
    return {};
  AddressSpace space = cast<PtrType>(load.getBase().getType()).getSpace();
  bool isMemory = space == AddressSpace::Packet ||
                  space == AddressSpace::MapValue ||
                  space == AddressSpace::Stack;
  return isMemory ? load : LoadOp();
}

/// Of a swapped value that is masked to one byte, that is loaded and shifted to
/// its place. Comparisons have ways of their own.
static void loadByte(arith::AndIOp op) {
  APInt mask;
  LoadOp load = getSwappedLoad(op.getLhs());
  bool isCompared = llvm::any_of(
      op->getUsers(), [](Operation *user) { return isa<arith::CmpIOp>(user); });
  if (!load || isCompared || !matchPattern(op.getRhs(), m_ConstantInt(&mask)))
    return;
  unsigned shift = mask.countr_zero();
  unsigned width = load.getType().getIntOrFloatBitWidth();
  if (shift % 8 != 0 || shift >= width || !mask.lshr(shift).isMask(8))
    return;
  OpBuilder builder(load);
  int64_t offset = int64_t(load.getOffset()) + (width - 8 - shift) / 8;
  if (!llvm::isInt<16>(offset))
    return;
  Value byte = LoadOp::create(builder, load.getLoc(), builder.getI8Type(),
                              load.getBase(), int32_t(offset));
  builder.setInsertionPoint(op);
  Value result =
      arith::ExtUIOp::create(builder, op.getLoc(), op.getType(), byte);
  if (shift != 0)
    result = arith::ShLIOp::create(
        builder, op.getLoc(), result,
        arith::ConstantOp::create(builder, op.getLoc(),
                                  builder.getIntegerAttr(op.getType(), shift)));
  op.replaceAllUsesWith(result);
}

static void foldSwaps(Operation *body) {
  SmallVector<arith::AndIOp> masks;
  SmallVector<arith::CmpIOp> comparisons;
  SmallVector<ByteSwapOp> swaps;
  body->walk([&](arith::AndIOp mask) { masks.push_back(mask); });
  body->walk([&](arith::CmpIOp cmp) { comparisons.push_back(cmp); });
  body->walk([&](ByteSwapOp swap) { swaps.push_back(swap); });
  for (arith::AndIOp mask : masks)
    loadByte(mask);
  for (Block &block : llvm::drop_begin(body->getRegion(0)))
    for (BlockArgument argument : block.getArguments())
      foldArgument(argument);
  for (arith::CmpIOp cmp : comparisons)
    foldEquality(cmp);
  for (ByteSwapOp swap : swaps) {
    foldBitwise(swap);
    foldComparisons(swap);
  }
  eraseDeadOperations(body);
}

void ByteSwapFolding::runOnOperation() {
  forEachBody(getOperation(), foldSwaps);
}
