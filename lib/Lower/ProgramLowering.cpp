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
    : env(env), bodyOp(prog), region(prog.getBody()), type(&type),
      license(prog.getLicense()), builder(prog.getContext()),
      loc(prog.getLoc()) {}

ProgramLowering::ProgramLowering(Environment &env, FuncOp func,
                                 FunctionInfo &function)
    : env(env), bodyOp(func), region(func.getBody()), type(nullptr),
      function(&function), builder(func.getContext()), loc(func.getLoc()) {}

void ProgramLowering::runProgram(const Form *form, const Form *args,
                                 llvm::ArrayRef<const Form *> body) {
  Block *entry = builder.createBlock(&region);
  context = entry->addArgument(getPtrType(AddressSpace::Ctx), getLoc());
  if (args)
    (void)bindArguments(args);
  lowerWholeBody(form, body);
}

/// The program type whose context a parameter of type `(ptr xdp-md)` points to,
/// or null. Of several with the same struct it is the one that may do most.
const uapi::ProgramType *ProgramLowering::getContextType(mlir::Type type) {
  auto pointer = llvm::dyn_cast<PointerType>(type);
  auto pointee =
      pointer ? llvm::dyn_cast<StructType>(pointer.getPointee()) : StructType();
  if (!pointee)
    return nullptr;
  const uapi::ProgramType &tc = uapi::getProgramType(uapi::ProgramKind::TC);
  if (pointee.getTag() == tc.contextStruct)
    return &tc;
  for (const uapi::ProgramType &candidate : uapi::getProgramTypes())
    if (pointee.getTag() == candidate.contextStruct)
      return &candidate;
  return nullptr;
}

void ProgramLowering::runFunction(const Form *form,
                                  llvm::ArrayRef<const Form *> body) {
  Block *entry = builder.createBlock(&region);
  for (const FunctionInfo::Parameter &parameter : function->parameters) {
    if (const uapi::ProgramType *contextType = getContextType(parameter.type)) {
      type = contextType;
      context = entry->addArgument(getPtrType(AddressSpace::Ctx), getLoc());
      bindValue(parameter.name, context);
      continue;
    }
    auto pointer = llvm::dyn_cast<PointerType>(parameter.type);
    Value value = entry->addArgument(
        pointer ? Type(getPtrType(AddressSpace::Any)) : getIntType(64),
        getLoc());
    if (pointer)
      withPointee(value, pointer.getPointee());
    bindValue(parameter.name, value, ScalarType::get(parameter.type));
  }
  lowerWholeBody(form, body);
}

void ProgramLowering::lowerWholeBody(const Form *form,
                                     llvm::ArrayRef<const Form *> body) {
  unsigned errorsBefore = env.diags.getNumErrors();
  Result value = lowerBody(body, Mode::Value);
  if (value) {
    // The last form is what returns.
    LocationScope scope(*this, body.empty() ? form : body.back());
    (void)returnValue(*value, body.empty() ? form : body.back());
  }
  if (env.diags.getNumErrors() != errorsBefore) {
    // What was built need not be well formed.
    bodyOp->erase();
    return;
  }
  mlir::IRRewriter rewriter(builder.getContext());
  (void)mlir::eraseUnreachableBlocks(rewriter, bodyOp->getRegions());
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

mlir::Location ProgramLowering::getLoc() {
  if (!loc)
    loc = getLocation(range, env.diags, builder.getContext());
  return *loc;
}

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
    return getStringAddress(llvm::cast<StringForm>(form));
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
  if (const GlobalInfo *global = env.lookupGlobal(symbol))
    return readGlobal(*global);
  std::string name = getText(form);
  if (env.lookupMap(symbol)) {
    error(form, "`" + name + "` is a map, not a value; `(getmap " + name +
                    " key)` reads it");
    return failed();
  }
  if (const FunctionInfo *callee = env.lookupFunction(symbol)) {
    error(form, "`" + name + "` is a function, not a value; it is called `" +
                    getUsage(*callee, name) + "`");
    return failed();
  }
  if (env.isBroken(symbol) || env.hasUnreadForms)
    return failed();
  const FormInfo *info =
      symbol->isLanguageName() ? lookupForm(symbol->getName()) : nullptr;
  if (info || env.lookupAccessor(symbol)) {
    error(form, "`" + name + "` is an operator, not a value; it is written `" +
                    (info ? info->usage.str() : "(" + name + " ptr)") + "`");
    return failed();
  }
  std::vector<std::string> names = getVariableNames();
  llvm::append_range(names, env.getConstantNames());
  llvm::append_range(names, env.getGlobalNames());
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
    if (FunctionInfo *callee = env.lookupFunction(op))
      return lowerFunctionCall(call, *callee);
    if (std::optional<StructOperator> structOp = env.lookupStructOperator(op))
      return lowerStructOperator(call, *structOp);
    if (std::optional<Accessor> accessor = env.lookupAccessor(op))
      return lowerAccessor(call, *accessor);
    if (std::optional<Result> result = lowerTracepointField(call))
      return *result;
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

Result ProgramLowering::lowerInteger(const Form *form) {
  Result value = lowerValue(form);
  return value && checkInteger(*value, form) ? value : failed();
}

bool ProgramLowering::checkInteger(Value value, const Form *form) {
  if (!isPointer(value))
    return true;
  bool isContext = getSpace(value) == AddressSpace::Ctx;
  error(form, "`" + getText(form) + "` is a pointer, and an integer is needed" +
                  (isContext ? "; `(ctx field)` reads from the context"
                             : "; `(load type ptr offset)` reads what it "
                               "points to"));
  return false;
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
  region.push_back(block);
  return block;
}

void ProgramLowering::startBlock(Block *block) {
  // Blocks stand in the order in which they are filled.
  region.getBlocks().splice(region.end(), region.getBlocks(), block);
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
  edges.push_back({isReachable ? builder.getInsertionBlock() : nullptr, value});
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

mlir::Type ProgramLowering::getCommonPointee(llvm::ArrayRef<Edge> edges) const {
  Type result;
  for (const Edge &edge : edges) {
    if (!edge.value || isConstantZero(edge.value) ||
        edge.value.getDefiningOp<NullOp>())
      continue;
    Type pointee = getPointee(edge.value);
    if (!pointee || (result && result != pointee))
      return Type();
    result = pointee;
  }
  return result;
}

Result ProgramLowering::join(llvm::ArrayRef<Edge> all, Mode mode,
                             const Form *form) {
  Block *rest = createBlock();
  llvm::SmallVector<Edge> edges(llvm::make_filter_range(
      all, [](const Edge &edge) { return edge.block; }));
  if (edges.empty() && mode == Mode::Value) {
    // Control does not come here, but what is here may need a pointer.
    startBlock(rest);
    auto isInteger = [](const Edge &edge) {
      return !edge.value ||
             (!isPointer(edge.value) && !isConstantZero(edge.value));
    };
    auto pointer = llvm::find_if(all, [](const Edge &edge) {
      return edge.value && isPointer(edge.value);
    });
    return pointer == all.end() || llvm::any_of(all, isInteger)
               ? makeConstant(0)
               : pointer->value;
  }
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
    withPointee(rest->addArgument(type, getLoc()), getCommonPointee(edges));
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

bool ProgramLowering::returnValue(Value value, const Form *form) {
  checkVerdict(form);
  bool wantsPointer = function && llvm::isa<PointerType>(function->result);
  if (isReachable && isPointer(value) && !wantsPointer) {
    error(form, function ? "the function returns a pointer, and its result is "
                           "an integer; `-> (ptr type)` in front of the body "
                           "says otherwise"
                         : "the program returns a pointer; it has to return an "
                           "integer");
    return false;
  }
  if (wantsPointer) {
    Value pointer = convertToPointer(value, AddressSpace::Any);
    if (!pointer && isReachable) {
      error(form, "the function returns an integer, and its result is a "
                  "pointer");
      return false;
    }
    emitReturn(pointer ? pointer : makeNull(AddressSpace::Any));
    return true;
  }
  if (isPointer(value))
    value = makeConstant(0);
  if (function)
    value = normalize(value, *ScalarType::get(function->result));
  emitReturn(value);
  return true;
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

mlir::Value ProgramLowering::withPointee(Value pointer, Type pointee) {
  if (pointee && !llvm::isa<mlir::NoneType>(pointee))
    pointees[pointer] = pointee;
  return pointer;
}

mlir::Value ProgramLowering::addOffset(Value pointer, int64_t bytes) {
  if (bytes == 0)
    return pointer;
  return create<PtrAddOp>(pointer, makeConstant(bytes));
}

std::optional<std::pair<mlir::Value, int32_t>>
ProgramLowering::lowerAddress(const Form *pointer, const Form *offset) {
  Result base = lowerPointer(pointer);
  auto at = [&](int64_t bytes) {
    return base ? std::optional(std::make_pair(*base, int32_t(bytes)))
                : std::nullopt;
  };
  if (!offset)
    return at(0);
  constexpr unsigned offsetBits = 29;
  // Most offsets are written as numbers, and need no operation.
  if (auto *number = llvm::dyn_cast<IntegerForm>(offset))
    if (std::optional<uint64_t> bits = number->getBits64();
        bits && llvm::isInt<offsetBits>(int64_t(*bits)))
      return at(int64_t(*bits));
  Result amount = lowerInteger(offset);
  if (!base || !amount)
    return std::nullopt;
  llvm::APInt constant;
  if (mlir::matchPattern(*amount, mlir::m_ConstantInt(&constant)) &&
      constant.isSignedIntN(offsetBits))
    return at(constant.getSExtValue());
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
