//===- MergeStores.cpp - wide stores for several narrow ones ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Initialises variables, records, map values and packets with as few stores as
// possible.
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
/// A write to memory: a store, or a memset.
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

/// What is known of a byte after several writes.
struct Byte {
  enum State : uint8_t { Unwritten, Constant, Computed } state = Unwritten;
  uint8_t value = 0;
  /// The write that is in force.
  size_t writer = 0;
};

/// Successive writes to what one pointer points to, none of which anything
/// reads in between.
class Window {
public:
  explicit Window(Value root)
      : root{root}, space{cast<PtrType>(root.getType()).getSpace()} {}

  Value getRoot() const { return root; }
  /// Whether there are as many writes as can be compared with one another.
  bool isFull() const { return writes.size() >= 64; }
  /// Adds a write behind the others.
  void add(Write write) { writes.push_back(std::move(write)); }
  /// Whether what is written has to be there for `op`.
  bool isReadBy(Operation *op) const;
  /// Notes that `op` stands between the writes and may read what they are to
  /// change.
  void addReader(Operation *op);
  /// Writes the same with fewer stores, if that is possible.
  void merge();

private:
  struct Piece {
    int64_t offset;
    int64_t size;
    int64_t value;
  };

  bool mayLoad(LoadOp load) const;
  bool isLoadedBefore(int64_t offset, int64_t size) const;
  void mergeConstants();
  bool layBytes();
  void cover(int64_t offset, int64_t size, SmallVectorImpl<Piece> &pieces);
  SmallVector<Piece> getPieces();
  bool extend(size_t index, int64_t size);
  llvm::MapVector<size_t, int64_t> extendWrites(SmallVectorImpl<Piece> &pieces);
  std::optional<int64_t> getStored(int64_t offset, int64_t size);
  void mergeCopies(int64_t size);
  bool canMerge(const Write &low, const Write &high);

  Value root;
  AddressSpace space;
  SmallVector<Write> writes;
  SmallVector<Byte> bytes;
  /// The offsets, from and up to, of what was loaded between the writes.
  SmallVector<std::pair<int64_t, int64_t>> loads;
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
  constexpr int64_t maxSize = 4096;
  int64_t end = 0;
  for (const Write &write : writes)
    end = std::max(end, write.getEnd());
  if (auto alloca = root.getDefiningOp<AllocaOp>())
    end = getSizeInBytes(alloca.getElemType());
  if (end > maxSize)
    return false;
  bytes.assign(end, {});
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
/// it. Bytes that are computed later may become anything, but for those of map
/// values: others see them.
std::optional<int64_t> Window::getStored(int64_t offset, int64_t size) {
  auto area = ArrayRef(bytes).slice(offset, size);
  if (llvm::any_of(area, [&](const Byte &byte) {
        return byte.state == Byte::Unwritten ||
               (byte.state == Byte::Computed &&
                space == AddressSpace::MapValue);
      }))
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
  if (end == offset + size && canAccess(root, offset, size))
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

SmallVector<Window::Piece> Window::getPieces() {
  constexpr int64_t wordSize = 8;
  SmallVector<Piece> pieces;
  for (int64_t word = 0; word < int64_t(bytes.size()); word += wordSize)
    cover(word, wordSize, pieces);
  return pieces;
}

/// Whether the register of `value` is zero above its width, so that extending
/// it takes no instruction.
static bool isZeroExtended(Value value) {
  Operation *op = value.getDefiningOp();
  if (auto mask = dyn_cast_or_null<arith::AndIOp>(op)) {
    APInt bits;
    return matchPattern(mask.getRhs(), m_ConstantInt(&bits)) &&
           bits.isNonNegative();
  }
  return isa<IntegerType>(value.getType()) &&
         isa_and_nonnull<LoadOp, CtxLoadOp, ByteSwapOp, arith::ExtUIOp>(op);
}

/// Lets a computed write, as one of `size` bytes, write the zeros behind it,
/// too. Returns whether it can; what is computed later is written once more.
bool Window::extend(size_t index, int64_t size) {
  const Write &write = writes[index];
  auto store = dyn_cast<StoreOp>(write.op);
  if (!store || write.constant || write.size >= size ||
      write.offset + size > int64_t(bytes.size()) ||
      !canAccess(root, write.offset, size) || !isZeroExtended(store.getValue()))
    return false;
  auto area = MutableArrayRef(bytes).slice(write.getEnd(), size - write.size);
  auto isZero = [](const Byte &byte) {
    return byte.state == Byte::Constant && byte.value == 0;
  };
  auto isLater = [&](const Byte &byte) {
    return byte.state == Byte::Computed &&
           (byte.writer == index ||
            (byte.writer > index && space != AddressSpace::MapValue));
  };
  if (!llvm::any_of(area, isZero) || !llvm::all_of(area, [&](const Byte &byte) {
        return isZero(byte) || isLater(byte);
      }))
    return false;
  for (Byte &byte : llvm::make_filter_range(area, isZero))
    byte = {Byte::Computed, 0, index};
  return true;
}

/// Extends computed writes where that leaves fewer `pieces`. Returns which, and
/// to how many bytes.
llvm::MapVector<size_t, int64_t>
Window::extendWrites(SmallVectorImpl<Piece> &pieces) {
  constexpr size_t maxBytes = 512;
  llvm::MapVector<size_t, int64_t> extensions;
  if (bytes.size() > maxBytes)
    return extensions;
  for (size_t index = 0; index < writes.size(); ++index)
    for (int64_t size : {2, 4, 8}) {
      SmallVector<Byte> before = bytes;
      if (!extend(index, size))
        continue;
      SmallVector<Piece> left = getPieces();
      if (left.size() >= pieces.size()) {
        bytes = std::move(before);
        continue;
      }
      pieces = std::move(left);
      extensions[index] = size;
    }
  return extensions;
}

void Window::mergeConstants() {
  auto isConstant = [](const Write &write) {
    return write.constant.has_value();
  };
  if (llvm::none_of(writes, isConstant) || !layBytes())
    return;
  SmallVector<Piece> pieces = getPieces();
  llvm::MapVector<size_t, int64_t> extensions = extendWrites(pieces);
  int64_t cost = 0;
  for (const Write &write : llvm::make_filter_range(writes, isConstant))
    cost += getCost(write);
  if (int64_t(pieces.size()) >= cost)
    return;
  // The constants move in front of what is loaded between the writes.
  bool isTooEarly = llvm::any_of(pieces, [&](const Piece &piece) {
    return isLoadedBefore(piece.offset, piece.size);
  });
  isTooEarly |= llvm::any_of(extensions, [&](const auto &extension) {
    const Write &write = writes[extension.first];
    return isLoadedBefore(write.getEnd(),
                          write.offset + extension.second - write.getEnd());
  });
  if (isTooEarly)
    return;
  OpBuilder builder(writes.front().op);
  auto constants = llvm::make_filter_range(writes, isConstant);
  Location loc = constants.begin()->op->getLoc();
  for (const Piece &piece : pieces) {
    Type type = builder.getIntegerType(8 * piece.size);
    Value value = arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(type, piece.value));
    StoreOp::create(builder, loc, value, root, piece.offset);
  }
  for (auto [index, size] : extensions) {
    auto store = cast<StoreOp>(writes[index].op);
    builder.setInsertionPoint(store);
    store.getValueMutable().assign(
        arith::ExtUIOp::create(builder, store.getLoc(),
                               builder.getIntegerType(8 * size),
                               store.getValue())
            .getResult());
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

/// Whether something between two operations of a block may change `size` bytes
/// at `source`.
static bool mayClobberInBlock(Operation *from, Operation *to, Place source,
                              int64_t size) {
  AddressSpace space = cast<PtrType>(source.root.getType()).getSpace();
  MemoryClobbers clobbers(from);
  unsigned numVisited = 0;
  for (Operation *op = from->getNextNode(); op != to; op = op->getNextNode()) {
    if (++numVisited > maxVisitedOps)
      return true;
    if (auto store = dyn_cast<StoreOp>(op)) {
      Place place = getPlace(store.getBase(), store.getOffset());
      int64_t end = place.offset + getSizeInBytes(store.getValue().getType());
      bool isSame = place.root == source.root;
      bool isApart =
          end <= source.offset || place.offset >= source.offset + size;
      if (isSame ? isApart : bool(place.root.getDefiningOp<AllocaOp>()))
        continue;
    }
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
  // What the verifier knows a type of is read field by field.
  AddressSpace from = cast<PtrType>(lowPlace.root.getType()).getSpace();
  if ((from != AddressSpace::Packet && from != AddressSpace::MapValue &&
       from != AddressSpace::Stack) ||
      !canAccess(lowPlace.root, lowPlace.offset, 2 * low.size))
    return false;
  Operation *first = lowCopy.load->isBeforeInBlock(highCopy.load)
                         ? lowCopy.load
                         : highCopy.load;
  Operation *last = low.op->isBeforeInBlock(high.op) ? high.op : low.op;
  if (mayClobberInBlock(first, last, lowPlace, 2 * low.size))
    return false;
  // What was written before both is overwritten.
  return llvm::none_of(writes, [&](const Write &other) {
    return other.op != low.op && other.op != high.op &&
           other.offset < high.getEnd() && other.getEnd() > low.offset &&
           !(other.op->isBeforeInBlock(low.op) &&
             other.op->isBeforeInBlock(high.op));
  });
}

/// Makes copies of `2 * size` bytes out of pairs of copies of `size` bytes.
void Window::mergeCopies(int64_t size) {
  llvm::MapVector<int64_t, size_t> byOffset;
  for (auto [index, write] : llvm::enumerate(writes))
    if (write.size == size && getCopy(write))
      byOffset[write.offset] = index;
  for (auto [offset, index] : byOffset) {
    auto next = byOffset.find(offset + size);
    if (next == byOffset.end() || !canAccess(root, offset, 2 * size))
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
    auto store = StoreOp::create(builder, last->getLoc(), wide, root, offset);
    low.op->erase();
    high.op->erase();
    for (Copy &copy : copies) {
      if (copy.swap)
        copy.swap.erase();
      copy.load.erase();
    }
    low = {store, offset, 2 * size, std::nullopt};
    high = {store, offset, 0, std::nullopt};
  }
  llvm::erase_if(writes, [](const Write &write) { return write.size == 0; });
}

//===----------------------------------------------------------------------===//
// Windows
//===----------------------------------------------------------------------===//

/// Whether `op` gets a pointer to `space`, or may.
static bool takesPointer(Operation *op, AddressSpace space) {
  return llvm::any_of(op->getOperandTypes(), [&](Type type) {
    auto pointer = dyn_cast<PtrType>(type);
    return pointer && (pointer.getSpace() == space ||
                       pointer.getSpace() == AddressSpace::Any);
  });
}

/// Whether a load may be of what was written.
bool Window::mayLoad(LoadOp load) const {
  Place place = getPlace(load.getBase(), load.getOffset());
  if (place.root != root)
    return takesPointer(load, space);
  int64_t end = place.offset + getSizeInBytes(load.getType());
  return llvm::any_of(writes, [&](const Write &write) {
    return place.offset < write.getEnd() && end > write.offset;
  });
}

/// Whether any of `size` bytes at `offset` were loaded since the first write.
bool Window::isLoadedBefore(int64_t offset, int64_t size) const {
  return llvm::any_of(loads, [&](const auto &load) {
    return load.first < offset + size && load.second > offset;
  });
}

void Window::addReader(Operation *op) {
  auto load = dyn_cast<LoadOp>(op);
  if (!load)
    return;
  Place place = getPlace(load.getBase(), load.getOffset());
  if (place.root == root)
    loads.emplace_back(place.offset,
                       place.offset + getSizeInBytes(load.getType()));
}

bool Window::isReadBy(Operation *op) const {
  if (auto alloca = root.getDefiningOp<AllocaOp>())
    return isa<AsmOp>(op) || llvm::any_of(op->getOperands(), [&](Value value) {
             return mayPointTo(value, alloca);
           });
  if (isMemoryEffectFree(op) || isa<AllocaOp, CtxLoadOp>(op))
    return false;
  if (auto load = dyn_cast<LoadOp>(op))
    return mayLoad(load);
  if (isa<StoreOp, MemSetOp, MapLookupOp>(op))
    return takesPointer(op, space);
  // Who is called may look, or lead others to.
  auto call = dyn_cast<HelperCallOp>(op);
  return !call || !isQuietHelper(call.getHelper()) ||
         llvm::any_of(op->getOperandTypes(), llvm::IsaPred<PtrType>);
}

void Window::merge() {
  for (int64_t size : {1, 2, 4})
    mergeCopies(size);
  llvm::sort(writes, [](const Write &left, const Write &right) {
    return left.op->isBeforeInBlock(right.op);
  });
  mergeConstants();
}

/// Whether writes to what `root` points to can be merged.
static bool isMergeable(Value root) {
  switch (cast<PtrType>(root.getType()).getSpace()) {
  case AddressSpace::Packet:
    return true;
  case AddressSpace::Stack:
    return bool(root.getDefiningOp<AllocaOp>());
  case AddressSpace::MapValue:
  case AddressSpace::Ringbuf:
    return getAlignment(root) > 1;
  default:
    return false;
  }
}

/// What `op` writes to, and what; none for other operations.
static std::optional<std::pair<Value, Write>> getWrite(Operation *op) {
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
  if (!isMergeable(place.root) || isComputedSet ||
      (alloca && mayPointTo(value, alloca)))
    return std::nullopt;
  write.offset = place.offset;
  if (matchPattern(value, m_ConstantInt(&constant)))
    write.constant = constant;
  return std::pair(place.root, write);
}

/// Merges writes in `block`, but for those to variables in `kept`, whose
/// addresses are known elsewhere.
static void mergeStores(Block &block,
                        const SmallPtrSetImpl<Operation *> &kept) {
  constexpr size_t maxWindows = 16;
  llvm::MapVector<Value, Window> windows;
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
    if (write && kept.contains(write->first.getDefiningOp()))
      write.reset();
    // Other pointers may point to the same.
    close([&](const Window &window) {
      return !(write && window.getRoot() == write->first) &&
             window.isReadBy(&op);
    });
    for (auto &[root, window] : windows)
      window.addReader(&op);
    if (!write)
      continue;
    auto [found, isNew] = windows.insert({write->first, Window(write->first)});
    found->second.add(std::move(write->second));
    if ((isNew && windows.size() > maxWindows) || found->second.isFull())
      close([](const Window &) { return true; });
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
