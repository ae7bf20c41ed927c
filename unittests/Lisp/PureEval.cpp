//===- PureEval.cpp - evaluates a file of test forms ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Evaluates each form of a file without a Lisp system and prints what it gives,
// behind the number of its last line, as test/Lisp/Inputs/pure-compare.lisp
// does too. Definitions are noted. Of the other forms these are special:
//
//   (declines form)  has to be declined, as a definition or an expression
//   (expands call)   is a macro call, which is expanded once
//   (defines call)   is a macro call that expands to a definition
//   (twice form)     gives another form, which is evaluated in turn
//
// With --operators it prints the names of all operators that are known.
//
//===----------------------------------------------------------------------===//

#include "PureInterpreter.h"
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
  void dumpString(StringRef text);
  void dumpSymbol(const Symbol *symbol);
  void dumpList(const Form *list);

  /// Symbols without a package count as they come.
  DenseMap<const Symbol *, unsigned> uninterned;
};

} // namespace

void Dumper::dumpString(StringRef text) {
  outs() << '"';
  for (char c : text) {
    if (c == '\n')
      outs() << "\\n";
    else if (c == '"' || c == '\\')
      outs() << '\\' << c;
    else
      outs() << c;
  }
  outs() << '"';
}

void Dumper::dumpSymbol(const Symbol *symbol) {
  if (symbol->isUninterned()) {
    outs() << "#:"
           << uninterned.try_emplace(symbol, uninterned.size()).first->second;
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
    dumpString(string->getValue());
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
  if (op->is("DEFINES")) {
    std::optional<const Form *> definition = evaluator.expand(argument);
    return definition && evaluator.define(*definition)
               ? std::optional<const Form *>(listElement(*definition, 1))
               : std::nullopt;
  }
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
  std::optional<const Form *> value = run(evaluator, form);
  if (value && mayDecline)
    outs() << "not declined: ";
  if (value)
    Dumper().dump(*value);
  else
    outs() << (mayDecline ? "declined" : "declined unexpectedly");
  outs() << '\n';
}

/// The names, upper case, one a line.
static void printOperators() {
  using namespace pure;
  for (ArrayRef<SpecialForm> table : getSpecialFormTables())
    for (const SpecialForm &form : table)
      outs() << form.name << '\n';
  for (ArrayRef<Builtin> table : getBuiltinTables())
    for (const Builtin &builtin : table)
      outs() << builtin.name << '\n';
}

int main(int argc, char **argv) {
  if (argc != 2) {
    errs() << "usage: pure-eval file.lisp | --operators\n";
    return 2;
  }
  if (StringRef(argv[1]) == "--operators") {
    printOperators();
    return 0;
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
  for (const Form *form : forms) {
    const char *last = form->getRange().End.getPointer() - 1;
    SMLoc end = SMLoc::getFromPointer(last);
    outs() << diags.getSourceMgr().getLineAndColumn(end, bufferID).first
           << ": ";
    runAndPrint(evaluator, form);
  }
  return 0;
}
