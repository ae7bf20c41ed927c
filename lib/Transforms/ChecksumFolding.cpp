//===- ChecksumFolding.cpp - carries of checksums ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Adds the carries of ones' complement sums with a multiplication.
//
//===----------------------------------------------------------------------===//

#include "DemandedBits.h"
#include "UnsignedMaxima.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_CHECKSUMFOLDINGPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct ChecksumFolding
    : mlir::whistler::impl::ChecksumFoldingPassBase<ChecksumFolding> {
  void runOnOperation() override;
};

/// `(sum & (2^bits - 1)) + (sum >> bits)` in 64 bits: what a ones' complement
/// sum of `bits` bits is above them is added to it. Or the same without the
/// mask.
struct Fold {
  arith::AddIOp add;
  arith::ShRUIOp shift;
  /// Null where there is none.
  arith::AndIOp mask;
  Value sum;
  unsigned bits;

  static std::optional<Fold> get(Value value);

  /// Whether nothing else needs what the fold computes on the way.
  bool isAlone();
  /// Whether nothing but the fold needs the sum.
  bool isOnlyUse();
};
} // namespace

//===----------------------------------------------------------------------===//
// Folds
//===----------------------------------------------------------------------===//

static std::optional<APInt> getConstant(Value value) {
  APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return constant;
  return std::nullopt;
}

static Value makeConstant(OpBuilder &builder, Location loc, uint64_t value) {
  return arith::ConstantOp::create(
      builder, loc, builder.getI64IntegerAttr(static_cast<int64_t>(value)));
}

std::optional<Fold> Fold::get(Value value) {
  // The multiplication has an immediate of 31 bits beside the sign.
  constexpr unsigned maxBits = 30;
  auto add = value.getDefiningOp<arith::AddIOp>();
  if (!add || !add.getType().isInteger(64))
    return std::nullopt;
  for (unsigned index : {0, 1}) {
    auto shift = add->getOperand(index).getDefiningOp<arith::ShRUIOp>();
    std::optional<APInt> count =
        shift ? getConstant(shift.getRhs()) : std::nullopt;
    if (!count || count->isZero() || count->ugt(maxBits))
      continue;
    unsigned bits = count->getZExtValue();
    Value low = add->getOperand(1 - index), sum = shift.getLhs();
    if (low == sum)
      return Fold{add, shift, {}, sum, bits};
    auto mask = low.getDefiningOp<arith::AndIOp>();
    std::optional<APInt> kept =
        mask ? getConstant(mask.getRhs()) : std::nullopt;
    if (kept && kept->isMask(bits) && mask.getLhs() == sum)
      return Fold{add, shift, mask, sum, bits};
  }
  return std::nullopt;
}

bool Fold::isAlone() {
  return shift->hasOneUse() && (!mask || mask->hasOneUse());
}

bool Fold::isOnlyUse() {
  return isAlone() && llvm::all_of(sum.getUsers(), [&](Operation *user) {
           return user == add || user == shift || user == mask;
         });
}

/// The largest sum of which two folds leave no carry: with 2^bits - 1 in the
/// low bits, the second one may not add anything.
static uint64_t getMaxFolded(unsigned bits) {
  return (uint64_t(1) << (2 * bits)) + (uint64_t(1) << bits) - 2;
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

/// `(sum * (2^bits + 1)) >> count`.
static Value makeProduct(OpBuilder &builder, Fold fold, unsigned count) {
  Location loc = fold.add.getLoc();
  Value factor = makeConstant(builder, loc, (uint64_t(1) << fold.bits) + 1);
  Value product = arith::MulIOp::create(builder, loc, fold.sum, factor);
  return arith::ShRUIOp::create(builder, loc, product,
                                makeConstant(builder, loc, count));
}

/// Two folds: let h and l be the sum above the lowest k bits and those bits.
/// The first yields h + l, and the lowest k bits of the second are those of h +
/// l + ((h + l) >> k). The product s * (2^k + 1) >> 2k is (s + h) >> k = h +
/// ((h + l) >> k), and s has l in its lowest k bits, so that s + product has
/// the same. What overflows in the product is above what is looked at if 3k
/// <= 64.
///
/// All bits are those if the second fold leaves no carry.
///
/// Returns the first of the two; null where the second is the only one, or
/// nothing has changed.
static Operation *foldTwice(Fold second, const DemandedBits &demanded,
                            UnsignedMaxima &maxima) {
  std::optional<Fold> first = Fold::get(second.sum);
  if (!first || !first->mask || first->bits != second.bits ||
      3 * first->bits > 64 || !first->isAlone() || !second.isOnlyUse())
    return nullptr;
  unsigned bits = first->bits;
  bool isPart = demanded.get(second.add.getResult()).getActiveBits() <= bits;
  if (!isPart && (!second.mask || maxima.get(first->sum) > getMaxFolded(bits)))
    return nullptr;
  arith::AddIOp add = second.add;
  OpBuilder builder(add);
  Value carries = makeProduct(builder, *first, 2 * bits);
  Value result =
      arith::AddIOp::create(builder, add.getLoc(), carries, first->sum);
  if (!isPart)
    result = arith::AndIOp::create(
        builder, add.getLoc(), result,
        makeConstant(builder, add.getLoc(), (uint64_t(1) << bits) - 1));
  add.getResult().replaceAllUsesWith(result);
  return first->add;
}

/// One fold: s + (s >> k) is s * (2^k + 1) >> k, where nothing overflows or
/// what does is above what is looked at. It pays where s is not needed any
/// more. Older kernels know bounds of products only where no factor has more
/// than 32 bits.
static void foldOnce(Fold fold, const DemandedBits &demanded,
                     UnsignedMaxima &maxima) {
  if (!fold.isOnlyUse())
    return;
  unsigned active = demanded.get(fold.add.getResult()).getActiveBits();
  // With the mask the lowest bits are the same as without it.
  bool isPart = active <= (fold.mask ? fold.bits : 64 - fold.bits);
  if (!isPart && (fold.mask || maxima.get(fold.sum) > UINT32_MAX))
    return;
  arith::AddIOp add = fold.add;
  OpBuilder builder(add);
  add.getResult().replaceAllUsesWith(makeProduct(builder, fold, fold.bits));
}

static void foldSums(Operation *body) {
  SmallVector<Fold> folds;
  body->walk([&](arith::AddIOp add) {
    if (std::optional<Fold> fold = Fold::get(add.getResult()))
      folds.push_back(*fold);
  });
  if (folds.empty())
    return;
  DemandedBits demanded(body);
  UnsignedMaxima maxima(body);
  llvm::SmallPtrSet<Operation *, 8> replaced;
  // From the last to the first, as two are found from the second.
  for (const Fold &fold : llvm::reverse(folds)) {
    if (replaced.contains(fold.add))
      continue;
    if (Operation *first = foldTwice(fold, demanded, maxima))
      replaced.insert(first);
    else
      foldOnce(fold, demanded, maxima);
  }
  eraseDeadOperations(body);
}

void ChecksumFolding::runOnOperation() {
  forEachBody(getOperation(), foldSums);
}
