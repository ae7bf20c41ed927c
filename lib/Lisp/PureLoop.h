//===- PureLoop.h - the clauses of a loop -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What a `loop` form says, as its parser hands it to its evaluation.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_PURELOOP_H
#define WHISTLER_LIB_LISP_PURELOOP_H

#include "PureInterpreter.h"

#include <vector>

namespace whistler::pure {

/// A clause in front of the body: `for`, `with` or `repeat`.
struct LoopBinding {
  enum class Kind { With, In, On, Across, Range, Equals, Repeat };

  Kind kind;
  /// A variable or a tree of them; null for `repeat`.
  const Form *pattern = nullptr;
  /// The list, the first value, the start or the count. Null where absent.
  const Form *init = nullptr;
  /// `by` of lists and ranges, `then` of `=`.
  const Form *step = nullptr;
  const Form *limit = nullptr;
  /// The forms among init, limit and step in the order of the text.
  llvm::SmallVector<const Form *const LoopBinding::*, 3> order;
  bool isDownward = false;
  /// Whether the limit itself is left out.
  bool isExclusive = false;
};

/// A clause of the body.
struct LoopAction {
  enum class Kind {
    Do,
    Collect,
    Append,
    Nconc,
    Sum,
    Count,
    Maximize,
    Minimize,
    While,
    Until,
    Always,
    Never,
    Thereis,
    Return,
    If,
    Unless,
  };

  Kind kind;
  /// Null for `do`.
  const Form *form = nullptr;
  /// Where it accumulates; null for the loop's own value.
  const Symbol *into = nullptr;
  llvm::SmallVector<const Form *, 2> statements;
  std::vector<LoopAction> thenActions;
  std::vector<LoopAction> elseActions;
};

/// A whole loop. A simple loop, of compound forms only, is one `do`.
struct LoopPlan {
  std::vector<LoopBinding> bindings;
  std::vector<LoopAction> actions;
  llvm::SmallVector<const Form *, 2> initially;
  llvm::SmallVector<const Form *, 2> finally;
  /// T where a clause tests whether something holds always.
  bool isTest = false;
};

/// Reads a loop; false for one that is not known to mean here what it means in
/// Common Lisp.
bool parseLoop(const ConsForm *form, LoopPlan &plan);

} // namespace whistler::pure

#endif // WHISTLER_LIB_LISP_PURELOOP_H
