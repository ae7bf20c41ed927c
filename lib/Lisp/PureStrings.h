//===- PureStrings.h - strings and their designators ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What the functions on strings and the printer share.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_LISP_PURESTRINGS_H
#define WHISTLER_LIB_LISP_PURESTRINGS_H

#include "PureInterpreter.h"

#include <string>

namespace whistler::pure {

/// The text of a string, a symbol or a character; nothing after failing. A
/// symbol made by `gensym` has no text: its name depends on how many there
/// were.
std::optional<std::string> getDesignatedString(Interpreter &interpreter,
                                               Value value);

/// The same for what is all ASCII, where letters and positions count.
std::optional<std::string> getDesignatedAscii(Interpreter &interpreter,
                                              Value value);

} // namespace whistler::pure

#endif // WHISTLER_LIB_LISP_PURESTRINGS_H
