//===- ChecksumFold.cpp - carries of checksums ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds additions of what a ones' complement sum has above its lowest bits.
//
//===----------------------------------------------------------------------===//

#include "ChecksumFold.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace mlir::whistler;

static std::optional<APInt> getConstant(Value value) {
  APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return constant;
  return std::nullopt;
}

std::optional<Fold> Fold::get(Value value) {
  // The factor of one fold is an immediate of 31 bits beside the sign.
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

uint64_t mlir::whistler::getMaxFolded(unsigned bits) {
  return (uint64_t(1) << (2 * bits)) + (uint64_t(1) << bits) - 2;
}

SmallVector<Fold> mlir::whistler::findFolds(Operation *body) {
  SmallVector<Fold> folds;
  body->walk([&](arith::AddIOp add) {
    if (std::optional<Fold> fold = Fold::get(add.getResult()))
      folds.push_back(*fold);
  });
  return folds;
}

/// The pair that ends in `second`.
static std::optional<DoubleFold> getDoubleFold(Fold second,
                                               const DemandedBits &demanded,
                                               const UnsignedMaxima &maxima) {
  std::optional<Fold> first = Fold::get(second.sum);
  // Of the product, as many bits are looked at above twice as many.
  if (!first || !first->mask || first->bits != second.bits ||
      3 * first->bits > 64 || !first->isAlone() || !second.isOnlyUse())
    return std::nullopt;
  bool isPart =
      demanded.get(second.add.getResult()).getActiveBits() <= first->bits;
  if (!isPart &&
      (!second.mask || maxima.get(first->sum) > getMaxFolded(first->bits)))
    return std::nullopt;
  return DoubleFold{*first, second, isPart};
}

SmallVector<DoubleFold>
mlir::whistler::findDoubleFolds(ArrayRef<Fold> folds,
                                const DemandedBits &demanded,
                                const UnsignedMaxima &maxima) {
  SmallVector<DoubleFold> pairs;
  llvm::SmallPtrSet<Operation *, 8> taken;
  for (const Fold &fold : llvm::reverse(folds)) {
    Fold second = fold;
    if (taken.contains(second.add))
      continue;
    std::optional<DoubleFold> both = getDoubleFold(second, demanded, maxima);
    if (!both)
      continue;
    taken.insert(both->first.add);
    pairs.push_back(*both);
  }
  return pairs;
}
