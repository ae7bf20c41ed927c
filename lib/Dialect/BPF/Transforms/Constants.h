//===- Constants.h - values that any place can compute ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Instructions without register operands: immediates and addresses.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_CONSTANTS_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_CONSTANTS_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "mlir/IR/Dominance.h"

namespace mlir::bpf {

/// Whether `op` computes its result from nothing but its attributes, so that it
/// may be repeated wherever the result is needed. What the loader fills in for
/// the attributes is the same for every copy.
inline bool isConstant(Operation *op) {
  return op &&
         isa<MovImmOp, LdImm64Op, LdMapOp, LdGlobalOp, LdFuncOp, SlotAddrOp>(
             op);
}

/// The number of slots that a constant takes.
inline unsigned getConstantSlots(Operation *op) {
  return isa<MovImmOp>(op) ? 1 : 2;
}

/// The operation that sets a virtual register to a constant; none if `value` is
/// something else.
inline Operation *getVirtualConstant(Value value) {
  Operation *def = value.getDefiningOp();
  return isConstant(def) && isVirtualRegister(value) ? def : nullptr;
}

/// Repeats the constant `op` at the builder's place, with its result in a
/// register of type `type`.
inline Value repeatConstant(OpBuilder &builder, Operation *op, Type type) {
  Operation *copy = builder.clone(*op);
  copy->getResult(0).setType(type);
  return copy->getResult(0);
}

/// Where one constant for all `ops` goes: before the first of them in the block
/// that dominates all.
inline Operation *findPlace(ArrayRef<Operation *> ops,
                            DominanceInfo &dominance) {
  Block *block = ops.front()->getBlock();
  for (Operation *op : ops)
    block = dominance.findNearestCommonDominator(block, op->getBlock());
  Operation *place = block->getTerminator();
  for (Operation *op : ops)
    if (op->getBlock() == block && op->isBeforeInBlock(place))
      place = op;
  return place;
}

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_CONSTANTS_H
