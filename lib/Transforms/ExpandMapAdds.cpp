//===- ExpandMapAdds.cpp - additions to the values of maps ------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Expands additions to map values in their places, or makes a function of those
// that concern one map.
//
//===----------------------------------------------------------------------===//

#include "MapArguments.h"
#include "StackNeeds.h"

#include "Whistler/Dialect/PassRemarks.h"
#include "Whistler/UAPI/Constants.h"
#include "Whistler/UAPI/MapTypes.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/MapVector.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_EXPANDMAPADDSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;
namespace uapi = ::whistler::uapi;

static constexpr ::whistler::PassRemarks remarks("whistler-expand-map-adds");
using ::whistler::RemarkValue;

namespace {
struct ExpandMapAdds
    : mlir::whistler::impl::ExpandMapAddsPassBase<ExpandMapAdds> {
  using ExpandMapAddsPassBase::ExpandMapAddsPassBase;
  void runOnOperation() override;
};

/// Additions that one function can do: to one map, with keys that are passed
/// alike.
struct Group {
  MapOp map;
  SmallVector<MapAddOp> adds;
  /// What all additions have in common; the rest is passed.
  TypedAttr key = nullptr;
  TypedAttr delta = nullptr;
};
} // namespace

//===----------------------------------------------------------------------===//
// Expansion
//===----------------------------------------------------------------------===//

static const uapi::MapType &getKind(MapOp map) {
  return *uapi::lookupMapType(map.getMapType());
}

static bool insertsKeys(MapOp map) {
  return getKind(map).shape == uapi::MapShape::Hash;
}

/// Where control goes on after an addition, and what it takes along: the result
/// of the helper that was called last, if `rest` has an argument.
static void branchTo(OpBuilder &builder, Location loc, Block *rest,
                     Value result) {
  cf::BranchOp::create(builder, loc, rest,
                       rest->getNumArguments() ? ValueRange(result)
                                               : ValueRange());
}

/// Ends the builder's block with an addition that continues in `rest`.
static void emitMapAdd(OpBuilder &builder, Location loc, MapOp map, Value key,
                       Value delta, bool isAtomic, Block *rest) {
  MLIRContext *context = builder.getContext();
  auto type = PtrType::get(context, AddressSpace::MapValue);
  Value pointer =
      MapLookupOp::create(builder, loc, type, map.getSymName(), key);
  Value null = NullOp::create(builder, loc, type);
  Value isFound =
      PtrCmpOp::create(builder, loc, PtrPredicate::Ne, pointer, null);
  Value lookedUp;
  if (rest->getNumArguments())
    lookedUp = PtrToIntOp::create(builder, loc, pointer);
  Block *block = builder.getInsertionBlock();

  Block *found = builder.createBlock(rest);
  emitAddition(builder, loc, pointer, delta, isAtomic);
  branchTo(builder, loc, rest, lookedUp);
  Block *absent = builder.createBlock(rest);
  Value inserted = lookedUp;
  if (insertsKeys(map)) {
    Value any = arith::ConstantOp::create(
        builder, loc,
        builder.getI64IntegerAttr(int64_t(*uapi::lookupConstant("BPF_ANY"))));
    inserted =
        MapUpdateOp::create(builder, loc, map.getSymName(), key, delta, any);
  }
  branchTo(builder, loc, rest, inserted);

  builder.setInsertionPointToEnd(block);
  cf::CondBranchOp::create(builder, loc, isFound, found, absent);
}

static void expandInPlace(MapAddOp op, MapOp map, bool isAtomic) {
  IRRewriter rewriter(op);
  Block *block = op->getBlock();
  Block *rest = rewriter.splitBlock(block, std::next(op->getIterator()));
  rewriter.setInsertionPointToEnd(block);
  emitMapAdd(rewriter, op.getLoc(), map, op.getKey(), op.getDelta(), isAtomic,
             rest);
  rewriter.eraseOp(op);
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// The slots that a function has to save where speed matters as well: a call
/// makes an addition three instructions longer.
static constexpr int64_t minSaving = 8;

/// The slots of an addition in place, about.
static unsigned getBodyCost(const Group &group, bool isAtomic) {
  // Key, map, key address, call, test, constant, addition.
  unsigned cost = isAtomic ? 9 : 10;
  // Value, map, key and value address, flags, call, jump.
  return insertsKeys(group.map) ? cost + 10 : cost;
}

static unsigned getNumParams(const Group &group) {
  return (group.key ? 0 : 1) + (group.delta ? 0 : 1);
}

/// How many slots a function for `group` saves.
static int64_t getSaving(const Group &group, bool isAtomic) {
  int64_t body = getBodyCost(group, isAtomic);
  int64_t count = group.adds.size();
  return count * body - (body + 1 + count * (1 + getNumParams(group)));
}

/// A constant that all `values` are, if there is one.
static TypedAttr getCommonConstant(ArrayRef<Value> values) {
  Attribute common;
  for (Value value : values) {
    auto constant = value.getDefiningOp<arith::ConstantOp>();
    if (!constant || (common && common != constant.getValue()))
      return nullptr;
    common = constant.getValue();
  }
  return cast_if_present<TypedAttr>(common);
}

/// Additions that are done by one function.
static Group makeGroup(MapOp map, ArrayRef<MapAddOp> adds) {
  Group group = {map, SmallVector<MapAddOp>(adds)};
  SmallVector<Value> keys, deltas;
  for (MapAddOp add : adds) {
    keys.push_back(add.getKey());
    deltas.push_back(add.getDelta());
  }
  group.key = getCommonConstant(keys);
  group.delta = getCommonConstant(deltas);
  return group;
}

/// The functions that save the most: one for all `adds`, or one for each delta.
/// Leaves out those that save less than `leastSaving` slots.
static SmallVector<Group> chooseGroups(MapOp map, ArrayRef<MapAddOp> adds,
                                       bool isAtomic, int64_t leastSaving) {
  llvm::MapVector<Attribute, SmallVector<MapAddOp>> byDelta;
  for (MapAddOp add : adds)
    byDelta[getCommonConstant(add.getDelta())].push_back(add);
  auto keep = [&](SmallVectorImpl<Group> &groups, Group group) -> int64_t {
    int64_t saving = getSaving(group, isAtomic);
    if (saving < leastSaving)
      return 0;
    groups.push_back(std::move(group));
    return saving;
  };
  SmallVector<Group> together, apart;
  int64_t savingTogether = keep(together, makeGroup(map, adds));
  int64_t savingApart = 0;
  for (auto &[delta, same] : byDelta)
    savingApart += keep(apart, makeGroup(map, same));
  return savingApart > savingTogether ? apart : together;
}

/// A parameter called `name` for values of `type`.
static ParamAttr makeParam(StringRef name, Type type) {
  MLIRContext *context = type.getContext();
  if (isa<PtrType>(type))
    return ParamAttr::get(context, name,
                          PointerType::get(context, NoneType::get(context)));
  return ParamAttr::get(context, name,
                        IntegerType::get(context, 8 * getSizeInBytes(type),
                                         IntegerType::Unsigned));
}

/// What the function works with in place of `like`: the constant, or else a new
/// parameter.
static Value addParam(OpBuilder &builder, Location loc, Value like,
                      TypedAttr constant) {
  if (constant)
    return arith::ConstantOp::create(builder, loc, constant);
  Type type = like.getType();
  Block *entry = builder.getInsertionBlock();
  if (isa<PtrType>(type))
    return entry->addArgument(
        PtrType::get(type.getContext(), AddressSpace::Any), loc);
  Value param = entry->addArgument(builder.getI64Type(), loc);
  if (type.isInteger(64))
    return param;
  return arith::TruncIOp::create(builder, loc, type, param);
}

/// Makes the function for `group`, in front of what uses it first. It returns
/// what the helpers did, since setting another result would take an
/// instruction.
static FuncOp createFunction(const Group &group, bool isAtomic,
                             SymbolTable &symbols) {
  MapAddOp first = group.adds.front();
  Location loc = first.getLoc();
  OpBuilder builder(first.getContext());
  SmallVector<Attribute> params;
  if (!group.key)
    params.push_back(makeParam("key", first.getKey().getType()));
  if (!group.delta)
    params.push_back(makeParam("delta", first.getDelta().getType()));
  Type result = builder.getIntegerType(64, /*isSigned=*/false);
  MapOp map = group.map;
  auto func = FuncOp::create(builder, loc, (map.getSymName() + "_add").str(),
                             builder.getArrayAttr(params), result,
                             /*is_global=*/false, /*no_inline=*/true);
  Operation *user = first->getParentOp();
  symbols.insert(func, user->getIterator());

  Block *entry = builder.createBlock(&func.getBody());
  Value key = addParam(builder, loc, first.getKey(), group.key);
  Value delta = addParam(builder, loc, first.getDelta(), group.delta);
  Block *rest = builder.createBlock(&func.getBody());
  Value state = rest->addArgument(builder.getI64Type(), loc);
  mlir::whistler::ReturnOp::create(builder, loc, state);
  builder.setInsertionPointToEnd(entry);
  emitMapAdd(builder, loc, map, key, delta, isAtomic, rest);
  return func;
}

static void callFunction(MapAddOp op, const Group &group, FuncOp func) {
  OpBuilder builder(op);
  SmallVector<Value> args;
  auto pass = [&](Value value) {
    Type type = value.getType();
    if (!isa<PtrType>(type) && !type.isInteger(64))
      value = arith::ExtUIOp::create(builder, op.getLoc(), builder.getI64Type(),
                                     value);
    args.push_back(value);
  };
  if (!group.key)
    pass(op.getKey());
  if (!group.delta)
    pass(op.getDelta());
  CallOp::create(builder, op.getLoc(), builder.getI64Type(), func.getSymName(),
                 args);
  op.erase();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Replaces additions to `map` by calls of functions where `outlining` wants
/// that. All of them are of one kind.
static void outlineAdds(MapOp map, ArrayRef<MapAddOp> adds, Outlining outlining,
                        StackNeeds &needs, SymbolTable &symbols) {
  SmallVector<MapAddOp> movable;
  if (adds.size() > 1)
    llvm::copy_if(adds, std::back_inserter(movable), [&](MapAddOp op) {
      return needs.canCall(op->getParentOp());
    });
  if (movable.size() < 2)
    return;
  bool isAtomic = !movable.front().getIsPlain();
  SmallVector<Group> groups = chooseGroups(
      map, movable, isAtomic, outlining == Outlining::Size ? 1 : minSaving);
  if (groups.empty())
    if (auto remark = remarks.missed(movable.front(), "AdditionsInPlace"))
      remark << RemarkValue("Additions", movable.size()) << " additions to `"
             << map.getSymName()
             << "` are made where they stand: a function would save "
             << RemarkValue("Saving",
                            getSaving(makeGroup(map, movable), isAtomic))
             << " slots";
  for (const Group &group : groups) {
    if (auto remark = remarks.passed(group.adds.front(), "AdditionsOutlined"))
      remark << RemarkValue("Additions", group.adds.size()) << " additions to `"
             << map.getSymName()
             << "` are calls of one function, which saves about "
             << RemarkValue("Saving", getSaving(group, isAtomic)) << " slots";
    FuncOp func = createFunction(group, isAtomic, symbols);
    for (MapAddOp op : group.adds)
      callFunction(op, group, func);
  }
}

/// Replaces additions by calls of functions.
static void outlineAdds(ModuleOp module, Outlining outlining,
                        SymbolTable &symbols) {
  // By map, and by what makes different instructions: whether the key is given
  // by its address, and whether the addition is atomic. A program is loaded
  // with all functions that it calls: what another one calls as well makes the
  // object smaller, but neither of them in the kernel.
  using Kind = std::tuple<Operation *, Operation *, unsigned>;
  llvm::MapVector<Kind, SmallVector<MapAddOp>> adds;
  module.walk([&](MapAddOp op) {
    bool isAddress = isa<PtrType>(op.getKey().getType());
    unsigned kind = 2 * isAddress + op.getIsPlain();
    Operation *user =
        outlining == Outlining::Size ? nullptr : op->getParentOp();
    adds[{symbols.lookup(op.getMap()), user, kind}].push_back(op);
  });
  if (adds.empty())
    return;
  StackNeeds needs(module);
  for (auto &[kind, ops] : adds)
    outlineAdds(cast<MapOp>(std::get<0>(kind)), ops, outlining, needs, symbols);
}

void ExpandMapAdds::runOnOperation() {
  SymbolTable symbols(getOperation());
  if (outline != Outlining::Never)
    outlineAdds(getOperation(), outline, symbols);
  SmallVector<MapAddOp> adds;
  getOperation()->walk([&](MapAddOp op) { adds.push_back(op); });
  // The last one first: what is behind an addition moves to another block.
  for (MapAddOp op : llvm::reverse(adds))
    expandInPlace(op, symbols.lookup<MapOp>(op.getMap()), !op.getIsPlain());
}
