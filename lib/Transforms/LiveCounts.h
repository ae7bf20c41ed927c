//===- LiveCounts.h - how many values are alive -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// How many registers the values of a body would take where they are alive.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_LIVECOUNTS_H
#define WHISTLER_LIB_TRANSFORMS_LIVECOUNTS_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/DenseMap.h"

#include <vector>

namespace mlir::whistler {

/// Counts the values that are alive in each place of a body, but for those that
/// are made again where they are used: constants, and addresses of variables,
/// maps and functions. Upstream's `Liveness` has the values as well, in sets of
/// half a kilobyte for each block.
class LiveCounts {
public:
  /// Of `body`, a program or function, as it is now; the questions are about
  /// the operations that it has.
  explicit LiveCounts(Operation *body);

  /// How many values that are defined before `op` are used behind it.
  unsigned getAcross(Operation *op) const;

  /// How many values are alive at most in one place.
  unsigned getMost() const;

private:
  void add(Value value);
  void add(unsigned first, unsigned last);
  unsigned getLastPlace(Block *block) const;

  /// The place in front of each operation; the next number is that behind it.
  DenseMap<Operation *, unsigned> places;
  /// By place; while values are added, how many more there are than one place
  /// before.
  std::vector<int> counts;
  /// By place, how many of the values are defined in front of it.
  std::vector<unsigned> begins;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_LIVECOUNTS_H
