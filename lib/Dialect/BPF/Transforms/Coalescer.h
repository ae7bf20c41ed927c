//===- Coalescer.h - values that share a register ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The register allocation problem: which values have to be or should be in one
// register, where that is, and what it is worth.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_COALESCER_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_COALESCER_H

#include "LiveIntervals.h"
#include "LoopDepths.h"
#include "llvm/ADT/DenseSet.h"

namespace mlir::bpf {

/// The registers that values may be assigned to: `r0` to `r9`.
inline constexpr unsigned numAllocatable = numRegisters - 1;

/// A move that disappears where both sides are in one register.
struct Affinity {
  unsigned component;
  double weight;
};

/// Virtual values that have to share a register, as each but the first is what
/// an instruction makes of another. No two are live at once.
struct Component {
  SmallVector<Value, 1> members;
  LiveRange range;
  /// The estimated number of executed accesses.
  double accesses = 0;
  /// Whether storing the values in the stack frame would free a register.
  bool isSpillable = false;
  /// Whether all values may be computed again instead.
  bool isConstant = true;
  /// What it saves to be in each register.
  std::array<double, numAllocatable> preferences = {};
  SmallVector<Affinity, 2> affinities;
};

/// Components that are to share a register.
struct Bundle {
  SmallVector<unsigned, 2> components;
  LiveRange range;
  /// What a spill costs, for each point that it frees; infinite where it would
  /// free nothing.
  double weight = 0;
};

/// Builds the components and bundles of a function in which only `bpf.ja`
/// passes arguments, and in which no operand is used after the instruction that
/// overwrites it.
class Coalescer {
public:
  /// `spilled` holds the values that are live only around accesses to the stack
  /// frame.
  Coalescer(const LiveIntervals &intervals, const LoopDepths &loops,
            const llvm::DenseSet<Value> &spilled);

  ArrayRef<Component> getComponents() const { return components; }

  /// Where `reg` is taken: by values that have to be in it, or because it is
  /// overwritten.
  const LiveRange &getFixed(unsigned reg) const { return fixed[reg]; }

  /// Joins components by moves. Each `variation` considers moves of equal
  /// weight in another order.
  std::vector<Bundle> makeBundles(unsigned variation) const;

  /// Makes a bundle of one component.
  Bundle makeBundle(unsigned component) const;

private:
  /// A copy between two components.
  struct Copy {
    unsigned a, b;
    double weight;
  };

  void buildComponents(const llvm::DenseSet<Value> &spilled);
  void noteCopy(Value to, Value from, double weight);
  void collectCopies();
  void collectFixed();
  void setWeight(Bundle &bundle) const;

  const LiveIntervals &intervals;
  const LoopDepths &loops;
  std::vector<Component> components;
  std::vector<Copy> copies;
  std::array<LiveRange, numAllocatable> fixed;
  llvm::DenseMap<Value, unsigned> componentOf;
};

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_COALESCER_H
