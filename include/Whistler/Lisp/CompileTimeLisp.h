//===- CompileTimeLisp.h - Common Lisp at compile time ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Evaluates compile-time forms and expands macros.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LISP_COMPILETIMELISP_H
#define WHISTLER_LISP_COMPILETIMELISP_H

#include "Whistler/Reader/Form.h"
#include "Whistler/Support/Diagnostics.h"

#include <memory>
#include <string>
#include <vector>

namespace whistler {

struct LispOptions {
  /// Without it nothing is evaluated: a form that would have to be is an error.
  bool allowEvaluation = true;
  /// How long one evaluation may take, in seconds.
  unsigned timeoutSeconds = 10;
  /// How much memory compile-time Lisp may use, in MiB.
  unsigned heapMegabytes = 256;
  /// Expand simple macros without starting the Common Lisp system.
  bool useFastPath = true;
  /// Code that is evaluated prints to standard output, as at a prompt; else to
  /// standard error.
  bool printToStandardOutput = false;
};

/// What compile-time code can reach of the compiler: the operators of the Lisp
/// package WHISTLER are calls of these.
class LispClient {
public:
  virtual ~LispClient();

  /// Code evaluated a declaration such as `(defmap ...)`: handles it as if it
  /// stood in the file. Fails after reporting an error.
  virtual llvm::LogicalResult declare(const Form *declaration) = 0;

  /// Code evaluated `(load "file")`: handles the file's forms as if they stood
  /// in the source. `path` is absolute and exists. The current package is put
  /// back by the caller. Fails after reporting an error.
  virtual llvm::LogicalResult loadFile(llvm::StringRef path);

  /// Code opened a file to read it, or loaded one that is no source. `path` is
  /// absolute.
  virtual void noteFile(llvm::StringRef path);

  /// Code evaluated a `defconstant` inside of another form. A constant that was
  /// given to `evaluateTopLevel` itself is not told again.
  virtual llvm::LogicalResult defineConstant(const Symbol *name,
                                             const Form *value);

  /// The value of a constant that has been declared or is built in.
  virtual std::optional<uint64_t> getConstant(const Symbol *name) = 0;
  /// Bytes of a type: u8 ... i64; nothing for an unknown one.
  virtual std::optional<uint64_t> getSize(const Symbol *name) = 0;
  /// The names of what has been declared so far, as symbols, in order.
  virtual std::vector<const Symbol *> getMapNames() = 0;
  virtual std::vector<const Symbol *> getProgramNames() = 0;
  virtual std::vector<const Symbol *> getConstantNames() = 0;

  /// Upper-case names of the language's operators and constants that Common
  /// Lisp does not have. The package WHISTLER exports them, so that they mean
  /// the same in every package that uses it. Asked once, when the Lisp is
  /// started.
  virtual std::vector<llvm::StringRef> getLanguageNames();

  /// Code called a command of the prompt, such as `(list-programs)`. Gives its
  /// value; empty after reporting an error.
  virtual std::optional<const Form *>
  callCommand(llvm::StringRef name, llvm::ArrayRef<const Form *> args);
};

/// A macro that `macrolet` or `symbol-macrolet` defines: visible in a part of a
/// program only.
struct LocalMacro;

/// The compile-time Lisp of one compilation. Nothing is started before it is
/// needed; at most one object exists at a time, on the main thread.
///
/// Symbols of forms without package prefix are symbols of the current package
/// (WHISTLER-USER at first, which uses COMMON-LISP and WHISTLER). A form that
/// comes out of the Lisp keeps the range of what went in, for each cons and
/// atom that is the same object; all others have an invalid range.
class CompileTimeLisp {
public:
  CompileTimeLisp(FormContext &forms, DiagnosticEngine &diags,
                  LispClient &client, LispOptions options);
  ~CompileTimeLisp();

  /// Evaluates a form (`defmacro`, `defun`, any expression) and gives its first
  /// value. Empty after an error, which has been reported at the form with the
  /// condition's message. A value that is no form (a function, a hash table) is
  /// given as a string of its printed representation.
  std::optional<const Form *> evaluate(const Form *form);

  /// Evaluates a compile-time form for its effect. A definition may be kept for
  /// later, to be evaluated when the Lisp is started for another reason.
  bool evaluateTopLevel(const Form *form);

  /// Whether `name` is a macro that user code has defined (not one of Common
  /// Lisp's own).
  bool isMacro(const Symbol *name);

  /// Expands a call of a user macro, once. `locals` are the local macros in
  /// scope, the innermost last. Empty after an error, which has been reported
  /// at the call.
  std::optional<const Form *>
  expand(const Form *call, llvm::ArrayRef<const LocalMacro *> locals = {});

  /// Expands `(setf place value)` or another form that modifies its first
  /// argument, if user code has defined how such a place is set (`defsetf`,
  /// `define-setf-expander`). Null if it has not, empty after an error.
  std::optional<const Form *>
  expandModification(const Form *form,
                     llvm::ArrayRef<const LocalMacro *> locals = {});

  /// Defines a local macro from `(name lambda-list body...)`, a definition of
  /// `macrolet`; null after an error. Belongs to this object.
  const LocalMacro *defineLocalMacro(const Form *definition,
                                     llvm::ArrayRef<const LocalMacro *> locals);
  static const Symbol *getName(const LocalMacro *macro);
  static bool isSymbolMacro(const LocalMacro *macro);

  /// Makes a symbol macro that `symbol-macrolet` defines known to the macros
  /// that are called in its scope. Belongs to this object.
  const LocalMacro *defineLocalSymbolMacro(const Symbol *name,
                                           const Form *expansion);

  /// The expansion of a global symbol macro (`define-symbol-macro`), or null.
  const Form *expandSymbol(const Symbol *name);

  /// The form with the syntax that only Common Lisp can read (`#.(f)`, `#*101`,
  /// `#1=`) replaced by what it reads as. Empty after an error, which has been
  /// reported.
  std::optional<const Form *> resolveReaderSyntax(const Form *form);

  /// Evaluates a form as a prompt does and gives all of its values as text;
  /// `*`,
  /// `+` and `/` are set. Empty after an error, which has been reported.
  std::optional<std::vector<std::string>> evaluateAtPrompt(const Form *form);

  /// Changes the current package, as `in-package` does. False if there is no
  /// such package.
  bool setPackage(llvm::StringRef name);

  /// Whether `name` can be called in Common Lisp: a function, macro or special
  /// operator, the user's or Common Lisp's own. None if that cannot be found
  /// out, which has been reported at `call`.
  std::optional<bool> isOperator(const Form *call, const Symbol *name);

  /// The name of the current package.
  std::string getPackage();

  /// Files that evaluation reads (`load`, `open`) are looked up relative to
  /// this directory.
  void setDirectory(llvm::StringRef path);

  /// The file whose forms come next: `*load-truename*` for the code that is
  /// evaluated. Its directory is what file names are relative to.
  void setFile(llvm::StringRef path);

  /// Whether the Common Lisp system has been started.
  bool isStarted() const;

private:
  class Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace whistler

#endif // WHISTLER_LISP_COMPILETIMELISP_H
