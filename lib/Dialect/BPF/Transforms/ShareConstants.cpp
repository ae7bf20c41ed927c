//===- ShareConstants.cpp - one computation of a constant -------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Groups equal constants, and makes one of each group that pays.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"
#include "Constants.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFSHARECONSTANTS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

namespace {
/// What two constants have in common that are equal: the operation, a symbol or
/// a slot, and a number.
using ConstantKey = std::tuple<const void *, const void *, int64_t>;

/// Equal constants of a function.
struct Group {
  /// Those of which a use needs no register in particular.
  SmallVector<Operation *> flexible;
  /// Those that have to be put somewhere by a move if they are shared.
  SmallVector<Operation *> fixed;
};
} // namespace

/// The key of `op`; none for what is not shared.
static std::optional<ConstantKey> getKey(Operation *op) {
  using Result = std::optional<ConstantKey>;
  if (isRelocated(op))
    return std::nullopt;
  auto make = [&](const void *symbol, int64_t number) {
    return ConstantKey(op->getName().getAsOpaquePointer(), symbol, number);
  };
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](MovImmOp imm) {
        // The two widths differ in what they make of a sign.
        bool isNegative32 = imm.getWidth() == Width::W32 && imm.getImm() < 0;
        return make(nullptr, isNegative32 ? int64_t(uint32_t(imm.getImm()))
                                          : int64_t(imm.getImm()));
      })
      .Case([&](LdImm64Op imm) { return make(nullptr, imm.getImm()); })
      .Case([&](LdMapOp map) {
        return make(map.getMapAttr().getAsOpaquePointer(), 0);
      })
      .Case([&](LdGlobalOp global) {
        return make(global.getGlobalAttr().getAsOpaquePointer(),
                    global.getOffset());
      })
      .Case([&](SlotAddrOp address) {
        return make(address.getSlot().getAsOpaquePointer(),
                    address.getOffset());
      })
      .Default(Result());
}

static bool isFlexible(Operation *op) {
  Value value = op->getResult(0);
  return isVirtualRegister(value) && llvm::none_of(value.getUses(), needsMove);
}

/// Makes one constant of `group`, if it then takes fewer slots.
static void share(Group &group, DominanceInfo &dominance) {
  SmallVector<Operation *> ops = group.flexible;
  ops.append(group.fixed);
  unsigned slots = getConstantSlots(ops.front());
  if (slots == 1)
    // A move is as long as the constant.
    ops = group.flexible;
  unsigned moves = ops.size() - group.flexible.size();
  if (ops.size() * slots <= slots + moves)
    return;
  OpBuilder builder(findPlace(ops, dominance));
  Type type = RegType::get(builder.getContext());
  Value shared = repeatConstant(builder, ops.front(), type);
  for (Operation *op : ops) {
    Value value = op->getResult(0);
    Value replacement = shared;
    if (!isVirtualRegister(value)) {
      builder.setInsertionPoint(op);
      replacement = MovOp::create(builder, op->getLoc(), value.getType(),
                                  Width::W64, shared);
    }
    for (OpOperand &use : llvm::make_early_inc_range(value.getUses())) {
      builder.setInsertionPoint(use.getOwner());
      auto instruction = dyn_cast<InstructionOpInterface>(use.getOwner());
      bool isTied = instruction && instruction.getTiedOperand() == &use;
      use.set(isTied && replacement == shared
                  ? MovOp::create(builder, use.getOwner()->getLoc(), type,
                                  Width::W64, shared)
                        .getDst()
                  : replacement);
    }
    op->erase();
  }
}

namespace {
struct ShareConstantsPass
    : public bpf::impl::BPFShareConstantsBase<ShareConstantsPass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    llvm::MapVector<ConstantKey, Group> groups;
    func.walk([&](Operation *op) {
      if (!isConstant(op) || op->use_empty())
        return;
      if (std::optional<ConstantKey> key = getKey(op)) {
        Group &group = groups[*key];
        (isFlexible(op) ? group.flexible : group.fixed).push_back(op);
      }
    });
    DominanceInfo dominance(func);
    for (auto &[key, group] : groups)
      if (group.flexible.size() + group.fixed.size() > 1)
        share(group, dominance);
  }
};
} // namespace
