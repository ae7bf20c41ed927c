//===- FixedRegisters.cpp - values that have to be somewhere ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds values whose ranges in one machine register overlap, and shortens the
// one that is overwritten to a copy after its definition and one before each
// use that needs the register.
//
//===----------------------------------------------------------------------===//

#include "FixedRegisters.h"
#include "LiveIntervals.h"

using namespace mlir;
using namespace mlir::bpf;

namespace {
/// A segment in which a register is written at its start, and holds `value` to
/// its end; null for a clobber.
struct Occupation {
  Segment segment;
  Value value;
};
} // namespace

/// Everything that happens to `reg`, in the order of its start.
static std::vector<Occupation> getOccupations(const LiveIntervals &intervals,
                                              Register reg) {
  std::vector<Occupation> result;
  for (Segment segment : intervals.getReserved(reg).getSegments())
    result.push_back({segment, Value()});
  for (Value value : intervals.getValues())
    if (getMachineRegister(value) == reg)
      for (Segment segment : intervals.getRange(value).getSegments())
        result.push_back({segment, value});
  // Of those that start together, clobbers come first.
  auto getKey = [&](const Occupation &occupation) {
    return std::make_pair(occupation.segment.start, bool(occupation.value));
  };
  llvm::sort(result, [&](const Occupation &a, const Occupation &b) {
    return getKey(a) < getKey(b);
  });
  return result;
}

/// Adds the values of `reg` that are overwritten while they are live.
static void findConflicts(const LiveIntervals &intervals, Register reg,
                          llvm::SetVector<Value> &conflicts) {
  std::vector<Occupation> occupations = getOccupations(intervals, reg);
  // The occupations that have not ended.
  SmallVector<const Occupation *> active;
  for (const Occupation &next : occupations) {
    llvm::erase_if(active, [&](const Occupation *other) {
      return other->segment.end <= next.segment.start;
    });
    for (const Occupation *other : active)
      if (other->value && other->value != next.value)
        conflicts.insert(other->value);
    // A clobber is sorted before the value that the same instruction writes.
    if (next.value)
      active.push_back(&next);
  }
}

/// The machine register that `use` has to be in, by its operation's rule or as
/// the instruction overwrites it with a result there.
static std::optional<Register> getUseRegister(OpOperand &use) {
  if (std::optional<Register> reg = getRequiredRegister(use))
    return reg;
  auto instruction = dyn_cast<InstructionOpInterface>(use.getOwner());
  if (instruction && instruction.getTiedOperand() == &use)
    return getMachineRegister(use.getOwner()->getResult(0));
  return std::nullopt;
}

/// Shortens the range of `value` to the copies described above.
static void isolate(Value value) {
  OpBuilder builder(value.getContext());
  builder.setInsertionPointAfterValue(value);
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : value.getUses())
    uses.push_back(&use);
  Value copy =
      MovOp::create(builder, value.getLoc(), RegType::get(builder.getContext()),
                    Width::W64, value);
  for (OpOperand *use : uses) {
    Value replacement = copy;
    if (std::optional<Register> reg = getUseRegister(*use)) {
      builder.setInsertionPoint(use->getOwner());
      replacement = MovOp::create(builder, use->getOwner()->getLoc(),
                                  RegType::get(builder.getContext(), *reg),
                                  Width::W64, copy);
    }
    use->set(replacement);
  }
}

llvm::SetVector<Value> bpf::findOverwritten(FuncOp func) {
  LiveIntervals intervals(func, /*virtualRegisters=*/false);
  llvm::SetVector<Value> conflicts;
  for (unsigned number = 0; number < numRegisters; ++number)
    if (auto reg = static_cast<Register>(number); reg != Register::R10)
      findConflicts(intervals, reg, conflicts);
  return conflicts;
}

LogicalResult bpf::isolateFixedRegisters(FuncOp func) {
  llvm::SetVector<Value> overwritten = findOverwritten(func);
  if (overwritten.empty())
    return success();
  llvm::for_each(overwritten, isolate);
  // What is left is a copy that was already as short as it can be.
  for (Value value : findOverwritten(func))
    return emitError(value.getLoc())
           << stringifyRegister(*getMachineRegister(value))
           << " is overwritten before its value is used; copy the value to a "
              "virtual register first";
  return success();
}
