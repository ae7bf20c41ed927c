//===- EclForms.cpp - from Lisp objects to forms ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lisp objects to forms. Nothing here calls ECL code that could unwind, except
// through a guarded call of its own.
//
//===----------------------------------------------------------------------===//

#include "EclConversion.h"
#include "EclRuntime.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace whistler;
using namespace whistler::ecl;
using llvm::dyn_cast;
using llvm::dyn_cast_if_present;
using llvm::isa_and_present;
using llvm::SMRange;

/// Beyond these an object is taken for a circular one. The depth is the
/// reader's; a list of the greatest size takes some 50 MB as a form.
static constexpr unsigned maxDepth = 4000;
static constexpr size_t maxConses = 1000000;

/// How long printing a number may take.
static constexpr unsigned printMilliseconds = 1000;

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

/// An ASCII string object on the C stack, to search with.
static ecl_base_string makeStackString(llvm::StringRef text) {
  ecl_base_string string = {};
  string.t = t_base_string;
  string.elttype = ecl_aet_bc;
  string.displaced = ECL_NIL;
  string.dim = string.fillp = text.size();
  string.self =
      reinterpret_cast<ecl_base_char *>(const_cast<char *>(text.data()));
  return string;
}

cl_object Converter::findSymbol(const Symbol *symbol) {
  if (symbol == forms.getNilSymbol())
    return ECL_NIL;
  if (symbol->isUninterned())
    return uninternedObjects.lookup(symbol);
  auto known = internedObjects.find(symbol);
  if (known != internedObjects.end())
    return known->second;
  // Others come in through toLisp first, or are unknown.
  if (!llvm::isASCII(symbol->getName()) || !llvm::isASCII(symbol->getPackage()))
    return OBJNULL;
  ecl_base_string packageName = makeStackString(symbol->getPackage());
  cl_object package =
      symbol->getPackage().empty()
          ? currentPackage()
          : ecl_find_package_nolock(reinterpret_cast<cl_object>(&packageName));
  if (package == ECL_NIL)
    return OBJNULL;
  ecl_base_string name = makeStackString(symbol->getName());
  int status = 0;
  cl_object object =
      ecl_find_symbol(reinterpret_cast<cl_object>(&name), package, &status);
  if (!status)
    return OBJNULL;
  internedObjects[symbol] = object;
  return object;
}

const Symbol *Converter::toSymbol(cl_object symbol) {
  if (symbol == ECL_NIL)
    return forms.getNilSymbol();
  auto known = internedSymbols.find(symbol);
  if (known != internedSymbols.end())
    return known->second;
  cl_object home = symbol->symbol.hpack;
  cl_object name = symbol->symbol.name;
  if (home == ECL_NIL) {
    if (const Symbol *same = identities.lookup(symbol))
      return same;
    const Symbol *fresh = forms.makeUninterned(getString(name));
    identities.insert(symbol, fresh);
    uninternedObjects[fresh] = symbol;
    return fresh;
  }
  std::string package;
  int status = 0;
  if (home == cl_core.keyword_package)
    package = "KEYWORD";
  else if (ecl_find_symbol(name, currentPackage(), &status) != symbol ||
           !status)
    package = getString(home->pack.name);
  const Symbol *found = forms.intern(getString(name), package);
  internedSymbols[symbol] = found;
  return found;
}

const Form *Converter::buildSymbol(cl_object symbol, const Form *hint) {
  const Symbol *name = toSymbol(symbol);
  const Symbol *hinted = hint ? hint->getSymbol() : nullptr;
  if (!hinted)
    return forms.makeSymbol(name);
  // One symbol may be written in several ways, with and without its package.
  bool isSame = hinted == name || (hinted->getName() == name->getName() &&
                                   findSymbol(hinted) == symbol);
  return isSame ? hint : forms.makeSymbol(name);
}

//===----------------------------------------------------------------------===//
// Other atoms
//===----------------------------------------------------------------------===//

const Form *Converter::buildFixnum(cl_object number, const Form *hint) {
  int64_t value = ecl_fixnum(number);
  if (auto *same = dyn_cast_if_present<IntegerForm>(hint);
      same && same->getInt64() == value)
    return hint;
  return forms.makeInteger(value);
}

static llvm::APSInt getBignum(cl_object number) {
  const auto *big = number->big.big_num;
  size_t numLimbs = std::abs(big->_mp_size);
  llvm::APInt value(64 * numLimbs + 1,
                    llvm::ArrayRef<uint64_t>(big->_mp_d, numLimbs));
  if (big->_mp_size < 0)
    value.negate();
  return llvm::APSInt(std::move(value), /*isUnsigned=*/false);
}

const Form *Converter::buildString(cl_object string) {
  std::string value = getString(string);
  const Form *origin = origins.lookup(string);
  if (auto *same = dyn_cast_if_present<StringForm>(origin);
      same && same->getValue() == value)
    return same;
  return forms.makeString(value, origin ? origin->getRange() : SMRange());
}

static cl_object printNumber(void *context) {
  return callImpl("PRINT-NUMBER", static_cast<cl_object>(context));
}

const Form *Converter::buildPrinted(cl_object number) {
  if (const Form *origin = origins.lookup(number))
    return origin;
  Outcome outcome = callGuarded(printNumber, number, printMilliseconds);
  if (outcome.kind != Outcome::Value)
    return buildOpaque(number);
  std::string text = getString(outcome.value);
  return ecl_t_of(number) == t_ratio
             ? static_cast<const Form *>(forms.makeRatio(text))
             : forms.makeFloat(text);
}

static cl_object nameType(void *context) {
  return callImpl("NAME-TYPE", static_cast<cl_object>(context));
}

const Form *Converter::buildOpaque(cl_object object) {
  const Symbol *symbol = identities.lookup(object);
  if (!symbol) {
    // Without an address: the name may end up in the output.
    Outcome outcome = callGuarded(nameType, object, printMilliseconds);
    symbol = forms.makeUninterned(outcome.kind == Outcome::Value
                                      ? "#<" + getString(outcome.value) + ">"
                                      : std::string("#<>"));
    identities.insert(object, symbol);
    uninternedObjects[symbol] = object;
  }
  return forms.makeSymbol(symbol);
}

bool Converter::isOpaque(cl_object object) {
  switch (ecl_t_of(object)) {
  case t_list:
  case t_fixnum:
  case t_bignum:
  case t_ratio:
  case t_singlefloat:
  case t_doublefloat:
  case t_longfloat:
  case t_character:
  case t_symbol:
  case t_string:
  case t_base_string:
  case t_vector:
    return false;
  default:
    return true;
  }
}

const Form *Converter::buildAtom(cl_object atom, const Form *hint) {
  switch (ecl_t_of(atom)) {
  case t_list:
    return hint && hint->isNil() ? hint : forms.getNil();
  case t_symbol:
    return buildSymbol(atom, hint);
  case t_fixnum:
    return buildFixnum(atom, hint);
  case t_bignum:
    if (const Form *origin = origins.lookup(atom))
      return origin;
    return forms.makeInteger(getBignum(atom));
  case t_ratio:
  case t_singlefloat:
  case t_doublefloat:
  case t_longfloat:
    return buildPrinted(atom);
  case t_character: {
    auto *same = dyn_cast_if_present<CharacterForm>(hint);
    if (same && same->getCodePoint() == uint32_t(ECL_CHAR_CODE(atom)))
      return same;
    return forms.makeCharacter(ECL_CHAR_CODE(atom));
  }
  case t_string:
  case t_base_string:
    return buildString(atom);
  default:
    return buildOpaque(atom);
  }
}

//===----------------------------------------------------------------------===//
// Structure
//===----------------------------------------------------------------------===//

static cl_object coerceVector(void *context) {
  return callImpl("COERCE-VECTOR", static_cast<cl_object>(context));
}

const Form *Converter::buildVector(cl_object vector) {
  auto *origin = dyn_cast_if_present<VectorForm>(origins.lookup(vector));
  if (vector->vector.elttype != ecl_aet_object) {
    Outcome outcome = callGuarded(coerceVector, vector, printMilliseconds);
    if (outcome.kind != Outcome::Value)
      return buildOpaque(vector);
    vector = outcome.value;
  }
  size_t numElements = vector->vector.fillp;
  llvm::ArrayRef<const Form *> old;
  if (origin && origin->getElements().size() == numElements)
    old = origin->getElements();
  llvm::SmallVector<const Form *> built;
  for (size_t i = 0; i != numElements; ++i)
    built.push_back(
        build(vector->vector.self.t[i], old.empty() ? nullptr : old[i]));
  if (origin && old == llvm::ArrayRef<const Form *>(built))
    return origin;
  return forms.makeVector(built, origin ? origin->getRange() : SMRange());
}

const Form *Converter::buildList(cl_object list, const Form *hint) {
  size_t first = elements.size();
  cl_object tail = list;
  const Form *tailHint = nullptr;
  for (bool isFirst = true; ECL_CONSP(tail); isFirst = false) {
    auto *origin = dyn_cast_if_present<ConsForm>(origins.lookup(tail));
    const Form *element =
        build(ECL_CONS_CAR(tail), origin ? origin->getCar() : nullptr);
    if (!origin && call && !element->getRange().isValid())
      element = findInCall(element, /*isOperator=*/isFirst);
    elements.push_back(element);
    tailHint = origin ? origin->getCdr() : nullptr;
    tail = ECL_CONS_CDR(tail);
  }
  // The conses once more, to pair them with the elements from the end.
  llvm::SmallVector<const ConsForm *, 16> cells;
  for (cl_object cell = list; ECL_CONSP(cell); cell = ECL_CONS_CDR(cell))
    cells.push_back(dyn_cast_if_present<ConsForm>(origins.lookup(cell)));
  const Form *rest = buildAtom(tail, tailHint);
  for (const ConsForm *origin : llvm::reverse(cells)) {
    const Form *element = elements.pop_back_val();
    if (origin && origin->getCar() == element && origin->getCdr() == rest)
      rest = origin;
    else
      rest = forms.makeCons(element, rest,
                            origin ? origin->getRange() : SMRange());
  }
  assert(elements.size() == first && "unbalanced element stack");
  (void)first;
  return rest;
}

const Form *Converter::build(cl_object object, const Form *hint) {
  if (ECL_CONSP(object))
    return buildList(object, hint);
  if (ecl_t_of(object) == t_vector)
    return buildVector(object);
  return buildAtom(object, hint);
}

//===----------------------------------------------------------------------===//
// The call
//===----------------------------------------------------------------------===//

/// The numbers that are worth finding again; a DenseMap cannot hold all of
/// them.
static std::optional<int64_t> getCommonNumber(const IntegerForm *form) {
  std::optional<int64_t> value = form->getInt64();
  return value && llvm::isInt<62>(*value) ? value : std::nullopt;
}

/// Enters the first occurrence of each symbol and number.
void Converter::indexCall(const Form *form) {
  for (; auto *cons = dyn_cast<ConsForm>(form); form = cons->getCdr())
    indexCall(cons->getCar());
  if (form->isNil() || !form->getRange().isValid())
    return;
  if (const Symbol *symbol = form->getSymbol())
    callSymbols.try_emplace(symbol, form);
  else if (auto *integer = dyn_cast<IntegerForm>(form))
    if (std::optional<int64_t> value = getCommonNumber(integer))
      callNumbers.try_emplace(*value, form);
}

const Form *Converter::findInCall(const Form *atom, bool isOperator) {
  const Symbol *symbol = atom->getSymbol();
  auto *integer = dyn_cast<IntegerForm>(atom);
  // An operator of the same name in the call is hardly this one.
  if (symbol ? isOperator || atom->isNil() : !integer)
    return atom;
  if (!callIsIndexed)
    indexCall(call);
  callIsIndexed = true;
  const Form *found = nullptr;
  if (symbol)
    found = callSymbols.lookup(symbol);
  else if (std::optional<int64_t> value = getCommonNumber(integer))
    found = callNumbers.lookup(*value);
  return found ? found : atom;
}

/// Counts down `budget` by the conses and elements of an object; false if it is
/// used up, or the object is too deep.
static bool isReasonable(cl_object object, unsigned depth, size_t &budget) {
  if (depth == 0)
    return false;
  for (; ECL_CONSP(object); object = ECL_CONS_CDR(object))
    if (budget-- == 0 || !isReasonable(ECL_CONS_CAR(object), depth - 1, budget))
      return false;
  if (ecl_t_of(object) != t_vector)
    return true;
  size_t numElements = object->vector.fillp;
  if (numElements > budget)
    return false;
  budget -= numElements;
  if (object->vector.elttype != ecl_aet_object)
    return true;
  for (size_t i = 0; i != numElements; ++i)
    if (!isReasonable(object->vector.self.t[i], depth - 1, budget))
      return false;
  return true;
}

const Form *Converter::toForm(cl_object object, const Form *newCall) {
  size_t budget = maxConses;
  if (!isReasonable(object, maxDepth, budget))
    return nullptr;
  // Printing an object runs Lisp code, which may come back here.
  const Form *outerCall = std::exchange(call, newCall);
  auto restore = llvm::scope_exit([&] { call = outerCall; });
  callIsIndexed = false;
  callSymbols.clear();
  callNumbers.clear();
  return build(object, nullptr);
}
