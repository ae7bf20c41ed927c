//===- Reader.h - from characters to forms ----------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Reads standard Common Lisp syntax and reports what is wrong with it in place.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_READER_READER_H
#define WHISTLER_READER_READER_H

#include "Whistler/Reader/Form.h"
#include "Whistler/Support/Diagnostics.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"

#include <memory>

namespace whistler {

/// What the reader's environment decides.
struct ReaderOptions {
  ReaderOptions();

  /// The features that `#+` and `#-` ask for: upper-case names without colon.
  /// Starts with WHISTLER and what every Common Lisp on Linux has.
  llvm::StringSet<> features;

  /// How deep forms may nest; one level more is an error.
  unsigned maxDepth = 4000;

  /// For a prompt: input that ends inside of a form is no error but gives
  /// `ReadStatus::Incomplete`.
  bool interactive = false;
};

enum class ReadStatus {
  /// A form was read.
  Form,
  /// Only blanks and comments were left.
  EndOfInput,
  /// The input ended inside of a form (interactive readers only): ask for more
  /// and read the longer text from the start of that form.
  Incomplete,
  /// The form has errors, which were reported; reading can go on behind it.
  Error,
};

struct ReadResult {
  ReadStatus status;
  /// Non-null exactly for `ReadStatus::Form`.
  const Form *form = nullptr;
};

/// Reads one buffer, one top-level form at a time, so that what a form does
/// when it is evaluated can influence how the next one is read.
class Reader {
public:
  /// `bufferID` is a buffer of the diagnostic engine's SourceMgr. Bytes that
  /// are no text (NUL, invalid UTF-8) are reported here, for the whole buffer.
  Reader(unsigned bufferID, FormContext &context, DiagnosticEngine &diags,
         ReaderOptions options = ReaderOptions());
  ~Reader();

  /// Reads the next top-level form.
  ReadResult read();

  /// True if anything was wrong with the text read so far.
  bool hadError() const;

  /// The options may be changed between forms.
  ReaderOptions &getOptions();

  /// Where the next form will be looked for.
  llvm::SMLoc getLoc() const;

private:
  class Impl;
  std::unique_ptr<Impl> impl;
};

/// Reads all of a buffer. `forms` receives every top-level form that is well
/// formed, also when others are not; fails if anything was reported.
llvm::LogicalResult readForms(unsigned bufferID, FormContext &context,
                              DiagnosticEngine &diags,
                              llvm::SmallVectorImpl<const Form *> &forms,
                              const ReaderOptions &options = ReaderOptions());

} // namespace whistler

#endif // WHISTLER_READER_READER_H
