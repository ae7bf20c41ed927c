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

#ifdef WHISTLER_PURE_EVALUATOR
#include "Whistler/Lisp/PureEvaluator.h"
#else
#include "Whistler/Reader/Form.h"
#include <optional>
#endif

namespace whistler {

/// Forwards to a PureEvaluator if there is one and it is wanted; declines
/// everything else.
class FastPath {
public:
  FastPath(FormContext &forms, bool isWanted) {
#ifdef WHISTLER_PURE_EVALUATOR
    if (isWanted)
      evaluator.emplace(forms);
#endif
  }

#ifdef WHISTLER_PURE_EVALUATOR
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
#else
  bool define(const Form *) { return false; }
  std::optional<const Form *> expand(const Form *) { return std::nullopt; }
  std::optional<const Form *> evaluate(const Form *) { return std::nullopt; }
  void disable() {}
#endif
};

} // namespace whistler

#endif // WHISTLER_LIB_LISP_FASTPATH_H
