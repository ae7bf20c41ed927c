//===- VerifySafety.cpp - what the verifier refuses -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Reports uses of pointers and records that the verifier refuses, on ways that
// control can go.
//
//===----------------------------------------------------------------------===//

#include "PacketBounds.h"
#include "PathSearch.h"
#include "StackPlaces.h"
#include "UpperBounds.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

#include <linux/bpf.h>

namespace mlir::whistler {
#define GEN_PASS_DEF_VERIFYSAFETYPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;
using ObjectKind = PathObject::Kind;

namespace {
struct VerifySafety : mlir::whistler::impl::VerifySafetyPassBase<VerifySafety> {
  using VerifySafetyPassBase::VerifySafetyPassBase;
  void runOnOperation() override;
};

/// The rules, applied to the operations of one body on the ways through it.
class Rules {
public:
  explicit Rules(Operation *body)
      : leavesRecordsToCaller(isa<whistler::FuncOp>(body) &&
                              !cast<whistler::FuncOp>(body).getIsGlobal()) {}

  void check(PathSearch &path, Operation *op);
  /// Emits the errors found, in the order of the body; fails if there are any.
  LogicalResult emitErrors(Region &body) const;

private:
  /// An error at an operation, and where its cause is.
  struct Finding {
    std::string message;
    Operation *cause = nullptr;
    StringRef causeMessage = {};
  };

  void report(Operation *op, const Twine &message, Operation *cause = nullptr,
              StringRef causeMessage = {});
  void checkUse(PathSearch &path, const PointerUse &use);
  void checkNull(PathSearch &path, const PointerUse &use, PathObject &object);
  void checkPacket(PathSearch &path, const PointerUse &use,
                   const PathPointer &pointer);
  void checkBounds(const PointerUse &use, const PathPointer &pointer,
                   const PathObject &object);
  void checkMapAccess(Operation *op, FlatSymbolRefAttr map);
  void checkAddition(PathSearch &path, PtrAddOp add);
  void checkRelease(PathSearch &path, Operation *op);
  void checkLeft(PathSearch &path, Operation *op);
  void followEscapes(PathSearch &path, Operation *op);

  bool leavesRecordsToCaller;
  /// The first error of each operation.
  DenseMap<Operation *, Finding> findings;
};
} // namespace

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

/// Whether a map is one that programs may only read.
static bool isReadOnly(Operation *op, FlatSymbolRefAttr name) {
  auto map = SymbolTable::lookupNearestSymbolFrom<MapOp>(op, name);
  return map && (map.getMapFlags().value_or(0) & BPF_F_RDONLY_PROG);
}

/// Notes an error at `op`, unless there is one.
void Rules::report(Operation *op, const Twine &message, Operation *cause,
                   StringRef causeMessage) {
  findings.try_emplace(op, Finding{message.str(), cause, causeMessage});
}

LogicalResult Rules::emitErrors(Region &body) const {
  body.walk([&](Operation *op) {
    auto it = findings.find(op);
    if (it == findings.end())
      return;
    const Finding &finding = it->second;
    InFlightDiagnostic error = op->emitError(finding.message);
    if (finding.cause)
      error.attachNote(finding.cause->getLoc()) << finding.causeMessage;
  });
  return success(findings.empty());
}

void Rules::checkNull(PathSearch &path, const PointerUse &use,
                      PathObject &object) {
  if (!path.canBeNull(object, true))
    return;
  if (object.kind == ObjectKind::Record)
    report(use.op, "without room in the ring buffer there is no record, and "
                   "this pointer is null; test it first, as in `(when-let "
                   "((record (ringbuf-reserve map size))) ...)`, or use "
                   "`with-ringbuf`");
  else if (object.kind == ObjectKind::MapValue)
    report(use.op, "the map may have no such entry, and then this pointer is "
                   "null; test it first, as in `(when-let ((value (map-lookup "
                   "map key))) ...)`");
  else
    report(use.op, "this pointer is null on some way to here; test it first, "
                   "as in `(when pointer ...)`");
  path.assumeNotNull(object);
}

/// Whether `value` is, or is computed from, what changes from round to round of
/// a loop.
static bool dependsOnRound(Value value, DominanceInfo &dominance) {
  constexpr size_t maxValues = 16;
  llvm::SmallSetVector<Value, 4> values;
  values.insert(value);
  for (size_t index = 0; index != values.size() && index != maxValues; ++index)
    if (auto argument = dyn_cast<BlockArgument>(values[index])) {
      Block *block = argument.getOwner();
      if (llvm::any_of(block->getPredecessors(), [&](Block *before) {
            return dominance.dominates(block, before);
          }))
        return true;
    } else {
      Operation *op = values[index].getDefiningOp();
      values.insert(op->operand_begin(), op->operand_end());
    }
  return false;
}

/// How many bytes of the packet all rounds of a loop need for `use`; none if
/// that is no loop, or one without a bound.
static std::optional<int64_t> getEndOfRounds(const PointerUse &use) {
  auto module = use.op->getParentOfType<ModuleOp>();
  UpperBounds bounds(module, UpperBounds::Knowledge::Everything);
  DominanceInfo dominance(module);
  Place place = getPlace(use.pointer, use.offset + use.size);
  bool changes = false;
  while (auto add = place.root.getDefiningOp<PtrAddOp>()) {
    uint64_t largest = bounds.getLargest(add.getOffset(), use.op->getBlock());
    if (largest > maxPacketOffset)
      return std::nullopt;
    changes |= dependsOnRound(add.getOffset(), dominance);
    place = getPlace(add.getBase(), place.offset + largest);
  }
  if (!changes || !isPacketStart(place.root) || place.offset > maxPacketOffset)
    return std::nullopt;
  return place.offset;
}

void Rules::checkPacket(PathSearch &path, const PointerUse &use,
                        const PathPointer &pointer) {
  if (path.getObject(pointer).generation != path.getState().generation) {
    report(use.op, "a helper has moved the packet since this pointer was read "
                   "from the context; read the packet's start and end again, "
                   "as in `(with-packet (data end :min-len n) ...)`");
    return;
  }
  if (!pointer.offset || use.size == 0)
    return;
  int64_t start = *pointer.offset + use.offset, end = start + use.size;
  if (start < 0) {
    report(use.op, "this is in front of the packet");
    return;
  }
  if (!path.canBeShorter(end))
    return;
  end = std::max(end, getEndOfRounds(use).value_or(end));
  report(use.op, "the packet may be shorter than the " + Twine(end) +
                     (end == 1 ? " byte" : " bytes") +
                     " up to here; check its length, as in `(with-packet (data "
                     "end :min-len " +
                     Twine(end) + ") ...)` or `(when (<= (+ data " +
                     Twine(end) + ") end) ...)`");
  path.assumeLength(end);
}

void Rules::checkBounds(const PointerUse &use, const PathPointer &pointer,
                        const PathObject &object) {
  if (!pointer.offset || !object.size || use.size == 0)
    return;
  int64_t start = *pointer.offset + use.offset, end = start + use.size;
  if (start >= 0 && end <= *object.size)
    return;
  StringRef what = object.kind == ObjectKind::Stack    ? "memory on the stack"
                   : object.kind == ObjectKind::Record ? "record"
                                                       : "map's value";
  report(use.op, "bytes " + Twine(start) + " to " + Twine(end - 1) +
                     " are not all inside of the " + what + ", which has " +
                     Twine(*object.size) +
                     (*object.size == 1 ? " byte" : " bytes") +
                     "; access less, or make it larger");
}

/// Programs may not write all maps.
void Rules::checkMapAccess(Operation *op, FlatSymbolRefAttr name) {
  if (isReadOnly(op, name))
    report(op, "programs may only read this map, as its `:map-flags` have "
               "`BPF_F_RDONLY_PROG`; leave the flag out to write it");
}

void Rules::checkUse(PathSearch &path, const PointerUse &use) {
  std::optional<PathPointer> pointer = path.getPointer(use.pointer);
  if (!pointer)
    return;
  PathObject &object = path.getObject(*pointer);
  if (object.kind == ObjectKind::PacketEnd || object.kind == ObjectKind::Global)
    return;
  if (object.kind == ObjectKind::Packet)
    return checkPacket(path, use, *pointer);
  checkNull(path, use, object);
  if (object.release && !object.hasEscaped) {
    report(use.op,
           "the record has been submitted or discarded, and is no longer the "
           "program's; use it before that, and submit or discard it once",
           object.release, "released here");
    object.hasEscaped = true;
    return;
  }
  checkBounds(use, *pointer, object);
  auto lookup = dyn_cast<MapLookupOp>(object.origin);
  if (use.isWrite && lookup)
    checkMapAccess(use.op, lookup.getMapAttr());
}

/// The verifier moves pointers that may be null over no distance.
void Rules::checkAddition(PathSearch &path, PtrAddOp add) {
  if (add.use_empty() || path.isConstant(add.getOffset()))
    return;
  std::optional<PathPointer> pointer = path.getPointer(add.getBase());
  if (!pointer || path.getObject(*pointer).kind == ObjectKind::Null)
    return;
  PathObject &object = path.getObject(*pointer);
  // One that is known to be null is a number.
  if (!path.canBeNull(object, true) || !path.canBeNull(object, false))
    return;
  report(add, "a pointer that may be null cannot be moved; test it first, as "
              "in `(when pointer ...)`");
  path.assumeNotNull(object);
}

void Rules::checkRelease(PathSearch &path, Operation *op) {
  std::optional<PathPointer> pointer = path.getPointer(op->getOperand(0));
  if (pointer)
    path.getObject(*pointer).release = op;
}

/// Records have to be released before the program ends.
void Rules::checkLeft(PathSearch &path, Operation *op) {
  for (PathObject &object : path.getState().objects) {
    bool isHeld = object.kind == ObjectKind::Record && !object.release &&
                  !object.hasEscaped && path.canBeNull(object, false);
    if (!isHeld)
      continue;
    report(object.origin,
           "the record is neither submitted nor discarded on some way; "
           "`(ringbuf-submit record)` or `(ringbuf-discard record)` has to "
           "follow, or use `with-ringbuf`",
           op, "the program is left here");
    object.hasEscaped = true;
  }
}

/// Records of which a copy is kept, or that a function is given, may be
/// released there.
void Rules::followEscapes(PathSearch &path, Operation *op) {
  auto escape = [&](Value value) {
    if (!isa<PtrType>(value.getType()))
      return;
    if (auto pointer = path.getPointer(value))
      path.getObject(*pointer).hasEscaped = true;
  };
  if (auto store = dyn_cast<StoreOp>(op))
    escape(store.getValue());
  if (isa<CallOp, whistler::ReturnOp>(op))
    llvm::for_each(op->getOperands(), escape);
}

void Rules::check(PathSearch &path, Operation *op) {
  for (const PointerUse &use : getPointerUses(op))
    checkUse(path, use);
  if (auto update = dyn_cast<MapUpdateOp>(op))
    checkMapAccess(op, update.getMapAttr());
  if (auto del = dyn_cast<MapDeleteOp>(op))
    checkMapAccess(op, del.getMapAttr());
  if (auto add = dyn_cast<PtrAddOp>(op))
    checkAddition(path, add);
  if (isRelease(op))
    checkRelease(path, op);
  followEscapes(path, op);
  bool isEnd = isa<whistler::ReturnOp>(op) && !leavesRecordsToCaller;
  if (isEnd || isa<TailCallOp>(op))
    checkLeft(path, op);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// How many bytes are behind a pointer to its start; none where that is not
/// known.
static std::optional<int64_t> getObjectSize(Value start) {
  Operation *op = start.getDefiningOp();
  APInt size;
  if (auto alloca = dyn_cast_if_present<AllocaOp>(op))
    return getSizeInBytes(alloca.getElemType());
  if (isReservation(op) &&
      matchPattern(op->getOperand(1), m_ConstantInt(&size)))
    return size.getZExtValue();
  if (auto lookup = dyn_cast_if_present<MapLookupOp>(op))
    if (auto map = SymbolTable::lookupNearestSymbolFrom<MapOp>(
            lookup, lookup.getMapAttr()))
      return map.getValueSize();
  return std::nullopt;
}

/// Whether a use of a pointer is not plainly as the verifier wants it.
static bool isSuspicious(const PointerUse &use, const KnownConditions &known) {
  auto [root, start] = getPlace(use.pointer, use.offset);
  std::optional<int64_t> size = getObjectSize(root);
  bool isOutside = size && (start < 0 || start + use.size > *size);
  auto lookup = getRoot(use.pointer).getDefiningOp<MapLookupOp>();
  bool isForbidden =
      use.isWrite && lookup && isReadOnly(lookup, lookup.getMapAttr());
  return isOutside || isForbidden || !isChecked(use, known);
}

/// The uses of pointers that an operation makes, also of those it moves.
static SmallVector<PointerUse> getAllUses(Operation &op) {
  SmallVector<PointerUse> uses = getPointerUses(&op);
  if (auto add = dyn_cast<PtrAddOp>(op))
    if (!matchPattern(add.getOffset(), m_Constant()) &&
        yieldsPointerOrNull(getRoot(add.getBase()).getDefiningOp()))
      uses.push_back({&op, add.getBase()});
  return uses;
}

/// Whether something in the body is not plainly as the verifier wants it.
static bool isSuspicious(Region &body) {
  Dominators dominators(body.getParentOp());
  bool isFound = false;
  for (Block &block : body) {
    std::optional<KnownConditions> known;
    for (Operation &op : block) {
      // Such an instruction may do anything.
      if (isa<AsmOp>(op))
        return false;
      isFound |= isReservation(&op) || movesPacket(&op);
      if (auto update = dyn_cast<MapUpdateOp>(op))
        isFound |= isReadOnly(&op, update.getMapAttr());
      if (auto del = dyn_cast<MapDeleteOp>(op))
        isFound |= isReadOnly(&op, del.getMapAttr());
      if (isFound)
        continue;
      SmallVector<PointerUse> uses = getAllUses(op);
      if (!uses.empty() && !known)
        known = KnownConditions::inBlock(&block, dominators);
      isFound |= llvm::any_of(uses, [&](const PointerUse &use) {
        return isSuspicious(use, *known);
      });
    }
  }
  return isFound;
}

void VerifySafety::runOnOperation() {
  // Functions stand in front of those that call them. Whether control comes to
  // one of them, its callers tell.
  SmallVector<Operation *> bodies;
  llvm::SmallPtrSet<Operation *, 8> suspicious;
  bool hasSuspiciousFunction = false;
  for (Operation &op : getOperation().getOps()) {
    if (!isa<ProgOp, whistler::FuncOp>(op))
      continue;
    bodies.push_back(&op);
    if (!isSuspicious(op.getRegion(0)))
      continue;
    suspicious.insert(&op);
    hasSuspiciousFunction |= isa<whistler::FuncOp>(op);
  }
  DenseSet<StringAttr> called;
  DenseMap<Operation *, Rules> results;
  for (Operation *op : llvm::reverse(bodies)) {
    if (isa<whistler::FuncOp>(op) &&
        !called.contains(SymbolTable::getSymbolName(op)))
      continue;
    Region &body = op->getRegion(0);
    bool leadsOn = hasSuspiciousFunction && !body.getOps<CallOp>().empty();
    if (!leadsOn && !suspicious.contains(op))
      continue;
    PathSearch search(body, elideNullChecks);
    Rules rules(op);
    search.run([&](PathSearch &path, Operation *visited) {
      if (suspicious.contains(op))
        rules.check(path, visited);
    });
    called.insert_range(search.getCallees());
    results.try_emplace(op, std::move(rules));
  }
  for (Operation *op : bodies)
    if (auto it = results.find(op); it != results.end())
      if (failed(it->second.emitErrors(op->getRegion(0))))
        signalPassFailure();
}
