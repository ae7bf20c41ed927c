//===- Form.h - Lisp data with source ranges --------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The forms that the reader makes and every later step of lowering walks.
//
// Forms are immutable, live in the arena of a FormContext and are never freed
// one by one. Every cons and every occurrence of an atom is a node of its own,
// so that it can say where it was read. NIL and the empty list are one thing:
// a SymbolForm of the symbol NIL (`isNil()`).
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_READER_FORM_H
#define WHISTLER_READER_FORM_H

#include "llvm/ADT/APSInt.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/iterator.h"
#include "llvm/ADT/iterator_range.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/SMLoc.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace whistler {

class FormContext;

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

/// An interned name: two symbols of one FormContext are the same symbol exactly
/// when their addresses are equal. Names are stored as Common Lisp stores them,
/// folded to upper case (ASCII letters only) unless they were escaped.
class Symbol {
public:
  /// The name without package prefix, such as "DEFPROG".
  llvm::StringRef getName() const { return name; }

  /// The package that the text names: "" for a symbol without prefix (also for
  /// an explicit WHISTLER-USER), "KEYWORD", "COMMON-LISP" (also for CL),
  /// "WHISTLER", or whatever else was written before the colon. Empty for an
  /// uninterned symbol too.
  llvm::StringRef getPackage() const { return package; }

  bool isUninterned() const { return uninterned; }
  bool isKeyword() const { return keyword; }

  /// True for the keyword of that (upper-case) name: `isKeyword("TYPE")` is
  /// true for `:type`.
  bool isKeyword(llvm::StringRef keywordName) const {
    return keyword && name == keywordName;
  }

  /// True for a symbol of that (upper-case) name in the default package,
  /// COMMON-LISP or WHISTLER: where the language looks up its own names these
  /// are one name space.
  bool is(llvm::StringRef otherName) const {
    return languageName && name == otherName;
  }

  /// True if `is` can hold at all: use it before looking a name up in a table
  /// of the language's own forms.
  bool isLanguageName() const { return languageName; }

  /// Prints the symbol readably, in lower case where that reads back the same.
  void print(llvm::raw_ostream &os) const;

private:
  friend class FormContext;
  Symbol(llvm::StringRef name, llvm::StringRef package, bool uninterned);

  llvm::StringRef name;
  llvm::StringRef package;
  bool uninterned;
  bool keyword;
  bool languageName;
};

//===----------------------------------------------------------------------===//
// Forms
//===----------------------------------------------------------------------===//

/// The base of all forms. Use llvm::isa, cast and dyn_cast on it.
class Form {
public:
  enum class Kind : uint8_t {
    Integer,
    Ratio,
    Float,
    Character,
    String,
    Symbol,
    Cons,
    Vector,
    Unevaluated,
  };

  Kind getKind() const { return kind; }

  /// Where the form was read, prefix characters included; the end is exclusive.
  /// A list's first cons covers the list with its parentheses, a later cons the
  /// elements that are left. Invalid for a form that no text stands for.
  llvm::SMRange getRange() const { return range; }
  llvm::SMLoc getLoc() const { return range.Start; }

  /// True for NIL, which is `()`.
  bool isNil() const;

  /// True for a cons or NIL.
  bool isList() const { return kind == Kind::Cons || isNil(); }

  /// The symbol if this is an occurrence of one, else null.
  const Symbol *getSymbol() const;

  /// True for an occurrence of a symbol for which `Symbol::is(name)` holds.
  bool isSymbol(llvm::StringRef name) const;

  /// True for an occurrence of the keyword `name` (upper case, no colon).
  bool isKeyword(llvm::StringRef name) const;

  /// Prints readable Lisp text; reading it back gives equal data. Works at any
  /// nesting depth.
  void print(llvm::raw_ostream &os) const;

  /// `print` to a string.
  std::string str() const;

protected:
  Form(Kind kind, llvm::SMRange range) : range(range), kind(kind) {}

private:
  llvm::SMRange range;
  Kind kind;
};

llvm::raw_ostream &operator<<(llvm::raw_ostream &os, const Form &form);
llvm::raw_ostream &operator<<(llvm::raw_ostream &os, const Symbol &symbol);

/// An integer of any size.
class IntegerForm : public Form {
public:
  bool isNegative() const { return negative; }

  /// The value, signed and as wide as it needs.
  llvm::APSInt getValue() const;

  /// The value if it fits a signed 64-bit integer.
  std::optional<int64_t> getInt64() const;

  /// The value if it fits an unsigned 64-bit integer.
  std::optional<uint64_t> getUInt64() const;

  /// The 64-bit two's complement pattern of a value in -2^63 .. 2^64-1: what
  /// "fits 64 bits" means in the language.
  std::optional<uint64_t> getBits64() const;

  static bool classof(const Form *form) {
    return form->getKind() == Kind::Integer;
  }

private:
  friend class FormContext;
  IntegerForm(llvm::ArrayRef<uint64_t> magnitude, bool negative,
              llvm::SMRange range)
      : Form(Kind::Integer, range), magnitude(magnitude), negative(negative) {}

  /// Least significant word first, at least one word.
  llvm::ArrayRef<uint64_t> magnitude;
  bool negative;
};

/// A form of which only the text is kept, for the compile-time Lisp to read.
class TextForm : public Form {
public:
  /// The form as it was written, radix prefix included.
  llvm::StringRef getText() const { return text; }

  static bool classof(const Form *form) {
    return form->getKind() == Kind::Ratio || form->getKind() == Kind::Float ||
           form->getKind() == Kind::Unevaluated;
  }

protected:
  TextForm(Kind kind, llvm::StringRef text, llvm::SMRange range)
      : Form(kind, range), text(text) {}

private:
  llvm::StringRef text;
};

/// A ratio that is not an integer, such as `3/4`.
class RatioForm : public TextForm {
public:
  static bool classof(const Form *form) {
    return form->getKind() == Kind::Ratio;
  }

private:
  friend class FormContext;
  RatioForm(llvm::StringRef text, llvm::SMRange range)
      : TextForm(Kind::Ratio, text, range) {}
};

/// A float of any format, such as `1.5d0`.
class FloatForm : public TextForm {
public:
  static bool classof(const Form *form) {
    return form->getKind() == Kind::Float;
  }

private:
  friend class FormContext;
  FloatForm(llvm::StringRef text, llvm::SMRange range)
      : TextForm(Kind::Float, text, range) {}
};

/// Reader syntax whose meaning only the compile-time Lisp knows: `#.form`,
/// `#p"x"`, `#c(1 2)`, `#*101`, `#2a(...)`, `#s(...)`, `#3(...)`, `#1=`, `#1#`.
class UnevaluatedForm : public TextForm {
public:
  /// The dispatch character in upper case: '.', 'P', 'C', '*', 'A', 'S', '(',
  /// '=' or '#'.
  char getDispatch() const { return dispatch; }

  /// The form after the prefix; null where there is none (`#*101`, `#1#`).
  const Form *getSubform() const { return subform; }

  static bool classof(const Form *form) {
    return form->getKind() == Kind::Unevaluated;
  }

private:
  friend class FormContext;
  UnevaluatedForm(char dispatch, llvm::StringRef text, const Form *subform,
                  llvm::SMRange range)
      : TextForm(Kind::Unevaluated, text, range), subform(subform),
        dispatch(dispatch) {}

  const Form *subform;
  char dispatch;
};

/// A character: one Unicode code point.
class CharacterForm : public Form {
public:
  uint32_t getCodePoint() const { return codePoint; }

  static bool classof(const Form *form) {
    return form->getKind() == Kind::Character;
  }

private:
  friend class FormContext;
  CharacterForm(uint32_t codePoint, llvm::SMRange range)
      : Form(Kind::Character, range), codePoint(codePoint) {}

  uint32_t codePoint;
};

/// A string; its value is UTF-8 with escapes resolved and CRLF read as newline.
class StringForm : public Form {
public:
  llvm::StringRef getValue() const { return value; }

  static bool classof(const Form *form) {
    return form->getKind() == Kind::String;
  }

private:
  friend class FormContext;
  StringForm(llvm::StringRef value, llvm::SMRange range)
      : Form(Kind::String, range), value(value) {}

  llvm::StringRef value;
};

/// One occurrence of a symbol.
class SymbolForm : public Form {
public:
  const Symbol *getSymbol() const { return symbol; }
  llvm::StringRef getName() const { return symbol->getName(); }

  static bool classof(const Form *form) {
    return form->getKind() == Kind::Symbol;
  }

private:
  friend class FormContext;
  SymbolForm(const Symbol *symbol, llvm::SMRange range)
      : Form(Kind::Symbol, range), symbol(symbol) {}

  const Symbol *symbol;
};

/// A pair; neither part is ever null.
class ConsForm : public Form {
public:
  const Form *getCar() const { return car; }
  const Form *getCdr() const { return cdr; }

  static bool classof(const Form *form) {
    return form->getKind() == Kind::Cons;
  }

private:
  friend class FormContext;
  ConsForm(const Form *car, const Form *cdr, llvm::SMRange range)
      : Form(Kind::Cons, range), car(car), cdr(cdr) {}

  const Form *car;
  const Form *cdr;
};

/// A simple vector `#(...)`.
class VectorForm : public Form {
public:
  llvm::ArrayRef<const Form *> getElements() const { return elements; }

  static bool classof(const Form *form) {
    return form->getKind() == Kind::Vector;
  }

private:
  friend class FormContext;
  VectorForm(llvm::ArrayRef<const Form *> elements, llvm::SMRange range)
      : Form(Kind::Vector, range), elements(elements) {}

  llvm::ArrayRef<const Form *> elements;
};

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

/// Walks the conses of a list and gives their cars.
class ListIterator
    : public llvm::iterator_facade_base<ListIterator, std::forward_iterator_tag,
                                        const Form *const, std::ptrdiff_t,
                                        const Form *const *, const Form *> {
public:
  explicit ListIterator(const Form *rest = nullptr)
      : cons(rest ? llvm::dyn_cast<ConsForm>(rest) : nullptr) {}

  const Form *operator*() const { return cons->getCar(); }
  ListIterator &operator++() {
    cons = llvm::dyn_cast<ConsForm>(cons->getCdr());
    return *this;
  }
  bool operator==(const ListIterator &other) const {
    return cons == other.cons;
  }

  /// The cons that holds the current element.
  const ConsForm *getCons() const { return cons; }

private:
  const ConsForm *cons;
};

/// The elements of a list, up to the first tail that is not a cons.
class ListElements : public llvm::iterator_range<ListIterator> {
public:
  explicit ListElements(const Form *list)
      : iterator_range(ListIterator(list), ListIterator()), list(list) {}

  /// What ends the list: NIL for a proper list, the atom after the dot for a
  /// dotted one, the form itself when that is not a list at all.
  const Form *getTail() const;

  /// True unless the list is dotted (or no list).
  bool isProper() const { return getTail()->isNil(); }

private:
  const Form *list;
};

/// Iterates over a list's elements: `for (const Form *f : listElements(l))`.
/// Ends silently at a dotted tail; ask `isProper()` where that matters.
inline ListElements listElements(const Form *list) {
  return ListElements(list);
}

/// The number of elements of a proper list; nothing for a dotted list and for
/// an atom that is not NIL.
std::optional<size_t> properListLength(const Form *list);

/// The `index`-th element (from 0) of a list, or null where it has none.
const Form *listElement(const Form *list, size_t index);

/// The symbol that a list begins with, or null: the operator of a form.
const Symbol *listOperator(const Form *list);

//===----------------------------------------------------------------------===//
// Context
//===----------------------------------------------------------------------===//

/// Owns forms and symbols. Forms may be made by anyone, with any range.
class FormContext {
public:
  FormContext();
  FormContext(const FormContext &) = delete;
  FormContext &operator=(const FormContext &) = delete;

  /// The symbol of exactly that name (no folding) in that package. CL is
  /// COMMON-LISP, WHISTLER-USER is ""; NIL of the default package, COMMON-LISP
  /// and WHISTLER is one symbol.
  const Symbol *intern(llvm::StringRef name, llvm::StringRef package = "");
  const Symbol *internKeyword(llvm::StringRef name) {
    return intern(name, "KEYWORD");
  }

  /// A new symbol that no other occurrence shares.
  const Symbol *makeUninterned(llvm::StringRef name);

  const Symbol *getNilSymbol() const { return nilSymbol; }

  /// NIL without a range, which ends lists.
  const SymbolForm *getNil() const { return nil; }

  const IntegerForm *makeInteger(int64_t value, llvm::SMRange range = {});
  /// `value` is read as signed or unsigned as the APSInt says.
  const IntegerForm *makeInteger(const llvm::APSInt &value,
                                 llvm::SMRange range = {});
  const RatioForm *makeRatio(llvm::StringRef text, llvm::SMRange range = {});
  const FloatForm *makeFloat(llvm::StringRef text, llvm::SMRange range = {});
  const CharacterForm *makeCharacter(uint32_t codePoint,
                                     llvm::SMRange range = {});
  const StringForm *makeString(llvm::StringRef value, llvm::SMRange range = {});
  const SymbolForm *makeSymbol(const Symbol *symbol, llvm::SMRange range = {});
  /// An occurrence of the symbol `name`, which is folded by the caller.
  const SymbolForm *makeSymbol(llvm::StringRef name, llvm::SMRange range = {}) {
    return makeSymbol(intern(name), range);
  }
  const SymbolForm *makeNil(llvm::SMRange range) {
    return makeSymbol(nilSymbol, range);
  }
  const ConsForm *makeCons(const Form *car, const Form *cdr,
                           llvm::SMRange range = {});
  /// A list of `elements` ending in `tail` (NIL when null). Its first cons gets
  /// `range`, a later cons the range of what is left. With no elements this is
  /// the tail, or an occurrence of NIL with `range`.
  const Form *makeList(llvm::ArrayRef<const Form *> elements,
                       llvm::SMRange range = {}, const Form *tail = nullptr);
  const VectorForm *makeVector(llvm::ArrayRef<const Form *> elements,
                               llvm::SMRange range = {});
  const UnevaluatedForm *makeUnevaluated(char dispatch, llvm::StringRef text,
                                         const Form *subform,
                                         llvm::SMRange range = {});

  /// Copies a string into the arena.
  llvm::StringRef copyString(llvm::StringRef string) {
    return string.copy(arena);
  }

private:
  template <typename T, typename... Args> const T *make(Args &&...args) {
    return new (arena.Allocate<T>()) T(std::forward<Args>(args)...);
  }
  template <typename T>
  llvm::ArrayRef<T> copyArray(llvm::ArrayRef<T> elements) {
    return elements.copy(arena);
  }

  using SymbolTable = llvm::StringMap<const Symbol *>;

  llvm::BumpPtrAllocator arena;
  SymbolTable defaultSymbols;
  llvm::StringMap<SymbolTable> otherSymbols;
  const Symbol *nilSymbol;
  const SymbolForm *nil;
};

} // namespace whistler

#endif // WHISTLER_READER_FORM_H
