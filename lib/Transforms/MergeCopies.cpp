//===- MergeCopies.cpp - copies by wide accesses ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes one copy of two whose sources and destinations follow each other.
//
//===----------------------------------------------------------------------===//

#include "MemoryClobbers.h"
#include "StoreWindow.h"

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

/// Whether two copies are of bytes that follow each other, as the stores do,
/// and can be one where the later of the stores is.
bool StoreWindow::canMerge(const Write &low, const Write &high) {
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
    if (!canMerge(low, high))
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
