//===- SourceText.cpp - the source lines of locations -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks up source lines, in memory and on disk.
//
//===----------------------------------------------------------------------===//

#include "SourceText.h"

#include "Whistler/Dialect/Whistler/Utils/SourceLocation.h"

#include "llvm/Support/SourceMgr.h"

using namespace whistler;
using namespace mlir;

static void splitLines(StringRef text, SmallVectorImpl<StringRef> &lines) {
  // A byte-order mark belongs to the encoding, not to the first line.
  text.consume_front("\xef\xbb\xbf");
  text.split(lines, '\n');
  for (StringRef &line : lines)
    line = line.rtrim('\r');
}

SourceText::SourceText(const llvm::SourceMgr *sources) {
  if (!sources)
    return;
  for (unsigned id = 1; id <= sources->getNumBuffers(); ++id) {
    const llvm::MemoryBuffer *buffer = sources->getMemoryBuffer(id);
    // Of several under one name the last is the longest: input at a prompt.
    File &file = files[buffer->getBufferIdentifier()];
    file.lines.clear();
    splitLines(buffer->getBuffer(), file.lines);
  }
}

const SourceText::File &SourceText::getFile(StringRef name) {
  auto [it, isNew] = files.try_emplace(name);
  File &file = it->second;
  if (!isNew)
    return file;
  if (auto buffer = llvm::MemoryBuffer::getFile(name)) {
    file.owned = std::move(*buffer);
    splitLines(file.owned->getBuffer(), file.lines);
  }
  return file;
}

std::optional<SourcePlace> SourceText::lookup(Location loc) {
  std::optional<FileLineColRange> range = findFileLocation(loc);
  if (!range)
    return std::nullopt;
  SourcePlace place{range->getFilename().getValue(), "", range->getStartLine(),
                    range->getStartColumn()};
  const File &file = getFile(place.file);
  if (place.line >= 1 && place.line <= file.lines.size())
    place.text = file.lines[place.line - 1];
  return place;
}
