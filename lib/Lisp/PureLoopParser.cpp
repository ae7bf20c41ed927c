//===- PureLoopParser.cpp - the clauses of a loop ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reads a `loop` form. Clauses are known by their names, in any package.
//
//===----------------------------------------------------------------------===//

#include "PureLoop.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace llvm;
using namespace whistler;
using namespace whistler::pure;

namespace {

class LoopParser {
public:
  LoopParser(const ConsForm *form, LoopPlan &plan)
      : rest(form->getCdr()), plan(plan) {}

  bool parse();

private:
  using ActionKind = LoopAction::Kind;
  using BindingKind = LoopBinding::Kind;

  bool parseClause();
  bool parseFor();
  bool parseWith();
  bool parseRepeat();
  bool parseSource(LoopBinding &binding);
  bool parseRange(LoopBinding &binding);
  bool parseRangePart(StringRef word, LoopBinding &binding);
  bool parseAction(std::vector<LoopAction> &actions);
  bool parseConditional(LoopAction &action);
  bool parseBranch(std::vector<LoopAction> &actions);
  bool checkAccumulation(const LoopAction &action);
  bool parseStatements(SmallVectorImpl<const Form *> &statements);
  bool parseForm(const Form *&form);
  bool addPart(LoopBinding &binding, const Form *LoopBinding::*part);
  bool finishBinding(LoopBinding &binding);

  /// The name of the next element if it is a symbol, else "".
  StringRef peek() const;
  bool take(StringRef word);
  bool atEnd() const { return !isa<ConsForm>(rest); }

  const Form *rest;
  LoopPlan &plan;
  /// All variables of clauses, none of which may come twice.
  SmallVector<const Symbol *, 8> variables;
  /// Variables whose value is not set yet when later clauses are initialised.
  SmallVector<const Symbol *, 8> iterated;
  /// How each variable is accumulated into; null is the loop's own value.
  SmallVector<std::pair<const Symbol *, ActionKind>, 4> accumulations;
};

} // namespace

StringRef LoopParser::peek() const {
  const Symbol *symbol = listOperator(rest);
  return symbol && !symbol->isUninterned() ? symbol->getName() : StringRef();
}

bool LoopParser::take(StringRef word) {
  if (peek() != word)
    return false;
  rest = cast<ConsForm>(rest)->getCdr();
  return true;
}

bool LoopParser::parseForm(const Form *&form) {
  const auto *cons = dyn_cast<ConsForm>(rest);
  if (!cons)
    return false;
  form = cons->getCar();
  rest = cons->getCdr();
  return true;
}

/// One or more compound forms.
bool LoopParser::parseStatements(SmallVectorImpl<const Form *> &statements) {
  size_t before = statements.size();
  const Form *form;
  while (!atEnd() && isa<ConsForm>(cast<ConsForm>(rest)->getCar())) {
    parseForm(form);
    statements.push_back(form);
  }
  return statements.size() > before;
}

//===----------------------------------------------------------------------===//
// Bindings
//===----------------------------------------------------------------------===//

static bool addNames(const Form *pattern,
                     SmallVectorImpl<const Symbol *> &names) {
  for (; const auto *cons = dyn_cast<ConsForm>(pattern);
       pattern = cons->getCdr())
    if (!addNames(cons->getCar(), names))
      return false;
  const Symbol *symbol = pattern->getSymbol();
  if (symbol && !pattern->isNil())
    names.push_back(symbol);
  return symbol;
}

/// Whether one of the symbols occurs anywhere in a form.
static bool mentions(const Form *form, ArrayRef<const Symbol *> names) {
  for (; const auto *cons = dyn_cast<ConsForm>(form); form = cons->getCdr())
    if (mentions(cons->getCar(), names))
      return true;
  const Symbol *symbol = form->getSymbol();
  return symbol && is_contained(names, symbol);
}

bool LoopParser::addPart(LoopBinding &binding, const Form *LoopBinding::*part) {
  if (binding.*part)
    return false;
  binding.order.push_back(part);
  return parseForm(binding.*part);
}

/// Where the loop starts, all initial values are computed before the first
/// variable is set, so they may not refer to those.
bool LoopParser::finishBinding(LoopBinding &binding) {
  bool isLater = binding.kind == BindingKind::Equals;
  for (const Form *const LoopBinding::*part : binding.order)
    if (!isLater && mentions(binding.*part, iterated))
      return false;
  SmallVector<const Symbol *, 4> names;
  if (binding.pattern && !addNames(binding.pattern, names))
    return false;
  for (const Symbol *name : names) {
    if (is_contained(variables, name))
      return false;
    variables.push_back(name);
    if (binding.kind != BindingKind::With)
      iterated.push_back(name);
  }
  plan.bindings.push_back(std::move(binding));
  return true;
}

/// `word` and its form, as a part of for-as-arithmetic.
bool LoopParser::parseRangePart(StringRef word, LoopBinding &binding) {
  bool isStart = word == "FROM" || word == "UPFROM" || word == "DOWNFROM";
  bool isDown = word == "DOWNFROM" || word == "DOWNTO" || word == "ABOVE";
  bool isUp = word == "UPFROM" || word == "UPTO" || word == "BELOW";
  binding.isDownward |= isDown;
  binding.isExclusive |= word == "BELOW" || word == "ABOVE";
  // An upward word after a downward one contradicts it.
  if (isUp && binding.isDownward)
    return false;
  if (word == "BY")
    return addPart(binding, &LoopBinding::step);
  return addPart(binding, isStart ? &LoopBinding::init : &LoopBinding::limit);
}

bool LoopParser::parseRange(LoopBinding &binding) {
  static constexpr StringLiteral words[] = {"FROM",  "UPFROM", "DOWNFROM",
                                            "TO",    "UPTO",   "DOWNTO",
                                            "BELOW", "ABOVE",  "BY"};
  binding.kind = BindingKind::Range;
  bool isUpward = false;
  while (is_contained(words, peek())) {
    StringRef word = peek();
    take(word);
    isUpward |= word == "UPFROM" || word == "UPTO" || word == "BELOW";
    if (!parseRangePart(word, binding))
      return false;
  }
  if (!binding.pattern->getSymbol() || binding.order.empty())
    return false;
  return !binding.isDownward || (binding.init && !isUpward);
}

bool LoopParser::parseSource(LoopBinding &binding) {
  if (take("ACROSS")) {
    binding.kind = BindingKind::Across;
    return addPart(binding, &LoopBinding::init);
  }
  if (peek() == "IN" || peek() == "ON") {
    binding.kind = peek() == "IN" ? BindingKind::In : BindingKind::On;
    take(peek());
    return addPart(binding, &LoopBinding::init) &&
           (!take("BY") || addPart(binding, &LoopBinding::step));
  }
  if (take("=")) {
    binding.kind = BindingKind::Equals;
    return addPart(binding, &LoopBinding::init) &&
           (!take("THEN") || addPart(binding, &LoopBinding::step));
  }
  return parseRange(binding);
}

bool LoopParser::parseFor() {
  LoopBinding binding = {};
  return parseForm(binding.pattern) && !binding.pattern->isNil() &&
         parseSource(binding) && finishBinding(binding) && peek() != "AND";
}

bool LoopParser::parseWith() {
  LoopBinding binding = {};
  binding.kind = BindingKind::With;
  if (!parseForm(binding.pattern) || binding.pattern->isNil())
    return false;
  if (take("=") && !addPart(binding, &LoopBinding::init))
    return false;
  return finishBinding(binding) && peek() != "AND";
}

bool LoopParser::parseRepeat() {
  LoopBinding binding = {};
  binding.kind = BindingKind::Repeat;
  return addPart(binding, &LoopBinding::init) && finishBinding(binding);
}

//===----------------------------------------------------------------------===//
// Actions
//===----------------------------------------------------------------------===//

static std::optional<LoopAction::Kind> getActionKind(StringRef word) {
  using Kind = LoopAction::Kind;
  return StringSwitch<std::optional<Kind>>(word)
      .Cases({"DO", "DOING"}, Kind::Do)
      .Cases({"COLLECT", "COLLECTING"}, Kind::Collect)
      .Cases({"APPEND", "APPENDING"}, Kind::Append)
      .Cases({"NCONC", "NCONCING"}, Kind::Nconc)
      .Cases({"SUM", "SUMMING"}, Kind::Sum)
      .Cases({"COUNT", "COUNTING"}, Kind::Count)
      .Cases({"MAXIMIZE", "MAXIMIZING"}, Kind::Maximize)
      .Cases({"MINIMIZE", "MINIMIZING"}, Kind::Minimize)
      .Case("WHILE", Kind::While)
      .Case("UNTIL", Kind::Until)
      .Case("ALWAYS", Kind::Always)
      .Case("NEVER", Kind::Never)
      .Case("THEREIS", Kind::Thereis)
      .Case("RETURN", Kind::Return)
      .Cases({"IF", "WHEN"}, Kind::If)
      .Case("UNLESS", Kind::Unless)
      .Default(std::nullopt);
}

/// Accumulations of one group share their result. Sums and counts could too,
/// but not every implementation lets them.
static LoopAction::Kind getAccumulationGroup(LoopAction::Kind kind) {
  using Kind = LoopAction::Kind;
  return kind == Kind::Append || kind == Kind::Nconc ? Kind::Collect : kind;
}

bool LoopParser::checkAccumulation(const LoopAction &action) {
  ActionKind group = getAccumulationGroup(action.kind);
  for (auto [name, other] : accumulations)
    if (name == action.into && other != group)
      return false;
  accumulations.push_back({action.into, group});
  // Without a value yet, the extremum differs between implementations.
  bool isExtremum =
      group == ActionKind::Maximize || group == ActionKind::Minimize;
  return !action.into || !isExtremum;
}

/// The clauses behind a condition or `else`.
bool LoopParser::parseBranch(std::vector<LoopAction> &actions) {
  do {
    std::optional<ActionKind> kind = getActionKind(peek());
    // What ends the loop is no selectable clause.
    if (!kind || (*kind >= ActionKind::While && *kind <= ActionKind::Thereis) ||
        !parseAction(actions))
      return false;
  } while (take("AND"));
  return true;
}

bool LoopParser::parseConditional(LoopAction &action) {
  if (!parseForm(action.form) || !parseBranch(action.thenActions))
    return false;
  if (take("ELSE") && !parseBranch(action.elseActions))
    return false;
  take("END");
  return true;
}

bool LoopParser::parseAction(std::vector<LoopAction> &actions) {
  std::optional<ActionKind> kind = getActionKind(peek());
  if (!kind)
    return false;
  take(peek());
  LoopAction action = {};
  action.kind = *kind;
  if (*kind == ActionKind::Do) {
    if (!parseStatements(action.statements))
      return false;
  } else if (*kind >= ActionKind::If) {
    if (!parseConditional(action))
      return false;
  } else {
    // `it` would be the condition's value.
    if (!parseForm(action.form) || action.form->isSymbol("IT"))
      return false;
  }
  if (*kind >= ActionKind::Collect && *kind <= ActionKind::Minimize) {
    if (take("INTO")) {
      const Form *variable;
      if (!parseForm(variable) || !variable->getSymbol() ||
          is_contained(variables, variable->getSymbol()))
        return false;
      action.into = variable->getSymbol();
    }
    if (!checkAccumulation(action))
      return false;
  }
  plan.isTest |= *kind == ActionKind::Always || *kind == ActionKind::Never;
  actions.push_back(std::move(action));
  return true;
}

bool LoopParser::parseClause() {
  StringRef word = peek();
  if (word == "INITIALLY")
    return take(word) && parseStatements(plan.initially);
  if (word == "FINALLY")
    return take(word) && parseStatements(plan.finally);
  bool isFor = word == "FOR" || word == "AS";
  if (!isFor && word != "WITH" && word != "REPEAT")
    return parseAction(plan.actions);
  take(word);
  // Behind the body, when such a clause takes effect is not portable.
  if (!plan.actions.empty())
    return false;
  return isFor ? parseFor() : word == "WITH" ? parseWith() : parseRepeat();
}

bool LoopParser::parse() {
  if (atEnd())
    return false;
  if (isa<ConsForm>(cast<ConsForm>(rest)->getCar())) {
    LoopAction action = {};
    action.kind = ActionKind::Do;
    bool isSimple = parseStatements(action.statements) && atEnd();
    plan.actions.push_back(std::move(action));
    return isSimple;
  }
  while (!atEnd())
    if (!parseClause())
      return false;
  bool hasTest = any_of(plan.actions, [](const LoopAction &action) {
    return action.kind >= ActionKind::Always &&
           action.kind <= ActionKind::Thereis;
  });
  bool hasOwnValue = any_of(accumulations, [](const auto &accumulation) {
    return !accumulation.first;
  });
  return !hasTest || !hasOwnValue;
}

bool pure::parseLoop(const ConsForm *form, LoopPlan &plan) {
  return LoopParser(form, plan).parse();
}
