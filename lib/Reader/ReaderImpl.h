//===- ReaderImpl.h - the state of a reader ---------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// What the parts of the reader share.
//
// The reader keeps an explicit stack of what is open instead of recursing, so
// that nesting costs no C++ stack. Each step consumes one token: an opening one
// pushes a frame, an atom is delivered to the innermost frame, which may
// complete and deliver its own form further out.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_READER_READERIMPL_H
#define WHISTLER_LIB_READER_READERIMPL_H

#include "Token.h"
#include "Whistler/Reader/Reader.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallString.h"

namespace whistler {

/// Decides a feature expression. Reports what is none, and takes it for false.
bool evaluateFeature(
    const Form *expression, const llvm::StringSet<> &features,
    llvm::function_ref<void(const Form *, llvm::StringRef)> reportMalformed);

class Reader::Impl {
public:
  Impl(unsigned bufferID, FormContext &context, DiagnosticEngine &diags,
       ReaderOptions options);

  /// Does what Reader::read says.
  ReadResult read();

  ReaderOptions options;
  bool hadError = false;

  llvm::SMLoc getLoc() const { return llvm::SMLoc::getFromPointer(pos); }

private:
  /// Something that has begun and waits for forms.
  struct Frame {
    enum Kind : uint8_t {
      /// `(`: waits for elements and `)`.
      List,
      /// `#(`, likewise.
      Vector,
      /// A prefix such as `'`: waits for one form, makes (QUOTE form) of it.
      Wrap,
      /// A prefix such as `#.`: waits for one form, keeps it with its text.
      Unevaluated,
      /// `#+` or `#-`: waits for the feature expression.
      FeatureTest,
      /// After a feature expression that holds: hands its form on.
      FeatureKeep,
      /// After one that does not hold: drops its form.
      FeatureSkip,
    };
    enum Dot : uint8_t { NoDot, AfterDot, AfterTail };

    Kind kind;
    Dot dot = NoDot;
    /// The dispatch character of Unevaluated and FeatureTest.
    char dispatch = 0;
    /// What the reader's fields of these names return to when the frame ends.
    bool outerSuppressed = false;
    unsigned outerBackquotes = 0;
    /// Where the opening characters begin and end.
    const char *start = nullptr;
    const char *prefixEnd = nullptr;
    /// The frame's first element in `elements`.
    size_t firstElement = 0;
    /// The operator that Wrap puts before its form.
    const Symbol *wrapper = nullptr;
    /// The form after a list's dot.
    const Form *tail = nullptr;

    bool isBracketed() const { return kind == List || kind == Vector; }
    llvm::StringRef getPrefix() const {
      return llvm::StringRef(start, prefixEnd - start);
    }
  };

  /// A token with its escapes resolved and its letters folded.
  struct Token {
    const char *start = nullptr;
    llvm::SmallString<64> text;
    /// The offsets in `text` of the colons that were not escaped.
    llvm::SmallVector<size_t, 2> colons;
    /// True if any character was escaped: then it is no number.
    bool escaped = false;
    /// True if the token was reported, and stands for nothing.
    bool damaged = false;
    bool hasNonASCII = false;
  };

  // Reader.cpp: characters, tokens and atoms.
  llvm::SMRange rangeFrom(const char *start) const {
    return rangeOf(start, pos);
  }
  static llvm::SMRange rangeOf(const char *start, const char *stop) {
    return llvm::SMRange(llvm::SMLoc::getFromPointer(start),
                         llvm::SMLoc::getFromPointer(stop));
  }
  llvm::StringRef textFrom(const char *start) const {
    return llvm::StringRef(start, pos - start);
  }
  bool atEnd() const { return pos == end; }
  bool skipBlanks();
  bool skipBlockComment();
  void step();
  bool readToken(Token &token);
  bool readEscaped(Token &token);
  bool readQuoted(char closing, llvm::SmallVectorImpl<char> &out);
  void checkVisible(Token &token);
  void readAtom();
  void readString();
  bool scanString(llvm::SmallVectorImpl<char> &value);
  void deliverNumber(TokenKind kind, llvm::StringRef text, unsigned radix,
                     const char *start);
  const Symbol *resolveSymbol(const Token &token);

  // Dispatch.cpp: what follows a `#`.
  void readDispatch();
  void readCharacter(const char *start);
  void readUninterned(const char *start);
  void readRadix(const char *start, unsigned radix);
  void readBitVector(const char *start);
  void deliverText(char dispatch, const char *start);
  void readUnknownDispatch(const char *start);

  // Structure.cpp: what is open, and how it ends.
  bool push(Frame::Kind kind, const char *start, char dispatch = 0);
  void pushWrapper(const char *start, const Symbol *wrapper);
  void openList(Frame::Kind kind, const char *start);
  void closeList();
  void readDot(const char *start);
  void readComma(const char *start);
  void deliver(const Form *form);
  void addElement(Frame &list, const Form *form);
  void testFeature(Frame &frame, const Form *expression);
  /// Delivers a stand-in for what could not be read.
  void deliverNothing() { deliver(context.getNil()); }
  void popFrame();
  void dropPrefixes();
  void reportTooDeep(const char *start);
  void skipList();
  ReadResult finishAtEnd();
  ReadStatus closeAtEnd();
  void reportUnclosed(const Frame &outermost);
  void reportOpenAtEnd(const char *start, size_t length,
                       const llvm::Twine &message);
  void reset();

  /// Reports an error in the form being read, once, unless text is skipped.
  void error(llvm::SMRange range, const llvm::Twine &message,
             const llvm::Twine &hint = "");

  FormContext &context;
  DiagnosticEngine &diags;

  const char *pos;
  const char *end;

  /// Interned once, as each use of the prefix needs it.
  const Symbol *quoteSymbol;
  const Symbol *functionSymbol;
  const Symbol *quasiquoteSymbol;
  const Symbol *unquoteSymbol;
  const Symbol *spliceSymbol;
  const Symbol *destructiveSpliceSymbol;

  llvm::SmallVector<Frame, 32> frames;
  llvm::SmallVector<const Form *, 128> elements;
  Token scratch;

  /// Set by deliver when a top-level form is complete.
  const Form *result = nullptr;
  bool finished = false;

  /// True while the form being read has an error that was reported.
  bool damaged = false;
  /// True once what is open at the end of the text needs no report any more.
  bool endReported = false;
  /// True once the text ended inside of a token of an interactive reader.
  bool incomplete = false;
  /// True inside of a form that `#+` or `#-` skips.
  bool suppressed = false;
  /// Backquotes around this place less commas.
  unsigned backquotes = 0;

  /// Token errors before this place were reported when it was first read.
  const char *reportedUntil;
  unsigned numRestarts = 0;
  /// In the form being read: a bracket in column 1 inside of open ones, and
  /// one of these that looks like a declaration.
  const char *innerColumnOne = nullptr;
  const char *innerDeclaration = nullptr;
  /// The first string in the text that holds what looks like a form.
  const char *suspectString = nullptr;
  /// The last complete top-level form, for the report of an extra bracket.
  const Form *lastForm = nullptr;
  /// True after an extra bracket: a run of them is one error.
  bool afterExtraBracket = false;
  /// The text has bytes that are no text, which were reported.
  bool hasBadBytes = false;
};

} // namespace whistler

#endif // WHISTLER_LIB_READER_READERIMPL_H
