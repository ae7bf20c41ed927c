//===- SourceLine.cpp - a source line with a marker under it ----*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Lays out a line of source text for a terminal.
//
//===----------------------------------------------------------------------===//

#include "SourceLine.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Unicode.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

using namespace llvm;
using namespace whistler;

static constexpr unsigned tabStop = 8;

/// Lines of generated sources can be megabytes long; of such a line this many
/// bytes are shown.
static constexpr size_t maxShownBytes = 240;

/// How a piece of the line looks on a terminal.
namespace {
struct Cell {
  std::string text;
  unsigned width;
  size_t numBytes;
};
} // namespace

static Cell escapedCell(const Twine &text, size_t numBytes) {
  std::string shown = ("<" + text + ">").str();
  unsigned width = shown.size();
  return {std::move(shown), width, numBytes};
}

static Cell makeCell(StringRef rest, unsigned column) {
  unsigned char first = rest.front();
  if (first == '\t') {
    unsigned width = tabStop - column % tabStop;
    return {std::string(width, ' '), width, 1};
  }
  if (isPrint(first))
    return {std::string(1, first), 1, 1};

  const auto *begin = reinterpret_cast<const UTF8 *>(rest.data());
  size_t size = std::min<size_t>(getNumBytesForUTF8(first), rest.size());
  const UTF8 *cursor = begin;
  UTF32 codePoint = 0;
  if (convertUTF8Sequence(&cursor, begin + size, &codePoint,
                          strictConversion) != conversionOK)
    return escapedCell(utohexstr(first, /*LowerCase=*/false, /*Width=*/2), 1);
  int width = sys::unicode::columnWidthUTF8(rest.take_front(size));
  if (width < 0)
    return escapedCell("U+" + utohexstr(codePoint, /*LowerCase=*/false,
                                        /*Width=*/4),
                       size);
  return {rest.take_front(size).str(), static_cast<unsigned>(width), size};
}

/// Moves `offset` back to the start of the UTF-8 sequence that it is in.
static size_t alignToSequence(StringRef line, size_t offset) {
  if (offset >= line.size())
    return line.size();
  size_t aligned = offset;
  while (aligned > 0 && offset - aligned < 3 &&
         (static_cast<unsigned char>(line[aligned]) & 0xC0) == 0x80)
    --aligned;
  return aligned;
}

SourceLine whistler::layOutSourceLine(StringRef line, size_t start,
                                      size_t end) {
  size_t first = 0, last = line.size();
  if (line.size() > maxShownBytes) {
    if (start > maxShownBytes / 2)
      first = alignToSequence(line, start - maxShownBytes / 2);
    last = alignToSequence(line, std::min(line.size(), first + maxShownBytes));
  }

  SourceLine result;
  if (first > 0)
    result.text = "...";
  unsigned column = result.text.size();
  result.marker.assign(column, ' ');
  auto mark = [&](size_t offset, unsigned width) {
    bool isMarked = offset >= start && offset < end;
    result.marker.append(width, isMarked ? '~' : ' ');
  };

  size_t caret = std::string::npos;
  for (size_t offset = first; offset < last;) {
    Cell cell = makeCell(line.substr(offset), column);
    // The caret also finds its place when `start` is inside of a sequence.
    if (caret == std::string::npos && start < offset + cell.numBytes)
      caret = column;
    mark(offset, cell.width);
    result.text += cell.text;
    column += cell.width;
    offset += cell.numBytes;
  }
  if (last < line.size())
    result.text += "...";

  if (caret == std::string::npos)
    caret = column;
  if (caret >= result.marker.size())
    result.marker.resize(caret + 1, ' ');
  result.marker[caret] = '^';
  result.marker.erase(result.marker.find_last_not_of(' ') + 1);
  return result;
}
