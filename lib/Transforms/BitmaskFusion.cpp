//===- BitmaskFusion.cpp - several tests as one -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Makes one mask and comparison of tests that follow each other and fail in the
// same way, and one load of fields that are next to each other.
//
//===----------------------------------------------------------------------===//

#include "MaskedTest.h"
#include "PacketBounds.h"
#include "TestChain.h"
#include "TestRuns.h"
#include "Whistler/Dialect/PassRemarks.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_BITMASKFUSIONPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

static constexpr ::whistler::PassRemarks remarks("whistler-bitmask-fusion");
using ::whistler::RemarkValue;

namespace {
struct BitmaskFusion
    : mlir::whistler::impl::BitmaskFusionPassBase<BitmaskFusion> {
  void runOnOperation() override;
};

/// A branch that control passes where a test succeeds.
struct TestBranch {
  cf::CondBranchOp branch;
  MaskedTest test;
  /// Which of the two successors control comes to where the test succeeds.
  bool passesOnTrue;

  Block *getPassed() const {
    return passesOnTrue ? cf::CondBranchOp(branch).getTrueDest()
                        : cf::CondBranchOp(branch).getFalseDest();
  }
  Block *getFailed() const {
    return passesOnTrue ? cf::CondBranchOp(branch).getFalseDest()
                        : cf::CondBranchOp(branch).getTrueDest();
  }
  OperandRange getFailedOperands() const {
    return passesOnTrue ? cf::CondBranchOp(branch).getFalseDestOperands()
                        : cf::CondBranchOp(branch).getTrueDestOperands();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Tests
//===----------------------------------------------------------------------===//

/// The branch at the end of `block` as a test that passes on equality.
static std::optional<TestBranch> getTestBranch(Block *block) {
  auto branch = dyn_cast<cf::CondBranchOp>(block->getTerminator());
  if (!branch || branch.getTrueDest() == branch.getFalseDest())
    return std::nullopt;
  auto cmp = branch.getCondition().getDefiningOp<arith::CmpIOp>();
  std::optional<MaskedTest> test = cmp ? MaskedTest::get(cmp) : std::nullopt;
  if (!test)
    return std::nullopt;
  // Behind a swap the value may be in another register.
  constexpr unsigned maxSteps = 16;
  for (unsigned step = 0; step < maxSteps; ++step) {
    if (test->value.getDefiningOp<ByteSwapOp>())
      break;
    std::optional<MaskedTest> next = test->peel();
    if (!next)
      break;
    test = next;
  }
  return TestBranch{branch, *test, !isNegated(cmp)};
}

/// The same branch with the successors in other roles. A bit that is not set is
/// clear.
static std::optional<TestBranch> getOpposite(const TestBranch &test) {
  if (!test.test.mask.isPowerOf2())
    return std::nullopt;
  TestBranch opposite = test;
  opposite.test.expected ^= opposite.test.mask;
  opposite.passesOnTrue = !test.passesOnTrue;
  return opposite;
}

/// Whether both branches go to the same place, with the same operands, where
/// their tests fail.
static bool failAlike(const TestBranch &first, const TestBranch &second) {
  return first.getFailed() == second.getFailed() &&
         llvm::equal(first.getFailedOperands(), second.getFailedOperands());
}

/// Both tests of one value at once; none if they contradict each other.
static std::optional<MaskedTest> combine(const MaskedTest &first,
                                         const MaskedTest &second) {
  APInt common = first.mask & second.mask;
  if ((first.expected & common) != (second.expected & common))
    return std::nullopt;
  return MaskedTest{first.value, first.mask | second.mask,
                    first.expected | second.expected};
}

//===----------------------------------------------------------------------===//
// Fields next to each other
//===----------------------------------------------------------------------===//

/// Whether `value` is used only to find out the outcome of `branch`.
static bool isOnlyTested(Value value, cf::CondBranchOp branch) {
  for (;;) {
    if (!value.hasOneUse())
      return false;
    Operation *user = *value.getUsers().begin();
    if (user == branch.getOperation())
      return true;
    if (user->getNumResults() != 1)
      return false;
    value = user->getResult(0);
  }
}

/// The load that a test is made on, if that is one from the packet. Only there
/// is no alignment asked for.
static LoadOp getPacketLoad(const MaskedTest &test) {
  auto load = test.value.getDefiningOp<LoadOp>();
  bool isPacket = load && !load.getField() &&
                  cast<PtrType>(load.getBase().getType()).getSpace() ==
                      AddressSpace::Packet;
  return isPacket ? load : LoadOp();
}

static int64_t getSize(LoadOp load) {
  return load.getType().getIntOrFloatBitWidth() / 8;
}

namespace {
/// A load of both fields that two tests are made on.
struct WideTest {
  int64_t offset;
  MaskedTest test;
};
} // namespace

/// The tests of two fields as one of what a load of both would yield; its value
/// is that of the first test.
static std::optional<WideTest> widen(const MaskedTest &first,
                                     const MaskedTest &second) {
  LoadOp firstLoad = getPacketLoad(first), secondLoad = getPacketLoad(second);
  if (!firstLoad || !secondLoad || firstLoad.getBase() != secondLoad.getBase())
    return std::nullopt;
  int64_t start = std::min(firstLoad.getOffset(), secondLoad.getOffset());
  int64_t end = std::max(firstLoad.getOffset() + getSize(firstLoad),
                         secondLoad.getOffset() + getSize(secondLoad));
  int64_t size = llvm::PowerOf2Ceil(end - start);
  if (size > 8)
    return std::nullopt;
  if (!isInPacket(firstLoad.getBase(), start + size, firstLoad->getBlock()))
    return std::nullopt;
  auto place = [&](const MaskedTest &test, LoadOp load) {
    unsigned shift = 8 * (load.getOffset() - start);
    return MaskedTest{first.value, test.mask.zext(8 * size).shl(shift),
                      test.expected.zext(8 * size).shl(shift)};
  };
  std::optional<MaskedTest> both =
      combine(place(first, firstLoad), place(second, secondLoad));
  if (!both)
    return std::nullopt;
  return WideTest{start, *both};
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Whether all that is in `block`, `moved` included, can be executed where
/// another block ends. Addresses stay where they are: the test in front may be
/// what bounds a part of them.
static bool canMerge(Block *block, LoadOp moved) {
  return llvm::all_of(block->without_terminator(), [&](Operation &op) {
    bool isNumber = isa<ByteSwapOp>(op) ||
                    isa_and_nonnull<arith::ArithDialect>(op.getDialect());
    return &op == moved.getOperation() || (isNumber && isPure(&op));
  });
}

/// Whether nothing behind `op` in its block writes to memory.
static bool isReadOnlyBehind(Operation *op) {
  for (Operation *next = op->getNextNode(); next; next = next->getNextNode())
    if (!isa<LoadOp, CtxLoadOp>(next) && !isPure(next) &&
        !next->hasTrait<OpTrait::IsTerminator>())
      return false;
  return true;
}

/// Makes the branch of `first` decide what both branches decide, by `test`, and
/// `first` the result.
static void fuse(TestBranch &first, const TestBranch &second,
                 const MaskedTest &test) {
  Block *merged = first.getPassed();
  cf::CondBranchOp branch = first.branch;
  for (Operation &op : llvm::make_early_inc_range(merged->without_terminator()))
    op.moveBefore(branch);
  OpBuilder builder(branch);
  Location loc = branch.getCondition().getLoc();
  cf::CondBranchOp last = second.branch;
  Value condition = test.create(builder, loc, !second.passesOnTrue);
  auto fused = cf::CondBranchOp::create(
      builder, branch.getLoc(), condition, last.getTrueDest(),
      last.getTrueDestOperands(), last.getFalseDest(),
      last.getFalseDestOperands());
  first = TestBranch{fused, test, second.passesOnTrue};
  Operation *old = branch.getCondition().getDefiningOp();
  Operation *oldSecond = last.getCondition().getDefiningOp();
  branch.erase();
  merged->erase();
  // Both branches may have been on one comparison.
  eraseUnused(old);
  if (oldSecond != old)
    eraseUnused(oldSecond);
}

/// How many slots a test takes, with a copy of the value where that is needed
/// in addition to what is left of it.
static std::optional<unsigned> getSlots(const MaskedTest &test, bool isKept) {
  std::optional<unsigned> cost = test.getCost();
  if (cost && isKept && test.needsMask())
    ++*cost;
  return cost;
}

/// Tests of the same value, one after the other, that fail alike.
static SmallVector<TestBranch> findChain(TestBranch first) {
  SmallVector<TestBranch> chain = {first};
  // A value has no more bits.
  while (chain.size() < 64) {
    Block *next = chain.back().getPassed();
    // Unreachable blocks may be a circle.
    if (next == first.branch->getBlock() || !next->getSinglePredecessor() ||
        next->getNumArguments() != 0 || !canMerge(next, LoadOp()))
      return chain;
    std::optional<TestBranch> test = getTestBranch(next);
    if (test && !failAlike(first, *test))
      test = getOpposite(*test);
    if (!test || test->test.value != first.test.value ||
        !failAlike(first, *test))
      return chain;
    chain.push_back(*test);
  }
  return chain;
}

/// How many tests of the chain, from the first on, to make one of.
static size_t findBestLength(ArrayRef<TestBranch> chain) {
  const MaskedTest &first = chain.front().test;
  size_t numUses = llvm::range_size(first.value.getUses());
  size_t best = 1;
  int bestGain = 0;
  MaskedTest all = first;
  int before = first.getCost().value_or(0);
  for (size_t length = 2; length <= chain.size(); ++length) {
    const MaskedTest &next = chain[length - 1].test;
    std::optional<MaskedTest> both = combine(all, next);
    if (!both)
      break;
    all = *both;
    before += next.getCost().value_or(0);
    std::optional<unsigned> after = getSlots(all, numUses > length);
    if (after && before - int(*after) > bestGain) {
      bestGain = before - int(*after);
      best = length;
    }
  }
  return best;
}

/// Tells how many tests of a chain become one.
static void report(ArrayRef<TestBranch> chain, size_t length) {
  Operation *place = chain.front().branch;
  if (length > 1) {
    if (auto remark = remarks.passed(place, "TestsFused"))
      remark << RemarkValue("Tests", length)
             << " tests of one value become one";
    return;
  }
  if (auto remark = remarks.missed(place, "TestsKept"))
    remark << RemarkValue("Tests", chain.size())
           << " tests of one value stay apart: one test would contradict "
              "itself or take as many instructions";
}

/// Makes one of the tests of one value that follow the one at the end of
/// `block`. Returns whether there are any.
static bool fuseSameValue(TestBranch first, SmallPtrSetImpl<Block *> &merged) {
  SmallVector<TestBranch> chain = findChain(first);
  size_t length = findBestLength(chain);
  if (chain.size() > 1)
    report(chain, length);
  if (length < 2)
    return false;
  // Each time the first block takes in the next one, and its test.
  for (size_t index = 1; index < length; ++index) {
    MaskedTest test = *combine(first.test, chain[index].test);
    merged.insert(first.getPassed());
    fuse(first, chain[index], test);
  }
  return true;
}

/// Tells why two fields are tested one by one that one load could be of.
static void reportApart(LoadOp first, LoadOp second, bool canWiden) {
  int64_t start = std::min(first.getOffset(), second.getOffset());
  int64_t end = std::max(first.getOffset() + getSize(first),
                         second.getOffset() + getSize(second));
  if (first.getBase() != second.getBase() || end - start > 8)
    return;
  if (auto remark = remarks.missed(first, "FieldsKept"))
    remark << "this field and the next one are tested one by one: "
           << RemarkValue("Reason", canWiden
                                        ? "one test of both takes as many "
                                          "instructions"
                                        : "the packet is not known to have the "
                                          "bytes that one load of both reads");
}

/// How many slots two tests of fields take, with the loads that are only for
/// them.
static unsigned getSlotsApart(const TestBranch &first, LoadOp firstLoad,
                              const TestBranch &second, LoadOp secondLoad) {
  return first.test.getCost().value_or(0) + second.test.getCost().value_or(0) +
         isOnlyTested(firstLoad.getResult(), first.branch) +
         isOnlyTested(secondLoad.getResult(), second.branch);
}

/// Makes one test of the one at the end of `block` and the next one, if they
/// are of fields next to each other and one load takes fewer slots.
static bool fuseFields(TestBranch first, SmallPtrSetImpl<Block *> &merged) {
  Block *next = first.getPassed();
  if (next == first.branch->getBlock() || !next->getSinglePredecessor() ||
      next->getNumArguments() != 0)
    return false;
  std::optional<TestBranch> second = getTestBranch(next);
  if (second && !failAlike(first, *second))
    second = getOpposite(*second);
  if (!second || !failAlike(first, *second))
    return false;
  LoadOp firstLoad = getPacketLoad(first.test);
  LoadOp secondLoad = getPacketLoad(second->test);
  if (!firstLoad || !secondLoad ||
      firstLoad->getBlock() != first.branch->getBlock() ||
      secondLoad->getBlock() != next || !canMerge(next, secondLoad) ||
      !isReadOnlyBehind(firstLoad))
    return false;
  std::optional<WideTest> wide = widen(first.test, second->test);
  std::optional<unsigned> after = wide ? wide->test.getCost() : std::nullopt;
  unsigned before = getSlotsApart(first, firstLoad, *second, secondLoad);
  if (!after || *after + 1 >= before) {
    reportApart(firstLoad, secondLoad, wide && after);
    return false;
  }
  if (auto remark = remarks.passed(firstLoad, "FieldsFused"))
    remark << "tests of two fields become one test of "
           << RemarkValue("Bytes", wide->test.mask.getBitWidth() / 8)
           << " bytes";
  OpBuilder builder(firstLoad);
  wide->test.value =
      LoadOp::create(builder, firstLoad.getLoc(),
                     builder.getIntegerType(wide->test.mask.getBitWidth()),
                     firstLoad.getBase(), int32_t(wide->offset));
  merged.insert(next);
  fuse(first, *second, wide->test);
  return true;
}

/// Whether one test of both takes fewer slots than the two.
static bool paysToFuse(const TestBranch &first, const TestBranch &second) {
  LoadOp firstLoad = getPacketLoad(first.test);
  LoadOp secondLoad = getPacketLoad(second.test);
  if (!firstLoad || !secondLoad || firstLoad == secondLoad ||
      firstLoad->getBlock() != first.branch->getBlock() ||
      secondLoad->getBlock() != second.branch->getBlock() ||
      !isReadOnlyBehind(firstLoad))
    return false;
  std::optional<WideTest> wide = widen(first.test, second.test);
  std::optional<unsigned> after = wide ? wide->test.getCost() : std::nullopt;
  return after &&
         *after + 1 < getSlotsApart(first, firstLoad, second, secondLoad);
}

/// Makes a test of a field next to the one that `first` looks at follow it, if
/// there is one behind other tests that fail alike. Returns whether there is.
static bool bringNear(const TestBranch &first) {
  Block *block = first.branch->getBlock();
  TestChain chain = TestChain::find(block, first.passesOnTrue);
  // The field may be read where the one next to it is: both are in the packet,
  // and behind the first test nothing is written.
  auto canLoad = [&](Operation *op) {
    auto load = cast<LoadOp>(op);
    return isInPacket(load.getBase(), load.getOffset() + getSize(load), block);
  };
  for (size_t index = 2; index < chain.size(); ++index) {
    std::optional<TestBranch> test = getTestBranch(chain.getBlock(index));
    if (test && test->passesOnTrue != chain.passesOnTrue(index))
      test = getOpposite(*test);
    if (test && paysToFuse(first, *test) && chain.move(index, 1, canLoad))
      return true;
  }
  return false;
}

/// Fuses what follows the end of `block` with it, and adds those blocks to
/// `merged`.
static void fuseBlock(Block *block, SmallPtrSetImpl<Block *> &merged) {
  for (bool hasChanged = true; hasChanged;) {
    hasChanged = false;
    std::optional<TestBranch> test = getTestBranch(block);
    if (!test)
      return;
    SmallVector<TestBranch, 2> roles = {*test};
    if (std::optional<TestBranch> opposite = getOpposite(*test))
      roles.push_back(*opposite);
    for (const TestBranch &role : roles) {
      bool isFused = fuseSameValue(role, merged) || fuseFields(role, merged) ||
                     (bringNear(role) && fuseFields(role, merged));
      if (!isFused)
        continue;
      hasChanged = true;
      break;
    }
  }
}

void BitmaskFusion::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    // A block takes in blocks that may stand before it, or behind.
    SmallVector<Block *> blocks(llvm::make_pointer_range(body->getRegion(0)));
    llvm::SmallPtrSet<Block *, 16> merged;
    for (Block *block : blocks)
      if (!merged.contains(block))
        fuseBlock(block, merged);
    fuseTestRuns(body);
    eraseDeadOperations(body);
  });
}
