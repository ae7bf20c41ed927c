//===- NullCheckElision.cpp - lookups that cannot fail ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds the lookups of which the verifier knows that they find a value.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/PassRemarks.h"
#include "Whistler/Dialect/Whistler/IR/TargetKernel.h"
#include "Whistler/Transforms/Passes.h"
#include "Whistler/UAPI/MapTypes.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

#include <linux/bpf.h>

namespace mlir::whistler {
#define GEN_PASS_DEF_NULLCHECKELISIONPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;
namespace uapi = ::whistler::uapi;

static constexpr ::whistler::PassRemarks remarks("whistler-null-check-elision");
using ::whistler::RemarkValue;

namespace {
struct NullCheckElision
    : mlir::whistler::impl::NullCheckElisionPassBase<NullCheckElision> {
  void runOnOperation() override;
};
} // namespace

/// can_elide_value_nullness() in kernel/bpf/verifier.c.
static bool isPlainArray(MapOp map) {
  const uapi::MapType *type = uapi::lookupMapType(map.getMapType());
  return type && (type->value == BPF_MAP_TYPE_ARRAY ||
                  type->value == BPF_MAP_TYPE_PERCPU_ARRAY);
}

/// The map of a lookup that may be certain; null for others.
static MapOp getPlainArray(MapLookupOp lookup) {
  auto map =
      SymbolTable::lookupNearestSymbolFrom<MapOp>(lookup, lookup.getMapAttr());
  return map && isPlainArray(map) ? map : MapOp();
}

static bool isCertain(MapLookupOp lookup) {
  APInt key;
  if (!lookup.getKey().getType().isInteger(32) ||
      !matchPattern(lookup.getKey(), m_ConstantInt(&key)))
    return false;
  MapOp map = getPlainArray(lookup);
  return map && key.ult(map.getMaxEntries());
}

/// Tells why the verifier may take a lookup for one that fails.
static void reportUncertain(MapLookupOp lookup) {
  if (!getPlainArray(lookup))
    return;
  constexpr auto feature = uapi::KernelFeature::CertainLookup;
  auto remark = remarks.missed(lookup, "NullCheckKept");
  remark << "the result is compared with null: ";
  if (!isCertain(lookup))
    remark << RemarkValue("Reason", "the index is not a constant that the map "
                                    "has");
  else
    remark << RemarkValue("Reason", "only kernels from Linux " +
                                        uapi::getSince(feature).str() +
                                        " on know that it cannot be; compile "
                                        "for one with --min-kernel");
}

/// Folds the comparisons of `pointer` with null.
static void foldComparisons(Value pointer) {
  for (Operation *user : llvm::make_early_inc_range(pointer.getUsers())) {
    auto comparison = dyn_cast<PtrCmpOp>(user);
    SmallVector<OpFoldResult> results;
    if (!comparison || failed(comparison->fold(results)) || results.empty())
      continue;
    OpBuilder builder(comparison);
    Value known = arith::ConstantOp::create(
        builder, comparison.getLoc(),
        cast<TypedAttr>(cast<Attribute>(results.front())));
    comparison.replaceAllUsesWith(known);
    comparison.erase();
  }
}

void NullCheckElision::runOnOperation() {
  bool isKnown =
      TargetKernel(getOperation()).has(uapi::KernelFeature::CertainLookup);
  if (remarks.areAskedFor(getOperation()))
    getOperation()->walk([&](MapLookupOp lookup) {
      if (!isKnown || !isCertain(lookup))
        reportUncertain(lookup);
    });
  if (!isKnown)
    return markAllAnalysesPreserved();
  // A walk would stumble over the comparisons that go.
  SmallVector<MapLookupOp> lookups;
  getOperation()->walk([&](MapLookupOp lookup) {
    if (isCertain(lookup))
      lookups.push_back(lookup);
  });
  for (MapLookupOp lookup : lookups) {
    if (!lookup.getIsCertain())
      remarks.passed(lookup, "NullCheckElided")
          << "the result is not null, and not compared with it";
    lookup.setIsCertain(true);
    foldComparisons(lookup);
  }
}
