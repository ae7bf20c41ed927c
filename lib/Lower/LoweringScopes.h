//===- LoweringScopes.h - what ends with a form -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Scopes of locations and names.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LOWER_LOWERINGSCOPES_H
#define WHISTLER_LIB_LOWER_LOWERINGSCOPES_H

#include "ModuleLowering.h"
#include "ProgramLowering.h"

namespace whistler {

class ProgramLowering::LocationScope {
public:
  LocationScope(ProgramLowering &lowering, const Form *form)
      : lowering(lowering), outerRange(lowering.range), outerLoc(lowering.loc) {
    // A form that no text stands for keeps its surroundings' place.
    if (form->getRange().isValid()) {
      lowering.range = form->getRange();
      lowering.loc.reset();
    }
    ++lowering.depth;
  }
  ~LocationScope() {
    lowering.range = outerRange;
    lowering.loc = outerLoc;
    --lowering.depth;
  }
  LocationScope(const LocationScope &) = delete;
  LocationScope &operator=(const LocationScope &) = delete;

private:
  ProgramLowering &lowering;
  llvm::SMRange outerRange;
  std::optional<mlir::Location> outerLoc;
};

class ProgramLowering::NameScope {
public:
  explicit NameScope(ProgramLowering &lowering)
      : lowering(lowering), numVariables(lowering.variables.size()),
        numMacros(lowering.env.localMacros.size()) {}
  ~NameScope() {
    lowering.variables.truncate(numVariables);
    lowering.env.localMacros.truncate(numMacros);
  }
  NameScope(const NameScope &) = delete;
  NameScope &operator=(const NameScope &) = delete;

private:
  ProgramLowering &lowering;
  size_t numVariables, numMacros;
};

} // namespace whistler

#endif // WHISTLER_LIB_LOWER_LOWERINGSCOPES_H
