//===- GlobalBases.cpp - one address for many variables ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The loader makes one map of each section of data, with one value, and fills
// in addresses in that value. Whatever links objects keeps the sections of each
// in one piece. So the variables of a section are at constant distances, and
// the verifier allows an access to any of them from the address of another.
//
//===----------------------------------------------------------------------===//

#include "GlobalBases.h"

#include "Whistler/Dialect/Whistler/Utils/Variables.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace mlir::whistler;
using ::whistler::DataSections;
using ::whistler::StructLayouts;

/// Whether all uses of `address` are accesses that may be `distance` bytes
/// further away.
static bool canMove(bpf::LdGlobalOp address, int64_t distance) {
  return llvm::all_of(address->getUses(), [&](OpOperand &use) {
    std::optional<int16_t> offset = bpf::getAccessOffset(use);
    return offset && llvm::isInt<16>(*offset + distance);
  });
}

LogicalResult GlobalBases::place() {
  if (sections)
    return success();
  StructLayouts layouts(module);
  sections.emplace();
  return sections->place(module, layouts);
}

LogicalResult GlobalBases::share(bpf::FuncOp func) {
  llvm::MapVector<StringAttr, SmallVector<bpf::LdGlobalOp>> addresses;
  func.walk([&](bpf::LdGlobalOp address) {
    auto global = SymbolTable::lookupNearestSymbolFrom<GlobalOp>(
        address, address.getGlobalAttr());
    // Linkers merge the strings of several objects.
    if (global && !::whistler::isStringSection(global.getSection()) &&
        canMove(address, 0))
      addresses[global.getSectionAttr()].push_back(address);
  });
  for (auto &[section, ops] : addresses) {
    bpf::LdGlobalOp base = ops.front();
    bool isOne = llvm::all_of(ops, [&](bpf::LdGlobalOp address) {
      return address.getGlobal() == base.getGlobal() &&
             address.getOffset() == base.getOffset();
    });
    if (isOne)
      continue;
    if (failed(place()))
      return failure();
    auto getPlace = [&](bpf::LdGlobalOp address) {
      return int64_t(sections->lookup(address.getGlobal()).offset) +
             address.getOffset();
    };
    for (bpf::LdGlobalOp address : ArrayRef(ops).drop_front()) {
      int64_t distance = getPlace(address) - getPlace(base);
      if (!canMove(address, distance))
        continue;
      for (OpOperand &use : address->getUses())
        bpf::setAccessOffset(
            use.getOwner(),
            static_cast<int16_t>(*bpf::getAccessOffset(use) + distance));
      address.setGlobal(base.getGlobal());
      address.setOffset(base.getOffset());
    }
  }
  return success();
}
