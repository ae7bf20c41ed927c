//===- EclSession.h - one compilation's use of Common Lisp ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Evaluation and expansion by ECL, with errors reported.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_ECLSESSION_H
#define WHISTLER_LIB_LISP_ECLSESSION_H

#include "EclConversion.h"
#include "EclRuntime.h"
#include "LocalMacro.h"

#include "Whistler/Lisp/CompileTimeLisp.h"

namespace whistler::ecl {

/// Common Lisp as one compilation sees it. ECL itself outlives it; what one
/// compilation has defined is gone when the next one starts.
class Session {
public:
  /// Loads and starts Common Lisp if need be. Null if that does not work;
  /// `reason` says then what is missing, if something is.
  static std::unique_ptr<Session>
  start(FormContext &forms, DiagnosticEngine &diags, LispClient &client,
        const LispOptions &options, std::string &reason);
  ~Session();

  /// The one that exists; Lisp code that calls back has only this.
  static Session &getCurrent() { return *current; }

  std::optional<const Form *> evaluate(const Form *form);
  /// Evaluates a top-level form for its effect.
  bool evaluateTopLevel(const Form *form);
  std::optional<const Form *> resolveReaderSyntax(const Form *form);
  std::optional<std::vector<std::string>> evaluateAtPrompt(const Form *form);

  bool isMacro(const Symbol *name);
  bool isOperator(const Symbol *name);
  std::optional<const Form *> expand(const Form *call,
                                     llvm::ArrayRef<const LocalMacro *> locals);
  std::optional<const Form *>
  expandModification(const Form *form,
                     llvm::ArrayRef<const LocalMacro *> locals);
  const Form *expandSymbol(const Symbol *name);
  /// Makes the macro's expansion function. False after an error.
  bool compile(const LocalMacro *macro);

  bool setPackage(llvm::StringRef name);
  std::string getPackage();
  void setDirectory(llvm::StringRef path);
  void setFile(llvm::StringRef path);

  Converter &getConverter() { return converter; }
  LispClient &getClient() { return client; }
  FormContext &getForms() { return forms; }
  /// Names that the package WHISTLER exports.
  llvm::ArrayRef<llvm::StringRef> getLanguageNames() const { return names; }
  /// Whether a constant is being defined that the client knows of.
  bool isConstantKnown() const { return constantIsKnown; }

private:
  Session(FormContext &forms, DiagnosticEngine &diags, LispClient &client,
          const LispOptions &options);

  /// Calls Lisp for `form` and reports what goes wrong, as an error of `what`.
  std::optional<cl_object> run(Entry entry, void *context, const Form *form,
                               const llvm::Twine &what);
  void report(const Outcome &outcome, const Form *form,
              const llvm::Twine &what);
  void reportCondition(cl_object condition, llvm::SMRange range,
                       const llvm::Twine &what);
  void reportWarnings(llvm::SMRange range, const llvm::Twine &what);
  void reportUnusable(const Form *form, const llvm::Twine &what);
  /// What is written if evaluation of `form` cannot be ended otherwise.
  llvm::StringRef getLastWords(const Form *form);

  FormContext &forms;
  DiagnosticEngine &diags;
  LispClient &client;
  LispOptions options;
  Converter converter;
  std::vector<llvm::StringRef> names;
  std::string lastWords;
  bool constantIsKnown = false;

  // Symbols of WHISTLER-IMPL, which keeps them.
  cl_object declareFunction = nullptr;
  cl_object packagesVariable = nullptr;
  cl_object warningsVariable = nullptr;

  static Session *current;
};

/// Takes out the addresses of objects, as in `#<stream 0x7f67b3828d20>`: they
/// are different in each run.
std::string removeAddresses(llvm::StringRef text);

/// The functions that Lisp code can call.
llvm::ArrayRef<Callback> getCallbacks();

} // namespace whistler::ecl

#endif // WHISTLER_LIB_LISP_ECLSESSION_H
