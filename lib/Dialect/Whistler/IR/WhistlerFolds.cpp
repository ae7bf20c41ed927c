//===- WhistlerFolds.cpp - folding and integer ranges -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Folders, canonicalization patterns and the ranges of results.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/CommonFolders.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/Utils/InferIntRangeCommon.h"

using namespace mlir;
using namespace mlir::whistler;

//===----------------------------------------------------------------------===//
// Pointers
//===----------------------------------------------------------------------===//

OpFoldResult NullOp::fold(FoldAdaptor) { return UnitAttr::get(getContext()); }

OpFoldResult PtrAddOp::fold(FoldAdaptor adaptor) {
  if (auto offset = dyn_cast_if_present<IntegerAttr>(adaptor.getOffset()))
    if (offset.getValue().isZero())
      return getBase();
  return {};
}

/// (p + a) + b is p + (a + b) for constants a and b. Not where p + a is
/// compared: it is in a register then, and p need not be.
LogicalResult PtrAddOp::canonicalize(PtrAddOp op, PatternRewriter &rewriter) {
  auto inner = op.getBase().getDefiningOp<PtrAddOp>();
  APInt outerOffset, innerOffset;
  if (!inner || !matchPattern(op.getOffset(), m_ConstantInt(&outerOffset)) ||
      !matchPattern(inner.getOffset(), m_ConstantInt(&innerOffset)) ||
      llvm::any_of(inner->getUsers(), llvm::IsaPred<PtrCmpOp>))
    return failure();
  Value sum = arith::ConstantOp::create(
      rewriter, op.getLoc(),
      rewriter.getIntegerAttr(rewriter.getI64Type(),
                              outerOffset + innerOffset));
  rewriter.replaceOpWithNewOp<PtrAddOp>(op, op.getType(), inner.getBase(), sum);
  return success();
}

/// Whether `pointer` is never null, as the verifier knows, too. What may be
/// null cannot be moved.
static bool isNeverNull(Value pointer) {
  while (auto cast = pointer.getDefiningOp<PtrCastOp>())
    pointer = cast.getPtr();
  auto lookup = pointer.getDefiningOp<MapLookupOp>();
  return (lookup && lookup.getIsCertain()) ||
         isa_and_nonnull<AllocaOp, GlobalAddrOp, PtrAddOp>(
             pointer.getDefiningOp());
}

OpFoldResult PtrCmpOp::fold(FoldAdaptor) {
  bool comparesNull =
      (isNeverNull(getLhs()) && getRhs().getDefiningOp<NullOp>()) ||
      (isNeverNull(getRhs()) && getLhs().getDefiningOp<NullOp>());
  if (comparesNull && getPredicate() == PtrPredicate::Eq)
    return BoolAttr::get(getContext(), false);
  if (comparesNull && getPredicate() == PtrPredicate::Ne)
    return BoolAttr::get(getContext(), true);
  bool sameValue = getLhs() == getRhs() || (getLhs().getDefiningOp<NullOp>() &&
                                            getRhs().getDefiningOp<NullOp>());
  if (!sameValue)
    return {};
  bool holds = getPredicate() == PtrPredicate::Eq ||
               getPredicate() == PtrPredicate::Le ||
               getPredicate() == PtrPredicate::Ge;
  return BoolAttr::get(getContext(), holds);
}

OpFoldResult PtrCastOp::fold(FoldAdaptor adaptor) {
  if (getPtr().getType() == getType())
    return getPtr();
  // Null is null in every space.
  return adaptor.getPtr();
}

/// Whether `use` makes no difference between pointers into different spaces.
static bool takesAnyPointer(OpOperand &use) {
  Operation *user = use.getOwner();
  if (auto store = dyn_cast<StoreOp>(user))
    return &store.getBaseMutable() == &use;
  return isa<LoadOp, AtomicRMWOp, AtomicCmpXchgOp, MemSetOp, MemCpyOp, PtrCmpOp,
             PtrDiffOp, PtrToIntOp, PtrCastOp, HelperCallOp, CallOp,
             MapLookupOp, MapUpdateOp, MapDeleteOp, MapAddOp>(user);
}

/// What can use the pointer as it was does so, and a pointer is moved before it
/// is cast: accesses then show what they access.
LogicalResult PtrCastOp::canonicalize(PtrCastOp op, PatternRewriter &rewriter) {
  bool hasChanged = false;
  for (OpOperand &use : llvm::make_early_inc_range(op->getUses())) {
    Operation *user = use.getOwner();
    if (takesAnyPointer(use)) {
      rewriter.modifyOpInPlace(user, [&] { use.set(op.getPtr()); });
      hasChanged = true;
    } else if (auto add = dyn_cast<PtrAddOp>(user)) {
      rewriter.setInsertionPoint(add);
      Value moved = PtrAddOp::create(rewriter, add.getLoc(), op.getPtr(),
                                     add.getOffset());
      rewriter.replaceOpWithNewOp<PtrCastOp>(add, add.getType(), moved);
      hasChanged = true;
    }
  }
  return success(hasChanged);
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

// The operations are total: no operand makes their result poison, and the
// dialect has no use for upstream's poison attribute.
template <typename Calculation>
static Attribute foldBinary(ArrayRef<Attribute> operands,
                            Calculation &&calculate) {
  return constFoldBinaryOp<IntegerAttr, APInt, void>(operands, calculate);
}

template <typename Calculation>
static Attribute foldUnary(ArrayRef<Attribute> operands,
                           Calculation &&calculate) {
  return constFoldUnaryOp<IntegerAttr, APInt, void>(operands, calculate);
}

OpFoldResult UDivOp::fold(FoldAdaptor adaptor) {
  if (matchPattern(getRhs(), m_One()))
    return getLhs();
  return foldBinary(
      adaptor.getOperands(), [](const APInt &lhs, const APInt &rhs) {
        return rhs.isZero() ? APInt::getZero(lhs.getBitWidth()) : lhs.udiv(rhs);
      });
}

OpFoldResult UModOp::fold(FoldAdaptor adaptor) {
  if (matchPattern(getRhs(), m_One()))
    return IntegerAttr::get(getType(), 0);
  return foldBinary(adaptor.getOperands(),
                    [](const APInt &lhs, const APInt &rhs) {
                      return rhs.isZero() ? lhs : lhs.urem(rhs);
                    });
}

OpFoldResult ByteSwapOp::fold(FoldAdaptor adaptor) {
  if (auto inner = getValue().getDefiningOp<ByteSwapOp>())
    return inner.getValue();
  return foldUnary(adaptor.getOperands(),
                   [](const APInt &value) { return value.byteSwap(); });
}

OpFoldResult IndexOp::fold(FoldAdaptor adaptor) {
  auto constant = dyn_cast_if_present<IntegerAttr>(adaptor.getValue());
  if (constant && constant.getValue().ult(uint64_t(getCount())))
    return constant;
  return {};
}

OpFoldResult Log2Op::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getOperands(), [](const APInt &value) {
    return APInt(value.getBitWidth(), value.isZero() ? 0 : value.logBase2());
  });
}

//===----------------------------------------------------------------------===//
// Integer ranges
//===----------------------------------------------------------------------===//

std::optional<unsigned> mlir::whistler::getDivisionShift(Value divisor) {
  APInt constant;
  if (matchPattern(divisor, m_ConstantInt(&constant)) &&
      constant.isPowerOf2() && constant.isIntN(32))
    return constant.logBase2();
  return std::nullopt;
}

// Tighter ranges than the verifier has would take comparisons away that it
// needs.
void UDivOp::inferResultRanges(ArrayRef<ConstantIntRanges> ranges,
                               SetIntRangeFn setResultRange) {
  std::optional<unsigned> shift = getDivisionShift(getRhs());
  if (!shift)
    return setResultRange(getResult(), ConstantIntRanges::maxRange(
                                           getType().getIntOrFloatBitWidth()));
  setResultRange(getResult(), ConstantIntRanges::fromUnsigned(
                                  ranges[0].umin().lshr(*shift),
                                  ranges[0].umax().lshr(*shift)));
}

void UModOp::inferResultRanges(ArrayRef<ConstantIntRanges> ranges,
                               SetIntRangeFn setResultRange) {
  unsigned width = getType().getIntOrFloatBitWidth();
  std::optional<unsigned> shift = getDivisionShift(getRhs());
  if (!shift)
    return setResultRange(getResult(), ConstantIntRanges::maxRange(width));
  APInt mask = APInt::getLowBitsSet(width, *shift);
  setResultRange(
      getResult(),
      ConstantIntRanges::fromUnsigned(
          APInt::getZero(width), llvm::APIntOps::umin(ranges[0].umax(), mask)));
}

void IndexOp::inferResultRanges(ArrayRef<ConstantIntRanges> ranges,
                                SetIntRangeFn setResultRange) {
  APInt zero = APInt::getZero(64);
  setResultRange(getResult(),
                 ranges[0].intersection(ConstantIntRanges::fromUnsigned(
                     zero, APInt(64, getCount() - 1))));
}

// The verifier follows the sum of the search's steps (`whistler-expand-ops`),
// which are all the powers of two up to the largest possible result.
void Log2Op::inferResultRanges(ArrayRef<ConstantIntRanges> ranges,
                               SetIntRangeFn setResultRange) {
  unsigned width = ranges[0].umax().getBitWidth();
  unsigned largest =
      ranges[0].umax().isZero() ? 0 : ranges[0].umax().logBase2();
  uint64_t sum = largest == 0 ? 0 : 2 * llvm::bit_floor(largest) - 1;
  setResultRange(getResult(), ConstantIntRanges::fromUnsigned(
                                  APInt::getZero(width), APInt(width, sum)));
}
