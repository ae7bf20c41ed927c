//===- SourceLocation.cpp - where operations come from ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks through the locations that passes and macros make.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/Utils/SourceLocation.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

std::optional<FileLineColRange> whistler::findFileLocation(Location loc) {
  using Found = std::optional<FileLineColRange>;
  return llvm::TypeSwitch<LocationAttr, Found>(loc)
      .Case<FileLineColRange>([](auto range) { return Found(range); })
      .Case<NameLoc>(
          [](NameLoc name) { return findFileLocation(name.getChildLoc()); })
      .Case<CallSiteLoc>(
          [](CallSiteLoc site) { return findFileLocation(site.getCallee()); })
      .Case<FusedLoc>([](FusedLoc fused) -> Found {
        for (Location part : fused.getLocations())
          if (Found found = findFileLocation(part))
            return found;
        return std::nullopt;
      })
      .Default(Found());
}
