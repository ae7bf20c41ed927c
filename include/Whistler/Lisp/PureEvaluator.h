//===- PureEvaluator.h - simple macros without a Lisp system ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A small evaluator for code without effects, that declines what it does not
// implement in full.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LISP_PUREEVALUATOR_H
#define WHISTLER_LISP_PUREEVALUATOR_H

#include "Whistler/Reader/Form.h"

#include <memory>
#include <optional>

namespace whistler {

/// Expands template macros, and evaluates list and integer functions, exactly
/// as Common Lisp does. Whatever it does not know to mean the same in Common
/// Lisp, it declines before anything has happened: an operator it lacks, a call
/// that would signal an error, an evaluation that takes long.
class PureEvaluator {
public:
  explicit PureEvaluator(FormContext &forms);
  ~PureEvaluator();

  /// Takes note of `defmacro`, `defun`, and of `defconstant`, `defparameter`
  /// and `defvar` with a value that can be computed here. False if the form is
  /// something else, or cannot be stood in for: it has to be evaluated by the
  /// Common Lisp system, and the name that it defines is unknown here from then
  /// on. What a form that is no definition may change is not known here: if it
  /// is evaluated, call `disable`.
  bool define(const Form *form);

  /// Whether `name` has been defined as a macro.
  bool isMacro(const Symbol *name) const;

  /// Expands a call of a macro once, or declines.
  std::optional<const Form *> expand(const Form *call);

  /// Evaluates an expression, or declines.
  std::optional<const Form *> evaluate(const Form *form);

  /// Declines everything from now on: definitions may have changed unseen.
  void disable();

private:
  class Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace whistler

#endif // WHISTLER_LISP_PUREEVALUATOR_H
