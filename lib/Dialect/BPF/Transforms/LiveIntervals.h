//===- LiveIntervals.h - where values are live ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Live ranges on a numbering of a function's operations.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_LIVEINTERVALS_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_LIVEINTERVALS_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <array>
#include <vector>

namespace mlir::bpf {

/// A point of a function. Operation number `n` reads its operands at `2 * n`
/// and writes its results at `2 * n + 1`.
using Point = unsigned;

/// The points from `start` to before `end`.
struct Segment {
  Point start;
  Point end;
};

/// A set of points, as ordered segments that do not touch.
class LiveRange {
public:
  ArrayRef<Segment> getSegments() const { return segments; }
  bool empty() const { return segments.empty(); }

  /// The number of points.
  unsigned size() const;

  bool contains(Point point) const;

  /// Whether there is a point in both ranges.
  bool overlaps(const LiveRange &other) const;

  /// Adds a segment that starts no earlier than all that are there.
  void append(Segment segment);

  /// Adds a segment.
  void insert(Segment segment);

  /// Adds all points of `other`.
  void unite(const LiveRange &other);

private:
  SmallVector<Segment, 2> segments;
};

/// The live ranges of all register values of a function.
///
/// The blocks are numbered in reverse postorder, unreachable ones last. A block
/// argument is live from the start of its block, what is passed for it up to
/// the jump. A result that is not used is live at the point where it is
/// written.
class LiveIntervals {
public:
  /// Computes the ranges in time linear in their segments; those of values in
  /// machine registers alone where `virtualRegisters` is false.
  explicit LiveIntervals(FuncOp func, bool virtualRegisters = true);

  /// The register values, in the order of their definitions.
  ArrayRef<Value> getValues() const { return values; }
  ArrayRef<Block *> getBlocks() const { return blocks; }

  Point getReadPoint(Operation *op) const { return 2 * numbers.at(op); }
  Point getWritePoint(Operation *op) const { return 2 * numbers.at(op) + 1; }
  Point getStart(Block *block) const { return getReadPoint(&block->front()); }

  /// The range of one of `getValues()`.
  const LiveRange &getRange(Value value) const {
    return ranges[valueNumbers.at(value)];
  }

  /// Whether `value` is used after `op`, on some path.
  bool isLiveAfter(Value value, Operation *op) const {
    return getRange(value).contains(getWritePoint(op));
  }

  /// Where `reg` holds no value but is overwritten, or kept for a raw
  /// instruction that reads it.
  const LiveRange &getReserved(Register reg) const {
    return reserved[static_cast<unsigned>(reg)];
  }

private:
  void numberOperations(FuncOp func, bool virtualRegisters);
  void computeRange(Value value);
  void computeReserved(Block *block);

  std::vector<Block *> blocks;
  std::vector<Segment> blockPoints;
  std::vector<Value> values;
  std::vector<LiveRange> ranges;
  std::array<LiveRange, numRegisters> reserved;
  llvm::DenseMap<Operation *, unsigned> numbers;
  llvm::DenseMap<Block *, unsigned> blockNumbers;
  llvm::DenseMap<Value, unsigned> valueNumbers;

  /// For the value at hand: the point up to which it is live from the start of
  /// each block, 0 where it is not.
  std::vector<Point> liveUntil;
};

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_LIVEINTERVALS_H
