//===- OrderTests.cpp - the tests that decide most come first ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes a test that decides another one, beyond the place where it fails, in
// front of checks of the packet's length.
//
//===----------------------------------------------------------------------===//

#include "Conditions.h"
#include "TestChain.h"
#include "Whistler/Transforms/Passes.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_ORDERTESTSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct OrderTests : mlir::whistler::impl::OrderTestsPassBase<OrderTests> {
  void runOnOperation() override;
};

/// A chain of tests, and the one that control comes to where they fail.
struct Alternatives {
  TestChain first, second;

  /// Whether the test at `index` decides the other chain's at `other`, where it
  /// succeeds or where it fails; and how.
  std::optional<bool> decide(size_t index, bool succeeds, size_t other) const;
  bool exclude(size_t index, size_t other) const;
  bool sharesLengths(size_t end, size_t otherEnd) const;
};
} // namespace

std::optional<bool> Alternatives::decide(size_t index, bool succeeds,
                                         size_t other) const {
  auto resolve = [&](Value value) {
    auto arg = dyn_cast<BlockArgument>(value);
    return arg && arg.getOwner() == first.getFailed()
               ? first.getFailedOperands()[arg.getArgNumber()]
               : value;
  };
  KnownConditions known = KnownConditions::ofOutcome(
      first.getCondition(index), succeeds == first.passesOnTrue(index));
  std::optional<bool> holds = known.decide(second.getCondition(other), resolve);
  if (!holds)
    return std::nullopt;
  return *holds == second.passesOnTrue(other);
}

/// Whether not both tests can succeed.
bool Alternatives::exclude(size_t index, size_t other) const {
  return decide(index, true, other) == false;
}

/// Whether the condition of a branch compares a distance to the packet's end.
static bool isLengthTest(Value condition) {
  std::optional<Comparison> test = Comparison::get(condition);
  return test && test->end;
}

/// Whether a check of the length in front of `end` decides a test in front of
/// `otherEnd` in any case, so that it is made only once as long as it comes
/// first.
bool Alternatives::sharesLengths(size_t end, size_t otherEnd) const {
  for (size_t index = 0; index != end; ++index)
    for (size_t other = 0; other != otherEnd; ++other)
      if (isLengthTest(first.getCondition(index)) &&
          decide(index, true, other) && decide(index, false, other))
        return true;
  return false;
}

/// The first check of the packet's length in a chain; its size if there is
/// none.
static size_t findLengthTest(const TestChain &chain) {
  size_t index = 0;
  while (index != chain.size() && !isLengthTest(chain.getCondition(index)))
    ++index;
  return index;
}

/// Makes two tests that exclude each other in front of checks of lengths.
/// Returns whether there are such.
static bool order(Alternatives alternatives) {
  auto &[first, second] = alternatives;
  // Where the packet is read depends on checks that may be moved.
  auto canLoad = [](Operation *load) { return false; };
  size_t length = findLengthTest(first);
  if (length == first.size())
    return false;
  size_t otherLength = findLengthTest(second);
  for (size_t index = 0; index != first.size(); ++index)
    for (size_t other = 0; other != second.size(); ++other) {
      size_t to = std::min(index, length);
      size_t otherTo = std::min(other, otherLength);
      bool isOrdered = to == index && otherTo == other;
      if (isOrdered || !alternatives.exclude(index, other) ||
          alternatives.sharesLengths(index, other))
        continue;
      if (otherTo != other && !second.move(other, otherTo, canLoad))
        continue;
      if (to != index)
        (void)first.move(index, to, canLoad);
      return true;
    }
  return false;
}

static void orderTests(Operation *op) {
  for (Block &block : op->getRegion(0))
    for (bool passesOnTrue : {true, false}) {
      TestChain first = TestChain::find(&block, passesOnTrue);
      if (first.size() == 0 || first.getFailed() == &block)
        continue;
      for (bool otherPassesOnTrue : {true, false}) {
        TestChain second =
            TestChain::find(first.getFailed(), otherPassesOnTrue);
        if (second.size() != 0 && order({first, second}))
          break;
      }
    }
}

void OrderTests::runOnOperation() { forEachBody(getOperation(), orderTests); }
