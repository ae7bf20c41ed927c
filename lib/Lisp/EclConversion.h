//===- EclConversion.h - forms and Lisp objects -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes Lisp objects of forms and forms of Lisp objects, and remembers which is
// which.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_ECLCONVERSION_H
#define WHISTLER_LIB_LISP_ECLCONVERSION_H

#include "RootedTable.h"

#include "Whistler/Reader/Form.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace whistler::ecl {

/// Converts in both directions. A cons, string, vector or uninterned symbol
/// that a form was converted to is recognised when it comes back, however it
/// was carried around: it becomes the same form where it still has the same
/// contents, else one with the same range.
class Converter {
public:
  explicit Converter(FormContext &forms) : forms(forms) {}

  /// Makes an object of a form, reading what only Lisp can read and evaluating
  /// `#.`. May be unwound; `getPlace` then tells where.
  cl_object toLisp(const Form *form);

  /// The part of a form whose conversion has signalled an error, or null.
  const Form *getPlace() const { return place; }

  cl_object toLisp(const Symbol *symbol);

  /// The symbol object, without making one: OBJNULL if Lisp does not know it.
  cl_object findSymbol(const Symbol *symbol);

  /// Makes a form of an object; null if the object is circular, nests too deep
  /// or is unreasonably large. Never unwound. A symbol or number that Lisp code
  /// has copied into a new list gets the range of its first occurrence in
  /// `call`. An object that forms cannot represent becomes an uninterned
  /// symbol, which is converted to the same object again.
  const Form *toForm(cl_object object, const Form *call = nullptr);

  /// Whether `toForm` makes an uninterned symbol in place of the object.
  static bool isOpaque(cl_object object);

  const Symbol *toSymbol(cl_object symbol);

  /// Forgets which symbols interned names stand for: the current package or
  /// what it contains may have changed.
  void forgetSymbols();

  /// Keeps an object from being collected.
  void keep(cl_object object) { kept.insert(object, nullptr); }

private:
  cl_object convert(const Form *form);
  cl_object convertList(const ConsForm *cons);
  cl_object convertVector(const VectorForm *vector);
  cl_object convertUnevaluated(const UnevaluatedForm *form);
  cl_object readText(const Form *form, llvm::StringRef text);

  /// Makes the form of an object that stood where `hint` came from; null where
  /// that is not known.
  const Form *build(cl_object object, const Form *hint);
  const Form *buildList(cl_object list, const Form *hint);
  const Form *buildVector(cl_object vector);
  const Form *buildAtom(cl_object atom, const Form *hint);
  const Form *buildSymbol(cl_object symbol, const Form *hint);
  const Form *buildFixnum(cl_object number, const Form *hint);
  const Form *buildString(cl_object string);
  const Form *buildPrinted(cl_object number);
  const Form *buildOpaque(cl_object object);
  /// The same atom as it stands in the call, if it does.
  const Form *findInCall(const Form *atom, bool isOperator);
  void indexCall(const Form *form);

  FormContext &forms;

  RootedTable<Form> origins;
  RootedTable<Symbol> identities;
  RootedTable<void> kept;
  llvm::DenseMap<const Symbol *, cl_object> uninternedObjects;
  llvm::DenseMap<const Symbol *, cl_object> internedObjects;
  llvm::DenseMap<cl_object, const Symbol *> internedSymbols;

  const Form *place = nullptr;
  bool foundLabel = false;

  /// The call that `toForm` was given, and what was found in it.
  const Form *call = nullptr;
  bool callIsIndexed = false;
  llvm::DenseMap<const Symbol *, const Form *> callSymbols;
  llvm::DenseMap<int64_t, const Form *> callNumbers;

  /// The elements of the lists that are being built.
  llvm::SmallVector<const Form *, 64> elements;
};

} // namespace whistler::ecl

#endif // WHISTLER_LIB_LISP_ECLCONVERSION_H
