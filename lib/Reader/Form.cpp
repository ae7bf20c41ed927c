//===- Form.cpp - Lisp data with source ranges ------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Symbols, forms, lists, and the context that makes them.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Reader/Form.h"

#include "llvm/ADT/StringSwitch.h"

using namespace llvm;
using namespace whistler;

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

Symbol::Symbol(StringRef name, StringRef package, bool uninterned)
    : name(name), package(package), uninterned(uninterned),
      keyword(package == "KEYWORD"),
      languageName(!uninterned &&
                   (package.empty() || package == "COMMON-LISP" ||
                    package == "WHISTLER")) {}

/// Packages that have two names, and the default package, which has none.
static StringRef canonicalPackage(StringRef package) {
  return StringSwitch<StringRef>(package)
      .Case("CL", "COMMON-LISP")
      .Case("WHISTLER-USER", "")
      .Case("SYSTEM", "SI")
      .Case("SYS", "SI")
      .Default(package);
}

//===----------------------------------------------------------------------===//
// Forms
//===----------------------------------------------------------------------===//

bool Form::isNil() const {
  const Symbol *symbol = getSymbol();
  return symbol && symbol->is("NIL");
}

const Symbol *Form::getSymbol() const {
  const auto *occurrence = dyn_cast<SymbolForm>(this);
  return occurrence ? occurrence->getSymbol() : nullptr;
}

bool Form::isSymbol(StringRef name) const {
  const Symbol *symbol = getSymbol();
  return symbol && symbol->is(name);
}

bool Form::isKeyword(StringRef name) const {
  const Symbol *symbol = getSymbol();
  return symbol && symbol->isKeyword(name);
}

APSInt IntegerForm::getValue() const {
  // One word more than the magnitude has leaves room for the sign.
  APInt value(APInt::APINT_BITS_PER_WORD * (magnitude.size() + 1), magnitude);
  if (negative)
    value.negate();
  return APSInt(value.trunc(value.getSignificantBits()), /*isUnsigned=*/false);
}

std::optional<uint64_t> IntegerForm::getUInt64() const {
  if (negative || magnitude.size() > 1)
    return std::nullopt;
  return magnitude[0];
}

std::optional<int64_t> IntegerForm::getInt64() const {
  uint64_t limit = uint64_t(1) << 63;
  if (magnitude.size() > 1 || magnitude[0] > (negative ? limit : limit - 1))
    return std::nullopt;
  return static_cast<int64_t>(negative ? -magnitude[0] : magnitude[0]);
}

std::optional<uint64_t> IntegerForm::getBits64() const {
  if (std::optional<int64_t> value = getInt64())
    return static_cast<uint64_t>(*value);
  return getUInt64();
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

const Form *ListElements::getTail() const {
  const Form *rest = list;
  while (const auto *cons = dyn_cast<ConsForm>(rest))
    rest = cons->getCdr();
  return rest;
}

std::optional<size_t> whistler::properListLength(const Form *list) {
  size_t length = 0;
  for (; const auto *cons = dyn_cast<ConsForm>(list); list = cons->getCdr())
    ++length;
  return list->isNil() ? std::optional<size_t>(length) : std::nullopt;
}

const Form *whistler::listElement(const Form *list, size_t index) {
  for (const Form *element : listElements(list))
    if (index-- == 0)
      return element;
  return nullptr;
}

const Symbol *whistler::listOperator(const Form *list) {
  const auto *cons = dyn_cast<ConsForm>(list);
  return cons ? cons->getCar()->getSymbol() : nullptr;
}

//===----------------------------------------------------------------------===//
// Context
//===----------------------------------------------------------------------===//

FormContext::FormContext() {
  nilSymbol = make<Symbol>(copyString("NIL"), "", /*uninterned=*/false);
  nil = makeSymbol(nilSymbol);
  defaultSymbols["NIL"] = nilSymbol;
  otherSymbols["COMMON-LISP"]["NIL"] = nilSymbol;
  otherSymbols["WHISTLER"]["NIL"] = nilSymbol;
}

const Symbol *FormContext::intern(StringRef name, StringRef package) {
  SymbolTable *table = &defaultSymbols;
  StringRef home;
  if (!package.empty()) {
    home = canonicalPackage(package);
    if (!home.empty()) {
      auto entry = otherSymbols.try_emplace(home).first;
      home = entry->getKey();
      table = &entry->getValue();
    }
  }
  auto [entry, isNew] = table->try_emplace(name, nullptr);
  if (isNew)
    entry->second = make<Symbol>(entry->getKey(), home, /*uninterned=*/false);
  return entry->second;
}

const Symbol *FormContext::makeUninterned(StringRef name) {
  return make<Symbol>(copyString(name), "", /*uninterned=*/true);
}

const IntegerForm *FormContext::makeInteger(int64_t value, SMRange range) {
  uint64_t bits = static_cast<uint64_t>(value);
  uint64_t magnitude = value < 0 ? -bits : bits;
  return make<IntegerForm>(copyArray(ArrayRef<uint64_t>(magnitude)), value < 0,
                           range);
}

const IntegerForm *FormContext::makeInteger(const APSInt &value,
                                            SMRange range) {
  // Widened first, so that the magnitude of the smallest value fits.
  APSInt wide = value.extend(value.getBitWidth() + 1);
  bool negative = wide.isNegative();
  if (negative)
    wide.negate();
  size_t numWords = APInt::getNumWords(std::max(wide.getActiveBits(), 1u));
  ArrayRef<uint64_t> words(wide.getRawData(), numWords);
  return make<IntegerForm>(copyArray(words), negative, range);
}

const RatioForm *FormContext::makeRatio(StringRef text, SMRange range) {
  return make<RatioForm>(copyString(text), range);
}

const FloatForm *FormContext::makeFloat(StringRef text, SMRange range) {
  return make<FloatForm>(copyString(text), range);
}

const CharacterForm *FormContext::makeCharacter(uint32_t codePoint,
                                                SMRange range) {
  return make<CharacterForm>(codePoint, range);
}

const StringForm *FormContext::makeString(StringRef value, SMRange range) {
  return make<StringForm>(copyString(value), range);
}

const SymbolForm *FormContext::makeSymbol(const Symbol *symbol, SMRange range) {
  return make<SymbolForm>(symbol, range);
}

const ConsForm *FormContext::makeCons(const Form *car, const Form *cdr,
                                      SMRange range) {
  return make<ConsForm>(car, cdr, range);
}

const Form *FormContext::makeList(ArrayRef<const Form *> elements,
                                  SMRange range, const Form *tail) {
  if (elements.empty())
    return tail ? tail : makeNil(range);
  const Form *list = tail ? tail : nil;
  SMLoc end = tail ? tail->getRange().End : elements.back()->getRange().End;
  for (const Form *element : reverse(elements.drop_front())) {
    SMLoc start = element->getLoc();
    bool placed = start.isValid() && end.isValid();
    list = makeCons(element, list, placed ? SMRange(start, end) : SMRange());
  }
  return makeCons(elements.front(), list, range);
}

const VectorForm *FormContext::makeVector(ArrayRef<const Form *> elements,
                                          SMRange range) {
  return make<VectorForm>(copyArray(elements), range);
}

const UnevaluatedForm *FormContext::makeUnevaluated(char dispatch,
                                                    StringRef text,
                                                    const Form *subform,
                                                    SMRange range) {
  return make<UnevaluatedForm>(dispatch, copyString(text), subform, range);
}
