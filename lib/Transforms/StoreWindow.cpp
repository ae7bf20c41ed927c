//===- StoreWindow.cpp - writes that can become fewer -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Tells what ends a row of writes, and merges it.
//
//===----------------------------------------------------------------------===//

#include "StoreWindow.h"

#include "MemoryClobbers.h"

using namespace mlir;
using namespace mlir::whistler;

/// Whether a load may be of what was written.
bool StoreWindow::mayLoad(LoadOp load) const {
  Place place = getPlace(load.getBase(), load.getOffset());
  if (place.root != root)
    return takesPointer(load, space);
  int64_t end = place.offset + getSizeInBytes(load.getType());
  return llvm::any_of(writes, [&](const Write &write) {
    return place.offset < write.getEnd() && end > write.offset;
  });
}

/// Whether any of `size` bytes at `offset` were loaded since the first write.
bool StoreWindow::isLoadedBefore(int64_t offset, int64_t size) const {
  return llvm::any_of(loads, [&](const auto &load) {
    return load.first < offset + size && load.second > offset;
  });
}

void StoreWindow::addReader(Operation *op) {
  auto load = dyn_cast<LoadOp>(op);
  if (!load)
    return;
  Place place = getPlace(load.getBase(), load.getOffset());
  if (place.root == root)
    loads.emplace_back(place.offset,
                       place.offset + getSizeInBytes(load.getType()));
}

bool StoreWindow::isReadBy(Operation *op) const {
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

void StoreWindow::merge() {
  for (int64_t size : {1, 2, 4})
    mergeCopies(size);
  for (int64_t size : {4, 2})
    widenCopies(size);
  for (int64_t size : {4, 2})
    mergeSwappedLoads(size);
  llvm::sort(writes, [](const Write &left, const Write &right) {
    return left.op->isBeforeInBlock(right.op);
  });
  mergeConstants();
}
