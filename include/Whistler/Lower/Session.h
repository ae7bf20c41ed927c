//===- Session.h - a source that grows form by form -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lowering for a prompt: definitions may be replaced, and errors leave what was
// there before.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LOWER_SESSION_H
#define WHISTLER_LOWER_SESSION_H

#include "Whistler/Lower/Lower.h"
#include "Whistler/Reader/Form.h"

#include <memory>

namespace whistler {

class ModuleLowering;

/// What a session asks of whoever runs it.
class SessionHost {
public:
  virtual ~SessionHost();

  /// Writes everything defined so far to an object file. Reports failure.
  virtual llvm::LogicalResult compileToElf(llvm::StringRef path) = 0;

  /// Runs a command that code called as a Lisp function: `name` in upper case.
  /// Gives its value, or nothing after reporting an error.
  virtual std::optional<const Form *>
  callCommand(llvm::StringRef name, llvm::ArrayRef<const Form *> args) = 0;
};

class LowerSession {
public:
  LowerSession(DiagnosticEngine &diags, mlir::MLIRContext &context,
               const LowerOptions &options, SessionHost &host);
  ~LowerSession();

  /// Handles one form: a declaration, a macro call, or Lisp to evaluate. Gives
  /// what a prompt prints, one text for each value; nothing after an error,
  /// which has been reported.
  std::optional<std::vector<std::string>> evaluate(const Form *form);

  FormContext &getForms();

  /// The maps and programs that are defined now.
  mlir::ModuleOp getModule();

  /// The name in the object file of what `name` names.
  static std::string getObjectName(const Symbol *name);

  /// The names of everything that can be called or referred to, in lower case.
  std::vector<std::string> getNames();

private:
  LowerOptions options;
  std::unique_ptr<ModuleLowering> lowering;
};

} // namespace whistler

#endif // WHISTLER_LOWER_SESSION_H
