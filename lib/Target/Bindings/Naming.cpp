//===- Naming.cpp - names in other languages --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes names from words, and keeps them apart from each other and from
// keywords.
//
//===----------------------------------------------------------------------===//

#include "Naming.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace whistler;
using namespace whistler::bindings;
using llvm::FailureOr;
using llvm::LogicalResult;
using llvm::SmallVector;
using llvm::StringLiteral;
using llvm::StringRef;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Words
//===----------------------------------------------------------------------===//

bool bindings::isCIdentifier(StringRef name) {
  return !name.empty() && !llvm::isDigit(name.front()) &&
         llvm::all_of(name,
                      [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

static SmallVector<StringRef> splitWords(StringRef name) {
  SmallVector<StringRef> words;
  while (!name.empty()) {
    StringRef word = name.take_while(llvm::isAlnum);
    if (!word.empty())
      words.push_back(word);
    name = name.drop_front(std::max<size_t>(word.size(), 1));
  }
  return words;
}

/// `prefix` keeps a name from beginning with a digit.
static std::string avoidDigit(std::string name, StringRef prefix) {
  return !name.empty() && llvm::isDigit(name.front()) ? prefix.str() + name
                                                      : name;
}

std::string bindings::keepName(StringRef name) { return name.str(); }

std::string bindings::makeUpperName(StringRef name) {
  return avoidDigit(StringRef(llvm::join(splitWords(name), "_")).upper(), "_");
}

std::string bindings::makeCamelName(StringRef name) {
  std::string result;
  for (StringRef word : splitWords(name)) {
    result += llvm::toUpper(word.front());
    result += word.drop_front().lower();
  }
  return avoidDigit(result, "X");
}

std::string bindings::makeKebabName(StringRef name) {
  return StringRef(llvm::join(splitWords(name), "-")).lower();
}

FailureOr<std::string> bindings::makeName(StringRef name,
                                          NameFunction *function,
                                          const NameStyle &style,
                                          const Twine &what,
                                          mlir::Operation *op) {
  std::string result = function(name);
  if (result.empty())
    return op->emitError() << what << " has no name in " << style.language
                           << ": it would need an ASCII letter or digit";
  if (style.isReserved(result))
    result += '_';
  return result;
}

//===----------------------------------------------------------------------===//
// NameScope
//===----------------------------------------------------------------------===//

LogicalResult NameScope::check(StringRef name, const Twine &what,
                               mlir::Operation *op) const {
  auto it = claims.find(name);
  if (it == claims.end())
    return llvm::success();
  mlir::InFlightDiagnostic error = op->emitError();
  error << what << " and " << it->second.what << " would both be `" << name
        << "` in " << style.language << "; rename one of them";
  error.attachNote(it->second.loc) << "the other one is here";
  return error;
}

LogicalResult NameScope::claim(StringRef name, const Twine &what,
                               mlir::Operation *op) {
  if (llvm::failed(check(name, what, op)))
    return llvm::failure();
  claims.try_emplace(name, Claim{what.str(), op->getLoc()});
  return llvm::success();
}

//===----------------------------------------------------------------------===//
// Keywords
//===----------------------------------------------------------------------===//

/// C23 and C++23, the types and macros of the headers that are included, and
/// what GNU compilers define without being asked.
static constexpr StringLiteral reservedInC[] = {"alignas",
                                                "alignof",
                                                "and",
                                                "and_eq",
                                                "asm",
                                                "auto",
                                                "bitand",
                                                "bitor",
                                                "bool",
                                                "break",
                                                "case",
                                                "catch",
                                                "char",
                                                "char16_t",
                                                "char32_t",
                                                "char8_t",
                                                "class",
                                                "co_await",
                                                "co_return",
                                                "co_yield",
                                                "compl",
                                                "concept",
                                                "const",
                                                "const_cast",
                                                "consteval",
                                                "constexpr",
                                                "constinit",
                                                "continue",
                                                "decltype",
                                                "default",
                                                "delete",
                                                "do",
                                                "double",
                                                "dynamic_cast",
                                                "else",
                                                "enum",
                                                "explicit",
                                                "export",
                                                "extern",
                                                "false",
                                                "float",
                                                "for",
                                                "friend",
                                                "goto",
                                                "if",
                                                "inline",
                                                "int",
                                                "linux",
                                                "long",
                                                "max_align_t",
                                                "mutable",
                                                "namespace",
                                                "new",
                                                "noexcept",
                                                "not",
                                                "not_eq",
                                                "nullptr",
                                                "nullptr_t",
                                                "offsetof",
                                                "operator",
                                                "or",
                                                "or_eq",
                                                "private",
                                                "protected",
                                                "ptrdiff_t",
                                                "public",
                                                "register",
                                                "reinterpret_cast",
                                                "requires",
                                                "restrict",
                                                "return",
                                                "short",
                                                "signed",
                                                "size_t",
                                                "sizeof",
                                                "static",
                                                "static_assert",
                                                "static_cast",
                                                "struct",
                                                "switch",
                                                "template",
                                                "this",
                                                "thread_local",
                                                "throw",
                                                "true",
                                                "try",
                                                "typedef",
                                                "typeid",
                                                "typename",
                                                "typeof",
                                                "typeof_unqual",
                                                "union",
                                                "unix",
                                                "unsigned",
                                                "using",
                                                "virtual",
                                                "void",
                                                "volatile",
                                                "wchar_t",
                                                "while",
                                                "xor",
                                                "xor_eq",
                                                "NULL"};

/// The strict and reserved words of all editions.
static constexpr StringLiteral reservedInRust[] = {
    "Self",    "abstract", "as",     "async",    "await",   "become",
    "box",     "break",    "const",  "continue", "crate",   "do",
    "dyn",     "else",     "enum",   "extern",   "false",   "final",
    "fn",      "for",      "gen",    "if",       "impl",    "in",
    "let",     "loop",     "macro",  "match",    "mod",     "move",
    "mut",     "override", "priv",   "pub",      "ref",     "return",
    "self",    "static",   "struct", "super",    "trait",   "true",
    "try",     "type",     "typeof", "unsafe",   "unsized", "use",
    "virtual", "where",    "while",  "yield",    "_"};

/// Keywords, and the names that ctypes gives a meaning in its classes.
static constexpr StringLiteral reservedInPython[] = {
    "False",        "None",        "True",
    "and",          "as",          "assert",
    "async",        "await",       "break",
    "class",        "continue",    "ctypes",
    "def",          "del",         "elif",
    "else",         "except",      "finally",
    "for",          "from",        "global",
    "if",           "import",      "in",
    "is",           "lambda",      "nonlocal",
    "not",          "or",          "pass",
    "raise",        "return",      "try",
    "while",        "with",        "yield",
    "_align_",      "_anonymous_", "_fields_",
    "_layout_",     "_pack_",      "_swappedbytes_",
    "from_address", "from_buffer", "from_buffer_copy",
    "from_param",   "in_dll"};

static constexpr StringLiteral reservedInGo[] = {
    "break",  "case",        "chan", "const",   "continue", "default", "defer",
    "else",   "fallthrough", "for",  "func",    "go",       "goto",    "if",
    "import", "interface",   "map",  "package", "range",    "return",  "select",
    "struct", "switch",      "type", "var"};

/// Whether a name is of the kind that compilers and interpreters define things
/// under: `__linux__`, `__class__`.
static bool isSystemName(StringRef name) {
  return name.starts_with("__") && name.ends_with("__");
}

bool bindings::isReservedInC(StringRef name) {
  return isSystemName(name) || llvm::is_contained(reservedInC, name);
}

bool bindings::isReservedInGo(StringRef name) {
  return llvm::is_contained(reservedInGo, name);
}

bool bindings::isReservedInRust(StringRef name) {
  return llvm::is_contained(reservedInRust, name);
}

bool bindings::isReservedInPython(StringRef name) {
  return isSystemName(name) || llvm::is_contained(reservedInPython, name);
}
