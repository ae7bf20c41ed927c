//===- MergeConstants.cpp - constants in wide stores ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lays the constants of several writes out byte by byte, and covers them with
// the fewest stores.
//
//===----------------------------------------------------------------------===//

#include "StoreWindow.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::whistler;

/// Finds out what each byte is in the end. False where a computed value would
/// have to be written in front of a constant.
bool StoreWindow::layBytes() {
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
std::optional<int64_t> StoreWindow::getStored(int64_t offset, int64_t size) {
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
void StoreWindow::cover(int64_t offset, int64_t size,
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

SmallVector<StoreWindow::Piece> StoreWindow::getPieces() {
  constexpr int64_t wordSize = 8;
  SmallVector<Piece> pieces;
  for (int64_t word = 0; word < int64_t(bytes.size()); word += wordSize)
    cover(word, wordSize, pieces);
  return pieces;
}

/// What is stored as `value`, or a wider integer of which that is all, if its
/// register is zero above, so that extending it takes no instruction. Null
/// otherwise.
static Value getZeroExtended(Value value) {
  if (!isa<IntegerType>(value.getType()))
    return nullptr;
  unsigned width = value.getType().getIntOrFloatBitWidth();
  if (auto trunc = value.getDefiningOp<arith::TruncIOp>())
    value = trunc.getIn();
  Operation *op = value.getDefiningOp();
  APInt constant;
  if (auto mask = dyn_cast_or_null<arith::AndIOp>(op))
    return matchPattern(mask.getRhs(), m_ConstantInt(&constant)) &&
                   constant.isNonNegative() && constant.isIntN(width)
               ? value
               : nullptr;
  unsigned ownWidth = value.getType().getIntOrFloatBitWidth();
  if (auto shift = dyn_cast_or_null<arith::ShRUIOp>(op))
    return matchPattern(shift.getRhs(), m_ConstantInt(&constant)) &&
                   ownWidth >= 32 && constant.ult(ownWidth) &&
                   ownWidth - constant.getZExtValue() <= width
               ? value
               : nullptr;
  return ownWidth == width &&
                 isa_and_nonnull<LoadOp, CtxLoadOp, ByteSwapOp, arith::ExtUIOp>(
                     op)
             ? value
             : nullptr;
}

/// Lets a computed write, as one of `size` bytes, write the zeros behind it,
/// too. Returns whether it can; what is computed later is written once more.
bool StoreWindow::extend(size_t index, int64_t size) {
  const Write &write = writes[index];
  auto store = dyn_cast<StoreOp>(write.op);
  if (!store || write.constant || write.size >= size ||
      write.offset + size > int64_t(bytes.size()) ||
      !canAccess(root, write.offset, size) ||
      !getZeroExtended(store.getValue()))
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
StoreWindow::extendWrites(SmallVectorImpl<Piece> &pieces) {
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

void StoreWindow::mergeConstants() {
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
  if (isTooEarly) {
    mergeStoresRemarks.missed(writes.front().op, "StoresKept")
        << "constants are not stored together: between the stores their "
           "place is loaded from";
    return;
  }
  if (auto remark =
          mergeStoresRemarks.passed(writes.front().op, "StoresMerged"))
    remark << "stores of constants that take "
           << ::whistler::RemarkValue("Before", cost)
           << " slots one by one become "
           << ::whistler::RemarkValue("After", pieces.size()) << " stores";
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
    Operation *narrow = store.getValue().getDefiningOp();
    Value value = getZeroExtended(store.getValue());
    Type type = builder.getIntegerType(8 * size);
    unsigned width = value.getType().getIntOrFloatBitWidth();
    if (width < unsigned(8 * size))
      value = arith::ExtUIOp::create(builder, store.getLoc(), type, value);
    else if (width > unsigned(8 * size))
      value = arith::TruncIOp::create(builder, store.getLoc(), type, value);
    store.getValueMutable().assign(value);
    if (isOpTriviallyDead(narrow))
      narrow->erase();
  }
  for (const Write &write : constants)
    write.op->erase();
  llvm::erase_if(writes, isConstant);
}
