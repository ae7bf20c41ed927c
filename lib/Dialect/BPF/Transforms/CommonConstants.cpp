//===- CommonConstants.cpp - one constant for several blocks ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Tries each block that dominates two places where a register is set to the
// same number, and keeps what removes more instructions than it adds.
//
//===----------------------------------------------------------------------===//

#include "CommonConstants.h"
#include "BlockFrequency.h"
#include "RegisterConstants.h"
#include "RegisterLiveness.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Dominance.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::bpf;

/// How many places are compared with each other.
static constexpr size_t maxPlaces = 8;
/// How many blocks the function may have: each try looks at all of them.
static constexpr size_t maxBlocks = 200;
/// How often more than before a register may be set.
static constexpr double maxInVain = 0.5;

namespace {
using Places = SmallVector<MovImmOp, 4>;

class CommonConstants {
public:
  explicit CommonConstants(FuncOp func)
      : func(func), dominance(func), liveness(func), frequency(func) {}

  void hoist(Places places);

private:
  bool hoist(Places &places, Block *block);

  FuncOp func;
  DominanceInfo dominance;
  RegisterLiveness liveness;
  BlockFrequency frequency;
};
} // namespace

/// Whether the register that `place` sets has its number already, on all ways
/// that come from the end of `block`, if it has it there.
static bool isKnownFrom(Block *block, MovImmOp place) {
  Register reg = *getMachineRegister(place.getResult());
  std::optional<int64_t> number = RegisterConstants::getNumber(place);
  // The last operation before `end` that sets the register decides.
  auto findWrite = [&](Block *in, Block::iterator end) -> Operation * {
    for (Operation &op : llvm::reverse(llvm::make_range(in->begin(), end)))
      if (getWrites(&op).contains(reg))
        return &op;
    return nullptr;
  };
  llvm::SetVector<Block *> before;
  auto isKnownAt = [&](Block *in, Block::iterator end) {
    if (Operation *write = findWrite(in, end))
      return RegisterConstants::getNumber(write) == number &&
             number.has_value();
    before.insert(in->pred_begin(), in->pred_end());
    return !in->isEntryBlock();
  };
  if (!isKnownAt(place->getBlock(), place->getIterator()))
    return false;
  for (size_t index = 0; index != before.size(); ++index) {
    Block *in = before[index];
    if (in != block && !isKnownAt(in, in->end()))
      return false;
  }
  return true;
}

/// Sets the register of `places` at the end of `block`, and takes away those
/// that find it set then. False, and nothing has changed, if that does not pay.
bool CommonConstants::hoist(Places &places, Block *block) {
  MovImmOp first = places.front();
  Register reg = *getMachineRegister(first.getResult());
  Operation *terminator = block->getTerminator();
  if (getReads(terminator).contains(reg) ||
      liveness.getLiveOut(block).contains(reg))
    return false;
  // At best all of these find it set.
  double inVain = frequency.get(block);
  for (MovImmOp place : places)
    if (dominance.properlyDominates(block, place->getBlock()))
      inVain -= frequency.get(place->getBlock());
  if (inVain > maxInVain)
    return false;
  inVain = frequency.get(block);
  Places found, left;
  for (MovImmOp place : places) {
    bool isFound = dominance.properlyDominates(block, place->getBlock()) &&
                   isKnownFrom(block, place);
    if (isFound)
      inVain -= frequency.get(place->getBlock());
    (isFound ? found : left).push_back(place);
  }
  if (found.size() < 2 || inVain > maxInVain)
    return false;
  OpBuilder builder(terminator);
  left.push_back(cast<MovImmOp>(builder.clone(*first)));
  for (MovImmOp place : found)
    place->erase();
  places = std::move(left);
  // The register is needed for longer now.
  liveness = RegisterLiveness(func);
  return true;
}

void CommonConstants::hoist(Places places) {
  bool changed = true;
  while (changed && places.size() > 1) {
    changed = false;
    llvm::SetVector<Block *> dominators;
    for (auto [index, place] : llvm::enumerate(places))
      for (MovImmOp other : ArrayRef(places).drop_front(index + 1))
        dominators.insert(dominance.findNearestCommonDominator(
            place->getBlock(), other->getBlock()));
    changed = llvm::any_of(dominators,
                           [&](Block *block) { return hoist(places, block); });
  }
}

void bpf::hoistCommonConstants(FuncOp func) {
  if (func.getBody().getBlocks().size() > maxBlocks)
    return;
  llvm::MapVector<std::pair<Register, int64_t>, Places> groups;
  for (Block &block : func.getBody())
    for (auto op : block.getOps<MovImmOp>())
      if (std::optional<int64_t> number = RegisterConstants::getNumber(op))
        groups[{*getMachineRegister(op.getResult()), *number}].push_back(op);
  groups.remove_if([](auto &group) {
    return group.second.size() < 2 || group.second.size() > maxPlaces;
  });
  if (groups.empty())
    return;
  CommonConstants constants(func);
  for (auto &[content, places] : groups)
    constants.hoist(places);
}
