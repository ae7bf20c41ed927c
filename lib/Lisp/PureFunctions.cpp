//===- PureFunctions.cpp - functions on functions ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Functions that call functions: application and mapping.
//
//===----------------------------------------------------------------------===//

#include "PureInterpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

static Value funcall(Interpreter &interpreter, Arguments args) {
  const Function *function = interpreter.getFunction(args[0]);
  return function ? interpreter.call(*function, args.drop_front()) : Value();
}

/// (apply function argument... list)
static Value apply(Interpreter &interpreter, Arguments args) {
  const Function *function = interpreter.getFunction(args[0]);
  const Form *list = interpreter.toForm(args.back());
  FormList spread;
  if (!function || !list || !interpreter.getElements(list, spread))
    return Value();
  SmallVector<Value, 8> all(args.drop_front().drop_back());
  all.append(spread.begin(), spread.end());
  return interpreter.call(*function, all);
}

static Value getIdentity(Interpreter &interpreter, Arguments args) {
  return args[0];
}

/// (values value...): nobody here looks at more than the first.
static Value values(Interpreter &interpreter, Arguments args) {
  return args.empty() ? Value(interpreter.getNil()) : args[0];
}

static Value constantly(Interpreter &interpreter, Arguments args) {
  return interpreter.make<Function>(Function::Kind::Constantly, nullptr,
                                    nullptr, nullptr, Env(), args[0]);
}

static Value complement(Interpreter &interpreter, Arguments args) {
  const Function *function = interpreter.getFunction(args[0]);
  if (!function)
    return Value();
  return interpreter.make<Function>(Function::Kind::Complement, nullptr,
                                    nullptr, nullptr, Env(), Value(function));
}

//===----------------------------------------------------------------------===//
// Mapping
//===----------------------------------------------------------------------===//

namespace {

/// Calls a function on the elements, or the tails, of several lists at once,
/// until the first of them ends.
class Mapping {
public:
  Mapping(Interpreter &interpreter, bool onTails)
      : interpreter(interpreter), onTails(onTails) {}

  bool start(Arguments args);
  /// The value of the next call; null at the end, or after failing.
  Value next();
  /// Whether the end has been reached as it should.
  bool isDone() const { return done; }

private:
  Interpreter &interpreter;
  bool onTails;
  bool done = false;
  const Function *function = nullptr;
  SmallVector<ListWalker, 2> walkers;
};

} // namespace

bool Mapping::start(Arguments args) {
  function = interpreter.getFunction(args[0]);
  if (!function)
    return false;
  for (Value arg : args.drop_front()) {
    const Form *list = interpreter.toForm(arg);
    if (!list)
      return false;
    walkers.emplace_back(interpreter, list);
  }
  return true;
}

Value Mapping::next() {
  SmallVector<Value, 4> args;
  for (ListWalker &walker : walkers) {
    const Form *tail = walker.getRest();
    const Form *element = walker.next();
    if (!element) {
      done = tail->isNil();
      return done ? Value() : interpreter.fail();
    }
    args.push_back(onTails ? tail : element);
  }
  return interpreter.call(*function, args);
}

template <bool onTails>
static Value mapToList(Interpreter &interpreter, Arguments args) {
  Mapping mapping(interpreter, onTails);
  FormList elements;
  if (!mapping.start(args))
    return Value();
  while (Value value = mapping.next()) {
    const Form *form = interpreter.toForm(value);
    if (!form)
      return Value();
    elements.push_back(form);
  }
  return mapping.isDone() ? Value(interpreter.makeList(elements)) : Value();
}

template <bool onTails>
static Value mapForEffect(Interpreter &interpreter, Arguments args) {
  Mapping mapping(interpreter, onTails);
  if (!mapping.start(args))
    return Value();
  while (mapping.next())
    ;
  return mapping.isDone() ? args[1] : Value();
}

/// Joins the lists that the calls return, as `nconc` does.
template <bool onTails>
static Value mapAndJoin(Interpreter &interpreter, Arguments args) {
  Mapping mapping(interpreter, onTails);
  FormList elements;
  const Form *tail = interpreter.getNil();
  if (!mapping.start(args))
    return Value();
  while (Value value = mapping.next()) {
    const Form *list = interpreter.toForm(value);
    if (!list || !list->isList())
      return interpreter.fail();
    if (list->isNil())
      continue;
    if (!interpreter.getElements(tail, elements) ||
        !interpreter.overwrite(tail, /*all=*/false))
      return Value();
    tail = list;
  }
  return mapping.isDone() ? Value(interpreter.makeList(elements, tail))
                          : Value();
}

ArrayRef<Builtin> pure::getFunctionBuiltins() {
  static constexpr auto any = Builtin::anyNumber;
  static constexpr uint8_t functions = Builtin::Functions;
  static constexpr uint8_t anything = Builtin::Functions | Builtin::Opaque;
  static constexpr Builtin table[] = {
      {"APPLY", 2, any, anything, apply},
      {"COMPLEMENT", 1, 1, functions, complement},
      {"CONSTANTLY", 1, 1, anything, constantly},
      {"FUNCALL", 1, any, anything, funcall},
      {"IDENTITY", 1, 1, anything, getIdentity},
      {"MAPC", 2, any, functions, mapForEffect<false>},
      {"MAPCAN", 2, any, functions, mapAndJoin<false>},
      {"MAPCAR", 2, any, functions, mapToList<false>},
      {"MAPCON", 2, any, functions, mapAndJoin<true>},
      {"MAPL", 2, any, functions, mapForEffect<true>},
      {"MAPLIST", 2, any, functions, mapToList<true>},
      {"VALUES", 0, any, anything, values},
  };
  return table;
}
