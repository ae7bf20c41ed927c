//===- BlockPieces.cpp - accesses that block operations become --*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds out what alignment there is, and what there could be.
//
//===----------------------------------------------------------------------===//

#include "BlockPieces.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::whistler;

/// The largest alignment that any access asks for, in bytes.
static constexpr unsigned widest = 8;

unsigned mlir::whistler::getAccessAlignment(Value base, int64_t offset) {
  auto [root, distance] = getPlace(base, offset);
  if (auto alloca = root.getDefiningOp<AllocaOp>())
    return llvm::MinAlign(getAlignment(alloca),
                          static_cast<uint64_t>(distance));
  if (root.getDefiningOp<MapLookupOp>() || root.getDefiningOp<GlobalAddrOp>())
    return llvm::MinAlign(widest, static_cast<uint64_t>(distance));
  switch (cast<PtrType>(root.getType()).getSpace()) {
  case AddressSpace::Packet:
  case AddressSpace::MapValue:
  case AddressSpace::Ringbuf:
    return widest;
  default:
    return 1;
  }
}

void mlir::whistler::forEachPiece(int64_t size,
                                  function_ref<unsigned(int64_t)> alignmentAt,
                                  function_ref<void(int64_t, int64_t)> access) {
  for (int64_t position = 0; position < size;) {
    uint64_t width = std::min<uint64_t>(
        alignmentAt(position), llvm::bit_floor<uint64_t>(size - position));
    access(position, static_cast<int64_t>(width));
    position += static_cast<int64_t>(width);
  }
}

//===----------------------------------------------------------------------===//
// Placing variables
//===----------------------------------------------------------------------===//

/// The places that `op` copies or fills, and how many bytes of them.
static std::pair<SmallVector<Place, 2>, int64_t> getBlocks(Operation *op) {
  if (auto set = dyn_cast<MemSetOp>(op))
    return {{getPlace(set.getBase(), set.getOffset())}, set.getSize()};
  if (auto copy = dyn_cast<MemCpyOp>(op))
    return {{getPlace(copy.getDst(), copy.getDstOffset()),
             getPlace(copy.getSrc(), copy.getSrcOffset())},
            copy.getSize()};
  return {};
}

/// How many accesses the operations `ops` take of what they copy or fill, if
/// `alloca` begins `shift` bytes behind a place that is aligned best; without a
/// shift, if it has no more than its own alignment.
static unsigned countPieces(ArrayRef<Operation *> ops, AllocaOp alloca,
                            std::optional<int64_t> shift) {
  unsigned count = 0;
  for (Operation *op : ops) {
    auto [places, size] = getBlocks(op);
    auto alignmentAt = [&, &places = places](int64_t position) {
      unsigned alignment = widest;
      for (Place place : places) {
        int64_t offset = place.offset + position;
        bool isShifted = shift && place.root == alloca.getResult();
        alignment = std::min<unsigned>(
            alignment, isShifted ? llvm::MinAlign(widest, offset + *shift)
                                 : getAccessAlignment(place.root, offset));
      }
      return alignment;
    };
    forEachPiece(size, alignmentAt, [&](int64_t, int64_t) { ++count; });
  }
  return count;
}

void mlir::whistler::alignVariables(Operation *body) {
  if (!hasRoomOnStack(body))
    return;
  llvm::MapVector<Operation *, SmallVector<Operation *>> users;
  body->walk([&](Operation *op) {
    for (Place place : getBlocks(op).first)
      if (auto alloca = place.root.getDefiningOp<AllocaOp>())
        if (auto &ops = users[alloca]; ops.empty() || ops.back() != op)
          ops.push_back(op);
  });
  for (auto &[op, ops] : users) {
    auto alloca = cast<AllocaOp>(op);
    int64_t alignment = getAlignment(alloca);
    int64_t size = getSizeInBytes(alloca.getElemType());
    if (alignment >= widest || size < widest)
      continue;
    unsigned now = countPieces(ops, alloca, std::nullopt);
    // What the variable's own alignment allows, it allows then too.
    std::optional<int64_t> best;
    for (int64_t shift = 0; shift < widest; shift += alignment)
      if (unsigned count = countPieces(ops, alloca, shift); count < now) {
        now = count;
        best = shift;
      }
    if (best)
      shiftVariable(alloca, *best);
  }
}
