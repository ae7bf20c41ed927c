//===- MergeComparisons.cpp - fields compared together ----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Compares fields with others that follow each other by wider loads.
//
//===----------------------------------------------------------------------===//

#include "MemoryClobbers.h"
#include "PacketBounds.h"
#include "StackPlaces.h"
#include "TestChain.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_MERGECOMPARISONSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

/// The bytes of the widest load.
static constexpr int64_t widest = 8;

namespace {
/// What is loaded from some bytes.
struct Field {
  Value base;
  int64_t offset;

  bool operator==(const Field &other) const {
    return base == other.base && offset == other.offset;
  }
};

/// Tests in a row of whether fields that follow each other are equal to others
/// that do.
struct FieldComparison {
  /// The first test, and how many there are.
  size_t first, count;
  Field left, right;
  /// Of all fields together.
  int64_t size;
  SmallVector<LoadOp> loads;

  static std::optional<FieldComparison> get(const TestChain &chain,
                                            size_t index);
  bool add(const FieldComparison &next);
  /// The bytes of the loads, some of which may be behind the fields.
  int64_t getWidth() const { return llvm::PowerOf2Ceil(size); }
};

/// Merges the tests of one chain.
class ComparisonMerger {
public:
  ComparisonMerger(const TestChain &chain, const MemoryClobbers &clobbers)
      : chain(chain), clobbers(clobbers) {}

  void run();

private:
  void findComparisons();
  bool isReadable(const Field &field, int64_t width, size_t index);
  bool canMerge(const FieldComparison &comparison);
  bool pays() const;
  Value load(const Field &field, const FieldComparison &comparison);
  void merge(const FieldComparison &comparison);

  const TestChain &chain;
  const MemoryClobbers &clobbers;
  SmallVector<FieldComparison> comparisons;
  /// The fields that are loaded already, shifted up if they are not as wide as
  /// the load.
  SmallVector<std::tuple<Field, int64_t, Value>> loaded;
};

struct MergeComparisons
    : mlir::whistler::impl::MergeComparisonsPassBase<MergeComparisons> {
  void runOnOperation() override;
};
} // namespace

static LoadOp getLoad(Value value) {
  if (auto ext = value.getDefiningOp<arith::ExtUIOp>())
    value = ext.getIn();
  auto load = value.getDefiningOp<LoadOp>();
  return load && !load.getField() && isa<IntegerType>(load.getType())
             ? load
             : LoadOp();
}

static AddressSpace getSpace(Value pointer) {
  return cast<PtrType>(pointer.getType()).getSpace();
}

std::optional<FieldComparison> FieldComparison::get(const TestChain &chain,
                                                    size_t index) {
  auto cmp = chain.getCondition(index).getDefiningOp<arith::CmpIOp>();
  if (!cmp)
    return std::nullopt;
  arith::CmpIPredicate equal = chain.passesOnTrue(index)
                                   ? arith::CmpIPredicate::eq
                                   : arith::CmpIPredicate::ne;
  LoadOp left = getLoad(cmp.getLhs());
  LoadOp right = getLoad(cmp.getRhs());
  if (cmp.getPredicate() != equal || !left || !right ||
      left.getType() != right.getType())
    return std::nullopt;
  return FieldComparison{index,
                         1,
                         {left.getBase(), left.getOffset()},
                         {right.getBase(), right.getOffset()},
                         getSizeInBytes(left.getType()),
                         {left, right}};
}

/// Adds the test behind these if it is of the next fields.
bool FieldComparison::add(const FieldComparison &next) {
  auto follows = [&](const Field &low, const Field &high) {
    return high == Field{low.base, low.offset + size};
  };
  bool isInOrder = follows(left, next.left) && follows(right, next.right);
  bool isCrossed = follows(left, next.right) && follows(right, next.left);
  if (first + count != next.first || size + next.size > widest ||
      (!isInOrder && !isCrossed))
    return false;
  ++count;
  size += next.size;
  llvm::append_range(loads, next.loads);
  return true;
}

void ComparisonMerger::findComparisons() {
  for (size_t index = 0; index != chain.size(); ++index) {
    std::optional<FieldComparison> next = FieldComparison::get(chain, index);
    if (next && (comparisons.empty() || !comparisons.back().add(*next)))
      comparisons.push_back(*next);
  }
  llvm::erase_if(comparisons, [&](const FieldComparison &comparison) {
    return comparison.count == 1 || !canMerge(comparison);
  });
}

/// Whether `width` bytes from `field` on can be read at the test `index`.
bool ComparisonMerger::isReadable(const Field &field, int64_t width,
                                  size_t index) {
  if (!canAccess(field.base, field.offset, width))
    return false;
  if (getSpace(field.base) == AddressSpace::Packet)
    return isInPacket(field.base, field.offset + width, chain.getBlock(index));
  return isInMapValue(field.base, field.offset, width);
}

bool ComparisonMerger::canMerge(const FieldComparison &comparison) {
  size_t last = comparison.first + comparison.count - 1;
  int64_t width = comparison.getWidth();
  auto isUnchanged = [&](LoadOp load) {
    return !clobbers.mayClobberBetween(load, chain.getBranch(last),
                                       getSpace(load.getBase()));
  };
  return isReadable(comparison.left, width, last) &&
         isReadable(comparison.right, width, last) &&
         llvm::all_of(comparison.loads, isUnchanged);
}

/// Whether merging all comparisons takes fewer instructions.
bool ComparisonMerger::pays() const {
  DenseSet<Operation *> replaced;
  SmallVector<std::pair<Field, int64_t>> fields;
  size_t before = 0, after = 0;
  for (const FieldComparison &comparison : comparisons) {
    for (size_t index : llvm::seq(comparison.count))
      replaced.insert(
          chain.getCondition(comparison.first + index).getDefiningOp());
    before += comparison.count;
    ++after;
    for (const Field &field : {comparison.left, comparison.right}) {
      std::pair<Field, int64_t> key = {field, comparison.size};
      if (llvm::is_contained(fields, key))
        continue;
      fields.push_back(key);
      after += comparison.size == comparison.getWidth() ? 1 : 2;
    }
  }
  // A load goes if nothing else needs it.
  auto isReplaced = [&](Operation *user) {
    return replaced.contains(user) ||
           (isa<arith::ExtUIOp>(user) &&
            llvm::all_of(user->getUsers(), [&](Operation *other) {
              return replaced.contains(other);
            }));
  };
  llvm::SetVector<Operation *> loads;
  for (const FieldComparison &comparison : comparisons)
    for (LoadOp load : comparison.loads)
      loads.insert(load);
  before += llvm::count_if(loads, [&](Operation *load) {
    return llvm::all_of(load->getUsers(), isReplaced);
  });
  return after < before;
}

/// What is in `field`, in the upper bytes if there are more.
Value ComparisonMerger::load(const Field &field,
                             const FieldComparison &comparison) {
  for (auto &[other, size, value] : loaded)
    if (other == field && size == comparison.size)
      return value;
  Operation *end = chain.getBranch(comparison.first + comparison.count - 1);
  OpBuilder builder(end);
  Location loc = chain.getBranch(comparison.first).getLoc();
  int64_t width = comparison.getWidth();
  Value value = LoadOp::create(builder, loc, builder.getIntegerType(8 * width),
                               field.base, field.offset);
  if (width != comparison.size) {
    Type word = builder.getIntegerType(8 * width);
    Value count = arith::ConstantOp::create(
        builder, loc,
        builder.getIntegerAttr(word, 8 * (width - comparison.size)));
    value = arith::ShLIOp::create(builder, loc, value, count);
  }
  loaded.push_back({field, comparison.size, value});
  return value;
}

/// Makes the last test compare all fields, and the others pass.
void ComparisonMerger::merge(const FieldComparison &comparison) {
  Value left = load(comparison.left, comparison);
  Value right = load(comparison.right, comparison);
  size_t last = comparison.first + comparison.count - 1;
  for (size_t index = comparison.first; index <= last; ++index) {
    cf::CondBranchOp branch = chain.getBranch(index);
    OpBuilder builder(branch);
    bool passesOnTrue = chain.passesOnTrue(index);
    Value condition;
    if (index == last)
      condition = arith::CmpIOp::create(builder, branch.getLoc(),
                                        passesOnTrue ? arith::CmpIPredicate::eq
                                                     : arith::CmpIPredicate::ne,
                                        left, right);
    else
      condition = arith::ConstantOp::create(builder, branch.getLoc(),
                                            builder.getBoolAttr(passesOnTrue));
    branch.getConditionMutable().assign(condition);
  }
}

void ComparisonMerger::run() {
  findComparisons();
  if (!comparisons.empty() && pays())
    for (const FieldComparison &comparison : comparisons)
      merge(comparison);
}

void MergeComparisons::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    MemoryClobbers clobbers(body);
    // A test is looked at as part of the first chain that has it.
    DenseSet<Block *> seen;
    for (Block &block : body->getRegion(0))
      for (bool passesOnTrue : {true, false}) {
        if (seen.contains(&block))
          break;
        TestChain chain = TestChain::find(&block, passesOnTrue);
        if (chain.size() < 2)
          continue;
        for (size_t index : llvm::seq(chain.size()))
          seen.insert(chain.getBlock(index));
        ComparisonMerger(chain, clobbers).run();
      }
    eraseDeadOperations(body);
  });
}
