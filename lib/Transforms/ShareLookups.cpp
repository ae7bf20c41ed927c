//===- ShareLookups.cpp - lookups in arrays ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reuses the addresses of array entries.
//
//===----------------------------------------------------------------------===//

#include "MapArguments.h"

#include "Whistler/Dialect/PassRemarks.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/PointerUnion.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_SHARELOOKUPSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

static constexpr ::whistler::PassRemarks remarks("whistler-share-lookups");
using ::whistler::RemarkValue;

/// How many addresses of one entry are kept and tried.
static constexpr size_t maxFindings = 16;

namespace {
/// A map, by name, and a key: a value, or a constant wherever it comes from.
using Entry = std::pair<StringAttr, llvm::PointerUnion<Attribute, Value>>;

/// An address that is not null in a block and those it dominates; wherever it
/// is known if the block is null.
struct Finding {
  Value address;
  Block *block;
};

/// Lookups in one program or function.
class LookupSharing {
public:
  LookupSharing(Operation *body, const SymbolTable &symbols)
      : body(body), symbols(symbols), dominance(body) {}

  void run();

private:
  std::optional<Entry> getEntry(StringAttr map, Value key);
  void addFinding(const Entry &entry, Finding finding);
  void addFindings(MapLookupOp lookup);
  bool isKnownAt(Operation *op, const Finding &finding) const;
  Value findAddress(Operation *op, StringAttr map, Value key);
  void share(MapLookupOp lookup);
  void addDirectly(MapAddOp add);

  Operation *body;
  const SymbolTable &symbols;
  DominanceInfo dominance;
  DenseMap<Entry, SmallVector<Finding, 1>> findings;
};

struct ShareLookups : mlir::whistler::impl::ShareLookupsPassBase<ShareLookups> {
  void runOnOperation() override;
};
} // namespace

/// The entry with a scalar key of an array; none for other maps and keys.
std::optional<Entry> LookupSharing::getEntry(StringAttr name, Value key) {
  auto map = symbols.lookup<MapOp>(name);
  bool isArray =
      map.getMapType() == "array" || map.getMapType() == "percpu-array";
  if (!isArray || isa<PtrType>(key.getType()))
    return std::nullopt;
  Attribute constant;
  if (matchPattern(key, m_Constant(&constant)))
    return Entry{name, constant};
  return Entry{name, key};
}

static bool isNull(Value value) { return bool(value.getDefiningOp<NullOp>()); }

/// The tests of `lookup` against null for being equal or not.
static SmallVector<PtrCmpOp> getNullTests(MapLookupOp lookup) {
  SmallVector<PtrCmpOp> tests;
  for (Operation *user : lookup->getUsers()) {
    auto test = dyn_cast<PtrCmpOp>(user);
    if (test && (isNull(test.getLhs()) || isNull(test.getRhs())) &&
        (test.getPredicate() == PtrPredicate::Eq ||
         test.getPredicate() == PtrPredicate::Ne))
      tests.push_back(test);
  }
  return tests;
}

void LookupSharing::addFinding(const Entry &entry, Finding finding) {
  if (findings[entry].size() < maxFindings)
    findings[entry].push_back(finding);
}

/// Notes where it is known that `lookup` has found something: in the blocks
/// that are reached only then, or behind it if it always does.
void LookupSharing::addFindings(MapLookupOp lookup) {
  std::optional<Entry> entry =
      getEntry(lookup.getMapAttr().getAttr(), lookup.getKey());
  if (!entry)
    return;
  if (lookup.getIsCertain()) {
    addFinding(*entry, {lookup.getResult(), nullptr});
    return;
  }
  for (PtrCmpOp test : getNullTests(lookup)) {
    bool isNe = test.getPredicate() == PtrPredicate::Ne;
    for (Operation *branchOp : test->getUsers()) {
      auto branch = dyn_cast<cf::CondBranchOp>(branchOp);
      if (!branch || branch.getTrueDest() == branch.getFalseDest())
        continue;
      Block *found = isNe ? branch.getTrueDest() : branch.getFalseDest();
      if (found->getSinglePredecessor())
        addFinding(*entry, {lookup.getResult(), found});
    }
  }
}

bool LookupSharing::isKnownAt(Operation *op, const Finding &finding) const {
  if (finding.address.getDefiningOp() == op)
    return false;
  return finding.block ? dominance.dominates(finding.block, op->getBlock())
                       : dominance.properlyDominates(finding.address, op);
}

/// The address of an entry that is known to exist at `op`, found elsewhere.
Value LookupSharing::findAddress(Operation *op, StringAttr map, Value key) {
  std::optional<Entry> entry = getEntry(map, key);
  if (!entry)
    return nullptr;
  auto found = findings.find(*entry);
  if (found == findings.end())
    return nullptr;
  for (const Finding &finding : found->second)
    if (isKnownAt(op, finding))
      return finding.address;
  return nullptr;
}

/// Decides the tests of `lookup` against null: there is an entry.
static void decideTests(MapLookupOp lookup) {
  for (PtrCmpOp test : getNullTests(lookup)) {
    bool isNe = test.getPredicate() == PtrPredicate::Ne;
    OpBuilder builder(test);
    Value decided = arith::ConstantOp::create(builder, test.getLoc(),
                                              builder.getBoolAttr(isNe));
    test.replaceAllUsesWith(decided);
    test.erase();
  }
}

void LookupSharing::share(MapLookupOp lookup) {
  StringAttr map = lookup.getMapAttr().getAttr();
  Value address = findAddress(lookup, map, lookup.getKey());
  if (!address)
    return;
  remarks.passed(lookup, "LookupShared")
      << "this entry of `" << map.getValue() << "` has been looked up already";
  decideTests(lookup);
  for (Finding &finding : findings[*getEntry(map, lookup.getKey())])
    if (finding.address == lookup.getResult())
      finding.address = address;
  lookup.replaceAllUsesWith(address);
  lookup.erase();
}

void LookupSharing::addDirectly(MapAddOp add) {
  Value address = findAddress(add, add.getMapAttr().getAttr(), add.getKey());
  if (!address)
    return;
  remarks.passed(add, "AdditionInPlace")
      << "this entry of `" << add.getMap() << "` has been looked up already";
  OpBuilder builder(add);
  emitAddition(builder, add.getLoc(), address, add.getDelta(),
               !add.getIsPlain());
  add.erase();
}

void LookupSharing::run() {
  SmallVector<Operation *> ops;
  body->walk([&](Operation *op) {
    if (auto lookup = dyn_cast<MapLookupOp>(op))
      addFindings(lookup);
    if (isa<MapLookupOp, MapAddOp>(op))
      ops.push_back(op);
  });
  if (findings.empty())
    return;
  for (Operation *op : ops) {
    if (auto lookup = dyn_cast<MapLookupOp>(op))
      share(lookup);
    else
      addDirectly(cast<MapAddOp>(op));
  }
}

void ShareLookups::runOnOperation() {
  SymbolTable symbols(getOperation());
  forEachBody(getOperation(),
              [&](Operation *body) { LookupSharing(body, symbols).run(); });
}
