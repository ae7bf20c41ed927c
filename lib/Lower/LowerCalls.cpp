//===- LowerCalls.cpp - helpers, tail calls, raw instructions ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Calls of kernel helpers, checked against the kernel's tables.
//
//===----------------------------------------------------------------------===//

#include "LoweringScopes.h"

#include <linux/bpf.h>

using namespace whistler;
using namespace mlir::whistler;

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

/// "(map-update-elem map key value flags)".
static std::string getUsage(const uapi::Helper &helper) {
  std::string usage = "(" + helper.name.str();
  for (const uapi::HelperArg &arg : helper.args())
    usage += " " + arg.name.str();
  return usage + (helper.isVariadic ? " ...)" : ")");
}

bool ProgramLowering::checkHelper(const Call &call,
                                  const uapi::Helper &helper) {
  if (!helper.isUndocumented &&
      !checkArity(call, helper.minArgs(), helper.maxArgs(), getUsage(helper)))
    return false;
  return checkHelperUse(helper, listElement(call.form, 0)->getRange(), nullptr);
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

/// An argument as the helper's prototype wants it; `arg` is null for one of
/// those that a prototype leaves open. Empty after an error.
mlir::Value ProgramLowering::lowerHelperArgument(const Form *form,
                                                 const uapi::Helper &helper,
                                                 const uapi::HelperArg *arg) {
  form = expandSymbol(form);
  const Symbol *name = form->getSymbol();
  const MapInfo *map =
      name && !lookupVariable(name) ? env.lookupMap(name) : nullptr;
  if (map)
    return create<MapRefOp>(getPtrType(AddressSpace::Map), map->cName);
  bool wantsFunction = arg && arg->kind == uapi::ArgKind::Function;
  if (wantsFunction && name && !lookupVariable(name))
    if (FunctionInfo *callee = env.lookupFunction(name))
      return referToFunction(*callee, form);
  bool wantsMap = arg && arg->kind == uapi::ArgKind::Map;
  if (wantsMap && !form->isList() && !(name && lookupVariable(name))) {
    (void)parseMap(form);
    return Value();
  }
  Result value = lowerValue(form);
  if (!value || !arg || isPointer(*value))
    return value.value_or(Value());
  bool takesNull = arg->kind != uapi::ArgKind::Context && !wantsMap;
  if (arg->kind == uapi::ArgKind::Function) {
    error(form, "`" + helper.name + "` takes a function as its `" + arg->name +
                    "`: the name of a `defn`");
    return Value();
  }
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
  llvm::SmallVector<const Form *> argForms =
      fillInSizes(written, helper, env.forms);
  Call call{written.form, written.name, argForms, written.mode};
  bool isValid = checkHelper(call, helper);
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
    (void)checkHelperUse(*use.helper, use.range, form);
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
  Value address = *value;
  if (!isPointer(address)) {
    address = isConstantZero(address) ? makeNull(AddressSpace::Any) : Value();
    if (!address)
      error(form, "`" + getText(form) + "` is an integer, and the parameter `" +
                      getLispName(to.name) + "` is a pointer");
    return address;
  }
  Type pointee = getPointee(address);
  bool isOther = pointee && !llvm::isa<mlir::NoneType>(pointer.getPointee()) &&
                 pointee != pointer.getPointee();
  if (auto array =
          llvm::dyn_cast_if_present<mlir::whistler::ArrayType>(pointee))
    isOther &= array.getElement() != pointer.getPointee();
  if (isOther) {
    error(form, "`" + getText(form) + "` points to a `" +
                    getTypeName(pointee, env) + "`, and the parameter `" +
                    getLispName(to.name) + "` to a `" +
                    getTypeName(pointer.getPointee(), env) + "`");
    return Value();
  }
  return address;
}

Result ProgramLowering::lowerFunctionCall(const Call &call,
                                          FunctionInfo &callee) {
  std::string usage = "(" + call.getName();
  for (const FunctionInfo::Parameter &parameter : callee.parameters)
    usage += " " + getLispName(parameter.name);
  size_t numParameters = callee.parameters.size();
  if (!checkArity(call, numParameters, numParameters, usage + ")"))
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

Result ProgramLowering::lowerTailCall(const Call &call) {
  if (!checkContext(call.form))
    return failed();
  const MapInfo *map = parseMap(call.args[0]);
  Result index = lowerInteger(call.args[1]);
  if (!map || !index)
    return failed();
  if (map->type->value != BPF_MAP_TYPE_PROG_ARRAY) {
    error(call.args[0], "`tail-call` needs a map of type `:prog-array`, and "
                        "this one's is `:" +
                            map->type->name + "`");
    return failed();
  }
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
