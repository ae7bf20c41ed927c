//===- DeadStores.cpp - stores that nothing reads ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Cuts from what is stored to the stack what nothing reads, or what is written
// again before.
//
//===----------------------------------------------------------------------===//

#include "StackLiveness.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_DEADSTORESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

namespace {
struct DeadStores : mlir::whistler::impl::DeadStoresPassBase<DeadStores> {
  void runOnOperation() override;
};
} // namespace

/// The smallest naturally aligned piece of a word that holds all bytes which
/// are set in `needed`, as start and size.
static std::pair<int64_t, int64_t> getPiece(const llvm::BitVector &needed) {
  int64_t first = needed.find_first(), last = needed.find_last();
  int64_t size = 1;
  while (first / size != last / size)
    size *= 2;
  return {first / size * size, size};
}

/// Sets only those bytes that are `needed`: in each word of 8 bytes the
/// smallest piece that one store can set.
static void trim(MemSetOp op, int64_t offset, const llvm::BitVector &needed) {
  constexpr int64_t wordSize = 8;
  if (needed.all() || (needed.any() && offset % wordSize != 0))
    return;
  OpBuilder builder(op);
  for (int64_t word = 0; word < op.getSize(); word += wordSize) {
    llvm::BitVector inWord(wordSize);
    for (int64_t byte = 0; byte < wordSize; ++byte)
      if (word + byte < op.getSize() && needed[word + byte])
        inWord.set(byte);
    if (inWord.none())
      continue;
    auto [start, size] = getPiece(inWord);
    size = std::min<int64_t>(size, op.getSize() - word - start);
    MemSetOp::create(builder, op.getLoc(), op.getBase(),
                     op.getOffset() + word + start, op.getValue(), size);
  }
  op.erase();
}

/// Stores only what is `needed`, where that is cheaper: nothing, or the part of
/// a value that is extended.
static void trim(StoreOp op, const llvm::BitVector &needed) {
  if (needed.none()) {
    op.erase();
    return;
  }
  auto extension = op.getValue().getDefiningOp<arith::ExtUIOp>();
  if (!extension)
    return;
  auto type = cast<IntegerType>(extension.getIn().getType());
  if (type.getWidth() % 8 == 0 && needed.find_last() < int(type.getWidth() / 8))
    op.getValueMutable().assign(extension.getIn());
}

void DeadStores::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    StackLiveness(body).forEachWrite(
        [](Operation *op, StackArea area, const llvm::BitVector &needed) {
          if (auto set = dyn_cast<MemSetOp>(op))
            trim(set, area.offset, needed);
          else if (auto store = dyn_cast<StoreOp>(op))
            trim(store, needed);
        });
  });
}
