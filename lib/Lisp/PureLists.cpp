//===- PureLists.cpp - functions on conses ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Functions that make lists and take them apart. Where Common Lisp allows a
// result to share conses with an argument, it is a copy.
//
//===----------------------------------------------------------------------===//

#include "PureInterpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

/// A count or an index, from 0.
static std::optional<uint64_t> getIndex(Interpreter &interpreter, Value value) {
  const auto *integer = dyn_cast_if_present<IntegerForm>(value.getForm());
  std::optional<int64_t> index = integer ? integer->getInt64() : std::nullopt;
  if (index && *index >= 0)
    return *index;
  interpreter.fail();
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Access
//===----------------------------------------------------------------------===//

/// The car or cdr of a list; null after failing.
static const Form *getPart(Interpreter &interpreter, const Form *list,
                           bool isCar) {
  if (const auto *cons = dyn_cast<ConsForm>(list)) {
    interpreter.touch(cons);
    return isCar ? cons->getCar() : cons->getCdr();
  }
  if (list->isNil())
    return list;
  interpreter.fail();
  return nullptr;
}

/// The function c<path>r, whose letters apply from right to left.
template <char... path>
static Value access(Interpreter &interpreter, Arguments args) {
  static constexpr char steps[] = {path...};
  const Form *form = args[0].getForm();
  for (char step : reverse(steps)) {
    form = getPart(interpreter, form, step == 'a');
    if (!form)
      return Value();
  }
  return form;
}

static const Form *dropElements(Interpreter &interpreter, const Form *list,
                                uint64_t count) {
  for (; count > 0 && list && !list->isNil(); --count)
    list = getPart(interpreter, list, /*isCar=*/false);
  return list;
}

template <unsigned index>
static Value getElement(Interpreter &interpreter, Arguments args) {
  const Form *rest = dropElements(interpreter, args[0].getForm(), index);
  const Form *element = rest ? getPart(interpreter, rest, true) : nullptr;
  return element ? Value(element) : Value();
}

/// (nth index list)
static Value nth(Interpreter &interpreter, Arguments args) {
  std::optional<uint64_t> index = getIndex(interpreter, args[0]);
  const Form *rest =
      index ? dropElements(interpreter, args[1].getForm(), *index) : nullptr;
  const Form *element = rest ? getPart(interpreter, rest, true) : nullptr;
  return element ? Value(element) : Value();
}

/// (nthcdr count list)
static Value nthCdr(Interpreter &interpreter, Arguments args) {
  std::optional<uint64_t> count = getIndex(interpreter, args[0]);
  const Form *rest =
      count ? dropElements(interpreter, args[1].getForm(), *count) : nullptr;
  return rest ? Value(rest) : Value();
}

/// (last list [count]); the list may be dotted.
static Value last(Interpreter &interpreter, Arguments args) {
  uint64_t count = 1;
  if (args.size() > 1) {
    std::optional<uint64_t> given = getIndex(interpreter, args[1]);
    if (!given)
      return Value();
    count = *given;
  }
  const Form *list = args[0].getForm();
  if (!list->isList())
    return interpreter.fail();
  SmallVector<const Form *, 16> tails(1, list);
  ListWalker walker(interpreter, list);
  while (walker.next())
    tails.push_back(walker.getRest());
  size_t length = tails.size() - 1;
  return tails[count < length ? length - count : 0];
}

/// (butlast list [count])
static Value butLast(Interpreter &interpreter, Arguments args) {
  std::optional<uint64_t> count = 1;
  if (args.size() > 1)
    count = getIndex(interpreter, args[1]);
  FormList elements;
  if (!count || !interpreter.getElements(args[0].getForm(), elements))
    return Value();
  size_t left = elements.size() - std::min<uint64_t>(*count, elements.size());
  return interpreter.makeList(
      ArrayRef<const Form *>(elements).take_front(left));
}

//===----------------------------------------------------------------------===//
// Making
//===----------------------------------------------------------------------===//

static Value cons(Interpreter &interpreter, Arguments args) {
  return interpreter.makeCons(args[0].getForm(), args[1].getForm());
}

/// (acons key value list)
static Value acons(Interpreter &interpreter, Arguments args) {
  return interpreter.makeCons(
      interpreter.makeCons(args[0].getForm(), args[1].getForm()),
      args[2].getForm());
}

static FormList getForms(Arguments args) {
  FormList forms;
  for (Value arg : args)
    forms.push_back(arg.getForm());
  return forms;
}

static Value list(Interpreter &interpreter, Arguments args) {
  return interpreter.makeList(getForms(args));
}

static Value listStar(Interpreter &interpreter, Arguments args) {
  return interpreter.makeList(getForms(args.drop_back()),
                              args.back().getForm());
}

/// (make-list size [:initial-element element])
static Value makeList(Interpreter &interpreter, Arguments args) {
  std::optional<uint64_t> size = getIndex(interpreter, args[0]);
  const Form *element = interpreter.getNil();
  if (args.size() == 3 && args[1].getForm()->isKeyword("INITIAL-ELEMENT"))
    element = args[2].getForm();
  else if (args.size() != 1)
    return interpreter.fail();
  if (!size || *size > 10000)
    return interpreter.fail();
  return interpreter.makeList(SmallVector<const Form *>(*size, element));
}

static Value append(Interpreter &interpreter, Arguments args) {
  if (args.empty())
    return interpreter.getNil();
  FormList elements;
  for (Value arg : args.drop_back())
    if (!interpreter.getElements(arg.getForm(), elements))
      return Value();
  return interpreter.makeList(elements, args.back().getForm());
}

static Value nconc(Interpreter &interpreter, Arguments args) {
  FormList elements;
  const Form *tail = interpreter.getNil();
  for (Value arg : args) {
    // Each list that another argument follows is changed at its end.
    if (!tail->isList())
      return interpreter.fail();
    if (!arg.getForm()->isNil()) {
      if (!interpreter.getElements(tail, elements) ||
          !interpreter.overwrite(tail, /*all=*/false))
        return Value();
      tail = arg.getForm();
    }
  }
  return interpreter.makeList(elements, tail);
}

/// (revappend list tail)
static Value revAppend(Interpreter &interpreter, Arguments args) {
  FormList elements;
  if (!interpreter.getElements(args[0].getForm(), elements))
    return Value();
  std::reverse(elements.begin(), elements.end());
  return interpreter.makeList(elements, args[1].getForm());
}

static Value copyList(Interpreter &interpreter, Arguments args) {
  FormList elements;
  ListWalker walker(interpreter, args[0].getForm());
  while (const Form *element = walker.next())
    elements.push_back(element);
  if (elements.empty() && !walker.getRest()->isNil())
    return interpreter.fail();
  return interpreter.makeList(elements, walker.getRest());
}

//===----------------------------------------------------------------------===//
// Trees
//===----------------------------------------------------------------------===//

/// Copies a tree; what equals `from` is replaced, where given.
static const Form *copyTree(Interpreter &interpreter, const Form *tree,
                            Value from, const Form *to, unsigned depth = 0) {
  if (depth > 300) {
    interpreter.fail();
    return tree;
  }
  FormList elements;
  while (true) {
    // Objects that look alike may be one object or not.
    if (from && interpreter.isEql(from, tree)) {
      tree = to;
      break;
    }
    const auto *cons = dyn_cast<ConsForm>(tree);
    if (!cons || interpreter.hasFailed())
      break;
    interpreter.touch(cons);
    elements.push_back(
        copyTree(interpreter, cons->getCar(), from, to, depth + 1));
    tree = cons->getCdr();
  }
  return interpreter.makeList(elements, tree);
}

static Value copyTree(Interpreter &interpreter, Arguments args) {
  return copyTree(interpreter, args[0].getForm(), Value(), nullptr);
}

/// (subst new old tree)
static Value subst(Interpreter &interpreter, Arguments args) {
  return interpreter.share(
      copyTree(interpreter, args[2].getForm(), args[1], args[0].getForm()));
}

//===----------------------------------------------------------------------===//
// Queries
//===----------------------------------------------------------------------===//

/// (getf plist indicator [default])
static Value getf(Interpreter &interpreter, Arguments args) {
  FormList elements;
  if (!interpreter.getElements(args[0].getForm(), elements))
    return Value();
  if (elements.size() % 2)
    return interpreter.fail();
  for (size_t i = 0; i < elements.size(); i += 2)
    if (interpreter.isEq(elements[i], args[1]))
      return elements[i + 1];
  return args.size() > 2 ? args[2] : Value(interpreter.getNil());
}

static Value listLength(Interpreter &interpreter, Arguments args) {
  FormList elements;
  if (!interpreter.getElements(args[0].getForm(), elements))
    return Value();
  return interpreter.getForms().makeInteger(int64_t(elements.size()));
}

ArrayRef<Builtin> pure::getListBuiltins() {
  static constexpr auto any = Builtin::anyNumber;
  static constexpr auto none = Builtin::None;
  static constexpr auto opaque = Builtin::Opaque;
  static constexpr Builtin table[] = {
      {"ACONS", 3, 3, opaque, acons},
      {"APPEND", 0, any, none, append},
      {"BUTLAST", 1, 2, none, butLast},
      {"CAAAR", 1, 1, none, access<'a', 'a', 'a'>},
      {"CAADR", 1, 1, none, access<'a', 'a', 'd'>},
      {"CAAR", 1, 1, none, access<'a', 'a'>},
      {"CADAR", 1, 1, none, access<'a', 'd', 'a'>},
      {"CADDAR", 1, 1, none, access<'a', 'd', 'd', 'a'>},
      {"CADDDR", 1, 1, none, access<'a', 'd', 'd', 'd'>},
      {"CADDR", 1, 1, none, access<'a', 'd', 'd'>},
      {"CADR", 1, 1, none, access<'a', 'd'>},
      {"CAR", 1, 1, none, access<'a'>},
      {"CDAAR", 1, 1, none, access<'d', 'a', 'a'>},
      {"CDADR", 1, 1, none, access<'d', 'a', 'd'>},
      {"CDAR", 1, 1, none, access<'d', 'a'>},
      {"CDDAR", 1, 1, none, access<'d', 'd', 'a'>},
      {"CDDDDR", 1, 1, none, access<'d', 'd', 'd', 'd'>},
      {"CDDDR", 1, 1, none, access<'d', 'd', 'd'>},
      {"CDDR", 1, 1, none, access<'d', 'd'>},
      {"CDR", 1, 1, none, access<'d'>},
      {"CONS", 2, 2, opaque, cons},
      {"COPY-LIST", 1, 1, none, copyList},
      {"COPY-TREE", 1, 1, none, copyTree},
      {"EIGHTH", 1, 1, none, getElement<7>},
      {"FIFTH", 1, 1, none, getElement<4>},
      {"FIRST", 1, 1, none, getElement<0>},
      {"FOURTH", 1, 1, none, getElement<3>},
      {"GETF", 2, 3, none, getf},
      {"LAST", 1, 2, none, last},
      {"LIST", 0, any, opaque, list},
      {"LIST*", 1, any, opaque, listStar},
      {"LIST-LENGTH", 1, 1, none, listLength},
      {"MAKE-LIST", 1, 3, none, makeList},
      {"NCONC", 0, any, none, nconc},
      {"NINTH", 1, 1, none, getElement<8>},
      {"NTH", 2, 2, none, nth},
      {"NTHCDR", 2, 2, none, nthCdr},
      {"REST", 1, 1, none, access<'d'>},
      {"REVAPPEND", 2, 2, none, revAppend},
      {"SECOND", 1, 1, none, getElement<1>},
      {"SEVENTH", 1, 1, none, getElement<6>},
      {"SIXTH", 1, 1, none, getElement<5>},
      {"SUBST", 3, 3, none, subst},
      {"TENTH", 1, 1, none, getElement<9>},
      {"THIRD", 1, 1, none, getElement<2>},
  };
  return table;
}
