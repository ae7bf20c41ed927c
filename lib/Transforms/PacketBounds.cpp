//===- PacketBounds.cpp - what is known to be in the packet -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks at the comparisons with the packet's end that control has passed.
//
//===----------------------------------------------------------------------===//

#include "PacketBounds.h"

#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::whistler;

/// How many bytes from `base` on a comparison shows to be in the packet, on the
/// edge from `branch` to `block`. None where it shows nothing.
static std::optional<int64_t> getShownBytes(cf::CondBranchOp branch,
                                            Block *block, Value base) {
  auto cmp = branch.getCondition().getDefiningOp<PtrCmpOp>();
  if (!cmp || branch.getTrueDest() == branch.getFalseDest())
    return std::nullopt;
  bool holds = branch.getTrueDest() == block;
  auto isEnd = [](Value value) {
    return cast<PtrType>(value.getType()).getSpace() == AddressSpace::PacketEnd;
  };
  bool isSwapped = isEnd(cmp.getLhs());
  Value pointer = isSwapped ? cmp.getRhs() : cmp.getLhs();
  Value end = isSwapped ? cmp.getLhs() : cmp.getRhs();
  PtrPredicate inside = isSwapped ? PtrPredicate::Ge : PtrPredicate::Le;
  PtrPredicate outside = isSwapped ? PtrPredicate::Lt : PtrPredicate::Gt;
  if (!isEnd(end) || cmp.getPredicate() != (holds ? inside : outside))
    return std::nullopt;
  if (pointer == base)
    return 0;
  // The base may have been moved from what was compared, or the other way.
  auto distanceFrom = [](Value moved, Value from) -> std::optional<int64_t> {
    auto add = moved.getDefiningOp<PtrAddOp>();
    APInt distance;
    if (!add || add.getBase() != from ||
        !matchPattern(add.getOffset(), m_ConstantInt(&distance)))
      return std::nullopt;
    return distance.getSExtValue();
  };
  if (std::optional<int64_t> distance = distanceFrom(pointer, base))
    return distance;
  if (std::optional<int64_t> distance = distanceFrom(base, pointer))
    return -*distance;
  return std::nullopt;
}

bool mlir::whistler::isInPacket(Value base, int64_t end, Block *block) {
  constexpr unsigned maxBlocks = 32;
  for (unsigned count = 0; count < maxBlocks; ++count) {
    Block *predecessor = block->getSinglePredecessor();
    auto branch = predecessor
                      ? dyn_cast<cf::CondBranchOp>(predecessor->getTerminator())
                      : cf::CondBranchOp();
    if (branch) {
      std::optional<int64_t> shown = getShownBytes(branch, block, base);
      if (shown && *shown >= end)
        return true;
    }
    if (!predecessor)
      return false;
    block = predecessor;
  }
  return false;
}
