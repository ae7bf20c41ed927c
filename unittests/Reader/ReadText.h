//===- ReadText.h - reads a text for a test ---------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// What the reader's tests share: a text, its forms and its diagnostics.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UNITTESTS_READER_READTEXT_H
#define WHISTLER_UNITTESTS_READER_READTEXT_H

#include "Whistler/Reader/Reader.h"

#include "llvm/ADT/StringExtras.h"

#include <string>
#include <vector>

namespace whistler {

/// The forms and diagnostics of a text, read as file "t".
class ReadText {
public:
  explicit ReadText(llvm::StringRef text,
                    const ReaderOptions &options = ReaderOptions())
      : bufferID(
            diags.addBuffer(llvm::MemoryBuffer::getMemBufferCopy(text, "t"))) {
    succeeded =
        llvm::succeeded(readForms(bufferID, context, diags, forms, options));
  }

  /// The forms as printed, a blank between them.
  std::string str() const {
    std::vector<std::string> parts;
    for (const Form *form : forms)
      parts.push_back(form->str());
    return llvm::join(parts, " ");
  }

  /// The diagnostics' first lines, without source lines, carets and hints.
  std::vector<std::string> messages() const {
    std::vector<std::string> result;
    llvm::SmallVector<llvm::StringRef> lines;
    llvm::StringRef(output).split(lines, '\n');
    for (llvm::StringRef line : lines)
      if (line.starts_with("t:") || line.starts_with("error: "))
        result.push_back(line.str());
    return result;
  }

  /// The text that a form's range covers.
  llvm::StringRef source(const Form *form) const {
    llvm::SMRange range = form->getRange();
    const char *start = range.Start.getPointer();
    return llvm::StringRef(start, range.End.getPointer() - start);
  }

  std::string output;
  llvm::raw_string_ostream os{output};
  DiagnosticEngine diags{os};
  FormContext context;
  llvm::SmallVector<const Form *> forms;
  unsigned bufferID;
  bool succeeded;
};

} // namespace whistler

#endif // WHISTLER_UNITTESTS_READER_READTEXT_H
