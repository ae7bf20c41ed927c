//===- SelectCalls.cpp - calls and raw instructions -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Puts arguments where the calling convention wants them.
//
//===----------------------------------------------------------------------===//

#include "InstructionSelector.h"

#include "Whistler/Dialect/BPF/IR/Encoding.h"
#include "Whistler/UAPI/Helpers.h"

#include <linux/bpf.h>

using namespace mlir;
using namespace mlir::whistler;
namespace uapi = ::whistler::uapi;

SmallVector<Value> InstructionSelector::getArguments(ArrayRef<Value> args) {
  SmallVector<Value> operands;
  for (auto [index, arg] : llvm::enumerate(args)) {
    bpf::RegType type = getMachineType(bpf::getArgumentRegister(index));
    operands.push_back(arg.getType() == type ? arg : getRegister(arg, type));
  }
  return operands;
}

/// Takes the result of a call from its register if it is used.
void InstructionSelector::defineResult(Value result, Value r0) {
  if (result && !result.use_empty())
    define(result, emit<bpf::MovOp>(getVirtualType(), bpf::Width::W64, r0));
}

void InstructionSelector::emitCall(StringRef helper, ArrayRef<Value> args,
                                   Value result) {
  SmallVector<Value> operands = getArguments(args);
  uint32_t id = uapi::lookupHelperByCName(helper)->id;
  defineResult(result, emit<bpf::CallOp>(getMachineType(bpf::Register::R0),
                                         int32_t(id), operands));
}

LogicalResult InstructionSelector::selectCall(CallOp op) {
  SmallVector<Value> operands = getArguments(llvm::to_vector(op.getArgs()));
  defineResult(op.getResult(),
               emit<bpf::CallFuncOp>(getMachineType(bpf::Register::R0),
                                     op.getCallee(), operands));
  return success();
}

LogicalResult InstructionSelector::selectMapOp(Operation *op, StringRef helper,
                                               StringRef map, ValueRange args) {
  Value address =
      emit<bpf::LdMapOp>(getMachineType(bpf::getArgumentRegister(0)), map);
  SmallVector<Value> operands = {address};
  llvm::append_range(operands, args);
  emitCall(helper, operands, op->getResult(0));
  return success();
}

LogicalResult InstructionSelector::selectTailCall(TailCallOp op) {
  Value ctx = getRegister(op.getCtx(), bpf::getArgumentRegister(0));
  Value map = emit<bpf::LdMapOp>(getMachineType(bpf::getArgumentRegister(1)),
                                 op.getMap());
  emitCall("tail_call", {ctx, map, op.getIndex()}, /*result=*/nullptr);
  return success();
}

LogicalResult InstructionSelector::selectAsm(AsmOp op) {
  bool isCall = op.getCode() == (BPF_JMP | BPF_CALL);
  auto reg = isCall ? bpf::Register::R0 : bpf::Register(op.getDst());
  if (reg == bpf::Register::R10) {
    emit<bpf::RawOp>(Type(), op.getCode(), op.getDst(), op.getSrc(),
                     op.getOff(), op.getImm());
    define(op, emit<bpf::FramePointerOp>(getMachineType(reg)));
    return success();
  }
  auto raw = emit<bpf::RawOp>(getMachineType(reg), op.getCode(), op.getDst(),
                              op.getSrc(), op.getOff(), op.getImm());
  if (!op.getResult().use_empty())
    define(op,
           emit<bpf::MovOp>(getVirtualType(), bpf::Width::W64, raw.getDst()));
  return success();
}
