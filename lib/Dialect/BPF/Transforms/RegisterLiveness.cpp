//===- RegisterLiveness.cpp - which machine registers are live --*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A backward data flow analysis on sets of registers.
//
//===----------------------------------------------------------------------===//

#include "RegisterLiveness.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::bpf;

RegisterSet bpf::getReads(Operation *op) {
  RegisterSet result;
  if (auto raw = dyn_cast<RawOp>(op))
    result = getReadRegisters(raw);
  for (Value operand : op->getOperands())
    if (std::optional<Register> reg = getMachineRegister(operand))
      result.insert(*reg);
  return result;
}

RegisterSet bpf::getWrites(Operation *op) {
  RegisterSet result;
  if (auto instruction = dyn_cast<InstructionOpInterface>(op))
    result = instruction.getClobbers();
  for (Value value : op->getResults())
    if (std::optional<Register> reg = getMachineRegister(value))
      result.insert(*reg);
  return result;
}

RegisterSet RegisterLiveness::getLiveBefore(Operation *op,
                                            RegisterSet liveAfter) {
  getWrites(op).forEach([&](Register reg) { liveAfter.erase(reg); });
  return liveAfter | getReads(op);
}

RegisterSet RegisterLiveness::getLiveOut(Block *block) const {
  RegisterSet result;
  for (Block *successor : block->getSuccessors()) {
    RegisterSet needed = getLiveIn(successor);
    // Moves on the edge write the arguments.
    for (BlockArgument argument : successor->getArguments())
      if (std::optional<Register> reg = getMachineRegister(argument))
        needed.erase(*reg);
    result = result | needed;
  }
  return result;
}

RegisterSet RegisterLiveness::computeLiveIn(Block *block, bool raw) const {
  RegisterSet live = getLiveOut(block);
  for (Operation &op : llvm::reverse(*block)) {
    if (raw || !isa<RawOp>(op))
      live = getLiveBefore(&op, live);
    else
      getWrites(&op).forEach([&](Register reg) { live.erase(reg); });
  }
  for (BlockArgument argument : block->getArguments())
    if (std::optional<Register> reg = getMachineRegister(argument))
      live.insert(*reg);
  return live;
}

RegisterLiveness::RegisterLiveness(FuncOp func, bool raw) {
  llvm::SetVector<Block *> worklist;
  for (Block &block : func.getBody())
    worklist.insert(&block);
  while (!worklist.empty()) {
    Block *block = worklist.pop_back_val();
    RegisterSet live = computeLiveIn(block, raw);
    if (live == liveIn.lookup(block))
      continue;
    liveIn[block] = live;
    worklist.insert(block->pred_begin(), block->pred_end());
  }
}

std::optional<Register>
bpf::findFreeRegister(Operation *first, Operation *last,
                      const RegisterLiveness &liveness) {
  RegisterSet live = liveness.getLiveOut(first->getBlock());
  RegisterSet used;
  bool isWithin = false;
  for (Operation *op = first->getBlock()->getTerminator();;
       op = op->getPrevNode()) {
    live = RegisterLiveness::getLiveBefore(op, live);
    isWithin |= op == last;
    if (isWithin)
      used = used | live;
    if (op == first)
      break;
    if (isWithin && op != last)
      used = used | getWrites(op);
  }
  if (first != last)
    used = used | getWrites(first);
  for (Register reg : {Register::R1, Register::R2, Register::R3, Register::R4,
                       Register::R5, Register::R0})
    if (!used.contains(reg))
      return reg;
  return std::nullopt;
}

RegisterCounts bpf::countValues(FuncOp func) {
  RegisterCounts counts = {};
  auto count = [&](Value value) {
    if (std::optional<Register> reg = getMachineRegister(value))
      ++counts[static_cast<unsigned>(*reg)];
  };
  for (Block &block : func.getBody()) {
    llvm::for_each(block.getArguments(), count);
    for (Operation &op : block)
      llvm::for_each(op.getResults(), count);
  }
  return counts;
}
