//===- DataSections.h - places of global variables --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Puts global variables and string literals into sections.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_UTILS_DATASECTIONS_H
#define WHISTLER_DIALECT_WHISTLER_UTILS_DATASECTIONS_H

#include "Whistler/Dialect/Whistler/Utils/Variables.h"

#include "llvm/ADT/MapVector.h"

namespace whistler {

/// A variable in its section.
struct Variable {
  mlir::whistler::GlobalOp op;
  /// Bytes from the start of the section.
  uint32_t offset;
  uint32_t size;

  /// The name of its section.
  llvm::StringRef getSection() const {
    return mlir::whistler::GlobalOp(op).getSection();
  }
};

/// A section of variables, at their natural alignment.
struct DataSection {
  std::vector<Variable> variables;
  uint32_t size = 0;

  /// What the section holds at first.
  std::string getBytes() const;
};

/// The sections of a module's variables, both in the module's order.
class DataSections {
public:
  /// Gives each variable of `module` its place. Reports what cannot have one.
  llvm::LogicalResult place(mlir::ModuleOp module, StructLayouts &layouts);

  const llvm::MapVector<llvm::StringRef, DataSection> &getSections() const {
    return sections;
  }
  /// The place of the variable `name`, which exists.
  const Variable &lookup(llvm::StringRef name) const;

private:
  llvm::MapVector<llvm::StringRef, DataSection> sections;
  /// Each variable's section, and its number in it.
  llvm::StringMap<std::pair<llvm::StringRef, size_t>> places;
};

} // namespace whistler

#endif // WHISTLER_DIALECT_WHISTLER_UTILS_DATASECTIONS_H
