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

#include "Whistler/Dialect/PassRemarks.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_LOOKUPDELETEFUSIONPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

static constexpr ::whistler::PassRemarks
    remarks("whistler-lookup-delete-fusion");
using ::whistler::RemarkValue;

namespace {
/// What is known of a byte: a constant, a byte of a value, or nothing.
struct KeyByte {
  Value value;
  int16_t part = -1;
  /// The write that is in force.
  Operation *writer = nullptr;

  bool isWritten() const { return part >= 0; }
  bool isConstant() const { return isWritten() && !value; }
  bool operator==(const KeyByte &other) const {
    return value == other.value && part == other.part;
  }
};

/// A struct that is made for map operations, and for nothing else.
struct StructKey {
  AllocaOp alloca;
  SmallVector<KeyByte> bytes;
  SmallVector<Operation *> writes;
  SmallVector<Operation *> readers;
};

/// Makes structs in places where others have been.
class StructSharing {
public:
  explicit StructSharing(Operation *body) : body(body), dominance(body) {}

  void run();

private:
  bool isDead(const StructKey &place, const StructKey &next);
  bool shareEqual(StructKey &place, StructKey &next);
  bool shareDifferent(StructKey &place, StructKey &next);

  Operation *body;
  DominanceInfo dominance;
  /// What is on the stack: the struct that is there, and all that read it and
  /// its predecessors.
  std::vector<StructKey> places;
  /// Why the struct that is looked at was not made in the last place that was
  /// tried.
  StringRef obstacle;
};

struct LookupDeleteFusion
    : mlir::whistler::impl::LookupDeleteFusionPassBase<LookupDeleteFusion> {
  void runOnOperation() override;
};
} // namespace

//===----------------------------------------------------------------------===//
// Structs
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
      byte.part =
          isConstant ? constant.extractBitsAsZExtValue(8, 8 * part) : part;
      byte.writer = op;
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

/// Collects the uses of a struct in program order; false if there are others
/// than writes and map operations.
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
    if (use.get() == key.alloca.getResult() &&
        llvm::is_contained(getMapArguments(user), &use))
      key.readers.push_back(user);
    else if (isa<StoreOp, MemSetOp>(user))
      uses.push_back(&use);
    else
      return false;
  }
  return true;
}

/// What `alloca` is as a struct that one block makes before its first reader;
/// none if it is used otherwise as well.
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

/// Whether nothing reads what is in `place` from where `next` is made on.
bool StructSharing::isDead(const StructKey &place, const StructKey &next) {
  constexpr size_t maxBlocks = 256;
  Operation *first = next.writes.front();
  llvm::SetVector<Block *> behind;
  behind.insert(first->getBlock()->succ_begin(), first->getBlock()->succ_end());
  for (size_t index = 0; index < behind.size(); ++index) {
    Block *block = behind[index];
    behind.insert(block->succ_begin(), block->succ_end());
    if (behind.size() > maxBlocks)
      return false;
  }
  return llvm::none_of(place.readers, [&](Operation *reader) {
    return behind.contains(reader->getBlock()) ||
           (reader->getBlock() == first->getBlock() &&
            first->isBeforeInBlock(reader));
  });
}

/// Whether `next` finds a byte that it needs in `place`.
static bool isThere(const KeyByte &place, const KeyByte &next) {
  return !next.isWritten() || place == next;
}

bool StructSharing::shareEqual(StructKey &place, StructKey &next) {
  for (auto [there, needed] : llvm::zip_equal(place.bytes, next.bytes))
    if (!isThere(there, needed))
      return false;
  for (Operation *write : next.writes)
    write->erase();
  return true;
}

namespace {
/// A store of a constant.
struct Piece {
  int64_t offset;
  int64_t size;
  int64_t value;
};
} // namespace

/// Stores the constants among the `size` bytes at `offset` that are `needed`,
/// and others beside them where that takes fewer stores.
static void cover(ArrayRef<KeyByte> bytes, const llvm::BitVector &needed,
                  int64_t offset, int64_t size,
                  SmallVectorImpl<Piece> &pieces) {
  int64_t end = offset + size;
  if (needed.find_first_in(offset, std::min<int64_t>(end, needed.size())) < 0)
    return;
  auto isConstant = [](const KeyByte &byte) { return byte.isConstant(); };
  if (end <= int64_t(bytes.size()) &&
      llvm::all_of(bytes.slice(offset, size), isConstant)) {
    uint64_t value = 0;
    for (int64_t index = 0; index < size; ++index)
      value |= uint64_t(bytes[offset + index].part) << (8 * index);
    int64_t extended = llvm::SignExtend64(value, 8 * size);
    if (llvm::isInt<32>(extended)) {
      pieces.push_back({offset, size, extended});
      return;
    }
  }
  cover(bytes, needed, offset, size / 2, pieces);
  cover(bytes, needed, offset + size / 2, size / 2, pieces);
}

static SmallVector<Piece> getPieces(ArrayRef<KeyByte> bytes,
                                    const llvm::BitVector &needed,
                                    AllocaOp alloca) {
  int64_t wordSize = getAlignment(alloca);
  SmallVector<Piece> pieces;
  for (int64_t word = 0; word < int64_t(bytes.size()); word += wordSize)
    cover(bytes, needed, word, wordSize, pieces);
  return pieces;
}

namespace {
/// What `next` needs of a place, byte by byte and store by store.
struct Difference {
  llvm::BitVector constants;
  /// The constants that are not there.
  llvm::BitVector changed;
  size_t numStores = 0;
  /// The stores of values that are not there.
  SmallPtrSet<Operation *, 8> needed;
};
} // namespace

static bool writesConstant(Operation *write) {
  auto store = dyn_cast<StoreOp>(write);
  APInt constant;
  return matchPattern(store ? store.getValue()
                            : cast<MemSetOp>(write).getValue(),
                      m_ConstantInt(&constant));
}

/// Whether all of what `write` stores stays: it overwrites nothing that would
/// have to be stored again.
static bool isInForce(const StructKey &key, Operation *write) {
  // What is repeated is not worth the trouble.
  auto store = dyn_cast<StoreOp>(write);
  if (!store)
    return false;
  Place start = getPlace(store.getBase(), store.getOffset());
  auto bytes = ArrayRef(key.bytes).slice(
      start.offset, getSizeInBytes(store.getValue().getType()));
  return llvm::all_of(
      bytes, [&](const KeyByte &byte) { return byte.writer == write; });
}

/// What of `next` is not in `place`; none if that is not known well enough.
static std::optional<Difference> getDifference(const StructKey &place,
                                               const StructKey &next) {
  size_t size = next.bytes.size();
  Difference difference;
  difference.constants.resize(size);
  difference.changed.resize(size);
  for (Operation *write : next.writes) {
    if (writesConstant(write))
      continue;
    if (!isInForce(next, write))
      return std::nullopt;
    ++difference.numStores;
  }
  for (size_t index = 0; index < size; ++index) {
    const KeyByte &byte = next.bytes[index];
    bool isChanged = !isThere(place.bytes[index], byte);
    if (byte.isConstant()) {
      difference.constants[index] = true;
      difference.changed[index] = isChanged;
    } else if (isChanged) {
      difference.needed.insert(byte.writer);
    }
  }
  return difference;
}

/// Makes `next` in `place`, of which nothing is needed any more, by storing
/// what is different, if that takes fewer stores.
bool StructSharing::shareDifferent(StructKey &place, StructKey &next) {
  std::optional<Difference> difference = getDifference(place, next);
  if (!difference)
    return false;
  SmallVector<Piece> pieces =
      getPieces(next.bytes, difference->changed, place.alloca);
  size_t before =
      difference->numStores +
      getPieces(next.bytes, difference->constants, place.alloca).size();
  if (difference->needed.size() + pieces.size() >= before) {
    obstacle = "as much of it differs from the one before as it has";
    return false;
  }
  if (!isDead(place, next)) {
    obstacle = "the one before is still needed";
    return false;
  }
  OpBuilder builder(next.writes.front());
  Location loc = next.writes.front()->getLoc();
  SmallVector<Operation *> writes;
  for (const Piece &piece : pieces) {
    Type type = builder.getIntegerType(8 * piece.size);
    Value value = arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(type, piece.value));
    writes.push_back(
        StoreOp::create(builder, loc, value, place.alloca, piece.offset));
  }
  for (Operation *write : next.writes)
    if (difference->needed.contains(write))
      writes.push_back(write);
    else
      write->erase();
  for (auto [there, byte] : llvm::zip_equal(place.bytes, next.bytes))
    if (byte.isWritten())
      there = byte;
  place.writes = std::move(writes);
  return true;
}

void StructSharing::run() {
  constexpr size_t maxPlaces = 16;
  SmallVector<AllocaOp> allocas;
  body->walk([&](AllocaOp alloca) {
    if (isa<ArrayType>(alloca.getElemType()))
      allocas.push_back(alloca);
  });
  for (AllocaOp alloca : allocas) {
    std::optional<StructKey> next = getStructKey(alloca, dominance);
    if (!next)
      continue;
    obstacle = "";
    auto found = llvm::find_if(places, [&](StructKey &place) {
      return place.alloca.getElemType() == alloca.getElemType() &&
             dominance.properlyDominates(place.writes.back(),
                                         next->writes.front()) &&
             (shareEqual(place, *next) || shareDifferent(place, *next));
    });
    if (found != places.end()) {
      remarks.passed(alloca, "KeyShared")
          << "this key is made where an earlier one is, of which it takes over "
             "what is the same";
      llvm::append_range(found->readers, next->readers);
      alloca->replaceAllUsesWith(found->alloca);
      continue;
    }
    if (!obstacle.empty())
      if (auto remark = remarks.missed(alloca, "KeyNotShared"))
        remark << "this key has a place of its own: "
               << RemarkValue("Reason", obstacle);
    if (places.size() < maxPlaces)
      places.push_back(std::move(*next));
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
      if (isCall(op) ||
          isa<StoreOp, MemSetOp, MemCpyOp, AtomicRMWOp, AtomicCmpXchgOp>(op))
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
  remarks.passed(peek, "PeekFused")
      << "the pop that follows takes the place of this peek";
  peek.setHelper("map_pop_elem");
  pop.replaceAllUsesWith(peek.getResult());
  pop.erase();
}

void LookupDeleteFusion::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    StructSharing(body).run();
    SmallVector<HelperCallOp> peeks;
    body->walk([&](HelperCallOp call) {
      if (isHelper(call, "map_peek_elem"))
        peeks.push_back(call);
    });
    for (HelperCallOp peek : peeks)
      fusePeek(peek);
  });
}
