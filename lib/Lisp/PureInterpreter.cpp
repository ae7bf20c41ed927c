//===- PureInterpreter.cpp - evaluation without effects ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Evaluates forms, calls functions, and knows what symbols stand for.
//
//===----------------------------------------------------------------------===//

#include "PureInterpreter.h"
#include "PureLambdaList.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

/// How much a computation may do before the Common Lisp system takes over:
/// about two milliseconds of work.
static constexpr size_t maxSteps = 200000;

/// How deep evaluations may nest. A call nests a few of them; each takes less
/// than a kilobyte of stack.
static constexpr unsigned maxDepth = 2000;

DepthGuard::DepthGuard(Interpreter &interpreter) : depth(interpreter.depth) {
  if (++depth > maxDepth)
    interpreter.fail();
}

Interpreter::Interpreter(FormContext &forms)
    : forms(forms), trueForm(forms.makeSymbol("T")) {}

Interpreter::~Interpreter() = default;

//===----------------------------------------------------------------------===//
// Computations
//===----------------------------------------------------------------------===//

void Interpreter::begin() {
  failed = false;
  steps = 0;
  depth = 0;
  exitBlock = nullptr;
  gensymsBefore = gensymCounter;
}

bool Interpreter::isWithinBudget() const { return steps <= maxSteps; }

const Form *Interpreter::finish(Value value) {
  const Form *result = value.getForm();
  if (result && !check(result))
    result = nullptr;
  if (failed || !result || !isWithinBudget()) {
    gensymCounter = gensymsBefore;
    result = nullptr;
  }
  arena.Reset();
  fresh.clear();
  overwritten.clear();
  return result;
}

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

std::array<ArrayRef<Builtin>, 8> pure::getBuiltinTables() {
  return {getFunctionBuiltins(),  getListBuiltins(),    getNumberBuiltins(),
          getPredicateBuiltins(), getPrinterBuiltins(), getSearchBuiltins(),
          getSequenceBuiltins(),  getStringBuiltins()};
}

std::array<ArrayRef<SpecialForm>, 3> pure::getSpecialFormTables() {
  return {getBindingForms(), getControlForms(), getIterationForms()};
}

template <typename T>
static const T *findByName(ArrayRef<T> table, StringRef name) {
  const T *found = partition_point(
      table, [&](const T &entry) { return StringRef(entry.name) < name; });
  return found != table.end() && found->name == name ? found : nullptr;
}

/// Names such as *print-base* are dynamic variables by convention; one that
/// nobody has declared here may have been declared elsewhere.
static bool hasEarmuffs(StringRef name) {
  return name.size() > 2 && name.front() == '*' && name.back() == '*';
}

SymbolInfo *Interpreter::makeInfo(const Symbol *symbol) {
  auto *info = new (permanent.Allocate<SymbolInfo>()) SymbolInfo();
  StringRef name = symbol->getName();
  if (symbol->isLanguageName()) {
    for (ArrayRef<SpecialForm> table : getSpecialFormTables())
      if (!info->special)
        info->special = findByName(table, name);
    for (ArrayRef<Builtin> table : getBuiltinTables())
      if (!info->special && !info->builtin)
        info->builtin = findByName(table, name);
    info->standard = info->special || info->builtin || isStandardName(name);
  } else if (symbol->getPackage() == "SI" && name == "QUASIQUOTE") {
    static constexpr SpecialForm quasiquote = {"QUASIQUOTE", evalQuasiquote};
    info->special = &quasiquote;
  }
  // Of the names in other packages it is not known which are the same.
  info->bindable = symbol->isUninterned() ||
                   (symbol->getPackage().empty() && !hasEarmuffs(name) &&
                    !(info->standard && isStandardVariable(name)));
  return info;
}

SymbolInfo &Interpreter::getInfo(const Symbol *symbol) {
  SymbolInfo *&info = infos[symbol];
  if (!info)
    info = makeInfo(symbol);
  return *info;
}

//===----------------------------------------------------------------------===//
// Environments
//===----------------------------------------------------------------------===//

bool Interpreter::bind(Env &env, const Symbol *name, Value value) {
  const SymbolInfo &info = getInfo(name);
  if (!info.bindable || info.global != SymbolInfo::Global::None) {
    fail();
    return false;
  }
  env.variables = make<Variable>(name, value, env.variables);
  return true;
}

static Variable *lookUp(const Symbol *name, const Env &env) {
  Variable *variable = env.variables;
  while (variable && variable->name != name)
    variable = variable->next;
  return variable;
}

Variable *Interpreter::findVariable(const Symbol *name, const Env &env) {
  Variable *variable = lookUp(name, env);
  if (!variable)
    fail();
  return variable;
}

Block *Interpreter::enterBlock(Env &env, const Symbol *name) {
  env.blocks = make<Block>(name, env.blocks);
  return env.blocks;
}

Value Interpreter::leaveBlock(Block *block, Value value) {
  block->active = false;
  if (value || exitBlock != block)
    return value;
  exitBlock = nullptr;
  return exitValue;
}

Value Interpreter::returnFrom(const Symbol *name, Value value, const Env &env) {
  Block *block = env.blocks;
  while (block && block->name != name)
    block = block->next;
  if (!block || !block->active || failed)
    return fail();
  exitBlock = block;
  exitValue = value;
  return Value();
}

//===----------------------------------------------------------------------===//
// Evaluation
//===----------------------------------------------------------------------===//

Value Interpreter::eval(const Form *form, const Env &env) {
  if (failed || ++steps > maxSteps)
    return fail();
  switch (form->getKind()) {
  case Form::Kind::Symbol:
    return evalSymbol(cast<SymbolForm>(form), env);
  case Form::Kind::Cons:
    return evalCons(cast<ConsForm>(form), env);
  case Form::Kind::Unevaluated:
    return fail();
  default:
    return form;
  }
}

Value Interpreter::evalSymbol(const SymbolForm *form, const Env &env) {
  const Symbol *symbol = form->getSymbol();
  if (Variable *variable = lookUp(symbol, env))
    return variable->value ? variable->value : fail();
  if (symbol->isKeyword() || form->isNil() || symbol->is("T"))
    return form;
  const SymbolInfo &info = getInfo(symbol);
  return info.value ? Value(info.value) : fail();
}

bool Interpreter::evalArguments(const Form *args, const Env &env,
                                SmallVectorImpl<Value> &values) {
  for (; const auto *cons = dyn_cast<ConsForm>(args); args = cons->getCdr()) {
    Value value = eval(cons->getCar(), env);
    if (!value)
      return false;
    values.push_back(value);
  }
  if (!args->isNil())
    fail();
  return args->isNil();
}

Value Interpreter::evalMacroCall(const SymbolInfo &info, const ConsForm *form,
                                 const Env &env) {
  if (info.time > env.time)
    return fail();
  Value expansion = expandMacro(*info.function, form);
  const Form *result = expansion ? toForm(expansion) : nullptr;
  if (!result || !check(result))
    return Value();
  return eval(result, env);
}

Value Interpreter::evalCons(const ConsForm *form, const Env &env) {
  DepthGuard guard(*this);
  if (failed)
    return Value();
  const Symbol *op = form->getCar()->getSymbol();
  const Function *function = nullptr;
  if (op) {
    for (LocalFunction *local = env.functions; local && !function;
         local = local->next)
      if (local->name == op)
        function = local->function;
    if (!function) {
      const SymbolInfo &info = getInfo(op);
      if (info.special)
        return ListElements(form).isProper()
                   ? info.special->eval(*this, form, env)
                   : fail();
      if (info.definition == SymbolInfo::Definition::Macro)
        return evalMacroCall(info, form, env);
    }
  }
  // A lambda expression is the only other operator.
  if (!op && listOperator(form->getCar()) &&
      listOperator(form->getCar())->is("LAMBDA"))
    function = makeClosure(cast<ConsForm>(form->getCar())->getCdr(), env);
  else if (!function && op)
    function = getFunction(op, env);
  SmallVector<Value, 6> values;
  if (!function || !evalArguments(form->getCdr(), env, values))
    return function ? Value() : fail();
  return call(*function, values);
}

Value Interpreter::evalBody(const Form *body, const Env &env) {
  Value value = getNil();
  for (; const auto *cons = dyn_cast<ConsForm>(body); body = cons->getCdr()) {
    value = eval(cons->getCar(), env);
    if (!value)
      return value;
  }
  return value;
}

const Form *Interpreter::evalForm(const Form *form, const Env &env) {
  Value value = eval(form, env);
  return value ? toForm(value) : nullptr;
}

std::optional<bool> Interpreter::evalTest(const Form *form, const Env &env) {
  Value value = eval(form, env);
  if (!value)
    return std::nullopt;
  return isTrue(value);
}

const Form *Interpreter::skipDeclarations(const Form *body,
                                          bool hasDocumentation) {
  // Declarations that change nothing but how code is compiled.
  static constexpr StringLiteral harmless[] = {"IGNORE",    "IGNORABLE",
                                               "OPTIMIZE",  "INLINE",
                                               "NOTINLINE", "DYNAMIC-EXTENT"};
  while (const auto *cons = dyn_cast<ConsForm>(body)) {
    const Form *form = cons->getCar();
    if (isa<StringForm>(form) && hasDocumentation &&
        isa<ConsForm>(cons->getCdr())) {
      hasDocumentation = false;
    } else if (listOperator(form) && listOperator(form)->is("DECLARE")) {
      for (const Form *part : listElements(cast<ConsForm>(form)->getCdr())) {
        const Symbol *kind = listOperator(part);
        if (!kind ||
            none_of(harmless, [&](StringRef name) { return kind->is(name); })) {
          fail();
          return nullptr;
        }
      }
    } else {
      return body;
    }
    body = cons->getCdr();
  }
  return body;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

const Lambda *Interpreter::getLambda(const Form *lambdaListAndBody,
                                     bool isMacro) {
  std::unique_ptr<Lambda> &lambda = lambdas[lambdaListAndBody];
  if (lambda)
    return lambda->valid ? lambda.get() : nullptr;
  auto made = std::make_unique<Lambda>();
  const auto *cons = dyn_cast<ConsForm>(lambdaListAndBody);
  if (cons && properListLength(cons) &&
      parseLambdaList(*this, cons->getCar(), isMacro, made->parameters)) {
    made->body = skipDeclarations(cons->getCdr(), /*hasDocumentation=*/true);
    made->valid = made->body;
  }
  lambda = std::move(made);
  return lambda->valid ? lambda.get() : nullptr;
}

const Function *Interpreter::makeClosure(const Form *lambdaListAndBody,
                                         const Env &env,
                                         const Symbol *blockName) {
  const Lambda *lambda = getLambda(lambdaListAndBody, /*isMacro=*/false);
  if (!lambda) {
    fail();
    return nullptr;
  }
  return make<Function>(Function::Kind::Closure, nullptr, lambda, blockName,
                        env);
}

const Function *Interpreter::makeGlobalFunction(const Form *lambdaListAndBody,
                                                const Symbol *name,
                                                bool isMacro, unsigned time) {
  const Lambda *lambda = getLambda(lambdaListAndBody, isMacro);
  if (!lambda || failed)
    return nullptr;
  auto *function = new (permanent.Allocate<Function>()) Function();
  function->kind = Function::Kind::Closure;
  function->lambda = lambda;
  function->blockName = name;
  function->env.time = time;
  return function;
}

const Function *Interpreter::getFunction(const Symbol *name, const Env &env) {
  for (LocalFunction *local = env.functions; local; local = local->next)
    if (local->name == name)
      return local->function;
  const SymbolInfo &info = getInfo(name);
  if (info.definition == SymbolInfo::Definition::Function)
    return info.function;
  if (info.builtin)
    return make<Function>(Function::Kind::Builtin, info.builtin);
  fail();
  return nullptr;
}

const Function *Interpreter::getFunction(Value designator) {
  if (const Function *function = designator.getFunction())
    return function;
  if (const Symbol *symbol = designator.getForm()->getSymbol())
    return getFunction(symbol, Env());
  fail();
  return nullptr;
}

Value Interpreter::callBuiltin(const Builtin &builtin, Arguments args) {
  if (args.size() < builtin.minArgs ||
      (builtin.maxArgs != Builtin::anyNumber && args.size() > builtin.maxArgs))
    return fail();
  for (Value arg : args) {
    const Form *form = arg.getForm();
    if (form ? isa<UnevaluatedForm>(form) && !(builtin.flags & Builtin::Opaque)
             : !(builtin.flags & Builtin::Functions))
      return fail();
  }
  return builtin.call(*this, args);
}

Value Interpreter::callClosure(const Function &function, Arguments args) {
  Env env = function.env;
  // Parameters shadow nothing of a block of the same name, so its place does
  // not matter; a default form cannot return from it, though.
  if (!bindArguments(*this, function.lambda->parameters, args, env))
    return Value();
  if (!function.blockName)
    return evalBody(function.lambda->body, env);
  Block *block = enterBlock(env, function.blockName);
  return leaveBlock(block, evalBody(function.lambda->body, env));
}

Value Interpreter::call(const Function &function, Arguments args) {
  DepthGuard guard(*this);
  if (failed || ++steps > maxSteps)
    return fail();
  switch (function.kind) {
  case Function::Kind::Builtin:
    return callBuiltin(*function.builtin, args);
  case Function::Kind::Closure:
    return callClosure(function, args);
  case Function::Kind::Constantly:
    return function.payload;
  case Function::Kind::Complement: {
    Value value = call(*function.payload.getFunction(), args);
    return value ? Value(getBoolean(!isTrue(value))) : value;
  }
  }
  return fail();
}

const Form *Interpreter::callForm(const Function &function, Arguments args) {
  Value value = call(function, args);
  return value ? toForm(value) : nullptr;
}

std::optional<bool> Interpreter::callTest(const Function &function,
                                          Arguments args) {
  Value value = call(function, args);
  if (!value)
    return std::nullopt;
  return isTrue(value);
}

Value Interpreter::expandMacro(const Function &macro, const ConsForm *form) {
  DepthGuard guard(*this);
  if (failed)
    return Value();
  Env env = macro.env;
  if (!bindTree(*this, macro.lambda->parameters, form->getCdr(), form, env))
    return Value();
  Block *block = enterBlock(env, macro.blockName);
  return leaveBlock(block, evalBody(macro.lambda->body, env));
}
