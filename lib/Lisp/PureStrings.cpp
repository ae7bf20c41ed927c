//===- PureStrings.cpp - functions on strings and symbols -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Strings, characters, and symbols by their names. Where letter case or
// positions matter, text that is not ASCII is declined.
//
//===----------------------------------------------------------------------===//

#include "PureStrings.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

//===----------------------------------------------------------------------===//
// Designators
//===----------------------------------------------------------------------===//

static std::string encode(uint32_t codePoint) {
  char buffer[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
  char *end = buffer;
  ConvertCodePointToUTF8(codePoint, end);
  return std::string(buffer, end);
}

std::optional<std::string> pure::getDesignatedString(Interpreter &interpreter,
                                                     Value value) {
  const Form *form = interpreter.toForm(value);
  if (!form)
    return std::nullopt;
  if (const auto *string = dyn_cast<StringForm>(form)) {
    interpreter.charge(string->getValue().size() / 8);
    return string->getValue().str();
  }
  if (const auto *character = dyn_cast<CharacterForm>(form))
    return encode(character->getCodePoint());
  const Symbol *symbol = form->getSymbol();
  if (symbol && !interpreter.isGensym(symbol))
    return symbol->getName().str();
  interpreter.fail();
  return std::nullopt;
}

std::optional<std::string> pure::getDesignatedAscii(Interpreter &interpreter,
                                                    Value value) {
  std::optional<std::string> text = getDesignatedString(interpreter, value);
  if (!text || none_of(*text, [](char c) { return c & 0x80; }))
    return text;
  interpreter.fail();
  return std::nullopt;
}

static Value string(Interpreter &interpreter, Arguments args) {
  if (isa<StringForm>(args[0].getForm()))
    return args[0];
  std::optional<std::string> text = getDesignatedString(interpreter, args[0]);
  return text ? Value(interpreter.makeString(*text)) : Value();
}

//===----------------------------------------------------------------------===//
// Case
//===----------------------------------------------------------------------===//

/// The text with each word capitalized.
static std::string capitalizeWords(StringRef text) {
  std::string result = text.lower();
  bool isInWord = false;
  for (char &c : result) {
    if (!isInWord)
      c = toUpper(c);
    isInWord = isAlnum(c);
  }
  return result;
}

template <bool toUpper>
static Value changeCase(Interpreter &interpreter, Arguments args) {
  std::optional<std::string> text = getDesignatedAscii(interpreter, args[0]);
  if (!text)
    return Value();
  return interpreter.makeString(toUpper ? StringRef(*text).upper()
                                        : StringRef(*text).lower());
}

static Value capitalize(Interpreter &interpreter, Arguments args) {
  std::optional<std::string> text = getDesignatedAscii(interpreter, args[0]);
  return text ? Value(interpreter.makeString(capitalizeWords(*text))) : Value();
}

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

namespace {
enum class Order { Equal, NotEqual, Less, Greater, NotGreater, NotLess };
} // namespace

static bool holds(Order order, int comparison) {
  switch (order) {
  case Order::Equal:
    return comparison == 0;
  case Order::NotEqual:
    return comparison != 0;
  case Order::Less:
    return comparison < 0;
  case Order::Greater:
    return comparison > 0;
  case Order::NotGreater:
    return comparison <= 0;
  case Order::NotLess:
    return comparison >= 0;
  }
  return false;
}

/// (string= a b): T or NIL, the others the first place of a difference or NIL.
template <Order order, bool ignoresCase>
static Value compareStrings(Interpreter &interpreter, Arguments args) {
  constexpr bool anyText = order == Order::Equal && !ignoresCase;
  auto getText = anyText ? getDesignatedString : getDesignatedAscii;
  std::optional<std::string> a = getText(interpreter, args[0]);
  std::optional<std::string> b = getText(interpreter, args[1]);
  if (!a || !b)
    return Value();
  if (ignoresCase) {
    a = StringRef(*a).lower();
    b = StringRef(*b).lower();
  }
  if (!holds(order, StringRef(*a).compare(*b)))
    return interpreter.getNil();
  if (order == Order::Equal)
    return interpreter.getBoolean(true);
  auto difference = std::mismatch(a->begin(), a->end(), b->begin(), b->end());
  return interpreter.getForms().makeInteger(difference.first - a->begin());
}

/// Characters are compared by their codes, each with the next one.
template <Order order, bool ignoresCase>
static Value compareCharacters(Interpreter &interpreter, Arguments args) {
  SmallVector<uint32_t, 4> codes;
  for (Value arg : args) {
    const auto *character = dyn_cast<CharacterForm>(arg.getForm());
    if (!character || (ignoresCase && character->getCodePoint() >= 0x80))
      return interpreter.fail();
    uint32_t code = character->getCodePoint();
    codes.push_back(ignoresCase ? uint32_t(toUpper(char(code))) : code);
  }
  bool result = true;
  for (size_t i = 1; i < codes.size(); ++i) {
    // All are different only if each pair is.
    size_t first = order == Order::NotEqual ? 0 : i - 1;
    for (size_t j = first; j < i; ++j)
      result &= holds(order, codes[j] < codes[i] ? -1 : codes[j] > codes[i]);
  }
  return interpreter.getBoolean(result);
}

//===----------------------------------------------------------------------===//
// Characters
//===----------------------------------------------------------------------===//

/// The code of an argument that is an ASCII character.
static std::optional<char> getAscii(Interpreter &interpreter, Value value) {
  const auto *character = dyn_cast<CharacterForm>(value.getForm());
  if (character && character->getCodePoint() < 0x80)
    return char(character->getCodePoint());
  interpreter.fail();
  return std::nullopt;
}

template <bool (*predicate)(char)>
static Value testCharacter(Interpreter &interpreter, Arguments args) {
  std::optional<char> c = getAscii(interpreter, args[0]);
  return c ? Value(interpreter.getBoolean(predicate(*c))) : Value();
}

static bool isLetterOrDigit(char c) { return isAlnum(c); }
static bool isLetter(char c) { return isAlpha(c); }
static bool isUpperCase(char c) { return isUpper(c); }
static bool isLowerCase(char c) { return isLower(c); }

template <char (*change)(char)>
static Value changeCharacter(Interpreter &interpreter, Arguments args) {
  std::optional<char> c = getAscii(interpreter, args[0]);
  return c ? Value(interpreter.getForms().makeCharacter(change(*c))) : Value();
}

static Value charCode(Interpreter &interpreter, Arguments args) {
  const auto *character = dyn_cast<CharacterForm>(args[0].getForm());
  return character ? Value(interpreter.getForms().makeInteger(
                         int64_t(character->getCodePoint())))
                   : interpreter.fail();
}

/// A small integer among an argument and limits.
static std::optional<int64_t> getSmall(Interpreter &interpreter, Value value,
                                       int64_t min, int64_t max) {
  const auto *integer = dyn_cast<IntegerForm>(value.getForm());
  std::optional<int64_t> number = integer ? integer->getInt64() : std::nullopt;
  if (number && *number >= min && *number <= max)
    return number;
  interpreter.fail();
  return std::nullopt;
}

static Value codeChar(Interpreter &interpreter, Arguments args) {
  std::optional<int64_t> code = getSmall(interpreter, args[0], 0, 0x7f);
  return code ? Value(interpreter.getForms().makeCharacter(uint32_t(*code)))
              : Value();
}

/// (digit-char-p char [radix]): the weight or NIL.
static Value digitCharP(Interpreter &interpreter, Arguments args) {
  std::optional<char> c = getAscii(interpreter, args[0]);
  std::optional<int64_t> radix = 10;
  if (args.size() > 1)
    radix = getSmall(interpreter, args[1], 2, 36);
  if (!c || !radix)
    return Value();
  int64_t weight = isDigit(*c)   ? *c - '0'
                   : isAlpha(*c) ? toLower(*c) - 'a' + 10
                                 : *radix;
  return weight < *radix ? Value(interpreter.getForms().makeInteger(weight))
                         : Value(interpreter.getNil());
}

/// (digit-char weight [radix]): the digit or NIL.
static Value digitChar(Interpreter &interpreter, Arguments args) {
  std::optional<int64_t> weight = getSmall(interpreter, args[0], 0, INT64_MAX);
  std::optional<int64_t> radix = 10;
  if (args.size() > 1)
    radix = getSmall(interpreter, args[1], 2, 36);
  if (!weight || !radix)
    return Value();
  if (*weight >= *radix)
    return interpreter.getNil();
  return interpreter.getForms().makeCharacter(
      uint32_t(*weight < 10 ? '0' + *weight : 'A' + *weight - 10));
}

//===----------------------------------------------------------------------===//
// Parts of strings
//===----------------------------------------------------------------------===//

/// (string-trim characters string) on either side or both.
template <bool atLeft, bool atRight>
static Value trim(Interpreter &interpreter, Arguments args) {
  const auto *bag = dyn_cast<StringForm>(args[0].getForm());
  std::optional<std::string> text = getDesignatedAscii(interpreter, args[1]);
  if (!bag || !text)
    return interpreter.fail();
  StringRef rest = *text;
  if (atLeft)
    rest = rest.ltrim(bag->getValue());
  if (atRight)
    rest = rest.rtrim(bag->getValue());
  return interpreter.makeString(rest);
}

/// (parse-integer string [:radix radix])
static Value parseInteger(Interpreter &interpreter, Arguments args) {
  std::optional<int64_t> radix = 10;
  if (args.size() == 3 && args[1].getForm()->isKeyword("RADIX"))
    radix = getSmall(interpreter, args[2], 2, 36);
  else if (args.size() != 1)
    return interpreter.fail();
  const auto *string = dyn_cast<StringForm>(args[0].getForm());
  if (!string || !radix || string->getValue().size() > 100)
    return interpreter.fail();
  StringRef digits = string->getValue().trim(" \t\n\r\f");
  bool isNegative = digits.consume_front("-");
  if (!isNegative)
    digits.consume_front("+");
  APInt value;
  if (digits.empty() || !all_of(digits, [](char c) { return isAlnum(c); }) ||
      digits.getAsInteger(unsigned(*radix), value))
    return interpreter.fail();
  value = value.zext(value.getBitWidth() + 1);
  if (isNegative)
    value.negate();
  return interpreter.makeInteger(APSInt(value, /*isUnsigned=*/false));
}

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

static Value symbolName(Interpreter &interpreter, Arguments args) {
  if (!args[0].getForm()->getSymbol())
    return interpreter.fail();
  return string(interpreter, args);
}

/// (intern name [:keyword]), else into the current package.
static Value intern(Interpreter &interpreter, Arguments args) {
  const auto *name = dyn_cast<StringForm>(args[0].getForm());
  if (!name)
    return interpreter.fail();
  FormContext &forms = interpreter.getForms();
  if (args.size() == 1)
    return forms.makeSymbol(forms.intern(name->getValue()));
  const auto *package = dyn_cast<StringForm>(args[1].getForm());
  bool isKeywordPackage = args[1].getForm()->isKeyword("KEYWORD") ||
                          (package && package->getValue() == "KEYWORD");
  return isKeywordPackage
             ? Value(forms.makeSymbol(forms.internKeyword(name->getValue())))
             : interpreter.fail();
}

static Value makeSymbol(Interpreter &interpreter, Arguments args) {
  const auto *name = dyn_cast<StringForm>(args[0].getForm());
  FormContext &forms = interpreter.getForms();
  return name ? Value(forms.makeSymbol(forms.makeUninterned(name->getValue())))
              : interpreter.fail();
}

/// (gensym [prefix or number])
static Value gensym(Interpreter &interpreter, Arguments args) {
  if (args.empty())
    return interpreter.makeGensym("G");
  if (const auto *prefix = dyn_cast<StringForm>(args[0].getForm()))
    return interpreter.makeGensym(prefix->getValue());
  std::optional<int64_t> number = getSmall(interpreter, args[0], 0, INT64_MAX);
  FormContext &forms = interpreter.getForms();
  return number ? Value(forms.makeSymbol(
                      forms.makeUninterned(("G" + Twine(*number)).str())))
                : Value();
}

ArrayRef<Builtin> pure::getStringBuiltins() {
  static constexpr auto any = Builtin::anyNumber;
  static constexpr auto none = Builtin::None;
  static constexpr Builtin table[] = {
      {"ALPHA-CHAR-P", 1, 1, none, testCharacter<isLetter>},
      {"ALPHANUMERICP", 1, 1, none, testCharacter<isLetterOrDigit>},
      {"CHAR-CODE", 1, 1, none, charCode},
      {"CHAR-DOWNCASE", 1, 1, none, changeCharacter<toLower>},
      {"CHAR-EQUAL", 1, any, none, compareCharacters<Order::Equal, true>},
      {"CHAR-UPCASE", 1, 1, none, changeCharacter<toUpper>},
      {"CHAR/=", 1, any, none, compareCharacters<Order::NotEqual, false>},
      {"CHAR<", 1, any, none, compareCharacters<Order::Less, false>},
      {"CHAR<=", 1, any, none, compareCharacters<Order::NotGreater, false>},
      {"CHAR=", 1, any, none, compareCharacters<Order::Equal, false>},
      {"CHAR>", 1, any, none, compareCharacters<Order::Greater, false>},
      {"CHAR>=", 1, any, none, compareCharacters<Order::NotLess, false>},
      {"CODE-CHAR", 1, 1, none, codeChar},
      {"DIGIT-CHAR", 1, 2, none, digitChar},
      {"DIGIT-CHAR-P", 1, 2, none, digitCharP},
      {"GENSYM", 0, 1, none, gensym},
      {"INTERN", 1, 2, none, intern},
      {"LOWER-CASE-P", 1, 1, none, testCharacter<isLowerCase>},
      {"MAKE-SYMBOL", 1, 1, none, makeSymbol},
      {"PARSE-INTEGER", 1, 3, none, parseInteger},
      {"STRING", 1, 1, none, string},
      {"STRING-CAPITALIZE", 1, 1, none, capitalize},
      {"STRING-DOWNCASE", 1, 1, none, changeCase<false>},
      {"STRING-EQUAL", 2, 2, none, compareStrings<Order::Equal, true>},
      {"STRING-LEFT-TRIM", 2, 2, none, trim<true, false>},
      {"STRING-RIGHT-TRIM", 2, 2, none, trim<false, true>},
      {"STRING-TRIM", 2, 2, none, trim<true, true>},
      {"STRING-UPCASE", 1, 1, none, changeCase<true>},
      {"STRING/=", 2, 2, none, compareStrings<Order::NotEqual, false>},
      {"STRING<", 2, 2, none, compareStrings<Order::Less, false>},
      {"STRING<=", 2, 2, none, compareStrings<Order::NotGreater, false>},
      {"STRING=", 2, 2, none, compareStrings<Order::Equal, false>},
      {"STRING>", 2, 2, none, compareStrings<Order::Greater, false>},
      {"STRING>=", 2, 2, none, compareStrings<Order::NotLess, false>},
      {"SYMBOL-NAME", 1, 1, none, symbolName},
      {"UPPER-CASE-P", 1, 1, none, testCharacter<isUpperCase>},
  };
  return table;
}
