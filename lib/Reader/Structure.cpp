//===- Structure.cpp - what is open, and how it ends ------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Lists, prefixes and their nesting, and what is wrong with it.
//
//===----------------------------------------------------------------------===//

#include "ReaderImpl.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"

using namespace llvm;
using namespace whistler;

/// After an unclosed form reading begins anew at a declaration inside of it;
/// a text that needs this more often is not worth the time.
static constexpr unsigned maxRestarts = 20;

void Reader::Impl::reset() {
  frames.clear();
  elements.clear();
  result = nullptr;
  finished = damaged = endReported = incomplete = suppressed = false;
  backquotes = 0;
  innerColumnOne = innerDeclaration = nullptr;
}

//===----------------------------------------------------------------------===//
// Opening
//===----------------------------------------------------------------------===//

/// Opens a frame whose prefix ends here. False where forms nest too deep.
bool Reader::Impl::push(Frame::Kind kind, const char *start, char dispatch) {
  if (frames.size() >= options.maxDepth) {
    reportTooDeep(start);
    return false;
  }
  Frame &frame = frames.emplace_back();
  frame.kind = kind;
  frame.dispatch = dispatch;
  frame.outerSuppressed = suppressed;
  frame.outerBackquotes = backquotes;
  frame.start = start;
  frame.prefixEnd = pos;
  frame.firstElement = elements.size();
  // Feature expressions count also where the text around them is skipped.
  if (kind == Frame::FeatureTest)
    suppressed = false;
  return true;
}

void Reader::Impl::popFrame() {
  suppressed = frames.back().outerSuppressed;
  backquotes = frames.back().outerBackquotes;
  elements.truncate(frames.back().firstElement);
  frames.pop_back();
}

void Reader::Impl::pushWrapper(const char *start, const Symbol *wrapper) {
  if (!push(Frame::Wrap, start))
    return;
  frames.back().wrapper = wrapper;
  if (wrapper == quasiquoteSymbol)
    ++backquotes;
}

void Reader::Impl::readComma(const char *start) {
  ++pos;
  const Symbol *wrapper = unquoteSymbol;
  if (!atEnd() && (*pos == '@' || *pos == '.'))
    wrapper = *pos++ == '@' ? spliceSymbol : destructiveSpliceSymbol;
  bool isInside = backquotes > 0;
  if (!isInside)
    error(rangeFrom(start), "`" + textFrom(start) + "` outside of a backquote");
  pushWrapper(start, wrapper);
  if (isInside)
    --backquotes;
}

void Reader::Impl::openList(Frame::Kind kind, const char *start) {
  bool isInside = any_of(
      reverse(frames), [](const Frame &frame) { return frame.isBracketed(); });
  if (isInside && start[-1] == '\n') {
    if (!innerColumnOne)
      innerColumnOne = start;
    if (!innerDeclaration &&
        StringRef(start, end - start).starts_with_insensitive("(def"))
      innerDeclaration = start;
  }
  if (!push(kind, start)) {
    skipList();
    deliverNothing();
  }
}

void Reader::Impl::reportTooDeep(const char *start) {
  if (endReported)
    return;
  suppressed = false;
  error(rangeFrom(start),
        "forms nest more than " + Twine(options.maxDepth) + " deep");
  // With this the brackets cannot be trusted to balance.
  endReported = true;
}

/// Skips what is left of a list without remembering how it nests.
void Reader::Impl::skipList() {
  bool outerSuppressed = suppressed;
  auto restore = llvm::scope_exit([&] { suppressed = outerSuppressed; });
  suppressed = true;
  SmallString<128> ignored;
  for (size_t depth = 1; depth > 0 && skipBlanks() && !atEnd();) {
    if (*pos == '"') {
      ignored.clear();
      scanString(ignored);
    } else if (StringRef(pos, end - pos).starts_with("#\\")) {
      pos = std::min(pos + 3, end);
    } else if (continuesToken(*pos) ||
               getCharClass(*pos) != CharClass::Terminating) {
      readToken(scratch);
    } else {
      depth += *pos == '(';
      depth -= *pos == ')';
      ++pos;
    }
  }
}

//===----------------------------------------------------------------------===//
// Delivering
//===----------------------------------------------------------------------===//

/// Hands a complete form to the innermost frame. A frame that this completes
/// hands its own form on; without a frame it is the top-level form.
void Reader::Impl::deliver(const Form *form) {
  while (!frames.empty()) {
    Frame &frame = frames.back();
    switch (frame.kind) {
    case Frame::List:
      return addElement(frame, form);
    case Frame::Vector:
      elements.push_back(form);
      return;
    case Frame::Wrap:
      form = context.makeList(
          {context.makeSymbol(frame.wrapper,
                              rangeOf(frame.start, frame.prefixEnd)),
           form},
          rangeFrom(frame.start));
      break;
    case Frame::Unevaluated:
      form = context.makeUnevaluated(frame.dispatch, textFrom(frame.start),
                                     form, rangeFrom(frame.start));
      break;
    case Frame::FeatureTest:
      return testFeature(frame, form);
    case Frame::FeatureKeep:
      break;
    case Frame::FeatureSkip:
      return popFrame();
    }
    popFrame();
  }
  result = form;
  finished = true;
  afterExtraBracket = false;
  if (!damaged)
    lastForm = form;
}

void Reader::Impl::testFeature(Frame &frame, const Form *expression) {
  bool holds = evaluateFeature(
      expression, options.features, [&](const Form *form, StringRef message) {
        error(
            form->getRange(), message,
            "write a feature's name, or (and ...), (or ...), (not x) of them");
      });
  bool keep = holds == (frame.dispatch == '+');
  frame.kind = keep ? Frame::FeatureKeep : Frame::FeatureSkip;
  frame.prefixEnd = pos;
  suppressed = !keep || frame.outerSuppressed;
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

void Reader::Impl::addElement(Frame &list, const Form *form) {
  if (list.dot == Frame::NoDot) {
    elements.push_back(form);
    return;
  }
  if (list.dot == Frame::AfterTail && form->getRange().isValid())
    error(form->getRange(), "more than one form after the `.` of a list");
  if (list.dot == Frame::AfterDot)
    list.tail = form;
  list.dot = Frame::AfterTail;
}

/// Takes a token of nothing but dots.
void Reader::Impl::readDot(const char *start) {
  // Skipped text is not checked, but a dot must not count as a form.
  if (suppressed)
    return;
  SMRange range = rangeFrom(start);
  if (pos - start > 1) {
    error(range, "`" + textFrom(start) + "` is no symbol",
          "write `|" + textFrom(start) + "|` for a name that is all dots");
    return deliverNothing();
  }
  if (frames.empty() || frames.back().kind != Frame::List) {
    error(range, "a `.` where no list can have its tail");
    if (frames.empty())
      deliverNothing();
    return;
  }
  Frame &list = frames.back();
  if (list.dot != Frame::NoDot)
    return error(range, "a second `.` in one list");
  if (elements.size() == list.firstElement)
    return error(range, "nothing stands before the `.` of this list");
  list.dot = Frame::AfterDot;
}

/// Ends prefixes that still wait for a form where a bracket closes.
void Reader::Impl::dropPrefixes() {
  bool reported = false;
  while (!frames.empty() && !frames.back().isBracketed()) {
    StringRef prefix = frames.back().getPrefix();
    popFrame();
    if (!reported)
      error(rangeOf(prefix.begin(), prefix.end()),
            "no form follows `" + prefix + "` before the `)`");
    reported = true;
  }
}

void Reader::Impl::closeList() {
  dropPrefixes();
  const char *bracket = pos++;
  if (frames.empty()) {
    finished = damaged = hadError = true;
    if (!afterExtraBracket) {
      DiagnosticHandle handle =
          diags.error(rangeFrom(bracket), "this `)` closes nothing");
      if (lastForm)
        handle.note(SMRange(lastForm->getLoc(), lastForm->getLoc()),
                    "the form before it begins here and is complete");
    }
    afterExtraBracket = true;
    return;
  }

  const Frame &frame = frames.back();
  if (frame.dot == Frame::AfterDot)
    error(rangeFrom(bracket), "no form follows the `.` of this list");
  auto parts = ArrayRef<const Form *>(elements).drop_front(frame.firstElement);
  SMRange range = rangeFrom(frame.start);
  const Form *form =
      frame.kind == Frame::Vector
          ? static_cast<const Form *>(context.makeVector(parts, range))
          : context.makeList(parts, range, frame.tail);
  popFrame();
  deliver(form);
}

//===----------------------------------------------------------------------===//
// The end of the text
//===----------------------------------------------------------------------===//

/// Reports a token or comment that the end of the text cuts off.
void Reader::Impl::reportOpenAtEnd(const char *start, size_t length,
                                   const Twine &message) {
  pos = end;
  if (options.interactive && !damaged) {
    incomplete = true;
    return;
  }
  // What is open around it is open because of it.
  bool isConsequence = endReported;
  damaged = hadError = endReported = true;
  if (isConsequence)
    return;
  DiagnosticHandle handle =
      diags.error(rangeOf(start, start + length), message);
  if (suspectString && *start == '"')
    handle.note(rangeOf(suspectString, suspectString + 1),
                "this string holds a line that begins with `(`: perhaps it "
                "should end before that");
  handle.note(rangeOf(end, end), "the text ends here");
}

void Reader::Impl::reportUnclosed(const Frame &outermost) {
  const char *suspect = innerDeclaration ? innerDeclaration : innerColumnOne;
  // What opens behind the suspected place is another form's matter.
  size_t numOpen = count_if(frames, [&](const Frame &frame) {
    return frame.isBracketed() && (!suspect || frame.start < suspect);
  });
  StringRef prefix = outermost.getPrefix();
  std::string message = ("this `" + prefix + "` is never closed").str();
  if (numOpen > 1)
    message += (", and " + Twine(numOpen - 1) + " more inside of it").str();
  DiagnosticHandle handle =
      diags.error(rangeOf(prefix.begin(), prefix.end()), message);
  if (suspect)
    handle.note(rangeOf(suspect, suspect + 1),
                "this form begins in column 1 inside of it: perhaps a `)` is "
                "missing before here");
  handle.note(rangeOf(end, end), "the text ends here");
}

/// Ends a top-level form that the end of the text cuts off.
ReadStatus Reader::Impl::closeAtEnd() {
  if (endReported)
    return ReadStatus::Error;
  if (options.interactive)
    return damaged ? ReadStatus::Error : ReadStatus::Incomplete;

  hadError = true;
  const auto *outermost =
      find_if(frames, [](const Frame &frame) { return frame.isBracketed(); });
  if (outermost == frames.end()) {
    StringRef prefix = frames.back().getPrefix();
    diags
        .error(rangeOf(prefix.begin(), prefix.end()),
               "no form follows `" + prefix + "`")
        .note(rangeOf(end, end), "the text ends here");
    return ReadStatus::Error;
  }
  reportUnclosed(*outermost);
  if (innerDeclaration && numRestarts++ < maxRestarts) {
    pos = innerDeclaration;
    reportedUntil = end;
  }
  return ReadStatus::Error;
}

ReadResult Reader::Impl::finishAtEnd() {
  if (incomplete)
    return {ReadStatus::Incomplete};
  if (!frames.empty())
    return {closeAtEnd()};
  return {damaged ? ReadStatus::Error : ReadStatus::EndOfInput};
}
