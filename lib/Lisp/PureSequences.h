//===- PureSequences.h - elements and keyword arguments ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What the functions on sequences share.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_PURESEQUENCES_H
#define WHISTLER_LIB_LISP_PURESEQUENCES_H

#include "PureInterpreter.h"

namespace whistler::pure {

/// The keyword arguments that functions on sequences have in common.
struct SequenceKeys {
  enum Allowed : unsigned {
    Test = 1,
    Key = 2,
    Bounds = 4,
    FromEnd = 8,
    InitialValue = 16,
  };

  /// Null for `eql`.
  const Function *test = nullptr;
  /// Null for `identity`.
  const Function *key = nullptr;
  size_t start = 0;
  std::optional<size_t> end;
  bool fromEnd = false;
  Value initialValue;

  /// Reads keyword arguments; false after failing, also on one that is not
  /// among the allowed.
  bool parse(Interpreter &interpreter, Arguments args, unsigned allowed);

  /// What stands for an element when it is compared; null where there is none.
  Value getKey(Interpreter &interpreter, const Form *element) const;
};

/// How elements are chosen: by an item, or by a predicate.
enum class Choice { Item, If, IfNot };

/// Decides which elements are meant.
class ElementTest {
public:
  /// `chooser` is the item or the predicate. False after failing.
  bool start(Interpreter &interpreter, Choice choice, Value chooser,
             const SequenceKeys &keys);
  /// Nothing where there is no answer.
  std::optional<bool> operator()(const Form *element) const;

private:
  Interpreter *interpreter = nullptr;
  Choice choice = Choice::Item;
  Value item;
  const Function *predicate = nullptr;
  SequenceKeys keys;
};

/// The elements of a list, a vector or an ASCII string; false after failing.
bool getSequence(Interpreter &interpreter, Value sequence, FormList &elements);

/// A sequence of the kind of another.
Value makeSequenceLike(Interpreter &interpreter, Value model,
                       llvm::ArrayRef<const Form *> elements);
/// A string of characters; fails if one is none, or is not ASCII.
Value makeStringOf(Interpreter &interpreter,
                   llvm::ArrayRef<const Form *> characters);

} // namespace whistler::pure

#endif // WHISTLER_LIB_LISP_PURESEQUENCES_H
