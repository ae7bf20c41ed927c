//===- Diagnostics.cpp - located errors, warnings and notes -----*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Counts and prints diagnostics.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Support/Diagnostics.h"
#include "SourceLine.h"

#include <algorithm>

using namespace llvm;
using namespace whistler;

static constexpr StringLiteral byteOrderMark = "\xEF\xBB\xBF";

/// The text of a buffer without a byte-order mark.
static StringRef getText(const SourceMgr &sourceMgr, unsigned bufferID) {
  StringRef text = sourceMgr.getMemoryBuffer(bufferID)->getBuffer();
  text.consume_front(byteOrderMark);
  return text;
}

/// The start of a line, or null where the buffer has no such line.
static const char *getLineStart(const SourceMgr &sourceMgr, unsigned bufferID,
                                unsigned line) {
  const char *start =
      sourceMgr.getBufferInfo(bufferID).getPointerForLineNumber(line);
  return start ? std::max(start, getText(sourceMgr, bufferID).begin())
               : nullptr;
}

/// The line that begins at `start`, without its line end.
static StringRef getLine(const SourceMgr &sourceMgr, unsigned bufferID,
                         const char *start) {
  StringRef text = getText(sourceMgr, bufferID);
  StringRef rest(start, text.end() - start);
  StringRef line = rest.take_until([](char c) { return c == '\n'; });
  line.consume_back("\r");
  return line;
}

//===----------------------------------------------------------------------===//
// Handle
//===----------------------------------------------------------------------===//

DiagnosticHandle &DiagnosticHandle::note(SMRange range, const Twine &message) {
  if (engine)
    engine->print(SourceMgr::DK_Note, range, message);
  return *this;
}

DiagnosticHandle &DiagnosticHandle::hint(const Twine &message) {
  if (engine)
    engine->printHint(message);
  return *this;
}

//===----------------------------------------------------------------------===//
// Engine
//===----------------------------------------------------------------------===//

DiagnosticEngine::DiagnosticEngine(raw_ostream &os)
    : os(os), colors(os.is_displayed() && os.has_colors()) {}

unsigned DiagnosticEngine::addBuffer(std::unique_ptr<MemoryBuffer> buffer,
                                     SMLoc includedFrom) {
  return sourceMgr.AddNewSourceBuffer(std::move(buffer), includedFrom);
}

std::optional<SourceExtent> DiagnosticEngine::getExtent(SMRange range) const {
  if (!range.isValid())
    return std::nullopt;
  unsigned bufferID = sourceMgr.FindBufferContainingLoc(range.Start);
  if (!bufferID)
    return std::nullopt;

  SourceExtent extent;
  extent.filename = sourceMgr.getMemoryBuffer(bufferID)->getBufferIdentifier();
  auto locate = [&](const char *pos, unsigned &line, unsigned &column) {
    line = sourceMgr.getBufferInfo(bufferID).getLineNumber(pos);
    const char *start = getLineStart(sourceMgr, bufferID, line);
    column = std::max<ptrdiff_t>(pos - start, 0) + 1;
  };
  locate(range.Start.getPointer(), extent.startLine, extent.startColumn);
  locate(range.End.getPointer(), extent.endLine, extent.endColumn);
  return extent;
}

SMLoc DiagnosticEngine::getLocation(unsigned bufferID, unsigned line,
                                    unsigned column) const {
  const char *start = line ? getLineStart(sourceMgr, bufferID, line) : nullptr;
  if (!start)
    return SMLoc();
  size_t length = getLine(sourceMgr, bufferID, start).size();
  size_t offset = std::min<size_t>(column ? column - 1 : 0, length);
  return SMLoc::getFromPointer(start + offset);
}

unsigned DiagnosticEngine::findBuffer(StringRef filename) const {
  for (unsigned id = sourceMgr.getNumBuffers(); id != 0; --id)
    if (sourceMgr.getMemoryBuffer(id)->getBufferIdentifier() == filename)
      return id;
  return 0;
}

DiagnosticHandle DiagnosticEngine::report(Severity severity, SMRange range,
                                          const Twine &message) {
  if (severity == SourceMgr::DK_Error)
    ++numErrors;
  if (severity == SourceMgr::DK_Warning)
    ++numWarnings;
  if (limitReported)
    return DiagnosticHandle(nullptr);
  if (errorLimit && numErrors > errorLimit) {
    limitReported = true;
    print(SourceMgr::DK_Error, SMRange(),
          "more than " + Twine(errorLimit) + " errors: the rest is not shown");
    return DiagnosticHandle(nullptr);
  }
  print(severity, getUserRange(range), message);
  if (severity != SourceMgr::DK_Note)
    printMacroCalls();
  return DiagnosticHandle(this);
}

//===----------------------------------------------------------------------===//
// Macro calls
//===----------------------------------------------------------------------===//

static bool isWithin(SMRange inner, SMRange outer) {
  return inner.isValid() && outer.isValid() &&
         inner.Start.getPointer() >= outer.Start.getPointer() &&
         inner.End.getPointer() <= outer.End.getPointer();
}

SMRange DiagnosticEngine::getUserRange(SMRange range) const {
  if (macroCalls.empty() || isWithin(range, macroCalls.front().range))
    return range;
  return macroCalls.back().range;
}

void DiagnosticEngine::printMacroCalls() {
  // Of a long chain both ends tell something; the middle is repetition.
  constexpr size_t shownAtEnds = 5;
  size_t count = macroCalls.size();
  for (size_t index = count; index-- > 0;) {
    if (count > 2 * shownAtEnds && index == count - shownAtEnds - 1) {
      print(SourceMgr::DK_Note, SMRange(),
            Twine(count - 2 * shownAtEnds) + " more macro calls");
      index = shownAtEnds;
      continue;
    }
    print(SourceMgr::DK_Note, macroCalls[index].range,
          "in the expansion of macro `" + macroCalls[index].name + "`");
  }
}

MacroCallScope::MacroCallScope(DiagnosticEngine &engine, SMRange call,
                               StringRef name)
    : engine(engine) {
  engine.macroCalls.push_back({name.str(), engine.getUserRange(call)});
}

MacroCallScope::~MacroCallScope() { engine.macroCalls.pop_back(); }

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

namespace {
struct SeverityStyle {
  StringLiteral label;
  raw_ostream::Colors color;
};
} // namespace

/// Indexed by SourceMgr::DiagKind.
static constexpr SeverityStyle severityStyles[] = {
    {"error: ", raw_ostream::RED},
    {"warning: ", raw_ostream::MAGENTA},
    {"remark: ", raw_ostream::BLUE},
    {"note: ", raw_ostream::CYAN},
};

void DiagnosticEngine::printColored(raw_ostream::Colors color, bool bold,
                                    const Twine &text) {
  if (!colors) {
    os << text;
    return;
  }
  os.enable_colors(true);
  os.changeColor(color, bold) << text;
  os.resetColor();
}

void DiagnosticEngine::printIncludeStack(unsigned bufferID) {
  SMLoc loc = sourceMgr.getBufferInfo(bufferID).IncludeLoc;
  while (std::optional<SourceExtent> place = getExtent(SMRange(loc, loc))) {
    os << "in a file loaded at " << place->filename << ':' << place->startLine
       << ':' << place->startColumn << ":\n";
    unsigned parentID = sourceMgr.FindBufferContainingLoc(loc);
    loc = sourceMgr.getBufferInfo(parentID).IncludeLoc;
  }
}

/// Whether a line has so many control characters that nobody could read it.
static bool isBinary(StringRef line) {
  size_t unreadable = llvm::count_if(line, [](char c) {
    return c != '\t' && ((c >= 0 && c < ' ') || c == 127);
  });
  return unreadable > line.size() / 4 && unreadable > 4;
}

void DiagnosticEngine::printSnippet(unsigned bufferID, SMRange range) {
  const char *pos = range.Start.getPointer();
  unsigned lineNumber = sourceMgr.getBufferInfo(bufferID).getLineNumber(pos);
  const char *start = getLineStart(sourceMgr, bufferID, lineNumber);
  StringRef line = getLine(sourceMgr, bufferID, start);
  if (line.trim().empty() || isBinary(line))
    return;
  // A range that goes on behind the line must not underline trailing blanks.
  const char *end = range.End.getPointer();
  if (end > line.end())
    end = std::max(line.rtrim().end(), pos);
  SourceLine shown = layOutSourceLine(line, std::max<ptrdiff_t>(pos - start, 0),
                                      std::max<ptrdiff_t>(end - start, 0));
  os << shown.text << '\n';
  printColored(raw_ostream::GREEN, /*bold=*/true, shown.marker);
  os << '\n';
}

void DiagnosticEngine::print(Severity severity, SMRange range,
                             const Twine &message) {
  std::optional<SourceExtent> place = getExtent(range);
  unsigned bufferID =
      place ? sourceMgr.FindBufferContainingLoc(range.Start) : 0;
  if (place) {
    if (severity != SourceMgr::DK_Note)
      printIncludeStack(bufferID);
    printColored(raw_ostream::SAVEDCOLOR, /*bold=*/true,
                 place->filename + ":" + Twine(place->startLine) + ":" +
                     Twine(place->startColumn) + ": ");
  }
  const SeverityStyle &style = severityStyles[severity];
  printColored(style.color, /*bold=*/true, style.label);
  os << message << '\n';
  if (place)
    printSnippet(bufferID, range);
}

void DiagnosticEngine::printHint(const Twine &message) {
  os << "  ";
  printColored(raw_ostream::CYAN, /*bold=*/true, "hint: ");
  os << message << '\n';
}
