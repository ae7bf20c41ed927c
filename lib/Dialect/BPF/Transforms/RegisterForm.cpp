//===- RegisterForm.cpp - instructions without values -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds again what each operand is: where several blocks meet, the registers
// that are read later become block arguments, and those that always get one
// value become that value.
//
//===----------------------------------------------------------------------===//

#include "RegisterForm.h"
#include "Blocks.h"
#include "RegisterLiveness.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/PostOrderIterator.h"
#include <array>

using namespace mlir;
using namespace mlir::bpf;

RegisterForm::RegisterForm(FuncOp func)
    : func(func), contents(std::make_unique<Block>()) {
  for (unsigned reg = 0; reg < numRegisters; ++reg)
    contents->addArgument(
        RegType::get(func.getContext(), static_cast<Register>(reg)),
        func.getLoc());
  detach();
}

RegisterForm::~RegisterForm() { restore(); }

bool RegisterForm::isPossible(FuncOp func) {
  auto isPlaced = [](Value value) { return !isVirtualRegister(value); };
  for (Block &block : func.getBody()) {
    if (!llvm::all_of(block.getArguments(), isPlaced))
      return false;
    for (Operation &op : block)
      if (!llvm::all_of(op.getResults(), isPlaced))
        return false;
    auto branch = dyn_cast<BranchOpInterface>(block.getTerminator());
    if (!branch)
      continue;
    for (unsigned index : llvm::seq(branch->getNumSuccessors()))
      for (auto [argument, operand] : llvm::zip_equal(
               branch->getSuccessor(index)->getArguments(),
               branch.getSuccessorOperands(index).getForwardedOperands()))
        if (argument.getType() != operand.getType())
          return false;
  }
  return true;
}

void RegisterForm::detach() {
  for (Block &block : func.getBody()) {
    for (Operation &op : block)
      for (OpOperand &operand : op.getOpOperands())
        if (std::optional<Register> reg = getMachineRegister(operand.get()))
          operand.set(getContent(*reg));
    if (auto branch = dyn_cast<BranchOpInterface>(block.getTerminator()))
      for (unsigned index : llvm::seq(branch->getNumSuccessors()))
        branch.getSuccessorOperands(index)
            .getMutableForwardedOperands()
            .clear();
  }
  for (Block &block : llvm::drop_begin(func.getBody()))
    block.eraseArguments(0, block.getNumArguments());
}

namespace {
/// The value in each register.
using Values = std::array<Value, numRegisters>;

/// Gives operands their values back.
class Renaming {
public:
  explicit Renaming(FuncOp func) : func(func), liveness(func, /*raw=*/false) {}

  void run();

private:
  void placeFramePointer();
  Value getCommon(Block *block, Register reg) const;
  Values getAtStart(Block *block);
  void rename(Block *block, Values values);
  void passArguments(Block *block);
  bool foldArgument(BlockArgument argument);

  FuncOp func;
  RegisterLiveness liveness;
  Value framePointer;
  llvm::DenseMap<Block *, Values> atEnd;
};
} // namespace

void Renaming::placeFramePointer() {
  SmallVector<FramePointerOp> ops;
  func.walk([&](FramePointerOp op) { ops.push_back(op); });
  if (ops.empty())
    return;
  Block &entry = func.getBody().front();
  framePointer = ops.front();
  ops.front()->moveBefore(&entry, entry.begin());
  for (FramePointerOp op : llvm::drop_begin(ops))
    op.erase();
}

/// What is in `reg` whichever way control comes to `block`; null where that
/// differs, or is not known of each way yet.
Value Renaming::getCommon(Block *block, Register reg) const {
  Value common;
  for (Block *predecessor : block->getPredecessors()) {
    auto found = atEnd.find(predecessor);
    if (found == atEnd.end())
      return {};
    Value value = found->second[static_cast<unsigned>(reg)];
    if (!value || (common && value != common))
      return {};
    common = value;
  }
  return common;
}

Values Renaming::getAtStart(Block *block) {
  if (Block *predecessor = block->getSinglePredecessor())
    return atEnd.at(predecessor);
  Values values = {};
  values[static_cast<unsigned>(Register::R10)] = framePointer;
  if (block->isEntryBlock()) {
    for (BlockArgument argument : block->getArguments())
      values[static_cast<unsigned>(*getMachineRegister(argument))] = argument;
    return values;
  }
  liveness.getLiveIn(block).forEach([&](Register reg) {
    if (reg == Register::R10)
      return;
    Value &value = values[static_cast<unsigned>(reg)];
    value = getCommon(block, reg);
    if (!value)
      value = block->addArgument(RegType::get(func.getContext(), reg),
                                 block->front().getLoc());
  });
  return values;
}

void Renaming::rename(Block *block, Values values) {
  for (Operation &op : *block) {
    for (OpOperand &operand : op.getOpOperands())
      if (std::optional<Register> reg = getMachineRegister(operand.get()))
        operand.set(values[static_cast<unsigned>(*reg)]);
    getWrites(&op).forEach(
        [&](Register reg) { values[static_cast<unsigned>(reg)] = Value(); });
    for (Value result : op.getResults())
      if (std::optional<Register> reg = getMachineRegister(result))
        values[static_cast<unsigned>(*reg)] = result;
  }
  atEnd[block] = values;
}

void Renaming::passArguments(Block *block) {
  auto branch = dyn_cast<BranchOpInterface>(block->getTerminator());
  if (!branch)
    return;
  const Values &values = atEnd.at(block);
  for (unsigned index : llvm::seq(branch->getNumSuccessors())) {
    SmallVector<Value> operands;
    for (BlockArgument argument : branch->getSuccessor(index)->getArguments())
      operands.push_back(
          values[static_cast<unsigned>(*getMachineRegister(argument))]);
    branch.getSuccessorOperands(index).getMutableForwardedOperands().assign(
        operands);
  }
}

/// Replaces an argument for which always the same value is passed.
bool Renaming::foldArgument(BlockArgument argument) {
  Block *block = argument.getOwner();
  Value only;
  for (auto it = block->pred_begin(), end = block->pred_end(); it != end;
       ++it) {
    auto branch = cast<BranchOpInterface>((*it)->getTerminator());
    Value passed = branch.getSuccessorOperands(
        it.getSuccessorIndex())[argument.getArgNumber()];
    if (passed == argument)
      continue;
    if (only && passed != only)
      return false;
    only = passed;
  }
  argument.replaceAllUsesWith(only);
  eraseArgument(*block, argument.getArgNumber());
  return true;
}

void Renaming::run() {
  placeFramePointer();
  std::vector<Block *> blocks;
  for (Block *block :
       llvm::ReversePostOrderTraversal<Block *>(&func.getBody().front()))
    blocks.push_back(block);
  atEnd.reserve(blocks.size());
  for (Block *block : blocks)
    rename(block, getAtStart(block));
  llvm::for_each(blocks, [&](Block *block) { passArguments(block); });
  // One argument that goes may make another one superfluous.
  bool changed = true;
  while (changed) {
    changed = false;
    for (Block *block : llvm::drop_begin(blocks))
      for (unsigned index = block->getNumArguments(); index-- > 0;)
        changed |= foldArgument(block->getArgument(index));
  }
}

void RegisterForm::restore() {
  eraseUnreachableBlocks(func);
  Renaming(func).run();
}
