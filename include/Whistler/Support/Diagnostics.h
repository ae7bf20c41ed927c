//===- Diagnostics.h - located errors, warnings and notes -------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The one place where user-visible diagnostics are counted and printed.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_SUPPORT_DIAGNOSTICS_H
#define WHISTLER_SUPPORT_DIAGNOSTICS_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/LogicalResult.h"
#include "llvm/Support/SMLoc.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace whistler {

/// A source range in the terms in which people and debug information speak of
/// it. Lines and columns count from 1; a column counts bytes (UTF-8 code units,
/// as clang does), and a byte-order mark has no column. The end is exclusive:
/// `endColumn` is the column just past the last byte of the range.
struct SourceExtent {
  llvm::StringRef filename;
  unsigned startLine = 0;
  unsigned startColumn = 0;
  unsigned endLine = 0;
  unsigned endColumn = 0;
};

class DiagnosticEngine;

/// What `DiagnosticEngine::error` and its siblings return: lets the caller hang
/// notes and a hint on the diagnostic just printed. Where the diagnostic was
/// suppressed (error limit), its notes are too. Converts to failure, so that
/// `return diags.error(...)` reads well in a function with a LogicalResult.
class DiagnosticHandle {
public:
  /// Prints a note at `range` (an invalid range prints the note alone).
  DiagnosticHandle &note(llvm::SMRange range, const llvm::Twine &message);

  /// Prints what to write instead: an indented `hint: message` line.
  DiagnosticHandle &hint(const llvm::Twine &message);

  operator llvm::LogicalResult() const { return llvm::failure(); }

private:
  friend class DiagnosticEngine;
  explicit DiagnosticHandle(DiagnosticEngine *engine) : engine(engine) {}

  /// Null when the diagnostic was suppressed.
  DiagnosticEngine *engine;
};

/// Prints diagnostics in the order in which they are emitted, as
/// `file:line:column: error: message`, the source line, and a caret with the
/// range underlined (clipped to the range's first line). Owns the source
/// buffers that the ranges point into.
class DiagnosticEngine {
public:
  using Severity = llvm::SourceMgr::DiagKind;

  static constexpr unsigned defaultErrorLimit = 100;

  explicit DiagnosticEngine(llvm::raw_ostream &os = llvm::errs());
  DiagnosticEngine(const DiagnosticEngine &) = delete;
  DiagnosticEngine &operator=(const DiagnosticEngine &) = delete;

  /// Takes over a source buffer, whose identifier is the file name that
  /// diagnostics print, and returns its SourceMgr buffer id (never 0).
  /// `includedFrom` is the place of the `load` that asked for it, if any.
  unsigned addBuffer(std::unique_ptr<llvm::MemoryBuffer> buffer,
                     llvm::SMLoc includedFrom = llvm::SMLoc());

  llvm::SourceMgr &getSourceMgr() { return sourceMgr; }
  const llvm::SourceMgr &getSourceMgr() const { return sourceMgr; }

  DiagnosticHandle error(llvm::SMRange range, const llvm::Twine &message) {
    return report(llvm::SourceMgr::DK_Error, range, message);
  }
  DiagnosticHandle warning(llvm::SMRange range, const llvm::Twine &message) {
    return report(llvm::SourceMgr::DK_Warning, range, message);
  }
  DiagnosticHandle note(llvm::SMRange range, const llvm::Twine &message) {
    return report(llvm::SourceMgr::DK_Note, range, message);
  }

  /// Prints a diagnostic of any severity. An invalid range, or one outside of
  /// every buffer, prints the message without a place. Past the error limit
  /// errors are still counted, and nothing more is printed.
  DiagnosticHandle report(Severity severity, llvm::SMRange range,
                          const llvm::Twine &message);

  unsigned getNumErrors() const { return numErrors; }
  unsigned getNumWarnings() const { return numWarnings; }
  bool hasErrors() const { return numErrors != 0; }

  /// How many errors are printed before the rest is suppressed; 0 is no limit.
  void setErrorLimit(unsigned limit) { errorLimit = limit; }

  /// True once errors are no longer printed: work that only finds more of them
  /// may stop.
  bool reachedErrorLimit() const { return limitReported; }

  /// Forces colours on or off; by default they are on for a terminal only.
  void setColors(bool enable) { colors = enable; }

  /// The range that diagnostics show for `range`: itself, unless macro calls
  /// are being expanded and it is no part of the outermost one's text; then
  /// that call, since what a macro puts together is nowhere in what the user
  /// wrote.
  llvm::SMRange getUserRange(llvm::SMRange range) const;

  /// Gives the file, lines and columns of `range`. Line lookup is a binary
  /// search in a table cached per buffer, so this is cheap enough to call for
  /// every form. Nothing for a range that lies in no buffer.
  std::optional<SourceExtent> getExtent(llvm::SMRange range) const;

  /// The inverse, for places that come back as numbers: a valid location for a
  /// 1-based line and byte column, clipped to the line's end; invalid for a
  /// line that the buffer does not have.
  llvm::SMLoc getLocation(unsigned bufferID, unsigned line,
                          unsigned column) const;

  /// The last buffer of that file name, or 0.
  unsigned findBuffer(llvm::StringRef filename) const;

private:
  friend class DiagnosticHandle;
  friend class MacroCallScope;

  /// A macro call whose expansion is being looked at.
  struct MacroCall {
    std::string name;
    /// Where it stands in what the user wrote.
    llvm::SMRange range;
  };

  void printMacroCalls();
  void printHint(const llvm::Twine &message);
  void print(Severity severity, llvm::SMRange range,
             const llvm::Twine &message);
  void printIncludeStack(unsigned bufferID);
  void printSnippet(unsigned bufferID, llvm::SMRange range);
  void printColored(llvm::raw_ostream::Colors color, bool bold,
                    const llvm::Twine &text);

  llvm::SourceMgr sourceMgr;
  llvm::raw_ostream &os;
  /// The innermost call is the last one.
  std::vector<MacroCall> macroCalls;
  unsigned numErrors = 0;
  unsigned numWarnings = 0;
  unsigned errorLimit = defaultErrorLimit;
  bool limitReported = false;
  bool colors;
};

/// While it lives, diagnostics are about the expansion of a macro call: they
/// are shown at the user's own text and followed by the chain of calls.
class MacroCallScope {
public:
  /// `call` is the range of the call of the macro `name`.
  MacroCallScope(DiagnosticEngine &engine, llvm::SMRange call,
                 llvm::StringRef name);
  ~MacroCallScope();
  MacroCallScope(const MacroCallScope &) = delete;
  MacroCallScope &operator=(const MacroCallScope &) = delete;

private:
  DiagnosticEngine &engine;
};

} // namespace whistler

#endif // WHISTLER_SUPPORT_DIAGNOSTICS_H
