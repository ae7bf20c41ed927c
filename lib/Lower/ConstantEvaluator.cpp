//===- ConstantEvaluator.cpp - constant expressions -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Evaluates integer arithmetic as Common Lisp does, on integers wide enough for
// whatever ends up in 64 bits.
//
//===----------------------------------------------------------------------===//

#include "Environment.h"

#include "llvm/ADT/STLExtras.h"

using namespace whistler;
using llvm::APSInt;

/// The width of intermediate results in bits. What exceeds it cannot be meant
/// to fit 64 bits.
static constexpr unsigned workingWidth = 1024;

static APSInt makeInteger(int64_t value) {
  return APSInt(llvm::APInt(workingWidth, uint64_t(value), /*isSigned=*/true),
                /*isUnsigned=*/false);
}

namespace {
/// Evaluates operators on evaluated arguments. A result that is empty means
/// that the expression is not constant.
class Evaluator {
public:
  using Arguments = llvm::ArrayRef<APSInt>;

  Evaluator(const Form *form, DiagnosticEngine &diags)
      : form(form), diags(diags) {}

  std::optional<APSInt> add(Arguments args) {
    return fold(args, 0, [](auto &a, auto &b) { return a + b; });
  }
  std::optional<APSInt> multiply(Arguments args) {
    return fold(args, 1, [](auto &a, auto &b) { return a * b; });
  }
  std::optional<APSInt> logAnd(Arguments args) {
    return fold(args, -1, [](auto &a, auto &b) { return a & b; });
  }
  std::optional<APSInt> logOr(Arguments args) {
    return fold(args, 0, [](auto &a, auto &b) { return a | b; });
  }
  std::optional<APSInt> logXor(Arguments args) {
    return fold(args, 0, [](auto &a, auto &b) { return a ^ b; });
  }
  std::optional<APSInt> subtract(Arguments args) {
    if (args.size() == 1)
      return -args[0];
    return fold(args.drop_front(), args[0],
                [](auto &a, auto &b) { return a - b; });
  }
  std::optional<APSInt> logNot(Arguments args) { return ~args[0]; }
  std::optional<APSInt> increment(Arguments args) {
    return args[0] + makeInteger(1);
  }
  std::optional<APSInt> decrement(Arguments args) {
    return args[0] - makeInteger(1);
  }
  std::optional<APSInt> minimum(Arguments args) {
    return *llvm::min_element(args);
  }
  std::optional<APSInt> maximum(Arguments args) {
    return *llvm::max_element(args);
  }
  /// Exact division; an inexact one is a ratio in Common Lisp.
  std::optional<APSInt> divide(Arguments args) {
    if (args.size() != 2 || !checkDivisor(args[1]) ||
        !(args[0] % args[1]).isZero())
      return std::nullopt;
    return args[0] / args[1];
  }
  /// Remainder with the divisor's sign.
  std::optional<APSInt> modulo(Arguments args) {
    if (!checkDivisor(args[1]))
      return std::nullopt;
    APSInt rest = args[0] % args[1];
    bool needsSign =
        !rest.isZero() && rest.isNegative() != args[1].isNegative();
    return needsSign ? rest + args[1] : rest;
  }
  std::optional<APSInt> shift(Arguments args) {
    std::optional<int64_t> count = args[1].tryExtValue();
    if (!count || *count > 512 || *count < -int64_t(workingWidth))
      return std::nullopt;
    return *count >= 0 ? APSInt(args[0].shl(unsigned(*count)), false)
                       : APSInt(args[0].ashr(unsigned(-*count)), false);
  }
  std::optional<APSInt> shiftRight(Arguments args) {
    return shift({args[0], -args[1]});
  }

private:
  template <typename Function>
  std::optional<APSInt> fold(Arguments args, APSInt start, Function function) {
    for (const APSInt &arg : args)
      start = APSInt(function(start, arg), /*isUnsigned=*/false);
    return start;
  }
  template <typename Function>
  std::optional<APSInt> fold(Arguments args, int64_t start, Function function) {
    return fold(args, makeInteger(start), function);
  }
  bool checkDivisor(const APSInt &divisor) {
    if (!divisor.isZero())
      return true;
    diags.error(listElement(form, 2)->getRange(), "division by zero");
    return false;
  }

  const Form *form;
  DiagnosticEngine &diags;
};

struct ConstantOperator {
  llvm::StringRef name;
  unsigned minArgs;
  /// No upper limit where this is 0.
  unsigned maxArgs;
  std::optional<APSInt> (Evaluator::*evaluate)(Evaluator::Arguments);
};
} // namespace

static constexpr ConstantOperator operators[] = {
    {"+", 0, 0, &Evaluator::add},         {"*", 0, 0, &Evaluator::multiply},
    {"-", 1, 0, &Evaluator::subtract},    {"/", 2, 2, &Evaluator::divide},
    {"MOD", 2, 2, &Evaluator::modulo},    {"1+", 1, 1, &Evaluator::increment},
    {"1-", 1, 1, &Evaluator::decrement},  {"MIN", 1, 0, &Evaluator::minimum},
    {"MAX", 1, 0, &Evaluator::maximum},   {"LOGAND", 0, 0, &Evaluator::logAnd},
    {"LOGIOR", 0, 0, &Evaluator::logOr},  {"LOGXOR", 0, 0, &Evaluator::logXor},
    {"LOGNOT", 1, 1, &Evaluator::logNot}, {"ASH", 2, 2, &Evaluator::shift},
    {"<<", 2, 2, &Evaluator::shift},      {">>", 2, 2, &Evaluator::shiftRight},
};

/// The operator of that name, or null.
static const ConstantOperator *lookupOperator(const Symbol *name) {
  if (!name->isLanguageName())
    return nullptr;
  const auto *entry = llvm::find_if(operators, [&](const auto &entry) {
    return entry.name == name->getName();
  });
  return entry == std::end(operators) ? nullptr : entry;
}

/// `(sizeof type)`. With the type quoted it is the Common Lisp function.
static bool isSizeof(const Form *form) {
  const Symbol *op = listOperator(form);
  if (!op || !op->is("SIZEOF") || properListLength(form) != 2)
    return false;
  const Symbol *argument = listOperator(listElement(form, 1));
  return !argument || !argument->is("QUOTE");
}

static std::optional<APSInt> evaluateCall(const Form *form, Environment &env) {
  if (isSizeof(form)) {
    std::optional<mlir::Type> type = parseSizedType(listElement(form, 1), env);
    std::optional<uint64_t> size =
        type ? env.getSize(*type) : std::optional<uint64_t>();
    return size ? std::optional(makeInteger(int64_t(*size))) : std::nullopt;
  }
  const Symbol *op = listOperator(form);
  const ConstantOperator *entry = op ? lookupOperator(op) : nullptr;
  if (!entry || !properListLength(form))
    return std::nullopt;
  llvm::SmallVector<APSInt> args;
  for (const Form *arg : llvm::drop_begin(listElements(form))) {
    std::optional<APSInt> value = evaluateConstant(arg, env);
    if (!value)
      return std::nullopt;
    args.push_back(*value);
  }
  if (args.size() < entry->minArgs ||
      (entry->maxArgs != 0 && args.size() > entry->maxArgs))
    return std::nullopt;
  Evaluator evaluator(form, env.diags);
  return (evaluator.*entry->evaluate)(args);
}

std::optional<APSInt> whistler::evaluateConstant(const Form *form,
                                                 Environment &env) {
  if (auto *integer = llvm::dyn_cast<IntegerForm>(form)) {
    APSInt value = integer->getValue();
    if (value.getBitWidth() > workingWidth / 2)
      return std::nullopt;
    return APSInt(value.isSigned() ? value.sext(workingWidth)
                                   : value.zext(workingWidth),
                  /*isUnsigned=*/false);
  }
  if (const Symbol *symbol = form->getSymbol()) {
    std::optional<uint64_t> value = env.lookupConstant(symbol);
    return value ? std::optional(makeInteger(int64_t(*value))) : std::nullopt;
  }
  if (env.isMacroCall(form)) {
    MacroExpansion expansion(form, env);
    return expansion.getForm() ? evaluateConstant(expansion.getForm(), env)
                               : std::nullopt;
  }
  return evaluateCall(form, env);
}

bool whistler::isConstantOperator(const Form *form) {
  const Symbol *op = listOperator(form);
  return op && lookupOperator(op) && properListLength(form);
}

const Form *whistler::findNonConstant(const Form *form,
                                      const Environment &env) {
  if (llvm::isa<IntegerForm>(form))
    return nullptr;
  if (const Symbol *symbol = form->getSymbol())
    return env.lookupConstant(symbol) ? nullptr : form;
  if (isSizeof(form))
    return nullptr;
  if (!isConstantOperator(form))
    return form;
  for (const Form *arg : llvm::drop_begin(listElements(form)))
    if (const Form *culprit = findNonConstant(arg, env))
      return culprit;
  return nullptr;
}

void whistler::reportNonConstant(const Form *form, Environment &env,
                                 const llvm::Twine &what) {
  const Form *culprit = findNonConstant(form, env);
  // An operator may still yield no integer, or have too many arguments.
  if (!culprit)
    culprit = form;
  const Symbol *symbol = culprit->getSymbol();
  if (symbol && (env.isBroken(symbol) || env.hasUnreadForms))
    return;
  if (symbol)
    env.diags.error(culprit->getRange(),
                    what + " has to be a constant, and `" + getText(culprit) +
                        "` is none" +
                        getSuggestion(symbol, env.getConstantNames()));
  else if (llvm::isa<UnevaluatedForm>(culprit))
    env.diags.error(culprit->getRange(), "compile-time evaluation (`" +
                                             getText(culprit) +
                                             "`) is not available yet");
  else
    env.diags.error(culprit->getRange(),
                    what + " has to be a constant: an integer, a "
                           "`defconstant`, or arithmetic on them");
}

std::optional<uint64_t> whistler::requireConstant(const Form *form,
                                                  Environment &env,
                                                  const llvm::Twine &what) {
  unsigned errorsBefore = env.diags.getNumErrors();
  std::optional<APSInt> value = evaluateConstant(form, env);
  if (!value) {
    if (env.diags.getNumErrors() == errorsBefore)
      reportNonConstant(form, env, what);
    return std::nullopt;
  }
  if (!value->isSignedIntN(64) && !value->isIntN(64)) {
    env.diags.error(form->getRange(), what + " does not fit 64 bits");
    return std::nullopt;
  }
  return value->trunc(64).getZExtValue();
}

std::optional<int64_t> whistler::requireConstantIn(const Form *form,
                                                   Environment &env,
                                                   const llvm::Twine &what,
                                                   int64_t min, int64_t max) {
  std::optional<uint64_t> value = requireConstant(form, env, what);
  if (!value)
    return std::nullopt;
  auto number = int64_t(*value);
  if (number >= min && number <= max)
    return number;
  env.diags.error(form->getRange(),
                  what + " has to be between " + llvm::Twine(min) + " and " +
                      llvm::Twine(max) + ", and this is " +
                      (llvm::isa<IntegerForm>(form) ? getText(form)
                                                    : std::to_string(number)));
  return std::nullopt;
}
