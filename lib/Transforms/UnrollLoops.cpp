//===- UnrollLoops.cpp - rounds one after the other -------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Replaces a loop by its rounds where these are not longer.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_UNROLLLOOPSPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

/// The number of rounds after which a loop stays as it is.
static constexpr unsigned maxRounds = 64;

//===----------------------------------------------------------------------===//
// What operations cost
//===----------------------------------------------------------------------===//

/// Whether the register of `value` cannot be overwritten by `op`.
static bool isNeededAfter(Value value, Operation *op) {
  Block *block = op->getBlock();
  return value.getParentBlock() != block ||
         llvm::any_of(value.getUsers(), [&](Operation *user) {
           return user->getBlock() != block || op->isBeforeInBlock(user);
         });
}

/// The slots of an instruction that replaces its first operand, or either one
/// if `isCommutative`. Constants are part of it.
static unsigned getTwoAddressSlots(Operation *op, bool isCommutative) {
  Value first = op->getOperand(0);
  Value second = op->getOperand(1);
  bool needsCopy = isNeededAfter(first, op);
  if (isCommutative && needsCopy && !matchPattern(second, m_Constant()))
    needsCopy = isNeededAfter(second, op);
  return needsCopy ? 2 : 1;
}

/// How many slots `op` takes, if that is known before code is selected.
static std::optional<unsigned> getSlots(Operation *op) {
  return llvm::TypeSwitch<Operation *, std::optional<unsigned>>(op)
      .Case<arith::ConstantOp, arith::ExtUIOp, arith::TruncIOp>(
          [](Operation *) { return 0; })
      .Case<arith::AddIOp, arith::MulIOp, arith::AndIOp, arith::OrIOp,
            arith::XOrIOp>(
          [](Operation *op) { return getTwoAddressSlots(op, true); })
      .Case<arith::SubIOp, arith::ShLIOp, arith::ShRUIOp>(
          [](Operation *op) { return getTwoAddressSlots(op, false); })
      .Case([](PtrAddOp op) {
        // A constant becomes the offset of an access.
        return matchPattern(op.getOffset(), m_Constant())
                   ? 0
                   : getTwoAddressSlots(op, true);
      })
      .Case<LoadOp, StoreOp, ByteSwapOp, cf::CondBranchOp>(
          [](Operation *) { return 1; })
      .Case([](arith::CmpIOp op) -> std::optional<unsigned> {
        // It is part of the branch.
        bool isTest =
            llvm::all_of(op->getUsers(), llvm::IsaPred<cf::CondBranchOp>);
        return isTest ? std::optional(0u) : std::nullopt;
      })
      .Default([](Operation *) { return std::nullopt; });
}

/// How many slots the operations of `block` take, if that is known.
static std::optional<unsigned> countSlots(Block &block) {
  unsigned result = 0;
  for (Operation &op : block) {
    std::optional<unsigned> slots = getSlots(&op);
    if (!slots)
      return std::nullopt;
    result += *slots;
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

namespace {
/// The rounds of a loop of one block.
class Rounds {
public:
  explicit Rounds(Block *loop);

  /// Adds one after the other until the loop is left. False if that takes more
  /// than `maxSlots`, or is not known.
  bool add(unsigned maxSlots);

  /// Puts the rounds in the place of the loop.
  void replaceLoop();

  /// How many values of the loop are constants at first.
  unsigned getNumConstants() const { return numConstants; }

private:
  std::optional<bool> addOne();

  Block *loop;
  cf::CondBranchOp branch;
  /// What the values of the loop are in the last round.
  IRMapping values;
  unsigned numConstants = 0;
  std::unique_ptr<Block> block = std::make_unique<Block>();
  OpBuilder builder;
};

struct UnrollLoops : mlir::whistler::impl::UnrollLoopsPassBase<UnrollLoops> {
  void runOnOperation() override;
};
} // namespace

/// The constant that `argument` of a loop is in the first round, or null.
static Value getFirstConstant(BlockArgument argument) {
  Block *loop = argument.getOwner();
  Attribute common;
  Value constant;
  for (auto it = loop->pred_begin(); it != loop->pred_end(); ++it) {
    if (*it == loop)
      continue;
    auto branch = dyn_cast<BranchOpInterface>((*it)->getTerminator());
    if (!branch)
      return nullptr;
    Value operand = branch.getSuccessorOperands(
        it.getSuccessorIndex())[argument.getArgNumber()];
    Attribute attribute;
    if (!operand || !matchPattern(operand, m_Constant(&attribute)) ||
        (common && attribute != common))
      return nullptr;
    common = attribute;
    constant = operand;
  }
  return constant;
}

Rounds::Rounds(Block *loop)
    : loop(loop), branch(cast<cf::CondBranchOp>(loop->getTerminator())),
      builder(branch.getContext()) {
  builder.setInsertionPointToEnd(block.get());
  for (BlockArgument argument : loop->getArguments()) {
    Value first = block->addArgument(argument.getType(), argument.getLoc());
    if (Value constant = getFirstConstant(argument)) {
      first = builder.clone(*constant.getDefiningOp())->getResult(0);
      ++numConstants;
    }
    values.map(argument, first);
  }
}

/// Adds a round. Returns whether another one follows, if that is known.
std::optional<bool> Rounds::addOne() {
  for (Operation &op : loop->without_terminator()) {
    Operation *copy = builder.clone(op, values);
    SmallVector<Value> folded;
    if (failed(builder.tryFold(copy, folded)) || folded.empty())
      continue;
    values.map(op.getResults(), folded);
    copy->erase();
  }
  APInt condition;
  if (!matchPattern(values.lookupOrDefault(branch.getCondition()),
                    m_ConstantInt(&condition)))
    return std::nullopt;
  bool goesBack = branch.getSuccessor(condition.isZero() ? 1 : 0) == loop;
  if (!goesBack)
    return false;
  // All at once: the arguments can depend on each other.
  SmallVector<Value> next;
  for (Value operand : branch.getSuccessorOperands(condition.isZero() ? 1 : 0)
                           .getForwardedOperands())
    next.push_back(values.lookupOrDefault(operand));
  for (auto [argument, value] : llvm::zip_equal(loop->getArguments(), next))
    values.map(argument, value);
  return true;
}

bool Rounds::add(unsigned maxSlots) {
  for (unsigned round = 0; round < maxRounds; ++round) {
    std::optional<bool> goesOn = addOne();
    if (!goesOn || countSlots(*block).value_or(UINT_MAX) > maxSlots)
      return false;
    if (!*goesOn)
      return true;
  }
  return false;
}

void Rounds::replaceLoop() {
  unsigned index = branch.getTrueDest() == loop ? 1 : 0;
  SmallVector<Value> operands;
  for (Value operand :
       branch.getSuccessorOperands(index).getForwardedOperands())
    operands.push_back(values.lookupOrDefault(operand));
  cf::BranchOp::create(builder, branch.getLoc(), branch->getSuccessor(index),
                       operands);
  branch.erase();
  auto replace = [&](Value value) {
    value.replaceUsesWithIf(values.lookup(value), [&](OpOperand &use) {
      return use.getOwner()->getBlock() != loop;
    });
  };
  llvm::for_each(loop->getArguments(), replace);
  for (Operation &op : *loop)
    llvm::for_each(op.getResults(), replace);
  loop->replaceAllUsesWith(block.get());
  loop->getParent()->getBlocks().insert(loop->getIterator(), block.release());
  loop->erase();
}

static bool isLoop(Block &block) {
  auto branch = dyn_cast<cf::CondBranchOp>(block.getTerminator());
  return branch &&
         (branch.getTrueDest() == &block) != (branch.getFalseDest() == &block);
}

static bool unrollLoop(Block &loop) {
  std::optional<unsigned> slots = countSlots(loop);
  if (!slots)
    return false;
  Rounds rounds(&loop);
  // Without the loop, nothing has to be set in front of it.
  if (!rounds.add(*slots + rounds.getNumConstants()))
    return false;
  rounds.replaceLoop();
  return true;
}

void UnrollLoops::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    bool hasChanged = false;
    for (Block &block : llvm::make_early_inc_range(body->getRegion(0)))
      if (isLoop(block))
        hasChanged |= unrollLoop(block);
    // Folding leaves constants behind.
    if (hasChanged)
      eraseDeadOperations(body);
  });
}
