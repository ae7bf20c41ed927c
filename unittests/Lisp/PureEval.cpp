//===- PureEval.cpp - evaluates a file of test forms ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Evaluates each form of a file without a Lisp system and prints what it gives,
// in a notation that test/Lisp/Inputs/pure-compare.lisp prints too. Definitions
// are noted. Of the other forms these are special:
//
//   (declines form)  has to be declined, as a definition or an expression
//   (expands call)   is a macro call, which is expanded once
//   (twice form)     gives another form, which is evaluated in turn
//
//===----------------------------------------------------------------------===//

#include "Whistler/Lisp/PureEvaluator.h"
#include "Whistler/Reader/Reader.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace whistler;

namespace {

/// Prints forms so that two systems agree on every character.
class Dumper {
public:
  void dump(const Form *form);

private:
  void dumpSymbol(const Symbol *symbol);
  void dumpList(const Form *list);

  /// Symbols without a package count as they come.
  DenseMap<const Symbol *, unsigned> uninterned;
};

} // namespace

void Dumper::dumpSymbol(const Symbol *symbol) {
  if (symbol->isUninterned()) {
    outs() << "#:" << uninterned.try_emplace(symbol, uninterned.size())
                          .first->second;
    return;
  }
  if (symbol->isKeyword())
    outs() << ':';
  if (symbol->getPackage() == "SI")
    outs() << "SI:";
  outs() << symbol->getName();
}

void Dumper::dumpList(const Form *list) {
  outs() << '(';
  const Form *rest = list;
  while (const auto *cons = dyn_cast<ConsForm>(rest)) {
    dump(cons->getCar());
    rest = cons->getCdr();
    if (isa<ConsForm>(rest))
      outs() << ' ';
  }
  if (!rest->isNil()) {
    outs() << " . ";
    dump(rest);
  }
  outs() << ')';
}

void Dumper::dump(const Form *form) {
  if (const auto *string = dyn_cast<StringForm>(form)) {
    outs() << '"';
    outs().write_escaped(string->getValue());
    outs() << '"';
  } else if (const auto *character = dyn_cast<CharacterForm>(form)) {
    outs() << "#\\" << character->getCodePoint();
  } else if (const auto *vector = dyn_cast<VectorForm>(form)) {
    outs() << "#(";
    for (const Form *element : vector->getElements()) {
      outs() << ' ';
      dump(element);
    }
    outs() << ')';
  } else if (const Symbol *symbol = form->getSymbol()) {
    dumpSymbol(symbol);
  } else if (isa<ConsForm>(form)) {
    dumpList(form);
  } else {
    outs() << *form;
  }
}

/// What a test form gives; nothing where it is declined.
static std::optional<const Form *> run(PureEvaluator &evaluator,
                                       const Form *form) {
  const Form *argument = listElement(form, 1);
  const Symbol *op = listOperator(form);
  if (!op || !argument)
    return evaluator.evaluate(form);
  if (op->is("EXPANDS"))
    return evaluator.expand(argument);
  if (op->is("TWICE")) {
    std::optional<const Form *> value = evaluator.evaluate(argument);
    return value ? evaluator.evaluate(*value) : value;
  }
  if (evaluator.define(form))
    return argument;
  return evaluator.evaluate(form);
}

static void runAndPrint(PureEvaluator &evaluator, const Form *form) {
  bool mayDecline = listOperator(form) && listOperator(form)->is("DECLINES");
  if (mayDecline)
    form = listElement(form, 1);
  Dumper().dump(form);
  std::optional<const Form *> value = run(evaluator, form);
  outs() << "\n  => ";
  if (value && mayDecline)
    outs() << "not declined: ";
  if (value)
    Dumper().dump(*value);
  else
    outs() << (mayDecline ? "declined" : "declined unexpectedly");
  outs() << '\n';
}

int main(int argc, char **argv) {
  if (argc != 2) {
    errs() << "usage: pure-eval file.lisp\n";
    return 2;
  }
  auto buffer = MemoryBuffer::getFile(argv[1]);
  if (!buffer) {
    errs() << argv[1] << ": " << buffer.getError().message() << '\n';
    return 1;
  }
  FormContext context;
  DiagnosticEngine diags(errs());
  unsigned bufferID = diags.addBuffer(std::move(*buffer));
  SmallVector<const Form *> forms;
  if (failed(readForms(bufferID, context, diags, forms)))
    return 1;
  PureEvaluator evaluator(context);
  for (const Form *form : forms)
    runAndPrint(evaluator, form);
  return 0;
}
