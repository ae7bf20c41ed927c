//===- PureLoop.cpp - evaluation of loop ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Evaluates a `loop` in the order that section 6.1 of the Common Lisp standard
// gives: initial values, then round after round each `for` clause in turn and
// the body.
//
//===----------------------------------------------------------------------===//

#include "PureLoop.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ConvertUTF.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

namespace {

class LoopRun {
public:
  LoopRun(Interpreter &interpreter, const LoopPlan &plan, Env &env)
      : interpreter(interpreter), plan(plan), env(env),
        states(plan.bindings.size()) {}

  /// The loop's value, or none.
  Value run();

private:
  /// How a step went. After `Stop` there is no value.
  enum class Next { Continue, Finish, Stop };

  /// What a binding remembers from round to round.
  struct State {
    const Form *rest = nullptr;
    FormList elements;
    size_t index = 0;
    Value limit, step;
    int64_t count = 0;
  };

  struct Accumulator {
    const Symbol *name;
    LoopAction::Kind kind;
    FormList elements;
    const Form *number = nullptr;
    Variable *variable = nullptr;
  };

  Next stop() {
    interpreter.fail();
    return Next::Stop;
  }

  bool start(const LoopBinding &binding, State &state);
  bool startRange(const LoopBinding &binding, State &state, Value start);
  bool setElements(const Form *sequence, State &state);
  bool bindPattern(const Form *pattern, const Form *value);
  bool assignPattern(const Form *pattern, const Form *value);
  bool addAccumulators(ArrayRef<LoopAction> actions);
  Accumulator &getAccumulator(const Symbol *name);

  Next advance(const LoopBinding &binding, State &state, bool isFirst);
  Next advanceIn(const LoopBinding &binding, State &state);
  Next advanceOn(const LoopBinding &binding, State &state, bool isFirst);
  Next advanceRange(const LoopBinding &binding, State &state, bool isFirst);
  Next advanceEquals(const LoopBinding &binding, bool isFirst);
  const Form *stepList(const Form *list, Value step);

  Next perform(ArrayRef<LoopAction> actions);
  Next perform(const LoopAction &action);
  Next accumulate(const LoopAction &action, Value value);
  Next test(LoopAction::Kind kind, Value value);
  bool evalAll(ArrayRef<const Form *> statements);
  Value callByName(StringRef name, Arguments args);
  Value returnValue(Value value) {
    return interpreter.returnFrom(interpreter.getForms().getNilSymbol(), value,
                                  env);
  }
  Value finish();

  Interpreter &interpreter;
  const LoopPlan &plan;
  Env &env;
  std::vector<State> states;
  SmallVector<Accumulator, 2> accumulators;
};

} // namespace

static const Form *asInteger(Value value) {
  const Form *form = value ? value.getForm() : nullptr;
  return dyn_cast_if_present<IntegerForm>(form);
}

Value LoopRun::callByName(StringRef name, Arguments args) {
  const Symbol *symbol = interpreter.getForms().intern(name);
  return interpreter.callBuiltin(*interpreter.getInfo(symbol).builtin, args);
}

bool LoopRun::evalAll(ArrayRef<const Form *> statements) {
  return all_of(statements, [&](const Form *statement) {
    return bool(interpreter.eval(statement, env));
  });
}

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

static const Form *part(Interpreter &interpreter, const Form *list,
                        bool isCar) {
  const auto *cons = dyn_cast<ConsForm>(list);
  if (!cons) {
    // Missing parts are NIL.
    if (!list->isNil())
      interpreter.fail();
    return interpreter.getNil();
  }
  interpreter.touch(cons);
  return isCar ? cons->getCar() : cons->getCdr();
}

bool LoopRun::bindPattern(const Form *pattern, const Form *value) {
  for (; const auto *cons = dyn_cast<ConsForm>(pattern);
       pattern = cons->getCdr()) {
    if (!bindPattern(cons->getCar(), part(interpreter, value, true)))
      return false;
    value = part(interpreter, value, false);
  }
  return pattern->isNil() || interpreter.bind(env, pattern->getSymbol(), value);
}

bool LoopRun::assignPattern(const Form *pattern, const Form *value) {
  for (; const auto *cons = dyn_cast<ConsForm>(pattern);
       pattern = cons->getCdr()) {
    if (!assignPattern(cons->getCar(), part(interpreter, value, true)))
      return false;
    value = part(interpreter, value, false);
  }
  if (pattern->isNil())
    return true;
  Variable *variable = interpreter.findVariable(pattern->getSymbol(), env);
  if (variable)
    variable->value = value;
  return variable;
}

LoopRun::Accumulator &LoopRun::getAccumulator(const Symbol *name) {
  return *find_if(accumulators, [&](const Accumulator &accumulator) {
    return accumulator.name == name;
  });
}

/// Makes what actions accumulate into. A variable that a list is collected in
/// may only be read when the list is complete: before, it still changes.
bool LoopRun::addAccumulators(ArrayRef<LoopAction> actions) {
  using Kind = LoopAction::Kind;
  for (const LoopAction &action : actions) {
    if (!addAccumulators(action.thenActions) ||
        !addAccumulators(action.elseActions))
      return false;
    if (action.kind < Kind::Collect || action.kind > Kind::Minimize ||
        any_of(accumulators, [&](const Accumulator &accumulator) {
          return accumulator.name == action.into;
        }))
      continue;
    Accumulator accumulator = {action.into, action.kind, {}};
    if (action.kind == Kind::Sum || action.kind == Kind::Count)
      accumulator.number = interpreter.getForms().makeInteger(0);
    if (action.into) {
      Value initial = accumulator.number ? Value(accumulator.number) : Value();
      if (!interpreter.bind(env, action.into, initial))
        return false;
      accumulator.variable = env.variables;
    }
    accumulators.push_back(std::move(accumulator));
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Start
//===----------------------------------------------------------------------===//

/// The elements of a vector or a string.
bool LoopRun::setElements(const Form *sequence, State &state) {
  if (const auto *vector = dyn_cast<VectorForm>(sequence)) {
    state.elements.append(vector->getElements().begin(),
                          vector->getElements().end());
    return true;
  }
  const auto *string = dyn_cast<StringForm>(sequence);
  if (!string || any_of(string->getValue(), [](char c) { return c & 0x80; })) {
    interpreter.fail();
    return false;
  }
  for (char c : string->getValue())
    state.elements.push_back(interpreter.getForms().makeCharacter(c));
  return true;
}

bool LoopRun::startRange(const LoopBinding &binding, State &state,
                         Value start) {
  FormContext &forms = interpreter.getForms();
  if (!start)
    start = Value(forms.makeInteger(0));
  if (!state.step)
    state.step = Value(forms.makeInteger(1));
  if (!asInteger(start) || !asInteger(state.step) ||
      (state.limit && !asInteger(state.limit))) {
    interpreter.fail();
    return false;
  }
  return interpreter.bind(env, binding.pattern->getSymbol(), start);
}

/// Computes what a clause needs and binds its variables.
bool LoopRun::start(const LoopBinding &binding, State &state) {
  using Kind = LoopBinding::Kind;
  if (binding.kind == Kind::Equals)
    return bindPattern(binding.pattern, interpreter.getNil());
  Value init;
  for (const Form *const LoopBinding::*part : binding.order) {
    Value value = interpreter.eval(binding.*part, env);
    if (!value)
      return false;
    (part == &LoopBinding::init    ? init
     : part == &LoopBinding::limit ? state.limit
                                   : state.step) = value;
  }
  if (binding.kind == Kind::Range)
    return startRange(binding, state, init);
  const Form *form = init ? interpreter.toForm(init) : interpreter.getNil();
  if (!form)
    return false;
  state.rest = form;
  switch (binding.kind) {
  case Kind::Repeat: {
    const auto *integer = dyn_cast<IntegerForm>(form);
    std::optional<int64_t> count = integer ? integer->getInt64() : std::nullopt;
    if (!count)
      interpreter.fail();
    state.count = count.value_or(0);
    return count.has_value();
  }
  case Kind::With:
    return bindPattern(binding.pattern, form);
  case Kind::Across:
    return setElements(form, state) &&
           bindPattern(binding.pattern, interpreter.getNil());
  default:
    // The variable of `on` is the list itself.
    bool isList = binding.kind == Kind::On && binding.pattern->getSymbol();
    return bindPattern(binding.pattern, isList ? form : interpreter.getNil());
  }
}

//===----------------------------------------------------------------------===//
// Rounds
//===----------------------------------------------------------------------===//

/// The next tail of a list; null where there is none.
const Form *LoopRun::stepList(const Form *list, Value step) {
  if (!step)
    return part(interpreter, list, /*isCar=*/false);
  const Function *function = interpreter.getFunction(step);
  return function ? interpreter.callForm(*function, Value(list)) : nullptr;
}

LoopRun::Next LoopRun::advanceIn(const LoopBinding &binding, State &state) {
  if (!isa<ConsForm>(state.rest))
    return state.rest->isNil() ? Next::Finish : stop();
  if (!assignPattern(binding.pattern, part(interpreter, state.rest, true)))
    return Next::Stop;
  state.rest = stepList(state.rest, state.step);
  return state.rest ? Next::Continue : Next::Stop;
}

LoopRun::Next LoopRun::advanceOn(const LoopBinding &binding, State &state,
                                 bool isFirst) {
  Variable *variable = nullptr;
  if (binding.pattern->getSymbol()) {
    variable = interpreter.findVariable(binding.pattern->getSymbol(), env);
    // The body may have assigned it.
    state.rest = variable ? interpreter.toForm(variable->value) : nullptr;
  }
  if (state.rest && !isFirst)
    state.rest = stepList(state.rest, state.step);
  if (!state.rest)
    return Next::Stop;
  if (variable)
    variable->value = state.rest;
  if (!isa<ConsForm>(state.rest))
    return isa<UnevaluatedForm>(state.rest) ? stop() : Next::Finish;
  return variable || assignPattern(binding.pattern, state.rest) ? Next::Continue
                                                                : Next::Stop;
}

LoopRun::Next LoopRun::advanceRange(const LoopBinding &binding, State &state,
                                    bool isFirst) {
  Variable *variable =
      interpreter.findVariable(binding.pattern->getSymbol(), env);
  if (!variable || !asInteger(variable->value))
    return stop();
  if (!isFirst)
    variable->value = callByName(binding.isDownward ? "-" : "+",
                                 {variable->value, state.step});
  if (!variable->value)
    return Next::Stop;
  if (!state.limit)
    return Next::Continue;
  StringRef isBeyond = binding.isDownward ? (binding.isExclusive ? "<=" : "<")
                                          : (binding.isExclusive ? ">=" : ">");
  Value beyond = callByName(isBeyond, {variable->value, state.limit});
  if (!beyond)
    return Next::Stop;
  return interpreter.isTrue(beyond) ? Next::Finish : Next::Continue;
}

LoopRun::Next LoopRun::advanceEquals(const LoopBinding &binding, bool isFirst) {
  const Form *form = isFirst || !binding.step ? binding.init : binding.step;
  Value value = interpreter.eval(form, env);
  if (!value)
    return Next::Stop;
  if (value.getFunction() && binding.pattern->getSymbol()) {
    Variable *variable =
        interpreter.findVariable(binding.pattern->getSymbol(), env);
    if (!variable)
      return Next::Stop;
    variable->value = value;
    return Next::Continue;
  }
  const Form *data = interpreter.toForm(value);
  return data && assignPattern(binding.pattern, data) ? Next::Continue
                                                      : Next::Stop;
}

LoopRun::Next LoopRun::advance(const LoopBinding &binding, State &state,
                               bool isFirst) {
  switch (binding.kind) {
  case LoopBinding::Kind::With:
    return Next::Continue;
  case LoopBinding::Kind::In:
    return advanceIn(binding, state);
  case LoopBinding::Kind::On:
    return advanceOn(binding, state, isFirst);
  case LoopBinding::Kind::Range:
    return advanceRange(binding, state, isFirst);
  case LoopBinding::Kind::Equals:
    return advanceEquals(binding, isFirst);
  case LoopBinding::Kind::Repeat:
    return state.count-- > 0 ? Next::Continue : Next::Finish;
  case LoopBinding::Kind::Across:
    if (state.index == state.elements.size())
      return Next::Finish;
    return assignPattern(binding.pattern, state.elements[state.index++])
               ? Next::Continue
               : Next::Stop;
  }
  return stop();
}

//===----------------------------------------------------------------------===//
// Body
//===----------------------------------------------------------------------===//

LoopRun::Next LoopRun::accumulate(const LoopAction &action, Value value) {
  using Kind = LoopAction::Kind;
  Accumulator &into = getAccumulator(action.into);
  if (action.kind == Kind::Count) {
    if (!interpreter.isTrue(value))
      return Next::Continue;
    value = Value(interpreter.getForms().makeInteger(1));
  }
  const Form *form = interpreter.toForm(value);
  if (!form)
    return Next::Stop;
  switch (action.kind) {
  case Kind::Collect:
    into.elements.push_back(form);
    return Next::Continue;
  case Kind::Append:
    return interpreter.getElements(form, into.elements) ? Next::Continue
                                                        : Next::Stop;
  case Kind::Nconc:
    return interpreter.getElements(form, into.elements) &&
                   interpreter.overwrite(form, /*all=*/false)
               ? Next::Continue
               : Next::Stop;
  default:
    break;
  }
  bool isSum = action.kind == Kind::Sum || action.kind == Kind::Count;
  StringRef op = isSum ? "+" : action.kind == Kind::Maximize ? "MAX" : "MIN";
  Value result = into.number ? callByName(op, {into.number, form})
                             : callByName(op, {form});
  if (!result)
    return Next::Stop;
  into.number = result.getForm();
  if (into.variable)
    into.variable->value = result;
  return Next::Continue;
}

LoopRun::Next LoopRun::test(LoopAction::Kind kind, Value value) {
  using Kind = LoopAction::Kind;
  bool holds = interpreter.isTrue(value);
  switch (kind) {
  case Kind::While:
    return holds ? Next::Continue : Next::Finish;
  case Kind::Until:
    return holds ? Next::Finish : Next::Continue;
  case Kind::Thereis:
    if (holds)
      returnValue(value);
    return holds ? Next::Stop : Next::Continue;
  default:
    if (holds == (kind == Kind::Always))
      return Next::Continue;
    returnValue(interpreter.getNil());
    return Next::Stop;
  }
}

LoopRun::Next LoopRun::perform(const LoopAction &action) {
  using Kind = LoopAction::Kind;
  if (action.kind == Kind::Do)
    return evalAll(action.statements) ? Next::Continue : Next::Stop;
  Value value = interpreter.eval(action.form, env);
  if (!value)
    return Next::Stop;
  if (action.kind >= Kind::If) {
    bool holds = interpreter.isTrue(value) == (action.kind == Kind::If);
    return perform(holds ? action.thenActions : action.elseActions);
  }
  if (action.kind == Kind::Return) {
    returnValue(value);
    return Next::Stop;
  }
  return action.kind >= Kind::While ? test(action.kind, value)
                                    : accumulate(action, value);
}

LoopRun::Next LoopRun::perform(ArrayRef<LoopAction> actions) {
  for (const LoopAction &action : actions) {
    Next next = perform(action);
    if (next != Next::Continue)
      return next;
  }
  return Next::Continue;
}

Value LoopRun::finish() {
  Value result = interpreter.getBoolean(plan.isTest);
  for (Accumulator &accumulator : accumulators) {
    Value value;
    if (accumulator.number)
      value = Value(accumulator.number);
    else if (accumulator.kind < LoopAction::Kind::Sum)
      value = interpreter.makeList(accumulator.elements);
    else
      return interpreter.fail();
    if (accumulator.variable)
      accumulator.variable->value = value;
    else
      result = value;
  }
  return evalAll(plan.finally) ? result : Value();
}

Value LoopRun::run() {
  for (size_t i = 0; i < plan.bindings.size(); ++i)
    if (!start(plan.bindings[i], states[i]))
      return Value();
  if (!addAccumulators(plan.actions) || !evalAll(plan.initially))
    return Value();
  for (bool isFirst = true;; isFirst = false) {
    if (interpreter.hasFailed() || !interpreter.isWithinBudget())
      return interpreter.fail();
    interpreter.charge(1);
    Next next = Next::Continue;
    for (size_t i = 0; i < plan.bindings.size() && next == Next::Continue; ++i)
      next = advance(plan.bindings[i], states[i], isFirst);
    if (next == Next::Continue)
      next = perform(plan.actions);
    if (next == Next::Finish)
      return finish();
    if (next == Next::Stop)
      return Value();
  }
}

Value pure::evalLoop(Interpreter &interpreter, const ConsForm *form,
                     const Env &env) {
  LoopPlan plan;
  if (!parseLoop(form, plan))
    return interpreter.fail();
  Env inner = env;
  Block *block =
      interpreter.enterBlock(inner, interpreter.getForms().getNilSymbol());
  return interpreter.leaveBlock(block, LoopRun(interpreter, plan, inner).run());
}
