//===- StoreWindow.h - writes that can become fewer -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Successive writes to one place, and what they are merged to.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_STOREWINDOW_H
#define WHISTLER_LIB_TRANSFORMS_STOREWINDOW_H

#include "StackPlaces.h"

#include "Whistler/Dialect/PassRemarks.h"

#include "llvm/ADT/MapVector.h"

namespace mlir::whistler {

inline constexpr ::whistler::PassRemarks
    mergeStoresRemarks("whistler-merge-stores");

/// A write to memory: a store, or a memset.
struct Write {
  Operation *op;
  int64_t offset;
  int64_t size;
  /// What is written, if it is a constant; of a memset one byte.
  std::optional<APInt> constant;

  int64_t getEnd() const { return offset + size; }
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
class StoreWindow {
public:
  explicit StoreWindow(Value root)
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
  bool canMerge(const Write &low, const Write &high, int64_t size);
  bool canMoveBehind(const Write &write, Operation *place) const;
  Write *findOverwriting(int64_t offset, int64_t size, Operation *place);
  void widenCopies(int64_t size);
  void mergeSwappedLoads(int64_t size);
  bool canShareLoad(const Write &first, const Write &second);

  Value root;
  AddressSpace space;
  SmallVector<Write> writes;
  SmallVector<Byte> bytes;
  /// The offsets, from and up to, of what was loaded between the writes.
  SmallVector<std::pair<int64_t, int64_t>> loads;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_STOREWINDOW_H
