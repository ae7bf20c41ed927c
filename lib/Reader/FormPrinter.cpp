//===- FormPrinter.cpp - forms as readable text -----------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Prints forms so that reading the text gives equal forms.
//
//===----------------------------------------------------------------------===//

#include "Token.h"
#include "Whistler/Reader/Form.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace whistler;

//===----------------------------------------------------------------------===//
// Atoms
//===----------------------------------------------------------------------===//

/// True if a name read without bars would be another name, or no name.
static bool needsBars(StringRef name) {
  if (name.empty() || name.front() == '#' ||
      classifyToken(name) != TokenKind::Symbol)
    return true;
  while (!name.empty()) {
    char c = name.front();
    uint32_t codePoint = takeCodePoint(name);
    if (!continuesToken(c) || c == ':' || isLower(c) || isInvisible(codePoint))
      return true;
  }
  return false;
}

static void printEscaped(raw_ostream &os, StringRef text, char delimiter) {
  os << delimiter;
  for (char c : text) {
    if (c == delimiter || c == '\\')
      os << '\\';
    os << c;
  }
  os << delimiter;
}

static void printName(raw_ostream &os, StringRef name) {
  if (needsBars(name))
    return printEscaped(os, name, '|');
  os << name.lower();
}

void Symbol::print(raw_ostream &os) const {
  if (uninterned)
    os << "#:";
  else if (keyword)
    os << ':';
  else if (package == "COMMON-LISP")
    os << "cl:";
  else if (!package.empty()) {
    printName(os, package);
    os << "::";
  }
  printName(os, name);
}

static void printCharacter(raw_ostream &os, uint32_t codePoint) {
  std::string name = getCharacterName(codePoint);
  os << "#\\" << (name.empty() ? encodeCodePoint(codePoint) : name);
}

static void printInteger(raw_ostream &os, const IntegerForm &form) {
  if (std::optional<int64_t> value = form.getInt64()) {
    os << *value;
    return;
  }
  SmallString<40> digits;
  form.getValue().toString(digits, /*Radix=*/10);
  os << digits;
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

namespace {

/// A reader prefix and the operator that it stands for.
struct Prefix {
  StringLiteral text;
  StringLiteral name;
  bool isBackquoteSyntax;
  /// How much deeper in backquotes the form behind it is.
  int depthChange;
};

/// Prints without recursion, since forms may nest deeper than the stack.
class FormPrinter {
public:
  explicit FormPrinter(raw_ostream &os) : os(os) {}

  void print(const Form *form);

private:
  /// Something left to print: a form, the rest of a list or vector, or the
  /// bracket after a dotted tail.
  struct Item {
    enum Kind { WholeForm, ListRest, VectorRest, Bracket } kind;
    const Form *form;
    /// Backquotes around it less commas.
    int backquotes;
    /// The next element of a vector.
    size_t index = 0;
  };

  void printForm(const Item &item);
  void printListRest(const Item &item);
  void printVectorRest(const Item &item);
  void printPrefixed(const Prefix &prefix, const ConsForm *list,
                     int backquotes);

  raw_ostream &os;
  SmallVector<Item, 32> items;
};

} // namespace

static constexpr Prefix prefixes[] = {
    {"'", "QUOTE", false, 0},           {"#'", "FUNCTION", false, 0},
    {"`", "QUASIQUOTE", true, 1},       {",", "UNQUOTE", true, -1},
    {",@", "UNQUOTE-SPLICE", true, -1}, {",.", "UNQUOTE-NSPLICE", true, -1},
};

static const Prefix *findPrefix(const Symbol &op) {
  bool isBackquoteSyntax = op.getPackage() == "SI";
  if (!isBackquoteSyntax && !op.isLanguageName())
    return nullptr;
  const auto *found = find_if(prefixes, [&](const Prefix &prefix) {
    return prefix.isBackquoteSyntax == isBackquoteSyntax &&
           prefix.name == op.getName();
  });
  return found == std::end(prefixes) ? nullptr : found;
}

/// True if the text of `form` begins with what would turn `,` into another
/// prefix.
static bool changesComma(const Form *form) {
  StringRef text;
  if (const Symbol *symbol = form->getSymbol())
    text = symbol->getName();
  else if (const auto *raw = dyn_cast<TextForm>(form))
    text = raw->getText();
  return text.starts_with("@") || text.starts_with(".");
}

/// The prefix that stands for a list such as (QUOTE x), or null.
static const Prefix *findPrefix(const ConsForm *list, int backquotes) {
  const Symbol *op = listOperator(list);
  const auto *rest = dyn_cast<ConsForm>(list->getCdr());
  if (!op || !rest || !rest->getCdr()->isNil())
    return nullptr;
  const Prefix *prefix = findPrefix(*op);
  // A comma can only be read inside of a backquote.
  return prefix && backquotes + prefix->depthChange >= 0 ? prefix : nullptr;
}

void FormPrinter::printPrefixed(const Prefix &prefix, const ConsForm *list,
                                int backquotes) {
  const Form *form = listElement(list, 1);
  os << prefix.text;
  if (prefix.text == "," && changesComma(form))
    os << ' ';
  items.push_back({Item::WholeForm, form, backquotes + prefix.depthChange});
}

void FormPrinter::printListRest(const Item &item) {
  if (item.form->isNil()) {
    os << ')';
    return;
  }
  const auto *cons = dyn_cast<ConsForm>(item.form);
  const Prefix *prefix = cons ? findPrefix(cons, item.backquotes) : nullptr;
  if (!cons || (prefix && prefix->isBackquoteSyntax)) {
    os << " . ";
    items.push_back({Item::Bracket, nullptr, item.backquotes});
    items.push_back({Item::WholeForm, item.form, item.backquotes});
    return;
  }
  os << ' ';
  items.push_back({Item::ListRest, cons->getCdr(), item.backquotes});
  items.push_back({Item::WholeForm, cons->getCar(), item.backquotes});
}

void FormPrinter::printVectorRest(const Item &item) {
  ArrayRef<const Form *> elements = cast<VectorForm>(item.form)->getElements();
  if (item.index == elements.size()) {
    os << ')';
    return;
  }
  if (item.index > 0)
    os << ' ';
  items.push_back(
      {Item::VectorRest, item.form, item.backquotes, item.index + 1});
  items.push_back({Item::WholeForm, elements[item.index], item.backquotes});
}

void FormPrinter::printForm(const Item &item) {
  switch (item.form->getKind()) {
  case Form::Kind::Integer:
    return printInteger(os, *cast<IntegerForm>(item.form));
  case Form::Kind::Ratio:
  case Form::Kind::Float:
  case Form::Kind::Unevaluated:
    os << cast<TextForm>(item.form)->getText();
    return;
  case Form::Kind::Character:
    return printCharacter(os, cast<CharacterForm>(item.form)->getCodePoint());
  case Form::Kind::String:
    return printEscaped(os, cast<StringForm>(item.form)->getValue(), '"');
  case Form::Kind::Symbol:
    return cast<SymbolForm>(item.form)->getSymbol()->print(os);
  case Form::Kind::Vector:
    os << "#(";
    items.push_back({Item::VectorRest, item.form, item.backquotes});
    return;
  case Form::Kind::Cons: {
    const auto *list = cast<ConsForm>(item.form);
    if (const Prefix *prefix = findPrefix(list, item.backquotes))
      return printPrefixed(*prefix, list, item.backquotes);
    os << '(';
    items.push_back({Item::ListRest, list->getCdr(), item.backquotes});
    items.push_back({Item::WholeForm, list->getCar(), item.backquotes});
    return;
  }
  }
}

void FormPrinter::print(const Form *form) {
  items.push_back({Item::WholeForm, form, /*backquotes=*/0});
  while (!items.empty()) {
    Item item = items.pop_back_val();
    switch (item.kind) {
    case Item::WholeForm:
      printForm(item);
      break;
    case Item::ListRest:
      printListRest(item);
      break;
    case Item::VectorRest:
      printVectorRest(item);
      break;
    case Item::Bracket:
      os << ')';
      break;
    }
  }
}

void Form::print(raw_ostream &os) const { FormPrinter(os).print(this); }

std::string Form::str() const {
  std::string text;
  raw_string_ostream os(text);
  print(os);
  return text;
}

raw_ostream &whistler::operator<<(raw_ostream &os, const Form &form) {
  form.print(os);
  return os;
}

raw_ostream &whistler::operator<<(raw_ostream &os, const Symbol &symbol) {
  symbol.print(os);
  return os;
}
