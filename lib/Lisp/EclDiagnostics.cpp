//===- EclDiagnostics.cpp - Lisp conditions as diagnostics ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reports how guarded calls have ended.
//
//===----------------------------------------------------------------------===//

#include "EclSession.h"

#include "llvm/ADT/StringExtras.h"

using namespace whistler;
using namespace whistler::ecl;
using llvm::SMRange;
using llvm::StringRef;
using llvm::Twine;

/// How long a condition's report function may take.
static constexpr unsigned reportMilliseconds = 1000;

namespace {
/// Asks for a condition's message and kind.
struct Rendering {
  cl_object condition;
  bool isReported;
  bool isExhaustion;
};
} // namespace

static bool hasType(cl_object object, cl_object type) {
  return cl_typep(2, object, type) != ECL_NIL;
}

static cl_object render(void *context) {
  auto *rendering = static_cast<Rendering *>(context);
  cl_object condition = rendering->condition;
  rendering->isReported = hasType(condition, implSymbol("REPORTED-ERROR"));
  rendering->isExhaustion =
      hasType(condition, ecl_make_symbol("STORAGE-EXHAUSTED", "EXT"));
  return callImpl("RENDER-CONDITION", condition);
}

static cl_object nameType(void *condition) {
  return callImpl("NAME-TYPE", static_cast<cl_object>(condition));
}

std::string ecl::removeAddresses(StringRef text) {
  std::string result;
  for (;;) {
    auto [before, after] = text.split(" 0x");
    result += before;
    if (after.data() == nullptr || before.size() == text.size())
      return result;
    StringRef rest = after.ltrim("0123456789abcdefABCDEF");
    if (!rest.starts_with(">"))
      result += text.substr(before.size(), 3);
    text = rest.starts_with(">") ? rest : after;
  }
}

/// The condition's message on one line; its type where the message cannot be
/// had.
static std::string getMessage(Rendering &rendering) {
  Outcome outcome = callGuarded(render, &rendering, reportMilliseconds);
  if (outcome.kind != Outcome::Value) {
    outcome = callGuarded(nameType, rendering.condition, reportMilliseconds);
    if (outcome.kind != Outcome::Value)
      return "a condition that cannot be printed";
    return "a condition of type " + getString(outcome.value) +
           ", which cannot be printed";
  }
  llvm::SmallVector<StringRef> words;
  std::string text = getString(outcome.value);
  StringRef(text).split(words, '\n', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (StringRef &word : words)
    word = word.trim();
  return removeAddresses(llvm::join(words, " "));
}

/// Where an error of a form without a place of its own is best seen.
static SMRange findRange(const Form *form) {
  for (unsigned i = 0; i != 100; ++i) {
    if (form->getRange().isValid())
      return form->getRange();
    auto *cons = llvm::dyn_cast<ConsForm>(form);
    if (!cons)
      break;
    if (cons->getCar()->getRange().isValid())
      return cons->getCar()->getRange();
    form = cons->getCdr();
  }
  return SMRange();
}

static std::string describeSeconds(unsigned seconds) {
  return llvm::utostr(seconds) + (seconds == 1 ? " second" : " seconds");
}

void Session::reportCondition(cl_object condition, SMRange range,
                              const Twine &what) {
  Rendering rendering = {condition, false, false};
  std::string message = getMessage(rendering);
  if (rendering.isReported)
    return;
  if (rendering.isExhaustion) {
    diags
        .error(range, what + "compile-time code used more than " +
                          Twine(options.heapMegabytes) + " MB of memory")
        .hint("allow more with `--eval-heap=MB`");
    return;
  }
  diags.error(range, (what.isTriviallyEmpty() ? "evaluation failed: " : what) +
                         message);
}

void Session::report(const Outcome &outcome, const Form *form,
                     const Twine &what) {
  const Form *place = converter.getPlace() ? converter.getPlace() : form;
  SMRange range = findRange(place);
  switch (outcome.kind) {
  case Outcome::Value:
    return;
  case Outcome::Condition:
    return reportCondition(outcome.value, range, what);
  case Outcome::TimedOut:
    diags
        .error(range, what + "evaluation took longer than " +
                          describeSeconds(options.timeoutSeconds))
        .hint("allow more with `--eval-timeout=SECONDS`");
    return;
  case Outcome::Faulted:
    diags
        .error(range, what + "the Common Lisp system failed here with an "
                             "invalid memory access")
        .hint("look for a special form that is malformed, such as `(let)`");
    return;
  case Outcome::Escaped:
    diags.error(range, what + "evaluation did not return: its recursion is too "
                              "deep, or it has ended its thread");
    return;
  }
}

void Session::reportUnusable(const Form *form, const Twine &what) {
  diags.error(findRange(form),
              what + " is circular, nests too deep or is too large");
}

void Session::reportWarnings(SMRange range, const Twine &what) {
  cl_object warnings = ecl_symbol_value(warningsVariable);
  if (warnings == ECL_NIL)
    return;
  ecl_setq(ecl_process_env(), warningsVariable, ECL_NIL);
  llvm::SmallVector<std::string> messages;
  for (; ECL_CONSP(warnings); warnings = ECL_CONS_CDR(warnings)) {
    Rendering rendering = {ECL_CONS_CAR(warnings), false, false};
    messages.push_back(getMessage(rendering));
  }
  for (const std::string &message : llvm::reverse(messages))
    diags.warning(range, what + message);
}

StringRef Session::getLastWords(const Form *form) {
  // The outermost call's are in use.
  if (isInGuardedCall())
    return StringRef();
  lastWords.clear();
  llvm::raw_string_ostream os(lastWords);
  if (auto extent = diags.getExtent(findRange(form)))
    os << extent->filename << ':' << extent->startLine << ':'
       << extent->startColumn << ": ";
  os << "error: evaluation took longer than "
     << describeSeconds(options.timeoutSeconds)
     << " and does not let itself be ended\n";
  return lastWords;
}
