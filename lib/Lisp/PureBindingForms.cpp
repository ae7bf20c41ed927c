//===- PureBindingForms.cpp - variables and functions -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The operators that bind and assign lexical variables, and those that make
// functions.
//
//===----------------------------------------------------------------------===//

#include "PureInterpreter.h"
#include "PureLambdaList.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

//===----------------------------------------------------------------------===//
// let
//===----------------------------------------------------------------------===//

/// Reads `var`, `(var)` or `(var form)`; `form` is null where there is none.
static bool parseBinding(const Form *binding, const Symbol *&name,
                         const Form *&form) {
  form = nullptr;
  name = binding->getSymbol();
  if (name)
    return true;
  std::optional<size_t> length = properListLength(binding);
  if (!length || *length > 2)
    return false;
  name = listElement(binding, 0)->getSymbol();
  form = listElement(binding, 1);
  return name;
}

/// Whether `env` has got the variable since it was `outer`: twice in one `let`
/// it means nothing.
static bool isBound(const Symbol *name, const Env &env, const Env &outer) {
  for (Variable *variable = env.variables; variable != outer.variables;
       variable = variable->next)
    if (variable->name == name)
      return true;
  return false;
}

/// The body of a form `(operator bindings declarations... body...)`.
static Value evalBodyOf(Interpreter &interpreter, const ConsForm *form,
                        const Env &env) {
  const Form *body = interpreter.skipDeclarations(
      cast<ConsForm>(form->getCdr())->getCdr(), /*hasDocumentation=*/false);
  return body ? interpreter.evalBody(body, env) : Value();
}

static Value evalLetForm(Interpreter &interpreter, const ConsForm *form,
                         const Env &env, bool isSequential) {
  const Form *bindings = listElement(form, 1);
  if (!bindings || !properListLength(bindings))
    return interpreter.fail();
  Env inner = env;
  for (const Form *binding : listElements(bindings)) {
    const Symbol *name;
    const Form *init;
    if (!parseBinding(binding, name, init) ||
        (!isSequential && isBound(name, inner, env)))
      return interpreter.fail();
    Value value = init ? interpreter.eval(init, isSequential ? inner : env)
                       : Value(interpreter.getNil());
    if (!value || !interpreter.bind(inner, name, value))
      return Value();
  }
  return evalBodyOf(interpreter, form, inner);
}

static Value evalLet(Interpreter &interpreter, const ConsForm *form,
                     const Env &env) {
  return evalLetForm(interpreter, form, env, /*isSequential=*/false);
}

static Value evalLetStar(Interpreter &interpreter, const ConsForm *form,
                         const Env &env) {
  return evalLetForm(interpreter, form, env, /*isSequential=*/true);
}

/// (destructuring-bind lambda-list form body...)
static Value evalDestructuringBind(Interpreter &interpreter,
                                   const ConsForm *form, const Env &env) {
  const Form *lambdaList = listElement(form, 1);
  const Form *init = listElement(form, 2);
  LambdaList list;
  if (!init ||
      !parseLambdaList(interpreter, lambdaList, /*isMacro=*/true, list))
    return interpreter.fail();
  const Form *value = interpreter.evalForm(init, env);
  Env inner = env;
  if (!value || list.environment ||
      !bindTree(interpreter, list, value, value, inner))
    return value ? interpreter.fail() : Value();
  const auto *rest = cast<ConsForm>(cast<ConsForm>(form->getCdr())->getCdr());
  const Form *body = interpreter.skipDeclarations(rest->getCdr(),
                                                  /*hasDocumentation=*/false);
  return body ? interpreter.evalBody(body, inner) : Value();
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// Adds the functions of `flet` or `labels`, whose code means what `env` says:
/// for `labels` that is the environment that they are added to.
static bool addLocalFunctions(Interpreter &interpreter, const Form *definitions,
                              bool isRecursive, Env &env) {
  Env outer = env;
  SmallVector<LocalFunction *, 4> added;
  for (const Form *definition : listElements(definitions)) {
    const Symbol *name = listOperator(definition);
    if (!name || !properListLength(definition))
      return false;
    const SymbolInfo &info = interpreter.getInfo(name);
    if (info.standard || !info.bindable)
      return false;
    env.functions =
        interpreter.make<LocalFunction>(name, nullptr, env.functions);
    added.push_back(env.functions);
  }
  size_t index = 0;
  for (const Form *definition : listElements(definitions)) {
    LocalFunction *local = added[index++];
    local->function =
        interpreter.makeClosure(cast<ConsForm>(definition)->getCdr(),
                                isRecursive ? env : outer, local->name);
    if (!local->function)
      return false;
  }
  return true;
}

static Value evalLocalFunctions(Interpreter &interpreter, const ConsForm *form,
                                const Env &env, bool isRecursive) {
  const Form *definitions = listElement(form, 1);
  Env inner = env;
  if (!definitions || !properListLength(definitions) ||
      !addLocalFunctions(interpreter, definitions, isRecursive, inner))
    return interpreter.fail();
  return evalBodyOf(interpreter, form, inner);
}

static Value evalFlet(Interpreter &interpreter, const ConsForm *form,
                      const Env &env) {
  return evalLocalFunctions(interpreter, form, env, /*isRecursive=*/false);
}

static Value evalLabels(Interpreter &interpreter, const ConsForm *form,
                        const Env &env) {
  return evalLocalFunctions(interpreter, form, env, /*isRecursive=*/true);
}

static Value evalLambda(Interpreter &interpreter, const ConsForm *form,
                        const Env &env) {
  const Function *function = interpreter.makeClosure(form->getCdr(), env);
  return function ? Value(function) : Value();
}

/// (function name) or (function (lambda ...))
static Value evalFunction(Interpreter &interpreter, const ConsForm *form,
                          const Env &env) {
  const Form *name = listElement(form, 1);
  if (!name || listElement(form, 2))
    return interpreter.fail();
  if (const Symbol *symbol = name->getSymbol()) {
    const Function *function = interpreter.getFunction(symbol, env);
    return function ? Value(function) : Value();
  }
  const Symbol *op = listOperator(name);
  if (!op || !op->is("LAMBDA"))
    return interpreter.fail();
  return evalLambda(interpreter, cast<ConsForm>(name), env);
}

static Value evalQuote(Interpreter &interpreter, const ConsForm *form,
                       const Env &env) {
  const Form *data = listElement(form, 1);
  return data && !listElement(form, 2) ? Value(data) : interpreter.fail();
}

//===----------------------------------------------------------------------===//
// Assignment
//===----------------------------------------------------------------------===//

/// The lexical variable that a place is; null after failing.
static Variable *findPlace(Interpreter &interpreter, const Form *place,
                           const Env &env) {
  const Symbol *symbol = place ? place->getSymbol() : nullptr;
  if (symbol && interpreter.getInfo(symbol).bindable)
    return interpreter.findVariable(symbol, env);
  interpreter.fail();
  return nullptr;
}

/// (setq var form ...)
static Value evalSetq(Interpreter &interpreter, const ConsForm *form,
                      const Env &env) {
  Value value = interpreter.getNil();
  const Form *rest = form->getCdr();
  while (const auto *pair = dyn_cast<ConsForm>(rest)) {
    const auto *second = dyn_cast<ConsForm>(pair->getCdr());
    Variable *variable = findPlace(interpreter, pair->getCar(), env);
    if (!second || !variable)
      return interpreter.fail();
    value = interpreter.eval(second->getCar(), env);
    if (!value)
      return value;
    variable->value = value;
    rest = second->getCdr();
  }
  return value;
}

/// (psetq var form ...)
static Value evalPsetq(Interpreter &interpreter, const ConsForm *form,
                       const Env &env) {
  SmallVector<std::pair<Variable *, Value>, 4> assignments;
  const Form *rest = form->getCdr();
  while (const auto *pair = dyn_cast<ConsForm>(rest)) {
    const auto *second = dyn_cast<ConsForm>(pair->getCdr());
    Variable *variable = findPlace(interpreter, pair->getCar(), env);
    if (!second || !variable)
      return interpreter.fail();
    Value value = interpreter.eval(second->getCar(), env);
    if (!value)
      return value;
    assignments.push_back({variable, value});
    rest = second->getCdr();
  }
  for (auto [variable, value] : assignments)
    variable->value = value;
  return interpreter.getNil();
}

/// (push item var)
static Value evalPush(Interpreter &interpreter, const ConsForm *form,
                      const Env &env) {
  if (properListLength(form) != size_t(3))
    return interpreter.fail();
  const Form *item = interpreter.evalForm(listElement(form, 1), env);
  if (!item)
    return Value();
  Variable *variable = findPlace(interpreter, listElement(form, 2), env);
  const Form *list =
      variable && variable->value ? variable->value.getForm() : nullptr;
  if (!list)
    return interpreter.fail();
  variable->value = interpreter.makeCons(item, list);
  return variable->value;
}

/// (pushnew item var [keys])
static Value evalPushnew(Interpreter &interpreter, const ConsForm *form,
                         const Env &env) {
  std::optional<size_t> length = properListLength(form);
  if (!length || *length < 3)
    return interpreter.fail();
  SmallVector<Value, 4> args = {interpreter.eval(listElement(form, 1), env),
                                Value()};
  Variable *variable = findPlace(interpreter, listElement(form, 2), env);
  if (!args[0] || !variable || !variable->value)
    return args[0] ? interpreter.fail() : Value();
  args[1] = variable->value;
  for (size_t i = 3; i < *length; ++i) {
    args.push_back(interpreter.eval(listElement(form, i), env));
    if (!args.back())
      return Value();
  }
  const Symbol *adjoin = interpreter.getForms().intern("ADJOIN");
  Value list =
      interpreter.callBuiltin(*interpreter.getInfo(adjoin).builtin, args);
  if (list)
    variable->value = list;
  return list;
}

/// (pop var)
static Value evalPop(Interpreter &interpreter, const ConsForm *form,
                     const Env &env) {
  if (properListLength(form) != size_t(2))
    return interpreter.fail();
  Variable *variable = findPlace(interpreter, listElement(form, 1), env);
  const Form *list =
      variable && variable->value ? variable->value.getForm() : nullptr;
  if (!list || !list->isList())
    return interpreter.fail();
  const auto *cons = dyn_cast<ConsForm>(list);
  if (!cons)
    return list;
  interpreter.touch(cons);
  variable->value = cons->getCdr();
  return cons->getCar();
}

/// (incf var [delta]) as (setq var (+ var delta)); `name` is the operator.
static Value evalStep(Interpreter &interpreter, const ConsForm *form,
                      const Env &env, StringRef name) {
  std::optional<size_t> length = properListLength(form);
  if (!length || *length < 2 || *length > 3)
    return interpreter.fail();
  Variable *variable = findPlace(interpreter, listElement(form, 1), env);
  if (!variable || !variable->value)
    return interpreter.fail();
  Value delta = interpreter.getForms().makeInteger(1);
  if (*length == 3)
    delta = interpreter.eval(listElement(form, 2), env);
  if (!delta)
    return Value();
  // The variable is read last: the delta may have assigned it.
  Value args[] = {variable->value, delta};
  const Symbol *op = interpreter.getForms().intern(name);
  Value sum = interpreter.callBuiltin(*interpreter.getInfo(op).builtin, args);
  if (sum)
    variable->value = sum;
  return sum;
}

static Value evalIncf(Interpreter &interpreter, const ConsForm *form,
                      const Env &env) {
  return evalStep(interpreter, form, env, "+");
}

static Value evalDecf(Interpreter &interpreter, const ConsForm *form,
                      const Env &env) {
  return evalStep(interpreter, form, env, "-");
}

ArrayRef<SpecialForm> pure::getBindingForms() {
  static constexpr SpecialForm table[] = {
      {"DECF", evalDecf},       {"DESTRUCTURING-BIND", evalDestructuringBind},
      {"FLET", evalFlet},       {"FUNCTION", evalFunction},
      {"INCF", evalIncf},       {"LABELS", evalLabels},
      {"LAMBDA", evalLambda},   {"LET", evalLet},
      {"LET*", evalLetStar},    {"POP", evalPop},
      {"PSETQ", evalPsetq},     {"PUSH", evalPush},
      {"PUSHNEW", evalPushnew}, {"QUOTE", evalQuote},
      {"SETF", evalSetq},       {"SETQ", evalSetq},
  };
  return table;
}
