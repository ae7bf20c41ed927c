//===- Token.cpp - characters and tokens ------------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The standard readtable, and what a token without escapes stands for.
//
//===----------------------------------------------------------------------===//

#include "Token.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Unicode.h"

using namespace llvm;
using namespace whistler;

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

bool whistler::isDigitInRadix(char c, unsigned radix) {
  return hexDigitValue(c) < radix ||
         (isAlpha(c) && static_cast<unsigned>(toLower(c) - 'a' + 10) < radix);
}

/// Removes leading digits and tells whether there were any.
static bool consumeDigits(StringRef &text, unsigned radix) {
  size_t size = text.size();
  text = text.drop_while([=](char c) { return isDigitInRadix(c, radix); });
  return text.size() != size;
}

static void consumeSign(StringRef &text) {
  if (!text.consume_front("+"))
    text.consume_front("-");
}

/// True if `text` is a float's exponent and nothing else.
static bool isExponent(StringRef text) {
  if (text.empty() || !StringRef("esfdlESFDL").contains(text.front()))
    return false;
  text = text.drop_front();
  consumeSign(text);
  return consumeDigits(text, 10) && text.empty();
}

TokenKind whistler::classifyToken(StringRef text, unsigned radix) {
  if (text.empty())
    return TokenKind::Symbol;
  StringRef rest = text;
  consumeSign(rest);
  bool hasInteger = consumeDigits(rest, radix);
  if (hasInteger && rest.empty())
    return TokenKind::Integer;
  if (hasInteger && rest.consume_front("/"))
    return consumeDigits(rest, radix) && rest.empty() ? TokenKind::Ratio
                                                      : TokenKind::Symbol;
  if (radix != 10)
    return TokenKind::Symbol;
  if (hasInteger && isExponent(rest))
    return TokenKind::Float;
  if (rest.consume_front(".")) {
    if (hasInteger && rest.empty())
      return TokenKind::Integer;
    bool hasFraction = consumeDigits(rest, 10);
    if ((hasFraction && rest.empty()) ||
        ((hasFraction || hasInteger) && isExponent(rest)))
      return TokenKind::Float;
  }
  return all_of(text, [](char c) { return c == '.'; }) ? TokenKind::Dots
                                                       : TokenKind::Symbol;
}

APSInt whistler::parseInteger(StringRef text, unsigned radix) {
  bool negative = text.consume_front("-");
  if (!negative)
    text.consume_front("+");
  if (radix == 10)
    text.consume_back(".");
  APInt magnitude;
  text.getAsInteger(radix, magnitude);
  magnitude = magnitude.zext(magnitude.getBitWidth() + 1);
  if (negative)
    magnitude.negate();
  return APSInt(std::move(magnitude), /*isUnsigned=*/false);
}

//===----------------------------------------------------------------------===//
// Characters
//===----------------------------------------------------------------------===//

uint32_t whistler::takeCodePoint(StringRef &text) {
  unsigned char first = text.front();
  const auto *begin = reinterpret_cast<const UTF8 *>(text.data());
  const UTF8 *cursor = begin;
  UTF32 codePoint = 0;
  if (first < 0x80 ||
      convertUTF8Sequence(&cursor, begin + text.size(), &codePoint,
                          strictConversion) != conversionOK) {
    text = text.drop_front();
    return first;
  }
  text = text.drop_front(cursor - begin);
  return codePoint;
}

std::string whistler::encodeCodePoint(uint32_t codePoint) {
  char buffer[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
  char *end = buffer;
  if (!ConvertCodePointToUTF8(codePoint, end))
    return {};
  return std::string(buffer, end);
}

namespace {
struct CharacterName {
  StringLiteral name;
  uint32_t codePoint;
};
} // namespace

/// Where a character has several names, the first is the one to print.
static constexpr CharacterName characterNames[] = {
    {"Space", ' '},   {"Newline", '\n'},   {"Tab", '\t'},      {"Nul", '\0'},
    {"Null", '\0'},   {"Backspace", '\b'}, {"Rubout", '\x7F'}, {"Page", '\f'},
    {"Return", '\r'}, {"Linefeed", '\n'},  {"Delete", '\x7F'}, {"Escape", 0x1B},
    {"Esc", 0x1B},    {"Bell", '\a'},
};

std::optional<uint32_t> whistler::lookUpCharacterName(StringRef name) {
  for (const CharacterName &entry : characterNames)
    if (name.equals_insensitive(entry.name))
      return entry.codePoint;
  StringRef digits = name;
  uint32_t codePoint = 0;
  if (!digits.consume_front_insensitive("U"))
    return std::nullopt;
  digits.consume_front("+");
  if (digits.empty() || digits.size() > 6 || !all_of(digits, isHexDigit) ||
      digits.getAsInteger(16, codePoint) || encodeCodePoint(codePoint).empty())
    return std::nullopt;
  return codePoint;
}

StringRef whistler::suggestCharacterName(StringRef name) {
  StringRef best;
  unsigned bestDistance = name.size() / 2 + 1;
  for (const CharacterName &entry : characterNames) {
    unsigned distance = name.edit_distance_insensitive(
        entry.name, /*AllowReplacements=*/true, bestDistance);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = entry.name;
    }
  }
  return best;
}

std::string whistler::getCharacterName(uint32_t codePoint) {
  for (const CharacterName &entry : characterNames)
    if (entry.codePoint == codePoint)
      return entry.name.str();
  if (isInvisible(codePoint))
    return "U" + utohexstr(codePoint);
  return {};
}

bool whistler::isInvisible(uint32_t codePoint) {
  if (codePoint < 0x80)
    return codePoint <= ' ' || codePoint == 0x7F;
  // The space separators (category Zs) outside of ASCII.
  static constexpr uint32_t otherSpaces[] = {0x00A0, 0x1680, 0x202F, 0x205F,
                                             0x3000};
  return is_contained(otherSpaces, codePoint) ||
         (codePoint >= 0x2000 && codePoint <= 0x200A) ||
         sys::unicode::isFormatting(codePoint) ||
         !sys::unicode::isPrintable(codePoint);
}
