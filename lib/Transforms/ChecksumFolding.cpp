//===- ChecksumFolding.cpp - carries of checksums ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Adds the carries of ones' complement sums by multiplication, and does without
// splitting what is added.
//
//===----------------------------------------------------------------------===//

#include "ChecksumFold.h"
#include "ChecksumSums.h"
#include "DemandedBits.h"
#include "UnsignedMaxima.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/SmallPtrSet.h"

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
} // namespace

static Value makeConstant(OpBuilder &builder, Location loc, uint64_t value) {
  return arith::ConstantOp::create(
      builder, loc, builder.getI64IntegerAttr(static_cast<int64_t>(value)));
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

/// `(sum * (2^bits + 1)) >> count`, where `builder` stands.
static Value makeProduct(OpBuilder &builder, Location loc, const Fold &fold,
                         unsigned count) {
  Value factor = makeConstant(builder, loc, (uint64_t(1) << fold.bits) + 1);
  Value product = arith::MulIOp::create(builder, loc, fold.sum, factor);
  return arith::ShRUIOp::create(builder, loc, product,
                                makeConstant(builder, loc, count));
}

/// Two folds: let h and l be the sum above the lowest k bits and those bits.
/// The first yields h + l, and the lowest k bits of the second are those of h +
/// l + ((h + l) >> k). The product s * (2^k + 1) >> 2k is (s + h) >> k = h +
/// ((h + l) >> k), and s has l in its lowest k bits, so that s + product has
/// the same. What overflows in the product is above what is looked at.
static void foldTwice(const DoubleFold &folds) {
  const Fold &sum = folds.first;
  Operation *add = folds.second.add;
  OpBuilder builder(add);
  Location loc = add->getLoc();
  Value carries = makeProduct(builder, loc, sum, 2 * sum.bits);
  Value result = arith::AddIOp::create(builder, loc, carries, sum.sum);
  if (!folds.isPart)
    result = arith::AndIOp::create(
        builder, loc, result,
        makeConstant(builder, loc, (uint64_t(1) << sum.bits) - 1));
  add->getResult(0).replaceAllUsesWith(result);
}

/// One fold: s + (s >> k) is s * (2^k + 1) >> k, where nothing overflows or
/// what does is above what is looked at. It pays where s is not needed any
/// more. Older kernels know bounds of products only where no factor has more
/// than 32 bits.
static void foldOnce(Fold fold, const DemandedBits &demanded,
                     const UnsignedMaxima &maxima) {
  if (!fold.isOnlyUse())
    return;
  unsigned active = demanded.get(fold.add.getResult()).getActiveBits();
  // With the mask the lowest bits are the same as without it.
  bool isPart = active <= (fold.mask ? fold.bits : 64 - fold.bits);
  if (!isPart && (fold.mask || maxima.get(fold.sum) > UINT32_MAX))
    return;
  OpBuilder builder(fold.add);
  fold.add.getResult().replaceAllUsesWith(
      makeProduct(builder, fold.add.getLoc(), fold, fold.bits));
}

static void foldSums(Operation *body) {
  if (findFolds(body).empty())
    return;
  UnsignedMaxima maxima(body);
  joinHalves(body, maxima);
  DemandedBits demanded(body);
  SmallVector<Fold> folds = findFolds(body);
  llvm::SmallPtrSet<Operation *, 8> done;
  for (const DoubleFold &both : findDoubleFolds(folds, demanded, maxima)) {
    done.insert(both.first.add);
    done.insert(both.second.add);
    foldTwice(both);
  }
  for (const Fold &fold : folds)
    if (!done.contains(fold.add))
      foldOnce(fold, demanded, maxima);
  eraseDeadOperations(body);
}

void ChecksumFolding::runOnOperation() {
  forEachBody(getOperation(), foldSums);
}
