//===- LowerCalls.cpp - helpers, tail calls, raw instructions ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Calls of kernel helpers, checked against the kernel's tables.
//
//===----------------------------------------------------------------------===//

#include "LispOperators.h"
#include "LoweringScopes.h"

#include <linux/bpf.h>

using namespace whistler;
using namespace mlir::whistler;

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

/// "(map-update-elem map key value flags)".
static std::string getHelperUsage(const uapi::Helper &helper) {
  std::string usage = "(" + helper.name.str();
  for (const uapi::HelperArg &arg : helper.args())
    usage += " " + arg.name.str();
  return usage + (helper.isVariadic ? " ...)" : ")");
}

/// `numFilledIn` of the arguments are sizes that the user did not write.
bool ProgramLowering::checkHelper(const Call &call, const uapi::Helper &helper,
                                  size_t numFilledIn) {
  if (numFilledIn != 0 && call.args.size() > helper.maxArgs()) {
    error(call.args[helper.maxArgs()],
          "`" + call.getName() + "` takes " +
              getCount(helper.maxArgs() - numFilledIn, "argument") +
              " at most where the size of a string is filled in");
    return false;
  }
  if (!helper.isUndocumented &&
      !checkArity(call, helper.minArgs(), helper.maxArgs(),
                  getHelperUsage(helper)))
    return false;
  return checkHelperUse(helper, listElement(call.form, 0)->getRange(), nullptr);
}

/// "(scale x factor)".
std::string ProgramLowering::getUsage(const FunctionInfo &callee,
                                      llvm::StringRef name) {
  std::string usage = "(" + name.str();
  for (const FunctionInfo::Parameter &parameter : callee.parameters)
    usage += " " + getLispName(parameter.name);
  return usage + ")";
}

bool ProgramLowering::checkHelperUse(const uapi::Helper &helper,
                                     llvm::SMRange op, const Form *call) {
  // Which programs call a function is known at their calls.
  if (function) {
    function->helpers.push_back({&helper, op});
    return true;
  }
  auto fail = [&](const llvm::Twine &message) {
    DiagnosticHandle handle = env.diags.error(op, message);
    if (call)
      handle.note(call->getRange(), "the function is called here");
    return false;
  };
  if (!uapi::isHelperAvailable(helper, type->kind))
    return fail("no supported kernel lets a program of type `:" + type->name +
                "` call `" + helper.name + "`");
  if (uapi::isGplOnly(helper, type->kind) && !uapi::isGplCompatible(license))
    return fail("`" + helper.name +
                "` is for programs under a GPL-compatible license, and this "
                "one's is " +
                getQuoted(license));
  return true;
}

/// The address of the function that a helper is to call.
mlir::Value ProgramLowering::lowerCallback(const Form *form,
                                           const uapi::Helper &helper,
                                           const uapi::HelperArg &arg) {
  const Symbol *name = form->getSymbol();
  FunctionInfo *callee =
      name && !lookupVariable(name) ? env.lookupFunction(name) : nullptr;
  if (callee)
    return referToFunction(*callee, form);
  if (!name || !env.isBroken(name))
    error(form, "`" + helper.name + "` takes a function as its `" + arg.name +
                    "`, the name of a `defn`, and `" + getText(form) +
                    "` is none" +
                    (name ? getSuggestion(name, env.getFunctionNames())
                          : std::string()));
  return Value();
}

/// An argument as the helper's prototype wants it; `arg` is null for one of
/// those that a prototype leaves open. Empty after an error.
mlir::Value ProgramLowering::lowerHelperArgument(const Form *form,
                                                 const uapi::Helper &helper,
                                                 const uapi::HelperArg *arg) {
  form = expandSymbol(form);
  const Symbol *name = form->getSymbol();
  const MapInfo *map =
      name && !lookupVariable(name) ? env.lookupMap(name) : nullptr;
  if (arg && arg->kind == uapi::ArgKind::Function)
    return lowerCallback(form, helper, *arg);
  if (map && arg && arg->kind == uapi::ArgKind::Map &&
      !checkMapType(*map, form, helper.name, helper.cName))
    return Value();
  if (map)
    return create<MapRefOp>(getPtrType(AddressSpace::Map), map->cName);
  bool wantsMap = arg && arg->kind == uapi::ArgKind::Map;
  if (wantsMap && !form->isList() && !(name && lookupVariable(name))) {
    (void)parseMap(form);
    return Value();
  }
  Result value = lowerValue(form);
  if (!value || !arg || isPointer(*value))
    return value.value_or(Value());
  bool takesNull = arg->kind != uapi::ArgKind::Context && !wantsMap;
  bool takesInteger = arg->kind == uapi::ArgKind::Scalar ||
                      arg->kind == uapi::ArgKind::UnsafePointer ||
                      (takesNull && isConstantZero(*value));
  if (takesInteger)
    return *value;
  // An integer from the kernel may stand for a kernel object: helpers such as
  // get-current-task give out addresses as numbers.
  if (arg->kind == uapi::ArgKind::KernelPointer)
    return *value;
  bool takesVariable =
      name && lookupVariable(name) && arg->kind == uapi::ArgKind::Memory;
  bool takesContext = arg->kind == uapi::ArgKind::Context ||
                      arg->kind == uapi::ArgKind::ContextOrKernelPointer;
  error(form, "`" + helper.name + "` takes " +
                  (wantsMap ? "a map" : "an address") + " as its `" +
                  arg->name + "` (`" + arg->type +
                  "`), and this is an integer" +
                  (takesVariable  ? "; `(stack-addr " + getLispName(name) +
                                        ")` is the variable's address"
                   : takesContext ? "; `(ctx-ptr)` is the context"
                                  : ""));
  return Value();
}

/// Inserts the sizes that string literals among the arguments bring along:
/// where the helper takes the size of a string behind it, the user writes none.
static llvm::SmallVector<const Form *>
fillInSizes(const Call &call, const uapi::Helper &helper, FormContext &forms) {
  llvm::SmallVector<const Form *> args(call.args);
  for (auto [index, arg] : llvm::enumerate(helper.args())) {
    auto *string =
        index < args.size() ? llvm::dyn_cast<StringForm>(args[index]) : nullptr;
    if (string && arg.sizeArg == int(index) + 1)
      args.insert(args.begin() + arg.sizeArg,
                  forms.makeInteger(int64_t(string->getValue().size() + 1),
                                    string->getRange()));
  }
  return args;
}

/// Calls a helper that yields a pointer. One to a struct of the kernel's own is
/// trusted; those that the UAPI has for programs are called `bpf_sock` and the
/// like.
mlir::Value ProgramLowering::createPointerCall(const uapi::Helper &helper,
                                               llvm::ArrayRef<Value> args) {
  llvm::StringRef tag = helper.returnType;
  bool isTrusted = tag.consume_front("struct ") && tag.consume_back(" *") &&
                   !tag.starts_with("bpf_");
  Type resultType =
      getPtrType(isTrusted ? AddressSpace::BTF : AddressSpace::Any);
  Value result =
      create<HelperCallOp>(resultType, helper.cName, args).getResult();
  return isTrusted
             ? withPointee(result, StructType::get(builder.getContext(), tag))
             : result;
}

Result ProgramLowering::lowerHelper(const Call &written,
                                    const uapi::Helper &helper) {
  const Symbol *first =
      written.args.empty() ? nullptr : written.args.front()->getSymbol();
  if (helper.name == "loop" && !(first && lookupVariable(first)) &&
      isLispLoop(written.args)) {
    error(listElement(written.form, 0),
          "`loop` is the helper bpf_loop here, written `(loop count function "
          "ptr 0)`; " +
              getReplacement("DO"));
    return failed();
  }
  llvm::SmallVector<const Form *> argForms =
      fillInSizes(written, helper, env.forms);
  Call call{written.form, written.name, argForms, written.mode};
  bool isValid =
      checkHelper(call, helper, argForms.size() - written.args.size());
  bool isAligned = call.args.size() >= helper.minArgs() &&
                   call.args.size() <= helper.maxArgs();
  llvm::SmallVector<Value> args;
  for (auto [index, form] : llvm::enumerate(call.args)) {
    // With arguments too many or too few no one knows which is which.
    const uapi::HelperArg *arg = isAligned && index < helper.args().size()
                                     ? &helper.args()[index]
                                     : nullptr;
    Value value = lowerHelperArgument(form, helper, arg);
    isValid &= bool(value);
    args.push_back(value);
  }
  if (!isValid)
    return failed();
  if (helper.returnKind == uapi::ReturnKind::Pointer)
    return createPointerCall(helper, args);
  Value result =
      create<HelperCallOp>(getIntType(64), helper.cName, args).getResult();
  if (llvm::StringRef(helper.cName).starts_with("map_"))
    return extendMapResult(result);
  // There is nothing to read in the result register of a void helper.
  return helper.returnKind == uapi::ReturnKind::Void ? makeConstant(0) : result;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// Checks that the program may do what a function does, at `form`.
void ProgramLowering::useFunction(const FunctionInfo &callee,
                                  const Form *form) {
  // A function that calls itself would grow its own list.
  auto helpers = callee.helpers;
  for (const FunctionInfo::HelperUse &use : helpers)
    if (!reportedUses.contains(use.range.Start.getPointer()) &&
        !checkHelperUse(*use.helper, use.range, form))
      reportedUses.insert(use.range.Start.getPointer());
}

/// The address of a function, for a helper that calls it.
mlir::Value ProgramLowering::referToFunction(const FunctionInfo &callee,
                                             const Form *form) {
  useFunction(callee, form);
  return create<FuncRefOp>(getPtrType(AddressSpace::Func), callee.cName);
}

/// An argument as a parameter of that type takes it.
mlir::Value ProgramLowering::lowerArgument(const Form *form,
                                           const FunctionInfo::Parameter &to) {
  auto pointer = llvm::dyn_cast<PointerType>(to.type);
  if (!pointer) {
    Result value = lowerInteger(form);
    return value ? normalize(*value, *ScalarType::get(to.type)) : Value();
  }
  Result value = lowerValue(form);
  if (!value)
    return Value();
  bool isContext = isPointer(*value) && getSpace(*value) == AddressSpace::Ctx;
  if (getContextType(to.type) && !isContext) {
    error(form, "the function takes the program's context, `(ctx-ptr)`, and `" +
                    getText(form) + "` is something else");
    return Value();
  }
  return convertToPointee(*value, pointer, form,
                          "the parameter `" + getLispName(to.name) + "`");
}

/// `value` as a pointer that `what` takes; empty after an error. What is known
/// to point to something else is none.
mlir::Value ProgramLowering::convertToPointee(Value value, PointerType pointer,
                                              const Form *form,
                                              const llvm::Twine &what) {
  Value address = value;
  if (!isPointer(address)) {
    address = isConstantZero(address) ? makeNull(AddressSpace::Any) : Value();
    if (!address)
      error(form, "`" + getText(form) + "` is an integer, and " + what +
                      " is a pointer");
    return address;
  }
  auto wanted = llvm::dyn_cast<StructType>(pointer.getPointee());
  if (wanted && getSpace(address) == AddressSpace::Ctx &&
      wanted.getTag() != type->contextStruct) {
    error(form, "`" + getText(form) +
                    "` is the context of a program of type `:" + type->name +
                    "`, and " + what + " points to a `" +
                    getTypeName(wanted, env) + "`");
    return Value();
  }
  Type pointee = getPointee(address);
  bool isOther = pointee && !llvm::isa<mlir::NoneType>(pointer.getPointee()) &&
                 pointee != pointer.getPointee();
  if (auto array =
          llvm::dyn_cast_if_present<mlir::whistler::ArrayType>(pointee))
    isOther &= array.getElement() != pointer.getPointee();
  if (isOther) {
    error(form, "`" + getText(form) + "` points to a `" +
                    getTypeName(pointee, env) + "`, and " + what + " to a `" +
                    getTypeName(pointer.getPointee(), env) + "`");
    return Value();
  }
  return address;
}

Result ProgramLowering::lowerFunctionCall(const Call &call,
                                          FunctionInfo &callee) {
  size_t numParameters = callee.parameters.size();
  if (!checkArity(call, numParameters, numParameters,
                  getUsage(callee, call.getName())))
    return failed();
  if (&callee == function) {
    error(listElement(call.form, 0),
          "`" + call.getName() +
              "` calls itself, which the kernel does not allow");
    return failed();
  }
  llvm::SmallVector<Value> args;
  bool isValid = true;
  for (auto [form, parameter] : llvm::zip_equal(call.args, callee.parameters)) {
    args.push_back(lowerArgument(form, parameter));
    isValid &= bool(args.back());
  }
  useFunction(callee, call.form);
  if (!isValid)
    return failed();
  auto pointer = llvm::dyn_cast<PointerType>(callee.result);
  Type resultType =
      pointer ? Type(getPtrType(AddressSpace::Any)) : getIntType(64);
  Value result = create<CallOp>(resultType, callee.cName, args).getResult();
  return pointer ? withPointee(result, pointer.getPointee()) : result;
}

//===----------------------------------------------------------------------===//
// Unknown operators
//===----------------------------------------------------------------------===//

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
  if (env.lispFunctions.contains(op)) {
    error(culprit, "`" + getLispName(op) +
                       "` is a function of compile time, for macros and "
                       "constants; programs call what `defn` declares");
    return failed();
  }
  std::vector<std::string> names = env.getAccessorNames();
  llvm::append_range(names, env.getOperatorNames());
  llvm::append_range(names, env.macroNames);
  for (const FormInfo &info : getForms())
    names.push_back(info.name.lower());
  for (const uapi::Helper &helper : uapi::getHelpers())
    names.push_back(helper.name.str());
  llvm::StringRef madeName = op->getName();
  if (madeName.consume_front("MAKE-"))
    if (const StructInfo *info = env.lookupStruct(env.forms.intern(madeName));
        info && info->isKernel) {
      error(culprit, "`" + info->name +
                         "` is the kernel's, which programs read and do not "
                         "make");
      return failed();
    }
  // As C calls the helpers.
  llvm::StringRef helperName = op->getName();
  bool isHelper = helperName.consume_front("BPF-") &&
                  uapi::lookupHelper(helperName.lower());
  llvm::StringRef instead =
      op->isLanguageName() ? getReplacement(op->getName()) : "";
  error(culprit, "unknown operator `" + getLispName(op) + "`" +
                     (isHelper           ? "; the helper is called `" +
                                               helperName.lower() + "` here"
                      : !instead.empty() ? "; " + instead.str()
                                         : getSuggestion(op, names)));
  return failed();
}

//===----------------------------------------------------------------------===//
// Tail calls
//===----------------------------------------------------------------------===//

Result ProgramLowering::lowerTailCall(const Call &call) {
  if (!checkContext(call.form))
    return failed();
  const MapInfo *map = parseMap(call.args[0]);
  Result index = lowerInteger(call.args[1]);
  if (!map || !index)
    return failed();
  if (!checkMapType(*map, call.args[0], "tail-call", "tail_call"))
    return failed();
  if (!openRecords.empty()) {
    error(listElement(call.form, 0),
          "a tail call would leave the record of `with-ringbuf` behind; end "
          "the `with-ringbuf` first");
    return failed();
  }
  create<TailCallOp>(context, map->cName, *index);
  return makeConstant(0);
}

//===----------------------------------------------------------------------===//
// Raw instructions
//===----------------------------------------------------------------------===//

/// Whether an instruction can stand alone: it is one slot, and control goes on
/// behind it.
static bool isSelfContained(int64_t opcode) {
  unsigned instructionClass = BPF_CLASS(opcode);
  if (opcode == (BPF_LD | BPF_DW | BPF_IMM))
    return false;
  if (instructionClass == BPF_JMP32)
    return false;
  return instructionClass != BPF_JMP || opcode == (BPF_JMP | BPF_CALL);
}

/// Which argument of `asm` names a register that the instruction writes; none
/// where it writes none, or one that it does not name.
static std::optional<unsigned> getWrittenArgument(int64_t opcode, int64_t imm) {
  constexpr unsigned dstIndex = 1, srcIndex = 2;
  switch (BPF_CLASS(opcode)) {
  case BPF_LD:
    if (BPF_MODE(opcode) == BPF_ABS || BPF_MODE(opcode) == BPF_IND)
      return std::nullopt;
    return dstIndex;
  case BPF_LDX:
  case BPF_ALU:
  case BPF_ALU64:
    return dstIndex;
  case BPF_STX:
    if (BPF_MODE(opcode) != BPF_ATOMIC || imm == BPF_CMPXCHG)
      return std::nullopt;
    return imm & BPF_FETCH ? std::optional(srcIndex) : std::nullopt;
  default:
    return std::nullopt;
  }
}

Result ProgramLowering::lowerAsm(const Call &call) {
  auto opcode = requireConstantIn(call.args[0], env, "the opcode", 0, 255);
  auto dst =
      requireConstantIn(call.args[1], env, "the destination register", 0, 10);
  auto src = requireConstantIn(call.args[2], env, "the source register", 0, 10);
  auto offset =
      requireConstantIn(call.args[3], env, "the offset", INT16_MIN, INT16_MAX);
  auto imm = requireConstantIn(call.args[4], env, "the immediate", INT32_MIN,
                               UINT32_MAX);
  if (!opcode || !dst || !src || !offset || !imm)
    return failed();
  if (!isSelfContained(*opcode)) {
    error(call.args[0], "`asm` emits one instruction that control goes on "
                        "behind; jumps, `exit` and 64-bit immediates are "
                        "written in Lisp");
    return failed();
  }
  std::optional<unsigned> written = getWrittenArgument(*opcode, *imm);
  if (written && (*written == 1 ? *dst : *src) == BPF_REG_10) {
    error(call.args[*written], "r10 is the frame pointer, which no instruction "
                               "may write");
    return failed();
  }
  return create<AsmOp>(getIntType(64), int32_t(*opcode), int32_t(*dst),
                       int32_t(*src), int32_t(*offset), int32_t(*imm));
}
