//===- MergeStores.cpp - wide stores for several narrow ones ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Initialises variables on the stack with as few stores as possible.
//
//===----------------------------------------------------------------------===//

#include "MemoryClobbers.h"
#include "StackPlaces.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/MapVector.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_MERGESTORESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// A write to a variable: a store, or a memset.
struct Write {
  Operation *op;
  int64_t offset;
  int64_t size;
  /// What is written, if it is a constant; of a memset one byte.
  std::optional<APInt> constant;

  int64_t getEnd() const { return offset + size; }
};

/// A load that is stored and used for nothing else, with its bytes in the
/// opposite order if they are swapped on the way.
struct Copy {
  LoadOp load;
  ByteSwapOp swap;

  explicit operator bool() { return bool(load); }
  Place getSource() { return getPlace(load.getBase(), load.getOffset()); }
};

/// What is known of a byte of a variable after several writes.
struct Byte {
  enum State : uint8_t { Unwritten, Constant, Computed } state = Unwritten;
  uint8_t value = 0;
  /// The write that is in force.
  size_t writer = 0;
};

/// Successive writes to one variable that nothing reads in between.
class Window {
public:
  explicit Window(AllocaOp variable) : alloca{variable} {}

  /// Adds a write behind the others.
  void add(Write write) { writes.push_back(std::move(write)); }
  /// Whether what is written has to be there for `op`.
  bool isReadBy(Operation *op) const;
  /// Writes the same with fewer stores, if that is possible.
  void merge();

private:
  struct Piece {
    int64_t offset;
    int64_t size;
    int64_t value;
  };

  void mergeConstants();
  bool layBytes();
  void cover(int64_t offset, int64_t size, SmallVectorImpl<Piece> &pieces);
  std::optional<int64_t> getStored(int64_t offset, int64_t size);
  bool mergeCopies(int64_t size);
  bool canMerge(const Write &low, const Write &high);

  AllocaOp alloca;
  SmallVector<Write> writes;
  SmallVector<Byte> bytes;
};

struct MergeStores : mlir::whistler::impl::MergeStoresPassBase<MergeStores> {
  void runOnOperation() override;
};
} // namespace

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

/// Finds out what each byte is in the end. False where a computed value would
/// have to be written in front of a constant.
bool Window::layBytes() {
  bytes.assign(getSizeInBytes(alloca.getElemType()), {});
  for (auto [index, write] : llvm::enumerate(writes)) {
    if (write.offset < 0 || write.getEnd() > int64_t(bytes.size()))
      return false;
    for (int64_t position = 0; position < write.size; ++position) {
      Byte &byte = bytes[write.offset + position];
      if (byte.state == Byte::Computed && write.constant)
        return false;
      byte.writer = index;
      byte.state = write.constant ? Byte::Constant : Byte::Computed;
      if (!write.constant)
        continue;
      unsigned bit = isa<MemSetOp>(write.op) ? 0 : 8 * position;
      byte.value = write.constant->extractBitsAsZExtValue(8, bit);
    }
  }
  return true;
}

/// What one store of `size` bytes at `offset` has to store, if one store can do
/// it. Bytes that are computed later may become anything.
std::optional<int64_t> Window::getStored(int64_t offset, int64_t size) {
  auto area = ArrayRef(bytes).slice(offset, size);
  if (llvm::any_of(
          area, [](const Byte &byte) { return byte.state == Byte::Unwritten; }))
    return std::nullopt;
  // An immediate has 32 bits, and is extended by its sign.
  constexpr int64_t immediateSize = 4;
  std::optional<uint8_t> extension;
  for (const Byte &byte : area.drop_front(std::min(size, immediateSize))) {
    if (byte.state != Byte::Constant)
      continue;
    if ((byte.value != 0 && byte.value != 0xff) ||
        (extension && extension != byte.value))
      return std::nullopt;
    extension = byte.value;
  }
  uint64_t value = 0;
  for (auto [position, byte] :
       llvm::enumerate(area.take_front(std::min(size, immediateSize))))
    if (byte.state == Byte::Constant)
      value |= uint64_t(byte.value) << (8 * position);
  if (size <= immediateSize)
    return llvm::SignExtend64(value, 8 * size);
  const Byte &top = area[immediateSize - 1];
  if (extension == 0xff && top.state != Byte::Constant)
    value |= uint64_t(0xff) << 24;
  int64_t extended = llvm::SignExtend64<32>(value);
  if (extension && *extension != (extended < 0 ? 0xff : 0))
    return std::nullopt;
  return extended;
}

/// The fewest stores that write the constants among the `size` bytes at
/// `offset`.
void Window::cover(int64_t offset, int64_t size,
                   SmallVectorImpl<Piece> &pieces) {
  int64_t end = std::min<int64_t>(offset + size, bytes.size());
  if (offset >= end ||
      llvm::none_of(
          ArrayRef(bytes).slice(offset, end - offset),
          [](const Byte &byte) { return byte.state == Byte::Constant; }))
    return;
  if (end == offset + size && size <= getAlignment(alloca))
    if (std::optional<int64_t> value = getStored(offset, size)) {
      pieces.push_back({offset, size, *value});
      return;
    }
  assert(size > 1 && "a constant byte can be stored");
  cover(offset, size / 2, pieces);
  cover(offset + size / 2, size / 2, pieces);
}

/// How many slots a store of `size` bytes of a constant takes: a word that no
/// immediate has is loaded first.
static int64_t getCost(const APInt &constant, int64_t size) {
  bool isImmediate = size <= 4 || constant.isSignedIntN(32);
  return isImmediate ? 1 : 3;
}

/// How many slots the constant `write` takes as it is.
static int64_t getCost(const Write &write) {
  if (!isa<MemSetOp>(write.op))
    return getCost(*write.constant, write.size);
  int64_t cost = 0;
  for (int64_t position = write.offset; position < write.getEnd();) {
    int64_t size =
        std::min<int64_t>(llvm::MinAlign(8, position),
                          llvm::bit_floor<uint64_t>(write.getEnd() - position));
    cost += getCost(APInt::getSplat(8 * size, *write.constant), size);
    position += size;
  }
  return cost;
}

void Window::mergeConstants() {
  auto isConstant = [](const Write &write) {
    return write.constant.has_value();
  };
  if (llvm::none_of(writes, isConstant) || !layBytes())
    return;
  constexpr int64_t wordSize = 8;
  SmallVector<Piece> pieces;
  for (int64_t word = 0; word < int64_t(bytes.size()); word += wordSize)
    cover(word, wordSize, pieces);
  int64_t cost = 0;
  for (const Write &write : llvm::make_filter_range(writes, isConstant))
    cost += getCost(write);
  if (int64_t(pieces.size()) >= cost)
    return;
  OpBuilder builder(writes.front().op);
  auto constants = llvm::make_filter_range(writes, isConstant);
  Location loc = constants.begin()->op->getLoc();
  for (const Piece &piece : pieces) {
    Type type = builder.getIntegerType(8 * piece.size);
    Value value = arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(type, piece.value));
    StoreOp::create(builder, loc, value, alloca, piece.offset);
  }
  for (const Write &write : constants)
    write.op->erase();
  llvm::erase_if(writes, isConstant);
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// The copy that `write` is the end of, if it is that.
static Copy getCopy(const Write &write) {
  auto store = dyn_cast<StoreOp>(write.op);
  if (!store)
    return {};
  Value value = store.getValue();
  auto swap = value.getDefiningOp<ByteSwapOp>();
  if (swap && !swap->hasOneUse())
    return {};
  auto load = (swap ? swap.getValue() : value).getDefiningOp<LoadOp>();
  if (!load || !load->hasOneUse() || load.getField() ||
      !isa<IntegerType>(load.getType()) ||
      load->getBlock() != store->getBlock())
    return {};
  return {load, swap};
}

/// Whether something between two operations of a block may change what `space`
/// has.
static bool mayClobberInBlock(Operation *from, Operation *to,
                              AddressSpace space) {
  MemoryClobbers clobbers(from);
  unsigned numVisited = 0;
  for (Operation *op = from->getNextNode(); op != to; op = op->getNextNode()) {
    if (++numVisited > maxVisitedOps)
      return true;
    // A variable that is written is no source of the copy.
    auto store = dyn_cast<StoreOp>(op);
    if (store && getPlace(store.getBase(), 0).root.getDefiningOp<AllocaOp>())
      continue;
    if (clobbers.mayClobber(op, space))
      return true;
  }
  return false;
}

/// Whether two copies are of bytes that follow each other, as the stores do,
/// and can be one where the later of the stores is.
bool Window::canMerge(const Write &low, const Write &high) {
  Copy lowCopy = getCopy(low), highCopy = getCopy(high);
  if (!lowCopy || !highCopy || low.size != high.size ||
      bool(lowCopy.swap) != bool(highCopy.swap))
    return false;
  Place lowPlace = lowCopy.getSource(), highPlace = highCopy.getSource();
  // Swapped bytes follow each other from the end.
  if (lowCopy.swap)
    std::swap(lowPlace, highPlace);
  if (lowPlace.root != highPlace.root ||
      lowPlace.offset + low.size != highPlace.offset)
    return false;
  // Machines where programs run load from any address in a packet; what the
  // verifier knows a type of is read field by field.
  AddressSpace space = cast<PtrType>(lowPlace.root.getType()).getSpace();
  bool isAligned = lowPlace.offset % (2 * low.size) == 0;
  if (space != AddressSpace::Packet &&
      !(space == AddressSpace::MapValue && isAligned))
    return false;
  Operation *first = lowCopy.load->isBeforeInBlock(highCopy.load)
                         ? lowCopy.load
                         : highCopy.load;
  Operation *last = low.op->isBeforeInBlock(high.op) ? high.op : low.op;
  if (mayClobberInBlock(first, last, space))
    return false;
  return llvm::none_of(writes, [&](const Write &other) {
    return other.op != low.op && other.op != high.op &&
           other.offset < high.getEnd() && other.getEnd() > low.offset;
  });
}

/// Makes copies of `2 * size` bytes out of pairs of copies of `size` bytes.
bool Window::mergeCopies(int64_t size) {
  if (2 * size > getAlignment(alloca))
    return false;
  llvm::MapVector<int64_t, size_t> byOffset;
  for (auto [index, write] : llvm::enumerate(writes))
    if (write.size == size && getCopy(write))
      byOffset[write.offset] = index;
  bool hasMerged = false;
  for (auto [offset, index] : byOffset) {
    auto next = byOffset.find(offset + size);
    if (offset % (2 * size) != 0 || next == byOffset.end())
      continue;
    Write &low = writes[index], &high = writes[next->second];
    if (!canMerge(low, high))
      continue;
    Copy copies[] = {getCopy(low), getCopy(high)};
    Operation *last = low.op->isBeforeInBlock(high.op) ? high.op : low.op;
    OpBuilder builder(last);
    Copy start = copies[copies[0].swap ? 1 : 0];
    Location loc = start.load.getLoc();
    Value wide = LoadOp::create(builder, loc, builder.getIntegerType(16 * size),
                                start.load.getBase(), start.load.getOffset());
    if (start.swap)
      wide = ByteSwapOp::create(builder, start.swap.getLoc(), wide);
    auto store = StoreOp::create(builder, last->getLoc(), wide, alloca, offset);
    low.op->erase();
    high.op->erase();
    for (Copy &copy : copies) {
      if (copy.swap)
        copy.swap.erase();
      copy.load.erase();
    }
    low = {store, offset, 2 * size, std::nullopt};
    high = {store, offset, 0, std::nullopt};
    hasMerged = true;
  }
  llvm::erase_if(writes, [](const Write &write) { return write.size == 0; });
  return hasMerged;
}

//===----------------------------------------------------------------------===//
// Windows
//===----------------------------------------------------------------------===//

bool Window::isReadBy(Operation *op) const {
  return isa<AsmOp>(op) || llvm::any_of(op->getOperands(), [&](Value operand) {
           return mayPointTo(operand, alloca);
         });
}

void Window::merge() {
  mergeConstants();
  for (int64_t size : {1, 2, 4})
    mergeCopies(size);
}

/// The variable that `op` writes to, and what; none for other operations.
static std::optional<std::pair<AllocaOp, Write>> getWrite(Operation *op) {
  Write write = {op, 0, 0, std::nullopt};
  Value base, value;
  APInt constant;
  if (auto store = dyn_cast<StoreOp>(op)) {
    base = store.getBase();
    value = store.getValue();
    write.offset = store.getOffset();
    write.size = getSizeInBytes(value.getType());
  } else if (auto set = dyn_cast<MemSetOp>(op)) {
    base = set.getBase();
    value = set.getValue();
    write.offset = set.getOffset();
    write.size = set.getSize();
  } else {
    return std::nullopt;
  }
  Place place = getPlace(base, write.offset);
  auto alloca = place.root.getDefiningOp<AllocaOp>();
  bool isComputedSet =
      isa<MemSetOp>(op) && !matchPattern(value, m_ConstantInt(&constant));
  if (!alloca || isComputedSet || mayPointTo(value, alloca))
    return std::nullopt;
  write.offset = place.offset;
  if (matchPattern(value, m_ConstantInt(&constant)))
    write.constant = constant;
  return std::pair(alloca, write);
}

/// Merges writes in `block` to variables but for those in `kept`, whose
/// addresses are known elsewhere.
static void mergeStores(Block &block,
                        const SmallPtrSetImpl<Operation *> &kept) {
  constexpr size_t maxWindows = 16;
  llvm::MapVector<Operation *, Window> windows;
  auto close = [&](llvm::function_ref<bool(const Window &)> isDone) {
    windows.remove_if([&](auto &entry) {
      if (!isDone(entry.second))
        return false;
      entry.second.merge();
      return true;
    });
  };
  // Merging replaces operations in front of the one that is looked at.
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (isa<PtrAddOp, PtrCastOp, PtrCmpOp>(op))
      continue;
    auto write = getWrite(&op);
    if (write && !kept.contains(write->first)) {
      auto [found, isNew] =
          windows.insert({write->first, Window(write->first)});
      found->second.add(std::move(write->second));
      if (isNew && windows.size() > maxWindows)
        close([](const Window &) { return true; });
      continue;
    }
    if (!windows.empty())
      close([&](const Window &window) { return window.isReadBy(&op); });
  }
  close([](const Window &) { return true; });
}

void MergeStores::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    SmallPtrSet<Operation *, 8> kept;
    body->walk([&](AllocaOp alloca) {
      if (isAddressKept(alloca))
        kept.insert(alloca);
    });
    for (Block &block : body->getRegion(0))
      mergeStores(block, kept);
  });
}
