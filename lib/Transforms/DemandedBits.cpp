//===- DemandedBits.cpp - which bits of integers matter ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Follows bits backwards from where they make a difference, and forwards from
// where they are known.
//
//===----------------------------------------------------------------------===//

#include "DemandedBits.h"

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::whistler;

static unsigned getWidth(Value value) {
  return value.getType().getIntOrFloatBitWidth();
}

static std::optional<APInt> getConstant(Value value) {
  APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return constant;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Demanded bits
//===----------------------------------------------------------------------===//

/// Whether only bits of results decide which bits of operands matter.
static bool passesDemandOn(Operation *op) {
  return isa<arith::AddIOp, arith::SubIOp, arith::MulIOp, arith::AndIOp,
             arith::OrIOp, arith::XOrIOp, arith::ExtUIOp, arith::ExtSIOp,
             arith::TruncIOp, arith::ShLIOp, arith::ShRUIOp, ByteSwapOp>(op);
}

/// The bits of the first operand that are looked at where `bits` are of the
/// result.
static APInt getShiftDemand(Operation *op, const APInt &bits) {
  unsigned width = bits.getBitWidth();
  std::optional<APInt> count = getConstant(op->getOperand(1));
  if (!count || count->uge(width))
    return APInt::getAllOnes(width);
  unsigned amount = count->getZExtValue();
  return isa<arith::ShLIOp>(op) ? bits.lshr(amount) : bits.shl(amount);
}

/// The bits of an operand that are looked at where `bits` are of the result.
static APInt getOperandDemand(OpOperand &operand, const APInt &bits) {
  Operation *op = operand.getOwner();
  unsigned width = getWidth(operand.get());
  unsigned index = operand.getOperandNumber();
  APInt carried =
      APInt::getLowBitsSet(bits.getBitWidth(), bits.getActiveBits());
  return llvm::TypeSwitch<Operation *, APInt>(op)
      .Case<arith::AddIOp, arith::SubIOp, arith::MulIOp>(
          [&](auto) { return carried; })
      .Case<arith::AndIOp>([&](auto) {
        std::optional<APInt> mask = getConstant(op->getOperand(1 - index));
        return mask ? bits & *mask : bits;
      })
      .Case<arith::OrIOp>([&](auto) {
        std::optional<APInt> set = getConstant(op->getOperand(1 - index));
        return set ? bits & ~*set : bits;
      })
      .Case<arith::ExtUIOp>([&](auto) { return bits.trunc(width); })
      .Case<arith::ExtSIOp>([&](auto) {
        APInt low = bits.trunc(width);
        if (bits.getActiveBits() > width)
          low.setSignBit();
        return low;
      })
      .Case<arith::TruncIOp>([&](auto) { return bits.zext(width); })
      .Case<ByteSwapOp>([&](auto) { return bits.byteSwap(); })
      .Case<arith::ShLIOp, arith::ShRUIOp>([&](auto) {
        return index == 0 ? getShiftDemand(op, bits) : APInt::getAllOnes(width);
      })
      .Default([&](auto) { return bits; });
}

DemandedBits::DemandedBits(Operation *body) : dominance(body) {
  body->walk([&](Operation *op) {
    if (passesDemandOn(op))
      return;
    auto branch = dyn_cast<BranchOpInterface>(op);
    for (OpOperand &operand : op->getOpOperands()) {
      // What is given to blocks matters where the blocks use it.
      if (branch &&
          branch.getSuccessorBlockArgument(operand.getOperandNumber()))
        continue;
      if (auto type = dyn_cast<IntegerType>(operand.get().getType()))
        add(operand.get(), APInt::getAllOnes(type.getWidth()));
    }
  });
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    APInt bits = get(value);
    if (auto arg = dyn_cast<BlockArgument>(value))
      visitGiven(arg, bits);
    else if (passesDemandOn(value.getDefiningOp()))
      visitOperands(value.getDefiningOp(), bits);
  }
}

void DemandedBits::add(Value value, const APInt &bits) {
  auto [place, isNew] =
      demanded.try_emplace(value, APInt::getZero(bits.getBitWidth()));
  if (bits.isSubsetOf(place->second))
    return;
  place->second |= bits;
  worklist.insert(value);
}

void DemandedBits::visitOperands(Operation *op, const APInt &bits) {
  for (OpOperand &operand : op->getOpOperands())
    add(operand.get(), getOperandDemand(operand, bits));
}

/// What is demanded of a block's argument is so of what the block is given.
/// What a loop with several ways through it gives its next round keeps all of
/// its bits: the verifier compares them there with those that came by another
/// way, and alike ones end its search.
void DemandedBits::visitGiven(BlockArgument arg, const APInt &bits) {
  Block *block = arg.getOwner();
  if (block->isEntryBlock())
    return;
  for (auto edge = block->pred_begin(); edge != block->pred_end(); ++edge) {
    auto branch = dyn_cast<BranchOpInterface>((*edge)->getTerminator());
    if (!branch)
      continue;
    if (Value given = branch.getSuccessorOperands(
            edge.getSuccessorIndex())[arg.getArgNumber()])
      add(given, *edge != block && dominance.dominates(block, *edge)
                     ? APInt::getAllOnes(bits.getBitWidth())
                     : bits);
  }
}

APInt DemandedBits::get(Value value) const {
  auto place = demanded.find(value);
  return place == demanded.end() ? APInt::getZero(getWidth(value))
                                 : place->second;
}

//===----------------------------------------------------------------------===//
// Known bits
//===----------------------------------------------------------------------===//

static APInt findKnownZeros(Value value, bool asVerifier, unsigned depth);

/// The bits that are zero in the result of `op`.
static APInt findResultZeros(Operation *op, bool asVerifier, unsigned depth) {
  unsigned width = getWidth(op->getResult(0));
  auto getZeros = [&](unsigned index) {
    return findKnownZeros(op->getOperand(index), asVerifier, depth + 1);
  };
  auto getCount = [&]() -> std::optional<unsigned> {
    std::optional<APInt> count = getConstant(op->getOperand(1));
    if (count && count->ult(width))
      return count->getZExtValue();
    return std::nullopt;
  };
  return llvm::TypeSwitch<Operation *, APInt>(op)
      .Case<arith::ExtUIOp>([&](auto) {
        APInt zeros = getZeros(0);
        APInt wide = zeros.zext(width);
        // To the verifier a swapped register may hold anything.
        if (!asVerifier || !op->getOperand(0).getDefiningOp<ByteSwapOp>())
          wide.setBitsFrom(zeros.getBitWidth());
        return wide;
      })
      .Case<arith::TruncIOp>([&](auto) { return getZeros(0).trunc(width); })
      .Case<ByteSwapOp>([&](auto) {
        return asVerifier ? APInt::getZero(width) : getZeros(0).byteSwap();
      })
      .Case<arith::AndIOp>([&](auto) { return getZeros(0) | getZeros(1); })
      .Case<arith::OrIOp, arith::XOrIOp>(
          [&](auto) { return getZeros(0) & getZeros(1); })
      .Case<arith::ShRUIOp>([&](auto) {
        std::optional<unsigned> count = getCount();
        if (!count)
          return APInt::getZero(width);
        APInt zeros = getZeros(0).lshr(*count);
        zeros.setHighBits(*count);
        return zeros;
      })
      .Case<arith::ShLIOp>([&](auto) {
        std::optional<unsigned> count = getCount();
        if (!count)
          return APInt::getZero(width);
        APInt zeros = getZeros(0).shl(*count);
        zeros.setLowBits(*count);
        return zeros;
      })
      .Default([&](auto) { return APInt::getZero(width); });
}

static APInt findKnownZeros(Value value, bool asVerifier, unsigned depth) {
  constexpr unsigned maxDepth = 6;
  if (std::optional<APInt> constant = getConstant(value))
    return ~*constant;
  Operation *op = value.getDefiningOp();
  if (!op || depth > maxDepth)
    return APInt::getZero(getWidth(value));
  return findResultZeros(op, asVerifier, depth);
}

APInt mlir::whistler::getKnownZeros(Value value, bool asVerifier) {
  return findKnownZeros(value, asVerifier, 0);
}
