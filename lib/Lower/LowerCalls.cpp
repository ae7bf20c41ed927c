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
  const Form *op = listElement(call.form, 0);
  if (!uapi::isHelperAvailable(helper, type.kind)) {
    error(op, "no supported kernel lets a program of type `:" + type.name +
                  "` call `" + helper.name + "`");
    return false;
  }
  if (uapi::isGplOnly(helper, type.kind) &&
      !uapi::isGplCompatible(prog.getLicense())) {
    error(op, "`" + helper.name +
                  "` is for programs under a GPL-compatible license, and this "
                  "one's is " +
                  getQuoted(prog.getLicense()));
    return false;
  }
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

Result ProgramLowering::lowerHelper(const Call &call,
                                    const uapi::Helper &helper) {
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
  Type resultType = helper.returnKind == uapi::ReturnKind::Pointer
                        ? Type(getPtrType(AddressSpace::Any))
                        : getIntType(64);
  Value result =
      create<HelperCallOp>(resultType, helper.cName, args).getResult();
  // There is nothing to read in the result register of a void helper.
  return helper.returnKind == uapi::ReturnKind::Void ? makeConstant(0) : result;
}

Result ProgramLowering::lowerTailCall(const Call &call) {
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
  create<TailCallOp>(prog.getContextArgument(), map->cName, *index);
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
