//===- BPFVerifiers.cpp - rules of single operations ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Refuses operations that stand for no instruction. What holds between
// operations is checked by the pass `bpf-verify`.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "Whistler/Dialect/BPF/IR/Opcodes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bpf;

/// The most arguments that a call takes: they are in `r1` to `r5`.
static constexpr unsigned maxCallArguments = 5;

/// Fails unless `value` is in `expected`, calling it `what` in the message.
static LogicalResult verifyRegister(Operation *op, Value value,
                                    Register expected, const Twine &what) {
  if (getMachineRegister(value) == expected)
    return success();
  return op->emitOpError() << "needs " << what << " of type !bpf.reg<"
                           << stringifyRegister(expected) << ">, but it is "
                           << value.getType();
}

static LogicalResult verifyAtomicSize(Operation *op, StoreSize size) {
  if (size == StoreSize::B32 || size == StoreSize::B64)
    return success();
  return op->emitOpError() << "works on b32 or b64, not on "
                           << stringifyStoreSize(size);
}

/// Whether `func` has what a program has, or what another function has.
static LogicalResult verifyKind(FuncOp func) {
  bool isProgram = func.isProgram();
  if (bool(func.getSectionAttr()) != isProgram ||
      bool(func.getLicenseAttr()) != isProgram)
    return func.emitOpError()
           << "needs program type, section and license, or none of them";
  if (bool(func.getParamsAttr()) == isProgram ||
      bool(func.getResultAttr()) == isProgram)
    return func.emitOpError() << "is either a program, or has params and "
                                 "result";
  if (isProgram && func.getIsGlobal())
    return func.emitOpError() << "is a program, and all of those are global";
  if (!isProgram &&
      func.getParams()->size() != func.getBody().front().getNumArguments())
    return func.emitOpError()
           << "has " << func.getParams()->size() << " params, but arguments in "
           << func.getBody().front().getNumArguments() << " registers";
  return success();
}

LogicalResult FuncOp::verify() {
  if (failed(verifyKind(*this)))
    return failure();
  RegisterSet seen;
  for (BlockArgument argument : getBody().front().getArguments()) {
    std::optional<Register> reg = getMachineRegister(argument);
    if (!reg || *reg < Register::R1 || *reg > Register::R5)
      return emitOpError() << "needs arguments in the registers r1 to r5, but "
                              "argument #"
                           << argument.getArgNumber() << " is "
                           << argument.getType();
    if (seen.contains(*reg))
      return emitOpError() << "has two arguments in "
                           << stringifyRegister(*reg);
    seen.insert(*reg);
  }
  return success();
}

LogicalResult MovSxOp::verify() {
  switch (getKind()) {
  case LoadKind::S8:
  case LoadKind::S16:
    return success();
  case LoadKind::S32:
    if (getWidth() == Width::W64)
      return success();
    return emitOpError()
           << "of s32 needs w64: there is nothing to extend in w32";
  default:
    return emitOpError() << "extends s8, s16 or s32, not "
                         << stringifyLoadKind(getKind());
  }
}

LogicalResult LdMapOp::verifySymbolUses(SymbolTableCollection &symbols) {
  // The map itself is an operation of another dialect.
  if (symbols.lookupNearestSymbolFrom(*this, getMapAttr()))
    return success();
  return emitOpError() << "refers to the map @" << getMap()
                       << ", which does not exist";
}

LogicalResult LdGlobalOp::verifySymbolUses(SymbolTableCollection &symbols) {
  // The variable itself is an operation of another dialect.
  if (symbols.lookupNearestSymbolFrom(*this, getGlobalAttr()))
    return success();
  return emitOpError() << "refers to the variable @" << getGlobal()
                       << ", which does not exist";
}

/// The function `name` that is called by other functions.
static FailureOr<FuncOp> lookupCallee(Operation *op, FlatSymbolRefAttr name,
                                      SymbolTableCollection &symbols) {
  auto func = symbols.lookupNearestSymbolFrom<FuncOp>(op, name);
  if (!func)
    return op->emitOpError()
           << "refers to the function " << name << ", which does not exist";
  if (func.isProgram())
    return op->emitOpError() << "refers to the program " << name
                             << ", which only the kernel can call";
  return func;
}

LogicalResult LdFuncOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FailureOr<FuncOp> func = lookupCallee(*this, getCalleeAttr(), symbols);
  if (failed(func))
    return failure();
  // check_ld_imm() in the kernel's verifier.
  if (func->getIsGlobal())
    return emitOpError() << "passes the global function " << getCalleeAttr()
                         << "; the kernel calls back only functions that are "
                            "not";
  return success();
}

LogicalResult CallFuncOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FailureOr<FuncOp> func = lookupCallee(*this, getCalleeAttr(), symbols);
  if (failed(func))
    return failure();
  if (func->getParams()->size() == getArgs().size())
    return success();
  return emitOpError() << "passes " << getArgs().size() << " arguments to "
                       << getCalleeAttr() << ", which takes "
                       << func->getParams()->size();
}

/// The operations whose immediate the loader may change.
template <typename Op>
static LogicalResult verifyCore(Op op, bool mayBeRelocated) {
  if (!op.getCore() || mayBeRelocated)
    return success();
  return op.emitOpError() << "cannot hold what a relocation tells";
}

LogicalResult MovImmOp::verify() {
  // libbpf patches any, but only this one is extended as its numbers are.
  return verifyCore(*this, getWidth() == Width::W64);
}

LogicalResult AluImmOp::verify() {
  if (failed(verifyCore(*this, getWidth() == Width::W64)))
    return failure();
  switch (getOp()) {
  case AluOp::Div:
  case AluOp::Mod:
  case AluOp::SDiv:
  case AluOp::SMod:
    if (getImm() != 0)
      return success();
    return emitOpError() << "divides by zero";
  case AluOp::Lsh:
  case AluOp::Rsh:
  case AluOp::Arsh: {
    int32_t width = static_cast<int32_t>(getWidth());
    if (getImm() >= 0 && getImm() < width)
      return success();
    return emitOpError() << "shifts by " << getImm()
                         << "; a count is from 0 to " << width - 1;
  }
  default:
    return success();
  }
}

LogicalResult AtomicMemOp::verify() {
  return verifyAtomicSize(*this, getSize());
}

LogicalResult AtomicFetchOp::verify() {
  return verifyAtomicSize(*this, getSize());
}

LogicalResult AtomicCmpXchgOp::verify() {
  if (failed(verifyAtomicSize(*this, getSize())) ||
      failed(verifyRegister(*this, getExpected(), Register::R0,
                            "an expected value")))
    return failure();
  return verifyRegister(*this, getDst(), Register::R0, "a result");
}

LogicalResult SlotOp::verify() {
  if (getSize() <= 0)
    return emitOpError() << "has a size of " << getSize() << " bytes";
  if (!llvm::isPowerOf2_64(getAlignment()) || getAlignment() > 8)
    return emitOpError() << "needs an alignment of 1, 2, 4 or 8, not "
                         << getAlignment();
  return success();
}

LogicalResult FramePointerOp::verify() {
  return verifyRegister(*this, getDst(), Register::R10, "a result");
}

/// Checks the registers of a call. `callee` is what is called, for the message.
static LogicalResult verifyCall(Operation *op, ValueRange args, Value result,
                                StringRef callee) {
  if (args.size() > maxCallArguments)
    return op->emitOpError() << "has " << args.size() << " arguments; a "
                             << callee << " takes at most " << maxCallArguments;
  for (auto [index, argument] : llvm::enumerate(args))
    if (failed(verifyRegister(op, argument, getArgumentRegister(index),
                              "argument #" + Twine(index))))
      return failure();
  return verifyRegister(op, result, Register::R0, "a result");
}

LogicalResult CallOp::verify() {
  if (getHelper() < 0)
    return emitOpError() << "has no helper of number " << getHelper();
  return verifyCall(*this, getArgs(), getDst(), "helper");
}

LogicalResult CallFuncOp::verify() {
  return verifyCall(*this, getArgs(), getDst(), "function");
}

LogicalResult RawOp::verify() {
  if (getCode() < 0 || getCode() > UINT8_MAX)
    return emitOpError() << "has the opcode " << getCode()
                         << "; an opcode is from 0 to 255";
  for (int32_t number : {getDstReg(), getSrcReg()})
    if (number < 0 || number >= static_cast<int32_t>(numRegisters))
      return emitOpError() << "has the register " << number
                           << "; registers are from 0 to 10";
  if (!llvm::isInt<16>(getOff()))
    return emitOpError() << "has the offset " << getOff()
                         << "; an offset is from -32768 to 32767";
  unsigned opcodeClass = BPF_CLASS(getCode());
  bool isJump = opcodeClass == BPF_JMP || opcodeClass == BPF_JMP32;
  if (isJump && getCode() != (BPF_JMP | BPF_CALL))
    return emitOpError() << "may not jump or exit: its successors are unknown";
  if (getCode() == (BPF_LD | BPF_IMM | BPF_DW))
    return emitOpError() << "takes one slot; use bpf.ld_imm64 for a 64-bit "
                            "immediate";
  if (getClobbers().contains(Register::R10))
    return emitOpError() << "may not write r10";
  if (!getDst())
    return success();
  Register reg = getMachineRegister(getDst()).value_or(Register::R10);
  if (getClobbers().contains(reg) || static_cast<int32_t>(reg) == getDstReg())
    return success();
  return emitOpError() << "has a result in " << getDst().getType()
                       << ", which the instruction does not write";
}

LogicalResult ExitOp::verify() {
  return verifyRegister(*this, getValue(), Register::R0, "a value");
}
