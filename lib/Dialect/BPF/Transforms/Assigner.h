//===- Assigner.h - bundles to machine registers ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Gives each bundle of values a register, or finds what to spill.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_ASSIGNER_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_ASSIGNER_H

#include "Coalescer.h"
#include <map>

namespace mlir::bpf {

/// Who is in each register at each point.
class RegisterMatrix {
public:
  /// Stands for a value in a prescribed register, and for a clobber.
  static constexpr unsigned fixed = ~0u;

  void insert(unsigned reg, const LiveRange &range, unsigned owner);
  void erase(unsigned reg, const LiveRange &range);

  /// Whether nobody is in `reg` at any point of `range`.
  bool isFree(unsigned reg, const LiveRange &range) const;

  /// Calls `function` with the owner of each overlap of `reg` with `range`,
  /// until it returns false.
  void forEachOverlap(unsigned reg, const LiveRange &range,
                      llvm::function_ref<bool(unsigned)> function) const;

private:
  struct Entry {
    Point end;
    unsigned owner;
  };
  std::array<std::map<Point, Entry>, numAllocatable> entries;
};

/// Assigns the heaviest bundles first, each to the register that saves most
/// moves. A bundle that finds none takes the place of lighter ones; failing
/// that it is taken apart, and failing that it is spilled.
class Assigner {
public:
  /// Each `variation` takes the bundles in a somewhat different order.
  Assigner(const LiveIntervals &intervals, Coalescer &coalescer,
           unsigned variation = 0);

  /// The estimated executions of moves that are left, and of accesses to values
  /// that found no register; the latter count more.
  double getCost() const;

  /// The register of a component.
  Register getRegister(unsigned component) const;

  /// The components that found no register.
  ArrayRef<unsigned> getSpilled() const { return spilled; }

private:
  static constexpr unsigned none = ~0u;

  void occupyFixedRegisters(const LiveIntervals &intervals);
  /// Adds up what it saves its components to be in each register.
  std::array<double, numAllocatable> getPreferences(const Bundle &bundle) const;
  void enqueue(unsigned bundle);
  unsigned dequeue();
  void place(unsigned bundle, unsigned reg);
  void remove(unsigned bundle);
  bool assign(unsigned bundle);
  bool evict(unsigned bundle);
  void split(unsigned bundle);
  void improve();
  double getGain(unsigned bundle, unsigned reg) const;
  double getDemand(unsigned bundle, unsigned reg) const;
  double getPriority(unsigned bundle) const;

  Coalescer &coalescer;
  unsigned variation;
  std::vector<Component> &components;
  std::vector<Bundle> bundles;
  /// The register of each bundle, or `none`.
  std::vector<unsigned> registers;
  std::vector<unsigned> bundleOf;
  /// What it saves each bundle to be in each register.
  std::vector<std::array<double, numAllocatable>> preferences;
  RegisterMatrix matrix;
  /// Bundles by what comes first.
  std::map<std::pair<double, unsigned>, unsigned> queue;
  SmallVector<unsigned> spilled;
};

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_ASSIGNER_H
