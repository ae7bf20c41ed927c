//===- PureEvaluator.cpp - simple macros without a Lisp system --*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Keeps the definitions of a program and answers by evaluating them.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Lisp/PureEvaluator.h"

#include "PureInterpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

class PureEvaluator::Impl {
public:
  explicit Impl(FormContext &forms) : interpreter(forms) {}

  bool define(const ConsForm *form);
  const Form *evaluate(const Form *form);
  const Form *expand(const ConsForm *call);
  SymbolInfo &getInfo(const Symbol *name) { return interpreter.getInfo(name); }

  bool isDisabled = false;

private:
  using Definer = bool (Impl::*)(const ConsForm *form, SymbolInfo &info);
  struct DefiningForm {
    StringLiteral name;
    Definer define;
  };

  bool defineMacro(const ConsForm *form, SymbolInfo &info);
  bool defineFunction(const ConsForm *form, SymbolInfo &info);
  bool defineConstant(const ConsForm *form, SymbolInfo &info);
  bool defineParameter(const ConsForm *form, SymbolInfo &info);
  bool defineVariable(const ConsForm *form, SymbolInfo &info);
  bool setDefinition(const ConsForm *form, SymbolInfo &info, bool isMacro);
  bool setGlobal(const ConsForm *form, SymbolInfo &info,
                 SymbolInfo::Global kind);

  Interpreter interpreter;
  /// Counts definitions.
  unsigned time = 0;
};

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

/// (operator name lambda-list body...)
bool PureEvaluator::Impl::setDefinition(const ConsForm *form, SymbolInfo &info,
                                        bool isMacro) {
  using Definition = SymbolInfo::Definition;
  Definition kind = isMacro ? Definition::Macro : Definition::Function;
  // Code that used the name as something else was compiled that way, and the
  // definition itself was before it took effect.
  if (info.definition != Definition::None && info.definition != kind)
    return false;
  const auto *nameAndRest = cast<ConsForm>(form->getCdr());
  interpreter.begin();
  info.function = interpreter.makeGlobalFunction(
      nameAndRest->getCdr(), nameAndRest->getCar()->getSymbol(), isMacro,
      time - 1);
  info.definition = kind;
  info.time = time;
  return info.function;
}

bool PureEvaluator::Impl::defineMacro(const ConsForm *form, SymbolInfo &info) {
  return setDefinition(form, info, /*isMacro=*/true);
}

bool PureEvaluator::Impl::defineFunction(const ConsForm *form,
                                         SymbolInfo &info) {
  return setDefinition(form, info, /*isMacro=*/false);
}

/// (operator name value [documentation])
bool PureEvaluator::Impl::setGlobal(const ConsForm *form, SymbolInfo &info,
                                    SymbolInfo::Global kind) {
  const Form *documentation = listElement(form, 3);
  if (listElement(form, 4) ||
      (documentation && !isa<StringForm>(documentation)))
    return false;
  const Form *value = evaluate(listElement(form, 2));
  if (!value)
    return false;
  info.global = kind;
  info.value = value;
  return true;
}

bool PureEvaluator::Impl::defineConstant(const ConsForm *form,
                                         SymbolInfo &info) {
  return listElement(form, 2) && info.global == SymbolInfo::Global::None &&
         setGlobal(form, info, SymbolInfo::Global::Constant);
}

bool PureEvaluator::Impl::defineParameter(const ConsForm *form,
                                          SymbolInfo &info) {
  return listElement(form, 2) && info.global != SymbolInfo::Global::Constant &&
         setGlobal(form, info, SymbolInfo::Global::Variable);
}

bool PureEvaluator::Impl::defineVariable(const ConsForm *form,
                                         SymbolInfo &info) {
  // A second definition does not change the value.
  if (info.global == SymbolInfo::Global::Variable)
    return true;
  return defineConstant(form, info) &&
         (info.global = SymbolInfo::Global::Variable, true);
}

bool PureEvaluator::Impl::define(const ConsForm *form) {
  static constexpr DefiningForm table[] = {
      {"DEFMACRO", &Impl::defineMacro},
      {"DEFUN", &Impl::defineFunction},
      {"DEFCONSTANT", &Impl::defineConstant},
      {"DEFPARAMETER", &Impl::defineParameter},
      {"DEFVAR", &Impl::defineVariable},
  };
  const auto *entry = find_if(table, [&](const DefiningForm &defining) {
    return form->getCar()->isSymbol(defining.name);
  });
  const Form *nameForm = listElement(form, 1);
  const Symbol *name = nameForm ? nameForm->getSymbol() : nullptr;
  if (entry == std::end(table) || !name)
    return false;
  ++time;
  SymbolInfo &info = interpreter.getInfo(name);
  bool isKnown = !info.standard && !name->isKeyword() &&
                 !name->isUninterned() && name->getPackage().empty();
  if (isKnown && properListLength(form) && (this->*entry->define)(form, info))
    return true;
  if (entry->name == "DEFMACRO" || entry->name == "DEFUN") {
    info.definition = SymbolInfo::Definition::Unknown;
    info.function = nullptr;
  } else {
    info.global = SymbolInfo::Global::Unknown;
    info.value = nullptr;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Evaluation
//===----------------------------------------------------------------------===//

const Form *PureEvaluator::Impl::evaluate(const Form *form) {
  Env env;
  env.time = time;
  interpreter.begin();
  Value value = interpreter.eval(form, env);
  return interpreter.finish(value);
}

const Form *PureEvaluator::Impl::expand(const ConsForm *call) {
  const Symbol *name = call->getCar()->getSymbol();
  if (!name)
    return nullptr;
  const SymbolInfo &info = interpreter.getInfo(name);
  if (info.definition != SymbolInfo::Definition::Macro)
    return nullptr;
  interpreter.begin();
  Value value = interpreter.expandMacro(*info.function, call);
  return interpreter.finish(value);
}

//===----------------------------------------------------------------------===//
// PureEvaluator
//===----------------------------------------------------------------------===//

PureEvaluator::PureEvaluator(FormContext &forms)
    : impl(std::make_unique<Impl>(forms)) {}

PureEvaluator::~PureEvaluator() = default;

bool PureEvaluator::define(const Form *form) {
  const auto *cons = dyn_cast<ConsForm>(form);
  return cons && !impl->isDisabled && impl->define(cons);
}

bool PureEvaluator::isMacro(const Symbol *name) const {
  return impl->getInfo(name).definition == SymbolInfo::Definition::Macro;
}

std::optional<const Form *> PureEvaluator::expand(const Form *call) {
  const auto *cons = dyn_cast<ConsForm>(call);
  const Form *expansion =
      cons && !impl->isDisabled ? impl->expand(cons) : nullptr;
  return expansion ? std::optional<const Form *>(expansion) : std::nullopt;
}

std::optional<const Form *> PureEvaluator::evaluate(const Form *form) {
  const Form *value = impl->isDisabled ? nullptr : impl->evaluate(form);
  return value ? std::optional<const Form *>(value) : std::nullopt;
}

void PureEvaluator::disable() { impl->isDisabled = true; }
