//===- Coalescer.cpp - values that share a register -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Joins values by the instructions that overwrite operands, and the results by
// the moves between them, the most often executed ones first.
//
//===----------------------------------------------------------------------===//

#include "Coalescer.h"
#include "Constants.h"
#include "Variation.h"
#include "llvm/ADT/STLExtras.h"
#include <limits>

using namespace mlir;
using namespace mlir::bpf;

Coalescer::Coalescer(const LiveIntervals &intervals, const LoopDepths &loops,
                     const llvm::DenseSet<Value> &spilled)
    : intervals(intervals), loops(loops) {
  buildComponents(spilled);
  collectCopies();
  collectFixed();
}

/// What `value` overwrites; null where that is nothing.
static Value getOverwritten(Value value) {
  auto op = value.getDefiningOp<InstructionOpInterface>();
  OpOperand *tied = op ? op.getTiedOperand() : nullptr;
  return tied && isVirtualRegister(tied->get()) ? tied->get() : Value();
}

void Coalescer::buildComponents(const llvm::DenseSet<Value> &spilled) {
  // Values come in the order of their definitions, operands before results.
  for (Value value : intervals.getValues()) {
    if (!isVirtualRegister(value))
      continue;
    Value overwritten = getOverwritten(value);
    unsigned number =
        overwritten ? componentOf.at(overwritten) : components.size();
    if (!overwritten)
      components.emplace_back();
    componentOf[value] = number;
    Component &component = components[number];
    component.members.push_back(value);
    component.range.unite(intervals.getRange(value));
    component.isSpillable |= !spilled.contains(value);
    component.isConstant &= isConstant(value.getDefiningOp());
    component.accesses += loops.getFrequency(value.getParentBlock());
    for (Operation *user : value.getUsers())
      component.accesses += loops.getFrequency(user->getBlock());
  }
}

void Coalescer::noteCopy(Value to, Value from, double weight) {
  auto a = componentOf.find(to), b = componentOf.find(from);
  auto prefer = [&](auto component, Value fixed) {
    auto number = static_cast<unsigned>(*getMachineRegister(fixed));
    if (number < numAllocatable)
      components[component->second].preferences[number] += weight;
  };
  if (a != componentOf.end() && b != componentOf.end()) {
    if (a->second != b->second)
      copies.push_back({a->second, b->second, weight});
  } else if (a != componentOf.end()) {
    prefer(a, from);
  } else if (b != componentOf.end()) {
    prefer(b, to);
  }
}

void Coalescer::collectCopies() {
  for (Block *block : intervals.getBlocks()) {
    double weight = loops.getFrequency(block);
    for (MovOp mov : block->getOps<MovOp>())
      if (mov.getWidth() == Width::W64)
        noteCopy(mov.getDst(), mov.getSrc(), weight);
    if (auto jump = dyn_cast<JaOp>(block->getTerminator()))
      for (auto [argument, operand] : llvm::zip_equal(
               jump.getDest()->getArguments(), jump.getDestOperands()))
        noteCopy(argument, operand, weight);
  }
  for (const Copy &copy : copies) {
    components[copy.a].affinities.push_back({copy.b, copy.weight});
    components[copy.b].affinities.push_back({copy.a, copy.weight});
  }
}

void Coalescer::collectFixed() {
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
    for (Segment segment : segments[reg])
      fixed[reg].append(segment);
  }
}

void Coalescer::setWeight(Bundle &bundle) const {
  // Repeating a constant takes no store, and often no more than a move.
  constexpr double constantFactor = 0.001;
  double cost = 0;
  bool isSpillable = false;
  for (unsigned number : bundle.components) {
    const Component &component = components[number];
    cost += component.accesses * (component.isConstant ? constantFactor : 1);
    isSpillable |= component.isSpillable;
  }
  bundle.weight = isSpillable ? cost / bundle.range.size()
                              : std::numeric_limits<double>::infinity();
}

Bundle Coalescer::makeBundle(unsigned component) const {
  Bundle bundle;
  bundle.components.push_back(component);
  bundle.range = components[component].range;
  setWeight(bundle);
  return bundle;
}

std::vector<Bundle> Coalescer::makeBundles(unsigned variation) const {
  std::vector<Bundle> bundles;
  bundles.reserve(components.size());
  for (unsigned number : llvm::seq<unsigned>(components.size()))
    bundles.push_back(makeBundle(number));
  std::vector<unsigned> bundleOf(components.size());
  for (auto [index, number] : llvm::enumerate(bundleOf))
    number = index;

  std::vector<Copy> order = copies;
  llvm::sort(order, [&](const Copy &a, const Copy &b) {
    return std::make_tuple(-a.weight, vary(variation, a.a + a.b), a.a, a.b) <
           std::make_tuple(-b.weight, vary(variation, b.a + b.b), b.a, b.b);
  });
  for (const Copy &copy : order) {
    // What was spilled is live for too short a time to stand in anyone's way;
    // joined to another value it would.
    if (!components[copy.a].isSpillable || !components[copy.b].isSpillable)
      continue;
    unsigned to = bundleOf[copy.a], from = bundleOf[copy.b];
    if (to == from || bundles[to].range.overlaps(bundles[from].range))
      continue;
    if (bundles[to].components.size() < bundles[from].components.size())
      std::swap(to, from);
    bundles[to].range.unite(bundles[from].range);
    for (unsigned number : bundles[from].components)
      bundleOf[number] = to;
    llvm::append_range(bundles[to].components, bundles[from].components);
    bundles[from] = Bundle();
  }
  llvm::erase_if(
      bundles, [](const Bundle &bundle) { return bundle.components.empty(); });
  for (Bundle &bundle : bundles) {
    llvm::sort(bundle.components);
    setWeight(bundle);
  }
  return bundles;
}
