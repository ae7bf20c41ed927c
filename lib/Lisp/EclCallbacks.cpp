//===- EclCallbacks.cpp - from Lisp code to the compiler --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The functions behind the package WHISTLER. Each comes in two parts: one holds
// C++ objects and calls the client, and cannot be unwound; the other holds
// plain data, and signals errors.
//
//===----------------------------------------------------------------------===//

#include "EclHashTable.h"
#include "EclSession.h"

using namespace whistler;
using namespace whistler::ecl;

//===----------------------------------------------------------------------===//
// Calls of the client
//===----------------------------------------------------------------------===//

static LLVM_ATTRIBUTE_NOINLINE bool declareForm(cl_object object) {
  OutsideLisp outside;
  Session &session = Session::getCurrent();
  session.getConverter().forgetSymbols();
  const Form *form = session.getConverter().toForm(object);
  return form && succeeded(session.getClient().declare(form));
}

static LLVM_ATTRIBUTE_NOINLINE bool loadFile(cl_object path) {
  OutsideLisp outside;
  Session &session = Session::getCurrent();
  return succeeded(session.getClient().loadFile(getString(path)));
}

static LLVM_ATTRIBUTE_NOINLINE void noteFile(cl_object path) {
  OutsideLisp outside;
  Session::getCurrent().getClient().noteFile(getString(path));
}

static LLVM_ATTRIBUTE_NOINLINE bool defineConstant(cl_object name,
                                                   cl_object value) {
  OutsideLisp outside;
  Session &session = Session::getCurrent();
  session.getConverter().forgetSymbols();
  const Form *form = session.getConverter().toForm(value);
  const Symbol *symbol = session.getConverter().toSymbol(name);
  return form && succeeded(session.getClient().defineConstant(symbol, form));
}

namespace {
/// A number that the client may not know.
struct Answer {
  bool isKnown;
  uint64_t value;
};

using Question = std::optional<uint64_t> (LispClient::*)(const Symbol *);
} // namespace

static LLVM_ATTRIBUTE_NOINLINE Answer ask(Question question, cl_object name) {
  OutsideLisp outside;
  Session &session = Session::getCurrent();
  session.getConverter().forgetSymbols();
  const Symbol *symbol = session.getConverter().toSymbol(name);
  std::optional<uint64_t> value = (session.getClient().*question)(symbol);
  return {value.has_value(), value.value_or(0)};
}

static LLVM_ATTRIBUTE_NOINLINE const Form *listNames(unsigned kind) {
  OutsideLisp outside;
  Session &session = Session::getCurrent();
  LispClient &client = session.getClient();
  std::vector<const Symbol *> names = kind == 0   ? client.getMapNames()
                                      : kind == 1 ? client.getProgramNames()
                                                  : client.getConstantNames();
  std::vector<const Form *> elements;
  for (const Symbol *name : names)
    elements.push_back(session.getForms().makeSymbol(name));
  return session.getForms().makeList(elements);
}

/// Null after an error, which has been reported.
static LLVM_ATTRIBUTE_NOINLINE const Form *callCommand(cl_object name,
                                                       cl_object args) {
  OutsideLisp outside;
  Session &session = Session::getCurrent();
  session.getConverter().forgetSymbols();
  const Form *list = session.getConverter().toForm(args);
  if (!list)
    return nullptr;
  llvm::SmallVector<const Form *> elements(listElements(list).begin(),
                                           listElements(list).end());
  return session.getClient()
      .callCommand(getString(name), elements)
      .value_or(nullptr);
}

//===----------------------------------------------------------------------===//
// Functions for Lisp
//===----------------------------------------------------------------------===//

static cl_object clientDeclare(cl_object form) {
  if (!declareForm(form))
    signalReported();
  // A definition's value is the name, as in Common Lisp.
  return ECL_CONSP(form) && ECL_CONSP(ECL_CONS_CDR(form)) ? cl_cadr(form)
                                                          : ECL_NIL;
}

static cl_object clientLoad(cl_object path) {
  if (!loadFile(path))
    signalReported();
  return ECL_T;
}

static cl_object clientNoteFile(cl_object path) {
  noteFile(path);
  return path;
}

static cl_object clientDefineConstant(cl_object name, cl_object value) {
  if (!Session::getCurrent().isConstantKnown() && !defineConstant(name, value))
    signalReported();
  return name;
}

static cl_object answerQuestion(Question question, cl_object name,
                                const char *failure) {
  if (!ECL_SYMBOLP(name))
    signalError("~s is not a symbol.", name);
  Answer answer = ask(question, name);
  if (!answer.isKnown)
    signalError(failure, name);
  return ecl_make_unsigned_integer(answer.value);
}

static cl_object clientConstant(cl_object name) {
  return answerQuestion(&LispClient::getConstant, name,
                        "There is no constant with the name ~s.");
}

static cl_object clientSize(cl_object name) {
  return answerQuestion(&LispClient::getSize, name,
                        "There is no type with the name ~s.");
}

static cl_object clientNames(cl_object kind) {
  return Session::getCurrent().getConverter().toLisp(
      listNames(ecl_fixnum(kind)));
}

static cl_object clientCommand(cl_object name, cl_object args) {
  const Form *value = callCommand(name, args);
  if (!value)
    signalReported();
  return Session::getCurrent().getConverter().toLisp(value);
}

/// Exports the language's names. What Common Lisp has keeps its home there.
static cl_object exportNames(cl_object package) {
  for (llvm::StringRef name : Session::getCurrent().getLanguageNames()) {
    cl_object string = ecl_alloc_simple_base_string(name.size());
    memcpy(string->base_string.self, name.data(), name.size());
    int status;
    cl_object symbol = ecl_intern(string, package, &status);
    if (symbol->symbol.hpack == package)
      cl_export2(symbol, package);
  }
  return ECL_NIL;
}

template <typename Function>
static cl_objectfn_fixed erase(Function *function) {
  // ECL calls it with the number of arguments that the table gives.
  return reinterpret_cast<cl_objectfn_fixed>(
      reinterpret_cast<void *>(function));
}

llvm::ArrayRef<Callback> ecl::getCallbacks() {
  static const Callback callbacks[] = {
      {"CLIENT-DECLARE", erase(clientDeclare), 1},
      {"CLIENT-LOAD", erase(clientLoad), 1},
      {"CLIENT-NOTE-FILE", erase(clientNoteFile), 1},
      {"CLIENT-DEFINE-CONSTANT", erase(clientDefineConstant), 2},
      {"CLIENT-CONSTANT", erase(clientConstant), 1},
      {"CLIENT-SIZE", erase(clientSize), 1},
      {"CLIENT-NAMES", erase(clientNames), 1},
      {"CLIENT-COMMAND", erase(clientCommand), 2},
      {"EXPORT-NAMES", erase(exportNames), 1},
      {"ORDER-HASH-TABLE", erase(orderHashTable), 1},
  };
  return callbacks;
}
