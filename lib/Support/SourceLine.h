//===- SourceLine.h - a source line with a marker under it ------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Lays out a line of source text for a terminal.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_SUPPORT_SOURCELINE_H
#define WHISTLER_LIB_SUPPORT_SOURCELINE_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace whistler {

/// A line as it is shown, and the marker line that goes under it.
struct SourceLine {
  std::string text;
  std::string marker;
};

/// Lays out `line` (without its line end) with bytes `start` to `end` marked:
/// a caret under the first column, tildes under the rest. Both may lie just
/// past the line's end. Tabs are expanded, wide and combining characters take
/// the columns that they take on a terminal, what cannot be shown is written
/// as `<U+0007>` or `<FF>`, and a long line is cut to the marked part.
SourceLine layOutSourceLine(llvm::StringRef line, size_t start, size_t end);

} // namespace whistler

#endif // WHISTLER_LIB_SUPPORT_SOURCELINE_H
