//===- FastPath.h - who expands before Common Lisp runs ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The evaluator for code without effects, or nobody.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_FASTPATH_H
#define WHISTLER_LIB_LISP_FASTPATH_H

#include "Whistler/Lisp/PureEvaluator.h"

namespace whistler {

/// Forwards to a PureEvaluator if it is wanted, until it is disabled; declines
/// everything otherwise.
class FastPath {
public:
  FastPath(FormContext &forms, bool isWanted) {
    if (isWanted)
      evaluator.emplace(forms);
  }

  bool define(const Form *form) { return evaluator && evaluator->define(form); }
  std::optional<const Form *> expand(const Form *call) {
    return evaluator ? evaluator->expand(call) : std::nullopt;
  }
  std::optional<const Form *> evaluate(const Form *form) {
    return evaluator ? evaluator->evaluate(form) : std::nullopt;
  }
  void disable() { evaluator.reset(); }

private:
  std::optional<PureEvaluator> evaluator;
};

} // namespace whistler

#endif // WHISTLER_LIB_LISP_FASTPATH_H
