//===- LookupDeleteFusion.cpp - several operations with one key -*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Shares struct keys, and makes one pop of a peek and a pop.
//
//===----------------------------------------------------------------------===//

#include "MapArguments.h"
#include "StackPlaces.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/PointerUnion.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_LOOKUPDELETEFUSIONPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// What is known of a byte of a key: a constant, a byte of a value, or nothing.
struct KeyByte {
  Value value;
  int16_t part = -1;

  bool operator==(const KeyByte &other) const {
    return value == other.value && part == other.part;
  }
};

/// A struct that is made to be the key of map operations, and for nothing else.
struct StructKey {
  AllocaOp alloca;
  SmallVector<KeyByte> bytes;
  SmallVector<Operation *> writes;
  SmallVector<Operation *> readers;
};

struct LookupDeleteFusion
    : mlir::whistler::impl::LookupDeleteFusionPassBase<LookupDeleteFusion> {
  void runOnOperation() override;
};
} // namespace

//===----------------------------------------------------------------------===//
// Struct keys
//===----------------------------------------------------------------------===//

/// Notes what `op` writes through `pointer`; false if that is not known.
static bool addWrite(StructKey &key, Operation *op, OpOperand &use) {
  auto fill = [&](Value base, int64_t offset, int64_t size, Value value,
                  bool isRepeated) {
    Place place = getPlace(base, offset);
    if (place.offset < 0 || place.offset + size > int64_t(key.bytes.size()))
      return false;
    APInt constant;
    bool isConstant = matchPattern(value, m_ConstantInt(&constant));
    for (int64_t index = 0; index < size; ++index) {
      unsigned part = isRepeated ? 0 : index;
      KeyByte &byte = key.bytes[place.offset + index];
      byte.value = isConstant ? Value() : value;
      byte.part = isConstant ? constant.extractBitsAsZExtValue(8, 8 * part)
                             : part;
    }
    key.writes.push_back(op);
    return true;
  };
  if (auto store = dyn_cast<StoreOp>(op))
    return store.getValue() != use.get() &&
           fill(store.getBase(), store.getOffset(),
                getSizeInBytes(store.getValue().getType()), store.getValue(),
                /*isRepeated=*/false);
  auto set = cast<MemSetOp>(op);
  return fill(set.getBase(), set.getOffset(), set.getSize(), set.getValue(),
              /*isRepeated=*/true);
}

/// Collects the uses of a key in program order; false for anything else than a
/// key that one block writes before its first reader.
static bool collectUses(StructKey &key, Value pointer,
                        SmallVectorImpl<OpOperand *> &uses) {
  for (OpOperand &use : pointer.getUses()) {
    Operation *user = use.getOwner();
    if (isa<PtrAddOp, PtrCastOp>(user)) {
      if (use.getOperandNumber() != 0 ||
          !collectUses(key, user->getResult(0), uses))
        return false;
      continue;
    }
    SmallVector<OpOperand *, 2> arguments = getMapArguments(user);
    bool isKey = !arguments.empty() && arguments.front() == &use &&
                 use.get() == key.alloca.getResult();
    if (isKey)
      key.readers.push_back(user);
    else if (isa<StoreOp, MemSetOp>(user))
      uses.push_back(&use);
    else
      return false;
  }
  return true;
}

/// What `alloca` is as a key; none if it is used otherwise as well.
static std::optional<StructKey> getStructKey(AllocaOp alloca,
                                             DominanceInfo &dominance) {
  StructKey key;
  key.alloca = alloca;
  key.bytes.resize(getSizeInBytes(alloca.getElemType()));
  SmallVector<OpOperand *> uses;
  if (!collectUses(key, alloca, uses) || uses.empty() || key.readers.empty())
    return std::nullopt;
  Block *block = uses.front()->getOwner()->getBlock();
  for (OpOperand *use : uses)
    if (use->getOwner()->getBlock() != block)
      return std::nullopt;
  llvm::sort(uses, [](OpOperand *a, OpOperand *b) {
    return a->getOwner() != b->getOwner() &&
           a->getOwner()->isBeforeInBlock(b->getOwner());
  });
  for (OpOperand *use : uses)
    if (!addWrite(key, use->getOwner(), *use))
      return std::nullopt;
  for (Operation *reader : key.readers)
    if (!dominance.properlyDominates(key.writes.back(), reader))
      return std::nullopt;
  return key;
}

/// Lets keys with the same contents share the first one's place.
static void shareStructKeys(Operation *body) {
  constexpr size_t maxKeys = 32;
  DominanceInfo dominance(body);
  SmallVector<StructKey> keys;
  SmallVector<AllocaOp> allocas;
  body->walk([&](AllocaOp alloca) {
    if (isa<ArrayType>(alloca.getElemType()))
      allocas.push_back(alloca);
  });
  for (AllocaOp alloca : allocas) {
    std::optional<StructKey> key = getStructKey(alloca, dominance);
    if (!key)
      continue;
    auto found = llvm::find_if(keys, [&](const StructKey &other) {
      return other.bytes == key->bytes &&
             AllocaOp(other.alloca).getElemType() == alloca.getElemType() &&
             dominance.properlyDominates(other.writes.back(),
                                         key->writes.front());
    });
    if (found == keys.end()) {
      if (keys.size() < maxKeys)
        keys.push_back(std::move(*key));
      continue;
    }
    for (Operation *write : key->writes)
      write->erase();
    alloca->replaceAllUsesWith(found->alloca);
  }
}

//===----------------------------------------------------------------------===//
// Queues
//===----------------------------------------------------------------------===//

static bool isHelper(Operation *op, StringRef name) {
  auto call = dyn_cast_if_present<HelperCallOp>(op);
  return call && call.getHelper() == name;
}

/// The block that control goes on in where a peek has found something, if that
/// is what the end of its block asks.
static Block *getFoundBlock(HelperCallOp peek) {
  auto branch = dyn_cast<cf::CondBranchOp>(peek->getBlock()->getTerminator());
  auto test =
      branch ? branch.getCondition().getDefiningOp<arith::CmpIOp>() : nullptr;
  if (!test || test.getLhs() != peek.getResult() ||
      !matchPattern(test.getRhs(), m_Zero()))
    return nullptr;
  Block *found = nullptr;
  if (test.getPredicate() == arith::CmpIPredicate::eq)
    found = branch.getTrueDest();
  else if (test.getPredicate() == arith::CmpIPredicate::ne)
    found = branch.getFalseDest();
  return found && found->getSinglePredecessor() ? found : nullptr;
}

/// The pop that follows `peek` in any case, or in any case where that has found
/// something.
static HelperCallOp findPop(HelperCallOp peek) {
  Block *block = peek->getBlock();
  Operation *op = peek->getNextNode();
  for (;;) {
    for (; op; op = op->getNextNode()) {
      if (isHelper(op, "map_pop_elem"))
        return cast<HelperCallOp>(op);
      // Whatever else may see the queue or the place.
      if (isCall(op) || isa<StoreOp, MemSetOp, MemCpyOp, AtomicRMWOp,
                            AtomicCmpXchgOp>(op))
        return nullptr;
    }
    if (block != peek->getBlock())
      return nullptr;
    block = getFoundBlock(peek);
    if (!block)
      return nullptr;
    op = &block->front();
  }
}

static void fusePeek(HelperCallOp peek) {
  HelperCallOp pop = findPop(peek);
  if (!pop || pop.getArgs().size() != 2 || peek.getArgs().size() != 2)
    return;
  auto peeked = peek.getArgs()[0].getDefiningOp<MapRefOp>();
  auto popped = pop.getArgs()[0].getDefiningOp<MapRefOp>();
  if (!peeked || !popped || peeked.getMap() != popped.getMap() ||
      peek.getArgs()[1] != pop.getArgs()[1])
    return;
  peek.setHelper("map_pop_elem");
  pop.replaceAllUsesWith(peek.getResult());
  pop.erase();
}

void LookupDeleteFusion::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    shareStructKeys(body);
    SmallVector<HelperCallOp> peeks;
    body->walk([&](HelperCallOp call) {
      if (isHelper(call, "map_peek_elem"))
        peeks.push_back(call);
    });
    for (HelperCallOp peek : peeks)
      fusePeek(peek);
  });
}
