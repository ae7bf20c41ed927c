//===- TopLevel.cpp - the forms of a source file ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Tells declarations, macro calls and compile-time forms apart.
//
//===----------------------------------------------------------------------===//

#include "ModuleLowering.h"

#include "Forms.h"
#include "Whistler/Reader/Reader.h"
#include "Whistler/UAPI/Helpers.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace whistler;

const ModuleLowering::Declaration ModuleLowering::declarations[] = {
    {"IN-PACKAGE", 1, "(in-package #:whistler)",
     &ModuleLowering::lowerInPackage},
    {"DEFMAP", 1,
     "(defmap name :type type :key-size n :value-size n :max-entries n)",
     &ModuleLowering::lowerMap},
    {"DEFPROG", 2, "(defprog name (:type type ...) body...)",
     &ModuleLowering::lowerProgram},
    {"DEFSTRUCT", 1, "(defstruct name (field type) ...)",
     &ModuleLowering::lowerStruct},
    {"DEFUNION", 1, "(defunion name (field type) ...)",
     &ModuleLowering::lowerStruct},
    {"DEFGLOBAL", 2, "(defglobal name type [value] [:const t])",
     &ModuleLowering::lowerGlobal},
    {"DEFN", 2, "(defn name ((parameter type) ...) [-> type] body...)",
     &ModuleLowering::lowerFunction},
    {"IMPORT-KERNEL-STRUCT", 1, "(import-kernel-struct name field...)",
     &ModuleLowering::lowerImportStruct},
    {"DEFTRACEPOINT", 1, "(deftracepoint category/event field...)",
     &ModuleLowering::lowerTracepoint},
    {"DEFCONSTANT", 2, "(defconstant +name+ value)",
     &ModuleLowering::lowerConstant},
    {"DEFHEADER", 2, "(defheader name (field :offset n :type type) ...)",
     &ModuleLowering::lowerHeader},
    {"PROGN", 0, "(progn form...)", &ModuleLowering::lowerProgn},
    {"LOCALLY", 0, "(locally form...)", &ModuleLowering::lowerProgn},
    {"EVAL-WHEN", 1, "(eval-when (situation...) form...)",
     &ModuleLowering::lowerEvalWhen},
    {"MACROLET", 1, "(macrolet ((name (args...) body...)) form...)",
     &ModuleLowering::lowerMacrolet},
    {"DEFMACRO", 2, "(defmacro name (args...) body...)",
     &ModuleLowering::lowerMacroDefinition},
    {"DEFINE-COMPILER-MACRO", 2,
     "(define-compiler-macro name (args...) body...)",
     &ModuleLowering::lowerCompilerMacro},
    {"LOAD", 1, "(load \"file\")", &ModuleLowering::lowerLoad},
    {"COMPILE-TO-ELF", 1, "(compile-to-elf \"file\")",
     &ModuleLowering::lowerCompileToElf},
};

/// How deep files may load each other.
static constexpr unsigned maxLoadDepth = 100;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

void ModuleLowering::lowerBuffer(unsigned bufferID) {
  Reader reader(bufferID, forms, diags);
  for (;;) {
    ReadResult read = reader.read();
    if (read.status == ReadStatus::EndOfInput)
      break;
    if (read.status != ReadStatus::Form) {
      env.hasUnreadForms = true;
      continue;
    }
    if (const Form *form = resolveReaderSyntax(read.form))
      lowerTopLevel(form);
    else
      env.hasUnreadForms = true;
    updateFeatures(reader);
  }
}

/// Code may have changed `*features*`, which `#+` asks in the next form. What
/// the Common Lisp system has of its own says nothing about BPF.
void ModuleLowering::updateFeatures(Reader &reader) {
  if (!lisp.isStarted())
    return;
  const Form *call = forms.makeList(
      {forms.makeSymbol(forms.intern("SET-DIFFERENCE", "COMMON-LISP")),
       forms.makeSymbol(forms.intern("*FEATURES*", "COMMON-LISP")),
       forms.makeSymbol(forms.intern("*SYSTEM-FEATURES*", "WHISTLER-IMPL"))});
  std::optional<const Form *> added = lisp.evaluate(call);
  reader.getOptions().features = ReaderOptions().features;
  for (const Form *feature : listElements(added.value_or(forms.getNil())))
    if (const Symbol *name = feature->getSymbol())
      reader.getOptions().features.insert(name->getName());
}

/// Whether a form has syntax in it that only Common Lisp can read.
static bool hasUnevaluated(const Form *form) {
  for (; auto *cons = llvm::dyn_cast<ConsForm>(form); form = cons->getCdr())
    if (hasUnevaluated(cons->getCar()))
      return true;
  return llvm::isa<UnevaluatedForm>(form);
}

const Form *ModuleLowering::resolveReaderSyntax(const Form *form) {
  // Asking would start the Lisp.
  if (!hasUnevaluated(form))
    return form;
  return lisp.resolveReaderSyntax(form).value_or(nullptr);
}

void ModuleLowering::enterFile() {
  if (currentFile.empty())
    lisp.setDirectory("");
  else
    lisp.setFile(currentFile);
}

llvm::LogicalResult ModuleLowering::loadFile(llvm::StringRef path) {
  llvm::SmallString<128> name(path);
  if (llvm::sys::path::is_relative(path) && !currentFile.empty()) {
    name = llvm::sys::path::parent_path(currentFile);
    llvm::sys::path::append(name, path);
  }
  // The type may be left out, as Common Lisp's `load` has it.
  if (!llvm::sys::path::has_extension(name) && !llvm::sys::fs::exists(name))
    llvm::sys::path::replace_extension(name, "lisp");
  if (loadDepth >= maxLoadDepth)
    return diags.error(loadRange, "files load each other more than " +
                                      llvm::Twine(maxLoadDepth) +
                                      " deep; the last is " + name);
  auto buffer = llvm::MemoryBuffer::getFile(name);
  if (!buffer)
    return diags.error(loadRange, "cannot read " + name + ": " +
                                      buffer.getError().message());
  unsigned errorsBefore = diags.getNumErrors();
  std::string outerFile = std::exchange(currentFile, name.str().str());
  std::string outerPackage = lisp.getPackage();
  llvm::SMRange outerRange = loadRange;
  ++loadDepth;
  llvm::scope_exit restore([&] {
    --loadDepth;
    loadRange = outerRange;
    currentFile = outerFile;
    enterFile();
    // `load` binds the current package (CLHS load).
    lisp.setPackage(outerPackage);
  });
  enterFile();
  lowerBuffer(diags.addBuffer(std::move(*buffer), loadRange.Start));
  return llvm::success(diags.getNumErrors() == errorsBefore);
}

//===----------------------------------------------------------------------===//
// Dispatch
//===----------------------------------------------------------------------===//

static bool isCommonLispsOwn(const Symbol *symbol) {
  return symbol->getPackage() == "CL" || symbol->getPackage() == "COMMON-LISP";
}

const ModuleLowering::Declaration *
ModuleLowering::lookupDeclaration(const Symbol *op) {
  // Common Lisp's own `defstruct` is for compile-time code.
  if (!op || !op->isLanguageName() ||
      (op->is("DEFSTRUCT") && isCommonLispsOwn(op)))
    return nullptr;
  const auto *entry = llvm::find_if(
      declarations, [&](const auto &e) { return e.name == op->getName(); });
  return entry == std::end(declarations) ? nullptr : entry;
}

bool ModuleLowering::isDeclaration(const Form *form) {
  return lookupDeclaration(listOperator(form)) != nullptr;
}

void ModuleLowering::lowerTopLevelForms(Arguments topLevelForms) {
  for (const Form *form : topLevelForms)
    lowerTopLevel(form);
}

void ModuleLowering::lowerTopLevel(const Form *form) {
  const Symbol *op = listOperator(form);
  bool isData =
      op && (op->is("QUOTE") || op->is("FUNCTION") || op->getPackage() == "SI");
  if (!op || isData) {
    // What a macro leaves behind, and Common Lisp would evaluate to itself.
    if (form->isNil() || !form->getRange().isValid())
      return;
    diags.error(form->getRange(), "a top-level form has to be a declaration "
                                  "such as `(defprog ...)`");
    return;
  }
  // Evaluation may load files without a form of the source that says so.
  loadRange = form->getRange().isValid() ? form->getRange() : loadRange;
  const Declaration *entry = lookupDeclaration(op);
  if (!entry)
    return lowerUnknown(form, op);
  std::optional<llvm::SmallVector<const Form *>> elements =
      getElements(form, diags);
  if (!elements)
    return;
  Arguments args = llvm::ArrayRef(*elements).drop_front();
  if (args.size() < entry->minArgs) {
    diags.error(listElement(form, 0)->getRange(),
                "`" + entry->name.lower() + "` is incomplete; it is written `" +
                    entry->usage + "`");
    return;
  }
  (this->*entry->lower)(form, args);
}

/// A form that is no declaration: a macro call, or Common Lisp to evaluate.
void ModuleLowering::lowerUnknown(const Form *form, const Symbol *op) {
  if (env.isMacroCall(form)) {
    MacroExpansion expansion(form, env);
    if (expansion.getForm())
      lowerTopLevel(expansion.getForm());
    return;
  }
  // Asking would start the Lisp, which --no-eval is to prevent.
  std::optional<bool> isKnown =
      env.options.lisp.allowEvaluation ? lisp.isOperator(form, op) : true;
  if (!isKnown)
    return;
  if (*isKnown) {
    const Form *defined = op->is("DEFUN") ? listElement(form, 1) : nullptr;
    if (lisp.evaluateTopLevel(form) && defined && defined->getSymbol())
      env.lispFunctions.insert(defined->getSymbol());
    return;
  }
  std::vector<std::string> names;
  for (const Declaration &declaration : declarations)
    names.push_back(declaration.name.lower());
  bool isProgramForm =
      op->isLanguageName() &&
      (isForm(op->getName()) || op->is("DECLARE") ||
       uapi::lookupHelper(op->getName().lower()) || env.lookupAccessor(op));
  diags.error(listElement(form, 0)->getRange(),
              isProgramForm ? "`" + getLispName(op) +
                                  "` belongs into the body of a "
                                  "`defprog`"
                            : "unknown top-level form `" + getLispName(op) +
                                  "`" + getSuggestion(op, names));
}

//===----------------------------------------------------------------------===//
// Sequences and macros
//===----------------------------------------------------------------------===//

void ModuleLowering::lowerProgn(const Form *form, Arguments args) {
  lowerTopLevelForms(args);
}

/// Everything in a source file happens at compile time, so the situations make
/// no difference.
void ModuleLowering::lowerEvalWhen(const Form *form, Arguments args) {
  static constexpr llvm::StringLiteral situations[] = {
      "COMPILE-TOPLEVEL", "LOAD-TOPLEVEL", "EXECUTE",
      "COMPILE",          "LOAD",          "EVAL"};
  for (const Form *situation : listElements(args[0])) {
    const Symbol *name = situation->getSymbol();
    if (name && llvm::is_contained(situations, name->getName()))
      continue;
    diags.error(situation->getRange(),
                "`" + situation->str() +
                    "` is no situation; there are :compile-toplevel, "
                    ":load-toplevel and :execute");
    return;
  }
  lowerTopLevelForms(args.drop_front());
}

void ModuleLowering::lowerMacrolet(const Form *form, Arguments args) {
  std::optional<llvm::SmallVector<const Form *>> definitions =
      getElements(args[0], diags);
  if (!definitions)
    return;
  size_t numOuter = env.localMacros.size();
  llvm::SmallVector<const LocalMacro *> macros;
  for (const Form *definition : *definitions) {
    const LocalMacro *macro =
        lisp.defineLocalMacro(definition, env.localMacros);
    if (!macro)
      return;
    macros.push_back(macro);
  }
  env.localMacros.append(macros);
  lowerTopLevelForms(args.drop_front());
  env.localMacros.truncate(numOuter);
}

void ModuleLowering::lowerMacroDefinition(const Form *form, Arguments args) {
  const Symbol *name = args[0]->getSymbol();
  if (name && name->isLanguageName()) {
    if (lookupDeclaration(name) || isForm(name->getName())) {
      diags.error(args[0]->getRange(),
                  "`" + getLispName(name) +
                      "` is a form of the language and cannot be redefined");
      return;
    }
    if (env.lookupAccessor(name) || uapi::lookupHelper(name->getName().lower()))
      diags.warning(args[0]->getRange(),
                    "the macro hides the built-in `" + getLispName(name) + "`");
  }
  bool isDefined = lisp.evaluateTopLevel(form);
  if (name && isDefined)
    env.macroNames.push_back(name->getName().lower());
  else if (name)
    env.addBroken(name->getName());
}

void ModuleLowering::lowerCompilerMacro(const Form *form, Arguments args) {
  diags.warning(args[0]->getRange(),
                "compiler macros are for calls at run time and are ignored");
}

void ModuleLowering::lowerLoad(const Form *form, Arguments args) {
  auto *path = llvm::dyn_cast<StringForm>(args[0]);
  if (!path || args.size() > 1) {
    (void)lisp.evaluateTopLevel(form);
    return;
  }
  (void)loadFile(path->getValue());
}

//===----------------------------------------------------------------------===//
// LispClient
//===----------------------------------------------------------------------===//

llvm::LogicalResult ModuleLowering::declare(const Form *declaration) {
  unsigned errorsBefore = diags.getNumErrors();
  lowerTopLevel(declaration);
  return llvm::success(diags.getNumErrors() == errorsBefore);
}

llvm::LogicalResult ModuleLowering::defineConstant(const Symbol *name,
                                                   const Form *value) {
  // Constants that are no integers are of use to compile-time code only.
  auto *integer = llvm::dyn_cast<IntegerForm>(value);
  if (integer && integer->getBits64())
    addConstant(name, *integer, loadRange);
  return llvm::success();
}

std::vector<llvm::StringRef> ModuleLowering::getLanguageNames() {
  std::vector<llvm::StringRef> names;
  for (const FormInfo &form : whistler::getForms())
    names.push_back(form.name);
  // Common Lisp has a `defstruct` of its own, which a package that uses both
  // would not know from this one.
  for (const Declaration &declaration : declarations)
    if (declaration.name != "DEFSTRUCT")
      names.push_back(declaration.name);
  return names;
}

std::optional<uint64_t> ModuleLowering::getConstant(const Symbol *name) {
  return env.lookupConstant(name);
}

std::optional<uint64_t> ModuleLowering::getSize(const Symbol *name) {
  if (std::optional<ScalarType> type = ScalarType::get(name->getName()))
    return type->getBytes();
  const StructInfo *info = env.lookupStruct(name);
  return info ? std::optional<uint64_t>(info->size) : std::nullopt;
}

std::vector<const Symbol *> ModuleLowering::getMapNames() {
  return {env.getDeclaredMaps().begin(), env.getDeclaredMaps().end()};
}

std::vector<const Symbol *> ModuleLowering::getProgramNames() {
  return declaredPrograms;
}

std::vector<const Symbol *> ModuleLowering::getConstantNames() {
  return {env.getDeclaredConstants().begin(), env.getDeclaredConstants().end()};
}
