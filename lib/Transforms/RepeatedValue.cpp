//===- RepeatedValue.cpp - values that several blocks define ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Block arguments between several definitions of a value and its uses.
//
//===----------------------------------------------------------------------===//

#include "RepeatedValue.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::whistler;

//===----------------------------------------------------------------------===//
// Block arguments
//===----------------------------------------------------------------------===//

SuccessorOperands mlir::whistler::getOperands(Edge edge) {
  return cast<BranchOpInterface>((*edge)->getTerminator())
      .getSuccessorOperands(edge.getSuccessorIndex());
}

Value mlir::whistler::getOnlyValue(BlockArgument arg) {
  Value only;
  Attribute constant;
  Block *block = arg.getOwner();
  for (Edge edge = block->pred_begin(); edge != block->pred_end(); ++edge) {
    Value operand = getOperands(edge)[arg.getArgNumber()];
    if (operand == arg || operand == only)
      continue;
    Attribute other;
    if (only && (!matchPattern(only, m_Constant(&constant)) ||
                 !matchPattern(operand, m_Constant(&other)) ||
                 constant != other || only.getType() != operand.getType()))
      return {};
    only = operand;
  }
  return only;
}

void mlir::whistler::dropArgument(BlockArgument arg, Value only) {
  Block *block = arg.getOwner();
  unsigned number = arg.getArgNumber();
  // Alike constants need not be the same operation.
  if (Operation *op = only.getDefiningOp();
      op && op->hasTrait<OpTrait::ConstantLike>()) {
    OpBuilder builder = OpBuilder::atBlockBegin(block);
    only = builder.clone(*op)->getResult(0);
  }
  arg.replaceAllUsesWith(only);
  for (Edge edge = block->pred_begin(); edge != block->pred_end(); ++edge)
    getOperands(edge).erase(number);
  block->eraseArgument(number);
}

//===----------------------------------------------------------------------===//
// Uses
//===----------------------------------------------------------------------===//

/// The uses of a value outside of the block that defines it.
static SmallVector<OpOperand *> getUsesOutside(Value value, Block *block) {
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : value.getUses())
    if (use.getOwner()->getBlock() != block)
      uses.push_back(&use);
  return uses;
}

bool mlir::whistler::hasNearUses(Block *block, ArrayRef<Value> values) {
  constexpr size_t maxRegion = 256;
  llvm::SetVector<Block *> between;
  for (Value value : values)
    for (OpOperand *use : getUsesOutside(value, block))
      between.insert(use->getOwner()->getBlock());
  for (size_t i = 0; i != between.size(); ++i) {
    if (between.size() > maxRegion)
      return false;
    for (Block *pred : between[i]->getPredecessors())
      if (pred != block)
        between.insert(pred);
  }
  return true;
}

void RepeatedValue::addArguments(ArrayRef<OpOperand *> uses) {
  llvm::SetVector<Block *> between;
  for (OpOperand *use : uses)
    between.insert(use->getOwner()->getBlock());
  for (size_t i = 0; i != between.size(); ++i)
    for (Block *pred : between[i]->getPredecessors())
      if (!atEnd.contains(pred))
        between.insert(pred);
  for (Block *block : between)
    if (!block->getUniquePredecessor())
      arguments[block] =
          block->addArgument(original.getType(), original.getLoc());
}

Value RepeatedValue::getAtEntry(Block *block) {
  SmallPtrSet<Block *, 8> seen;
  while (!arguments.contains(block)) {
    // Nothing comes to a loop that only leads to itself.
    if (!seen.insert(block).second)
      return original;
    block = block->getUniquePredecessor();
    if (auto it = atEnd.find(block); it != atEnd.end())
      return it->second;
  }
  return arguments[block];
}

Value RepeatedValue::getAtEnd(Block *block) {
  auto it = atEnd.find(block);
  return it != atEnd.end() ? it->second : getAtEntry(block);
}

void RepeatedValue::dropArguments() {
  for (bool hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (auto &[block, arg] : arguments) {
      Value only = arg ? getOnlyValue(arg) : Value();
      if (!only)
        continue;
      dropArgument(arg, only);
      arg = BlockArgument();
      hasChanged = true;
    }
  }
}

void RepeatedValue::rewriteUses() {
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : original.getUses())
    if (!atEnd.contains(use.getOwner()->getBlock()))
      uses.push_back(&use);
  if (uses.empty())
    return;
  addArguments(uses);
  for (OpOperand *use : uses)
    use->set(getAtEntry(use->getOwner()->getBlock()));
  for (auto &[block, arg] : arguments)
    for (Edge edge = block->pred_begin(); edge != block->pred_end(); ++edge)
      getOperands(edge).append(getAtEnd(*edge));
  dropArguments();
}
