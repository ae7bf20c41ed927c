//===- Session.cpp - a source that grows form by form -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lowering for a prompt.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Lower/Session.h"

#include "ModuleLowering.h"

#include "Whistler/UAPI/Helpers.h"

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"

using namespace whistler;
using mlir::whistler::MapOp;
using mlir::whistler::ProgOp;

SessionHost::~SessionHost() = default;

LowerSession::LowerSession(DiagnosticEngine &diags, mlir::MLIRContext &context,
                           const LowerOptions &options, SessionHost &host)
    : options(options) {
  context.loadDialect<mlir::arith::ArithDialect, mlir::cf::ControlFlowDialect,
                      mlir::whistler::WhistlerDialect>();
  lowering = std::make_unique<ModuleLowering>(diags, context, this->options);
  lowering->startSession(host);
}

LowerSession::~LowerSession() = default;

std::optional<std::vector<std::string>>
LowerSession::evaluate(const Form *form) {
  return lowering->evaluateAtPrompt(form);
}

FormContext &LowerSession::getForms() { return lowering->getForms(); }

mlir::ModuleOp LowerSession::getModule() { return lowering->getModule(); }

std::string LowerSession::getObjectName(const Symbol *name) {
  return getCIdentifier(name->getName());
}

std::vector<std::string> LowerSession::getNames() {
  return lowering->getKnownNames();
}

//===----------------------------------------------------------------------===//
// ModuleLowering
//===----------------------------------------------------------------------===//

void ModuleLowering::startSession(SessionHost &sessionHost) {
  host = &sessionHost;
  env.allowsRedefinition = true;
  startModule(builder.getUnknownLoc());
}

std::optional<std::vector<std::string>>
ModuleLowering::evaluateAtPrompt(const Form *form) {
  form = resolveReaderSyntax(form);
  if (!form)
    return std::nullopt;
  // A prompt shows the values of what a macro call and a sequence come to.
  if (env.isMacroCall(form)) {
    MacroExpansion expansion(form, env);
    if (!expansion.getForm())
      return std::nullopt;
    return evaluateAtPrompt(expansion.getForm());
  }
  const Symbol *op = listOperator(form);
  if (op && (op->is("PROGN") || op->is("LOCALLY")))
    return evaluateSequenceAtPrompt(form);
  if (!isDeclaration(form))
    return lisp.evaluateAtPrompt(form);
  unsigned errorsBefore = diags.getNumErrors();
  lowerTopLevel(form);
  if (diags.getNumErrors() != errorsBefore)
    return std::nullopt;
  if (op && op->is("LOAD"))
    return std::vector<std::string>{"T"};
  // As Common Lisp's own defining forms, a declaration yields its name.
  const Form *name = listElement(form, 1);
  if (isDeclaration(form) && name && name->getSymbol() && !name->isNil())
    return std::vector<std::string>{name->getSymbol()->getName().str()};
  return std::vector<std::string>();
}

std::optional<std::vector<std::string>>
ModuleLowering::evaluateSequenceAtPrompt(const Form *form) {
  std::optional<llvm::SmallVector<const Form *>> elements =
      getElements(form, diags);
  if (!elements)
    return std::nullopt;
  std::optional<std::vector<std::string>> values{{"NIL"}};
  for (const Form *element : llvm::drop_begin(*elements))
    if (!(values = evaluateAtPrompt(element)))
      break;
  return values;
}

void ModuleLowering::dropUsers(MapOp old, MapOp map) {
  bool isAlike = old.getMapType() == map.getMapType() &&
                 old.getKeySize() == map.getKeySize() &&
                 old.getValueSize() == map.getValueSize();
  if (isAlike)
    return;
  for (ProgOp prog :
       llvm::make_early_inc_range(result.module->getOps<ProgOp>())) {
    if (mlir::SymbolTable::symbolKnownUseEmpty(map.getSymNameAttr(),
                                               prog.getOperation()))
      continue;
    llvm::erase_if(declaredPrograms, [&](const Symbol *name) {
      return getCIdentifier(name->getName()) == prog.getSymName();
    });
    diags.warning(loadRange, "the program `" + prog.getSymName() +
                                 "` uses the map as it was before, and is "
                                 "forgotten; define it again");
    prog.erase();
  }
}

void ModuleLowering::removeEarlier(mlir::Operation *definition) {
  auto name = mlir::SymbolTable::getSymbolName(definition);
  auto operations = result.module->getOps();
  auto earlier = llvm::find_if(operations, [&](mlir::Operation &op) {
    return &op == definition || mlir::SymbolTable::getSymbolName(&op) == name;
  });
  // Nothing stands behind what was just defined.
  mlir::Operation *old = &*earlier;
  if (old == definition)
    return;
  auto oldMap = llvm::dyn_cast<MapOp>(old);
  if (auto map = llvm::dyn_cast<MapOp>(definition); oldMap && map)
    dropUsers(oldMap, map);
  old->erase();
}

std::optional<const Form *>
ModuleLowering::callCommand(llvm::StringRef name,
                            llvm::ArrayRef<const Form *> args) {
  if (host)
    return host->callCommand(name, args);
  diags.error({}, "`" + name.lower() + "` is for the prompt: `whistler repl`");
  return std::nullopt;
}

std::vector<std::string> ModuleLowering::getKnownNames() {
  std::vector<std::string> names = env.getAccessorNames();
  llvm::append_range(names, env.getMapNames());
  llvm::append_range(names, env.getConstantNames());
  for (const Symbol *name : declaredPrograms)
    names.push_back(name->getName().lower());
  for (llvm::StringRef name : getLanguageNames())
    names.push_back(name.lower());
  for (const uapi::Helper &helper : uapi::getHelpers())
    names.push_back(helper.name.str());
  return names;
}
