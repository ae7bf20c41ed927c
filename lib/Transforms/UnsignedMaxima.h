//===- UnsignedMaxima.h - the largest values of integers --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What the integers of one body are not above.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_UNSIGNEDMAXIMA_H
#define WHISTLER_LIB_TRANSFORMS_UNSIGNEDMAXIMA_H

#include "RangeAnalysis.h"

#include "mlir/IR/Value.h"
#include "llvm/ADT/DenseMap.h"

namespace mlir::whistler {

/// The largest values that integers of at most 64 bits can have, taken as
/// unsigned ones, from the range analysis of a body. That analysis knows
/// nothing of what changes in a loop; sums are known in loops that count to a
/// constant, too.
class UnsignedMaxima {
public:
  explicit UnsignedMaxima(Operation *body) : ranges(body) {}

  /// Of a value that the analysis does not know, because the body has changed
  /// since, that is the largest number of its width.
  uint64_t get(Value value) const;

  /// What is known of a value that the analysis does not know, or that can be
  /// something else by now.
  void set(Value value, uint64_t maximum) { known[value] = maximum; }

private:
  /// What is known of the values that a derivation has come to.
  using Derived = llvm::SmallDenseMap<Value, uint64_t>;

  std::optional<uint64_t> getAnalyzed(Value value) const;
  uint64_t derive(Value value, Derived &derived) const;
  uint64_t deriveArgument(BlockArgument argument, Derived &derived) const;

  RangeAnalysis ranges;
  DenseMap<Value, uint64_t> known;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_UNSIGNEDMAXIMA_H
