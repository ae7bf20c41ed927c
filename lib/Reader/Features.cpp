//===- Features.cpp - feature expressions -----------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Decides what `#+` and `#-` ask (CLHS 24.1.2.1).
//
//===----------------------------------------------------------------------===//

#include "ReaderImpl.h"

using namespace llvm;
using namespace whistler;

ReaderOptions::ReaderOptions() {
  for (StringRef feature :
       {"WHISTLER", "COMMON-LISP", "ANSI-CL", "UNIX", "LINUX", "LITTLE-ENDIAN"})
    features.insert(feature);
}

namespace {
/// The operators of feature expressions, each folding its arguments' values.
struct FeatureOperator {
  StringLiteral name;
  /// The value without arguments, and the one that any argument can overturn.
  bool initial;
};
} // namespace

static constexpr FeatureOperator featureOperators[] = {
    {"AND", true},
    {"OR", false},
};

bool whistler::evaluateFeature(
    const Form *expression, const StringSet<> &features,
    function_ref<void(const Form *, StringRef)> reportMalformed) {
  // Names without prefix are read as keywords here.
  if (const Symbol *symbol = expression->getSymbol())
    return (symbol->isKeyword() || symbol->getPackage().empty()) &&
           features.contains(symbol->getName());

  const Symbol *op = listOperator(expression);
  std::optional<size_t> length = properListLength(expression);
  if (!op || !length) {
    reportMalformed(expression, "this is no feature expression");
    return false;
  }
  auto evaluate = [&](const Form *argument) {
    return evaluateFeature(argument, features, reportMalformed);
  };
  const Form *arguments = cast<ConsForm>(expression)->getCdr();
  if (op->getName() == "NOT" && *length == 2)
    return !evaluate(listElement(arguments, 0));
  for (const FeatureOperator &known : featureOperators) {
    if (op->getName() != known.name)
      continue;
    for (const Form *argument : listElements(arguments))
      if (evaluate(argument) != known.initial)
        return !known.initial;
    return known.initial;
  }
  reportMalformed(expression, op->getName() == "NOT"
                                  ? "`not` takes one feature"
                                  : "unknown operator in a feature expression");
  return false;
}
