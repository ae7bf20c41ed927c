//===- Assigner.cpp - bundles to machine registers --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// A greedy assignment by weight, with eviction and one round of improvement.
//
//===----------------------------------------------------------------------===//

#include "Assigner.h"
#include "Variation.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace mlir::bpf;

//===----------------------------------------------------------------------===//
// RegisterMatrix
//===----------------------------------------------------------------------===//

void RegisterMatrix::insert(unsigned reg, const LiveRange &range,
                            unsigned owner) {
  for (Segment segment : range.getSegments())
    entries[reg].insert({segment.start, {segment.end, owner}});
}

void RegisterMatrix::erase(unsigned reg, const LiveRange &range) {
  for (Segment segment : range.getSegments())
    entries[reg].erase(segment.start);
}

void RegisterMatrix::forEachOverlap(
    unsigned reg, const LiveRange &range,
    llvm::function_ref<bool(unsigned)> function) const {
  const auto &map = entries[reg];
  for (Segment segment : range.getSegments()) {
    auto it = map.upper_bound(segment.start);
    if (it != map.begin() && std::prev(it)->second.end > segment.start)
      --it;
    for (; it != map.end() && it->first < segment.end; ++it)
      if (!function(it->second.owner))
        return;
  }
}

bool RegisterMatrix::isFree(unsigned reg, const LiveRange &range) const {
  bool result = true;
  forEachOverlap(reg, range, [&](unsigned) { return result = false; });
  return result;
}

//===----------------------------------------------------------------------===//
// Assigner
//===----------------------------------------------------------------------===//

/// Registers in the order in which they are tried: those that calls overwrite
/// are of no use to values that live longer.
static constexpr std::array<unsigned, numAllocatable> order = {1, 2, 3, 4, 5,
                                                               0, 6, 7, 8, 9};

Assigner::Assigner(const LiveIntervals &intervals, Coalescer &coalescer,
                   unsigned variation)
    : coalescer(coalescer), variation(variation),
      components(coalescer.getComponents()), bundles(coalescer.takeBundles()) {
  registers.assign(bundles.size(), none);
  bundleOf.resize(components.size());
  for (auto [index, bundle] : llvm::enumerate(bundles))
    for (unsigned component : bundle.components)
      bundleOf[component] = index;
  for (const Bundle &bundle : bundles)
    preferences.push_back(getPreferences(bundle));
  occupyFixedRegisters(intervals);
  for (unsigned bundle : llvm::seq<unsigned>(bundles.size()))
    enqueue(bundle);
  while (!queue.empty()) {
    unsigned bundle = dequeue();
    if (assign(bundle) || evict(bundle))
      continue;
    if (bundles[bundle].components.size() > 1)
      split(bundle);
    else
      spilled.push_back(bundles[bundle].components.front());
  }
  if (spilled.empty())
    improve();
}

void Assigner::occupyFixedRegisters(const LiveIntervals &intervals) {
  std::array<std::vector<Segment>, numRegisters> segments;
  for (unsigned reg = 0; reg < numRegisters; ++reg)
    llvm::append_range(
        segments[reg],
        intervals.getReserved(static_cast<Register>(reg)).getSegments());
  for (Value value : intervals.getValues())
    if (std::optional<Register> reg = getMachineRegister(value))
      llvm::append_range(segments[static_cast<unsigned>(*reg)],
                         intervals.getRange(value).getSegments());
  for (unsigned reg = 0; reg < numAllocatable; ++reg) {
    llvm::sort(segments[reg],
               [](Segment a, Segment b) { return a.start < b.start; });
    LiveRange range;
    for (Segment segment : segments[reg])
      range.append(segment);
    matrix.insert(reg, range, RegisterMatrix::fixed);
  }
}

std::array<double, numAllocatable>
Assigner::getPreferences(const Bundle &bundle) const {
  std::array<double, numAllocatable> sum = {};
  for (unsigned number : bundle.components)
    for (unsigned reg = 0; reg < numAllocatable; ++reg)
      sum[reg] += components[number].preferences[reg];
  return sum;
}

double Assigner::getPriority(unsigned bundle) const {
  // From once to twice the weight.
  return bundles[bundle].weight * (1024 + vary(variation, bundle));
}

void Assigner::enqueue(unsigned bundle) {
  queue[{-getPriority(bundle), bundle}] = bundle;
}

unsigned Assigner::dequeue() {
  unsigned bundle = queue.begin()->second;
  queue.erase(queue.begin());
  return bundle;
}

void Assigner::place(unsigned bundle, unsigned reg) {
  matrix.insert(reg, bundles[bundle].range, bundle);
  registers[bundle] = reg;
}

void Assigner::remove(unsigned bundle) {
  matrix.erase(registers[bundle], bundles[bundle].range);
  registers[bundle] = none;
}

double Assigner::getGain(unsigned bundle, unsigned reg) const {
  double gain = preferences[bundle][reg];
  for (unsigned number : bundles[bundle].components)
    for (Affinity affinity : components[number].affinities) {
      unsigned other = bundleOf[affinity.component];
      if (other != bundle && registers[other] == reg)
        gain += affinity.weight;
    }
  return gain;
}

double Assigner::getDemand(unsigned bundle, unsigned reg) const {
  // Comparing all bundles with each other is for functions of usual size.
  constexpr size_t maxBundles = 200;
  if (bundles.size() > maxBundles)
    return 0;
  double demand = 0;
  for (auto [index, other] : llvm::enumerate(bundles)) {
    double gain = preferences[index][reg];
    if (gain > 0 && index != bundle && registers[index] == none &&
        other.range.overlaps(bundles[bundle].range))
      demand += gain;
  }
  return demand;
}

bool Assigner::assign(unsigned bundle) {
  unsigned best = none;
  double bestGain = 0;
  for (unsigned reg : order) {
    if (!matrix.isFree(reg, bundles[bundle].range))
      continue;
    double gain = getGain(bundle, reg) - getDemand(bundle, reg);
    if (best != none && gain <= bestGain)
      continue;
    best = reg;
    bestGain = gain;
  }
  if (best == none)
    return false;
  place(bundle, best);
  return true;
}

bool Assigner::evict(unsigned bundle) {
  unsigned best = none;
  double bestCost = 0;
  for (unsigned reg : order) {
    double cost = 0;
    bool isPossible = true;
    unsigned last = none;
    matrix.forEachOverlap(reg, bundles[bundle].range, [&](unsigned owner) {
      isPossible = owner != RegisterMatrix::fixed &&
                   bundles[owner].weight < bundles[bundle].weight;
      // Consecutive segments mostly have one owner; cost is an estimate.
      if (isPossible && owner != last)
        cost += bundles[owner].weight;
      last = owner;
      return isPossible;
    });
    if (!isPossible || (best != none && cost >= bestCost))
      continue;
    best = reg;
    bestCost = cost;
  }
  if (best == none)
    return false;
  SmallVector<unsigned> owners;
  matrix.forEachOverlap(best, bundles[bundle].range, [&](unsigned owner) {
    if (!llvm::is_contained(owners, owner))
      owners.push_back(owner);
    return true;
  });
  for (unsigned owner : owners) {
    remove(owner);
    enqueue(owner);
  }
  place(bundle, best);
  return true;
}

void Assigner::split(unsigned bundle) {
  // The bundle keeps its number and its first component.
  SmallVector<unsigned, 2> parts = bundles[bundle].components;
  bundles[bundle] = coalescer.makeBundle(parts.front());
  preferences[bundle] = getPreferences(bundles[bundle]);
  enqueue(bundle);
  for (unsigned component : llvm::drop_begin(parts)) {
    unsigned number = bundles.size();
    bundles.push_back(coalescer.makeBundle(component));
    preferences.push_back(getPreferences(bundles.back()));
    registers.push_back(none);
    bundleOf[component] = number;
    enqueue(number);
  }
}

void Assigner::improve() {
  // What was assigned early did not know where its neighbours would end up.
  constexpr unsigned maxRounds = 4;
  bool changed = true;
  for (unsigned round = 0; changed && round < maxRounds; ++round) {
    changed = false;
    for (unsigned bundle : llvm::seq<unsigned>(bundles.size())) {
      unsigned best = registers[bundle];
      double bestGain = getGain(bundle, best);
      for (unsigned reg : order) {
        double gain = getGain(bundle, reg);
        if (gain <= bestGain || !matrix.isFree(reg, bundles[bundle].range))
          continue;
        best = reg;
        bestGain = gain;
      }
      if (best == registers[bundle])
        continue;
      remove(bundle);
      place(bundle, best);
      changed = true;
    }
  }
}

double Assigner::getCost() const {
  constexpr double spillFactor = 1000;
  double cost = 0;
  for (unsigned component : spilled)
    cost +=
        spillFactor *
        (components[component].isConstant ? 1 : components[component].accesses);
  for (auto [number, component] : llvm::enumerate(components)) {
    unsigned reg = registers[bundleOf[number]];
    for (double preference : component.preferences)
      cost += preference;
    if (reg != none)
      cost -= component.preferences[reg];
    // Each move is known to both of its components.
    for (Affinity affinity : component.affinities)
      if (registers[bundleOf[affinity.component]] != reg)
        cost += affinity.weight / 2;
  }
  return cost;
}

Register Assigner::getRegister(unsigned component) const {
  return static_cast<Register>(registers[bundleOf[component]]);
}
