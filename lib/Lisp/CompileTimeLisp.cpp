//===- CompileTimeLisp.cpp - Common Lisp at compile time --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Decides who evaluates: nobody yet, the fast path, or Common Lisp.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Lisp/CompileTimeLisp.h"
#include "EclSession.h"
#include "FastPath.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <deque>

using namespace whistler;
using llvm::ArrayRef;
using llvm::SmallString;
using llvm::StringRef;
using llvm::Twine;

namespace {
/// What was passed over, to be made up for when Common Lisp is started: a
/// definition or, where that is null, a change of the package.
struct Deferred {
  const Form *form;
  std::string package;
};
} // namespace

class CompileTimeLisp::Impl {
public:
  Impl(FormContext &forms, DiagnosticEngine &diags, LispClient &client,
       LispOptions options)
      : forms(forms), diags(diags), client(client), options(options),
        fastPath(forms, options.useFastPath && options.allowEvaluation) {}

  /// Starts Common Lisp if it has not been; null after an error.
  ecl::Session *getSession(const Form *form);

  bool evaluateTopLevel(const Form *form);
  bool isMacro(const Symbol *name);
  std::optional<const Form *> expand(const Form *call,
                                     ArrayRef<const LocalMacro *> locals);
  const LocalMacro *defineLocalMacro(const Form *definition,
                                     ArrayRef<const LocalMacro *> locals);
  bool setPackage(StringRef name);
  void setFile(StringRef path);

  /// Reports that evaluation is not allowed, where it is not.
  bool checkAllowed(const Form *form);

  FormContext &forms;
  DiagnosticEngine &diags;
  LispClient &client;
  LispOptions options;
  FastPath fastPath;
  std::unique_ptr<ecl::Session> session;

  std::string package = "WHISTLER-USER";
  std::string directory;
  std::string file;
  std::deque<LocalMacro> localMacros;
  llvm::DenseMap<const Symbol *, const Form *> symbolMacros;

private:
  bool defer(const Form *form);
  bool isDeferrable(const Form *form);
  void replay();
  std::optional<const Form *> expandFast(const Form *call,
                                         ArrayRef<const LocalMacro *> locals);
  const Symbol *defineFast(const Form *definition,
                           ArrayRef<const LocalMacro *> locals);

  std::vector<Deferred> deferred;
  llvm::DenseSet<const Symbol *> deferredMacros;
  bool hasFailedToStart = false;
};

//===----------------------------------------------------------------------===//
// Start
//===----------------------------------------------------------------------===//

bool CompileTimeLisp::Impl::checkAllowed(const Form *form) {
  if (options.allowEvaluation)
    return true;
  diags
      .error(form->getRange(),
             "this has to be evaluated at compile time, which `--no-eval` "
             "forbids")
      .hint("leave out `--no-eval` if you trust the source");
  return false;
}

ecl::Session *CompileTimeLisp::Impl::getSession(const Form *form) {
  if (session)
    return session.get();
  if (!checkAllowed(form) || hasFailedToStart)
    return nullptr;
  std::string reason;
  session = ecl::Session::start(forms, diags, client, options, reason);
  if (!session) {
    hasFailedToStart = true;
    diags.error(form->getRange(), "the Common Lisp system cannot be started" +
                                      (reason.empty() ? "" : ": " + reason));
    return nullptr;
  }
  if (!directory.empty())
    session->setDirectory(directory);
  if (!file.empty())
    session->setFile(file);
  replay();
  return session.get();
}

void CompileTimeLisp::Impl::replay() {
  // Errors have been reported; what depends on the form will fail as well.
  for (const Deferred &entry : deferred) {
    if (entry.form)
      session->evaluateTopLevel(entry.form);
    else
      session->setPackage(entry.package);
  }
  deferred.clear();
}

//===----------------------------------------------------------------------===//
// Top-level forms
//===----------------------------------------------------------------------===//

/// Whether a form defines a function or macro in a way that can hardly fail:
/// `(op name (...) ...)`.
static bool isPlainDefinition(const Form *form) {
  const Form *name = listElement(form, 1);
  const Form *parameters = listElement(form, 2);
  return name && name->getSymbol() && !name->isNil() && parameters &&
         parameters->isList() && listElements(form).isProper();
}

bool CompileTimeLisp::Impl::isDeferrable(const Form *form) {
  const Symbol *op = listOperator(form);
  if (!op || !op->isLanguageName())
    return false;
  bool isKnown = fastPath.define(form);
  if (op->is("DEFMACRO") || op->is("DEFUN"))
    return isKnown || isPlainDefinition(form);
  if (op->is("DEFINE-SYMBOL-MACRO"))
    return properListLength(form) == 3 && listElement(form, 1)->getSymbol();
  return isKnown;
}

bool CompileTimeLisp::Impl::defer(const Form *form) {
  if (session || !isDeferrable(form))
    return false;
  deferred.push_back({form, ""});
  if (listOperator(form)->is("DEFMACRO"))
    deferredMacros.insert(listElement(form, 1)->getSymbol());
  if (listOperator(form)->is("DEFINE-SYMBOL-MACRO"))
    symbolMacros[listElement(form, 1)->getSymbol()] = listElement(form, 2);
  return true;
}

bool CompileTimeLisp::Impl::evaluateTopLevel(const Form *form) {
  if (!checkAllowed(form))
    return false;
  // All situations of `eval-when` are now.
  const Symbol *op = listOperator(form);
  bool isEvalWhen = op && op->is("EVAL-WHEN") && listElement(form, 1) &&
                    listElement(form, 1)->isList();
  if (isEvalWhen || (op && op->is("PROGN"))) {
    bool succeeded = true;
    const Form *body = llvm::cast<ConsForm>(form)->getCdr();
    for (const Form *subform :
         llvm::drop_begin(listElements(body), isEvalWhen ? 1 : 0))
      succeeded &= evaluateTopLevel(subform);
    return succeeded;
  }
  if (defer(form))
    return true;
  ecl::Session *lisp = getSession(form);
  return lisp && lisp->evaluateTopLevel(form);
}

//===----------------------------------------------------------------------===//
// Macros
//===----------------------------------------------------------------------===//

bool CompileTimeLisp::Impl::isMacro(const Symbol *name) {
  if (session)
    return session->isMacro(name);
  return deferredMacros.contains(name);
}

/// The innermost macro of that name, or null.
static const LocalMacro *findLocal(const Symbol *name,
                                   ArrayRef<const LocalMacro *> locals) {
  for (const LocalMacro *macro : llvm::reverse(locals))
    if (macro->name == name && macro->definition)
      return macro;
  return nullptr;
}

std::optional<const Form *>
CompileTimeLisp::Impl::expandFast(const Form *call,
                                  ArrayRef<const LocalMacro *> locals) {
  auto *cons = llvm::dyn_cast<ConsForm>(call);
  if (session || !cons || !listOperator(call))
    return std::nullopt;
  const LocalMacro *local = findLocal(listOperator(call), locals);
  if (!local)
    return fastPath.expand(call);
  if (!local->fastName)
    return std::nullopt;
  const Form *name =
      forms.makeSymbol(local->fastName, cons->getCar()->getRange());
  return fastPath.expand(
      forms.makeCons(name, cons->getCdr(), cons->getRange()));
}

std::optional<const Form *>
CompileTimeLisp::Impl::expand(const Form *call,
                              ArrayRef<const LocalMacro *> locals) {
  if (std::optional<const Form *> expansion = expandFast(call, locals))
    return expansion;
  if (ecl::Session *lisp = getSession(call))
    return lisp->expand(call, locals);
  return std::nullopt;
}

/// Whether the text of a form mentions one of some symbols.
static bool mentions(const Form *form,
                     llvm::function_ref<bool(const Symbol *)> isMeant) {
  for (; auto *cons = llvm::dyn_cast<ConsForm>(form); form = cons->getCdr())
    if (mentions(cons->getCar(), isMeant))
      return true;
  if (auto *vector = llvm::dyn_cast<VectorForm>(form))
    return llvm::any_of(vector->getElements(), [&](const Form *element) {
      return mentions(element, isMeant);
    });
  return form->getSymbol() && isMeant(form->getSymbol());
}

/// Defines a local macro as a global one of another name, if its body cannot
/// tell the difference. Null if it could, or is too difficult.
const Symbol *
CompileTimeLisp::Impl::defineFast(const Form *definition,
                                  ArrayRef<const LocalMacro *> locals) {
  if (session)
    return nullptr;
  bool dependsOnScope = mentions(definition, [&](const Symbol *symbol) {
    return symbol->is("&WHOLE") || symbol->is("&ENVIRONMENT") ||
           llvm::any_of(locals, [&](const LocalMacro *local) {
             return local->name == symbol;
           });
  });
  if (dependsOnScope)
    return nullptr;
  auto *cons = llvm::cast<ConsForm>(definition);
  const Symbol *name =
      forms.makeUninterned(cons->getCar()->getSymbol()->getName());
  const Form *global =
      forms.makeCons(forms.makeSymbol("DEFMACRO"),
                     forms.makeCons(forms.makeSymbol(name), cons->getCdr()));
  return fastPath.define(global) ? name : nullptr;
}

const LocalMacro *
CompileTimeLisp::Impl::defineLocalMacro(const Form *definition,
                                        ArrayRef<const LocalMacro *> locals) {
  const Form *name = listElement(definition, 0);
  const Form *parameters = listElement(definition, 1);
  if (!name || !name->getSymbol() || name->isNil() || !parameters ||
      !parameters->isList() || !listElements(definition).isProper()) {
    diags.error(definition->getRange(), "this defines no local macro")
        .hint("write (name (parameter ...) body ...)");
    return nullptr;
  }
  if (!checkAllowed(definition))
    return nullptr;
  LocalMacro &macro = localMacros.emplace_back();
  macro.name = name->getSymbol();
  macro.definition = definition;
  macro.outer.assign(locals.begin(), locals.end());
  macro.fastName = defineFast(definition, locals);
  if (macro.fastName)
    return &macro;
  ecl::Session *lisp = getSession(definition);
  return lisp && lisp->compile(&macro) ? &macro : nullptr;
}

//===----------------------------------------------------------------------===//
// Packages and files
//===----------------------------------------------------------------------===//

bool CompileTimeLisp::Impl::setPackage(StringRef name) {
  if (name == "WHISTLER-USER" || name == "WHISTLER") {
    if (session)
      return session->setPackage(name);
    // Symbols look alike in both, but are not the same.
    if (name != package && !deferred.empty())
      fastPath.disable();
    if (name != package)
      deferred.push_back({nullptr, name.str()});
    package = name.str();
    return true;
  }
  ecl::Session *lisp =
      options.allowEvaluation || session ? getSession(forms.getNil()) : nullptr;
  return lisp && lisp->setPackage(name);
}

/// An absolute path that ends in a separator where it names a directory.
static std::string makeAbsolute(StringRef path, bool isDirectory) {
  SmallString<256> absolute(path);
  llvm::sys::fs::make_absolute(absolute);
  if (isDirectory && !llvm::sys::path::is_separator(absolute.back()))
    absolute += llvm::sys::path::get_separator();
  return std::string(absolute);
}

void CompileTimeLisp::Impl::setFile(StringRef path) {
  file = makeAbsolute(path, /*isDirectory=*/false);
  directory = makeAbsolute(llvm::sys::path::parent_path(file), true);
  if (!session)
    return;
  session->setFile(file);
  session->setDirectory(directory);
}

//===----------------------------------------------------------------------===//
// The interface
//===----------------------------------------------------------------------===//

CompileTimeLisp::CompileTimeLisp(FormContext &forms, DiagnosticEngine &diags,
                                 LispClient &client, LispOptions options)
    : impl(std::make_unique<Impl>(forms, diags, client, options)) {}

CompileTimeLisp::~CompileTimeLisp() = default;

std::optional<const Form *> CompileTimeLisp::evaluate(const Form *form) {
  if (!impl->session)
    if (std::optional<const Form *> value = impl->fastPath.evaluate(form))
      return value;
  if (ecl::Session *lisp = impl->getSession(form))
    return lisp->evaluate(form);
  return std::nullopt;
}

bool CompileTimeLisp::evaluateTopLevel(const Form *form) {
  return impl->evaluateTopLevel(form);
}

bool CompileTimeLisp::isMacro(const Symbol *name) {
  return impl->isMacro(name);
}

std::optional<const Form *>
CompileTimeLisp::expand(const Form *call, ArrayRef<const LocalMacro *> locals) {
  return impl->expand(call, locals);
}

std::optional<const Form *>
CompileTimeLisp::expandModification(const Form *form,
                                    ArrayRef<const LocalMacro *> locals) {
  // Definitions of places are never put off.
  return impl->session ? impl->session->expandModification(form, locals)
                       : nullptr;
}

const LocalMacro *
CompileTimeLisp::defineLocalMacro(const Form *definition,
                                  ArrayRef<const LocalMacro *> locals) {
  return impl->defineLocalMacro(definition, locals);
}

const LocalMacro *
CompileTimeLisp::defineLocalSymbolMacro(const Symbol *name,
                                        const Form *expansion) {
  LocalMacro &macro = impl->localMacros.emplace_back();
  macro.name = name;
  macro.expansion = expansion;
  return &macro;
}

const Symbol *CompileTimeLisp::getName(const LocalMacro *macro) {
  return macro->name;
}

bool CompileTimeLisp::isSymbolMacro(const LocalMacro *macro) {
  return macro->expansion != nullptr;
}

const Form *CompileTimeLisp::expandSymbol(const Symbol *name) {
  if (impl->session)
    return impl->session->expandSymbol(name);
  return impl->symbolMacros.lookup(name);
}

std::optional<const Form *>
CompileTimeLisp::resolveReaderSyntax(const Form *form) {
  if (ecl::Session *lisp = impl->getSession(form))
    return lisp->resolveReaderSyntax(form);
  return std::nullopt;
}

std::optional<std::vector<std::string>>
CompileTimeLisp::evaluateAtPrompt(const Form *form) {
  if (ecl::Session *lisp = impl->getSession(form))
    return lisp->evaluateAtPrompt(form);
  return std::nullopt;
}

bool CompileTimeLisp::setPackage(StringRef name) {
  return impl->setPackage(name);
}

std::optional<bool> CompileTimeLisp::isOperator(const Form *call,
                                                const Symbol *name) {
  ecl::Session *lisp = impl->getSession(call);
  if (!lisp)
    return std::nullopt;
  return lisp->isOperator(name);
}

std::string CompileTimeLisp::getPackage() {
  return impl->session ? impl->session->getPackage() : impl->package;
}

void CompileTimeLisp::setDirectory(StringRef path) {
  impl->directory = makeAbsolute(path.empty() ? "." : path, true);
  if (impl->session)
    impl->session->setDirectory(impl->directory);
}

void CompileTimeLisp::setFile(StringRef path) { impl->setFile(path); }

bool CompileTimeLisp::isStarted() const { return impl->session != nullptr; }
