//===- StackNeeds.h - room for one more call --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Estimates the stack of programs and functions, for passes that add calls.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_STACKNEEDS_H
#define WHISTLER_LIB_TRANSFORMS_STACKNEEDS_H

#include "Whistler/Transforms/Passes.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::whistler {

/// Which programs and functions may call one more function, that has a small
/// frame and calls none itself.
class StackNeeds {
public:
  explicit StackNeeds(ModuleOp module);

  /// Whether a call can be added to `body`, a program or function: the frames
  /// of all that may be active then fit into what the kernel gives to them, and
  /// the kernel allows calls where they would be.
  bool canCall(Operation *body);

private:
  /// The chain of calls that ends in a function, at its worst.
  struct Chain {
    int64_t bytes = 0;
    unsigned frames = 0;
  };
  /// What is known of a program or function.
  struct Body {
    llvm::SmallSetVector<Operation *, 2> callers;
    bool makesCalls = false;
    bool makesTailCalls = false;
    /// Takes locks, or has instructions that may do anything.
    bool isDelicate = false;
    /// Found when it is asked for; endless where functions call themselves.
    std::optional<Chain> chain;
    bool isVisited = false;
  };

  std::optional<Chain> getChain(Operation *body);

  llvm::MapVector<Operation *, Body> bodies;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_STACKNEEDS_H
