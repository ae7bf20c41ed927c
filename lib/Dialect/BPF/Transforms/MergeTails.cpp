//===- MergeTails.cpp - shares the ends of blocks ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Numbers the instructions such that equal ones have equal numbers, sorts the
// blocks that end alike by their numbers from the end on, and shares the
// longest sequence that neighbours have in common.
//
//===----------------------------------------------------------------------===//

#include "BlockOrder.h"
#include "Blocks.h"
#include "Provenance.h"
#include "RegisterForm.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "Whistler/Dialect/PassRemarks.h"
#include "mlir/IR/OperationSupport.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/MapVector.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFMERGETAILS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

static constexpr ::whistler::PassRemarks remarks("bpf-merge-tails");
using ::whistler::RemarkValue;

namespace {
/// Numbers the instructions of a function in register form.
class InstructionNumbers {
public:
  explicit InstructionNumbers(const Provenance &provenance)
      : provenance(provenance) {}

  /// The number of `op`, the same for all instructions that may take its place.
  unsigned get(Operation *op);

private:
  bool areEqual(Operation *a, Operation *b) const;

  const Provenance &provenance;
  llvm::DenseMap<Operation *, unsigned> numbers;
  /// One instruction of each number, by hash.
  llvm::DenseMap<size_t, SmallVector<Operation *, 1>> representatives;
  unsigned last = 0;
};
} // namespace

bool InstructionNumbers::areEqual(Operation *a, Operation *b) const {
  return provenance.get(a) == provenance.get(b) &&
         llvm::equal(a->getSuccessors(), b->getSuccessors()) &&
         OperationEquivalence::isEquivalentTo(
             a, b, OperationEquivalence::exactValueMatch,
             /*markEquivalent=*/nullptr, OperationEquivalence::IgnoreLocations);
}

unsigned InstructionNumbers::get(Operation *op) {
  auto known = numbers.find(op);
  if (known != numbers.end())
    return known->second;
  unsigned &number = numbers[op];
  number = ++last;
  // Only its own source says what a raw instruction depends on.
  if (isa<RawOp>(op))
    return number;
  llvm::hash_code hash = OperationEquivalence::computeHash(
      op, OperationEquivalence::directHashValue,
      OperationEquivalence::ignoreHashValue,
      OperationEquivalence::IgnoreLocations);
  // Large functions have many jumps that differ in nothing but their targets.
  hash = llvm::hash_combine(hash, provenance.get(op));
  for (Block *successor : op->getSuccessors())
    hash = llvm::hash_combine(hash, successor);
  // Two values of the key type are not for use.
  auto &candidates = representatives[size_t(hash) >> 1];
  for (Operation *other : candidates)
    if (areEqual(op, other))
      return number = numbers.lookup(other);
  candidates.push_back(op);
  return number;
}

namespace {
/// A sequence of instructions at the end of several blocks.
struct Tail {
  SmallVector<Block *> blocks;
  /// The number of operations.
  unsigned length = 0;
  /// The slots that sharing saves.
  int gain = 0;
};

class TailMerger {
public:
  TailMerger(FuncOp func, const Provenance &provenance)
      : func(func), provenance(provenance) {}

  /// Shares tails until none saves a slot.
  void run();

private:
  /// A block, its place in the function, and its instructions from the end on.
  struct Candidate {
    Block *block;
    size_t place;
    SmallVector<unsigned> numbers;
  };

  bool runOnce();
  std::vector<std::vector<Candidate>> getGroups(InstructionNumbers &numbers);
  SmallVector<Tail> findTails(std::vector<Candidate> &group) const;
  void measure(Tail &tail) const;
  void merge(const Tail &tail);

  FuncOp func;
  const Provenance &provenance;
};
} // namespace

std::vector<std::vector<TailMerger::Candidate>>
TailMerger::getGroups(InstructionNumbers &numbers) {
  llvm::MapVector<unsigned, std::vector<Candidate>> groups;
  for (auto [place, block] : llvm::enumerate(func.getBody())) {
    Candidate candidate{&block, place, {}};
    for (Operation &op : llvm::reverse(block)) {
      if (isa<SlotOp, FramePointerOp>(op))
        break;
      candidate.numbers.push_back(numbers.get(&op));
    }
    groups[candidate.numbers.front()].push_back(std::move(candidate));
  }
  std::vector<std::vector<Candidate>> result;
  for (auto &[number, group] : groups)
    if (group.size() > 1)
      result.push_back(std::move(group));
  return result;
}

/// The number of leading elements that two sequences have in common.
static unsigned getCommonLength(ArrayRef<unsigned> a, ArrayRef<unsigned> b) {
  return std::distance(
      a.begin(), std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first);
}

/// Whether `length` operations are all of `block`.
static bool isWhole(Block *block, unsigned length) {
  auto it = block->rbegin();
  std::advance(it, length);
  return it == block->rend() && !block->isEntryBlock();
}

void TailMerger::measure(Tail &tail) const {
  unsigned slots = 0, copies = tail.blocks.size() - 1;
  for (Operation &op :
       llvm::make_range(tail.blocks.front()->rbegin(),
                        std::next(tail.blocks.front()->rbegin(), tail.length)))
    slots += getSlots(&op);
  tail.gain = slots * copies;
  // All blocks but one reach a jump's target by a jump before and after; other
  // ends need one that was not there, except where the block is gone.
  if (isa<JaOp>(tail.blocks.front()->getTerminator()))
    return;
  unsigned jumping = llvm::count_if(
      tail.blocks, [&](Block *block) { return !isWhole(block, tail.length); });
  tail.gain -= std::min(jumping, copies);
}

SmallVector<Tail> TailMerger::findTails(std::vector<Candidate> &group) const {
  llvm::sort(group, [](const Candidate &a, const Candidate &b) {
    auto [x, y] = std::mismatch(a.numbers.begin(), a.numbers.end(),
                                b.numbers.begin(), b.numbers.end());
    if (x == a.numbers.end() && y == b.numbers.end())
      return a.place < b.place;
    return x == a.numbers.end() || (y != b.numbers.end() && *x < *y);
  });
  SmallVector<unsigned> common;
  for (size_t index = 1; index < group.size(); ++index)
    common.push_back(
        getCommonLength(group[index - 1].numbers, group[index].numbers));
  // Where neighbours have less in common than those between them, the latter go
  // first: what is left of them may be shared again. No block is in two of
  // these tails.
  SmallVector<Tail> tails;
  for (size_t first = 0, end; first < common.size(); first = end) {
    unsigned length = common[first];
    for (end = first; end < common.size() && common[end] == length; ++end)
      continue;
    bool isLongest = (first == 0 || common[first - 1] < length) &&
                     (end == common.size() || common[end] < length);
    if (!isLongest)
      continue;
    Tail tail;
    tail.length = length;
    for (size_t index = first; index <= end; ++index)
      tail.blocks.push_back(group[index].block);
    measure(tail);
    if (tail.gain > 0)
      tails.push_back(std::move(tail));
  }
  return tails;
}

void TailMerger::merge(const Tail &tail) {
  auto whole = llvm::find_if(
      tail.blocks, [&](Block *block) { return isWhole(block, tail.length); });
  Block *kept = whole != tail.blocks.end() ? *whole : tail.blocks.front();
  Block *target = kept;
  if (!isWhole(kept, tail.length)) {
    auto first = std::prev(kept->end(), tail.length);
    Location loc = first->getLoc();
    target = kept->splitBlock(first);
    OpBuilder builder = OpBuilder::atBlockEnd(kept);
    JaOp::create(builder, loc, ValueRange(), target);
  }
  for (Block *block : tail.blocks) {
    if (block == kept)
      continue;
    if (isWhole(block, tail.length)) {
      block->replaceAllUsesWith(target);
      block->erase();
      continue;
    }
    Location loc = std::prev(block->end(), tail.length)->getLoc();
    for (unsigned count = 0; count < tail.length; ++count)
      block->back().erase();
    OpBuilder builder = OpBuilder::atBlockEnd(block);
    JaOp::create(builder, loc, ValueRange(), target);
  }
}

bool TailMerger::runOnce() {
  InstructionNumbers numbers(provenance);
  bool changed = false;
  // The groups have no block in common.
  for (std::vector<Candidate> &group : getGroups(numbers))
    for (const Tail &tail : findTails(group)) {
      if (auto remark = remarks.passed(tail.blocks.front()->getTerminator(),
                                       "TailsMerged"))
        remark << RemarkValue("Blocks", tail.blocks.size())
               << " blocks share their last "
               << RemarkValue("Instructions", tail.length)
               << " instructions, which saves "
               << RemarkValue("Saving", tail.gain) << " slots";
      merge(tail);
      changed = true;
    }
  return changed;
}

void TailMerger::run() {
  // Each round takes time in proportion to the function.
  constexpr unsigned maxRounds = 64;
  for (unsigned round = 0; round < maxRounds && runOnce(); ++round)
    simplifyBlocks(func);
}

namespace {
struct MergeTailsPass : public bpf::impl::BPFMergeTailsBase<MergeTailsPass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    if (func.getBody().hasOneBlock() || !RegisterForm::isPossible(func))
      return markAllAnalysesPreserved();
    eraseUnreachableBlocks(func);
    Provenance provenance(func);
    RegisterForm form(func);
    TailMerger(func, provenance).run();
  }
};
} // namespace
