//===- MergeCopies.cpp - copies by wide accesses ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes one copy of two whose sources and destinations follow each other, and
// one load of two that are swapped if only their sources do.
//
//===----------------------------------------------------------------------===//

#include "MemoryClobbers.h"
#include "StoreWindow.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mlir::whistler;

namespace {
/// A load that is stored and used for nothing else, with its bytes in the
/// opposite order if they are swapped on the way.
struct Copy {
  LoadOp load;
  ByteSwapOp swap;

  explicit operator bool() { return bool(load); }
  Place getSource() { return getPlace(load.getBase(), load.getOffset()); }
};
} // namespace

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

/// Whether `size` bytes at `source` can be read at once. What the verifier
/// knows a type of is read field by field.
static bool canLoad(Place source, int64_t size) {
  AddressSpace space = cast<PtrType>(source.root.getType()).getSpace();
  return (space == AddressSpace::Packet || space == AddressSpace::MapValue ||
          space == AddressSpace::Stack) &&
         canAccess(source.root, source.offset, size);
}

/// Whether two copies can be made where the later of the stores is, from what
/// is at `source` there, as far as memory is concerned that others change.
static bool canDelay(Copy &a, Copy &b, Operation *last, Place source,
                     int64_t size) {
  Operation *first = a.load->isBeforeInBlock(b.load) ? a.load : b.load;
  return !mayClobberInBlock(first, last, source, size);
}

/// Whether two copies are of bytes that follow each other, as the stores do,
/// and can be one of `size` bytes where the later of the stores is, as far as
/// the bytes are concerned that they copy.
bool StoreWindow::canMerge(const Write &low, const Write &high, int64_t size) {
  Copy lowCopy = getCopy(low), highCopy = getCopy(high);
  if (!lowCopy || !highCopy || bool(lowCopy.swap) != bool(highCopy.swap))
    return false;
  Place lowPlace = lowCopy.getSource(), highPlace = highCopy.getSource();
  // Swapped bytes follow each other from the end.
  if (lowCopy.swap)
    std::swap(lowPlace, highPlace);
  if (lowPlace.root != highPlace.root ||
      lowPlace.offset + low.size != highPlace.offset)
    return false;
  Operation *last = low.op->isBeforeInBlock(high.op) ? high.op : low.op;
  if (!canLoad(lowPlace, size) ||
      !canDelay(lowCopy, highCopy, last, lowPlace, size))
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
void StoreWindow::mergeCopies(int64_t size) {
  llvm::MapVector<int64_t, size_t> byOffset;
  for (auto [index, write] : llvm::enumerate(writes))
    if (write.size == size && getCopy(write))
      byOffset[write.offset] = index;
  for (auto [offset, index] : byOffset) {
    auto next = byOffset.find(offset + size);
    if (next == byOffset.end() || !canAccess(root, offset, 2 * size))
      continue;
    Write &low = writes[index], &high = writes[next->second];
    if (!canMerge(low, high, 2 * size))
      continue;
    if (auto remark = mergeStoresRemarks.passed(low.op, "CopiesMerged"))
      remark << "two copies become one of "
             << ::whistler::RemarkValue("Bytes", 2 * size) << " bytes";
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

/// Whether `size` bytes at `source` are there to be read in front of `op`:
/// those of a map's value are, and those of the packet up to what has been
/// accessed on the way to `op`, as the verifier allows what is in front of
/// that.
static bool isReadable(Operation *op, Place source, int64_t size) {
  if (source.offset < 0)
    return false;
  int64_t end = source.offset + size;
  if (isInMapValue(source.root, source.offset, size))
    return true;
  if (cast<PtrType>(source.root.getType()).getSpace() != AddressSpace::Packet)
    return false;
  auto reaches = [&](Value base, int64_t offset, Type type) {
    Place place = getPlace(base, offset);
    return place.root == source.root &&
           place.offset + getSizeInBytes(type) >= end;
  };
  unsigned numVisited = 0;
  for (Block *block = op->getBlock(); block;
       block = block->getSinglePredecessor()) {
    bool isOwn = block == op->getBlock();
    for (Operation &other : llvm::reverse(llvm::make_range(
             block->begin(), isOwn ? op->getIterator() : block->end()))) {
      if (++numVisited > maxVisitedOps)
        return false;
      auto load = dyn_cast<LoadOp>(other);
      auto store = dyn_cast<StoreOp>(other);
      if ((load && !load.getField() &&
           reaches(load.getBase(), load.getOffset(), load.getType())) ||
          (store && reaches(store.getBase(), store.getOffset(),
                            store.getValue().getType())))
        return true;
    }
  }
  return false;
}

/// Whether `write`, which is in front of `place`, can be behind it.
bool StoreWindow::canMoveBehind(const Write &write, Operation *place) const {
  return isa<StoreOp>(write.op) && !isLoadedBefore(write.offset, write.size) &&
         llvm::none_of(writes, [&](const Write &other) {
           return write.op->isBeforeInBlock(other.op) &&
                  other.op->isBeforeInBlock(place) &&
                  other.offset < write.getEnd() &&
                  other.getEnd() > write.offset;
         });
}

/// A write of all `size` bytes at `offset`, of no constant as those are merged
/// in front, that is behind `place` or can be; null if there is none.
Write *StoreWindow::findOverwriting(int64_t offset, int64_t size,
                                    Operation *place) {
  for (Write &write : writes)
    if (write.offset <= offset && write.getEnd() >= offset + size &&
        write.op != place && !write.constant &&
        (place->isBeforeInBlock(write.op) || canMoveBehind(write, place)))
      return &write;
  return nullptr;
}

/// Makes one copy of `2 * size` bytes out of one of `size` bytes and one of
/// half as many behind them, where something else is written behind both. What
/// is copied there in vain is no concern of anybody but in map values.
void StoreWindow::widenCopies(int64_t size) {
  if (space == AddressSpace::MapValue)
    return;
  llvm::MapVector<int64_t, size_t> byOffset;
  for (auto [index, write] : llvm::enumerate(writes))
    if ((write.size == size || write.size == size / 2) && getCopy(write))
      byOffset[write.offset] = index;
  for (auto [offset, index] : byOffset) {
    auto next = byOffset.find(offset + size);
    if (next == byOffset.end() || !canAccess(root, offset, 2 * size))
      continue;
    Write &low = writes[index], &high = writes[next->second];
    int64_t extra = size / 2;
    if (low.size != size || high.size != extra || !getCopy(low) ||
        getCopy(low).swap || !canMerge(low, high, 2 * size))
      continue;
    Copy copies[] = {getCopy(low), getCopy(high)};
    Operation *last = low.op->isBeforeInBlock(high.op) ? high.op : low.op;
    Write *over = findOverwriting(high.getEnd(), extra, last);
    if (!over || isLoadedBefore(high.getEnd(), extra) ||
        !isReadable(last, copies[0].getSource(), 2 * size))
      continue;
    if (auto remark = mergeStoresRemarks.passed(low.op, "CopiesMerged"))
      remark << "two copies become one of "
             << ::whistler::RemarkValue("Bytes", 2 * size)
             << " bytes, of which the last are overwritten";
    OpBuilder builder(last);
    LoadOp start = copies[0].load;
    Value wide = LoadOp::create(builder, start.getLoc(),
                                builder.getIntegerType(16 * size),
                                start.getBase(), start.getOffset());
    auto store = StoreOp::create(builder, last->getLoc(), wide, root, offset);
    if (over->op->isBeforeInBlock(store))
      over->op->moveAfter(store);
    low.op->erase();
    high.op->erase();
    for (Copy &copy : copies)
      copy.load.erase();
    low = {store, offset, 2 * size, std::nullopt};
    high = {store, offset, 0, std::nullopt};
  }
  llvm::erase_if(writes, [](const Write &write) { return write.size == 0; });
}

/// Whether two copies, both swapped, are of bytes that follow each other, and
/// the earlier of the stores can be where the later one is.
bool StoreWindow::canShareLoad(const Write &first, const Write &second) {
  Copy firstCopy = getCopy(first), secondCopy = getCopy(second);
  Place source = firstCopy.getSource();
  bool isFirst = first.op->isBeforeInBlock(second.op);
  const Write &earlier = isFirst ? first : second;
  Operation *last = isFirst ? second.op : first.op;
  if (!canLoad(source, 2 * first.size) ||
      !canDelay(firstCopy, secondCopy, last, source, 2 * first.size))
    return false;
  // What is written in between to the same bytes stays the last.
  return llvm::none_of(writes, [&](const Write &other) {
    return other.op != first.op && other.op != second.op &&
           other.offset < earlier.getEnd() && other.getEnd() > earlier.offset &&
           earlier.op->isBeforeInBlock(other.op) &&
           other.op->isBeforeInBlock(last);
  });
}

/// Makes one load, which is swapped once, of pairs of copies of `size` bytes
/// from places that follow each other, wherever they are stored. The bytes from
/// the first place are then the high half of a register.
void StoreWindow::mergeSwappedLoads(int64_t size) {
  llvm::MapVector<std::pair<Value, int64_t>, size_t> bySource;
  for (auto [index, write] : llvm::enumerate(writes)) {
    Copy copy = write.size == size ? getCopy(write) : Copy();
    if (!copy || !copy.swap)
      continue;
    Place source = copy.getSource();
    bySource[{source.root, source.offset}] = index;
  }
  for (auto &[source, index] : bySource) {
    auto next = bySource.find({source.first, source.second + size});
    if (next == bySource.end())
      continue;
    Write &first = writes[index], &second = writes[next->second];
    // Either may be part of another pair by now.
    if (!getCopy(first) || !getCopy(second) || !canShareLoad(first, second))
      continue;
    if (auto remark = mergeStoresRemarks.passed(first.op, "LoadsMerged"))
      remark << "two loads whose bytes are swapped become one of "
             << ::whistler::RemarkValue("Bytes", 2 * size) << " bytes";
    Copy copies[] = {getCopy(first), getCopy(second)};
    Operation *last =
        first.op->isBeforeInBlock(second.op) ? second.op : first.op;
    OpBuilder builder(last);
    Location loc = copies[0].load.getLoc();
    Type type = copies[0].load.getType();
    Type wideType = builder.getIntegerType(16 * size);
    Value wide =
        LoadOp::create(builder, loc, wideType, copies[0].load.getBase(),
                       copies[0].load.getOffset());
    wide = ByteSwapOp::create(builder, copies[0].swap.getLoc(), wide);
    auto store = [&](Write &write, Value value) {
      Location place = write.op->getLoc();
      value = arith::TruncIOp::create(builder, place, type, value);
      return StoreOp::create(builder, place, value, root, write.offset);
    };
    // The shift then overwrites what nothing needs any more.
    Operation *low = store(second, wide);
    Value shift = arith::ConstantOp::create(
        builder, loc, builder.getIntegerAttr(wideType, 8 * size));
    Operation *high =
        store(first, arith::ShRUIOp::create(builder, loc, wide, shift));
    second.op->erase();
    second.op = low;
    first.op->erase();
    first.op = high;
    for (Copy &copy : copies) {
      copy.swap.erase();
      copy.load.erase();
    }
  }
}
