//===- BranchThreading.cpp - edges past decided branches --------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Leads edges past branches whose outcome is known on them.
//
//===----------------------------------------------------------------------===//

#include "AvailableLoads.h"
#include "Conditions.h"
#include "RepeatedValue.h"
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_BRANCHTHREADINGPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

/// How often a body is gone through. Each time edges come nearer to where they
/// lead in the end.
static constexpr unsigned maxRounds = 8;

namespace {
struct BranchThreading
    : mlir::whistler::impl::BranchThreadingPassBase<BranchThreading> {
  using BranchThreadingPassBase::BranchThreadingPassBase;
  void runOnOperation() override;
};

/// The edges of a block, by what is known of its condition on them.
struct Outcomes {
  SmallVector<Edge> whenTrue, whenFalse;
  bool hasUndecided = false;
};

/// Threads the branches of one body.
class Threader {
public:
  Threader(Region &body, unsigned maxRepeated, const MemoryClobbers &clobbers)
      : body(body), maxRepeated(maxRepeated), clobbers(clobbers),
        rewriter(body.getContext()) {}
  void run();

private:
  bool runRound();
  bool visit(Block *block);
  bool isLoopHeader(Block *block);
  Outcomes decideEdges(Block *block, Value condition);
  Value resolveOnEdge(Value value, Block *block, Edge edge,
                      ArrayRef<Operation *> lasting);
  void dropUnused(Block *block);
  void leadOn(Block *block, Outcomes &outcomes);

  Region &body;
  unsigned maxRepeated;
  const MemoryClobbers &clobbers;
  IRRewriter rewriter;
  std::optional<Dominators> dominators;
  std::optional<AvailableLoads> available;
};
} // namespace

//===----------------------------------------------------------------------===//
// Block arguments
//===----------------------------------------------------------------------===//

static void dropKnownArguments(Region &body) {
  for (Block &block : llvm::drop_begin(body))
    for (unsigned i = block.getNumArguments(); i-- != 0;)
      if (Value only = getOnlyValue(block.getArgument(i)))
        dropArgument(block.getArgument(i), only);
}

//===----------------------------------------------------------------------===//
// What is repeated
//===----------------------------------------------------------------------===//

/// Whether an operation becomes no instruction of its own.
static bool isFree(Operation *op) {
  return op->hasTrait<OpTrait::ConstantLike>() ||
         isa<PtrCastOp, IntToPtrOp, PtrToIntOp, IndexOp, MapRefOp>(op);
}

/// The values that `block` defines.
static SmallVector<Value> getDefinedValues(Block *block) {
  SmallVector<Value> values(block->getArguments());
  for (Operation &op : *block)
    llvm::append_range(values, op.getResults());
  return values;
}

/// The operations of `block` that do more than compute its condition.
static SmallVector<Operation *> getLasting(Block *block) {
  DenseSet<Operation *> needed;
  SmallVector<Operation *> lasting;
  auto branch = cast<cf::CondBranchOp>(block->getTerminator());
  for (Value operand : llvm::drop_begin(branch->getOperands()))
    if (Operation *op = operand.getDefiningOp())
      needed.insert(op);
  for (Operation &op : llvm::drop_begin(llvm::reverse(*block))) {
    bool isNeeded = needed.contains(&op) || !wouldOpBeTriviallyDead(&op) ||
                    op.isUsedOutsideOfBlock(block);
    if (!isNeeded)
      continue;
    lasting.push_back(&op);
    for (Value operand : op.getOperands())
      if (Operation *definition = operand.getDefiningOp())
        needed.insert(definition);
  }
  return lasting;
}

/// Whether `block` may be repeated for edges with a known outcome. An edge
/// that stays has to pay for what is there twice then.
static bool isWorthRepeating(Block *block, bool hasUndecided,
                             unsigned maxRepeated) {
  unsigned cost = 0;
  for (Operation *op : getLasting(block)) {
    if (isa<AllocaOp, AsmOp>(op))
      return false;
    cost += isFree(op) ? 0 : 1;
  }
  return cost <= (hasUndecided ? 0 : maxRepeated) &&
         hasNearUses(block, getDefinedValues(block));
}

//===----------------------------------------------------------------------===//
// Threading
//===----------------------------------------------------------------------===//

bool Threader::isLoopHeader(Block *block) {
  return llvm::any_of(block->getPredecessors(), [&](Block *pred) {
    return dominators->dominates(block, pred);
  });
}

/// What `value` is in `block` when control comes along `edge`: the operand for
/// an argument, and for a load what is known to be there, unless it is among
/// the `lasting` operations of the block.
Value Threader::resolveOnEdge(Value value, Block *block, Edge edge,
                              ArrayRef<Operation *> lasting) {
  Operation *terminator = (*edge)->getTerminator();
  if (value.getParentBlock() != block)
    return value;
  if (auto arg = dyn_cast<BlockArgument>(value)) {
    Value operand =
        cast<BranchOpInterface>(terminator)
            .getSuccessorOperands(edge.getSuccessorIndex())[arg.getArgNumber()];
    return operand ? operand : value;
  }
  // What is loaded once more and used is another value to the verifier, which
  // has to see what it is compared with.
  Operation *load = value.getDefiningOp();
  if (!isa<LoadOp, CtxLoadOp>(load) || llvm::is_contained(lasting, load))
    return value;
  // Effects in the block itself could come in between.
  for (Operation &op : *block)
    if (&op == load)
      break;
    else if (!isMemoryEffectFree(&op) && !isa<LoadOp, CtxLoadOp>(op))
      return value;
  Value known = available->find(load, terminator);
  return known ? known : value;
}

/// Whether `condition` compares what `block` reads, so that nothing tells its
/// outcome that is known where control comes from. Most conditions of packet
/// filters do, and to find out what is known takes long.
static bool comparesNew(Value condition, Block *block, Resolver resolve) {
  auto cmp = condition.getDefiningOp<arith::CmpIOp>();
  Value value = cmp ? cmp.getLhs() : Value();
  while (value) {
    value = resolve(value);
    Operation *op = value.getDefiningOp();
    if (!op || op->getBlock() != block)
      return false;
    if (!isMemoryEffectFree(op))
      return true;
    // A number that stands for another condition is as known as that.
    bool isCast =
        isa<arith::ExtUIOp, arith::ExtSIOp, arith::TruncIOp, ByteSwapOp>(op) &&
        !op->getOperand(0).getType().isInteger(1);
    value = isCast ? op->getOperand(0) : Value();
  }
  return false;
}

Outcomes Threader::decideEdges(Block *block, Value condition) {
  Outcomes outcomes;
  SmallVector<Operation *> lasting = getLasting(block);
  for (Edge edge = block->pred_begin(); edge != block->pred_end(); ++edge) {
    bool isBranch = isa<BranchOpInterface>((*edge)->getTerminator());
    // The operands of a condition are compared with those of each known one.
    llvm::SmallDenseMap<Value, Value> resolved;
    auto resolve = [&](Value value) {
      if (!isBranch)
        return value;
      auto [found, isNew] = resolved.try_emplace(value);
      if (isNew)
        found->second = resolveOnEdge(value, block, edge, lasting);
      return found->second;
    };
    std::optional<bool> holds;
    if (isBranch && !comparesNew(condition, block, resolve))
      holds =
          KnownConditions::onEdge(edge, *dominators).decide(condition, resolve);
    if (!holds)
      outcomes.hasUndecided = true;
    else
      (*holds ? outcomes.whenTrue : outcomes.whenFalse).push_back(edge);
  }
  return outcomes;
}

/// Lets the end of a block go one way only.
static void setOutcome(IRRewriter &rewriter, cf::CondBranchOp branch,
                       bool holds) {
  rewriter.setInsertionPoint(branch);
  auto operands =
      holds ? branch.getTrueDestOperands() : branch.getFalseDestOperands();
  Block *target = holds ? branch.getTrueDest() : branch.getFalseDest();
  rewriter.replaceOpWithNewOp<cf::BranchOp>(branch, target, operands);
}

/// Drops what nobody uses. Constants are left to others.
void Threader::dropUnused(Block *block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(*block)))
    if (isOpTriviallyDead(&op)) {
      available->remove(&op);
      op.erase();
    }
}

void Threader::leadOn(Block *block, Outcomes &outcomes) {
  SmallVector<std::pair<Block *, IRMapping>> copies;
  auto repeat = [&](ArrayRef<Edge> edges, bool holds) {
    if (edges.empty())
      return;
    IRMapping mapping;
    Block *copy = rewriter.createBlock(&body, std::next(block->getIterator()));
    for (BlockArgument arg : block->getArguments())
      mapping.map(arg, copy->addArgument(arg.getType(), arg.getLoc()));
    for (Operation &op : *block)
      rewriter.clone(op, mapping);
    setOutcome(rewriter, cast<cf::CondBranchOp>(copy->getTerminator()), holds);
    SmallVector<std::pair<Operation *, unsigned>> ends;
    for (Edge edge : edges)
      ends.emplace_back((*edge)->getTerminator(), edge.getSuccessorIndex());
    for (auto [terminator, successor] : ends)
      terminator->setSuccessor(copy, successor);
    copies.emplace_back(copy, mapping);
  };
  dominators->notifyRepeated(block);
  // Edges are lists of uses, which change as soon as one is led elsewhere.
  bool isLeft = outcomes.hasUndecided;
  if (isLeft || !outcomes.whenFalse.empty())
    repeat(outcomes.whenTrue, true);
  if (isLeft)
    repeat(outcomes.whenFalse, false);
  if (!isLeft)
    setOutcome(rewriter, cast<cf::CondBranchOp>(block->getTerminator()),
               outcomes.whenFalse.empty());
  for (Value value : getDefinedValues(block)) {
    RepeatedValue repeated(value, block);
    for (auto &[copy, mapping] : copies)
      repeated.addDefinition(copy, mapping.lookup(value));
    repeated.rewriteUses();
  }
  for (auto &[copy, mapping] : copies)
    dropUnused(copy);
  dropUnused(block);
}

bool Threader::visit(Block *block) {
  auto branch = dyn_cast<cf::CondBranchOp>(block->getTerminator());
  if (!branch || block->isEntryBlock())
    return false;
  Value condition = branch.getCondition();
  auto resolve = [](Value value) { return value; };
  std::optional<bool> holds;
  if (!comparesNew(condition, block, resolve))
    holds =
        KnownConditions::inBlock(block, *dominators).decide(condition, resolve);
  if (holds) {
    setOutcome(rewriter, branch, *holds);
    dropUnused(block);
    return true;
  }
  if (isLoopHeader(block))
    return false;
  Outcomes outcomes = decideEdges(block, condition);
  bool isKnownSomewhere =
      !outcomes.whenTrue.empty() || !outcomes.whenFalse.empty();
  bool isSplit = outcomes.hasUndecided ||
                 (!outcomes.whenTrue.empty() && !outcomes.whenFalse.empty());
  if (!isKnownSomewhere)
    return false;
  if (isSplit && !isWorthRepeating(block, outcomes.hasUndecided, maxRepeated))
    return false;
  leadOn(block, outcomes);
  return true;
}

bool Threader::runRound() {
  (void)eraseUnreachableBlocks(rewriter, body);
  dropKnownArguments(body);
  dominators.emplace(body.getParentOp());
  available.emplace(body.getParentOp(), clobbers, *dominators);
  for (Operation &op : body.getOps())
    available->add(&op);
  SmallVector<Block *> blocks(llvm::make_pointer_range(body));
  bool hasChanged = false;
  for (Block *block : blocks)
    hasChanged |= visit(block);
  return hasChanged;
}

void Threader::run() {
  bool hasChanged = true;
  for (unsigned round = 0; hasChanged && round != maxRounds; ++round)
    hasChanged = runRound();
  if (hasChanged)
    (void)eraseUnreachableBlocks(rewriter, body);
}

void BranchThreading::runOnOperation() {
  MemoryClobbers clobbers(getOperation());
  forEachBody(getOperation(), [&](Operation *op) {
    Threader(op->getRegion(0), maxRepeated, clobbers).run();
  });
}
