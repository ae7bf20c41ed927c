//===- OffsetFolding.cpp - addresses as base and offset ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Moves constant pointer arithmetic into the offsets of accesses, and accesses
// to the pointer that was compared with the end of the packet.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_OFFSETFOLDINGPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct OffsetFolding
    : mlir::whistler::impl::OffsetFoldingPassBase<OffsetFolding> {
  void runOnOperation() override;
};
} // namespace

/// Pointers with more uses than this keep them, and no more blocks than this
/// are looked at for one pointer: the pass shall take no longer than others.
static constexpr unsigned maxUses = 1000;
static constexpr unsigned maxBlocks = 200;
/// How many checked pointers are tried in place of one.
static constexpr unsigned maxCandidates = 16;

//===----------------------------------------------------------------------===//
// Offsets of accesses
//===----------------------------------------------------------------------===//

/// Calls `visit` with the offset that the owner of `use` adds to that operand,
/// with how many bytes from there it accesses, and with a function that sets
/// the offset. Returns false for operations that take a pointer as it is.
static bool visitOffset(
    OpOperand &use,
    function_ref<void(int64_t, int64_t, function_ref<void(int64_t)>)> visit) {
  Operation *user = use.getOwner();
  auto visitBase = [&](auto op, int64_t size) {
    if (&op.getBaseMutable() != &use)
      return false;
    visit(op.getOffset(), size,
          [&](int64_t offset) { op.setOffset(int32_t(offset)); });
    return true;
  };
  return llvm::TypeSwitch<Operation *, bool>(user)
      .Case<LoadOp>([&](LoadOp op) {
        // The loader replaces the whole offset of a relocated access.
        return !op.getField() && visitBase(op, 1);
      })
      .Case<StoreOp, AtomicRMWOp, AtomicCmpXchgOp>(
          [&](auto op) { return visitBase(op, 1); })
      .Case<MemSetOp>([&](MemSetOp op) { return visitBase(op, op.getSize()); })
      .Case<MemCpyOp>([&](MemCpyOp op) {
        bool isTarget = &op.getDstMutable() == &use;
        visit(isTarget ? op.getDstOffset() : op.getSrcOffset(), op.getSize(),
              [&](int64_t offset) {
                isTarget ? op.setDstOffset(int32_t(offset))
                         : op.setSrcOffset(int32_t(offset));
              });
        return true;
      })
      .Case<CtxLoadOp, CtxStoreOp>([&](auto op) {
        if (op.getField() || &op.getCtxMutable() != &use)
          return false;
        visit(op.getOffset(), 1,
              [&](int64_t offset) { op.setOffset(int32_t(offset)); });
        return true;
      })
      .Default([](Operation *) { return false; });
}

/// Whether the access at `use` can be made at a distance of `delta` more bytes
/// from its base. Each instruction has 16 bits for its offset.
static bool canMove(OpOperand &use, int64_t delta) {
  bool fits = false;
  return visitOffset(use,
                     [&](int64_t offset, int64_t size, auto) {
                       fits = llvm::isInt<16>(offset + delta) &&
                              llvm::isInt<16>(offset + delta + size - 1);
                     }) &&
         fits;
}

/// Makes the access at `use` at `delta` more bytes from `base`.
static void move(OpOperand &use, Value base, int64_t delta) {
  visitOffset(use, [&](int64_t offset, int64_t, auto setOffset) {
    setOffset(offset + delta);
  });
  use.set(base);
}

/// The number of bytes that `op` adds, if it is a constant.
static std::optional<int64_t> getDistance(PtrAddOp op) {
  APInt distance;
  if (op && matchPattern(op.getOffset(), m_ConstantInt(&distance)) &&
      distance.isSignedIntN(32))
    return distance.getSExtValue();
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Constant distances
//===----------------------------------------------------------------------===//

namespace {
/// Folds the pointer arithmetic of one body.
class Folder {
public:
  explicit Folder(Operation *body) : body(body), builder(body->getContext()) {}

  void run();

private:
  // Constants into what uses them.
  void setDistance(PtrAddOp op, int64_t distance);
  void addDistanceBehind(PtrAddOp op, int64_t distance);
  void foldIntoUses(PtrAddOp op);
  void hoistDistance(PtrAddOp op);

  // Accesses through checked pointers.
  bool isReachable(Operation *from, Operation *to, Block *barrier);
  bool isUsedTooFar(PtrAddOp checked, Operation *user);
  void detachUses(PtrAddOp checked);
  bool canRebase(Value base, PtrAddOp checked, int64_t distance);
  bool moveUses(Value base, PtrAddOp checked, int64_t distance);
  PtrAddOp rebase(Value base);

  Operation *body;
  OpBuilder builder;
  DominanceInfo dominance;
};
} // namespace

/// Whether some comparison orders `pointer` and another one: then it is in a
/// register, whatever becomes of the accesses.
static bool isChecked(Value pointer) {
  return llvm::any_of(pointer.getUsers(), [](Operation *user) {
    auto cmp = dyn_cast<PtrCmpOp>(user);
    return cmp && cmp.getPredicate() != PtrPredicate::Eq &&
           cmp.getPredicate() != PtrPredicate::Ne;
  });
}

/// Whether the verifier follows pointers into that space with a constant behind
/// a variable distance as well as the other way round. On the stack it follows
/// no variable distance, and neither does it in the kernel's structs.
static bool allowsVariableDistance(Type type) {
  switch (cast<PtrType>(type).getSpace()) {
  case AddressSpace::Packet:
  case AddressSpace::PacketMeta:
  case AddressSpace::MapValue:
  case AddressSpace::Ringbuf:
    return true;
  default:
    return false;
  }
}

static bool isPacketPointer(Value pointer) {
  AddressSpace space = cast<PtrType>(pointer.getType()).getSpace();
  return space == AddressSpace::Packet || space == AddressSpace::PacketMeta;
}

static void eraseIfUnused(Operation *op) {
  if (op && isOpTriviallyDead(op))
    op->erase();
}

/// Makes `op` add that many bytes.
void Folder::setDistance(PtrAddOp op, int64_t distance) {
  Operation *old = op.getOffset().getDefiningOp();
  builder.setInsertionPoint(op);
  op.getOffsetMutable().set(arith::ConstantOp::create(
      builder, op.getLoc(), builder.getI64IntegerAttr(distance)));
  eraseIfUnused(old);
}

/// Adds that many bytes to the result of `op`, in what uses it if possible.
void Folder::addDistanceBehind(PtrAddOp op, int64_t distance) {
  builder.setInsertionPointAfter(op);
  Value constant = arith::ConstantOp::create(
      builder, op.getLoc(), builder.getI64IntegerAttr(distance));
  auto outer =
      PtrAddOp::create(builder, op.getLoc(), op.getType(), op, constant);
  op.getResult().replaceAllUsesExcept(outer, outer);
  if (!isChecked(outer))
    foldIntoUses(outer);
  eraseIfUnused(outer);
}

/// Accesses and constant additions that use `op`, a constant addition, use its
/// base.
void Folder::foldIntoUses(PtrAddOp op) {
  std::optional<int64_t> distance = getDistance(op);
  if (!distance)
    return;
  for (OpOperand &use : llvm::make_early_inc_range(op->getUses())) {
    if (canMove(use, *distance)) {
      move(use, op.getBase(), *distance);
      continue;
    }
    auto next = dyn_cast<PtrAddOp>(use.getOwner());
    std::optional<int64_t> more = getDistance(next);
    if (!more || !llvm::isInt<32>(*distance + *more))
      continue;
    next.getBaseMutable().set(op.getBase());
    setDistance(next, *distance + *more);
  }
}

/// (p + constant) + x becomes (p + x) + constant, which accesses absorb.
void Folder::hoistDistance(PtrAddOp op) {
  auto inner = op.getBase().getDefiningOp<PtrAddOp>();
  std::optional<int64_t> distance = getDistance(inner);
  if (!distance || getDistance(op) || isChecked(inner) ||
      !allowsVariableDistance(op.getType()))
    return;
  op.getBaseMutable().set(inner.getBase());
  addDistanceBehind(op, *distance);
}

//===----------------------------------------------------------------------===//
// Checked pointers
//===----------------------------------------------------------------------===//

/// Whether control may come from behind `from` to `to` without passing through
/// the start of `barrier`. Where that takes long to find out, it may.
bool Folder::isReachable(Operation *from, Operation *to, Block *barrier) {
  Block *start = from->getBlock(), *target = to->getBlock();
  if (start == target && from != to && from->isBeforeInBlock(to))
    return true;
  SmallVector<Block *> worklist(start->getSuccessors());
  SmallPtrSet<Block *, 16> seen;
  while (!worklist.empty()) {
    Block *block = worklist.pop_back_val();
    if (block == barrier || !seen.insert(block).second)
      continue;
    if (block == target || seen.size() > maxBlocks)
      return true;
    llvm::append_range(worklist, block->getSuccessors());
  }
  return false;
}

/// Whether control may come to `user` after `checked` was found to be behind
/// the packet's end. There the verifier takes whatever is computed from it to
/// be behind the end, too, even if it is nearer (BEYOND_PKT_END in
/// kernel/bpf/verifier.c): it refuses accesses, and drops the other side of
/// comparisons.
bool Folder::isUsedTooFar(PtrAddOp checked, Operation *user) {
  for (Operation *cmpUser : checked->getUsers()) {
    auto cmp = dyn_cast<PtrCmpOp>(cmpUser);
    if (!cmp)
      continue;
    bool isGreater = cmp.getPredicate() == PtrPredicate::Gt ||
                     cmp.getPredicate() == PtrPredicate::Ge;
    bool isFarIfHolds = isGreater == (cmp.getLhs() == checked.getResult());
    for (Operation *branchUser : cmp->getUsers()) {
      auto branch = dyn_cast<cf::CondBranchOp>(branchUser);
      if (!branch)
        return true;
      Block *far = isFarIfHolds ? branch.getTrueDest() : branch.getFalseDest();
      if (far == user->getBlock() ||
          isReachable(&far->front(), user, checked->getBlock()))
        return true;
    }
  }
  return false;
}

/// Gives uses of `checked` where it may have been found to be behind the
/// packet's end a pointer of their own: what is accessed there is known by
/// another comparison, of which the verifier would not know for `checked`.
void Folder::detachUses(PtrAddOp checked) {
  for (OpOperand &use : llvm::make_early_inc_range(checked->getUses())) {
    Operation *user = use.getOwner();
    if (isa<PtrCmpOp>(user) || !isUsedTooFar(checked, user))
      continue;
    builder.setInsertionPoint(user);
    auto own = cast<PtrAddOp>(builder.clone(*checked));
    use.set(own);
    foldIntoUses(own);
    eraseIfUnused(own);
  }
}

/// Whether everything that uses `op` absorbs a constant distance.
static bool areDistancesAbsorbed(PtrAddOp op, int64_t distance) {
  return llvm::all_of(op->getUses(), [&](OpOperand &use) {
    return canMove(use, distance) ||
           getDistance(dyn_cast<PtrAddOp>(use.getOwner()));
  });
}

/// Whether `checked` can stand for `base` everywhere behind it at no cost, so
/// that the addition may overwrite the register of `base`.
bool Folder::canRebase(Value base, PtrAddOp checked, int64_t distance) {
  Block *origin = base.getParentBlock();
  // In a loop the addition needs the base again.
  if (origin != checked->getBlock() && isReachable(checked, checked, origin))
    return false;
  return llvm::all_of(base.getUses(), [&](OpOperand &use) {
    Operation *user = use.getOwner();
    if (user == checked)
      return true;
    if (!dominance.properlyDominates(checked.getOperation(), user))
      return !isReachable(checked, user, origin);
    if (isUsedTooFar(checked, user))
      return false;
    auto add = dyn_cast<PtrAddOp>(user);
    if (!add)
      return canMove(use, -distance);
    return getDistance(add) || areDistancesAbsorbed(add, -distance);
  });
}

/// Makes what uses `base` behind `checked` use `checked`. Returns whether
/// anything does.
bool Folder::moveUses(Value base, PtrAddOp checked, int64_t distance) {
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : base.getUses())
    if (dominance.properlyDominates(checked.getOperation(), use.getOwner()))
      uses.push_back(&use);
  for (OpOperand *use : uses) {
    auto add = dyn_cast<PtrAddOp>(use->getOwner());
    if (!add) {
      move(*use, checked, -distance);
      continue;
    }
    use->set(checked);
    if (std::optional<int64_t> old = getDistance(add))
      setDistance(add, *old - distance);
    else
      addDistanceBehind(add, -distance);
  }
  return !uses.empty();
}

/// Replaces uses of `base` by such of a pointer that is moved from there and
/// checked, if nothing needs `base` then. Returns that pointer, or null.
PtrAddOp Folder::rebase(Value base) {
  SmallVector<PtrAddOp> candidates;
  unsigned numUses = 0;
  for (Operation *user : base.getUsers()) {
    if (++numUses > maxUses)
      return nullptr;
    auto add = dyn_cast<PtrAddOp>(user);
    if (getDistance(add) && isChecked(add))
      candidates.push_back(add);
  }
  for (PtrAddOp checked : ArrayRef(candidates).take_back(maxCandidates)) {
    int64_t distance = *getDistance(checked);
    if (canRebase(base, checked, distance) && moveUses(base, checked, distance))
      return checked;
  }
  return nullptr;
}

void Folder::run() {
  SmallVector<PtrAddOp> additions;
  body->walk([&](PtrAddOp op) { additions.push_back(op); });
  for (PtrAddOp op : additions) {
    hoistDistance(op);
    if (!isChecked(op))
      foldIntoUses(op);
    else if (getDistance(op) && isPacketPointer(op))
      detachUses(op);
  }
  SetVector<Value> bases;
  for (PtrAddOp op : additions)
    if (op->use_empty())
      op->erase();
    else if (getDistance(op) && isChecked(op) && isPacketPointer(op))
      bases.insert(op.getBase());
  while (!bases.empty())
    if (PtrAddOp checked = rebase(bases.back()))
      bases.insert(checked);
    else
      bases.pop_back();
  eraseDeadOperations(body);
}

void OffsetFolding::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) { Folder(body).run(); });
}
