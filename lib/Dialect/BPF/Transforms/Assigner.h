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
  void insert(unsigned reg, const LiveRange &range, unsigned owner);
  void erase(unsigned reg, const LiveRange &range);

  /// Whether nobody is in `reg` at any point of `range`.
  /// Finds the bundles that prefer some register.
  void collectChoosy();
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

/// A number for each register that values may be assigned to.
using PerRegister = std::array<double, numAllocatable>;

/// Assigns the heaviest bundles first, each to the register that saves most
/// moves. A bundle that finds none takes the place of lighter ones; failing
/// that it is taken apart, and failing that it is spilled.
class Assigner {
public:
  /// Each `variation` takes the bundles in a somewhat different order.
  explicit Assigner(const Coalescer &coalescer, unsigned variation = 0);

  /// The estimated executions of moves that are left, and of accesses to values
  /// that found no register; the latter count more.
  double getCost() const;

  /// The register of a component.
  Register getRegister(unsigned component) const;

  /// The components that found no register.
  ArrayRef<unsigned> getSpilled() const { return spilled; }

private:
  static constexpr unsigned none = ~0u;

  /// Adds up what it saves its components to be in each register.
  PerRegister getPreferences(const Bundle &bundle) const;
  /// Finds the bundles that prefer some register.
  void collectChoosy();
  bool isFree(unsigned reg, const LiveRange &range) const;
  void enqueue(unsigned bundle);
  unsigned dequeue();
  void place(unsigned bundle, unsigned reg);
  void remove(unsigned bundle);
  bool assign(unsigned bundle);
  bool evict(unsigned bundle);
  void split(unsigned bundle);
  void improve();
  /// What it saves `bundle` to be in each register, with the others where they
  /// are.
  PerRegister getGains(unsigned bundle) const;
  /// What it would save bundles without a register, which could not have that
  /// one then.
  PerRegister getDemands(unsigned bundle) const;
  double getPriority(unsigned bundle) const;

  const Coalescer *coalescer;
  unsigned variation;
  ArrayRef<Component> components;
  std::vector<Bundle> bundles;
  /// The register of each bundle, or `none`.
  std::vector<unsigned> registers;
  std::vector<unsigned> bundleOf;
  /// What it saves each bundle to be in each register, wherever others are.
  std::vector<PerRegister> preferences;
  std::vector<unsigned> choosy;
  RegisterMatrix matrix;
  /// Bundles by what comes first.
  std::map<std::pair<double, unsigned>, unsigned> queue;
  SmallVector<unsigned> spilled;
};

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_ASSIGNER_H
