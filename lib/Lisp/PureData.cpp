//===- PureData.cpp - forms that an evaluation makes ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes forms, compares them, and sees to it that forms which a destructive
// operation would have changed are not looked at again.
//
//===----------------------------------------------------------------------===//

#include "PureInterpreter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

/// The largest integer in bits.
static constexpr unsigned maxIntegerBits = 4096;

/// How deep data may nest where it is walked by recursion.
static constexpr unsigned maxDataDepth = 400;

bool Interpreter::isTrue(Value value) {
  const Form *form = value.getForm();
  if (form && isa<UnevaluatedForm>(form))
    fail();
  return !form || !form->isNil();
}

const Form *Interpreter::toForm(Value value) {
  const Form *form = value.getForm();
  if (!form)
    fail();
  return form;
}

//===----------------------------------------------------------------------===//
// Making
//===----------------------------------------------------------------------===//

const ConsForm *Interpreter::makeCons(const Form *car, const Form *cdr) {
  ++steps;
  const ConsForm *cons = forms.makeCons(car, cdr);
  fresh.insert(cons);
  return cons;
}

const Form *Interpreter::makeList(ArrayRef<const Form *> elements,
                                  const Form *tail) {
  const Form *list = tail ? tail : getNil();
  for (const Form *element : reverse(elements))
    list = makeCons(element, list);
  return list;
}

const Form *Interpreter::makeInteger(const APSInt &value) {
  if (value.getSignificantBits() > maxIntegerBits)
    fail();
  return forms.makeInteger(value);
}

const Form *Interpreter::makeString(StringRef value) {
  charge(value.size() / 8);
  return forms.makeString(value);
}

const Form *Interpreter::makeGensym(StringRef prefix) {
  const Symbol *symbol =
      forms.makeUninterned((prefix + Twine(gensymCounter++)).str());
  gensyms.insert(symbol);
  return forms.makeSymbol(symbol);
}

bool Interpreter::getElements(const Form *list,
                              SmallVectorImpl<const Form *> &out) {
  ListWalker walker(*this, list);
  while (const Form *element = walker.next())
    out.push_back(element);
  if (!walker.getRest()->isNil())
    fail();
  return !failed;
}

//===----------------------------------------------------------------------===//
// Destructive operations
//===----------------------------------------------------------------------===//

bool Interpreter::overwrite(const Form *list, bool all) {
  const ConsForm *last = nullptr;
  for (const Form *rest = list; const auto *cons = dyn_cast<ConsForm>(rest);
       rest = cons->getCdr()) {
    touch(cons);
    if (all && !fresh.contains(cons))
      fail();
    last = cons;
  }
  if (last && !fresh.contains(last))
    fail();
  for (const Form *rest = list; const auto *cons = dyn_cast<ConsForm>(rest);
       rest = cons->getCdr())
    overwritten.insert(cons);
  return !failed;
}

const Form *Interpreter::share(const Form *list) {
  for (const Form *rest = list; const auto *cons = dyn_cast<ConsForm>(rest);
       rest = cons->getCdr())
    fresh.erase(cons);
  return list;
}

bool Interpreter::check(const Form *form) {
  if (overwritten.empty())
    return !failed;
  // With sharing the walk may be long; the budget ends it.
  SmallVector<const Form *, 16> work(1, form);
  size_t visited = 0;
  while (!work.empty() && !failed) {
    const Form *next = work.pop_back_val();
    if (const auto *vector = dyn_cast<VectorForm>(next))
      append_range(work, vector->getElements());
    const auto *cons = dyn_cast<ConsForm>(next);
    if (!cons)
      continue;
    touch(cons);
    if (++visited > 100000)
      fail();
    work.push_back(cons->getCdr());
    work.push_back(cons->getCar());
  }
  return !failed;
}

//===----------------------------------------------------------------------===//
// Comparing
//===----------------------------------------------------------------------===//

bool Interpreter::isSameSymbol(const Symbol *a, const Symbol *b) {
  if (a == b)
    return true;
  if (a->getName() != b->getName() || a->isUninterned() || b->isUninterned() ||
      a->isKeyword() || b->isKeyword())
    return false;
  // A package may have taken the symbol from the other one.
  if (a->isLanguageName() && b->isLanguageName() &&
      isStandardName(a->getName()))
    return true;
  fail();
  return false;
}

/// Whether two distinct nodes print the same; then they may or may not be one
/// object in Common Lisp.
static bool looksAlike(Interpreter &interpreter, const Form *a, const Form *b,
                       unsigned depth) {
  while (a != b) {
    if (a->getKind() != b->getKind())
      return false;
    const auto *consA = dyn_cast<ConsForm>(a);
    if (!consA)
      return isa<VectorForm>(a) || interpreter.isEqual(a, b, depth);
    const auto *consB = cast<ConsForm>(b);
    if (depth > maxDataDepth) {
      interpreter.fail();
      return true;
    }
    interpreter.touch(consA);
    interpreter.touch(consB);
    if (interpreter.hasFailed())
      return true;
    if (!looksAlike(interpreter, consA->getCar(), consB->getCar(), depth + 1))
      return false;
    a = consA->getCdr();
    b = consB->getCdr();
  }
  return true;
}

bool Interpreter::isEql(Value a, Value b) {
  const Form *formA = a.getForm();
  const Form *formB = b.getForm();
  if (!formA || !formB) {
    // Whether two functions are one object is not for us to say.
    if (!formA && !formB)
      fail();
    return false;
  }
  if (isa<UnevaluatedForm>(formA) || isa<UnevaluatedForm>(formB)) {
    fail();
    return false;
  }
  if (formA->getKind() != formB->getKind())
    return false;
  switch (formA->getKind()) {
  case Form::Kind::Integer:
    return APSInt::compareValues(cast<IntegerForm>(formA)->getValue(),
                                 cast<IntegerForm>(formB)->getValue()) == 0;
  case Form::Kind::Character:
    return cast<CharacterForm>(formA)->getCodePoint() ==
           cast<CharacterForm>(formB)->getCodePoint();
  case Form::Kind::Symbol:
    return isSameSymbol(formA->getSymbol(), formB->getSymbol());
  case Form::Kind::Cons:
    if (formA != formB && looksAlike(*this, formA, formB, 0))
      fail();
    return formA == formB;
  default:
    if (formA != formB)
      fail();
    return formA == formB;
  }
}

bool Interpreter::isEq(Value a, Value b) {
  const Form *formA = a.getForm();
  if (formA && (isa<IntegerForm>(formA) || isa<CharacterForm>(formA)) &&
      isEql(a, b))
    fail();
  return isEql(a, b);
}

bool Interpreter::isEqual(const Form *a, const Form *b, unsigned depth) {
  while (a != b || isa<UnevaluatedForm>(a)) {
    if (isa<StringForm>(a) && isa<StringForm>(b))
      return cast<StringForm>(a)->getValue() == cast<StringForm>(b)->getValue();
    const auto *consA = dyn_cast<ConsForm>(a);
    const auto *consB = dyn_cast<ConsForm>(b);
    if (!consA || !consB)
      return isEql(a, b);
    if (depth > maxDataDepth) {
      fail();
      return false;
    }
    touch(consA);
    touch(consB);
    if (failed || !isEqual(consA->getCar(), consB->getCar(), depth + 1))
      return false;
    a = consA->getCdr();
    b = consB->getCdr();
  }
  return true;
}
