//===- StackLiveness.cpp - which bytes on the stack are read ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Goes backward from what reads to what writes, over all blocks.
//
//===----------------------------------------------------------------------===//

#include "StackLiveness.h"

#include "Whistler/UAPI/Helpers.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::whistler;
namespace uapi = ::whistler::uapi;

/// How much of the stack is looked at, in bytes. No program has more.
static constexpr unsigned maxBits = 512;

/// `size` bytes at `pointer`, if that is a known place in a variable.
static StackArea getArea(OpOperand &pointer, int64_t offset, int64_t size) {
  Place place = getPlace(pointer.get(), offset);
  auto variable = place.root.getDefiningOp<AllocaOp>();
  if (!variable || place.offset < 0 || size <= 0)
    return {};
  return {variable, place.offset, size, pointer.getOperandNumber()};
}

/// What a helper fills.
static StackArea getFilledArea(HelperCallOp call) {
  const uapi::Helper *helper = uapi::lookupHelperByCName(call.getHelper());
  if (!helper)
    return {};
  for (auto [index, arg] : llvm::enumerate(helper->args())) {
    APInt size;
    if (!arg.isFilled || arg.sizeArg < 0 ||
        unsigned(arg.sizeArg) >= call.getArgs().size() ||
        !isa<PtrType>(call.getArgs()[index].getType()) ||
        !matchPattern(call.getArgs()[arg.sizeArg], m_ConstantInt(&size)))
      continue;
    return getArea(call.getArgsMutable()[index], 0, size.getSExtValue());
  }
  return {};
}

StackArea mlir::whistler::getWrittenArea(Operation *op) {
  if (auto store = dyn_cast<StoreOp>(op))
    return getArea(store.getBaseMutable(), store.getOffset(),
                   getSizeInBytes(store.getValue().getType()));
  if (auto set = dyn_cast<MemSetOp>(op))
    return getArea(set.getBaseMutable(), set.getOffset(), set.getSize());
  if (auto copy = dyn_cast<MemCpyOp>(op))
    return getArea(copy.getDstMutable(), copy.getDstOffset(), copy.getSize());
  if (auto call = dyn_cast<HelperCallOp>(op))
    return getFilledArea(call);
  return {};
}

StackLiveness::StackLiveness(Operation *body) : body(body) {
  body->walk([&](AllocaOp variable) {
    int64_t size = getSizeInBytes(variable.getElemType());
    if (isAddressKept(variable) || numBits + size > maxBits)
      return;
    firstBits[variable] = numBits;
    numBits += size;
  });
  if (numBits == 0)
    return;
  llvm::SetVector<Block *> worklist;
  for (Block &block : body->getRegion(0)) {
    liveIn[&block] = llvm::BitVector(numBits);
    worklist.insert(&block);
  }
  while (!worklist.empty()) {
    Block *block = worklist.pop_back_val();
    llvm::BitVector live = getLiveOut(block);
    for (Operation &op : llvm::reverse(*block))
      passBackward(&op, live);
    if (live == liveIn[block])
      continue;
    liveIn[block] = live;
    worklist.insert(block->pred_begin(), block->pred_end());
  }
}

llvm::BitVector StackLiveness::getLiveOut(Block *block) const {
  llvm::BitVector live(numBits);
  for (Block *successor : block->getSuccessors())
    live |= liveIn.find(successor)->second;
  return live;
}

std::optional<std::pair<unsigned, unsigned>>
StackLiveness::getBits(StackArea area) const {
  auto found = firstBits.find(area.variable);
  if (found == firstBits.end())
    return std::nullopt;
  int64_t end = getSizeInBytes(area.variable.getElemType());
  int64_t first = std::clamp<int64_t>(area.offset, 0, end);
  int64_t last = std::clamp<int64_t>(area.offset + area.size, first, end);
  return std::pair(found->second + first, found->second + last);
}

/// Marks what an operation may read through its operand `pointer`.
void StackLiveness::markRead(OpOperand &pointer, llvm::BitVector &live) const {
  auto type = dyn_cast<PtrType>(pointer.get().getType());
  if (!type)
    return;
  Operation *op = pointer.getOwner();
  StackArea area;
  if (auto load = dyn_cast<LoadOp>(op))
    area = getArea(pointer, load.getOffset(), getSizeInBytes(load.getType()));
  else if (auto copy = dyn_cast<MemCpyOp>(op))
    area = getArea(pointer, copy.getSrcOffset(), copy.getSize());
  if (!area)
    if (auto variable =
            getPlace(pointer.get(), 0).root.getDefiningOp<AllocaOp>())
      area = {variable, 0, getSizeInBytes(variable.getElemType())};
  if (area) {
    if (auto bits = getBits(area))
      live.set(bits->first, bits->second);
    return;
  }
  // A place that is computed may be in any variable.
  if (type.getSpace() == AddressSpace::Stack ||
      type.getSpace() == AddressSpace::Any)
    live.set();
}

/// Makes what is live behind `op` what is live in front of it.
void StackLiveness::passBackward(Operation *op, llvm::BitVector &live) const {
  if (isa<AllocaOp, PtrAddOp, PtrCastOp, PtrCmpOp>(op))
    return;
  // An instruction that is given by its fields may read anything.
  if (isa<AsmOp>(op)) {
    live.set();
    return;
  }
  StackArea written = getWrittenArea(op);
  if (written)
    if (auto bits = getBits(written))
      live.reset(bits->first, bits->second);
  for (OpOperand &operand : op->getOpOperands())
    if (!written || operand.getOperandNumber() != written.operand)
      markRead(operand, live);
}

void StackLiveness::forEachWrite(
    function_ref<void(Operation *, StackArea, const llvm::BitVector &)> visit) {
  if (numBits == 0)
    return;
  for (Block &block : body->getRegion(0)) {
    llvm::BitVector live = getLiveOut(&block);
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block))) {
      llvm::BitVector after = live;
      passBackward(&op, live);
      StackArea written = getWrittenArea(&op);
      auto bits = written ? getBits(written) : std::nullopt;
      if (!bits)
        continue;
      llvm::BitVector needed(written.size);
      for (unsigned bit = bits->first; bit < bits->second; ++bit)
        if (after[bit])
          needed.set(bit - bits->first);
      visit(&op, written, needed);
    }
  }
}
