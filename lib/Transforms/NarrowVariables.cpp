//===- NarrowVariables.cpp - short loads of variables -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reads of variables that helpers fill only the bytes that may be other than
// zero.
//
//===----------------------------------------------------------------------===//

#include "MemoryClobbers.h"
#include "StackLiveness.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_NARROWVARIABLESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// What is known of a variable from the operations that use its address.
struct Contents {
  /// How many of the first bytes may be other than zero.
  int64_t size = 0;
  /// Whether a helper fills some.
  bool isFilled = false;
  SmallVector<LoadOp> loads;

  bool addUses(Value pointer);
  bool addUse(OpOperand &use);
  bool addConstant(StackArea area, Value value);
};

struct NarrowVariables
    : mlir::whistler::impl::NarrowVariablesPassBase<NarrowVariables> {
  void runOnOperation() override;
};
} // namespace

/// Adds a store of `value`. False if that is no constant.
bool Contents::addConstant(StackArea area, Value value) {
  APInt constant;
  if (!area || !matchPattern(value, m_ConstantInt(&constant)))
    return false;
  if (!constant.isZero())
    size = std::max<int64_t>(
        size, area.offset + llvm::divideCeil(constant.getActiveBits(), 8));
  return true;
}

/// Adds what an operation does to the variable. False if it may do anything.
bool Contents::addUse(OpOperand &use) {
  Operation *op = use.getOwner();
  if (isa<PtrAddOp, PtrCastOp>(op))
    return addUses(op->getResult(0));
  if (auto load = dyn_cast<LoadOp>(op)) {
    loads.push_back(load);
    return true;
  }
  if (isa<PtrCmpOp, MapLookupOp, MapUpdateOp, MapDeleteOp>(op))
    return true;
  StackArea area = getWrittenArea(op);
  if (auto store = dyn_cast<StoreOp>(op))
    return addConstant(area, store.getValue());
  if (auto set = dyn_cast<MemSetOp>(op)) {
    APInt byte;
    return matchPattern(set.getValue(), m_ConstantInt(&byte)) && byte.isZero();
  }
  auto call = dyn_cast<HelperCallOp>(op);
  if (call && isQuietHelper(call.getHelper()))
    return true;
  if (!call || !area || area.operand != use.getOperandNumber())
    return false;
  size = std::max(size, area.offset + area.size);
  isFilled = true;
  return true;
}

bool Contents::addUses(Value pointer) {
  return llvm::all_of(pointer.getUses(),
                      [&](OpOperand &use) { return addUse(use); });
}

/// Reads of `variable` no more than what may be other than zero.
static void narrowLoads(AllocaOp variable) {
  auto type = dyn_cast<IntegerType>(variable.getElemType());
  Contents contents;
  if (!type || !contents.addUses(variable) || !contents.isFilled)
    return;
  int64_t size = llvm::PowerOf2Ceil(contents.size);
  if (size >= getSizeInBytes(type))
    return;
  for (LoadOp load : contents.loads) {
    Place place = getPlace(load.getBase(), load.getOffset());
    auto loaded = dyn_cast<IntegerType>(load.getType());
    if (place.root != variable.getResult() || place.offset != 0 || !loaded ||
        getSizeInBytes(loaded) <= size)
      continue;
    OpBuilder builder(load);
    Value low =
        LoadOp::create(builder, load.getLoc(), builder.getIntegerType(8 * size),
                       load.getBase(), load.getOffset());
    Value whole = arith::ExtUIOp::create(builder, load.getLoc(), loaded, low);
    load.replaceAllUsesWith(whole);
    load.erase();
  }
}

void NarrowVariables::runOnOperation() {
  SmallVector<AllocaOp> variables;
  getOperation()->walk(
      [&](AllocaOp variable) { variables.push_back(variable); });
  for (AllocaOp variable : variables)
    narrowLoads(variable);
}
