//===- Dispatch.cpp - what follows a sharpsign ------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Reads `#` and what it introduces (CLHS 2.4.8).
//
//===----------------------------------------------------------------------===//

#include "ReaderImpl.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

using namespace llvm;
using namespace whistler;

namespace {
enum class DispatchKind {
  Unknown,
  Function,
  Vector,
  Feature,
  /// Takes a form and leaves its meaning to the compile-time Lisp.
  Unevaluated,
  /// Likewise, and needs a number before the dispatch character.
  NumberedUnevaluated,
  /// Refers to a numbered form.
  Reference,
  Character,
  Uninterned,
  BitVector,
  /// Digits in a radix that the table gives, or (0) the number before it.
  Radix,
};

struct DispatchEntry {
  char character;
  DispatchKind kind;
  unsigned radix = 0;
};
} // namespace

static constexpr DispatchEntry dispatchTable[] = {
    {'\'', DispatchKind::Function},
    {'(', DispatchKind::Vector},
    {'+', DispatchKind::Feature},
    {'-', DispatchKind::Feature},
    {'.', DispatchKind::Unevaluated},
    {'P', DispatchKind::Unevaluated},
    {'C', DispatchKind::Unevaluated},
    {'S', DispatchKind::Unevaluated},
    {'A', DispatchKind::NumberedUnevaluated},
    {'=', DispatchKind::NumberedUnevaluated},
    {'#', DispatchKind::Reference},
    {'\\', DispatchKind::Character},
    {':', DispatchKind::Uninterned},
    {'*', DispatchKind::BitVector},
    {'B', DispatchKind::Radix, 2},
    {'O', DispatchKind::Radix, 8},
    {'X', DispatchKind::Radix, 16},
    {'R', DispatchKind::Radix},
};

/// The number before `r`, or 0 for one that is no radix.
static unsigned parseRadix(StringRef digits) {
  unsigned radix;
  bool isRadix = !digits.getAsInteger(10, radix) && radix >= 2 && radix <= 36;
  return isRadix ? radix : 0;
}

/// What `#` and this (upper-case) character begin.
static DispatchEntry lookUpDispatch(char character, bool hasArgument) {
  const DispatchEntry *entry =
      find_if(dispatchTable, [=](const DispatchEntry &candidate) {
        return candidate.character == character;
      });
  if (entry == std::end(dispatchTable))
    return {character, DispatchKind::Unknown};
  bool needsArgument = entry->kind == DispatchKind::NumberedUnevaluated ||
                       entry->kind == DispatchKind::Reference;
  if (needsArgument && !hasArgument)
    return {character, DispatchKind::Unknown};
  return *entry;
}

void Reader::Impl::readDispatch() {
  const char *start = pos++;
  StringRef digits(pos, end - pos);
  digits = digits.take_while([](char c) { return isDigit(c); });
  pos = digits.end();
  if (atEnd())
    return reportOpenAtEnd(start, pos - start, "nothing follows this `#`");

  DispatchEntry entry = lookUpDispatch(toUpper(*pos), !digits.empty());
  // What is not known is left in place, as it may be a bracket.
  if (entry.kind == DispatchKind::Unknown)
    return readUnknownDispatch(start);
  // A vector with a length: only its elements are read here.
  if (entry.kind == DispatchKind::Vector && !digits.empty()) {
    push(Frame::Unevaluated, start, entry.character);
    return;
  }
  ++pos;
  switch (entry.kind) {
  case DispatchKind::Unknown:
    llvm_unreachable("handled above");
  case DispatchKind::Function:
    return pushWrapper(start, functionSymbol);
  case DispatchKind::Vector:
    return openList(Frame::Vector, start);
  case DispatchKind::Feature:
    push(Frame::FeatureTest, start, entry.character);
    return;
  case DispatchKind::Unevaluated:
  case DispatchKind::NumberedUnevaluated:
    push(Frame::Unevaluated, start, entry.character);
    return;
  case DispatchKind::Reference:
    return deliverText(entry.character, start);
  case DispatchKind::Character:
    return readCharacter(start);
  case DispatchKind::Uninterned:
    return readUninterned(start);
  case DispatchKind::BitVector:
    return readBitVector(start);
  case DispatchKind::Radix:
    return readRadix(start, entry.radix ? entry.radix : parseRadix(digits));
  }
}

/// Delivers the text from `start` on as a form of its own.
void Reader::Impl::deliverText(char dispatch, const char *start) {
  deliver(context.makeUnevaluated(dispatch, textFrom(start),
                                  /*subform=*/nullptr, rangeFrom(start)));
}

void Reader::Impl::readCharacter(const char *start) {
  const char *nameStart = pos;
  if (atEnd())
    return reportOpenAtEnd(start, pos - start,
                           "no character follows this `#\\`");
  StringRef rest(pos, end - pos);
  bool mayContinue = continuesToken(*pos);
  uint32_t codePoint = takeCodePoint(rest);
  pos = rest.data();
  while (mayContinue && !atEnd() && continuesToken(*pos))
    ++pos;

  StringRef name = textFrom(nameStart);
  if (name.data() + name.size() != rest.data()) {
    std::optional<uint32_t> known = lookUpCharacterName(name);
    if (!known) {
      StringRef suggestion = suggestCharacterName(name);
      std::string hint = suggestion.empty()
                             ? "write the code point, as in `#\\U+3BB`"
                             : ("write `#\\" + suggestion + "`").str();
      error(rangeFrom(start), "unknown character name `" + name + "`", hint);
      return deliverNothing();
    }
    codePoint = *known;
  }
  deliver(context.makeCharacter(codePoint, rangeFrom(start)));
}

void Reader::Impl::readUninterned(const char *start) {
  if (!readToken(scratch))
    return;
  if (scratch.damaged || suppressed)
    return deliverNothing();
  if (scratch.text.empty() && !scratch.escaped) {
    error(rangeFrom(start), "no name follows this `#:`");
    return deliverNothing();
  }
  if (!scratch.colons.empty()) {
    error(rangeFrom(start), "a symbol without package, `" + textFrom(start) +
                                "`, takes no package prefix");
    return deliverNothing();
  }
  deliver(context.makeSymbol(context.makeUninterned(scratch.text),
                             rangeFrom(start)));
}

/// The offset of the first character that is no digit, behind a sign.
static size_t findBadDigit(StringRef text, unsigned radix) {
  size_t start = text.starts_with("+") || text.starts_with("-");
  const char *bad = find_if_not(
      text.drop_front(start), [=](char c) { return isDigitInRadix(c, radix); });
  return bad - text.begin();
}

/// Reads digits after a radix prefix; radix 0 stands for one that is missing or
/// out of range.
void Reader::Impl::readRadix(const char *start, unsigned radix) {
  std::string prefix = textFrom(start).str();
  if (!readToken(scratch))
    return;
  if (scratch.damaged || suppressed)
    return deliverNothing();
  if (radix == 0) {
    error(rangeFrom(start), "`" + prefix + "` has no radix from 2 to 36",
          "write the radix in decimal, as in `#36rXYZ`");
    return deliverNothing();
  }
  StringRef text = scratch.text;
  TokenKind kind =
      scratch.escaped ? TokenKind::Symbol : classifyToken(text, radix);
  if (kind == TokenKind::Integer || kind == TokenKind::Ratio)
    return deliverNumber(kind, text, radix, start);
  if (text.empty()) {
    error(rangeFrom(start), "no digits follow `" + prefix + "`");
    return deliverNothing();
  }

  // Without escapes the token's text is as long as its source.
  size_t bad = findBadDigit(text, radix);
  if (scratch.escaped || bad >= text.size() || text[bad] == '/') {
    error(rangeFrom(start),
          "`" + textFrom(start) + "` is no number in radix " + Twine(radix));
    return deliverNothing();
  }
  const char *digitStart = scratch.start + bad;
  StringRef rest = textFrom(digitStart);
  takeCodePoint(rest);
  SMRange range = rangeOf(digitStart, rest.data());
  error(range, "`" + StringRef(digitStart, rest.data() - digitStart) +
                   "` is no digit in radix " + Twine(radix));
  deliverNothing();
}

void Reader::Impl::readBitVector(const char *start) {
  if (!readToken(scratch))
    return;
  if (scratch.damaged)
    return deliverNothing();
  if (scratch.escaped ||
      !all_of(scratch.text, [](char c) { return c == '0' || c == '1'; })) {
    error(rangeFrom(start), "`" + textFrom(start) +
                                "` is no bit vector: it holds other digits "
                                "than 0 and 1");
    return deliverNothing();
  }
  deliverText('*', start);
}

/// Reports reader syntax that does not exist. Where text is skipped it is
/// harmless, and only how far it reaches matters.
void Reader::Impl::readUnknownDispatch(const char *start) {
  CharClass next = getCharClass(*pos);
  if (next == CharClass::Whitespace || *pos == ')') {
    error(rangeFrom(start), "nothing follows this `#`");
    return deliverNothing();
  }
  StringRef rest(pos, end - pos);
  takeCodePoint(rest);
  pos = rest.data();
  if (pos[-1] == '<') {
    error(rangeFrom(start), "`#<` begins the printed image of an object, "
                            "which cannot be read");
    StringRef image(pos, end - pos);
    size_t close = image.find_first_of(">\n");
    if (close != StringRef::npos && image[close] == '>')
      pos += close + 1;
  } else {
    error(rangeFrom(start), "`" + textFrom(start) + "` is no reader syntax");
  }
  while (!atEnd() && continuesToken(*pos))
    ++pos;
  // A form that follows at once belongs to it, and stands in for it.
  if (atEnd() || (*pos != '(' && *pos != '"'))
    deliverNothing();
}
