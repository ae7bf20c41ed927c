//===- ShareSlots.cpp - one place for several variables ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds out where the content of each stack slot is needed, with the helpers
// that its address is passed to, and lets slots share a place that are never
// needed at the same time.
//
//===----------------------------------------------------------------------===//

#include "BitLiveness.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "Whistler/Dialect/PassRemarks.h"
#include "Whistler/UAPI/Helpers.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFSHARESLOTS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;
namespace uapi = ::whistler::uapi;

static constexpr ::whistler::PassRemarks remarks("bpf-share-slots");
using ::whistler::RemarkValue;

/// How many slots are looked at; the time grows with their square.
static constexpr size_t maxSlots = 128;

namespace {
/// Bytes of a slot that an operation names.
struct SlotBytes {
  Value slot;
  int64_t offset = 0;
  int64_t size = 0;

  explicit operator bool() const { return bool(slot); }
};

/// Which slots of a function may share a place.
class SlotLifetimes {
public:
  explicit SlotLifetimes(FuncOp func);

  /// The slots that are looked at: those whose address is not kept.
  ArrayRef<SlotOp> getSlots() const { return slots; }

  /// For each slot, those that are needed while it is.
  std::vector<llvm::BitVector> findConflicts();

private:
  void collect();
  bool followAddress(SlotAddrOp address,
                     SmallVectorImpl<Value> &addresses) const;
  llvm::BitVector getAccessed(Operation &op) const;
  void passBackward(Operation &op, llvm::BitVector &live) const;
  llvm::BitVector getLiveSlots(const llvm::BitVector &live) const;
  void findReached();
  void setBytes(llvm::BitVector &live, SlotBytes bytes, bool value) const;

  FuncOp func;
  SmallVector<SlotOp> slots;
  /// The number of the slot that a value is, or is an address in.
  llvm::DenseMap<Value, unsigned> numbers;
  /// The first bit of each slot, and the one behind the last.
  SmallVector<unsigned> firstBits;
  /// The bytes that may be read before they are written.
  BitLiveness liveness;
  /// The slots that may have been accessed.
  llvm::DenseMap<Block *, llvm::BitVector> reachedIn;
};
} // namespace

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

/// Whether `value` is a function's address, which a helper calls back.
static bool isFunctionAddress(Value value) {
  while (auto move = value.getDefiningOp<MovOp>())
    value = move.getSrc();
  return isa_and_nonnull<LdFuncOp>(value.getDefiningOp());
}

/// Whether `use` accesses memory at the address or compares it, but keeps
/// neither the address nor one that is computed from it. A function of the
/// program may keep what it is given, and so may one that a helper calls back.
static bool isPlainUse(OpOperand &use) {
  Operation *op = use.getOwner();
  if (auto call = dyn_cast<CallOp>(op))
    return llvm::none_of(call.getArgs(), isFunctionAddress);
  if (auto branch = dyn_cast<BranchOpInterface>(op))
    return !branch.getSuccessorBlockArgument(use.getOperandNumber());
  return llvm::TypeSwitch<Operation *, bool>(op)
      .Case<LoadOp, StoreOp, StoreImmOp, AtomicMemOp, AtomicFetchOp>(
          [&](auto access) { return &access.getBaseMutable() == &use; })
      .Default([](Operation *) { return false; });
}

/// Appends the values that are addresses in the same slot as `address`; false
/// if one may be kept where it is not known to be one.
bool SlotLifetimes::followAddress(SlotAddrOp address,
                                  SmallVectorImpl<Value> &addresses) const {
  size_t next = addresses.size();
  addresses.push_back(address.getDst());
  for (; next != addresses.size(); ++next)
    for (OpOperand &use : addresses[next].getUses()) {
      Operation *op = use.getOwner();
      auto sum = dyn_cast<AluRegOp>(op);
      auto constantSum = dyn_cast<AluImmOp>(op);
      bool isSum =
          (sum && sum.getOp() == AluOp::Add && sum.getLhs() != sum.getRhs()) ||
          (constantSum && constantSum.getOp() == AluOp::Add);
      if (!isSum && !isa<MovOp>(op)) {
        if (!isPlainUse(use))
          return false;
        continue;
      }
      // Two addresses do not add up to one.
      if (llvm::is_contained(addresses, op->getResult(0)))
        return false;
      addresses.push_back(op->getResult(0));
    }
  return true;
}

/// Finds the slots whose address is not kept.
void SlotLifetimes::collect() {
  SmallVector<SlotOp> all;
  func.walk([&](SlotOp slot) { all.push_back(slot); });
  for (SlotOp slot : all) {
    SmallVector<Value> addresses;
    bool isKept = llvm::any_of(slot->getUsers(), [&](Operation *user) {
      auto address = dyn_cast<SlotAddrOp>(user);
      return address && !followAddress(address, addresses);
    });
    bool isShared = llvm::any_of(
        addresses, [&](Value address) { return numbers.contains(address); });
    if (isKept || isShared || slot->use_empty() || slots.size() == maxSlots)
      continue;
    numbers[slot.getSlot()] = slots.size();
    for (Value address : addresses)
      numbers[address] = slots.size();
    firstBits.push_back(
        firstBits.empty() ? 0 : firstBits.back() + slots.back().getSize());
    slots.push_back(slot);
  }
  if (!slots.empty())
    firstBits.push_back(firstBits.back() + slots.back().getSize());
}

SlotLifetimes::SlotLifetimes(FuncOp func) : func(func) {
  // An instruction that is given by its fields may access anything.
  WalkResult hasRaw = func.walk([](RawOp) { return WalkResult::interrupt(); });
  if (!hasRaw.wasInterrupted())
    collect();
}

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

/// The bytes that `op` writes in any case; none if they are not known.
static SlotBytes getStoredBytes(Operation &op) {
  return llvm::TypeSwitch<Operation *, SlotBytes>(&op)
      .Case<StoreOp, StoreImmOp>([](auto store) -> SlotBytes {
        return {store.getBase(), store.getOffset(),
                getNumBytes(store.getSize())};
      })
      .Default(SlotBytes());
}

/// The bytes that `call` writes for its argument number `index`, reading none.
static SlotBytes getFilledBytes(CallOp call, unsigned index) {
  const uapi::Helper *helper = uapi::lookupHelperById(call.getHelper());
  if (!helper || index >= helper->numArgs)
    return {};
  const uapi::HelperArg &arg = helper->args()[index];
  auto address = call.getArgs()[index].getDefiningOp<SlotAddrOp>();
  if (!address || !arg.isFilled || arg.sizeArg < 0 ||
      unsigned(arg.sizeArg) >= call.getArgs().size())
    return {};
  auto size = call.getArgs()[arg.sizeArg].getDefiningOp<MovImmOp>();
  if (!size || size.getImm() <= 0)
    return {};
  return {address.getSlot(), address.getOffset(), size.getImm()};
}

void SlotLifetimes::setBytes(llvm::BitVector &live, SlotBytes bytes,
                             bool value) const {
  auto found = numbers.find(bytes.slot);
  if (found == numbers.end())
    return;
  int64_t first = firstBits[found->second], last = firstBits[found->second + 1];
  int64_t begin = std::clamp(first + bytes.offset, first, last);
  int64_t end = std::clamp(first + bytes.offset + bytes.size, begin, last);
  if (value)
    live.set(begin, end);
  else
    live.reset(begin, end);
}

/// The slots that `op` may read or write.
llvm::BitVector SlotLifetimes::getAccessed(Operation &op) const {
  llvm::BitVector accessed(slots.size());
  // These only compute addresses.
  if (isa<SlotAddrOp, MovOp, AluRegOp, AluImmOp>(op))
    return accessed;
  for (Value operand : op.getOperands())
    if (auto found = numbers.find(operand); found != numbers.end())
      accessed.set(found->second);
  return accessed;
}

/// Makes what is live behind `op` what is live in front of it.
void SlotLifetimes::passBackward(Operation &op, llvm::BitVector &live) const {
  if (getAccessed(op).none())
    return;
  if (SlotBytes stored = getStoredBytes(op);
      stored && isa<SlotType>(stored.slot.getType()))
    return setBytes(live, stored, false);
  if (auto load = dyn_cast<LoadOp>(op);
      load && isa<SlotType>(load.getBase().getType())) {
    return setBytes(
        live, {load.getBase(), load.getOffset(), getNumBytes(load.getKind())},
        true);
  }
  // Others may read the whole slot, except for what they fill.
  llvm::BitVector read(slots.size());
  auto call = dyn_cast<CallOp>(op);
  for (OpOperand &operand : op.getOpOperands()) {
    auto found = numbers.find(operand.get());
    if (found == numbers.end())
      continue;
    if (SlotBytes filled =
            call ? getFilledBytes(call, operand.getOperandNumber())
                 : SlotBytes())
      setBytes(live, filled, false);
    else
      read.set(found->second);
  }
  for (unsigned slot : read.set_bits())
    live.set(firstBits[slot], firstBits[slot + 1]);
}

//===----------------------------------------------------------------------===//
// Lifetimes
//===----------------------------------------------------------------------===//

void SlotLifetimes::findReached() {
  llvm::SetVector<Block *> worklist;
  for (Block &block : llvm::reverse(func.getBody())) {
    reachedIn[&block] = llvm::BitVector(slots.size());
    worklist.insert(&block);
  }
  while (!worklist.empty()) {
    Block *block = worklist.pop_back_val();
    llvm::BitVector reached = reachedIn.lookup(block);
    for (Operation &op : *block)
      reached |= getAccessed(op);
    for (Block *successor : block->getSuccessors()) {
      llvm::BitVector &known = reachedIn[successor];
      if (!reached.test(known))
        continue;
      known |= reached;
      worklist.insert(successor);
    }
  }
}

/// The slots of which a byte is live.
llvm::BitVector SlotLifetimes::getLiveSlots(const llvm::BitVector &live) const {
  llvm::BitVector result(slots.size());
  for (unsigned slot = 0; slot != slots.size(); ++slot)
    if (live.find_first_in(firstBits[slot], firstBits[slot + 1]) >= 0)
      result.set(slot);
  return result;
}

std::vector<llvm::BitVector> SlotLifetimes::findConflicts() {
  std::vector<llvm::BitVector> conflicts(slots.size(),
                                         llvm::BitVector(slots.size()));
  liveness.solve(func, firstBits.back(),
                 [&](Block *block, llvm::BitVector &live) {
                   for (Operation &op : llvm::reverse(*block))
                     passBackward(op, live);
                 });
  findReached();
  auto addConflicts = [&](const llvm::BitVector &needed) {
    for (unsigned slot : needed.set_bits())
      conflicts[slot] |= needed;
  };
  for (Block &block : func.getBody()) {
    // What is needed behind each access.
    SmallVector<std::pair<Operation *, llvm::BitVector>> accesses;
    llvm::BitVector live = liveness.getLiveOut(&block);
    for (Operation &op : llvm::reverse(block)) {
      if (getAccessed(op).any())
        accesses.emplace_back(&op, getLiveSlots(live));
      passBackward(op, live);
    }
    // Before it was accessed first, a slot has nothing to keep.
    llvm::BitVector reached = reachedIn.lookup(&block);
    llvm::BitVector needed = getLiveSlots(live);
    needed &= reached;
    addConflicts(needed);
    for (auto &[op, liveBehind] : llvm::reverse(accesses)) {
      llvm::BitVector accessed = getAccessed(*op);
      reached |= accessed;
      needed = liveBehind;
      needed &= reached;
      needed |= accessed;
      addConflicts(needed);
    }
  }
  return conflicts;
}

//===----------------------------------------------------------------------===//
// Sharing
//===----------------------------------------------------------------------===//

/// Puts `slot` where `place` is, which dominates all from now on.
static void moveTo(FuncOp func, SlotOp slot, SlotOp place) {
  place->moveBefore(&func.getBody().front(), func.getBody().front().begin());
  slot.replaceAllUsesWith(place.getSlot());
  slot.erase();
}

static void shareSlots(FuncOp func) {
  SlotLifetimes lifetimes(func);
  ArrayRef<SlotOp> slots = lifetimes.getSlots();
  if (slots.size() < 2)
    return;
  std::vector<llvm::BitVector> conflicts = lifetimes.findConflicts();
  // Large slots first, as small ones fit into them.
  SmallVector<unsigned> order =
      llvm::to_vector(llvm::seq<unsigned>(static_cast<unsigned>(slots.size())));
  llvm::sort(order, [&](unsigned a, unsigned b) {
    SlotOp x = slots[a], y = slots[b];
    return std::tuple(y.getAlignment(), y.getSize(), a) <
           std::tuple(x.getAlignment(), x.getSize(), b);
  });
  /// The slots that stand for the places, and which slots conflict with those
  /// that are there.
  SmallVector<std::pair<unsigned, llvm::BitVector>> places;
  unsigned numShared = 0;
  for (unsigned number : order) {
    SlotOp slot = slots[number];
    auto fits = [&](const auto &place) {
      SlotOp other = slots[place.first];
      return slot.getSize() <= other.getSize() && !place.second.test(number);
    };
    auto found = llvm::find_if(places, fits);
    if (found == places.end()) {
      places.emplace_back(number, conflicts[number]);
      continue;
    }
    found->second |= conflicts[number];
    moveTo(func, slot, slots[found->first]);
    ++numShared;
  }
  if (numShared == 0)
    return;
  if (auto remark = remarks.passed(func, "SlotsShared"))
    remark << RemarkValue("Slots", numShared)
           << " variables on the stack take the place of others";
}

namespace {
struct ShareSlotsPass : public bpf::impl::BPFShareSlotsBase<ShareSlotsPass> {
  void runOnOperation() override { shareSlots(getOperation()); }
};
} // namespace
