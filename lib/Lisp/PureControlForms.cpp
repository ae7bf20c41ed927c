//===- PureControlForms.cpp - conditionals and blocks -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The operators that decide which forms are evaluated.
//
//===----------------------------------------------------------------------===//

#include "PureInterpreter.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

//===----------------------------------------------------------------------===//
// Sequences
//===----------------------------------------------------------------------===//

static Value evalProgn(Interpreter &interpreter, const ConsForm *form,
                       const Env &env) {
  return interpreter.evalBody(form->getCdr(), env);
}

/// (prog1 first body...)
static Value evalProg1(Interpreter &interpreter, const ConsForm *form,
                       const Env &env) {
  const auto *rest = dyn_cast<ConsForm>(form->getCdr());
  if (!rest)
    return interpreter.fail();
  Value value = interpreter.eval(rest->getCar(), env);
  return value && interpreter.evalBody(rest->getCdr(), env) ? value : Value();
}

/// (prog2 first second body...)
static Value evalProg2(Interpreter &interpreter, const ConsForm *form,
                       const Env &env) {
  const auto *rest = dyn_cast<ConsForm>(form->getCdr());
  if (!rest || !isa<ConsForm>(rest->getCdr()))
    return interpreter.fail();
  return interpreter.eval(rest->getCar(), env)
             ? evalProg1(interpreter, rest, env)
             : Value();
}

//===----------------------------------------------------------------------===//
// Conditionals
//===----------------------------------------------------------------------===//

/// (if test then [else])
static Value evalIf(Interpreter &interpreter, const ConsForm *form,
                    const Env &env) {
  std::optional<size_t> length = properListLength(form);
  if (length != size_t(3) && length != size_t(4))
    return interpreter.fail();
  std::optional<bool> test = interpreter.evalTest(listElement(form, 1), env);
  if (!test)
    return Value();
  if (const Form *branch = listElement(form, *test ? 2 : 3))
    return interpreter.eval(branch, env);
  return interpreter.getNil();
}

static Value evalGuarded(Interpreter &interpreter, const ConsForm *form,
                         const Env &env, bool wanted) {
  const auto *rest = dyn_cast<ConsForm>(form->getCdr());
  if (!rest)
    return interpreter.fail();
  std::optional<bool> test = interpreter.evalTest(rest->getCar(), env);
  if (!test)
    return Value();
  return *test == wanted ? interpreter.evalBody(rest->getCdr(), env)
                         : Value(interpreter.getNil());
}

static Value evalWhen(Interpreter &interpreter, const ConsForm *form,
                      const Env &env) {
  return evalGuarded(interpreter, form, env, /*wanted=*/true);
}

static Value evalUnless(Interpreter &interpreter, const ConsForm *form,
                        const Env &env) {
  return evalGuarded(interpreter, form, env, /*wanted=*/false);
}

/// (cond (test body...) ...)
static Value evalCond(Interpreter &interpreter, const ConsForm *form,
                      const Env &env) {
  for (const Form *part : listElements(form->getCdr())) {
    const auto *clause = dyn_cast<ConsForm>(part);
    if (!clause || !properListLength(clause))
      return interpreter.fail();
    Value test = interpreter.eval(clause->getCar(), env);
    if (!test)
      return test;
    if (interpreter.isTrue(test))
      return clause->getCdr()->isNil()
                 ? test
                 : interpreter.evalBody(clause->getCdr(), env);
  }
  return interpreter.getNil();
}

static Value evalAnd(Interpreter &interpreter, const ConsForm *form,
                     const Env &env) {
  Value value = interpreter.getBoolean(true);
  for (const Form *part : listElements(form->getCdr())) {
    value = interpreter.eval(part, env);
    if (!value || !interpreter.isTrue(value))
      return value;
  }
  return value;
}

static Value evalOr(Interpreter &interpreter, const ConsForm *form,
                    const Env &env) {
  Value value = interpreter.getNil();
  for (const Form *part : listElements(form->getCdr())) {
    value = interpreter.eval(part, env);
    if (!value || interpreter.isTrue(value))
      return value;
  }
  return value;
}

//===----------------------------------------------------------------------===//
// case
//===----------------------------------------------------------------------===//

using Matcher = bool (*)(Interpreter &interpreter, Value key,
                         const Form *pattern);

/// Evaluates the body of the first clause whose pattern matches the key.
/// Without one the value is NIL, or an error if the match has to be exhaustive.
static Value evalClauses(Interpreter &interpreter, const ConsForm *form,
                         const Env &env, bool isExhaustive, Matcher matches) {
  const auto *rest = dyn_cast<ConsForm>(form->getCdr());
  Value key = rest ? interpreter.eval(rest->getCar(), env) : Value();
  if (!rest || !key)
    return rest ? key : interpreter.fail();
  const Form *clauses = rest->getCdr();
  for (; const auto *cons = dyn_cast<ConsForm>(clauses);
       clauses = cons->getCdr()) {
    const auto *clause = dyn_cast<ConsForm>(cons->getCar());
    if (!clause || !properListLength(clause))
      return interpreter.fail();
    const Form *pattern = clause->getCar();
    bool isDefault = pattern->isSymbol("T") || pattern->isSymbol("OTHERWISE");
    // The default clause is the last; elsewhere implementations differ.
    if (isDefault && (isExhaustive || !cons->getCdr()->isNil()))
      return interpreter.fail();
    if (isDefault || matches(interpreter, key, pattern))
      return interpreter.evalBody(clause->getCdr(), env);
  }
  return isExhaustive ? interpreter.fail() : interpreter.getNil();
}

static bool matchesKeys(Interpreter &interpreter, Value key,
                        const Form *pattern) {
  if (!pattern->isList())
    return interpreter.isEql(key, pattern);
  if (!properListLength(pattern))
    interpreter.fail();
  for (const Form *candidate : listElements(pattern))
    if (interpreter.isEql(key, candidate))
      return true;
  return false;
}

static bool matchesType(Interpreter &interpreter, Value key,
                        const Form *pattern) {
  return interpreter.isOfType(key, pattern);
}

static Value evalCase(Interpreter &interpreter, const ConsForm *form,
                      const Env &env) {
  return evalClauses(interpreter, form, env, /*isExhaustive=*/false,
                     matchesKeys);
}

static Value evalEcase(Interpreter &interpreter, const ConsForm *form,
                       const Env &env) {
  return evalClauses(interpreter, form, env, /*isExhaustive=*/true,
                     matchesKeys);
}

static Value evalTypecase(Interpreter &interpreter, const ConsForm *form,
                          const Env &env) {
  return evalClauses(interpreter, form, env, /*isExhaustive=*/false,
                     matchesType);
}

static Value evalEtypecase(Interpreter &interpreter, const ConsForm *form,
                           const Env &env) {
  return evalClauses(interpreter, form, env, /*isExhaustive=*/true,
                     matchesType);
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

/// The symbol that names a block.
static const Symbol *getBlockName(const Form *name) {
  return name ? name->getSymbol() : nullptr;
}

/// (block name body...)
static Value evalBlock(Interpreter &interpreter, const ConsForm *form,
                       const Env &env) {
  const Symbol *name = getBlockName(listElement(form, 1));
  if (!name)
    return interpreter.fail();
  Env inner = env;
  Block *block = interpreter.enterBlock(inner, name);
  const Form *body = cast<ConsForm>(form->getCdr())->getCdr();
  return interpreter.leaveBlock(block, interpreter.evalBody(body, inner));
}

static Value evalReturnTo(Interpreter &interpreter, const Symbol *name,
                          const Form *result, const Env &env) {
  Value value =
      result ? interpreter.eval(result, env) : Value(interpreter.getNil());
  return value ? interpreter.returnFrom(name, value, env) : Value();
}

/// (return-from name [result])
static Value evalReturnFrom(Interpreter &interpreter, const ConsForm *form,
                            const Env &env) {
  const Symbol *name = getBlockName(listElement(form, 1));
  if (!name || listElement(form, 3))
    return interpreter.fail();
  return evalReturnTo(interpreter, name, listElement(form, 2), env);
}

/// (return [result])
static Value evalReturn(Interpreter &interpreter, const ConsForm *form,
                        const Env &env) {
  if (listElement(form, 2))
    return interpreter.fail();
  return evalReturnTo(interpreter, interpreter.getForms().getNilSymbol(),
                      listElement(form, 1), env);
}

/// (assert test [() message...]): only one that holds does nothing.
static Value evalAssert(Interpreter &interpreter, const ConsForm *form,
                        const Env &env) {
  const Form *test = listElement(form, 1);
  const Form *places = listElement(form, 2);
  if (!test || (places && !places->isNil()))
    return interpreter.fail();
  std::optional<bool> holds = interpreter.evalTest(test, env);
  if (!holds)
    return Value();
  return *holds ? interpreter.getNil() : interpreter.fail();
}

/// (the type form): only a value of that type is certain to be passed on.
static Value evalThe(Interpreter &interpreter, const ConsForm *form,
                     const Env &env) {
  if (properListLength(form) != size_t(3))
    return interpreter.fail();
  Value value = interpreter.eval(listElement(form, 2), env);
  if (value && !interpreter.isOfType(value, listElement(form, 1)))
    return interpreter.fail();
  return value;
}

ArrayRef<SpecialForm> pure::getControlForms() {
  static constexpr SpecialForm table[] = {
      {"AND", evalAnd},
      {"ASSERT", evalAssert},
      {"BLOCK", evalBlock},
      {"CASE", evalCase},
      {"COND", evalCond},
      {"ECASE", evalEcase},
      {"ETYPECASE", evalEtypecase},
      {"IF", evalIf},
      {"OR", evalOr},
      {"PROG1", evalProg1},
      {"PROG2", evalProg2},
      {"PROGN", evalProgn},
      {"RETURN", evalReturn},
      {"RETURN-FROM", evalReturnFrom},
      {"THE", evalThe},
      {"TYPECASE", evalTypecase},
      {"UNLESS", evalUnless},
      {"WHEN", evalWhen},
  };
  return table;
}
