//===- Token.h - characters and tokens --------------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The standard readtable, and what a token without escapes stands for.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_READER_TOKEN_H
#define WHISTLER_LIB_READER_TOKEN_H

#include "llvm/ADT/APSInt.h"
#include "llvm/ADT/StringRef.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace whistler {

/// What a byte means to the reader (CLHS 2.1.4).
enum class CharClass : uint8_t {
  /// Part of a token; also every byte of a multi-byte UTF-8 sequence.
  Constituent,
  Whitespace,
  /// `"'(),;` and backquote: begin something and end a token.
  Terminating,
  /// `#`: begins something, but not inside of a token.
  NonTerminating,
  /// `\`.
  SingleEscape,
  /// `|`.
  MultipleEscape,
  /// Control characters, which no program text holds on purpose.
  Invalid,
};

constexpr std::array<CharClass, 256> makeReadtable() {
  std::array<CharClass, 256> table{};
  for (unsigned c = 0; c < 0x20; ++c)
    table[c] = CharClass::Invalid;
  // NUL is reported when a buffer is opened, so that here it only separates.
  for (unsigned char c : {'\0', '\t', '\n', '\f', '\r', ' ', '\x7F'})
    table[c] = CharClass::Whitespace;
  for (unsigned char c : {'"', '\'', '(', ')', ',', ';', '`'})
    table[c] = CharClass::Terminating;
  table['#'] = CharClass::NonTerminating;
  table['\\'] = CharClass::SingleEscape;
  table['|'] = CharClass::MultipleEscape;
  return table;
}

inline constexpr std::array<CharClass, 256> readtable = makeReadtable();

inline CharClass getCharClass(char c) {
  return readtable[static_cast<unsigned char>(c)];
}

/// True for a byte that goes on with a token that has begun.
inline bool continuesToken(char c) {
  CharClass charClass = getCharClass(c);
  return charClass == CharClass::Constituent ||
         charClass == CharClass::NonTerminating;
}

enum class TokenKind { Symbol, Integer, Ratio, Float, Dots };

/// What a token without escapes is (CLHS 2.3). In a radix other than 10 there
/// are no floats and no trailing decimal point.
TokenKind classifyToken(llvm::StringRef text, unsigned radix = 10);

/// True if `c` is a digit in `radix` (2 to 36).
bool isDigitInRadix(char c, unsigned radix);

/// The value of a token that is an integer in `radix`; a sign and, in radix 10,
/// a trailing point are taken.
llvm::APSInt parseInteger(llvm::StringRef text, unsigned radix);

/// Steps over one UTF-8 sequence at the start of `text`, which is not empty,
/// and gives its code point. A byte that begins no valid sequence counts as
/// itself.
uint32_t takeCodePoint(llvm::StringRef &text);

/// The UTF-8 form of a code point.
std::string encodeCodePoint(uint32_t codePoint);

/// The code point of a character name such as "Newline" or "U+3BB", in any
/// case.
std::optional<uint32_t> lookUpCharacterName(llvm::StringRef name);

/// The known character name nearest to a mistyped one, or "".
llvm::StringRef suggestCharacterName(llvm::StringRef name);

/// The name to print for a character that is not shown as itself; "" for one
/// that is.
std::string getCharacterName(uint32_t codePoint);

/// True for a character that cannot be seen in an editor, or looks like a space
/// and is none.
bool isInvisible(uint32_t codePoint);

} // namespace whistler

#endif // WHISTLER_LIB_READER_TOKEN_H
