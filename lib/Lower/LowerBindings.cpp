//===- LowerBindings.cpp - variables ----------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// let, let*, when-let, if-let, and the variables they bind.
//
//===----------------------------------------------------------------------===//

#include "LoweringScopes.h"

#include "mlir/IR/Matchers.h"

using namespace whistler;
using namespace mlir::whistler;

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

/// One name, whichever of the packages that make up the language it is in.
static bool isSameName(const Symbol *a, const Symbol *b) {
  return a == b || (a->isLanguageName() && b->isLanguageName() &&
                    a->getName() == b->getName());
}

Variable *ProgramLowering::lookupVariable(const Symbol *name) {
  for (Variable &variable : llvm::reverse(variables))
    if (isSameName(variable.name, name))
      return variable.expansion ? nullptr : &variable;
  return nullptr;
}

const Form *ProgramLowering::lookupSymbolMacro(const Symbol *name) const {
  for (const Variable &variable : llvm::reverse(variables))
    if (isSameName(variable.name, name))
      return variable.expansion;
  return env.lookupConstant(name) ? nullptr : env.lisp.expandSymbol(name);
}

const Form *ProgramLowering::expandSymbol(const Form *form) const {
  while (const Symbol *symbol = form->getSymbol()) {
    const Form *expansion = lookupSymbolMacro(symbol);
    // A symbol macro for itself would go on for ever.
    if (!expansion || expansion->getSymbol() == symbol)
      break;
    form = expansion;
  }
  return form;
}

const Variable *ProgramLowering::lookupVariable(const Symbol *name) const {
  return const_cast<ProgramLowering *>(this)->lookupVariable(name);
}

std::vector<std::string> ProgramLowering::getVariableNames() const {
  std::vector<std::string> names;
  for (const Variable &variable : variables)
    names.push_back(getLispName(variable.name));
  return names;
}

void ProgramLowering::bindValue(const Symbol *name, Value value,
                                std::optional<ScalarType> type,
                                bool isUndecided) {
  bool holdsPointer = isPointer(value);
  ScalarType scalar = type.value_or(ScalarType{64, false});
  if (!holdsPointer)
    value = normalize(value, scalar);
  Value slot =
      create<AllocaOp>(getPtrType(AddressSpace::Stack), value.getType());
  create<StoreOp>(value, slot, 0);
  variables.push_back(
      {name, slot, scalar, holdsPointer, isUndecided, getPointee(value)});
}

mlir::Value ProgramLowering::readVariable(const Variable &variable) {
  auto alloca = variable.slot.getDefiningOp<AllocaOp>();
  Value value = create<LoadOp>(alloca.getElemType(), variable.slot, 0);
  return withPointee(value, variable.pointee);
}

/// Makes a pointer variable of one that has held null only. What was read from
/// it so far was meant as an integer.
void ProgramLowering::decidePointer(Variable &variable, AddressSpace space) {
  mlir::OpBuilder::InsertionGuard guard(builder);
  auto alloca = variable.slot.getDefiningOp<AllocaOp>();
  mlir::Type type = getPtrType(space);
  alloca.setElemType(type);
  for (mlir::Operation *user :
       llvm::make_early_inc_range(variable.slot.getUsers())) {
    if (auto store = llvm::dyn_cast<StoreOp>(user)) {
      builder.setInsertionPoint(store);
      store.getValueMutable().assign(makeNull(space));
    } else if (auto load = llvm::dyn_cast<LoadOp>(user)) {
      builder.setInsertionPointAfter(load);
      auto typedLoad = create<LoadOp>(type, variable.slot, 0);
      load.replaceAllUsesWith(Value(create<PtrToIntOp>(typedLoad)));
      load.erase();
    }
  }
  variable.isPointer = true;
  variable.isUndecided = false;
}

mlir::Value ProgramLowering::writeVariable(Variable &variable, Value value,
                                           const Form *form) {
  std::string name = getLispName(variable.name);
  if (variable.isBroken)
    return Value();
  if (variable.isUndecided && isPointer(value)) {
    decidePointer(variable, getSpace(value));
    variable.pointee = getPointee(value);
  } else if (variable.isUndecided && !isConstantZero(value))
    variable.isUndecided = false;
  if (isPointer(value) && getPointee(value) != variable.pointee)
    variable.pointee = Type();
  if (!variable.isPointer) {
    if (isPointer(value)) {
      error(form, "`" + name +
                      "` holds an integer, and this is a pointer; "
                      "bind a variable of its own to it");
      return Value();
    }
    value = normalize(value, variable.type);
  } else {
    auto alloca = variable.slot.getDefiningOp<AllocaOp>();
    AddressSpace space = llvm::cast<PtrType>(alloca.getElemType()).getSpace();
    value = convertToPointer(value, space);
    if (!value) {
      error(form, "`" + name + "` holds a pointer, and this is an integer");
      return Value();
    }
  }
  create<StoreOp>(value, variable.slot, 0);
  return value;
}

//===----------------------------------------------------------------------===//
// Bindings
//===----------------------------------------------------------------------===//

std::optional<ProgramLowering::Binding>
ProgramLowering::parseBinding(const Form *form) {
  Binding binding{form, nullptr, std::nullopt};
  if (form->isList() && !form->isNil()) {
    std::optional<llvm::SmallVector<const Form *>> elements =
        getElements(form, env.diags);
    if (!elements)
      return std::nullopt;
    binding.name = elements->front();
    if (elements->size() > 3) {
      error((*elements)[3],
            "a binding is written `(var init)` or `(var type init)`");
      binding.isBroken = true;
    }
    if (elements->size() == 3) {
      binding.type = parseType((*elements)[1]);
      binding.isBroken = !binding.type;
    }
    if (elements->size() > 1)
      binding.init = elements->back();
  }
  const Symbol *name = binding.name->getSymbol();
  if (!name || name->isKeyword() || name->is("NIL")) {
    error(binding.name, "`" + getText(binding.name) +
                            "` cannot be bound; a variable is a "
                            "symbol");
    return std::nullopt;
  }
  if (env.lookupConstant(name)) {
    error(binding.name,
          "`" + getText(binding.name) + "` is a constant and cannot be bound");
    return std::nullopt;
  }
  return binding;
}

/// Parses a list of bindings. Where `allowsSingle` is set, one binding may
/// stand without the list around it: `(v init)`.
std::optional<llvm::SmallVector<ProgramLowering::Binding>>
ProgramLowering::parseBindings(const Form *form, bool allowsSingle) {
  std::optional<llvm::SmallVector<const Form *>> elements =
      getElements(form, env.diags, "a list of bindings, `((var init) ...)`");
  if (!elements)
    return std::nullopt;
  if (allowsSingle && !elements->empty() && elements->front()->getSymbol() &&
      !elements->front()->isNil())
    elements = llvm::SmallVector<const Form *>{form};
  llvm::SmallVector<Binding> bindings;
  bool isValid = true;
  for (const Form *element : *elements) {
    if (std::optional<Binding> binding = parseBinding(element))
      bindings.push_back(*binding);
    else
      isValid = false;
  }
  return isValid ? std::optional(bindings) : std::nullopt;
}

/// One specifier of a `declare`: only types mean something here.
bool ProgramLowering::parseDeclaration(
    const Form *specifier, llvm::MutableArrayRef<Binding> bindings) {
  const Symbol *kind = listOperator(specifier);
  std::optional<llvm::SmallVector<const Form *>> elements =
      getElements(specifier, env.diags, "a declaration `(type u32 var...)`");
  if (!elements || !kind) {
    if (elements)
      error(specifier, "a declaration is written `(type u32 var...)`");
    return false;
  }
  if (kind->is("IGNORE") || kind->is("IGNORABLE") || kind->is("OPTIMIZE") ||
      kind->is("DYNAMIC-EXTENT"))
    return true;
  size_t typeIndex = kind->is("TYPE") ? 1 : 0;
  if (elements->size() <= typeIndex) {
    error(specifier, "a declaration is written `(type u32 var...)`");
    return false;
  }
  if (typeIndex == 0 && !ScalarType::get(kind->getName())) {
    error(elements->front(),
          "unknown declaration `" + getLispName(kind) +
              "`; there are `type`, `ignore` and `ignorable`");
    return false;
  }
  std::optional<ScalarType> type = parseType((*elements)[typeIndex]);
  if (!type)
    return false;
  for (const Form *name : llvm::drop_begin(*elements, typeIndex + 1)) {
    const Symbol *symbol = name->getSymbol();
    Binding *found = nullptr;
    for (Binding &binding : bindings)
      if (symbol && isSameName(binding.name->getSymbol(), symbol))
        found = &binding;
    if (!found) {
      error(name, "`" + getText(name) + "` is not bound by this form");
      return false;
    }
    found->type = type;
  }
  return true;
}

/// Takes the declarations from the start of a body.
bool ProgramLowering::parseDeclarations(
    llvm::ArrayRef<const Form *> &body,
    llvm::MutableArrayRef<Binding> bindings) {
  bool isValid = true;
  while (!body.empty() && listOperator(body.front()) &&
         listOperator(body.front())->is("DECLARE")) {
    isValid &= getElements(body.front(), env.diags).has_value();
    for (const Form *specifier : llvm::drop_begin(listElements(body.front())))
      isValid &= parseDeclaration(specifier, bindings);
    body = body.drop_front();
  }
  return isValid;
}

bool ProgramLowering::bind(const Binding &binding) {
  LocationScope scope(*this, binding.name);
  const Symbol *name = binding.name->getSymbol();
  const Symbol *init = binding.init ? binding.init->getSymbol() : nullptr;
  bool isNull = init && (init->is("NULL") || init->is("NIL"));
  Result value = binding.init ? lowerValue(binding.init) : makeConstant(0);
  if (!value || binding.isBroken) {
    // Uses of the variable shall not be reported too.
    bindValue(name, makeConstant(0));
    variables.back().isBroken = true;
    return false;
  }
  if (binding.type && isPointer(*value)) {
    error(binding.init, "`" + getLispName(name) +
                            "` is declared to be an integer, and this is a "
                            "pointer; pointers need no declaration");
    bindValue(name, *value);
    return false;
  }
  bindValue(name, *value, binding.type, isNull && !binding.type);
  return true;
}

/// Calls `visit` on every symbol in a form.
static void visitSymbols(const Form *form,
                         llvm::function_ref<void(const Form *)> visit) {
  if (form->getSymbol())
    visit(form);
  // An operator is no variable.
  const Symbol *op = listOperator(form);
  bool isCall = op && op->isLanguageName() && isForm(op->getName());
  for (const Form *element : listElements(form))
    if (!isCall || element != listElement(form, 0))
      visitSymbols(element, visit);
}

/// An initializer sees the bindings before it, unlike in Common Lisp: warns
/// where that makes a difference.
void ProgramLowering::warnAboutSequentialLet(llvm::ArrayRef<Binding> bindings) {
  for (auto [index, binding] : llvm::enumerate(bindings)) {
    if (!binding.init)
      continue;
    llvm::ArrayRef<Binding> earlier = bindings.take_front(index);
    visitSymbols(binding.init, [&](const Form *use) {
      const Symbol *name = use->getSymbol();
      bool isBoundHere = llvm::any_of(earlier, [&](const Binding &other) {
        return isSameName(other.name->getSymbol(), name);
      });
      if (isBoundHere && lookupVariable(name))
        env.diags.warning(use->getRange(),
                          "`" + getLispName(name) +
                              "` is the variable bound above in this `let`; "
                              "Common Lisp would read the outer one (write "
                              "`let*` to say that this is meant)");
    });
  }
}

//===----------------------------------------------------------------------===//
// Forms
//===----------------------------------------------------------------------===//

Result ProgramLowering::lowerLet(const Call &call) {
  NameScope names(*this);
  std::optional<llvm::SmallVector<Binding>> bindings =
      parseBindings(call.args[0], /*allowsSingle=*/false);
  if (!bindings)
    return failed();
  llvm::ArrayRef<const Form *> body = call.args.drop_front();
  bool isValid = parseDeclarations(body, *bindings);
  if (call.name == "LET")
    warnAboutSequentialLet(*bindings);
  for (const Binding &binding : *bindings)
    isValid &= bind(binding);
  Result value = lowerBody(body, call.mode);
  return isValid ? value : failed();
}

Result ProgramLowering::lowerIfLet(const Call &call) {
  std::optional<llvm::SmallVector<Binding>> bindings =
      parseBindings(call.args[0], /*allowsSingle=*/true);
  if (!bindings)
    return failed();
  if (bindings->size() != 1) {
    error(call.args[0], "`if-let` binds one variable: `(if-let (var init) then "
                        "else)`");
    return failed();
  }
  Block *thenBlock = createBlock(), *elseBlock = createBlock();
  bool isValid;
  Result thenValue;
  {
    NameScope names(*this);
    isValid = bind(bindings->front());
    branchOnValue(readVariable(variables.back()), thenBlock, elseBlock);
    startBlock(thenBlock);
    thenValue = lower(call.args[1], call.mode);
  }
  Result value = joinWith(call, thenValue, elseBlock, call.args.drop_front(2));
  return isValid ? value : failed();
}

Result ProgramLowering::lowerWhenLet(const Call &call) {
  NameScope names(*this);
  std::optional<llvm::SmallVector<Binding>> bindings =
      parseBindings(call.args[0], /*allowsSingle=*/true);
  if (!bindings)
    return failed();
  llvm::ArrayRef<const Form *> body = call.args.drop_front();
  bool isValid = parseDeclarations(body, *bindings);
  Block *skip = createBlock();
  for (const Binding &binding : *bindings) {
    isValid &= bind(binding);
    Block *next = createBlock();
    branchOnValue(readVariable(variables.back()), next, skip);
    startBlock(next);
  }
  Result value = joinWith(call, lowerBody(body, call.mode), skip);
  return isValid ? value : failed();
}

/// Local macros, for the forms in the body.
Result ProgramLowering::lowerMacrolet(const Call &call) {
  NameScope names(*this);
  std::optional<llvm::SmallVector<const Form *>> definitions =
      getElements(call.args[0], env.diags);
  if (!definitions)
    return failed();
  // Definitions do not see each other (CLHS macrolet).
  llvm::SmallVector<const LocalMacro *> macros;
  for (const Form *definition : *definitions) {
    const Symbol *name = listOperator(definition);
    if (name && name->isLanguageName() && isForm(name->getName())) {
      error(listElement(definition, 0),
            "`" + getLispName(name) +
                "` is a form of the language and cannot be redefined");
      return failed();
    }
    const LocalMacro *macro =
        env.lisp.defineLocalMacro(definition, env.localMacros);
    if (!macro)
      return failed();
    macros.push_back(macro);
  }
  env.localMacros.append(macros);
  return lowerBody(call.args.drop_front(), call.mode);
}

/// Names that stand for forms, in the body.
Result ProgramLowering::lowerSymbolMacrolet(const Call &call) {
  NameScope names(*this);
  std::optional<llvm::SmallVector<const Form *>> definitions =
      getElements(call.args[0], env.diags);
  if (!definitions)
    return failed();
  for (const Form *definition : *definitions) {
    const Symbol *name = listOperator(definition);
    if (!name || properListLength(definition) != 2) {
      error(definition, "a symbol macro is written `(name expansion)`");
      return failed();
    }
    Variable variable{name, Value(), {64, false}, false, false};
    variable.expansion = listElement(definition, 1);
    variables.push_back(variable);
    // Macros that are called in the body see it too.
    env.localMacros.push_back(
        env.lisp.defineLocalSymbolMacro(name, variable.expansion));
  }
  return lowerBody(call.args.drop_front(), call.mode);
}
