//===- MergeLoadBytes.cpp - packet bytes copied at once ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes one call of bpf_skb_load_bytes of several.
//
//===----------------------------------------------------------------------===//

#include "MemoryClobbers.h"
#include "StackPlaces.h"

#include "Whistler/Dialect/PassRemarks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_MERGELOADBYTESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;
using arith::CmpIPredicate;

namespace {
/// The kernel copies by words what lies in one piece: that many bytes more cost
/// less than a call.
constexpr int64_t maxSpan = 64;

constexpr int64_t wordSize = 8;

constexpr ::whistler::PassRemarks remarks("whistler-merge-load-bytes");

/// Where control comes to where a test fails.
struct Failure {
  Block *block;
  OperandRange operands;

  bool operator==(const Failure &other) const {
    return block == other.block && llvm::equal(operands, other.operands);
  }
};

/// A call that copies bytes of the packet, whose place and number are known, to
/// a variable, and the test of its result at the end of the block.
struct PacketRead {
  HelperCallOp call;
  AllocaOp variable;
  /// The first byte of the packet, and how many are read.
  int64_t start;
  int64_t size;
  cf::CondBranchOp branch;
  bool passesOnTrue;

  static std::optional<PacketRead> get(HelperCallOp call);

  int64_t getEnd() const { return start + size; }
  Block *getPassed() {
    return passesOnTrue ? branch.getTrueDest() : branch.getFalseDest();
  }
  Failure getFailure();
  bool isOverlapping(const PacketRead &other) const {
    return start < other.getEnd() && other.start < getEnd();
  }
};

/// Reads that follow each other, none of which does anything that the others,
/// or the tests in between, would not do as well where they fail.
class PacketReads {
public:
  PacketReads(HelperCallOp first, DominanceInfo &dominance);

  size_t size() const { return reads.size(); }
  auto getCalls() const {
    return llvm::map_range(reads,
                           [](const PacketRead &read) { return read.call; });
  }
  /// Reads what all of them do with the first one.
  void merge();

private:
  bool tryToAdd(HelperCallOp call);
  bool addAccesses(PacketRead &read, Value pointer, int64_t offset);
  bool isAligned(int64_t base) const;

  DominanceInfo &dominance;
  SmallVector<PacketRead, 4> reads;
  /// What the reads go over, in bytes of the packet.
  int64_t start = 0, end = 0;
  /// Which bytes of the packet have to be at what alignment.
  struct Access {
    int64_t start;
    int64_t alignment;
  };
  SmallVector<Access> accesses;
  /// The distance of the first byte from a word.
  int64_t padding = 0;
};

struct MergeLoadBytes
    : mlir::whistler::impl::MergeLoadBytesPassBase<MergeLoadBytes> {
  void runOnOperation() override;
};
} // namespace

/// Whether `call` copies bytes of the packet, or fails if there are not so
/// many. (bpf_xdp_load_bytes() leaves the variable as it was where it fails, so
/// that what that was set to stands in the way.)
static bool isPacketRead(HelperCallOp call) {
  return call.getHelper() == "skb_load_bytes";
}

/// Whether a comparison of a helper's result with zero, by `predicate`, holds
/// where the helper has succeeded; nothing if it does not tell.
static std::optional<bool> holdsOnSuccess(CmpIPredicate predicate) {
  switch (predicate) {
  case CmpIPredicate::eq:
  case CmpIPredicate::sge:
    return true;
  case CmpIPredicate::ne:
  case CmpIPredicate::slt:
    return false;
  default:
    return std::nullopt;
  }
}

std::optional<PacketRead> PacketRead::get(HelperCallOp call) {
  // void *ctx, u32 offset, void *to, u32 len
  if (!isPacketRead(call) || call.getNumOperands() != 4 ||
      !call.getResult().hasOneUse())
    return std::nullopt;
  APInt start, size;
  Place to = getPlace(call.getOperand(2));
  auto variable = to.root.getDefiningOp<AllocaOp>();
  if (!variable || to.offset != 0 ||
      !matchPattern(call.getOperand(1), m_ConstantInt(&start)) ||
      !matchPattern(call.getOperand(3), m_ConstantInt(&size)) ||
      !start.isIntN(16) || !size.isIntN(16) || size.isZero())
    return std::nullopt;
  auto cmp = dyn_cast<arith::CmpIOp>(*call.getResult().user_begin());
  auto branch = dyn_cast<cf::CondBranchOp>(call->getBlock()->getTerminator());
  if (!cmp || !branch || branch.getCondition() != cmp.getResult() ||
      cmp.getLhs() != call.getResult() || !cmp->hasOneUse() ||
      branch.getTrueDest() == branch.getFalseDest() ||
      !matchPattern(cmp.getRhs(), m_Zero()))
    return std::nullopt;
  std::optional<bool> passesOnTrue = holdsOnSuccess(cmp.getPredicate());
  if (!passesOnTrue)
    return std::nullopt;
  return PacketRead{call,
                    variable,
                    static_cast<int64_t>(start.getZExtValue()),
                    static_cast<int64_t>(size.getZExtValue()),
                    branch,
                    *passesOnTrue};
}

/// Where `branch` leads to on one of its sides, past blocks that only lead on.
static Failure getFailure(cf::CondBranchOp branch, bool isTrue) {
  Failure failure =
      isTrue ? Failure{branch.getTrueDest(), branch.getTrueDestOperands()}
             : Failure{branch.getFalseDest(), branch.getFalseDestOperands()};
  // Unreachable blocks may be a circle.
  for (int passed = 0; passed < 4; ++passed) {
    auto next = dyn_cast<cf::BranchOp>(failure.block->front());
    if (!next || failure.block->getNumArguments() != 0)
      break;
    failure = {next.getDest(), next.getDestOperands()};
  }
  return failure;
}

Failure PacketRead::getFailure() { return ::getFailure(branch, !passesOnTrue); }

PacketReads::PacketReads(HelperCallOp first, DominanceInfo &dominance)
    : dominance{dominance} {
  if (!tryToAdd(first))
    return;
  Failure failure = reads.front().getFailure();
  Operation *next = first->getNextNode();
  for (;;) {
    if (auto call = dyn_cast<HelperCallOp>(next); call && isPacketRead(call)) {
      if (!tryToAdd(call))
        return;
    } else if (auto branch = dyn_cast<cf::CondBranchOp>(next)) {
      bool failsOnTrue = getFailure(branch, true) == failure;
      if (failsOnTrue == (getFailure(branch, false) == failure))
        return;
      // Circles have a block that is entered from outside as well.
      Block *passed =
          failsOnTrue ? branch.getFalseDest() : branch.getTrueDest();
      if (!passed->getSinglePredecessor() || passed->getNumArguments() != 0)
        return;
      next = &passed->front();
      continue;
    } else if (!isSilent(next) || next->hasTrait<OpTrait::IsTerminator>()) {
      return;
    }
    next = next->getNextNode();
  }
}

/// Notes what accesses the bytes of `read` through `pointer`, `offset` bytes
/// into its variable. Returns false if it may be another part of the variable,
/// or if they may be wanted where the bytes were not read.
bool PacketReads::addAccesses(PacketRead &read, Value pointer, int64_t offset) {
  Block *passed = read.getPassed();
  bool isWhole = getSizeInBytes(read.variable.getElemType()) == read.size;
  return llvm::all_of(pointer.getUses(), [&](OpOperand &use) {
    Operation *user = use.getOwner();
    if (user == read.call)
      return true;
    if (isa<PtrAddOp, PtrCastOp>(user)) {
      Value result = user->getResult(0);
      Place place = getPlace(result);
      return place.root == read.variable.getResult() &&
             addAccesses(read, result, place.offset);
    }
    if (!dominance.dominates(passed, user->getBlock()))
      return false;
    if (auto load = dyn_cast<LoadOp>(user)) {
      int64_t from = offset + load.getOffset();
      int64_t size = getSizeInBytes(load.getType());
      accesses.push_back({read.start + from, size});
      return from >= 0 && from + size <= read.size;
    }
    // The kernel hashes keys by words, where they are words.
    accesses.push_back({read.start + offset,
                        std::min<int64_t>(getAlignment(read.variable), 4)});
    return isWhole && isa<MapLookupOp, MapUpdateOp, MapDeleteOp>(user);
  });
}

/// Whether all accesses are aligned, as the verifier demands of the stack, if
/// byte `base` of the packet is.
bool PacketReads::isAligned(int64_t base) const {
  return llvm::all_of(accesses, [&](const Access &access) {
    return (access.start - base) % access.alignment == 0;
  });
}

bool PacketReads::tryToAdd(HelperCallOp call) {
  std::optional<PacketRead> read = PacketRead::get(call);
  if (!read || !read->getPassed()->getSinglePredecessor())
    return false;
  bool isFirst = reads.empty();
  int64_t newStart = isFirst ? read->start : std::min(start, read->start);
  int64_t newEnd = isFirst ? read->getEnd() : std::max(end, read->getEnd());
  if (newEnd - newStart > maxSpan)
    return false;
  if (!isFirst) {
    PacketRead &first = reads.front();
    if (call.getOperand(0) != first.call.getOperand(0) ||
        !(read->getFailure() == first.getFailure()) ||
        llvm::any_of(reads, [&](const PacketRead &other) {
          return other.isOverlapping(*read) || other.variable == read->variable;
        }))
      return false;
  }
  size_t numAccesses = accesses.size();
  if (addAccesses(*read, read->variable, 0))
    for (int64_t distance = 0; distance < wordSize; ++distance)
      if (isAligned(newStart - distance)) {
        reads.push_back(*read);
        start = newStart;
        end = newEnd;
        padding = distance;
        return true;
      }
  accesses.truncate(numAccesses);
  return false;
}

void PacketReads::merge() {
  HelperCallOp first = reads.front().call;
  Location loc = first.getLoc();
  if (auto remark = remarks.passed(first, "LoadBytesMerged"))
    remark << "bytes " << ::whistler::RemarkValue("Start", start) << " to "
           << ::whistler::RemarkValue("End", end)
           << " of the packet are read with one call in place of "
           << ::whistler::RemarkValue("Calls", reads.size());
  OpBuilder builder(first->getContext());
  builder.setInsertionPointToStart(&first->getParentRegion()->front());
  Type word = builder.getIntegerType(8 * wordSize, /*isSigned=*/false);
  Type type =
      ArrayType::get(builder.getContext(),
                     llvm::divideCeil(padding + end - start, wordSize), word);
  Value whole =
      AllocaOp::create(builder, loc, reads.front().variable.getType(), type);
  auto makeConstant = [&](int64_t value, Type type) -> Value {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getIntegerAttr(type, value));
  };
  auto getByte = [&](int64_t byte) -> Value {
    int64_t offset = padding + byte - start;
    if (offset == 0)
      return whole;
    return PtrAddOp::create(builder, loc, whole.getType(), whole,
                            makeConstant(offset, builder.getI64Type()));
  };
  Value to = getByte(start);
  for (PacketRead &read : reads) {
    if (read.call != first)
      read.call.getResult().replaceAllUsesWith(
          makeConstant(0, read.call.getResult().getType()));
    read.variable.replaceAllUsesWith(getByte(read.start));
    read.variable.erase();
    if (read.call != first)
      read.call.erase();
  }
  builder.setInsertionPoint(first);
  first->setOperand(1, makeConstant(start, first.getOperand(1).getType()));
  first->setOperand(2, to);
  first->setOperand(3,
                    makeConstant(end - start, first.getOperand(3).getType()));
}

void MergeLoadBytes::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    llvm::SmallSetVector<HelperCallOp, 8> calls;
    body->walk([&](HelperCallOp call) {
      if (isPacketRead(call))
        calls.insert(call);
    });
    // No edges change.
    DominanceInfo dominance(body);
    while (calls.size() >= 2 && hasRoomOnStack(body)) {
      HelperCallOp first = calls.front();
      calls.remove(first);
      PacketReads reads(first, dominance);
      if (reads.size() < 2)
        continue;
      for (HelperCallOp call : reads.getCalls())
        calls.remove(call);
      reads.merge();
    }
  });
}
