//===- PureQuasiquote.cpp - backquote templates -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Fills in templates, as section 2.4.6 of the Common Lisp standard says. The
// reader gives them as lists: (SI:QUASIQUOTE x), (SI:UNQUOTE x) and
// (SI:UNQUOTE-SPLICE x). Of nested templates only the outermost is filled in;
// the inner ones stay, with their places for it replaced.
//
//===----------------------------------------------------------------------===//

#include "PureInterpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

namespace {

class TemplateFiller {
public:
  TemplateFiller(Interpreter &interpreter, const Env &env)
      : interpreter(interpreter), env(env) {}

  /// The form that stands for a part of the template, `level` backquotes deep;
  /// null where there is none.
  const Form *fill(const Form *part, unsigned level);

private:
  enum class Operator { None, Quasiquote, Unquote, Splice, Other };

  /// What is put together for a list: the new elements, and for each cons of
  /// the template where its own begin.
  struct NewList {
    SmallVector<const Form *, 8> elements;
    SmallVector<std::pair<const Form *, size_t>, 8> conses;
    const Form *tail;
    /// Whether the last element is not as in the template.
    bool isChanged = false;
  };

  static Operator getOperator(const Form *form);
  static const Form *getArgument(const Form *form);
  const Form *fillOperator(const ConsForm *part, Operator op, unsigned level);
  const Form *fillList(const ConsForm *part, unsigned level);
  const Form *fillVector(const VectorForm *part, unsigned level);
  bool addElement(const Form *element, bool isLast, unsigned level,
                  NewList &list);
  bool addSplice(const Form *element, bool isLast, NewList &list);
  bool addNestedSplice(const Form *element, NewList &list);
  static bool isNestedSplice(const Form *element, unsigned level);
  const Form *fail() {
    interpreter.fail();
    return nullptr;
  }

  Interpreter &interpreter;
  const Env &env;
};

} // namespace

TemplateFiller::Operator TemplateFiller::getOperator(const Form *form) {
  const Symbol *op = listOperator(form);
  if (!op || op->getPackage() != "SI")
    return Operator::None;
  StringRef name = op->getName();
  if (name == "QUASIQUOTE")
    return Operator::Quasiquote;
  if (name == "UNQUOTE")
    return Operator::Unquote;
  if (name == "UNQUOTE-SPLICE")
    return Operator::Splice;
  return name == "UNQUOTE-NSPLICE" ? Operator::Other : Operator::None;
}

/// The only argument of an operator, or null.
const Form *TemplateFiller::getArgument(const Form *form) {
  return properListLength(form) == size_t(2) ? listElement(form, 1) : nullptr;
}

const Form *TemplateFiller::fillOperator(const ConsForm *part, Operator op,
                                         unsigned level) {
  const Form *argument = getArgument(part);
  if (!argument || op == Operator::Other)
    return fail();
  if (level == 1 && op == Operator::Unquote)
    return interpreter.evalForm(argument, env);
  // A splice is an element of a list.
  if (level == 1 && op == Operator::Splice)
    return fail();
  unsigned inner = op == Operator::Quasiquote ? level + 1 : level - 1;
  // Spliced in here, several forms would have one comma.
  if (inner == 1 && getOperator(argument) == Operator::Splice)
    return fail();
  const Form *filled = fill(argument, inner);
  if (!filled || filled == argument)
    return filled ? part : nullptr;
  return interpreter.makeCons(
      part->getCar(), interpreter.makeCons(filled, interpreter.getNil()));
}

/// Whether an element of an inner template is `,,@x`, whose values become
/// elements with a comma each. (`,@,@x` is declined: at the end of a list some
/// implementations make a dotted list of the values.)
bool TemplateFiller::isNestedSplice(const Form *element, unsigned level) {
  if (level != 2 || getOperator(element) != Operator::Unquote)
    return false;
  const Form *argument = getArgument(element);
  return argument && getOperator(argument) == Operator::Splice;
}

bool TemplateFiller::addNestedSplice(const Form *element, NewList &list) {
  const Form *argument = getArgument(getArgument(element));
  const Form *value = argument ? interpreter.evalForm(argument, env) : fail();
  FormList values;
  if (!value || !interpreter.getElements(value, values))
    return false;
  for (const Form *form : values)
    list.elements.push_back(
        interpreter.makeCons(cast<ConsForm>(element)->getCar(),
                             interpreter.makeCons(form, interpreter.getNil())));
  return true;
}

bool TemplateFiller::addSplice(const Form *element, bool isLast,
                               NewList &list) {
  const Form *argument = getArgument(element);
  const Form *value = argument ? interpreter.evalForm(argument, env) : fail();
  if (!value)
    return false;
  if (!isLast)
    return interpreter.getElements(value, list.elements);
  list.tail = value;
  return true;
}

bool TemplateFiller::addElement(const Form *element, bool isLast,
                                unsigned level, NewList &list) {
  list.isChanged = true;
  if (isNestedSplice(element, level))
    return addNestedSplice(element, list);
  if (level == 1 && getOperator(element) == Operator::Splice)
    return addSplice(element, isLast, list);
  const Form *filled = fill(element, level);
  if (!filled)
    return false;
  list.isChanged = filled != element;
  list.elements.push_back(filled);
  return true;
}

const Form *TemplateFiller::fillList(const ConsForm *part, unsigned level) {
  NewList list;
  size_t kept = 0;
  const Form *rest = part;
  while (const auto *cons = dyn_cast<ConsForm>(rest)) {
    // A comma behind a dot reads as further elements.
    if (cons != part && getOperator(cons) != Operator::None)
      break;
    interpreter.charge(1);
    list.conses.push_back({cons, list.elements.size()});
    list.tail = nullptr;
    if (!addElement(cons->getCar(), cons->getCdr()->isNil(), level, list))
      return nullptr;
    if (list.isChanged)
      kept = list.conses.size();
    rest = cons->getCdr();
  }
  const Form *tail = list.tail;
  if (!tail) {
    tail = fill(rest, level);
    if (!tail)
      return nullptr;
    if (tail != rest)
      kept = list.conses.size();
  }
  // The end that is as in the template is shared with it.
  ArrayRef<const Form *> elements = list.elements;
  if (kept < list.conses.size()) {
    tail = list.conses[kept].first;
    elements = elements.take_front(list.conses[kept].second);
  }
  return interpreter.makeList(elements, tail);
}

const Form *TemplateFiller::fillVector(const VectorForm *part, unsigned level) {
  NewList list;
  bool isChanged = false;
  for (const Form *element : part->getElements()) {
    if (!addElement(element, /*isLast=*/false, level, list))
      return nullptr;
    isChanged |= list.isChanged;
  }
  return isChanged ? interpreter.getForms().makeVector(list.elements) : part;
}

const Form *TemplateFiller::fill(const Form *part, unsigned level) {
  if (const auto *vector = dyn_cast<VectorForm>(part))
    return fillVector(vector, level);
  const auto *cons = dyn_cast<ConsForm>(part);
  if (!cons)
    return part;
  DepthGuard guard(interpreter);
  if (interpreter.hasFailed())
    return nullptr;
  Operator op = getOperator(cons);
  return op == Operator::None ? fillList(cons, level)
                              : fillOperator(cons, op, level);
}

Value pure::evalQuasiquote(Interpreter &interpreter, const ConsForm *form,
                           const Env &env) {
  const Form *part = listElement(form, 1);
  if (!part || listElement(form, 2))
    return interpreter.fail();
  const Form *filled = TemplateFiller(interpreter, env).fill(part, 1);
  return filled ? Value(filled) : Value();
}
