//===- Naming.h - names in other languages ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// How a language writes names, and which of them come to be the same.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TARGET_BINDINGS_NAMING_H
#define WHISTLER_LIB_TARGET_BINDINGS_NAMING_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/StringMap.h"

#include <string>

namespace whistler::bindings {

/// Makes a name of a Lisp name or C identifier. Empty if there is nothing in it
/// that the language has in names.
using NameFunction = std::string(llvm::StringRef);

/// How a language writes names.
struct NameStyle {
  /// For messages.
  llvm::StringRef language;
  NameFunction *type;
  NameFunction *member;
  /// For the constants of the source, from their Lisp names.
  NameFunction *constant;
  NameFunction *enumerator;
  /// For what holds the name of a map, program or global, from that name with
  /// `_map`, `_prog` or `_var` behind.
  NameFunction *object;
  /// For other constants that are made from identifiers.
  NameFunction *number;
  /// Tells the names that get a `_` behind: the language's keywords, and what
  /// the generated code itself uses.
  bool (*isReserved)(llvm::StringRef name);
  /// Whether types have the same namespace as constants.
  bool typesAreValues;
};

/// Whether the name can be used as it is in all languages but for keywords:
/// ASCII letters, digits and underscores, and no digit in front.
bool isCIdentifier(llvm::StringRef name);

/// Make `ab-c_d`, `AB_C_D`, `AbCD` and `ab-c-d` of `ab-c_d`. All but the first
/// take what is no ASCII letter or digit for the end of a word.
NameFunction keepName, makeUpperName, makeCamelName, makeKebabName;

/// Names that have to differ.
class NameScope {
public:
  NameScope(const NameStyle &style) : style(style) {}

  /// Takes `name` for `what`, which `op` declares, or reports that it is in
  /// use.
  llvm::LogicalResult claim(llvm::StringRef name, const llvm::Twine &what,
                            mlir::Operation *op);
  /// Reports a name that has been taken, and leaves it at that.
  llvm::LogicalResult check(llvm::StringRef name, const llvm::Twine &what,
                            mlir::Operation *op) const;

private:
  struct Claim {
    std::string what;
    mlir::Location loc;
  };
  const NameStyle &style;
  llvm::StringMap<Claim> claims;
};

/// `name` in the style, with reserved names escaped. Fails if nothing is left
/// of it, with a report at `op`, which declares `what`.
llvm::FailureOr<std::string>
makeName(llvm::StringRef name, NameFunction *function, const NameStyle &style,
         const llvm::Twine &what, mlir::Operation *op);

bool isReservedInC(llvm::StringRef name);
/// Of Go the keywords, all in lower case.
bool isReservedInGo(llvm::StringRef name);
bool isReservedInRust(llvm::StringRef name);
bool isReservedInPython(llvm::StringRef name);

} // namespace whistler::bindings

#endif // WHISTLER_LIB_TARGET_BINDINGS_NAMING_H
