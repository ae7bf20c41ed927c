//===- Forms.h - the forms of a program body --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The table of the language's forms.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LOWER_FORMS_H
#define WHISTLER_LIB_LOWER_FORMS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace mlir {
class Value;
} // namespace mlir

namespace whistler {

class ProgramLowering;
struct Call;

/// What lowering a form gives. Empty: an error was reported. A null value: the
/// form was lowered for its effect only.
using Result = std::optional<mlir::Value>;

/// A form of a program body: its name, how it is written, and what lowers it.
struct FormInfo {
  static constexpr unsigned anyNumber = ~0u;

  llvm::StringRef name;
  unsigned minArgs;
  unsigned maxArgs;
  llvm::StringRef usage;
  Result (ProgramLowering::*lower)(const Call &call);
};

/// All forms, sorted by name (upper case).
llvm::ArrayRef<FormInfo> getForms();

/// The form of that (upper-case) name, or null.
const FormInfo *lookupForm(llvm::StringRef name);

inline bool isForm(llvm::StringRef name) { return lookupForm(name) != nullptr; }

} // namespace whistler

#endif // WHISTLER_LIB_LOWER_FORMS_H
