//===- RelatedArguments.cpp - arguments that follow from others -*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Passes one constant on an edge where two can be told from it.
//
//===----------------------------------------------------------------------===//

#include "RelatedArguments.h"

#include "MemoryClobbers.h"
#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// A constant that an edge gives a block's argument.
struct Given {
  /// The operand of the branch.
  OpOperand *operand;
  int64_t constant;
};

/// `sum - argument`, or `argument + difference`.
struct Relation {
  bool isSum;
  int64_t constant;
};
} // namespace

/// What the edges to its block give `argument`. None if that are not constants
/// that an instruction holds.
static SmallVector<Given> getGiven(BlockArgument argument) {
  constexpr size_t maxEdges = 32;
  SmallVector<Given> given;
  Block *block = argument.getOwner();
  for (auto edge = block->pred_begin(); edge != block->pred_end(); ++edge) {
    auto branch = dyn_cast<BranchOpInterface>((*edge)->getTerminator());
    APInt constant;
    if (!branch || !isa<cf::BranchOp, cf::CondBranchOp>(*branch) ||
        given.size() == maxEdges)
      return {};
    SuccessorOperands operands =
        branch.getSuccessorOperands(edge.getSuccessorIndex());
    unsigned index = operands.getOperandIndex(argument.getArgNumber());
    OpOperand &operand = branch->getOpOperand(index);
    if (!matchPattern(operand.get(), m_ConstantInt(&constant)) ||
        !constant.isSignedIntN(16))
      return {};
    given.push_back({&operand, constant.getSExtValue()});
  }
  return given;
}

/// How one argument follows from the other on all edges.
static std::optional<Relation> relate(ArrayRef<Given> from,
                                      ArrayRef<Given> to) {
  int64_t difference = to[0].constant - from[0].constant;
  int64_t sum = to[0].constant + from[0].constant;
  bool isDifference = true, isSum = true;
  for (auto [source, target] : llvm::zip_equal(from, to)) {
    isDifference &= target.constant - source.constant == difference;
    isSum &= target.constant + source.constant == sum;
  }
  // Of constants that are the same on all edges both are true.
  if (isDifference == isSum)
    return std::nullopt;
  return Relation{isSum, isSum ? sum : difference};
}

/// Whether a call, which leaves few registers alone, is behind the beginning of
/// the argument's block and in front of its use at a return.
static bool isReturnedBehindCall(BlockArgument argument) {
  if (!argument.hasOneUse() || !isa<ReturnOp>(*argument.user_begin()))
    return false;
  return llvm::any_of(*argument.getOwner(),
                      [](Operation &op) { return isCall(&op); });
}

/// Gives `argument` another type, in which its constants are the same.
static void widen(BlockArgument argument, ArrayRef<Given> given, Type type) {
  OpBuilder builder = OpBuilder::atBlockBegin(argument.getOwner());
  Type narrow = argument.getType();
  argument.setType(type);
  auto trunc =
      arith::TruncIOp::create(builder, argument.getLoc(), narrow, argument);
  argument.replaceAllUsesExcept(trunc, trunc);
  for (const Given &edge : given) {
    builder.setInsertionPoint(edge.operand->getOwner());
    edge.operand->set(
        arith::ConstantOp::create(builder, argument.getLoc(),
                                  builder.getIntegerAttr(type, edge.constant)));
  }
}

/// Computes `argument` from `source` in front of its only use.
static void compute(BlockArgument argument, BlockArgument source,
                    const Relation &relation) {
  Operation *user = *argument.user_begin();
  OpBuilder builder(user);
  Location loc = argument.getLoc();
  Type type = argument.getType();
  Value number = source;
  if (type != source.getType())
    number = arith::TruncIOp::create(builder, loc, type, number);
  Value constant = arith::ConstantOp::create(
      builder, loc, builder.getIntegerAttr(type, relation.constant));
  Value result =
      relation.isSum
          ? arith::SubIOp::create(builder, loc, constant, number).getResult()
          : arith::AddIOp::create(builder, loc, number, constant).getResult();
  argument.replaceAllUsesWith(result);
}

/// Computes `argument` from another one of its block, if that pays: each edge
/// has an instruction less, and what is returned is computed by two in place of
/// the copy from a register that survives calls.
static void computeFromOther(BlockArgument argument) {
  auto isNumber = [](Value value) {
    return value.getType().isInteger(32) || value.getType().isInteger(64);
  };
  if (!isNumber(argument) || !isReturnedBehindCall(argument))
    return;
  SmallVector<Given> given = getGiven(argument);
  if (given.empty())
    return;
  Block *block = argument.getOwner();
  for (BlockArgument source : block->getArguments()) {
    if (source == argument || !isNumber(source) || source.use_empty())
      continue;
    SmallVector<Given> known = getGiven(source);
    std::optional<Relation> relation =
        known.empty() ? std::nullopt : relate(known, given);
    if (!relation)
      continue;
    unsigned width = argument.getType().getIntOrFloatBitWidth();
    if (source.getType().getIntOrFloatBitWidth() < width)
      widen(source, known, argument.getType());
    compute(argument, source, *relation);
    unsigned number = argument.getArgNumber();
    for (auto edge = block->pred_begin(); edge != block->pred_end(); ++edge)
      cast<BranchOpInterface>((*edge)->getTerminator())
          .getSuccessorOperands(edge.getSuccessorIndex())
          .erase(number);
    block->eraseArgument(number);
    return;
  }
}

void mlir::whistler::computeRelatedArguments(Operation *body) {
  for (Block &block : llvm::drop_begin(body->getRegion(0)))
    for (unsigned number = block.getNumArguments(); number-- > 0;)
      computeFromOther(block.getArgument(number));
}
