//===- LayoutFrame.cpp - places of stack slots ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Gives each slot an offset from r10, and rewrites the accesses to it.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "Whistler/Dialect/PassRemarks.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFLAYOUTFRAME
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

static constexpr ::whistler::PassRemarks remarks("bpf-layout-frame");
using ::whistler::RemarkValue;

/// The largest alignment that the kernel asks of the stack, in bytes.
static constexpr int64_t maxAlignment = 8;

namespace {
/// Bytes of the frame, counted down from `r10`: from `begin` to before `end`.
struct Area {
  int64_t begin;
  int64_t end;
};

/// Places slots one below the other, and small ones into the gaps that the
/// alignment of others leaves.
class Frame {
public:
  /// Reserves `size` bytes. Returns the offset of the lowest one from `r10`.
  int64_t place(int64_t size, int64_t alignment) {
    for (Area &gap : gaps)
      if (int64_t end = llvm::alignTo(gap.begin + size, alignment);
          end <= gap.end) {
        // What is left above the slot is less than its alignment.
        gap.begin = end;
        return -end;
      }
    int64_t end = llvm::alignTo(bytes + size, alignment);
    if (end - size > bytes)
      gaps.push_back({bytes, end - size});
    bytes = end;
    return -end;
  }

  /// The number of bytes in use.
  int64_t getSize() const { return bytes; }

private:
  int64_t bytes = 0;
  SmallVector<Area> gaps;
};
} // namespace

/// Whether nothing but accesses uses `address` and sums with it, and all of
/// them may be `distance` bytes further away.
static bool canMoveAccesses(Value address, int64_t distance) {
  return !address.use_empty() &&
         llvm::all_of(address.getUses(), [&](OpOperand &use) {
           if (auto sum = dyn_cast<AluRegOp>(use.getOwner()))
             return sum.getOp() == AluOp::Add && sum.getWidth() == Width::W64 &&
                    sum.getLhs() != sum.getRhs() &&
                    canMoveAccesses(sum.getDst(), distance);
           std::optional<int16_t> offset = getAccessOffset(use);
           return offset && llvm::isInt<16>(*offset + distance);
         });
}

/// Moves the accesses by way of `address` by `distance` bytes.
static void moveAccesses(Value address, int64_t distance) {
  for (OpOperand &use : address.getUses()) {
    if (auto sum = dyn_cast<AluRegOp>(use.getOwner()))
      moveAccesses(sum.getDst(), distance);
    else
      setAccessOffset(use.getOwner(),
                      static_cast<int16_t>(*getAccessOffset(use) + distance));
  }
}

/// Replaces `address` by the place `distance` bytes from `framePointer`. Where
/// it is only the base of variable offsets, the accesses add the distance: the
/// verifier looks at their sum either way. Not if an instruction that is given
/// by its fields may read the register.
static void replaceAddress(SlotAddrOp address, Value framePointer,
                           int64_t distance, bool hasRaw) {
  OpBuilder builder(address);
  Type type = address.getDst().getType();
  Value base =
      MovOp::create(builder, address.getLoc(), type, Width::W64, framePointer);
  if (!hasRaw && canMoveAccesses(address.getDst(), distance))
    moveAccesses(address.getDst(), distance);
  else
    base = AluImmOp::create(builder, address.getLoc(), type, AluOp::Add,
                            Width::W64, base, distance);
  address.replaceAllUsesWith(base);
  address.erase();
}

/// Replaces `slot` by the bytes from `place` on, relative to `framePointer`.
static void replaceSlot(SlotOp slot, Value framePointer, int64_t place,
                        bool hasRaw) {
  for (OpOperand &use : llvm::make_early_inc_range(slot->getUses())) {
    Operation *user = use.getOwner();
    auto moveOffset = [&](auto op) {
      op.setOffset(static_cast<int16_t>(op.getOffset() + place));
    };
    if (auto address = dyn_cast<SlotAddrOp>(user)) {
      replaceAddress(address, framePointer, address.getOffset() + place,
                     hasRaw);
      continue;
    }
    use.set(framePointer);
    llvm::TypeSwitch<Operation *>(user)
        .Case<LoadOp, StoreOp, StoreImmOp, AtomicMemOp, AtomicFetchOp,
              AtomicCmpXchgOp>(moveOffset)
        .Default([](Operation *) { llvm_unreachable("not a use of a slot"); });
  }
  slot.erase();
}

/// The function's frame pointer, made if there is none.
static Value getFramePointer(FuncOp func) {
  Block &entry = func.getBody().front();
  for (auto op : entry.getOps<FramePointerOp>()) {
    op->moveBefore(&entry, entry.begin());
    return op;
  }
  OpBuilder builder = OpBuilder::atBlockBegin(&entry);
  return FramePointerOp::create(
      builder, func.getLoc(),
      RegType::get(builder.getContext(), Register::R10));
}

/// Reports that the slots of `func` take `bytes` bytes.
static LogicalResult reportSize(FuncOp func, int64_t bytes,
                                ArrayRef<SlotOp> slots) {
  InFlightDiagnostic diagnostic =
      func.emitError() << "the " << (func.isProgram() ? "program" : "function")
                       << " needs " << bytes
                       << " bytes of stack; the kernel gives it "
                       << maxFrameSize;
  int64_t spilled = 0;
  SlotOp largest;
  for (SlotOp slot : slots) {
    if (slot.getSpill())
      spilled += slot.getSize();
    else if (!largest || slot.getSize() > largest.getSize())
      largest = slot;
  }
  if (spilled != 0)
    diagnostic.attachNote(func.getLoc())
        << "values that the registers have no room for take " << spilled
        << " bytes of it; compute them where they are used";
  if (largest)
    diagnostic.attachNote(largest.getLoc())
        << "the largest variable on the stack takes " << largest.getSize()
        << " bytes";
  return diagnostic;
}

static LogicalResult layoutFrame(FuncOp func) {
  SmallVector<SlotOp> slots;
  func.walk([&](SlotOp slot) { slots.push_back(slot); });
  if (slots.empty()) {
    if (!func.getFrameSize())
      func.setFrameSize(0);
    return success();
  }
  for (SlotOp &slot : slots)
    if (slot->use_empty()) {
      slot.erase();
      slot = SlotOp();
    }
  llvm::erase(slots, SlotOp());
  // A function may have been laid out in part.
  Frame frame;
  if (int64_t used = func.getFrameSize().value_or(0))
    frame.place(used, maxAlignment);
  SmallVector<std::pair<SlotOp, int64_t>> places;
  for (int64_t alignment = maxAlignment; alignment > 0; alignment /= 2)
    for (SlotOp slot : slots)
      if (int64_t(slot.getAlignment()) == alignment)
        places.emplace_back(slot, frame.place(slot.getSize(), alignment));
  if (frame.getSize() > maxFrameSize)
    return reportSize(func, frame.getSize(), slots);
  func.setFrameSize(frame.getSize());
  if (auto remark = remarks.analysis(func, "FrameSize"))
    remark << "the stack frame takes "
           << RemarkValue("FrameBytes", frame.getSize()) << " of "
           << RemarkValue("MaxFrameBytes", maxFrameSize) << " bytes";
  if (slots.empty())
    return success();
  Value framePointer = getFramePointer(func);
  bool hasRaw =
      func.walk([](RawOp) { return WalkResult::interrupt(); }).wasInterrupted();
  for (auto [slot, place] : places)
    replaceSlot(slot, framePointer, place, hasRaw);
  return success();
}

namespace {
struct LayoutFramePass : public bpf::impl::BPFLayoutFrameBase<LayoutFramePass> {
  void runOnOperation() override {
    if (failed(layoutFrame(getOperation())))
      signalPassFailure();
  }
};
} // namespace
