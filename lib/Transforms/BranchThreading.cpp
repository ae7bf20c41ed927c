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
#include "Whistler/Transforms/Passes.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_BRANCHTHREADINGPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

/// How often a body is gone through. Each time edges come nearer to where they
/// lead in the end.
static constexpr unsigned maxRounds = 8;

/// The most blocks in which uses of a repeated value are looked for.
static constexpr size_t maxRegion = 256;

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

/// A value that several blocks define after one of them was repeated, and what
/// each of its uses is given instead.
class RepeatedValue {
public:
  RepeatedValue(Value original, Block *block) : original(original) {
    atEnd[block] = original;
  }
  void addDefinition(Block *block, Value value) { atEnd[block] = value; }

  /// Gives the uses outside of the defining blocks what comes to them.
  void rewriteUses();

private:
  /// Gives arguments to the blocks between the uses and the definitions where
  /// several edges meet.
  void addArguments(ArrayRef<OpOperand *> uses);
  /// What comes to the end of `block`.
  Value getAtEnd(Block *block);
  Value getAtEntry(Block *block);
  /// Drops arguments that are given one value only.
  void dropArguments();

  Value original;
  DenseMap<Block *, Value> atEnd;
  llvm::MapVector<Block *, BlockArgument> arguments;
};

/// Threads the branches of one body.
class Threader {
public:
  Threader(Region &body, unsigned maxRepeated, MemoryClobbers &clobbers)
      : body(body), maxRepeated(maxRepeated), clobbers(clobbers),
        rewriter(body.getContext()) {}
  void run();

private:
  void decideValues();
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
  MemoryClobbers &clobbers;
  IRRewriter rewriter;
  std::optional<Dominators> dominators;
  std::optional<AvailableLoads> available;
};
} // namespace

//===----------------------------------------------------------------------===//
// Block arguments
//===----------------------------------------------------------------------===//

/// The operands of `edge`.
static SuccessorOperands getOperands(Edge edge) {
  return cast<BranchOpInterface>((*edge)->getTerminator())
      .getSuccessorOperands(edge.getSuccessorIndex());
}

/// The value that all edges give `arg`, if it is one; null otherwise.
static Value getOnlyValue(BlockArgument arg) {
  Value only;
  Attribute constant;
  Block *block = arg.getOwner();
  for (Edge edge = block->pred_begin(); edge != block->pred_end(); ++edge) {
    Value operand = getOperands(edge)[arg.getArgNumber()];
    if (operand == arg || operand == only)
      continue;
    Attribute other;
    if (only && (!matchPattern(only, m_Constant(&constant)) ||
                 !matchPattern(operand, m_Constant(&other)) ||
                 constant != other || only.getType() != operand.getType()))
      return {};
    only = operand;
  }
  return only;
}

/// Replaces `arg` by the value that all edges give it.
static void dropArgument(BlockArgument arg, Value only) {
  Block *block = arg.getOwner();
  unsigned number = arg.getArgNumber();
  // Alike constants need not be the same operation.
  if (Operation *op = only.getDefiningOp();
      op && op->hasTrait<OpTrait::ConstantLike>()) {
    OpBuilder builder = OpBuilder::atBlockBegin(block);
    only = builder.clone(*op)->getResult(0);
  }
  arg.replaceAllUsesWith(only);
  for (Edge edge = block->pred_begin(); edge != block->pred_end(); ++edge)
    getOperands(edge).erase(number);
  block->eraseArgument(number);
}

static void dropKnownArguments(Region &body) {
  for (Block &block : llvm::drop_begin(body))
    for (unsigned i = block.getNumArguments(); i-- != 0;)
      if (Value only = getOnlyValue(block.getArgument(i)))
        dropArgument(block.getArgument(i), only);
}

//===----------------------------------------------------------------------===//
// Values that are defined twice
//===----------------------------------------------------------------------===//

/// The uses of a value outside of the block that defines it.
static SmallVector<OpOperand *> getUsesOutside(Value value, Block *block) {
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : value.getUses())
    if (use.getOwner()->getBlock() != block)
      uses.push_back(&use);
  return uses;
}

void RepeatedValue::addArguments(ArrayRef<OpOperand *> uses) {
  llvm::SetVector<Block *> between;
  for (OpOperand *use : uses)
    between.insert(use->getOwner()->getBlock());
  for (size_t i = 0; i != between.size(); ++i)
    for (Block *pred : between[i]->getPredecessors())
      if (!atEnd.contains(pred))
        between.insert(pred);
  for (Block *block : between)
    if (!block->getUniquePredecessor())
      arguments[block] =
          block->addArgument(original.getType(), original.getLoc());
}

Value RepeatedValue::getAtEntry(Block *block) {
  SmallPtrSet<Block *, 8> seen;
  while (!arguments.contains(block)) {
    // Nothing comes to a loop that only leads to itself.
    if (!seen.insert(block).second)
      return original;
    block = block->getUniquePredecessor();
    if (auto it = atEnd.find(block); it != atEnd.end())
      return it->second;
  }
  return arguments[block];
}

Value RepeatedValue::getAtEnd(Block *block) {
  auto it = atEnd.find(block);
  return it != atEnd.end() ? it->second : getAtEntry(block);
}

void RepeatedValue::dropArguments() {
  for (bool hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (auto &[block, arg] : arguments) {
      Value only = arg ? getOnlyValue(arg) : Value();
      if (!only)
        continue;
      dropArgument(arg, only);
      arg = BlockArgument();
      hasChanged = true;
    }
  }
}

void RepeatedValue::rewriteUses() {
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : original.getUses())
    if (!atEnd.contains(use.getOwner()->getBlock()))
      uses.push_back(&use);
  if (uses.empty())
    return;
  addArguments(uses);
  for (OpOperand *use : uses)
    use->set(getAtEntry(use->getOwner()->getBlock()));
  for (auto &[block, arg] : arguments)
    for (Edge edge = block->pred_begin(); edge != block->pred_end(); ++edge)
      getOperands(edge).append(getAtEnd(*edge));
  dropArguments();
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

/// Whether the uses of `values`, which `block` defines, are near enough to be
/// given other values.
static bool hasNearUses(Block *block, ArrayRef<Value> values) {
  llvm::SetVector<Block *> between;
  for (Value value : values)
    for (OpOperand *use : getUsesOutside(value, block))
      between.insert(use->getOwner()->getBlock());
  for (size_t i = 0; i != between.size(); ++i) {
    if (between.size() > maxRegion)
      return false;
    for (Block *pred : between[i]->getPredecessors())
      if (pred != block)
        between.insert(pred);
  }
  return true;
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
// Values that a branch decides
//===----------------------------------------------------------------------===//

/// The condition between whose two outcomes `op` makes a difference: it makes a
/// number of it, or selects by it. Null for other operations.
static Value getDeciding(Operation *op) {
  if (isa<arith::ExtUIOp, arith::ExtSIOp>(op) &&
      op->getOperand(0).getType().isInteger(1))
    return op->getOperand(0);
  auto select = dyn_cast<arith::SelectOp>(op);
  return select ? select.getCondition() : Value();
}

/// What `op` yields where its deciding condition holds, or where it does not.
static Value makeDecided(OpBuilder &builder, Operation *op, bool holds) {
  if (auto select = dyn_cast<arith::SelectOp>(op))
    return holds ? select.getTrueValue() : select.getFalseValue();
  int64_t whenTrue = isa<arith::ExtSIOp>(op) ? -1 : 1;
  return arith::ConstantOp::create(
      builder, op->getLoc(),
      builder.getIntegerAttr(op->getResult(0).getType(), holds ? whenTrue : 0));
}

/// Whether `branch` decides `op`, and is behind it and before all its uses.
static bool isDecidedBy(Operation *op, cf::CondBranchOp branch,
                        Dominators &dominators) {
  Value condition = getDeciding(op);
  Block *block = branch->getBlock();
  if (!condition || op->use_empty())
    return false;
  auto isBehind = [&](OpOperand &use) {
    Operation *user = use.getOwner();
    return user == branch ? use.getOperandNumber() != 0
                          : user->getBlock() != block &&
                                dominators.dominates(block, user->getBlock());
  };
  auto isDecided = [&](bool holds) {
    return KnownConditions::ofOutcome(branch.getCondition(), holds)
        .decide(condition, [](Value value) { return value; })
        .has_value();
  };
  return llvm::all_of(op->getUses(), isBehind) && isDecided(true) &&
         isDecided(false) && hasNearUses(block, op->getResult(0));
}

/// Puts a block on the edge of `branch` for one outcome.
static Block *splitEdge(IRRewriter &rewriter, cf::CondBranchOp branch,
                        bool holds) {
  OpBuilder::InsertionGuard guard(rewriter);
  Block *target = holds ? branch.getTrueDest() : branch.getFalseDest();
  MutableOperandRange operands = holds ? branch.getTrueDestOperandsMutable()
                                       : branch.getFalseDestOperandsMutable();
  Block *way = rewriter.createBlock(
      branch->getParentRegion(), std::next(branch->getBlock()->getIterator()));
  cf::BranchOp::create(rewriter, branch.getLoc(), target,
                       SmallVector<Value>(OperandRange(operands)));
  operands.clear();
  branch->setSuccessor(way, holds ? 0 : 1);
  return way;
}

/// Gives the uses of `op` what it is behind the edges of `branch`, one of which
/// leads to each of the `ways`, for the outcomes false and true.
static void decideValue(IRRewriter &rewriter, Operation *op,
                        cf::CondBranchOp branch, ArrayRef<Block *> ways) {
  Value value = op->getResult(0);
  RepeatedValue repeated(value, branch->getBlock());
  for (bool holds : {false, true}) {
    // The condition of `op` may be the opposite one.
    bool isTrue = *KnownConditions::ofOutcome(branch.getCondition(), holds)
                       .decide(getDeciding(op), [](Value v) { return v; });
    Operation *end = ways[holds]->getTerminator();
    rewriter.setInsertionPoint(end);
    Value decided = makeDecided(rewriter, op, isTrue);
    end->replaceUsesOfWith(value, decided);
    repeated.addDefinition(ways[holds], decided);
  }
  repeated.rewriteUses();
  rewriter.eraseOp(op);
}

/// What makes a number of a condition, or selects by it, becomes a branch of
/// its own later. Where the condition is branched on anyhow, that one does.
/// Apart from what it takes, a second branch on one comparison makes the
/// verifier tell apart all numbers that went into what is compared.
void Threader::decideValues() {
  dominators.emplace(body.getParentOp());
  SmallVector<std::pair<cf::CondBranchOp, SmallVector<Operation *>>> found;
  for (Block &block : body) {
    auto branch = dyn_cast<cf::CondBranchOp>(block.getTerminator());
    if (!branch)
      continue;
    SmallVector<Operation *> ops;
    for (Operation &op : block)
      if (isDecidedBy(&op, branch, *dominators))
        ops.push_back(&op);
    if (!ops.empty())
      found.emplace_back(branch, std::move(ops));
  }
  // To put blocks on edges leaves what dominates what as it was.
  for (auto &[branch, ops] : found) {
    Block *ways[] = {splitEdge(rewriter, branch, false),
                     splitEdge(rewriter, branch, true)};
    for (Operation *op : ops)
      decideValue(rewriter, op, branch, ways);
  }
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

Outcomes Threader::decideEdges(Block *block, Value condition) {
  Outcomes outcomes;
  SmallVector<Operation *> lasting = getLasting(block);
  for (Edge edge = block->pred_begin(); edge != block->pred_end(); ++edge) {
    bool isBranch = isa<BranchOpInterface>((*edge)->getTerminator());
    auto resolve = [&](Value value) {
      return isBranch ? resolveOnEdge(value, block, edge, lasting) : value;
    };
    std::optional<bool> holds =
        KnownConditions::onEdge(edge, *dominators).decide(condition, resolve);
    if (!isBranch || !holds)
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
  auto resolve = [](Value value) { return value; };
  if (std::optional<bool> holds = KnownConditions::inBlock(block, *dominators)
                                      .decide(branch.getCondition(), resolve)) {
    setOutcome(rewriter, branch, *holds);
    dropUnused(block);
    return true;
  }
  if (isLoopHeader(block))
    return false;
  Outcomes outcomes = decideEdges(block, branch.getCondition());
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
  decideValues();
  for (unsigned round = 0; round != maxRounds && runRound(); ++round)
    ;
  (void)eraseUnreachableBlocks(rewriter, body);
}

void BranchThreading::runOnOperation() {
  MemoryClobbers clobbers(getOperation());
  forEachBody(getOperation(), [&](Operation *op) {
    Threader(op->getRegion(0), maxRepeated, clobbers).run();
  });
}
