//===- SinkConstants.cpp - computes constants where they are used -*- C++ -*-=//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Repeats constants in place of moves of them, and brings the others next to
// their uses.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"
#include "Constants.h"
#include "LiveIntervals.h"
#include "LoopDepths.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "llvm/ADT/IntEqClasses.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFSINKCONSTANTS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

/// Whether `use` only puts the value into a register that has to hold it alone:
/// then repeating the constant costs no more than the move.
static bool isMove(OpOperand &use) {
  if (auto mov = dyn_cast<MovOp>(use.getOwner()))
    return mov.getWidth() == Width::W64;
  return isa<JaOp>(use.getOwner());
}

/// A constant of two slots pays for being repeated up to this number of moves.
static constexpr unsigned maxRepetitions = 2;

/// Repeats `op` in place of the moves of its result.
static void replaceMoves(Operation *op) {
  SmallVector<OpOperand *> moves;
  for (OpOperand &use : op->getResult(0).getUses())
    if (isMove(use))
      moves.push_back(&use);
  if (getConstantSlots(op) > 1 && moves.size() > maxRepetitions)
    return;
  for (OpOperand *use : moves) {
    Operation *user = use->getOwner();
    OpBuilder builder(user);
    auto mov = dyn_cast<MovOp>(user);
    Type type = mov ? mov.getDst().getType() : op->getResult(0).getType();
    Value copy = repeatConstant(builder, op, type);
    if (!mov) {
      use->set(copy);
      continue;
    }
    mov.replaceAllUsesWith(copy);
    mov.erase();
  }
}

/// The first user, where all are in one block; null otherwise.
static Operation *getFirstUser(Operation *op) {
  Operation *first = nullptr;
  for (Operation *user : op->getResult(0).getUsers()) {
    if (first && user->getBlock() != first->getBlock())
      return nullptr;
    if (!first || user->isBeforeInBlock(first))
      first = user;
  }
  return first;
}

namespace {
/// The edges of conditional jumps on which constants are to be computed, as
/// their register is in use where control goes otherwise.
class ConstantEdges {
public:
  explicit ConstantEdges(FuncOp func);

  /// Passes a compared value in place of a constant that it was found to equal,
  /// if all can be in one register.
  void passCompared();

  /// Gives each of these edges a block.
  void split();

private:
  void join(Value a, Value b);
  void joinPassed(BranchOpInterface branch);
  bool isInterfering(Value value, Value argument) const;
  bool livesAcrossCall(Value value) const;
  bool needsCopy(Value value, BlockArgument argument, MovImmOp imm) const;
  void passCompared(JCondImmOp jump, unsigned index);
  bool isInUse(BranchOpInterface branch, unsigned index) const;
  bool isInUse(Value argument, BranchOpInterface branch, unsigned index) const;

  FuncOp func;
  LiveIntervals intervals;
  llvm::DenseMap<Value, unsigned> numbers;
  /// Values that are passed for each other or overwrite each other, and so best
  /// share a register.
  llvm::IntEqClasses classes;
  std::vector<SmallVector<Value, 1>> members;
  SmallVector<Operation *> calls;
};
} // namespace

static bool passesConstant(BranchOpInterface branch, unsigned index) {
  return llvm::any_of(branch.getSuccessorOperands(index).getForwardedOperands(),
                      getVirtualConstant);
}

ConstantEdges::ConstantEdges(FuncOp func) : func(func), intervals(func) {
  for (auto [number, value] : llvm::enumerate(intervals.getValues()))
    numbers[value] = number;
  classes.grow(numbers.size());
  for (Block *block : intervals.getBlocks()) {
    for (Operation &op : *block) {
      if (isa<CallOp, CallFuncOp>(op))
        calls.push_back(&op);
      if (auto instruction = dyn_cast<InstructionOpInterface>(op))
        if (OpOperand *tied = instruction.getTiedOperand())
          join(tied->get(), op.getResult(0));
    }
    if (auto branch = dyn_cast<BranchOpInterface>(block->getTerminator()))
      joinPassed(branch);
  }
  classes.compress();
  members.resize(classes.getNumClasses());
  for (auto [number, value] : llvm::enumerate(intervals.getValues()))
    members[classes[number]].push_back(value);
}

void ConstantEdges::join(Value a, Value b) {
  if (isVirtualRegister(a) && isVirtualRegister(b))
    classes.join(numbers.at(a), numbers.at(b));
}

void ConstantEdges::joinPassed(BranchOpInterface branch) {
  for (unsigned index : llvm::seq(branch->getNumSuccessors()))
    for (auto [argument, operand] : llvm::zip_equal(
             branch->getSuccessor(index)->getArguments(),
             branch.getSuccessorOperands(index).getForwardedOperands()))
      if (!getVirtualConstant(operand))
        join(argument, operand);
}

/// Whether `value` is live together with one that is passed as `argument`.
bool ConstantEdges::isInterfering(Value value, Value argument) const {
  unsigned own = classes[numbers.at(value)];
  unsigned other = classes[numbers.at(argument)];
  // Each pair is compared, which is for classes of usual size.
  constexpr size_t maxMembers = 64;
  if (std::max(members[own].size(), members[other].size()) > maxMembers)
    return true;
  return own != other && llvm::any_of(members[own], [&](Value a) {
           return llvm::any_of(members[other], [&](Value b) {
             return intervals.getRange(a).overlaps(intervals.getRange(b));
           });
         });
}

bool ConstantEdges::livesAcrossCall(Value value) const {
  return llvm::any_of(calls, [&](Operation *call) {
    return intervals.getRange(value).contains(intervals.getReadPoint(call)) &&
           intervals.isLiveAfter(value, call);
  });
}

/// Whether `value`, a call's result, would be copied from r0 for `argument`
/// alone, which lives across a call, while another block is there that computes
/// the constant.
bool ConstantEdges::needsCopy(Value value, BlockArgument argument,
                              MovImmOp imm) const {
  auto mov = value.getDefiningOp<MovOp>();
  if (!mov || isVirtualRegister(mov.getSrc()) || livesAcrossCall(value) ||
      !llvm::any_of(members[classes[numbers.at(argument)]],
                    [&](Value member) { return livesAcrossCall(member); }))
    return false;
  Block *block = argument.getOwner();
  for (auto edge = block->pred_begin(); edge != block->pred_end(); ++edge) {
    auto branch = cast<BranchOpInterface>((*edge)->getTerminator());
    Value passed = branch.getSuccessorOperands(
        edge.getSuccessorIndex())[argument.getArgNumber()];
    auto other = passed.getDefiningOp<MovImmOp>();
    if (other && other != imm && other.getImm() == imm.getImm() &&
        other.getWidth() == imm.getWidth() && !isRelocated(other))
      return true;
  }
  return false;
}

void ConstantEdges::passCompared(JCondImmOp jump, unsigned index) {
  bool isEqual =
      jump.getCondition() == (index == 0 ? Condition::Eq : Condition::Ne);
  if (!isEqual || jump.getWidth() != Width::W64 ||
      !isVirtualRegister(jump.getLhs()))
    return;
  auto branch = cast<BranchOpInterface>(*jump);
  auto operands =
      branch.getSuccessorOperands(index).getMutableForwardedOperands();
  for (auto [argument, operand] :
       llvm::zip_equal(jump->getSuccessor(index)->getArguments(), operands)) {
    auto imm = dyn_cast_if_present<MovImmOp>(getVirtualConstant(operand.get()));
    bool isSame = imm && !isRelocated(imm) && imm.getImm() == jump.getImm() &&
                  (imm.getWidth() == Width::W64 || imm.getImm() >= 0);
    if (!isSame || !isVirtualRegister(argument) ||
        isInterfering(jump.getLhs(), argument) ||
        needsCopy(jump.getLhs(), argument, imm))
      continue;
    operand.set(jump.getLhs());
    if (imm->use_empty())
      imm.erase();
  }
}

void ConstantEdges::passCompared() {
  for (Block *block : intervals.getBlocks())
    if (auto jump = dyn_cast<JCondImmOp>(block->getTerminator()))
      for (unsigned index : {0, 1})
        passCompared(jump, index);
}

/// Whether the register of `argument` is in use where `branch` does not go to
/// successor number `index`.
bool ConstantEdges::isInUse(Value argument, BranchOpInterface branch,
                            unsigned index) const {
  Block *other = branch->getSuccessor(1 - index);
  auto passed = branch.getSuccessorOperands(1 - index).getForwardedOperands();
  return llvm::any_of(
      members[classes[numbers.at(argument)]], [&](Value member) {
        auto own = dyn_cast<BlockArgument>(member);
        if (!own || own.getOwner() != other)
          return intervals.getRange(member).contains(intervals.getStart(other));
        // Of two constants in one register, the first is set before the jump.
        return !getVirtualConstant(passed[own.getArgNumber()]) || index == 1;
      });
}

bool ConstantEdges::isInUse(BranchOpInterface branch, unsigned index) const {
  return llvm::any_of(
      llvm::zip_equal(
          branch->getSuccessor(index)->getArguments(),
          branch.getSuccessorOperands(index).getForwardedOperands()),
      [&](auto pair) {
        auto [argument, operand] = pair;
        return getVirtualConstant(operand) && isVirtualRegister(argument) &&
               isInUse(argument, branch, index);
      });
}

void ConstantEdges::split() {
  SmallVector<std::pair<BranchOpInterface, unsigned>> edges;
  for (Block *block : intervals.getBlocks()) {
    auto branch = dyn_cast<BranchOpInterface>(block->getTerminator());
    if (!branch || branch->getNumSuccessors() < 2)
      continue;
    for (unsigned index : llvm::seq(branch->getNumSuccessors()))
      if (passesConstant(branch, index) && isInUse(branch, index))
        edges.emplace_back(branch, index);
  }
  for (auto [branch, index] : edges)
    splitEdge(branch, index);
}

/// Whether a conditional jump of `func` passes a constant.
static bool hasConstantEdges(FuncOp func) {
  return llvm::any_of(func.getBody(), [](Block &block) {
    auto branch = dyn_cast<BranchOpInterface>(block.getTerminator());
    return branch && branch->getNumSuccessors() > 1 &&
           (passesConstant(branch, 0) || passesConstant(branch, 1));
  });
}

namespace {
struct SinkConstantsPass
    : public bpf::impl::BPFSinkConstantsBase<SinkConstantsPass> {
  void runOnOperation() override {
    if (hasConstantEdges(getOperation())) {
      // The values that it passes are live for longer than before.
      ConstantEdges(getOperation()).passCompared();
      ConstantEdges(getOperation()).split();
    }
    SmallVector<Operation *> constants;
    getOperation().walk([&](Operation *op) {
      if (isConstant(op) && isVirtualRegister(op->getResult(0)))
        constants.push_back(op);
    });
    if (constants.empty())
      return markAllAnalysesPreserved();
    LoopDepths loops(getOperation());
    for (Operation *op : constants) {
      replaceMoves(op);
      if (op->use_empty()) {
        op->erase();
        continue;
      }
      Operation *user = getFirstUser(op);
      if (user &&
          loops.getDepth(user->getBlock()) <= loops.getDepth(op->getBlock()))
        op->moveBefore(user);
    }
  }
};
} // namespace
