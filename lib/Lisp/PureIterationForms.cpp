//===- PureIterationForms.cpp - do, dolist and dotimes ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The iteration macros of Common Lisp, apart from `loop`.
//
//===----------------------------------------------------------------------===//

#include "PureInterpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

/// Evaluates the body of a loop for its effect. An atom in it would be a label.
static bool evalStatements(Interpreter &interpreter, const Form *body,
                           const Env &env) {
  for (const Form *statement : listElements(body)) {
    if (!isa<ConsForm>(statement)) {
      interpreter.fail();
      return false;
    }
    if (!interpreter.eval(statement, env))
      return false;
  }
  return true;
}

/// The parts of (operator (var form [result]) body...).
namespace {
struct CountedLoop {
  const Symbol *name = nullptr;
  const Form *form = nullptr;
  /// NIL where there is none.
  const Form *result = nullptr;
  const Form *body = nullptr;
};
} // namespace

static bool parseCountedLoop(Interpreter &interpreter, const ConsForm *form,
                             CountedLoop &loop) {
  const auto *rest = dyn_cast<ConsForm>(form->getCdr());
  std::optional<size_t> length =
      rest ? properListLength(rest->getCar()) : std::nullopt;
  if (!length || *length < 2 || *length > 3) {
    interpreter.fail();
    return false;
  }
  loop.name = listElement(rest->getCar(), 0)->getSymbol();
  loop.form = listElement(rest->getCar(), 1);
  loop.result = listElement(rest->getCar(), 2);
  if (!loop.result)
    loop.result = interpreter.getNil();
  loop.body = interpreter.skipDeclarations(rest->getCdr(),
                                           /*hasDocumentation=*/false);
  if (!loop.name)
    interpreter.fail();
  return loop.name && loop.body;
}

static Value runDolist(Interpreter &interpreter, const CountedLoop &loop,
                       const Env &env) {
  const Form *list = interpreter.evalForm(loop.form, env);
  if (!list)
    return Value();
  ListWalker walker(interpreter, list);
  while (const Form *element = walker.next()) {
    // Each round has a variable of its own.
    Env inner = env;
    if (!interpreter.bind(inner, loop.name, element) ||
        !evalStatements(interpreter, loop.body, inner))
      return Value();
  }
  if (!walker.getRest()->isNil())
    return interpreter.fail();
  Env inner = env;
  if (!interpreter.bind(inner, loop.name, interpreter.getNil()))
    return Value();
  return interpreter.eval(loop.result, inner);
}

static std::optional<int64_t> getInt64(Value value) {
  const Form *form = value ? value.getForm() : nullptr;
  const auto *integer = dyn_cast_if_present<IntegerForm>(form);
  return integer ? integer->getInt64() : std::nullopt;
}

static Value runDotimes(Interpreter &interpreter, const CountedLoop &loop,
                        const Env &env) {
  Value countValue = interpreter.eval(loop.form, env);
  if (!countValue)
    return countValue;
  std::optional<int64_t> count = getInt64(countValue);
  Env inner = env;
  FormContext &forms = interpreter.getForms();
  if (!count ||
      !interpreter.bind(inner, loop.name, Value(forms.makeInteger(0))))
    return interpreter.fail();
  // The body may assign the one variable that all rounds share.
  Variable *variable = inner.variables;
  while (true) {
    std::optional<int64_t> index = getInt64(variable->value);
    if (!index || interpreter.hasFailed())
      return interpreter.fail();
    if (*index >= *count)
      return interpreter.eval(loop.result, inner);
    interpreter.charge(1);
    if (!evalStatements(interpreter, loop.body, inner))
      return Value();
    index = getInt64(variable->value);
    if (!index || *index == INT64_MAX || !interpreter.isWithinBudget())
      return interpreter.fail();
    variable->value = forms.makeInteger(*index + 1);
  }
}

/// `(dolist (var list [result]) body...)` and the like of `dotimes`: `run` does
/// the rounds, inside a block that `return` leaves.
template <Value (*run)(Interpreter &, const CountedLoop &, const Env &)>
static Value evalCountedLoop(Interpreter &interpreter, const ConsForm *form,
                             const Env &env) {
  CountedLoop loop;
  if (!parseCountedLoop(interpreter, form, loop))
    return Value();
  Env inner = env;
  Block *block =
      interpreter.enterBlock(inner, interpreter.getForms().getNilSymbol());
  return interpreter.leaveBlock(block, run(interpreter, loop, inner));
}

//===----------------------------------------------------------------------===//
// do
//===----------------------------------------------------------------------===//

namespace {

/// (do ((var [init [step]]) ...) (test result...) body...)
class DoLoop {
public:
  DoLoop(Interpreter &interpreter, bool isSequential)
      : interpreter(interpreter), isSequential(isSequential) {}

  bool parse(const ConsForm *form);
  Value run(const Env &env);

private:
  struct Binding {
    const Symbol *name;
    const Form *init = nullptr;
    const Form *step = nullptr;
    Variable *variable = nullptr;
  };

  bool bindAll(Env &inner, const Env &env);
  bool stepAll(const Env &env);

  Interpreter &interpreter;
  bool isSequential;
  SmallVector<Binding, 4> bindings;
  const ConsForm *end = nullptr;
  const Form *body = nullptr;
};

} // namespace

bool DoLoop::parse(const ConsForm *form) {
  const Form *list = listElement(form, 1);
  const Form *endForm = listElement(form, 2);
  end = dyn_cast_if_present<ConsForm>(endForm);
  if (!end || !properListLength(list) || !properListLength(end))
    return false;
  for (const Form *element : listElements(list)) {
    Binding binding;
    binding.name = element->getSymbol();
    if (!binding.name) {
      std::optional<size_t> length = properListLength(element);
      if (!length || *length > 3)
        return false;
      binding.name = listElement(element, 0)->getSymbol();
      binding.init = listElement(element, 1);
      binding.step = listElement(element, 2);
    }
    if (!binding.name || any_of(bindings, [&](const Binding &other) {
          return other.name == binding.name;
        }))
      return false;
    bindings.push_back(binding);
  }
  const auto *second = cast<ConsForm>(form->getCdr());
  body = interpreter.skipDeclarations(
      cast<ConsForm>(second->getCdr())->getCdr(), /*hasDocumentation=*/false);
  return body;
}

bool DoLoop::bindAll(Env &inner, const Env &env) {
  for (Binding &binding : bindings) {
    Value value = interpreter.getNil();
    if (binding.init)
      value = interpreter.eval(binding.init, isSequential ? inner : env);
    if (!value || !interpreter.bind(inner, binding.name, value))
      return false;
    binding.variable = inner.variables;
  }
  return true;
}

bool DoLoop::stepAll(const Env &env) {
  SmallVector<std::pair<Variable *, Value>, 4> assignments;
  for (Binding &binding : bindings) {
    if (!binding.step)
      continue;
    Value value = interpreter.eval(binding.step, env);
    if (!value)
      return false;
    if (isSequential)
      binding.variable->value = value;
    else
      assignments.push_back({binding.variable, value});
  }
  for (auto [variable, value] : assignments)
    variable->value = value;
  return true;
}

Value DoLoop::run(const Env &env) {
  Env inner = env;
  if (!bindAll(inner, env))
    return Value();
  while (true) {
    std::optional<bool> isDone = interpreter.evalTest(end->getCar(), inner);
    if (!isDone)
      return Value();
    if (*isDone)
      return interpreter.evalBody(end->getCdr(), inner);
    if (!evalStatements(interpreter, body, inner) || !stepAll(inner))
      return Value();
  }
}

static Value evalDoForm(Interpreter &interpreter, const ConsForm *form,
                        const Env &env, bool isSequential) {
  DoLoop loop(interpreter, isSequential);
  if (!loop.parse(form))
    return interpreter.fail();
  Env inner = env;
  Block *block =
      interpreter.enterBlock(inner, interpreter.getForms().getNilSymbol());
  return interpreter.leaveBlock(block, loop.run(inner));
}

static Value evalDo(Interpreter &interpreter, const ConsForm *form,
                    const Env &env) {
  return evalDoForm(interpreter, form, env, /*isSequential=*/false);
}

static Value evalDoStar(Interpreter &interpreter, const ConsForm *form,
                        const Env &env) {
  return evalDoForm(interpreter, form, env, /*isSequential=*/true);
}

ArrayRef<SpecialForm> pure::getIterationForms() {
  static constexpr SpecialForm table[] = {
      {"DO", evalDo},
      {"DO*", evalDoStar},
      {"DOLIST", evalCountedLoop<runDolist>},
      {"DOTIMES", evalCountedLoop<runDotimes>},
      {"LOOP", evalLoop},
  };
  return table;
}
