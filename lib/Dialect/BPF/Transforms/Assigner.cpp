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

Assigner::Assigner(const Coalescer &coalescer, unsigned variation)
    : coalescer(&coalescer), variation(variation),
      components(coalescer.getComponents()),
      bundles(coalescer.makeBundles(variation)) {
  registers.assign(bundles.size(), none);
  bundleOf.resize(components.size());
  for (auto [index, bundle] : llvm::enumerate(bundles))
    for (unsigned component : bundle.components)
      bundleOf[component] = index;
  for (const Bundle &bundle : bundles)
    preferences.push_back(getPreferences(bundle));
  collectChoosy();
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

PerRegister Assigner::getPreferences(const Bundle &bundle) const {
  PerRegister sum = {};
  for (unsigned number : bundle.components)
    for (unsigned reg = 0; reg < numAllocatable; ++reg)
      sum[reg] += components[number].preferences[reg];
  return sum;
}

void Assigner::collectChoosy() {
  choosy.clear();
  for (auto [bundle, saved] : llvm::enumerate(preferences))
    if (llvm::any_of(saved, [](double saving) { return saving > 0; }))
      choosy.push_back(bundle);
}

bool Assigner::isFree(unsigned reg, const LiveRange &range) const {
  return !coalescer->getFixed(reg).overlaps(range) && matrix.isFree(reg, range);
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

PerRegister Assigner::getGains(unsigned bundle) const {
  PerRegister gains = preferences[bundle];
  for (unsigned number : bundles[bundle].components)
    for (Affinity affinity : components[number].affinities) {
      unsigned other = bundleOf[affinity.component];
      if (other != bundle && registers[other] != none)
        gains[registers[other]] += affinity.weight;
    }
  return gains;
}

PerRegister Assigner::getDemands(unsigned bundle) const {
  // Comparing all bundles with each other is for functions of usual size.
  constexpr size_t maxBundles = 200;
  PerRegister demands = {};
  if (bundles.size() > maxBundles)
    return demands;
  for (unsigned other : choosy) {
    if (other == bundle || registers[other] != none ||
        !bundles[other].range.overlaps(bundles[bundle].range))
      continue;
    for (auto [demand, preference] :
         llvm::zip_equal(demands, preferences[other]))
      demand += preference;
  }
  return demands;
}

bool Assigner::assign(unsigned bundle) {
  SmallVector<unsigned, numAllocatable> free;
  for (unsigned reg : order)
    if (isFree(reg, bundles[bundle].range))
      free.push_back(reg);
  if (free.empty())
    return false;
  unsigned best = free.front();
  if (free.size() > 1) {
    PerRegister gains = getGains(bundle), demands = getDemands(bundle);
    // Of equals, the first.
    best = *llvm::max_element(free, [&](unsigned a, unsigned b) {
      return gains[a] - demands[a] < gains[b] - demands[b];
    });
  }
  place(bundle, best);
  return true;
}

bool Assigner::evict(unsigned bundle) {
  unsigned best = none;
  double bestCost = 0;
  for (unsigned reg : order) {
    if (coalescer->getFixed(reg).overlaps(bundles[bundle].range))
      continue;
    double cost = 0;
    bool isPossible = true;
    unsigned last = none;
    matrix.forEachOverlap(reg, bundles[bundle].range, [&](unsigned owner) {
      isPossible = bundles[owner].weight < bundles[bundle].weight;
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
  bundles[bundle] = coalescer->makeBundle(parts.front());
  preferences[bundle] = getPreferences(bundles[bundle]);
  enqueue(bundle);
  for (unsigned component : llvm::drop_begin(parts)) {
    unsigned number = bundles.size();
    bundles.push_back(coalescer->makeBundle(component));
    preferences.push_back(getPreferences(bundles.back()));
    registers.push_back(none);
    bundleOf[component] = number;
    enqueue(number);
  }
  collectChoosy();
}

void Assigner::improve() {
  // What was assigned early did not know where its neighbours would end up.
  constexpr unsigned maxRounds = 4;
  bool changed = true;
  for (unsigned round = 0; changed && round < maxRounds; ++round) {
    changed = false;
    for (unsigned bundle : llvm::seq<unsigned>(bundles.size())) {
      unsigned best = registers[bundle];
      PerRegister gains = getGains(bundle);
      for (unsigned reg : order)
        if (gains[reg] > gains[best] && isFree(reg, bundles[bundle].range))
          best = reg;
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
