//===- PurePrinter.cpp - format and printing to strings ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Prints atoms as Common Lisp does with its usual settings, and the simple
// directives of `format`.
//
//===----------------------------------------------------------------------===//

#include "PureStrings.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

//===----------------------------------------------------------------------===//
// Atoms
//===----------------------------------------------------------------------===//

/// Whether a name prints without bars wherever it stands: it begins with a
/// letter, so that it cannot be a number, and has nothing that needs escaping.
static bool isPlainName(StringRef name) {
  return !name.empty() && isUpper(name.front()) && all_of(name, [](char c) {
    return isUpper(c) || isDigit(c) || StringRef("-+*/<>=!?_&%$").contains(c);
  });
}

static bool printSymbol(Interpreter &interpreter, const Symbol *symbol,
                        std::string &text) {
  bool hasPrefix = !symbol->getPackage().empty() && !symbol->isKeyword();
  if (!isPlainName(symbol->getName()) || symbol->isUninterned() || hasPrefix) {
    interpreter.fail();
    return false;
  }
  if (symbol->isKeyword())
    text += ':';
  text += symbol->getName();
  return true;
}

static std::string getDigits(const IntegerForm *integer, unsigned radix) {
  SmallString<40> digits;
  integer->getValue().toString(digits, radix);
  return std::string(digits);
}

static void printString(StringRef value, std::string &text) {
  text += '"';
  for (char c : value) {
    if (c == '"' || c == '\\')
      text += '\\';
    text += c;
  }
  text += '"';
}

/// What `princ` or, escaped, `prin1` prints of an atom; false after failing.
static bool printValue(Interpreter &interpreter, Value value, bool isEscaped,
                       std::string &text) {
  const Form *form = interpreter.toForm(value);
  if (!form)
    return false;
  if (const auto *integer = dyn_cast<IntegerForm>(form)) {
    text += getDigits(integer, 10);
    return true;
  }
  if (!isEscaped) {
    std::optional<std::string> name = getDesignatedString(interpreter, value);
    text += name.value_or("");
    return name.has_value();
  }
  if (const Symbol *symbol = form->getSymbol())
    return printSymbol(interpreter, symbol, text);
  if (const auto *string = dyn_cast<StringForm>(form)) {
    printString(string->getValue(), text);
    return true;
  }
  const auto *character = dyn_cast<CharacterForm>(form);
  bool isGraphic = character && character->getCodePoint() > ' ' &&
                   character->getCodePoint() < 0x7f;
  if (!isGraphic) {
    interpreter.fail();
    return false;
  }
  text += "#\\";
  text += char(character->getCodePoint());
  return true;
}

template <bool isEscaped>
static Value printToString(Interpreter &interpreter, Arguments args) {
  std::string text;
  return printValue(interpreter, args[0], isEscaped, text)
             ? Value(interpreter.makeString(text))
             : Value();
}

//===----------------------------------------------------------------------===//
// format
//===----------------------------------------------------------------------===//

namespace {

/// A directive such as `~8,'0D`.
struct Directive {
  SmallVector<std::optional<int>, 4> parameters;
  bool hasColon = false;
  bool hasAt = false;
  char character = 0;
};

class Formatter {
public:
  Formatter(Interpreter &interpreter, StringRef control, Arguments args)
      : interpreter(interpreter), control(control), args(args) {}

  std::optional<std::string> run();

private:
  bool parse(Directive &directive);
  bool parseParameter(Directive &directive);
  bool perform(const Directive &directive);
  bool printNumber(const Directive &directive, unsigned radix);
  bool printPlain(const Directive &directive, bool isEscaped);
  bool repeat(const Directive &directive, char c);
  bool openCase(const Directive &directive);
  bool closeCase();

  Interpreter &interpreter;
  StringRef control;
  Arguments args;
  std::string text;
  /// Where the text within `~(` begins, and how it will be changed.
  std::optional<size_t> caseStart;
  Directive caseDirective;
};

} // namespace

/// A number, a character behind a quote, or nothing before a comma.
bool Formatter::parseParameter(Directive &directive) {
  if (control.consume_front("'")) {
    if (control.empty() || control.front() & 0x80)
      return false;
    directive.parameters.push_back(control.front());
    control = control.drop_front();
    return true;
  }
  int number;
  if (!control.empty() &&
      (isDigit(control.front()) || StringRef("+-").contains(control.front()))) {
    if (control.consumeInteger(10, number) || number < 0 || number > 1000)
      return false;
    directive.parameters.push_back(number);
  } else if (control.starts_with(",")) {
    directive.parameters.push_back(std::nullopt);
  }
  return true;
}

bool Formatter::parse(Directive &directive) {
  do {
    if (!parseParameter(directive))
      return false;
  } while (control.consume_front(","));
  while (control.starts_with(":") || control.starts_with("@")) {
    bool &flag = control.front() == ':' ? directive.hasColon : directive.hasAt;
    if (flag)
      return false;
    flag = true;
    control = control.drop_front();
  }
  if (control.empty())
    return false;
  directive.character = toUpper(control.front());
  control = control.drop_front();
  return true;
}

/// ~mincol,padcharD and its like
bool Formatter::printNumber(const Directive &directive, unsigned radix) {
  const auto *integer =
      args.empty() ? nullptr
                   : dyn_cast_if_present<IntegerForm>(args[0].getForm());
  if (!integer || directive.hasColon || directive.parameters.size() > 2)
    return false;
  args = args.drop_front();
  std::string digits = getDigits(integer, radix);
  if (directive.hasAt && !integer->isNegative())
    digits.insert(digits.begin(), '+');
  auto getParameter = [&](size_t index, int fallback) {
    return index < directive.parameters.size()
               ? directive.parameters[index].value_or(fallback)
               : fallback;
  };
  size_t width = size_t(getParameter(0, 0));
  if (digits.size() < width)
    text.append(width - digits.size(), char(getParameter(1, ' ')));
  text += digits;
  return true;
}

bool Formatter::printPlain(const Directive &directive, bool isEscaped) {
  if (args.empty() || directive.hasColon || directive.hasAt ||
      !directive.parameters.empty())
    return false;
  Value value = args[0];
  args = args.drop_front();
  return printValue(interpreter, value, isEscaped, text);
}

bool Formatter::repeat(const Directive &directive, char c) {
  if (directive.hasColon || directive.hasAt || directive.parameters.size() > 1)
    return false;
  text.append(directive.parameters.empty()
                  ? 1
                  : size_t(directive.parameters[0].value_or(1)),
              c);
  return true;
}

bool Formatter::openCase(const Directive &directive) {
  if (caseStart || !directive.parameters.empty() ||
      directive.hasColon != directive.hasAt)
    return false;
  caseStart = text.size();
  caseDirective = directive;
  return true;
}

bool Formatter::closeCase() {
  if (!caseStart)
    return false;
  StringRef part = StringRef(text).drop_front(*caseStart);
  if (any_of(part, [](char c) { return c & 0x80; }))
    return false;
  std::string changed = caseDirective.hasColon ? part.upper() : part.lower();
  text.resize(*caseStart);
  text += changed;
  caseStart.reset();
  return true;
}

bool Formatter::perform(const Directive &directive) {
  switch (directive.character) {
  case 'A':
    return printPlain(directive, /*isEscaped=*/false);
  case 'S':
    return printPlain(directive, /*isEscaped=*/true);
  case 'D':
    return printNumber(directive, 10);
  case 'X':
    return printNumber(directive, 16);
  case 'B':
    return printNumber(directive, 2);
  case 'O':
    return printNumber(directive, 8);
  case '%':
    return repeat(directive, '\n');
  case '~':
    return repeat(directive, '~');
  case '(':
    return openCase(directive);
  case ')':
    return directive.parameters.empty() && closeCase();
  default:
    return false;
  }
}

std::optional<std::string> Formatter::run() {
  while (!control.empty()) {
    auto [plain, rest] = control.split('~');
    text += plain;
    bool hasDirective = plain.size() < control.size();
    control = rest;
    Directive directive;
    if (hasDirective && (!parse(directive) || !perform(directive))) {
      interpreter.fail();
      return std::nullopt;
    }
  }
  if (!caseStart)
    return text;
  interpreter.fail();
  return std::nullopt;
}

/// (format nil control argument...)
static Value format(Interpreter &interpreter, Arguments args) {
  const auto *control = dyn_cast<StringForm>(args[1].getForm());
  if (!args[0].getForm()->isNil() || !control)
    return interpreter.fail();
  std::optional<std::string> text =
      Formatter(interpreter, control->getValue(), args.drop_front(2)).run();
  return text ? Value(interpreter.makeString(*text)) : Value();
}

ArrayRef<Builtin> pure::getPrinterBuiltins() {
  static constexpr auto none = Builtin::None;
  static constexpr Builtin table[] = {
      {"FORMAT", 2, Builtin::anyNumber, none, format},
      {"PRIN1-TO-STRING", 1, 1, none, printToString<true>},
      {"PRINC-TO-STRING", 1, 1, none, printToString<false>},
  };
  return table;
}
