//===- PathSearch.cpp - ways through a program that cannot load -*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Goes through a body as the verifier does: each way by itself.
//
//===----------------------------------------------------------------------===//

#include "PathSearch.h"

#include "PacketBounds.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::whistler;
using arith::CmpIPredicate;
using ObjectKind = PathObject::Kind;

/// How many operations are looked at in a body. Each way through a body of a
/// usual size takes a few hundred.
static constexpr int64_t maxSteps = 6000;

/// How many operations are folded for a body. Few bodies take a tenth of it:
/// those with loops over sums of what packets have.
static constexpr unsigned maxEffort = 8000;

/// How many ways are followed from places that look alike.
static constexpr unsigned maxAlike = 4;

PathSearch::PathSearch(Region &body, bool elidesNullChecks)
    : body(body), elidesNullChecks(elidesNullChecks), budget(maxSteps),
      effort(maxEffort) {
  state.constraints = PathConstraints(&effort);
}

//===----------------------------------------------------------------------===//
// Integers
//===----------------------------------------------------------------------===//

/// Helpers that yield any number at all to every verifier.
static bool yieldsAnyNumber(HelperCallOp call) {
  static const llvm::StringSet<> helpers = {
      "fib_lookup",          "get_current_pid_tgid",
      "get_current_uid_gid", "get_prandom_u32",
      "jiffies64",           "ktime_get_boot_ns",
      "ktime_get_coarse_ns", "ktime_get_ns",
      "map_delete_elem",     "map_update_elem",
      "skb_load_bytes",      "xdp_load_bytes"};
  return helpers.contains(call.getHelper());
}

static MapOp getMap(Operation *op, FlatSymbolRefAttr name) {
  return SymbolTable::lookupNearestSymbolFrom<MapOp>(op, name);
}

/// Whether what is behind `object` may be anything when the program is loaded.
/// What is constant by then, and what was kept on the stack, the verifier
/// knows.
static bool holdsAnything(const PathObject &object) {
  switch (object.kind) {
  case ObjectKind::Packet:
  case ObjectKind::Record:
    return true;
  case ObjectKind::MapValue: {
    auto lookup = dyn_cast<MapLookupOp>(object.origin);
    MapOp map = lookup ? getMap(lookup, lookup.getMapAttr()) : MapOp();
    return map && !map.getMapFlags().value_or(0);
  }
  case ObjectKind::Global: {
    auto address = cast<GlobalAddrOp>(object.origin);
    auto global = SymbolTable::lookupNearestSymbolFrom<GlobalOp>(
        address, address.getGlobalAttr());
    return global && !global.getSection().starts_with(".rodata");
  }
  default:
    return false;
  }
}

const Expression *PathSearch::makeInput(Value value) {
  unsigned width = value.getType().getIntOrFloatBitWidth();
  return pool.makeInput(state.constraints.addInput(width));
}

const Expression *PathSearch::makeInteger(Value value, Operation *op) {
  APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return pool.makeConstant(constant);
  if (auto load = dyn_cast<LoadOp>(op)) {
    std::optional<PathPointer> pointer = getPointer(load.getBase());
    return pointer && holdsAnything(getObject(*pointer)) ? makeInput(value)
                                                         : nullptr;
  }
  if (isa<CtxLoadOp, MapUpdateOp, MapDeleteOp>(op))
    return makeInput(value);
  if (auto call = dyn_cast<HelperCallOp>(op))
    return yieldsAnyNumber(call) ? makeInput(value) : nullptr;
  if (auto cmp = dyn_cast<PtrCmpOp>(op))
    return comparePointers(cmp);
  if (!isMemoryEffectFree(op) || op->getNumRegions() != 0 ||
      op->getNumResults() != 1 || op->getNumOperands() == 0)
    return nullptr;
  Expression result{Expression::Kind::Computed};
  result.op = op;
  for (Value operand : op->getOperands()) {
    const Expression *part = getInteger(operand);
    if (!part)
      return nullptr;
    result.operands.push_back(part);
  }
  bool isKnown = llvm::all_of(result.operands, [](const Expression *part) {
    return part->kind == Expression::Kind::Constant;
  });
  const Expression *computed = pool.make(std::move(result));
  if (!isKnown)
    return computed;
  std::optional<APInt> number = state.constraints.evaluate(computed);
  return number ? pool.makeConstant(*number) : nullptr;
}

/// What an integer is on this way; null where that cannot be followed.
const Expression *PathSearch::getInteger(Value value) {
  if (!value.getType().isSignlessInteger())
    return nullptr;
  if (auto it = state.integers.find(value); it != state.integers.end())
    return it->second;
  Operation *op = value.getDefiningOp();
  const Expression *result = op ? makeInteger(value, op) : nullptr;
  state.integers[value] = result;
  return result;
}

bool PathSearch::isConstant(Value value) {
  const Expression *integer = getInteger(value);
  return integer && integer->kind == Expression::Kind::Constant;
}

//===----------------------------------------------------------------------===//
// Pointers
//===----------------------------------------------------------------------===//

PathPointer PathSearch::addObject(PathObject object) {
  state.objects.push_back(object);
  return {unsigned(state.objects.size() - 1), 0};
}

std::optional<PathPointer> PathSearch::findPointer(Value value) {
  using Result = std::optional<PathPointer>;
  Operation *op = value.getDefiningOp();
  if (!op)
    return std::nullopt;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](PtrCastOp cast) { return getPointer(cast.getPtr()); })
      .Case([&](PtrAddOp add) -> Result {
        Result pointer = getPointer(add.getBase());
        if (!pointer)
          return pointer;
        const Expression *distance = getInteger(add.getOffset());
        bool isKnown = pointer->offset && distance &&
                       distance->kind == Expression::Kind::Constant;
        if (isKnown)
          pointer->offset =
              static_cast<int64_t>(static_cast<uint64_t>(*pointer->offset) +
                                   distance->constant.getZExtValue());
        else
          pointer->offset = std::nullopt;
        return pointer;
      })
      .Case([&](NullOp) -> Result {
        return addObject(
            {ObjectKind::Null, op, pool.makeConstant(APInt(1, 1))});
      })
      .Case([&](AllocaOp alloca) -> Result {
        return addObject({ObjectKind::Stack, op, nullptr,
                          getSizeInBytes(alloca.getElemType())});
      })
      .Case([&](GlobalAddrOp) -> Result {
        return addObject({ObjectKind::Global, op});
      })
      .Default(Result());
}

std::optional<PathPointer> PathSearch::getPointer(Value value) {
  if (auto it = state.pointers.find(value); it != state.pointers.end())
    return it->second;
  std::optional<PathPointer> pointer = findPointer(value);
  if (pointer)
    state.pointers[value] = *pointer;
  return pointer;
}

const Expression *PathSearch::comparePointers(PtrCmpOp cmp) {
  std::optional<PathPointer> lhs = getPointer(cmp.getLhs());
  std::optional<PathPointer> rhs = getPointer(cmp.getRhs());
  if (!lhs || !rhs || !lhs->offset || !rhs->offset)
    return nullptr;
  PtrPredicate predicate = cmp.getPredicate();
  if (getObject(*lhs).kind == ObjectKind::Null)
    std::swap(lhs, rhs);
  const PathObject &left = getObject(*lhs), &right = getObject(*rhs);
  bool isEquality =
      predicate == PtrPredicate::Eq || predicate == PtrPredicate::Ne;
  if (right.kind == ObjectKind::Null) {
    if (!isEquality || *lhs->offset != 0)
      return nullptr;
    bool whenNull = predicate == PtrPredicate::Eq;
    if (!left.isNull)
      return pool.makeConstant(APInt(1, !whenNull));
    return pool.makeComparison(CmpIPredicate::eq, left.isNull,
                               APInt(1, whenNull));
  }
  bool isCheck = left.generation == state.generation &&
                 right.generation == state.generation &&
                 ((left.kind == ObjectKind::Packet &&
                   right.kind == ObjectKind::PacketEnd) ||
                  (left.kind == ObjectKind::PacketEnd &&
                   right.kind == ObjectKind::Packet));
  if (!isCheck || isEquality)
    return nullptr;
  // start + a <= start + length + b where the length is at least a - b.
  bool isLeftEnd = left.kind == ObjectKind::PacketEnd;
  int64_t distance =
      isLeftEnd ? *rhs->offset - *lhs->offset : *lhs->offset - *rhs->offset;
  static constexpr CmpIPredicate ofLength[] = {
      CmpIPredicate::slt, CmpIPredicate::sle, CmpIPredicate::sgt,
      CmpIPredicate::sge};
  static constexpr CmpIPredicate ofLengthSwapped[] = {
      CmpIPredicate::sgt, CmpIPredicate::sge, CmpIPredicate::slt,
      CmpIPredicate::sle};
  unsigned index = unsigned(predicate) - unsigned(PtrPredicate::Lt);
  return pool.makeComparison(
      isLeftEnd ? ofLength[index] : ofLengthSwapped[index], state.packetLength,
      APInt(64, distance, /*isSigned=*/true));
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

/// A pointer that is null or not.
void PathSearch::addLookup(Operation *op, ObjectKind kind,
                           std::optional<int64_t> size) {
  PathObject object{kind, op};
  object.isNull = pool.makeInput(state.constraints.addInput(1));
  object.size = size;
  state.pointers[op->getResult(0)] = addObject(object);
}

void PathSearch::movePacket() {
  ++state.generation;
  state.packetLength =
      pool.makeInput(state.constraints.addInput(64, maxPacketOffset));
}

/// The maps whose values programs access.
static bool hasPlainValues(MapOp map) {
  static const llvm::StringSet<> types = {
      "hash",     "array",    "percpu-hash",    "percpu-array",
      "lru-hash", "lpm-trie", "lru-percpu-hash"};
  return types.contains(map.getMapType()) && !map.getInnerMap();
}

/// Whether the verifier of 6.14 knows that an array has that element
/// (get_constant_map_key in kernel/bpf/verifier.c).
static bool isElidable(MapLookupOp lookup, MapOp map) {
  APInt key;
  bool isArray =
      map.getMapType() == "array" || map.getMapType() == "percpu-array";
  return isArray && (!matchPattern(lookup.getKey(), m_ConstantInt(&key)) ||
                     key.ult(map.getMaxEntries()));
}

void PathSearch::execute(Operation &op) {
  if (auto lookup = dyn_cast<MapLookupOp>(op)) {
    MapOp map = getMap(lookup, lookup.getMapAttr());
    if (map && !(elidesNullChecks && isElidable(lookup, map)))
      addLookup(&op, ObjectKind::MapValue,
                hasPlainValues(map) ? std::optional(map.getValueSize())
                                    : std::nullopt);
  } else if (isReservation(&op)) {
    APInt size;
    bool isKnown = matchPattern(op.getOperand(1), m_ConstantInt(&size));
    addLookup(&op, ObjectKind::Record,
              isKnown ? std::optional<int64_t>(size.getZExtValue())
                      : std::nullopt);
  } else if (getHelperCall(&op, "map_lookup_elem")) {
    addLookup(&op, ObjectKind::MapValue, std::nullopt);
  } else if (auto load = dyn_cast<CtxLoadOp>(op)) {
    auto type = dyn_cast<PtrType>(load.getType());
    if (type && type.getSpace() == AddressSpace::Packet)
      state.pointers[load] = addObject(
          {ObjectKind::Packet, &op, nullptr, std::nullopt, state.generation});
    else if (type && type.getSpace() == AddressSpace::PacketEnd)
      state.pointers[load] = addObject({ObjectKind::PacketEnd, &op, nullptr,
                                        std::nullopt, state.generation});
  } else if (movesPacket(&op)) {
    movePacket();
  } else if (auto call = dyn_cast<CallOp>(op)) {
    callees.insert(call.getCalleeAttr().getAttr());
  }
}

//===----------------------------------------------------------------------===//
// Ways
//===----------------------------------------------------------------------===//

/// Forgets what a block's last run defined, and gives its arguments values.
void PathSearch::enter(Block *block, SuccessorOperands operands) {
  SmallVector<std::pair<Value, const Expression *>> integers;
  SmallVector<std::pair<Value, PathPointer>> pointers;
  for (BlockArgument arg : block->getArguments()) {
    Value operand = operands[arg.getArgNumber()];
    if (const Expression *integer = operand ? getInteger(operand) : nullptr)
      integers.emplace_back(arg, integer);
    if (auto pointer = operand ? getPointer(operand) : std::nullopt)
      pointers.emplace_back(arg, *pointer);
  }
  auto isOfBlock = [&](Value value) { return value.getParentBlock() == block; };
  SmallVector<Value> old;
  for (auto &entry : state.integers)
    if (isOfBlock(entry.first))
      old.push_back(entry.first);
  for (auto &entry : state.pointers)
    if (isOfBlock(entry.first))
      old.push_back(entry.first);
  for (Value value : old) {
    state.integers.erase(value);
    state.pointers.erase(value);
  }
  for (auto [arg, integer] : integers)
    state.integers[arg] = integer;
  for (auto [arg, pointer] : pointers)
    state.pointers[arg] = pointer;
  state.block = block;
  budget -= state.integers.size() + state.pointers.size();
}

/// Whether few ways have been followed from situations like this one.
bool PathSearch::isNewSituation() {
  llvm::hash_code hash =
      llvm::hash_combine(state.block, state.pointerTests, state.generation);
  for (const PathObject &object : state.objects)
    if (object.kind == ObjectKind::Record)
      hash = llvm::hash_combine(hash, object.release, object.hasEscaped);
  // Each round of a loop is a situation of its own.
  size_t constants = 0;
  for (auto &[value, integer] : state.integers)
    if (isa<BlockArgument>(value) && integer &&
        integer->kind == Expression::Kind::Constant)
      constants += size_t(
          llvm::hash_combine(value.getAsOpaquePointer(), integer->constant));
  hash = llvm::hash_combine(hash, constants);
  return situations[size_t(hash)]++ < maxAlike;
}

/// Whether a condition is about pointers.
static bool isPointerTest(const Expression *condition) {
  return condition->kind == Expression::Kind::Comparison ||
         llvm::any_of(condition->operands, isPointerTest);
}

bool PathSearch::leave(Operation *terminator) {
  auto branch = dyn_cast<BranchOpInterface>(terminator);
  if (!branch)
    return false;
  auto conditional = dyn_cast<cf::CondBranchOp>(terminator);
  if (!conditional) {
    enter(terminator->getSuccessor(0), branch.getSuccessorOperands(0));
    return true;
  }
  const Expression *condition = getInteger(conditional.getCondition());
  if (!condition)
    return false;
  PathState before = state;
  bool isFirst = true;
  PathState first;
  for (unsigned successor : {0u, 1u}) {
    state = before;
    if (!state.constraints.add(condition, successor == 0))
      continue;
    if (isPointerTest(condition))
      state.pointerTests =
          llvm::hash_combine(state.pointerTests, terminator, successor);
    enter(terminator->getSuccessor(successor),
          branch.getSuccessorOperands(successor));
    if (isFirst)
      first = std::move(state);
    else
      pending.push_back(std::move(state));
    isFirst = false;
  }
  state = std::move(first);
  return !isFirst;
}

void PathSearch::explore(Visitor visit) {
  do {
    if (!isNewSituation())
      return;
    for (Operation &op : *state.block) {
      if (--budget < 0)
        return;
      visit(*this, &op);
      execute(op);
    }
  } while (leave(state.block->getTerminator()));
}

void PathSearch::run(Visitor visit) {
  state.block = &body.front();
  movePacket();
  state.generation = 0;
  auto func = dyn_cast<whistler::FuncOp>(body.getParentOp());
  for (BlockArgument arg : body.getArguments())
    if (func && func.getIsGlobal() && arg.getType().isSignlessInteger())
      state.integers[arg] = makeInput(arg);
  pending.push_back(std::move(state));
  while (!pending.empty() && budget > 0) {
    state = std::move(pending.back());
    pending.pop_back();
    explore(visit);
  }
}

//===----------------------------------------------------------------------===//
// Questions
//===----------------------------------------------------------------------===//

bool PathSearch::canBeNull(const PathObject &object, bool isNull) {
  if (!object.isNull)
    return !isNull;
  PathConstraints constraints = state.constraints;
  return constraints.add(object.isNull, isNull);
}

bool PathSearch::canBeShorter(int64_t length) {
  PathConstraints constraints = state.constraints;
  return constraints.add(
      pool.makeComparison(CmpIPredicate::slt, state.packetLength,
                          APInt(64, length, /*isSigned=*/true)),
      true);
}

void PathSearch::assumeNotNull(const PathObject &object) {
  if (object.isNull)
    (void)state.constraints.add(object.isNull, false);
}

void PathSearch::assumeLength(int64_t length) {
  (void)state.constraints.add(
      pool.makeComparison(CmpIPredicate::sge, state.packetLength,
                          APInt(64, length, /*isSigned=*/true)),
      true);
}
