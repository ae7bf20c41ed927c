//===- OrderSearch.cpp - the best order of a few blocks ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A beam search: the orders grow by one block at a time, and of those that are
// equally long the cheapest ones go on.
//
//===----------------------------------------------------------------------===//

#include "OrderSearch.h"
#include "BlockFrequency.h"
#include "Blocks.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"

using namespace mlir;
using namespace mlir::bpf;

namespace {
/// A set of block numbers.
class BlockSet {
public:
  void insert(unsigned number) { words[number / 64] |= bit(number); }
  void erase(unsigned number) { words[number / 64] &= ~bit(number); }
  bool contains(unsigned number) const {
    return words[number / 64] & bit(number);
  }
  bool contains(const BlockSet &other) const {
    for (unsigned index = 0; index < words.size(); ++index)
      if (other.words[index] & ~words[index])
        return false;
    return true;
  }
  bool operator==(const BlockSet &other) const { return words == other.words; }

  /// Calls `function` for each number, in their order.
  template <typename Function> void forEach(Function &&function) const {
    for (unsigned index = 0; index < words.size(); ++index)
      for (uint64_t rest = words[index]; rest != 0; rest &= rest - 1)
        function(64 * index + unsigned(llvm::countr_zero(rest)));
  }

private:
  static uint64_t bit(unsigned number) { return uint64_t(1) << number % 64; }
  std::array<uint64_t, maxSearchedBlocks / 64> words = {};
};

/// What the end of a block costs, by the block that follows.
struct BlockEnd {
  /// The cost before each successor that may follow without a jump.
  SmallVector<std::pair<unsigned, JumpCost>, 2> followers;
  JumpCost otherwise;

  const JumpCost &getCost(unsigned next) const {
    auto *found = llvm::find_if(
        followers, [&](const auto &entry) { return entry.first == next; });
    return found == followers.end() ? otherwise : found->second;
  }
};

/// The first blocks of an order.
struct Prefix {
  BlockSet placed;
  /// The blocks that may come next.
  BlockSet ready;
  unsigned last;
  JumpCost cost;
  /// The prefix that is one block shorter, in the list of those.
  unsigned parent;
};

class OrderSearch {
public:
  OrderSearch(ArrayRef<Block *> blocks, unsigned beamWidth);

  BlockOrder run();

private:
  BlockEnd getEnd(Block *block, const BlockFrequency &frequency) const;
  JumpCost getCost(const Prefix &prefix, unsigned next) const;
  void place(Prefix &prefix, unsigned number) const;
  void extend(const Prefix &prefix, unsigned parent,
              std::vector<Prefix> &longer) const;
  void prune(std::vector<Prefix> &prefixes) const;

  ArrayRef<Block *> blocks;
  /// How many prefixes of each length go on.
  unsigned beamWidth;
  llvm::DenseMap<Block *, unsigned> numbers;
  /// The blocks that have to come before each block.
  std::vector<BlockSet> before;
  /// The blocks that have to come after each block.
  std::vector<SmallVector<unsigned, 2>> after;
  std::vector<BlockEnd> ends;
};
} // namespace

/// Whether control goes to nothing but an exit from `block`.
static bool endsFunction(Block *block) {
  while (block->getNumSuccessors() == 1)
    block = block->getSuccessor(0);
  return block->getNumSuccessors() == 0;
}

OrderSearch::OrderSearch(ArrayRef<Block *> blocks, unsigned beamWidth)
    : blocks(blocks), beamWidth(beamWidth), before(blocks.size()),
      after(blocks.size()) {
  for (auto [number, block] : llvm::enumerate(blocks))
    numbers[block] = number;
  BlockFrequency frequency(blocks);
  // Where a loop ends the function, that is behind its last block if that is
  // best, and not behind everything that ends the function in this way.
  BlockSet free;
  for (Block *block : blocks)
    for (Block *successor : block->getSuccessors())
      if (frequency.leavesLoop(block, successor) && endsFunction(successor))
        free.insert(numbers.at(successor));
  for (auto [number, block] : llvm::enumerate(blocks)) {
    for (Block *successor : block->getSuccessors())
      if (unsigned to = numbers.at(successor); to > number) {
        if (!free.contains(to))
          before[to].insert(number);
        after[number].push_back(to);
      }
    ends.push_back(getEnd(block, frequency));
  }
}

BlockEnd OrderSearch::getEnd(Block *block,
                             const BlockFrequency &frequency) const {
  Operation *terminator = block->getTerminator();
  BlockEnd end;
  if (auto jump = dyn_cast<JaOp>(terminator)) {
    Block *target = jump.getDest();
    end.followers.push_back({numbers.at(target), {}});
    // A jump to an exit becomes one.
    double executed = isa<ExitOp>(target->front()) ? 0 : frequency.get(block);
    end.otherwise = {1, executed, executed};
  } else if (terminator->getNumSuccessors() == 2) {
    double toTrue = frequency.getOfEdge(block, 0);
    double toFalse = frequency.getOfEdge(block, 1);
    end.followers.push_back(
        {numbers.at(terminator->getSuccessor(1)), {0, 0, toTrue}});
    if (getJumpNegation(terminator))
      end.followers.push_back(
          {numbers.at(terminator->getSuccessor(0)), {0, 0, toFalse}});
    end.otherwise = {1, toFalse, toTrue + toFalse};
  }
  return end;
}

JumpCost OrderSearch::getCost(const Prefix &prefix, unsigned next) const {
  JumpCost cost = prefix.cost;
  cost += ends[prefix.last].getCost(next);
  return cost;
}

void OrderSearch::place(Prefix &prefix, unsigned number) const {
  prefix.last = number;
  prefix.placed.insert(number);
  prefix.ready.erase(number);
  for (unsigned next : after[number])
    if (!prefix.placed.contains(next) && prefix.placed.contains(before[next]))
      prefix.ready.insert(next);
}

void OrderSearch::extend(const Prefix &prefix, unsigned parent,
                         std::vector<Prefix> &longer) const {
  prefix.ready.forEach([&](unsigned next) {
    Prefix extended = prefix;
    extended.cost = getCost(prefix, next);
    extended.parent = parent;
    place(extended, next);
    longer.push_back(extended);
  });
}

void OrderSearch::prune(std::vector<Prefix> &prefixes) const {
  // What is not placed yet only depends on the last block and on the set.
  llvm::sort(prefixes, [](const Prefix &a, const Prefix &b) {
    return std::tie(a.cost, a.parent, a.last) <
           std::tie(b.cost, b.parent, b.last);
  });
  std::vector<Prefix> kept;
  for (const Prefix &prefix : prefixes) {
    if (kept.size() == beamWidth)
      break;
    bool isKnown = llvm::any_of(kept, [&](const Prefix &other) {
      return other.last == prefix.last && other.placed == prefix.placed;
    });
    if (!isKnown)
      kept.push_back(prefix);
  }
  prefixes = std::move(kept);
}

BlockOrder OrderSearch::run() {
  // The prefixes by their length.
  std::vector<std::vector<Prefix>> prefixes(1);
  Prefix start{{}, {}, 0, {}, 0};
  place(start, 0);
  prefixes.front().push_back(start);
  while (prefixes.size() < blocks.size()) {
    std::vector<Prefix> longer;
    for (auto [index, prefix] : llvm::enumerate(prefixes.back()))
      extend(prefix, index, longer);
    prune(longer);
    prefixes.push_back(std::move(longer));
  }
  // The last block cannot fall through.
  constexpr unsigned none = ~0u;
  const Prefix *best = nullptr;
  JumpCost bestCost;
  for (const Prefix &prefix : prefixes.back())
    if (JumpCost cost = getCost(prefix, none); !best || cost < bestCost) {
      best = &prefix;
      bestCost = cost;
    }
  BlockOrder order;
  order.cost = bestCost;
  for (unsigned length = blocks.size(); length-- > 0;) {
    order.blocks.push_back(blocks[best->last]);
    if (length > 0)
      best = &prefixes[length - 1][best->parent];
  }
  std::reverse(order.blocks.begin(), order.blocks.end());
  return order;
}

BlockOrder bpf::searchBlockOrder(ArrayRef<Block *> blocks, unsigned beamWidth) {
  return OrderSearch(blocks, beamWidth).run();
}
