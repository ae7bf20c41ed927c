//===- LiveIntervals.cpp - where values are live ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Computes the live range of each value by walking from its uses back to its
// definition.
//
//===----------------------------------------------------------------------===//

#include "LiveIntervals.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bpf;

//===----------------------------------------------------------------------===//
// LiveRange
//===----------------------------------------------------------------------===//

unsigned LiveRange::size() const {
  unsigned result = 0;
  for (Segment segment : segments)
    result += segment.end - segment.start;
  return result;
}

bool LiveRange::contains(Point point) const {
  auto *after = llvm::upper_bound(
      segments, point, [](Point p, Segment s) { return p < s.start; });
  return after != segments.begin() && std::prev(after)->end > point;
}

/// Whether it takes less to search for each of `numFew` segments among
/// `numMany` others than to walk along all of them.
static bool isSearchCheaper(size_t numFew, size_t numMany) {
  return numFew * (llvm::Log2_64_Ceil(numMany + 1) + 1) < numMany;
}

/// The first of `segments` that ends at `point` or later.
static Segment *findEnd(MutableArrayRef<Segment> segments, Point point) {
  return llvm::partition_point(segments,
                               [=](Segment s) { return s.end < point; });
}

bool LiveRange::overlaps(const LiveRange &other) const {
  if (other.segments.size() < segments.size())
    return other.overlaps(*this);
  if (isSearchCheaper(segments.size(), other.segments.size()))
    return llvm::any_of(segments, [&](Segment segment) {
      const auto *found = llvm::partition_point(
          other.segments, [=](Segment s) { return s.end <= segment.start; });
      return found != other.segments.end() && found->start < segment.end;
    });
  const auto *a = segments.begin(), *b = other.segments.begin();
  while (a != segments.end() && b != other.segments.end()) {
    if (a->end <= b->start)
      ++a;
    else if (b->end <= a->start)
      ++b;
    else
      return true;
  }
  return false;
}

void LiveRange::append(Segment segment) {
  if (!segments.empty() && segments.back().end >= segment.start) {
    segments.back().end = std::max(segments.back().end, segment.end);
    return;
  }
  segments.push_back(segment);
}

void LiveRange::insert(Segment segment) {
  Segment *first = findEnd(segments, segment.start), *last = first;
  for (; last != segments.end() && last->start <= segment.end; ++last) {
    segment.start = std::min(segment.start, last->start);
    segment.end = std::max(segment.end, last->end);
  }
  if (first == last) {
    segments.insert(first, segment);
    return;
  }
  *first = segment;
  segments.erase(std::next(first), last);
}

void LiveRange::unite(const LiveRange &other) {
  if (isSearchCheaper(other.segments.size(), segments.size())) {
    llvm::for_each(other.segments, [&](Segment s) { insert(s); });
    return;
  }
  SmallVector<Segment, 2> old = std::move(segments);
  segments.clear();
  const auto *a = old.begin(), *b = other.segments.begin();
  while (a != old.end() || b != other.segments.end()) {
    bool takeOld =
        b == other.segments.end() || (a != old.end() && a->start <= b->start);
    append(takeOld ? *a++ : *b++);
  }
}

//===----------------------------------------------------------------------===//
// LiveIntervals
//===----------------------------------------------------------------------===//

LiveIntervals::LiveIntervals(FuncOp func, bool virtualRegisters) {
  numberOperations(func, virtualRegisters);
  liveUntil.assign(blocks.size(), 0);
  ranges.resize(values.size());
  for (Value value : values)
    computeRange(value);
  for (Block *block : blocks)
    computeReserved(block);
}

void LiveIntervals::numberOperations(FuncOp func, bool virtualRegisters) {
  for (Block *block :
       llvm::ReversePostOrderTraversal<Block *>(&func.getBody().front()))
    blocks.push_back(block);
  blockNumbers.reserve(blocks.size());
  for (auto [index, block] : llvm::enumerate(blocks))
    blockNumbers[block] = index;
  for (Block &block : func.getBody())
    if (blockNumbers.try_emplace(&block, blocks.size()).second)
      blocks.push_back(&block);

  auto addValue = [&](Value value) {
    bool isNumbered = virtualRegisters ? isa<RegType>(value.getType())
                                       : getMachineRegister(value).has_value();
    if (!isNumbered)
      return;
    valueNumbers[value] = values.size();
    values.push_back(value);
  };
  unsigned number = 0;
  for (Block *block : blocks)
    number += block->getOperations().size();
  numbers.reserve(number);
  valueNumbers.reserve(number);
  number = 0;
  for (Block *block : blocks) {
    llvm::for_each(block->getArguments(), addValue);
    Point start = 2 * number;
    for (Operation &op : *block) {
      numbers[&op] = number++;
      llvm::for_each(op.getResults(), addValue);
    }
    blockPoints.push_back({start, 2 * number});
  }
}

void LiveIntervals::computeRange(Value value) {
  unsigned home = blockNumbers.at(value.getParentBlock());
  Operation *def = value.getDefiningOp();
  Point start = def ? getWritePoint(def) : blockPoints[home].start;
  Point homeEnd = start + 1;

  SmallVector<unsigned> touched, pending;
  auto liveAtEnd = [&](Block *block) {
    unsigned number = blockNumbers.at(block);
    Point end = blockPoints[number].end;
    if (number == home)
      homeEnd = end;
    else if (liveUntil[number] == 0)
      pending.push_back(number), touched.push_back(number);
    if (number != home)
      liveUntil[number] = end;
  };
  for (OpOperand &use : value.getUses()) {
    unsigned number = blockNumbers.at(use.getOwner()->getBlock());
    Point end = getReadPoint(use.getOwner()) + 1;
    if (number == home) {
      homeEnd = std::max(homeEnd, end);
      continue;
    }
    if (liveUntil[number] == 0)
      pending.push_back(number), touched.push_back(number);
    liveUntil[number] = std::max(liveUntil[number], end);
  }
  while (!pending.empty())
    llvm::for_each(blocks[pending.pop_back_val()]->getPredecessors(),
                   liveAtEnd);

  touched.push_back(home);
  llvm::sort(touched);
  LiveRange &range = ranges[valueNumbers.at(value)];
  for (unsigned number : touched) {
    if (number == home)
      range.append({start, homeEnd});
    else
      range.append({blockPoints[number].start, liveUntil[number]});
    liveUntil[number] = 0;
  }
}

void LiveIntervals::computeReserved(Block *block) {
  constexpr Point never = ~Point(0);
  std::array<Point, numRegisters> lastWrite;
  lastWrite.fill(never);
  auto noteWrite = [&](Value value, Point point) {
    if (std::optional<Register> reg = getMachineRegister(value))
      lastWrite[static_cast<unsigned>(*reg)] = point;
  };
  for (BlockArgument argument : block->getArguments())
    noteWrite(argument, getStart(block));

  for (Operation &op : *block) {
    // Nothing but the order of instructions ties a raw one to what it reads.
    if (auto raw = dyn_cast<RawOp>(op))
      getReadRegisters(raw).forEach([&](Register reg) {
        Point written = lastWrite[static_cast<unsigned>(reg)];
        if (written != never)
          reserved[static_cast<unsigned>(reg)].append(
              {written, getReadPoint(&op) + 1});
      });
    Point point = getWritePoint(&op);
    if (auto instruction = dyn_cast<InstructionOpInterface>(op))
      instruction.getClobbers().forEach([&](Register reg) {
        reserved[static_cast<unsigned>(reg)].append({point, point + 1});
        lastWrite[static_cast<unsigned>(reg)] = point;
      });
    for (Value result : op.getResults())
      noteWrite(result, point);
  }
}
