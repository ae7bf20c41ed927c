//===- TestChain.h - tests that fail alike, in a row ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Chains of branches that lead to one place where a test fails, and their
// order.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_TESTCHAIN_H
#define WHISTLER_LIB_TRANSFORMS_TESTCHAIN_H

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

namespace mlir::whistler {

/// Blocks that end in tests, all of which have to succeed for control to pass
/// the last one. Where any of them fails, control comes to the same block with
/// the same operands, so that the tests may be made in any order. Only the
/// first block has other ways in, and from its test on nothing is written and
/// nothing is called.
class TestChain {
public:
  /// The chain from the test at the end of `first` on, which passes where the
  /// condition is `passesOnTrue`. Empty if `first` does not end in a test.
  static TestChain find(Block *first, bool passesOnTrue);

  size_t size() const { return links.size(); }
  Block *getBlock(size_t index) const { return links[index].block; }
  cf::CondBranchOp getBranch(size_t index) const {
    return cast<cf::CondBranchOp>(links[index].block->getTerminator());
  }
  Value getCondition(size_t index) const {
    return getBranch(index).getCondition();
  }
  bool passesOnTrue(size_t index) const { return links[index].passesOnTrue; }
  /// Where control comes to from any of the tests, and the operands it brings.
  Block *getFailed() const;
  OperandRange getFailedOperands() const;

  /// Makes the test at `from` in front of the one at `to`, an earlier one. Does
  /// nothing and returns false if that is not possible: what the test is
  /// computed from has to be numbers, and loads for which `canLoad` holds.
  /// What else is computed between the tests stays behind those that were in
  /// front of it, which may be what allows it.
  bool move(size_t from, size_t to,
            function_ref<bool(Operation *load)> canLoad);

private:
  struct Link {
    Block *block;
    bool passesOnTrue;
  };

  void rotate(size_t from, size_t to);

  SmallVector<Link, 4> links;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_TESTCHAIN_H
