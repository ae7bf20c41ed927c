//===- ReloadStored.cpp - what the stack holds anyway -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Releases registers that calls preserve where a slot has the same content: a
// value is stored as soon as it is there, and loaded again behind the calls.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"
#include "RegisterLiveness.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "Whistler/UAPI/Helpers.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFRELOADSTORED
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

namespace uapi = ::whistler::uapi;

using namespace mlir;
using namespace mlir::bpf;

/// The parameters of the helper that `use` is an argument for; none if it is no
/// argument for a documented parameter.
static ArrayRef<uapi::HelperArg> getHelperArgs(OpOperand &use) {
  auto call = dyn_cast<CallOp>(use.getOwner());
  const uapi::Helper *helper =
      call ? uapi::lookupHelperById(call.getHelper()) : nullptr;
  return helper && use.getOperandNumber() < helper->numArgs
             ? helper->args()
             : ArrayRef<uapi::HelperArg>();
}

namespace {
/// Bytes of a slot, from `begin` to before `end`.
struct SlotRange {
  SlotOp slot;
  int64_t begin;
  int64_t end;

  bool overlaps(int64_t offset, int64_t size) const {
    return offset < end && begin < offset + size;
  }
};

/// What an operation does to some bytes of a slot.
enum class Access { None, Reads, Writes };

/// Stores a value early, and loads it where it was copied behind calls.
class StoredValue {
public:
  StoredValue(FuncOp func, OpResult value) : func(func), value(value) {}

  /// Returns whether the register of the value is free now.
  bool release();

private:
  bool sortUses();
  bool reload(StoreOp store);
  /// Whether `store` keeps all of the value.
  bool keepsAll(StoreOp store) const;

  FuncOp func;
  OpResult value;
  /// The stores to slots, the other uses in front of the first call, and the
  /// copies that are behind calls.
  SmallVector<StoreOp> stores;
  SmallVector<OpOperand *> near;
  SmallVector<MovOp> copies;
};
} // namespace

/// What `op`, which has `use` of a slot or of its address, does to `range`;
/// none if that is unknown.
static std::optional<Access> getAccess(OpOperand &use, const SlotRange &range) {
  auto getOf = [&](int64_t offset, int64_t size, Access access) {
    return range.overlaps(offset, size) ? access : Access::None;
  };
  return llvm::TypeSwitch<Operation *, std::optional<Access>>(use.getOwner())
      .Case([&](LoadOp load) {
        return getOf(load.getOffset(), getNumBytes(load.getKind()),
                     Access::Reads);
      })
      .Case([&](StoreOp store) -> std::optional<Access> {
        if (store.getValue() == use.get())
          return std::nullopt;
        return getOf(store.getOffset(), getNumBytes(store.getSize()),
                     Access::Writes);
      })
      .Case([&](StoreImmOp store) {
        return getOf(store.getOffset(), getNumBytes(store.getSize()),
                     Access::Writes);
      })
      .Case([&](CallOp) {
        // What the C prototype does not call constant may change.
        ArrayRef<uapi::HelperArg> args = getHelperArgs(use);
        bool isConstant =
            !args.empty() &&
            args[use.getOperandNumber()].type.starts_with("const ");
        return isConstant ? Access::Reads : Access::Writes;
      })
      .Default(std::nullopt);
}

/// Appends the arguments of calls that `address` is and is copied for. Returns
/// whether that is all that becomes of it.
static bool collectArguments(Value address,
                             SmallVectorImpl<OpOperand *> &arguments) {
  return llvm::all_of(address.getUses(), [&](OpOperand &use) {
    if (auto copy = dyn_cast<MovOp>(use.getOwner()))
      return collectArguments(copy.getDst(), arguments);
    arguments.push_back(&use);
    return isa<CallOp>(use.getOwner());
  });
}

/// What each operation does to `range`; none if its address is used in another
/// way than for accesses and calls.
static std::optional<llvm::DenseMap<Operation *, Access>>
findAccesses(const SlotRange &range) {
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : SlotOp(range.slot)->getUses())
    if (auto address = dyn_cast<SlotAddrOp>(use.getOwner())) {
      if (!collectArguments(address.getDst(), uses))
        return std::nullopt;
    } else {
      uses.push_back(&use);
    }
  llvm::DenseMap<Operation *, Access> accesses;
  for (OpOperand *use : uses) {
    std::optional<Access> access = getAccess(*use, range);
    if (!access)
      return std::nullopt;
    Access &known = accesses[use->getOwner()];
    known = std::max(known, *access);
  }
  return accesses;
}

/// Whether control gets from behind `from` to an operation that is sought,
/// without one in between where the search is to stop.
static bool reaches(Operation *from,
                    llvm::function_ref<bool(Operation *)> isStop,
                    llvm::function_ref<bool(Operation *)> isSought) {
  llvm::SmallPtrSet<Block *, 16> seen;
  SmallVector<Block *> worklist;
  auto follow = [&](Operation *first, Block *block) {
    for (Operation *op = first; op; op = op->getNextNode()) {
      if (isSought(op))
        return true;
      if (isStop(op))
        return false;
    }
    llvm::copy_if(block->getSuccessors(), std::back_inserter(worklist),
                  [&](Block *next) { return seen.insert(next).second; });
    return false;
  };
  if (follow(from->getNextNode(), from->getBlock()))
    return true;
  while (!worklist.empty()) {
    Block *block = worklist.pop_back_val();
    if (follow(&block->front(), block))
      return true;
  }
  return false;
}

/// Whether the verifier may forget what it knows of the result of `copy`: it is
/// a number that a helper takes whatever it is.
static bool isPlainNumber(MovOp copy) {
  if (copy.getWidth() != Width::W64 || !copy.getDst().hasOneUse())
    return false;
  OpOperand &use = *copy.getDst().use_begin();
  int number = use.getOperandNumber();
  ArrayRef<uapi::HelperArg> args = getHelperArgs(use);
  auto hasSize = [&](const uapi::HelperArg &arg) {
    return arg.sizeArg == number;
  };
  return !args.empty() && args[number].kind == uapi::ArgKind::Scalar &&
         llvm::none_of(args, hasSize);
}

/// Sorts the uses of the value. Returns whether it can do without its register.
bool StoredValue::sortUses() {
  Operation *def = value.getOwner(), *call = def->getNextNode();
  while (call && !isa<CallOp, CallFuncOp>(call))
    call = call->getNextNode();
  auto isNear = [&](Operation *op) {
    return op->getBlock() == def->getBlock() &&
           (!call || op->isBeforeInBlock(call));
  };
  for (OpOperand &use : value.getUses()) {
    auto store = dyn_cast<StoreOp>(use.getOwner());
    auto copy = dyn_cast<MovOp>(use.getOwner());
    if (store && store.getValue() == value &&
        store.getBase().getDefiningOp<SlotOp>())
      stores.push_back(store);
    else if (isNear(use.getOwner()) && !needsMove(use))
      near.push_back(&use);
    else if (copy && isPlainNumber(copy))
      copies.push_back(copy);
    else
      return false;
  }
  return true;
}

bool StoredValue::keepsAll(StoreOp store) const {
  if (store.getSize() == StoreSize::B64)
    return true;
  auto load = dyn_cast<LoadOp>(value.getOwner());
  return load && load.getKind() <= LoadKind::U64 &&
         getNumBytes(load.getKind()) <= getNumBytes(store.getSize());
}

/// Uses what `store` keeps in place of the register.
bool StoredValue::reload(StoreOp store) {
  Operation *def = value.getOwner();
  SlotRange range = {store.getBase().getDefiningOp<SlotOp>(), store.getOffset(),
                     store.getOffset() + getNumBytes(store.getSize())};
  auto accesses = findAccesses(range);
  if (!accesses)
    return false;
  auto isDef = [&](Operation *op) { return op == def; };
  auto isEnd = [&](Operation *op) { return op == store || isDef(op); };
  auto isAccess = [&](Operation *op) {
    return op != store && accesses->lookup(op) != Access::None;
  };
  // Nobody sees that the content is there earlier, and it is still there where
  // it is needed.
  if (reaches(def, isEnd, isAccess))
    return false;
  auto isCopy = [&](Operation *op) { return llvm::is_contained(copies, op); };
  for (auto [op, access] : *accesses)
    if (op != store && access == Access::Writes && reaches(op, isDef, isCopy))
      return false;
  // The slot itself is in the entry block, and may be defined later there.
  if (range.slot->getBlock() == def->getBlock() &&
      def->isBeforeInBlock(range.slot))
    range.slot->moveBefore(def);
  Operation *next = store->getNextNode();
  store->moveAfter(def);
  Operation *last = store;
  for (OpOperand *use : near)
    if (last->isBeforeInBlock(use->getOwner()))
      last = use->getOwner();
  std::optional<Register> free =
      findFreeRegister(def, last, RegisterLiveness(func));
  if (!free) {
    store->moveBefore(next);
    return false;
  }
  value.setType(RegType::get(func.getContext(), *free));
  // The sizes of stores are in the order of the unsigned kinds.
  auto kind =
      static_cast<LoadKind>(llvm::Log2_64(getNumBytes(store.getSize())));
  for (MovOp copy : copies) {
    OpBuilder builder(copy);
    auto load =
        LoadOp::create(builder, copy.getLoc(), copy.getDst().getType(), kind,
                       range.slot.getSlot(), store.getOffset(), StringAttr());
    copy.replaceAllUsesWith(load.getDst());
    copy.erase();
  }
  return true;
}

bool StoredValue::release() {
  // With two stores, one would stay behind a call.
  return sortUses() && stores.size() == 1 && keepsAll(stores.front()) &&
         reload(stores.front());
}

namespace {
struct ReloadStoredPass
    : public bpf::impl::BPFReloadStoredBase<ReloadStoredPass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    RegisterCounts numValues = countValues(func);
    SmallVector<OpResult> candidates;
    bool hasRaw = false;
    for (Block &block : func.getBody())
      for (Operation &op : block) {
        hasRaw |= isa<RawOp>(op);
        if (op.getNumResults() != 1)
          continue;
        OpResult value = op.getResult(0);
        std::optional<Register> reg = getMachineRegister(value);
        if (reg && *reg >= Register::R6 && *reg <= Register::R9 &&
            numValues[static_cast<unsigned>(*reg)] == 1)
          candidates.push_back(value);
      }
    // Nothing tells which slot a raw instruction accesses.
    bool hasChanged = false;
    if (!hasRaw)
      for (OpResult value : candidates)
        hasChanged |= StoredValue(func, value).release();
    if (!hasChanged)
      markAllAnalysesPreserved();
  }
};
} // namespace
