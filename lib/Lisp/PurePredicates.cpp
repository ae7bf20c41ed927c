//===- PurePredicates.cpp - what kind of thing a value is -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Type predicates, type specifiers and equality.
//
//===----------------------------------------------------------------------===//

#include "PureInterpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static bool isNull(Value value) {
  return value.getForm() && value.getForm()->isNil();
}
static bool isCons(Value value) {
  return isa_and_present<ConsForm>(value.getForm());
}
static bool isList(Value value) { return isCons(value) || isNull(value); }
static bool isAtom(Value value) { return !isCons(value); }
static bool isSymbol(Value value) {
  return value.getForm() && value.getForm()->getSymbol();
}
static bool isKeyword(Value value) {
  return isSymbol(value) && value.getForm()->getSymbol()->isKeyword();
}
static bool isInteger(Value value) {
  return isa_and_present<IntegerForm>(value.getForm());
}
static bool isRational(Value value) {
  return isInteger(value) || isa_and_present<RatioForm>(value.getForm());
}
static bool isNumber(Value value) {
  return isRational(value) || isa_and_present<FloatForm>(value.getForm());
}
static bool isFloat(Value value) {
  return isa_and_present<FloatForm>(value.getForm());
}
static bool isString(Value value) {
  return isa_and_present<StringForm>(value.getForm());
}
static bool isCharacter(Value value) {
  return isa_and_present<CharacterForm>(value.getForm());
}
static bool isSimpleVector(Value value) {
  return isa_and_present<VectorForm>(value.getForm());
}
static bool isVector(Value value) {
  return isSimpleVector(value) || isString(value);
}
static bool isSequence(Value value) { return isList(value) || isVector(value); }
static bool isFunction(Value value) { return value.getFunction(); }
static bool isBoolean(Value value) {
  return isNull(value) || (value.getForm() && value.getForm()->isSymbol("T"));
}
static bool isNonNegative(Value value) {
  const auto *integer = dyn_cast_if_present<IntegerForm>(value.getForm());
  return integer && !integer->isNegative();
}
static bool isBit(Value value) {
  const auto *integer = dyn_cast_if_present<IntegerForm>(value.getForm());
  return integer && (integer->getInt64() == 0 || integer->getInt64() == 1);
}
static bool isAnything(Value value) { return true; }

namespace {
struct NamedType {
  StringLiteral name;
  bool (*contains)(Value value);
};
} // namespace

static constexpr NamedType namedTypes[] = {
    {"ATOM", isAtom},         {"BIT", isBit},
    {"BOOLEAN", isBoolean},   {"CHARACTER", isCharacter},
    {"CONS", isCons},         {"FLOAT", isFloat},
    {"FUNCTION", isFunction}, {"INTEGER", isInteger},
    {"KEYWORD", isKeyword},   {"LIST", isList},
    {"NULL", isNull},         {"NUMBER", isNumber},
    {"RATIONAL", isRational}, {"REAL", isNumber},
    {"SEQUENCE", isSequence}, {"SIMPLE-VECTOR", isSimpleVector},
    {"STRING", isString},     {"SYMBOL", isSymbol},
    {"T", isAnything},        {"UNSIGNED-BYTE", isNonNegative},
    {"VECTOR", isVector},
};

/// A combination of types: `(or type...)` and its like.
static bool isOfCompoundType(Interpreter &interpreter, Value value,
                             const Form *type) {
  const Form *op = cast<ConsForm>(type)->getCar();
  ListElements parts(cast<ConsForm>(type)->getCdr());
  auto isOfPart = [&](const Form *part) {
    return interpreter.isOfType(value, part);
  };
  auto isPart = [&](const Form *part) {
    return interpreter.isEql(value, part);
  };
  bool isShort = properListLength(type) == size_t(2);
  if (!parts.isProper())
    interpreter.fail();
  else if (op->isSymbol("OR"))
    return any_of(parts, isOfPart);
  else if (op->isSymbol("AND"))
    return all_of(parts, isOfPart);
  else if (op->isSymbol("MEMBER"))
    return any_of(parts, isPart);
  else if (op->isSymbol("NOT") && isShort)
    return !isOfPart(*parts.begin());
  else if (op->isSymbol("EQL") && isShort)
    return isPart(*parts.begin());
  interpreter.fail();
  return false;
}

bool Interpreter::isOfType(Value value, const Form *type) {
  if (failed || (value.getForm() && isa<UnevaluatedForm>(value.getForm()))) {
    fail();
    return false;
  }
  if (isa<ConsForm>(type))
    return isOfCompoundType(*this, value, type);
  const auto *found = find_if(namedTypes, [&](const NamedType &named) {
    return type->isSymbol(named.name);
  });
  if (found != std::end(namedTypes))
    return found->contains(value);
  fail();
  return false;
}

static Value typep(Interpreter &interpreter, Arguments args) {
  const Form *type = interpreter.toForm(args[1]);
  if (!type)
    return Value();
  return interpreter.getBoolean(interpreter.isOfType(args[0], type));
}

/// A predicate of one argument as a function.
template <bool (*predicate)(Value)>
static Value test(Interpreter &interpreter, Arguments args) {
  return interpreter.getBoolean(predicate(args[0]));
}

static Value endp(Interpreter &interpreter, Arguments args) {
  if (!isList(args[0]))
    return interpreter.fail();
  return interpreter.getBoolean(isNull(args[0]));
}

/// Whether a form is certain to be a constant; where it may be, it declines.
static Value constantp(Interpreter &interpreter, Arguments args) {
  const Form *form = args[0].getForm();
  if (isCons(form)) {
    const Symbol *op = listOperator(form);
    return op && op->is("QUOTE") ? Value(interpreter.getBoolean(true))
                                 : interpreter.fail();
  }
  if (isSymbol(form) && !isKeyword(form) && !isBoolean(form))
    return interpreter.fail();
  return interpreter.getBoolean(true);
}

//===----------------------------------------------------------------------===//
// Equality
//===----------------------------------------------------------------------===//

static Value eq(Interpreter &interpreter, Arguments args) {
  return interpreter.getBoolean(interpreter.isEq(args[0], args[1]));
}

static Value eql(Interpreter &interpreter, Arguments args) {
  return interpreter.getBoolean(interpreter.isEql(args[0], args[1]));
}

static Value equal(Interpreter &interpreter, Arguments args) {
  const Form *a = args[0].getForm();
  const Form *b = args[1].getForm();
  return interpreter.getBoolean(a && b ? interpreter.isEqual(a, b)
                                       : interpreter.isEql(args[0], args[1]));
}

ArrayRef<Builtin> pure::getPredicateBuiltins() {
  static constexpr auto any = Builtin::Functions;
  static constexpr Builtin table[] = {
      {"ATOM", 1, 1, any, test<isAtom>},
      {"CHARACTERP", 1, 1, any, test<isCharacter>},
      {"CONSP", 1, 1, any, test<isCons>},
      {"CONSTANTP", 1, 1, Builtin::None, constantp},
      {"ENDP", 1, 1, Builtin::None, endp},
      {"EQ", 2, 2, any, eq},
      {"EQL", 2, 2, any, eql},
      {"EQUAL", 2, 2, any, equal},
      {"FLOATP", 1, 1, any, test<isFloat>},
      {"FUNCTIONP", 1, 1, any, test<isFunction>},
      {"INTEGERP", 1, 1, any, test<isInteger>},
      {"KEYWORDP", 1, 1, any, test<isKeyword>},
      {"LISTP", 1, 1, any, test<isList>},
      {"NOT", 1, 1, any, test<isNull>},
      {"NULL", 1, 1, any, test<isNull>},
      {"NUMBERP", 1, 1, any, test<isNumber>},
      {"RATIONALP", 1, 1, any, test<isRational>},
      {"REALP", 1, 1, any, test<isNumber>},
      {"SIMPLE-VECTOR-P", 1, 1, any, test<isSimpleVector>},
      {"STRINGP", 1, 1, any, test<isString>},
      {"SYMBOLP", 1, 1, any, test<isSymbol>},
      {"TYPEP", 2, 2, any, typep},
      {"VECTORP", 1, 1, any, test<isVector>},
  };
  return table;
}
