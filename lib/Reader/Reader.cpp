//===- Reader.cpp - from characters to forms --------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Blanks, tokens and atoms, and the reader's public face.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Reader/Reader.h"

#include "Input.h"
#include "ReaderImpl.h"

#include "llvm/ADT/StringExtras.h"

#include <cstring>

using namespace llvm;
using namespace whistler;

//===----------------------------------------------------------------------===//
// Public face
//===----------------------------------------------------------------------===//

Reader::Reader(unsigned bufferID, FormContext &context, DiagnosticEngine &diags,
               ReaderOptions options)
    : impl(std::make_unique<Impl>(bufferID, context, diags,
                                  std::move(options))) {}
Reader::~Reader() = default;

ReadResult Reader::read() { return impl->read(); }
bool Reader::hadError() const { return impl->hadError; }
ReaderOptions &Reader::getOptions() { return impl->options; }
SMLoc Reader::getLoc() const { return impl->getLoc(); }

LogicalResult whistler::readForms(unsigned bufferID, FormContext &context,
                                  DiagnosticEngine &diags,
                                  SmallVectorImpl<const Form *> &forms,
                                  const ReaderOptions &options) {
  Reader reader(bufferID, context, diags, options);
  while (true) {
    ReadResult result = reader.read();
    if (result.status == ReadStatus::Form)
      forms.push_back(result.form);
    else if (result.status != ReadStatus::Error)
      return success(!reader.hadError() &&
                     result.status == ReadStatus::EndOfInput);
  }
}

Reader::Impl::Impl(unsigned bufferID, FormContext &context,
                   DiagnosticEngine &diags, ReaderOptions options)
    : options(std::move(options)), context(context), diags(diags),
      quoteSymbol(context.intern("QUOTE", "COMMON-LISP")),
      functionSymbol(context.intern("FUNCTION", "COMMON-LISP")),
      quasiquoteSymbol(context.intern("QUASIQUOTE", "SI")),
      unquoteSymbol(context.intern("UNQUOTE", "SI")),
      spliceSymbol(context.intern("UNQUOTE-SPLICE", "SI")),
      destructiveSpliceSymbol(context.intern("UNQUOTE-NSPLICE", "SI")) {
  StringRef text = diags.getSourceMgr().getMemoryBuffer(bufferID)->getBuffer();
  Encoding encoding = checkEncoding(text, diags);
  hadError = encoding != Encoding::Text;
  hasBadBytes = encoding == Encoding::Damaged;
  if (encoding == Encoding::NotText)
    text = text.take_back(0);
  text.consume_front("\xEF\xBB\xBF");
  pos = reportedUntil = text.begin();
  end = text.end();
}

ReadResult Reader::Impl::read() {
  reset();
  const char *start = nullptr;
  while (!finished) {
    if (!skipBlanks() || atEnd())
      return finishAtEnd();
    if (!start)
      start = pos;
    step();
  }
  // Nobody can tell what a form with bad bytes in it was meant to be.
  if (damaged || (hasBadBytes && !isText(textFrom(start))))
    return {ReadStatus::Error};
  return {ReadStatus::Form, result};
}

void Reader::Impl::step() {
  const char *start = pos;
  switch (*pos) {
  case '(':
    ++pos;
    return openList(Frame::List, start);
  case ')':
    return closeList();
  case '\'':
    ++pos;
    return pushWrapper(start, quoteSymbol);
  case '`':
    ++pos;
    return pushWrapper(start, quasiquoteSymbol);
  case ',':
    return readComma(start);
  case '"':
    return readString();
  case '#':
    return readDispatch();
  default:
    return readAtom();
  }
}

void Reader::Impl::error(SMRange range, const Twine &message,
                         const Twine &hint) {
  if (suppressed)
    return;
  damaged = hadError = true;
  if (range.Start.getPointer() < reportedUntil)
    return;
  DiagnosticHandle handle = diags.error(range, message);
  if (!hint.isTriviallyEmpty())
    handle.hint(hint);
}

//===----------------------------------------------------------------------===//
// Blanks
//===----------------------------------------------------------------------===//

bool Reader::Impl::skipBlanks() {
  while (pos != end) {
    if (getCharClass(*pos) == CharClass::Whitespace) {
      ++pos;
    } else if (*pos == ';') {
      const void *newline = std::memchr(pos, '\n', end - pos);
      pos = newline ? static_cast<const char *>(newline) : end;
    } else if (*pos == '#' && end - pos > 1 && pos[1] == '|') {
      if (!skipBlockComment())
        return false;
    } else {
      break;
    }
  }
  return true;
}

bool Reader::Impl::skipBlockComment() {
  const char *start = pos;
  unsigned depth = 0;
  while (end - pos > 1) {
    StringRef pair(pos, 2);
    if (pair == "#|") {
      ++depth;
      pos += 2;
    } else if (pair == "|#") {
      pos += 2;
      if (--depth == 0)
        return true;
    } else {
      ++pos;
    }
  }
  reportOpenAtEnd(start, 2, "this `#|` comment is never closed");
  return false;
}

//===----------------------------------------------------------------------===//
// Tokens
//===----------------------------------------------------------------------===//

/// Reads up to `closing`, which is consumed, with backslash escapes resolved
/// and CRLF read as a newline. False if the text ends first.
bool Reader::Impl::readQuoted(char closing, SmallVectorImpl<char> &out) {
  while (pos != end) {
    char c = *pos++;
    if (c == closing)
      return true;
    if (c == '\\') {
      if (pos == end)
        return false;
      c = *pos++;
    }
    if (c == '\r' && pos != end && *pos == '\n')
      c = *pos++;
    out.push_back(c);
  }
  return false;
}

/// Reads a `\x` or `|...|` part of a token. False if the text ends inside.
bool Reader::Impl::readEscaped(Token &token) {
  const char *start = pos;
  token.escaped = true;
  if (*pos++ == '|') {
    if (readQuoted('|', token.text))
      return true;
    reportOpenAtEnd(start, 1, "this `|` is never closed");
    return false;
  }
  if (pos == end) {
    reportOpenAtEnd(start, 1, "nothing follows this `\\`");
    return false;
  }
  StringRef rest(pos, end - pos);
  takeCodePoint(rest);
  token.text.append(pos, rest.data());
  pos = rest.data();
  return true;
}

/// Reads a token, which may be empty. False if the text ends inside of an
/// escape, which is then reported.
bool Reader::Impl::readToken(Token &token) {
  token.start = pos;
  token.text.clear();
  token.colons.clear();
  token.escaped = token.damaged = token.hasNonASCII = false;
  while (true) {
    for (; pos != end && continuesToken(*pos); ++pos) {
      if (*pos == ':')
        token.colons.push_back(token.text.size());
      token.hasNonASCII |= !isASCII(*pos);
      token.text.push_back(toUpper(*pos));
    }
    if (pos == end)
      break;
    CharClass charClass = getCharClass(*pos);
    if (charClass == CharClass::Invalid) {
      ++pos;
      token.damaged = true;
      error(rangeFrom(pos - 1), "a control character, code 0x" +
                                    utohexstr(pos[-1], /*LowerCase=*/false,
                                              /*Width=*/2) +
                                    ", in the program text");
    } else if (charClass == CharClass::SingleEscape ||
               charClass == CharClass::MultipleEscape) {
      if (!readEscaped(token))
        return false;
    } else {
      break;
    }
  }
  if (token.hasNonASCII && !token.escaped)
    checkVisible(token);
  return true;
}

void Reader::Impl::checkVisible(Token &token) {
  StringRef rest = textFrom(token.start);
  while (!rest.empty()) {
    const char *start = rest.data();
    uint32_t codePoint = takeCodePoint(rest);
    if (!isInvisible(codePoint) || rest.data() - start == 1)
      continue;
    token.damaged = true;
    error(rangeOf(start, rest.data()),
          "an invisible character, U+" +
              utohexstr(codePoint, /*LowerCase=*/false, /*Width=*/4) +
              ", in a name",
          "remove it, or write an ordinary space");
  }
}

/// The symbol that a token names, or null after an error.
const Symbol *Reader::Impl::resolveSymbol(const Token &token) {
  StringRef text = token.text;
  StringRef source = textFrom(token.start);
  ArrayRef<size_t> colons = token.colons;
  if (colons.empty())
    return context.intern(text);

  size_t first = colons.front(), last = colons.back();
  StringRef name = text.substr(last + 1);
  if (name.empty() && !token.escaped) {
    error(rangeFrom(token.start),
          "no name follows the `:` of `" + source + "`");
    return nullptr;
  }
  if (colons.size() == 1 && first == 0)
    return context.internKeyword(name);
  if (first == 0 && last == 1 && colons.size() == 2) {
    error(rangeFrom(token.start),
          "no package stands before the `::` of `" + source + "`",
          "write `:` for a keyword");
    return nullptr;
  }
  if (colons.size() > 2 || last - first + 1 != colons.size()) {
    error(rangeFrom(token.start), "too many colons in `" + source + "`",
          "write `|a:b|` for a name that contains a colon");
    return nullptr;
  }
  return context.intern(name, text.take_front(first));
}

//===----------------------------------------------------------------------===//
// Atoms
//===----------------------------------------------------------------------===//

void Reader::Impl::readAtom() {
  if (!readToken(scratch))
    return;
  const char *start = scratch.start;
  if (scratch.damaged)
    return deliverNothing();
  if (!scratch.escaped) {
    TokenKind kind = classifyToken(scratch.text);
    if (kind == TokenKind::Dots)
      return readDot(start);
    if (kind != TokenKind::Symbol)
      return deliverNumber(kind, scratch.text, /*radix=*/10, start);
  }
  const Symbol *symbol = suppressed ? nullptr : resolveSymbol(scratch);
  if (!symbol)
    return deliverNothing();
  deliver(context.makeSymbol(symbol, rangeFrom(start)));
}

/// Delivers the number that `text` spells; `start` is where it begins in the
/// source, with its radix prefix.
void Reader::Impl::deliverNumber(TokenKind kind, StringRef text, unsigned radix,
                                 const char *start) {
  SMRange range = rangeFrom(start);
  if (kind == TokenKind::Float)
    return deliver(context.makeFloat(textFrom(start), range));
  if (kind == TokenKind::Integer) {
    int64_t value;
    StringRef digits = radix == 10 ? text.rtrim('.') : text;
    digits.consume_front("+");
    if (!digits.getAsInteger(radix, value))
      return deliver(context.makeInteger(value, range));
    return deliver(context.makeInteger(parseInteger(text, radix), range));
  }

  auto [numeratorText, denominatorText] = text.split('/');
  APSInt numerator = parseInteger(numeratorText, radix);
  APSInt denominator = parseInteger(denominatorText, radix);
  if (denominator.isZero()) {
    error(range, "the denominator of `" + textFrom(start) + "` is zero");
    return deliverNothing();
  }
  unsigned width = std::max(numerator.getBitWidth(), denominator.getBitWidth());
  numerator = numerator.extend(width);
  denominator = denominator.extend(width);
  if ((numerator % denominator).isZero())
    return deliver(context.makeInteger(numerator / denominator, range));
  deliver(context.makeRatio(textFrom(start), range));
}

/// Reads the string that begins here. False if it does not end.
bool Reader::Impl::scanString(SmallVectorImpl<char> &value) {
  const char *start = pos++;
  if (!readQuoted('"', value)) {
    reportOpenAtEnd(start, 1, "this string is never closed");
    return false;
  }
  if (!suspectString && textFrom(start).contains("\n("))
    suspectString = start;
  return true;
}

void Reader::Impl::readString() {
  const char *start = pos;
  SmallString<128> value;
  if (scanString(value))
    deliver(context.makeString(value, rangeFrom(start)));
}
