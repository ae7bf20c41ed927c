//===- EclSession.cpp - one compilation's use of Common Lisp ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What the compiler asks of Common Lisp, each as one guarded call.
//
//===----------------------------------------------------------------------===//

#include "EclSession.h"

#include "llvm/Support/Path.h"

using namespace whistler;
using namespace whistler::ecl;
using llvm::ArrayRef;
using llvm::StringRef;
using llvm::Twine;

Session *Session::current = nullptr;

/// How long something may take that does not run user code.
static constexpr unsigned ownMilliseconds = 5000;

namespace {
/// What the entries of the calls below are given. Plain data.
struct FormContextPair {
  Converter *converter;
  const Form *form;
};

struct ExpansionRequest {
  Converter *converter;
  const Form *form;
  const LocalMacro *const *locals;
  size_t numLocals;
};

struct NameRequest {
  const char *function;
  const char *data;
  size_t size;
};
} // namespace

//===----------------------------------------------------------------------===//
// Start
//===----------------------------------------------------------------------===//

static cl_object startCompilation(void *options) {
  // No function of Lisp sets this one.
  cl_core.gentemp_counter = ecl_make_fixnum(0);
  bool toOutput = static_cast<LispOptions *>(options)->printToStandardOutput;
  return callImpl("START-COMPILATION", toOutput ? ECL_T : ECL_NIL);
}

Session::Session(FormContext &forms, DiagnosticEngine &diags,
                 LispClient &client, const LispOptions &options)
    : forms(forms), diags(diags), client(client), options(options),
      converter(forms), names(client.getLanguageNames()) {
  assert(!current && "there is one compile-time Lisp at a time");
  current = this;
}

Session::~Session() { current = nullptr; }

std::unique_ptr<Session>
Session::start(FormContext &forms, DiagnosticEngine &diags, LispClient &client,
               const LispOptions &options, std::string &reason) {
  if (!library.load(reason) || !boot(options, getCallbacks()))
    return nullptr;
  std::unique_ptr<Session> session(new Session(forms, diags, client, options));
  Outcome outcome =
      callGuarded(startCompilation, &session->options, ownMilliseconds);
  if (outcome.kind != Outcome::Value)
    return nullptr;
  session->declareFunction = implSymbol("DECLARE-FORM");
  session->packagesVariable = implSymbol("*SYSTEM-PACKAGES*");
  session->warningsVariable = implSymbol("*WARNINGS*");
  return session;
}

//===----------------------------------------------------------------------===//
// Evaluation
//===----------------------------------------------------------------------===//

std::optional<cl_object> Session::run(Entry entry, void *context,
                                      const Form *form, const Twine &what) {
  converter.forgetSymbols();
  Outcome outcome = callGuarded(entry, context, options.timeoutSeconds * 1000,
                                getLastWords(form));
  converter.forgetSymbols();
  reportWarnings(form->getRange(), what);
  if (outcome.kind == Outcome::Value)
    return outcome.value;
  report(outcome, form, what);
  return std::nullopt;
}

static cl_object evaluateForm(void *context) {
  auto *pair = static_cast<FormContextPair *>(context);
  return cl_eval(pair->converter->toLisp(pair->form));
}

static cl_object printValue(void *value) {
  return callImpl("PRINT-LIMITED", static_cast<cl_object>(value), ECL_T);
}

std::optional<const Form *> Session::evaluate(const Form *form) {
  FormContextPair context = {&converter, form};
  std::optional<cl_object> value = run(evaluateForm, &context, form, "");
  if (!value)
    return std::nullopt;
  if (Converter::isOpaque(*value)) {
    std::optional<cl_object> text = run(printValue, *value, form, "");
    if (!text)
      return std::nullopt;
    return forms.makeString(removeAddresses(getString(*text)));
  }
  if (const Form *result = converter.toForm(*value))
    return result;
  reportUnusable(form, "the value");
  return std::nullopt;
}

bool Session::evaluateTopLevel(const Form *form) {
  const Symbol *op = listOperator(form);
  bool outer = constantIsKnown;
  constantIsKnown = op && op->is("DEFCONSTANT");
  FormContextPair context = {&converter, form};
  bool succeeded = run(evaluateForm, &context, form, "").has_value();
  constantIsKnown = outer;
  return succeeded;
}

static cl_object convertForm(void *context) {
  auto *pair = static_cast<FormContextPair *>(context);
  return pair->converter->toLisp(pair->form);
}

std::optional<const Form *> Session::resolveReaderSyntax(const Form *form) {
  FormContextPair context = {&converter, form};
  std::optional<cl_object> value = run(convertForm, &context, form, "");
  if (!value)
    return std::nullopt;
  if (const Form *result = converter.toForm(*value))
    return result;
  reportUnusable(form, "what this reads as");
  return std::nullopt;
}

static cl_object evaluatePrompt(void *context) {
  auto *pair = static_cast<FormContextPair *>(context);
  return callImpl("EVALUATE-AT-PROMPT", pair->converter->toLisp(pair->form));
}

std::optional<std::vector<std::string>>
Session::evaluateAtPrompt(const Form *form) {
  FormContextPair context = {&converter, form};
  std::optional<cl_object> values = run(evaluatePrompt, &context, form, "");
  if (!values)
    return std::nullopt;
  std::vector<std::string> texts;
  for (cl_object rest = *values; ECL_CONSP(rest); rest = ECL_CONS_CDR(rest))
    texts.push_back(getString(ECL_CONS_CAR(rest)));
  return texts;
}

//===----------------------------------------------------------------------===//
// Macros
//===----------------------------------------------------------------------===//

bool Session::isMacro(const Symbol *name) {
  cl_object symbol = converter.findSymbol(name);
  if (symbol == OBJNULL || symbol == ECL_NIL || !ECL_SYMBOLP(symbol) ||
      !(symbol->symbol.stype & ecl_stp_macro))
    return false;
  if (symbol->symbol.gfdef == declareFunction->symbol.gfdef)
    return false;
  return !ecl_member_eq(symbol->symbol.hpack,
                        ecl_symbol_value(packagesVariable));
}

bool Session::isOperator(const Symbol *name) {
  cl_object symbol = converter.findSymbol(name);
  return symbol != OBJNULL && ECL_SYMBOLP(symbol) &&
         cl_fboundp(symbol) != ECL_NIL;
}

/// The environment in which `locals` are visible, in the form in which ECL's
/// compiler passes one to macros: variables, then functions, innermost first.
static cl_object makeEnvironment(Converter &converter,
                                 const LocalMacro *const *locals,
                                 size_t numLocals) {
  cl_object variables = ECL_NIL;
  cl_object functions = ECL_NIL;
  for (size_t i = 0; i != numLocals; ++i) {
    const LocalMacro *macro = locals[i];
    cl_object name = converter.toLisp(macro->name);
    if (macro->expansion) {
      cl_object expander = cl_constantly(converter.toLisp(macro->expansion));
      cl_object kind = ecl_make_symbol("SYMBOL-MACRO", "SI");
      variables = CONS(cl_list(3, name, kind, expander), variables);
    } else {
      cl_object expander = static_cast<cl_object>(macro->expander);
      cl_object kind = ecl_make_symbol("MACRO", "SI");
      functions = CONS(cl_list(3, name, kind, expander), functions);
    }
  }
  return numLocals ? CONS(variables, functions) : ECL_NIL;
}

static cl_object expandOnce(void *context) {
  auto *request = static_cast<ExpansionRequest *>(context);
  cl_object environment =
      makeEnvironment(*request->converter, request->locals, request->numLocals);
  return cl_macroexpand_1(2, request->converter->toLisp(request->form),
                          environment);
}

static cl_object expandStore(void *context) {
  auto *request = static_cast<ExpansionRequest *>(context);
  cl_object environment =
      makeEnvironment(*request->converter, request->locals, request->numLocals);
  return callImpl("EXPAND-STORE", request->converter->toLisp(request->form),
                  environment);
}

std::optional<const Form *>
Session::expandModification(const Form *form,
                            ArrayRef<const LocalMacro *> locals) {
  for (const LocalMacro *macro : locals)
    if (!compile(macro))
      return std::nullopt;
  ExpansionRequest request = {&converter, form, locals.data(), locals.size()};
  std::optional<cl_object> object = run(expandStore, &request, form, "");
  if (!object)
    return std::nullopt;
  if (*object == ECL_NIL)
    return nullptr;
  if (const Form *expansion = converter.toForm(*object, form))
    return expansion;
  reportUnusable(form, "the expansion");
  return std::nullopt;
}

static std::string describeMacro(const Symbol *name) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "in macro `" << *name << "`: ";
  return text;
}

std::optional<const Form *>
Session::expand(const Form *call, ArrayRef<const LocalMacro *> locals) {
  for (const LocalMacro *macro : locals)
    if (!compile(macro))
      return std::nullopt;
  ExpansionRequest request = {&converter, call, locals.data(), locals.size()};
  const Symbol *name = listOperator(call);
  std::string what = name ? describeMacro(name) : std::string();
  std::optional<cl_object> object = run(expandOnce, &request, call, what);
  if (!object)
    return std::nullopt;
  if (Converter::isOpaque(*object)) {
    std::optional<cl_object> text = run(printValue, *object, call, what);
    if (text)
      diags.error(call->getRange(), what + "the expansion is " +
                                        removeAddresses(getString(*text)) +
                                        ", which is no code");
    return std::nullopt;
  }
  if (const Form *expansion = converter.toForm(*object, call))
    return expansion;
  reportUnusable(call, what + "the expansion");
  return std::nullopt;
}

const Form *Session::expandSymbol(const Symbol *name) {
  cl_object symbol = converter.findSymbol(name);
  if (symbol == OBJNULL || symbol == ECL_NIL || !ECL_SYMBOLP(symbol) ||
      symbol->symbol.hpack == cl_core.keyword_package)
    return nullptr;
  const Form *form = forms.makeSymbol(name);
  ExpansionRequest request = {&converter, form, nullptr, 0};
  std::optional<cl_object> object = run(expandOnce, &request, form, "");
  if (!object || *object == symbol)
    return nullptr;
  return converter.toForm(*object);
}

static cl_object makeExpander(void *context) {
  auto *request = static_cast<ExpansionRequest *>(context);
  cl_object environment =
      makeEnvironment(*request->converter, request->locals, request->numLocals);
  cl_object expander = callImpl(
      "MAKE-EXPANDER", request->converter->toLisp(request->form), environment);
  request->converter->keep(expander);
  return expander;
}

bool Session::compile(const LocalMacro *macro) {
  if (macro->expansion || macro->expander)
    return true;
  for (const LocalMacro *outer : macro->outer)
    if (!compile(outer))
      return false;
  ExpansionRequest request = {&converter, macro->definition,
                              macro->outer.data(), macro->outer.size()};
  std::optional<cl_object> expander = run(
      makeExpander, &request, macro->definition, describeMacro(macro->name));
  if (expander)
    macro->expander = *expander;
  return expander.has_value();
}

//===----------------------------------------------------------------------===//
// Packages and files
//===----------------------------------------------------------------------===//

static cl_object callWithName(void *context) {
  auto *request = static_cast<NameRequest *>(context);
  return callImpl(request->function,
                  makeString(StringRef(request->data, request->size)));
}

static bool setByName(const char *function, StringRef name) {
  NameRequest request = {function, name.data(), name.size()};
  Outcome outcome = callGuarded(callWithName, &request, ownMilliseconds);
  return outcome.kind == Outcome::Value && outcome.value != ECL_NIL;
}

bool Session::setPackage(StringRef name) {
  converter.forgetSymbols();
  return setByName("SET-PACKAGE", name);
}

std::string Session::getPackage() {
  return getString(currentPackage()->pack.name);
}

void Session::setDirectory(StringRef path) { setByName("SET-DIRECTORY", path); }

void Session::setFile(StringRef path) { setByName("SET-FILE", path); }
