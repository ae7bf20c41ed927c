//===- Input.cpp - is this buffer text? -------------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Looks for bytes that cannot be program text before anything is read.
//
//===----------------------------------------------------------------------===//

#include "Input.h"

#include "Whistler/Support/Diagnostics.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Support/ConvertUTF.h"

#include <cstring>

using namespace llvm;
using namespace whistler;

/// With more bad places than this a file is taken for something other than
/// text.
static constexpr unsigned maxBadPlaces = 10;

/// The length of the valid UTF-8 sequence at `pos`, or 0 (NUL counts as
/// invalid).
static size_t getValidLength(const char *pos, const char *end) {
  auto first = static_cast<unsigned char>(*pos);
  if (first < 0x80)
    return first != 0;
  const auto *begin = reinterpret_cast<const UTF8 *>(pos);
  size_t length = getNumBytesForUTF8(first);
  return length <= static_cast<size_t>(end - pos) &&
                 isLegalUTF8Sequence(begin, begin + length)
             ? length
             : 0;
}

/// The first byte from `pos` on that is not valid, or `end`.
static const char *findBadByte(const char *pos, const char *end) {
  while (pos < end) {
    // Eight bytes of plain ASCII at a time; the two terms find a zero byte and
    // a byte with its high bit set.
    uint64_t word;
    while (end - pos >= 8) {
      std::memcpy(&word, pos, sizeof(word));
      if (((word - 0x0101010101010101) | word) & 0x8080808080808080)
        break;
      pos += 8;
    }
    if (pos == end)
      break;
    size_t length = getValidLength(pos, end);
    if (length == 0)
      return pos;
    pos += length;
  }
  return end;
}

bool whistler::isText(StringRef text) {
  return findBadByte(text.begin(), text.end()) == text.end();
}

static void reportBadBytes(const char *start, const char *stop,
                           DiagnosticEngine &diags) {
  SMRange range(SMLoc::getFromPointer(start), SMLoc::getFromPointer(stop));
  if (*start == 0) {
    diags.error(range, "a NUL byte in the source text").hint("remove it");
    return;
  }
  diags
      .error(range, "invalid UTF-8: byte 0x" +
                        utohexstr(static_cast<unsigned char>(*start),
                                  /*LowerCase=*/false, /*Width=*/2))
      .hint("save the file as UTF-8");
}

Encoding whistler::checkEncoding(StringRef text, DiagnosticEngine &diags) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    SMRange mark(SMLoc::getFromPointer(text.begin()),
                 SMLoc::getFromPointer(text.begin() + 2));
    diags.error(mark, "the source text is UTF-16")
        .hint("save the file as UTF-8");
    return Encoding::NotText;
  }
  if (text.starts_with(llvm::ELF::ElfMagic)) {
    SMRange magic(SMLoc::getFromPointer(text.begin()),
                  SMLoc::getFromPointer(text.begin() + 4));
    diags.error(magic, "this is an object file and not a source file")
        .hint("name the source; `llvm-objdump -d` shows the code of an object");
    return Encoding::NotText;
  }

  unsigned badPlaces = 0;
  const char *end = text.end();
  for (const char *pos = findBadByte(text.begin(), end); pos < end;) {
    const char *stop = pos + 1;
    // A run of bad bytes of one sort is one mistake.
    while (stop < end && (*stop == 0) == (*pos == 0) &&
           getValidLength(stop, end) == 0)
      ++stop;
    if (badPlaces++ == maxBadPlaces) {
      diags.error(
          SMRange(SMLoc::getFromPointer(pos), SMLoc::getFromPointer(stop)),
          "too many bytes that are no text: this is not a source file");
      return Encoding::NotText;
    }
    reportBadBytes(pos, stop, diags);
    pos = findBadByte(stop, end);
  }
  return badPlaces ? Encoding::Damaged : Encoding::Text;
}
