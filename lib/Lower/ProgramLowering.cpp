//===- ProgramLowering.cpp - program bodies ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Expressions, and the building blocks that all forms share.
//
//===----------------------------------------------------------------------===//

#include "ProgramLowering.h"

#include "LoweringScopes.h"
#include "ModuleLowering.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace whistler;
using namespace mlir::whistler;
namespace arith = mlir::arith;
namespace cf = mlir::cf;

/// How deep forms may nest inside a program. The reader allows as much; what
/// comes out of macros is limited here.
static constexpr unsigned maxDepth = 4000;

ProgramLowering::ProgramLowering(Environment &env, ProgOp prog,
                                 const uapi::ProgramType &type)
    : env(env), prog(prog), type(type), builder(prog.getContext()),
      loc(prog.getLoc()) {}

void ProgramLowering::run(const Form *form, llvm::ArrayRef<const Form *> body) {
  unsigned errorsBefore = env.diags.getNumErrors();
  Block *entry = builder.createBlock(&prog.getBody());
  entry->addArgument(getPtrType(AddressSpace::Ctx), loc);
  Result value = lowerBody(body, Mode::Value);
  if (value) {
    // The last form is what returns.
    LocationScope scope(*this, body.empty() ? form : body.back());
    if (isReachable && isPointer(*value))
      error(body.back(), "the program returns a pointer; it has to return an "
                         "integer");
    else
      emitReturn(isPointer(*value) ? makeConstant(0) : *value);
  }
  if (env.diags.getNumErrors() != errorsBefore) {
    // What was built need not be well formed.
    prog.erase();
    return;
  }
  mlir::IRRewriter rewriter(builder.getContext());
  (void)mlir::eraseUnreachableBlocks(rewriter, prog->getRegions());
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

Result ProgramLowering::lower(const Form *form, Mode mode) {
  LocationScope scope(*this, form);
  if (depth > maxDepth) {
    error(form, "forms are nested too deep");
    return failed();
  }
  if (env.isMacroCall(form)) {
    MacroExpansion expansion(form, env);
    return expansion.getForm() ? lower(expansion.getForm(), mode) : failed();
  }
  if (const Symbol *symbol = form->getSymbol())
    if (const Form *expansion = lookupSymbolMacro(symbol)) {
      MacroCallScope call(env.diags, form->getRange(), getLispName(symbol));
      return lower(expansion, mode);
    }
  return llvm::isa<ConsForm>(form) ? lowerCall(form, mode) : lowerAtom(form);
}

Result ProgramLowering::lowerAtom(const Form *form) {
  switch (form->getKind()) {
  case Form::Kind::Symbol:
    return lowerSymbol(form);
  case Form::Kind::Integer:
    if (auto bits = llvm::cast<IntegerForm>(form)->getBits64())
      return makeConstant(int64_t(*bits));
    error(form, "the integer does not fit 64 bits");
    return failed();
  case Form::Kind::Ratio:
  case Form::Kind::Float:
    error(form, "BPF has integers only, and `" + getText(form) + "` is none");
    return failed();
  case Form::Kind::String:
    error(form, "string literals are not available yet");
    return failed();
  case Form::Kind::Unevaluated:
    error(form, "compile-time evaluation (`" + getText(form) +
                    "`) is not available yet");
    return failed();
  default:
    error(form,
          "`" + getText(form) + "` is not a value that a program can have");
    return failed();
  }
}

Result ProgramLowering::lowerSymbol(const Form *form) {
  const Symbol *symbol = form->getSymbol();
  if (const Variable *variable = lookupVariable(symbol))
    return variable->isBroken ? failed() : readVariable(*variable);
  if (std::optional<uint64_t> value = env.lookupConstant(symbol))
    return makeConstant(int64_t(*value));
  std::string name = getText(form);
  if (env.lookupMap(symbol)) {
    error(form, "`" + name + "` is a map, not a value; `(getmap " + name +
                    " key)` reads it");
    return failed();
  }
  if (env.isBroken(symbol) || env.hasUnreadForms)
    return failed();
  std::vector<std::string> names = getVariableNames();
  llvm::append_range(names, env.getConstantNames());
  error(form,
        (symbol->isKeyword() ? "the keyword `" + name + "` is not a value here"
                             : "there is no variable or constant `" + name +
                                   "`" + getSuggestion(symbol, names)));
  return failed();
}

Result ProgramLowering::lowerCall(const Form *form, Mode mode) {
  const Symbol *op = listOperator(form);
  if (!op) {
    error(listElement(form, 0),
          "`" + getText(listElement(form, 0)) + "` is not an operator");
    return failed();
  }
  std::optional<llvm::SmallVector<const Form *>> elements =
      getElements(form, env.diags);
  if (!elements)
    return failed();
  Call call{form, op->getName(), llvm::ArrayRef(*elements).drop_front(), mode};
  if (op->isLanguageName()) {
    if (const FormInfo *info = lookupForm(call.name)) {
      if (!checkArity(call, info->minArgs, info->maxArgs, info->usage))
        return failed();
      return (this->*info->lower)(call);
    }
    if (std::optional<Accessor> accessor = env.lookupAccessor(op))
      return lowerAccessor(call, *accessor);
    if (diagnoseUnavailable(form, call.name, env.diags))
      return failed();
    if (const uapi::Helper *helper = uapi::lookupHelper(call.getName()))
      return lowerHelper(call, *helper);
  }
  return lowerUnknownOperator(form, op);
}

bool ProgramLowering::checkArity(const Call &call, size_t minArgs,
                                 size_t maxArgs, const llvm::Twine &usage) {
  size_t numArgs = call.args.size();
  if (numArgs >= minArgs && numArgs <= maxArgs)
    return true;
  const Form *culprit =
      numArgs > maxArgs ? call.args[maxArgs] : listElement(call.form, 0);
  error(culprit, "`" + call.getName() + "` is given " +
                     getCount(numArgs, "argument") + "; it is written `" +
                     usage + "`");
  return false;
}

/// Whether an operator comes from reader syntax for data, such as `'x`.
static bool isDataSyntax(const Symbol *op) {
  return op->is("QUOTE") || op->is("FUNCTION") || op->getPackage() == "SI";
}

Result ProgramLowering::lowerUnknownOperator(const Form *form,
                                             const Symbol *op) {
  const Form *culprit = listElement(form, 0);
  if (env.isBroken(op) || env.hasUnreadForms)
    return failed();
  if (isDataSyntax(op)) {
    error(form,
          "`" + getText(form) + "` is not a value that a program can have");
    return failed();
  }
  if (op->is("DECLARE")) {
    error(culprit, "`declare` stands at the start of a `let`'s body");
    return failed();
  }
  if (lookupVariable(op)) {
    error(culprit, "`" + getLispName(op) +
                       "` is a variable, not an operator; a variable is "
                       "written without parentheses");
    return failed();
  }
  if (env.lookupMap(op)) {
    error(culprit, "`" + getText(culprit) +
                       "` is a map, not an operator; "
                       "`(getmap " +
                       getText(culprit) + " key)` reads it");
    return failed();
  }
  std::vector<std::string> names = env.getAccessorNames();
  llvm::append_range(names, env.macroNames);
  for (const FormInfo &info : getForms())
    names.push_back(info.name.lower());
  for (const uapi::Helper &helper : uapi::getHelpers())
    names.push_back(helper.name.str());
  error(culprit, "unknown operator `" + getLispName(op) + "`" +
                     getSuggestion(op, names));
  return failed();
}

Result ProgramLowering::lowerInteger(const Form *form) {
  Result value = lowerValue(form);
  if (!value || !isPointer(*value))
    return value;
  bool isContext = getSpace(*value) == AddressSpace::Ctx;
  error(form, "`" + getText(form) + "` is a pointer, and an integer is needed" +
                  (isContext ? "; `(ctx field)` reads from the context"
                             : "; `(load type ptr offset)` reads what it "
                               "points to"));
  return failed();
}

Result ProgramLowering::lowerPointer(const Form *form) {
  Result value = lowerValue(form);
  if (!value || isPointer(*value))
    return value;
  error(form, "`" + getText(form) + "` is an integer, and a pointer is needed");
  return failed();
}

Result ProgramLowering::lowerBody(llvm::ArrayRef<const Form *> body,
                                  Mode mode) {
  if (body.empty())
    return mode == Mode::Value ? makeConstant(0) : Value();
  bool hasFailed = false;
  for (const Form *form : body.drop_back())
    hasFailed |= !lower(form, Mode::Effect);
  Result value = lower(body.back(), mode);
  return hasFailed ? failed() : value;
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

bool ProgramLowering::lowerCondition(const Form *form, Block *ifTrue,
                                     Block *ifFalse) {
  LocationScope scope(*this, form);
  if (depth <= maxDepth && env.isMacroCall(form)) {
    MacroExpansion expansion(form, env);
    return expansion.getForm() &&
           lowerCondition(expansion.getForm(), ifTrue, ifFalse);
  }
  const Symbol *op = listOperator(form);
  std::optional<size_t> length = properListLength(form);
  if (op && op->isLanguageName() && length && *length > 1 &&
      depth <= maxDepth) {
    if (op->is("NOT") && *length == 2)
      return lowerCondition(listElement(form, 1), ifFalse, ifTrue);
    if (op->is("AND") || op->is("OR"))
      return lowerAndOrCondition(form, ifTrue, ifFalse);
    if (const FormInfo *info = lookupForm(op->getName()))
      if (info->lower == &ProgramLowering::lowerComparison)
        return lowerComparisonCondition(form, ifTrue, ifFalse);
  }
  Result value = lower(form, Mode::Value);
  if (value)
    branchOnValue(*value, ifTrue, ifFalse);
  return value.has_value();
}

bool ProgramLowering::lowerAndOrCondition(const Form *form, Block *ifTrue,
                                          Block *ifFalse) {
  bool isAnd = form->isList() && listOperator(form)->is("AND");
  bool succeeded = true;
  for (auto it = ++listElements(form).begin();;) {
    const Form *operand = *it;
    if (++it == listElements(form).end())
      return lowerCondition(operand, ifTrue, ifFalse) && succeeded;
    Block *next = createBlock();
    succeeded &= isAnd ? lowerCondition(operand, next, ifFalse)
                       : lowerCondition(operand, ifTrue, next);
    startBlock(next);
  }
}

void ProgramLowering::branchOnValue(Value value, Block *ifTrue,
                                    Block *ifFalse) {
  Value condition;
  if (isPointer(value))
    condition =
        create<PtrCmpOp>(PtrPredicate::Ne, value, makeNull(getSpace(value)));
  else
    condition =
        create<arith::CmpIOp>(arith::CmpIPredicate::ne, value, makeConstant(0));
  branch(condition, ifTrue, ifFalse);
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

mlir::Block *ProgramLowering::createBlock() {
  auto *block = new Block();
  prog.getBody().push_back(block);
  return block;
}

void ProgramLowering::startBlock(Block *block) {
  // Blocks stand in the order in which they are filled.
  prog.getBody().getBlocks().splice(prog.getBody().end(),
                                    prog.getBody().getBlocks(), block);
  builder.setInsertionPointToEnd(block);
  isReachable = !block->hasNoPredecessors();
}

void ProgramLowering::branchTo(Block *block) {
  if (isReachable)
    create<cf::BranchOp>(block);
}

void ProgramLowering::branch(Value condition, Block *ifTrue, Block *ifFalse) {
  if (isReachable)
    create<cf::CondBranchOp>(condition, ifTrue, ifFalse);
}

void ProgramLowering::endWithEdge(llvm::SmallVectorImpl<Edge> &edges,
                                  Value value) {
  if (isReachable)
    edges.push_back({builder.getInsertionBlock(), value});
}

mlir::Type ProgramLowering::getCommonType(llvm::ArrayRef<Edge> edges) {
  Type result;
  bool hasZero = false;
  for (const Edge &edge : edges) {
    Type type = edge.value.getType();
    if (isConstantZero(edge.value)) {
      hasZero = true;
      continue;
    }
    if (!result || result == type)
      result = type;
    else if (isPointer(edge.value) && llvm::isa<PtrType>(result))
      result = getPtrType(AddressSpace::Any);
    else
      return Type();
  }
  return result || !hasZero ? result : getIntType(64);
}

Result ProgramLowering::join(llvm::ArrayRef<Edge> edges, Mode mode,
                             const Form *form) {
  Block *rest = createBlock();
  Type type;
  if (mode == Mode::Value && !edges.empty()) {
    type = getCommonType(edges);
    if (!type) {
      const Form *op = listElement(form, 0);
      error(op, "`" + getText(op) +
                    "` yields a pointer in one case and an integer in "
                    "another");
      return failed();
    }
  }
  for (const Edge &edge : edges) {
    builder.setInsertionPointToEnd(edge.block);
    llvm::SmallVector<Value, 1> operands;
    if (type) {
      auto ptrType = llvm::dyn_cast<PtrType>(type);
      operands.push_back(ptrType
                             ? convertToPointer(edge.value, ptrType.getSpace())
                             : edge.value);
    }
    create<cf::BranchOp>(rest, operands);
  }
  if (type)
    rest->addArgument(type, loc);
  startBlock(rest);
  if (mode == Mode::Effect)
    return Value();
  return type ? Value(rest->getArgument(0)) : makeConstant(0);
}

Result ProgramLowering::joinWith(const Call &call, Result value, Block *other,
                                 llvm::ArrayRef<const Form *> otherBody) {
  llvm::SmallVector<Edge> edges;
  endWithEdge(edges, value.value_or(Value()));
  startBlock(other);
  Result otherValue = lowerBody(otherBody, call.mode);
  endWithEdge(edges, otherValue.value_or(Value()));
  if (!value || !otherValue)
    return failed();
  return join(edges, call.mode, call.form);
}

void ProgramLowering::emitReturn(Value value) {
  if (isReachable)
    create<mlir::whistler::ReturnOp>(value);
  startBlock(createBlock());
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

mlir::Value ProgramLowering::makeConstant(int64_t value, unsigned bits) {
  return create<arith::ConstantOp>(builder.getIntegerAttr(
      getIntType(bits), llvm::APInt(bits, uint64_t(value),
                                    /*isSigned=*/true,
                                    /*implicitTrunc=*/true)));
}

bool ProgramLowering::isConstantZero(Value value) {
  return mlir::matchPattern(value, mlir::m_Zero());
}

mlir::Value ProgramLowering::makeNull(AddressSpace space) {
  return create<NullOp>(getPtrType(space));
}

mlir::Value ProgramLowering::convertToPointer(Value value, AddressSpace space) {
  if (!isPointer(value))
    return isConstantZero(value) ? makeNull(space) : Value();
  if (getSpace(value) == space)
    return value;
  return create<PtrCastOp>(getPtrType(space), value);
}

mlir::Value ProgramLowering::truncate(Value value, unsigned bits) {
  if (bits == 64)
    return value;
  llvm::APInt constant;
  if (mlir::matchPattern(value, mlir::m_ConstantInt(&constant)))
    return makeConstant(constant.getSExtValue(), bits);
  return create<arith::TruncIOp>(getIntType(bits), value);
}

mlir::Value ProgramLowering::extend(Value value, bool isSigned) {
  if (value.getType().isInteger(64))
    return value;
  if (isSigned)
    return create<arith::ExtSIOp>(getIntType(64), value);
  return create<arith::ExtUIOp>(getIntType(64), value);
}

mlir::Value ProgramLowering::normalize(Value value, ScalarType type) {
  if (type.bits == 64)
    return value;
  return extend(truncate(value, type.bits), type.isSigned);
}

mlir::Value ProgramLowering::addOffset(Value pointer, int64_t bytes) {
  if (bytes == 0)
    return pointer;
  return create<PtrAddOp>(pointer, makeConstant(bytes));
}

std::optional<std::pair<mlir::Value, int32_t>>
ProgramLowering::lowerAddress(const Form *pointer, const Form *offset) {
  Result base = lowerPointer(pointer);
  if (!offset)
    return base ? std::optional(std::make_pair(*base, 0)) : std::nullopt;
  Result amount = lowerInteger(offset);
  if (!base || !amount)
    return std::nullopt;
  llvm::APInt constant;
  if (mlir::matchPattern(*amount, mlir::m_ConstantInt(&constant)) &&
      constant.isSignedIntN(29))
    return std::make_pair(*base, int32_t(constant.getSExtValue()));
  return std::make_pair(Value(create<PtrAddOp>(*base, *amount)), 0);
}

const Form *ProgramLowering::findRunTimePart(const Form *form) {
  const Form *culprit = findNonConstant(form, env);
  if (!culprit)
    return nullptr;
  const Symbol *name = culprit->getSymbol();
  bool isRunTime = culprit->isList() ? !isConstantOperator(culprit)
                                     : name && lookupVariable(name);
  return isRunTime ? culprit : nullptr;
}

std::optional<ScalarType> ProgramLowering::parseType(const Form *form) {
  if (std::optional<ScalarType> type = ScalarType::get(form))
    return type;
  error(form, "`" + getText(form) +
                  "` is not a type; there are u8 u16 u32 u64 i8 i16 i32 i64");
  return std::nullopt;
}
