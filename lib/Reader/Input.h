//===- Input.h - is this buffer text? ---------------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Looks for bytes that cannot be program text before anything is read.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_READER_INPUT_H
#define WHISTLER_LIB_READER_INPUT_H

#include "llvm/ADT/StringRef.h"

namespace whistler {

class DiagnosticEngine;

/// What `checkEncoding` found.
enum class Encoding {
  /// UTF-8 throughout.
  Text,
  /// Text with a few bad bytes, each reported in its place.
  Damaged,
  /// Something else altogether, which was reported; reading it is pointless.
  NotText,
};

/// Reports NUL bytes and invalid UTF-8 anywhere in `text`, a whole buffer.
Encoding checkEncoding(llvm::StringRef text, DiagnosticEngine &diags);

/// Whether `text`, which starts and ends between characters, is UTF-8 without
/// NUL bytes.
bool isText(llvm::StringRef text);

} // namespace whistler

#endif // WHISTLER_LIB_READER_INPUT_H
