//===- PureLambdaList.h - parameters of functions and macros ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lambda lists, read once and then bound to the arguments of every call.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_PURELAMBDALIST_H
#define WHISTLER_LIB_LISP_PURELAMBDALIST_H

#include "PureInterpreter.h"

#include <memory>
#include <vector>

namespace whistler::pure {

struct LambdaList;

/// A variable with what belongs to it.
struct Parameter {
  /// Null where a pattern stands in its place.
  const Symbol *name = nullptr;
  std::unique_ptr<LambdaList> pattern;
  /// Null where the default is NIL.
  const Form *defaultForm = nullptr;
  /// The variable that says whether there was an argument, or null.
  const Symbol *supplied = nullptr;
  /// What a keyword argument is called.
  const Symbol *keyword = nullptr;
};

/// A lambda list of a function, a macro or `destructuring-bind`.
struct LambdaList {
  std::vector<Parameter> required;
  std::vector<Parameter> optional;
  std::optional<Parameter> rest;
  std::vector<Parameter> keys;
  std::vector<Parameter> aux;
  const Symbol *whole = nullptr;
  /// A variable that may not be read here.
  const Symbol *environment = nullptr;
  bool hasKeys = false;
  bool allowsOtherKeys = false;
};

/// A function's code.
struct Lambda {
  LambdaList parameters;
  /// Declarations and documentation are left out.
  const Form *body = nullptr;
  bool valid = false;
};

/// Reads a lambda list; false if it is not one that is known. Patterns,
/// `&body`,
/// `&whole`, `&environment` and a dot are for macros only.
bool parseLambdaList(Interpreter &interpreter, const Form *form, bool isMacro,
                     LambdaList &list);

/// Adds the variables of a function's parameters to `env`. Where this returns
/// false it has failed, or a default form left the function.
bool bindArguments(Interpreter &interpreter, const LambdaList &list,
                   Arguments args, Env &env);

/// The same for the list `args`, part of `whole`.
bool bindTree(Interpreter &interpreter, const LambdaList &list,
              const Form *args, const Form *whole, Env &env);

} // namespace whistler::pure

#endif // WHISTLER_LIB_LISP_PURELAMBDALIST_H
