//===- ChecksumFold.h - carries of checksums --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Additions of what a ones' complement sum has above its lowest bits.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_CHECKSUMFOLD_H
#define WHISTLER_LIB_TRANSFORMS_CHECKSUMFOLD_H

#include "DemandedBits.h"
#include "UnsignedMaxima.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace mlir::whistler {

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

/// Two folds, of which only the result of the second is needed.
struct DoubleFold {
  Fold first;
  Fold second;
  /// Whether only the lowest bits are looked at. Otherwise there are no others:
  /// no carry is left.
  bool isPart;
};

/// The largest sum of which two folds leave no carry: with ones in all of the
/// low bits, the second one may not add anything.
uint64_t getMaxFolded(unsigned bits);

/// All folds in a body.
SmallVector<Fold> findFolds(Operation *body);

/// The pairs among `folds`, from the last on, so that where three follow each
/// other the last two are a pair.
SmallVector<DoubleFold> findDoubleFolds(ArrayRef<Fold> folds,
                                        const DemandedBits &demanded,
                                        const UnsignedMaxima &maxima);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_CHECKSUMFOLD_H
