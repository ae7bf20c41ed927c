//===- ShareAdds.cpp - one addition for several places ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lets control come to one addition to a map from several places, and go back
// to where it came from.
//
//===----------------------------------------------------------------------===//

#include "MemoryClobbers.h"

#include "Whistler/Dialect/PassRemarks.h"
#include "Whistler/Dialect/Whistler/IR/TargetKernel.h"
#include "Whistler/UAPI/MapTypes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/MapVector.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_SHAREADDSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;
namespace uapi = ::whistler::uapi;

static constexpr ::whistler::PassRemarks remarks("whistler-share-adds");
using ::whistler::RemarkValue;

/// How many additions come together.
static constexpr size_t maxAdds = 8;

/// How long the chains of operations are that are computed in another place.
static constexpr unsigned maxDepth = 3;

namespace {
/// Additions to one map with different constants as keys, which tell where to
/// go on.
class AddGroup {
public:
  AddGroup(ArrayRef<MapAddOp> adds, const MemoryClobbers &clobbers)
      : adds(adds), clobbers(clobbers) {}

  /// How many slots one addition for all saves, by estimate; nothing if there
  /// cannot be one.
  std::optional<int> findGain(Operation *body);
  /// Makes one addition for all. `findGain` has found that possible.
  void share();

private:
  /// An operand that has to be computed again behind one of the additions.
  struct Repeated {
    OpOperand *operand;
    size_t add;
  };

  bool findReached();
  bool isBehind(Operation *op, size_t add) const;
  bool isBeforeAll(Value value, DominanceInfo &dominance) const;
  void findLeader(DominanceInfo &dominance);
  bool canHoist(Value value, DominanceInfo &dominance, unsigned depth = 0);
  bool addOperand(OpOperand &operand, DominanceInfo &dominance);
  bool canRepeat(Value value, size_t add, DominanceInfo &dominance,
                 unsigned depth = 0);
  Value repeat(OpBuilder &builder, Value value, IRMapping &copies,
               DominanceInfo &dominance);
  void repeatOperands(OpBuilder &builder);
  void dispatch(OpBuilder &builder, Value key, ArrayRef<Block *> rests);

  SmallVector<MapAddOp> adds;
  const MemoryClobbers &clobbers;
  /// The blocks that control may come to behind the block of each addition.
  SmallVector<llvm::SmallPtrSet<Block *, 16>> reached;
  /// The addition that control passes on all ways to the others, if there is
  /// one, and what is computed behind it in its block and can be in front.
  MapAddOp leader;
  llvm::SmallSetVector<Operation *, 4> hoisted;
  SmallVector<Repeated> repeated;
  /// What is computed again, other than constants: a slot each, about.
  llvm::SmallSetVector<std::pair<size_t, Operation *>, 4> copied;
};

struct ShareAdds : mlir::whistler::impl::ShareAddsPassBase<ShareAdds> {
  using ShareAddsPassBase::ShareAddsPassBase;
  void runOnOperation() override;
};
} // namespace

/// Finds what is behind the additions. False if one of them is in a loop.
bool AddGroup::findReached() {
  for (MapAddOp add : adds) {
    llvm::SmallPtrSet<Block *, 16> &blocks = reached.emplace_back();
    SmallVector<Block *> worklist = {add->getBlock()};
    while (!worklist.empty())
      for (Block *next : worklist.pop_back_val()->getSuccessors())
        if (blocks.insert(next).second)
          worklist.push_back(next);
    if (blocks.contains(add->getBlock()))
      return false;
  }
  return true;
}

/// Whether control may come to `op` from behind an addition.
bool AddGroup::isBehind(Operation *op, size_t add) const {
  MapAddOp addition = adds[add];
  return op->getBlock() == addition->getBlock()
             ? addition->isBeforeInBlock(op)
             : reached[add].contains(op->getBlock());
}

bool AddGroup::isBeforeAll(Value value, DominanceInfo &dominance) const {
  Operation *op = value.getDefiningOp();
  return (op && hoisted.contains(op)) || llvm::all_of(adds, [&](MapAddOp add) {
           return dominance.properlyDominates(value, add);
         });
}

/// Whether `op` gives the same in another place, where `clobbers` tells whether
/// what lies between may change memory in a space.
static bool isMovable(Operation *op,
                      function_ref<bool(AddressSpace)> clobbers) {
  auto load = dyn_cast<LoadOp>(op);
  if (!load)
    return isPure(op);
  AddressSpace space = cast<PtrType>(load.getBase().getType()).getSpace();
  return space == AddressSpace::Packet && !clobbers(space);
}

void AddGroup::findLeader(DominanceInfo &dominance) {
  for (MapAddOp add : adds)
    if (llvm::all_of(adds, [&](MapAddOp other) {
          return other == add || dominance.properlyDominates(add, other);
        }))
      leader = add;
}

/// Whether `value` is there at all additions, or can be. What is behind the
/// leader in its block is computed on the same ways in front of it; of what
/// `hoisted` has, each comes behind its operands.
bool AddGroup::canHoist(Value value, DominanceInfo &dominance, unsigned depth) {
  if (isBeforeAll(value, dominance))
    return true;
  Operation *op = value.getDefiningOp();
  if (!op || !leader || depth == maxDepth ||
      op->getBlock() != leader->getBlock() || !leader->isBeforeInBlock(op) ||
      !isMovable(op,
                 [&](AddressSpace space) {
                   return clobbers.mayClobberBetween(leader, op, space);
                 }) ||
      !llvm::all_of(op->getOperands(), [&](Value operand) {
        return canHoist(operand, dominance, depth + 1);
      }))
    return false;
  hoisted.insert(op);
  return true;
}

/// Whether `value`, which is there at an addition, can be computed again behind
/// it from what is there at all of them.
bool AddGroup::canRepeat(Value value, size_t add, DominanceInfo &dominance,
                         unsigned depth) {
  if (isBeforeAll(value, dominance))
    return true;
  Operation *op = value.getDefiningOp();
  if (!op || depth == maxDepth || !isMovable(op, [&](AddressSpace space) {
        return clobbers.mayClobberBetween(op, adds[add], space);
      }))
    return false;
  if (!op->hasTrait<OpTrait::ConstantLike>())
    copied.insert({add, op});
  return llvm::all_of(op->getOperands(), [&](Value operand) {
    return canRepeat(operand, add, dominance, depth + 1);
  });
}

/// Notes what has to be done about an operand so that it can be used when
/// control comes to it from any of the additions. False if that cannot be.
bool AddGroup::addOperand(OpOperand &operand, DominanceInfo &dominance) {
  Operation *op = operand.getOwner();
  Value value = operand.get();
  if (isBeforeAll(value, dominance))
    return true;
  // The additions that it is computed in front of, and those of them that
  // control passes on all ways to the operation.
  SmallVector<size_t> passed;
  std::optional<size_t> last;
  for (size_t add = 0; add < adds.size(); ++add) {
    if (!isBehind(op, add) || !dominance.properlyDominates(value, adds[add]))
      continue;
    passed.push_back(add);
    if (dominance.properlyDominates(adds[add], op) &&
        (!last || dominance.properlyDominates(adds[*last], adds[add])))
      last = add;
  }
  if (passed.empty() || canHoist(value, dominance))
    return true;
  if (!last || !canRepeat(value, *last, dominance) ||
      llvm::any_of(passed, [&](size_t add) {
        return add != *last &&
               !dominance.properlyDominates(adds[add], adds[*last]);
      }))
    return false;
  repeated.push_back({&operand, *last});
  return true;
}

std::optional<int> AddGroup::findGain(Operation *body) {
  if (!findReached())
    return std::nullopt;
  DominanceInfo dominance(body);
  findLeader(dominance);
  for (Block &block : body->getRegion(0))
    for (Operation &op : block) {
      bool isBehindAny = false;
      for (size_t add = 0; add < adds.size(); ++add)
        isBehindAny |= isBehind(&op, add);
      if (!isBehindAny)
        continue;
      // A branch in front of an addition may be what bounds an index.
      if (auto pointer = dyn_cast<PtrAddOp>(op);
          pointer && !matchPattern(pointer.getOffset(), m_Constant()))
        return std::nullopt;
      for (OpOperand &operand : op.getOpOperands())
        if (!addOperand(operand, dominance))
          return std::nullopt;
    }
  // In place: key, map, key address, call, test, constant and addition, and the
  // update for what inserts keys. Shared: a move for each key, jumps to the
  // addition, one of which falls through, and tests of where to go on.
  auto map = SymbolTable::lookupNearestSymbolFrom<MapOp>(
      body, adds.front().getMapAttr());
  const uapi::MapType *type =
      map ? uapi::lookupMapType(map.getMapType()) : nullptr;
  if (!type)
    return std::nullopt;
  constexpr int addition = 9, update = 10;
  int cost = addition + (type->shape == uapi::MapShape::Hash ? update : 0);
  int count = adds.size();
  return (count - 1) * cost - (count + 2 * (count - 1)) - int(copied.size());
}

/// Computes `value` where `builder` is, unless it is there.
Value AddGroup::repeat(OpBuilder &builder, Value value, IRMapping &copies,
                       DominanceInfo &dominance) {
  if (Value copy = copies.lookupOrNull(value))
    return copy;
  Operation *op = value.getDefiningOp();
  if (isBeforeAll(value, dominance))
    return value;
  for (Value operand : op->getOperands())
    if (Value copy = repeat(builder, operand, copies, dominance);
        copy != operand)
      copies.map(operand, copy);
  return builder.clone(*op, copies)->getResult(0);
}

/// Goes on behind the addition whose key it was.
void AddGroup::dispatch(OpBuilder &builder, Value key,
                        ArrayRef<Block *> rests) {
  Location loc = adds.front().getLoc();
  for (size_t index = 0; index + 1 < adds.size(); ++index) {
    Operation *constant = adds[index].getKey().getDefiningOp();
    Value isThis =
        arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, key,
                              builder.clone(*constant)->getResult(0));
    Block *block = builder.getInsertionBlock();
    bool isLast = index + 2 == adds.size();
    Block *other = isLast ? rests.back() : builder.createBlock(rests.front());
    builder.setInsertionPointToEnd(block);
    cf::CondBranchOp::create(builder, loc, isThis, rests[index], ValueRange(),
                             other, ValueRange());
    builder.setInsertionPointToEnd(other);
  }
}

/// Computes again what needs it, in front of everything else behind each of the
/// additions.
void AddGroup::repeatOperands(OpBuilder &builder) {
  DominanceInfo dominance(adds.front()->getParentOp());
  SmallVector<Operation *> places = llvm::map_to_vector(
      adds, [](MapAddOp add) { return add->getNextNode(); });
  SmallVector<IRMapping> copies(adds.size());
  SmallVector<std::pair<OpOperand *, Value>> replacements;
  for (auto [operand, add] : repeated) {
    builder.setInsertionPoint(places[add]);
    Value copy = repeat(builder, operand->get(), copies[add], dominance);
    copies[add].map(operand->get(), copy);
    replacements.emplace_back(operand, copy);
  }
  for (auto [operand, copy] : replacements)
    operand->set(copy);
}

void AddGroup::share() {
  MapAddOp first = adds.front();
  Location loc = first.getLoc();
  IRRewriter rewriter(first.getContext());
  for (Operation *op : hoisted)
    op->moveBefore(leader);
  repeatOperands(rewriter);
  bool isDeltaCommon = llvm::all_of(
      adds, [&](MapAddOp add) { return add.getDelta() == first.getDelta(); });
  // The last one first: what is behind an addition moves to another block.
  SmallVector<Block *> rests(adds.size());
  for (size_t index = adds.size(); index-- > 0;)
    rests[index] = rewriter.splitBlock(adds[index]->getBlock(),
                                       std::next(adds[index]->getIterator()));
  Block *shared = rewriter.createBlock(rests.front());
  Value key = shared->addArgument(first.getKey().getType(), loc);
  Value delta = isDeltaCommon
                    ? first.getDelta()
                    : shared->addArgument(first.getDelta().getType(), loc);
  for (MapAddOp add : adds) {
    rewriter.setInsertionPoint(add);
    SmallVector<Value> operands = {add.getKey()};
    if (!isDeltaCommon)
      operands.push_back(add.getDelta());
    cf::BranchOp::create(rewriter, add.getLoc(), shared, operands);
  }
  rewriter.setInsertionPointToEnd(shared);
  MapAddOp::create(rewriter, loc, first.getIsPlain(), first.getMap(), key,
                   delta);
  dispatch(rewriter, key, rests);
  for (MapAddOp add : adds)
    add.erase();
}

/// Additions that differ in their keys, which are constants.
static bool haveDifferentKeys(ArrayRef<MapAddOp> adds) {
  llvm::SmallDenseSet<APInt, maxAdds> keys;
  return llvm::all_of(adds, [&](MapAddOp add) {
    APInt key;
    return matchPattern(add.getKey(), m_ConstantInt(&key)) &&
           keys.insert(key).second;
  });
}

void ShareAdds::runOnOperation() {
  // Going back is a loop for the verifier.
  if (!TargetKernel(getOperation()).has(uapi::KernelFeature::Loop))
    return markAllAnalysesPreserved();
  MemoryClobbers clobbers(getOperation());
  forEachBody(getOperation(), [&](Operation *body) {
    // What makes different instructions.
    using Kind = std::tuple<StringRef, Type, Type, unsigned>;
    llvm::MapVector<Kind, SmallVector<MapAddOp>> groups;
    body->walk([&](MapAddOp add) {
      Type key = add.getKey().getType();
      if (key.isInteger(32) || key.isInteger(64))
        groups[{add.getMap(), key, add.getDelta().getType(), add.getIsPlain()}]
            .push_back(add);
    });
    for (auto &[kind, adds] : groups) {
      if (adds.size() < 2 || adds.size() > maxAdds || !haveDifferentKeys(adds))
        continue;
      AddGroup group(adds, clobbers);
      std::optional<int> gain = group.findGain(body);
      if (!gain || *gain < minGain)
        continue;
      if (auto remark = remarks.passed(adds.front(), "AdditionsShared"))
        remark << RemarkValue("Additions", adds.size()) << " additions to `"
               << std::get<0>(kind) << "` are made in one place, which saves "
               << "about " << RemarkValue("Saving", *gain) << " slots";
      group.share();
    }
  });
}
