//===- Spiller.h - values that get no register ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Moves values to the stack frame, or has them computed again.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_SPILLER_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_SPILLER_H

#include "Coalescer.h"
#include "mlir/IR/Dominance.h"
#include <deque>

namespace mlir::bpf {

/// Rewrites a function such that some components need registers only around
/// the instructions that access them.
class Spiller {
public:
  /// Adds to `spilled` the values that are not to be spilled again.
  Spiller(FuncOp func, ArrayRef<Component> components,
          llvm::DenseSet<Value> &spilled)
      : func(func), components(components), spilled(spilled) {}

  /// Spills the components of these numbers. Constants are repeated before each
  /// use, or before the first uses if the others may still share one. The
  /// others are stored in a slot of eight bytes after each definition, and
  /// loaded before each use: with accesses of 64 bits, through which the
  /// kernel's verifier keeps track of pointers.
  void spill(ArrayRef<unsigned> numbers);

private:
  /// A slot and the union of the ranges of the components in it, of which no
  /// two are live at once.
  struct Home {
    SlotOp slot;
    LiveRange range;
  };

  void chooseHome(unsigned number);
  Home &findHome(const Component &component);
  void rewriteEdge(JaOp jump);
  void moveInMemory(JaOp jump);
  void storeToArguments(JaOp jump);
  void rewriteValue(Value value);
  void repeatBeforeUses(Operation *constant);
  void sortUsers(SmallVectorImpl<Operation *> &users);
  void storeAfterDefinition(Value value, SlotOp slot);
  bool isSpilled(Value value) const;

  /// Whether `op` is a move that a load or constant with its result can
  /// replace.
  bool isReplaceable(Operation *op) const;

  /// The slot that `value` is in; null where it is a constant or in a register.
  SlotOp getSlot(Value value) const { return slots.lookup(value); }
  Value load(OpBuilder &builder, Location loc, SlotOp slot, Type type);
  void store(OpBuilder &builder, Location loc, Value value, SlotOp slot);

  FuncOp func;
  ArrayRef<Component> components;
  llvm::DenseSet<Value> &spilled;
  std::optional<DominanceInfo> dominance;
  /// The blocks in reverse post order, from when they are first needed.
  llvm::DenseMap<Block *, unsigned> blockNumbers;
  std::deque<Home> homes;
  llvm::DenseMap<unsigned, Home *> homeOf;
  llvm::DenseMap<Value, SlotOp> slots;
  llvm::DenseSet<Operation *> constants;
};

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_SPILLER_H
