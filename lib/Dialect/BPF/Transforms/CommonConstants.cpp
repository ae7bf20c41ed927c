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
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/PostOrderIterator.h"
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
      : func(func), dominance(func), liveness(func), frequency(getOrder(func)) {
  }

  void hoist(Places places);

private:
  static std::vector<Block *> getOrder(FuncOp func);
  bool hoist(Places &places, Block *block);

  FuncOp func;
  DominanceInfo dominance;
  RegisterLiveness liveness;
  BlockFrequency frequency;
};
} // namespace

std::vector<Block *> CommonConstants::getOrder(FuncOp func) {
  Block *entry = &func.getBody().front();
  llvm::ReversePostOrderTraversal<Block *> order(entry);
  return {order.begin(), order.end()};
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
  OpBuilder builder(terminator);
  Operation *common = builder.clone(*first);
  RegisterConstants constants(func);
  double inVain = frequency.get(block);
  Places found, left;
  for (MovImmOp place : places) {
    bool isFound =
        constants.getBefore(place, reg) == RegisterConstants::getNumber(place);
    if (isFound)
      inVain -= frequency.get(place->getBlock());
    (isFound ? found : left).push_back(place);
  }
  if (found.size() < 2 || inVain > maxInVain) {
    common->erase();
    return false;
  }
  for (MovImmOp place : found)
    place->erase();
  left.push_back(cast<MovImmOp>(common));
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
