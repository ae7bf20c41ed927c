//===- HoistConstants.cpp - constants before the branch ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks at each block that sets registers to constants and passes control on,
// tries what the function is like without it, and keeps what is shorter.
//
//===----------------------------------------------------------------------===//

#include "BlockFrequency.h"
#include "BlockOrder.h"
#include "Blocks.h"
#include "CommonConstants.h"
#include "Constants.h"
#include "RegisterConstants.h"
#include "RegisterForm.h"
#include "RegisterLiveness.h"
#include "Whistler/Dialect/BPF/Transforms/Passes.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/OperationSupport.h"

namespace mlir::bpf {
#define GEN_PASS_DEF_BPFHOISTCONSTANTS
#include "Whistler/Dialect/BPF/Transforms/Passes.h.inc"
} // namespace mlir::bpf

using namespace mlir;
using namespace mlir::bpf;

namespace {
/// A way from a block to its successor number `index`.
struct Edge {
  Block *from;
  unsigned index;

  Block *getTarget() const { return from->getSuccessor(index); }
  void setTarget(Block *block) const {
    from->getTerminator()->setSuccessor(block, index);
  }
};

class ConstantHoister {
public:
  ConstantHoister(FuncOp func, const RegisterForm &form)
      : func(func), form(form) {}

  void run();

private:
  void shareExit();
  void skipKnown(Block *block);
  void leadThrough(Block *block);
  bool hoist(Block *block);
  bool hoist(Block *block, ArrayRef<Edge> edges, ArrayRef<Edge> others);
  Block *findDominator(Block *block, ArrayRef<Edge> edges);
  bool isFree(Block *dominator, ArrayRef<Edge> edges, RegisterSet written);
  bool improves(Block *block, ArrayRef<Edge> edges) const;
  bool isSmall() {
    return func.getBody().getBlocks().size() <= maxSearchedBlocks;
  }

  /// The slots of the function; 0 where there are too many blocks to find out.
  unsigned measure() { return isSmall() ? countSlots(func) : 0; }

  FuncOp func;
  const RegisterForm &form;
  /// What `measure` says of the function as it is.
  unsigned slots = 0;
};
} // namespace

static SmallVector<Edge> getEdgesTo(Block *block) {
  SmallVector<Edge> edges;
  for (auto it = block->pred_begin(), end = block->pred_end(); it != end; ++it)
    edges.push_back({*it, it.getSuccessorIndex()});
  return edges;
}

/// Whether `block` only sets registers to constants and jumps.
static bool isConstantBlock(Block *block) {
  return !block->isEntryBlock() && isa<JaOp>(block->getTerminator()) &&
         !isa<JaOp>(block->front()) &&
         llvm::all_of(block->without_terminator(),
                      [](Operation &op) { return isConstant(&op); });
}

static Block *getJumpTarget(Block *block) {
  return cast<JaOp>(block->getTerminator()).getDest();
}

void ConstantHoister::shareExit() {
  SmallVector<ExitOp> exits;
  for (Block &block : func.getBody())
    if (auto exit = dyn_cast<ExitOp>(block.getTerminator()))
      exits.push_back(exit);
  if (exits.size() < 2)
    return;
  OpBuilder builder(func.getContext());
  Block *shared = builder.createBlock(&func.getBody(), func.getBody().end());
  ExitOp::create(builder, exits.back().getLoc(), form.getContent(Register::R0));
  for (ExitOp exit : exits) {
    builder.setInsertionPoint(exit);
    JaOp::create(builder, exit.getLoc(), ValueRange(), shared);
    exit.erase();
  }
}

//===----------------------------------------------------------------------===//
// Known constants
//===----------------------------------------------------------------------===//

/// Whether the registers hold what `block` would set them to.
static bool isKnown(Block *block, const KnownContents &contents) {
  return llvm::all_of(block->without_terminator(), [&](Operation &op) {
    std::optional<int64_t> number = RegisterConstants::getNumber(&op);
    Register reg = *getMachineRegister(op.getResult(0));
    return number && contents[static_cast<unsigned>(reg)] == number;
  });
}

/// Leads the edges on which nothing has to be set past `block`.
void ConstantHoister::skipKnown(Block *block) {
  RegisterConstants constants(func);
  for (Edge edge : getEdgesTo(block)) {
    if (edge.from->getNumSuccessors() < 2 ||
        !isKnown(block, constants.getOnEdge(edge.from, edge.index)))
      continue;
    edge.setTarget(getJumpTarget(block));
    unsigned now = measure();
    if (isSmall() ? now > slots : edge.index != 0)
      edge.setTarget(block);
    else
      slots = now;
  }
}

/// The operation of `edge.from` that sets a register as `set` does, for this
/// edge alone; null if there is none.
static Operation *findOwnSet(Edge edge, Operation *set,
                             const RegisterLiveness &liveness) {
  std::optional<int64_t> number = RegisterConstants::getNumber(set);
  Register reg = *getMachineRegister(set->getResult(0));
  for (unsigned index : llvm::seq(edge.from->getNumSuccessors()))
    if (index != edge.index &&
        liveness.getLiveIn(edge.from->getSuccessor(index)).contains(reg))
      return nullptr;
  for (Operation &op : llvm::reverse(*edge.from)) {
    if (getReads(&op).contains(reg))
      return nullptr;
    if (getWrites(&op).contains(reg))
      return number && RegisterConstants::getNumber(&op) == number ? &op
                                                                   : nullptr;
  }
  return nullptr;
}

/// Leads the edges that set the one register of `block` as that does, and go
/// on alike, through it.
void ConstantHoister::leadThrough(Block *block) {
  if (!isSmall() || block->getOperations().size() != 2)
    return;
  Block *target = getJumpTarget(block);
  std::optional<RegisterLiveness> liveness;
  for (Edge edge : getEdgesTo(target)) {
    if (edge.from == block || edge.from->getNumSuccessors() < 2)
      continue;
    if (!liveness)
      liveness.emplace(func);
    Operation *own = findOwnSet(edge, &block->front(), *liveness);
    if (!own)
      continue;
    Operation *next = own->getNextNode();
    own->remove();
    edge.setTarget(block);
    if (unsigned now = measure(); now < slots) {
      slots = now;
      own->erase();
      liveness.reset();
      continue;
    }
    edge.setTarget(target);
    next->getBlock()->getOperations().insert(next->getIterator(), own);
  }
}

//===----------------------------------------------------------------------===//
// Constants before branches
//===----------------------------------------------------------------------===//

/// The registers that `block` sets, and none if it sets one twice.
static std::optional<RegisterSet> getWritten(Block *block) {
  RegisterSet written;
  for (Operation &op : block->without_terminator()) {
    Register reg = *getMachineRegister(op.getResult(0));
    if (written.contains(reg))
      return std::nullopt;
    written.insert(reg);
  }
  return written;
}

static bool intersects(RegisterSet a, RegisterSet b) {
  bool result = false;
  a.forEach([&](Register reg) { result |= b.contains(reg); });
  return result;
}

/// Whether `written` may be set at the end of `dominator`: nobody writes or
/// reads it between there and `edges`, or needs it where control goes instead.
bool ConstantHoister::isFree(Block *dominator, ArrayRef<Edge> edges,
                             RegisterSet written) {
  RegisterLiveness liveness(func);
  Block *target = edges.front().getTarget();
  llvm::SetVector<Block *> between;
  between.insert(dominator);
  for (Edge edge : edges)
    between.insert(edge.from);
  for (size_t index = 1; index < between.size(); ++index)
    for (Block *predecessor : between[index]->getPredecessors())
      between.insert(predecessor);
  if (between.contains(target))
    return false;
  for (Block *block : between) {
    for (Block *successor : block->getSuccessors())
      if (successor != target && !between.contains(successor) &&
          intersects(liveness.getLiveIn(successor), written))
        return false;
    auto touches = [&](Operation &op) {
      return intersects(getReads(&op) | getWrites(&op), written);
    };
    if (block == dominator ? touches(block->back())
                           : llvm::any_of(*block, touches))
      return false;
  }
  return true;
}

/// Whether the function is shorter now that `edges` do not lead to `block` any
/// more.
bool ConstantHoister::improves(Block *block, ArrayRef<Edge> edges) const {
  // Without a search: the block's jump goes, if some other block goes there.
  Block *target = getJumpTarget(block);
  auto isOwn = [&](Block *predecessor) {
    return predecessor == block || llvm::any_of(edges, [&](Edge edge) {
             return edge.from == predecessor;
           });
  };
  return llvm::all_of(edges,
                      [](Edge e) { return e.from->getNumSuccessors() > 1; }) &&
         !llvm::all_of(target->getPredecessors(), isOwn);
}

/// Appends what `block` does to the end of `other`.
static void repeatAtEnd(Block *block, Block *other,
                        SmallVectorImpl<Operation *> &copies) {
  OpBuilder builder(other->getTerminator());
  for (Operation &op : block->without_terminator())
    copies.push_back(builder.clone(op));
}

/// The block whose end has to set registers for all `edges`; null where there
/// is none.
Block *ConstantHoister::findDominator(Block *block, ArrayRef<Edge> edges) {
  std::optional<RegisterSet> written = getWritten(block);
  if (!written || edges.empty())
    return nullptr;
  DominanceInfo dominance(func);
  Block *dominator = edges.front().from;
  for (Edge edge : edges)
    dominator = dominance.findNearestCommonDominator(dominator, edge.from);
  if (dominator->getNumSuccessors() < 2 || !isFree(dominator, edges, *written))
    return nullptr;
  // A loop that is mostly not left on this way would compute it in vain.
  BlockFrequency frequency(func);
  return frequency.get(dominator) - frequency.get(block) > 1 ? nullptr
                                                             : dominator;
}

/// Sets the registers before the branches to `block` for `edges`, and before
/// the jump to it for the others. Returns whether that is shorter; it is undone
/// otherwise.
bool ConstantHoister::hoist(Block *block, ArrayRef<Edge> edges,
                            ArrayRef<Edge> others) {
  Block *dominator = findDominator(block, edges);
  if (!dominator)
    return false;
  SmallVector<Operation *> copies;
  repeatAtEnd(block, dominator, copies);
  for (Edge other : others)
    repeatAtEnd(block, other.from, copies);
  SmallVector<Edge> all(edges);
  llvm::append_range(all, others);
  for (Edge edge : all)
    edge.setTarget(getJumpTarget(block));
  if (unsigned now = measure();
      isSmall() ? now < slots : improves(block, all)) {
    slots = now;
    block->erase();
    return true;
  }
  for (Edge edge : all)
    edge.setTarget(block);
  for (Operation *copy : copies)
    copy->erase();
  return false;
}

bool ConstantHoister::hoist(Block *block) {
  SmallVector<Edge> edges = getEdgesTo(block);
  if (hoist(block, edges, {}))
    return true;
  auto isJump = [](Edge edge) { return edge.from->getNumSuccessors() == 1; };
  SmallVector<Edge> conditional, jumps;
  for (Edge edge : edges)
    (isJump(edge) ? jumps : conditional).push_back(edge);
  return !jumps.empty() && hoist(block, conditional, jumps);
}

/// Whether two blocks set registers to the same constants and go on alike.
static bool areEqual(Block *a, Block *b) {
  return getJumpTarget(a) == getJumpTarget(b) &&
         a->getOperations().size() == b->getOperations().size() &&
         llvm::all_of(llvm::zip(*a, *b), [](auto pair) {
           return OperationEquivalence::isEquivalentTo(
               &std::get<0>(pair), &std::get<1>(pair),
               OperationEquivalence::IgnoreLocations);
         });
}

/// Makes one of equal blocks that set registers to constants.
static void mergeConstantBlocks(FuncOp func) {
  llvm::DenseMap<Block *, SmallVector<Block *, 2>> byTarget;
  for (Block &block : llvm::make_early_inc_range(func.getBody())) {
    if (!isConstantBlock(&block))
      continue;
    auto &others = byTarget[getJumpTarget(&block)];
    auto *equal = llvm::find_if(
        others, [&](Block *other) { return areEqual(other, &block); });
    if (equal == others.end()) {
      others.push_back(&block);
      continue;
    }
    block.replaceAllUsesWith(*equal);
    block.erase();
  }
}

void ConstantHoister::run() {
  shareExit();
  simplifyBlocks(func);
  mergeConstantBlocks(func);
  SmallVector<Block *> candidates;
  for (Block &block : func.getBody())
    if (isConstantBlock(&block))
      candidates.push_back(&block);
  // Each candidate takes time in proportion to the function.
  constexpr size_t maxVisits = 200000;
  if (candidates.size() * func.getBody().getBlocks().size() > maxVisits)
    return;
  slots = measure();
  for (Block *block : candidates) {
    skipKnown(block);
    // Dominance is about blocks that control reaches.
    if (block->hasNoPredecessors())
      block->erase();
    else if (!hoist(block))
      leadThrough(block);
  }
  simplifyBlocks(func);
  hoistCommonConstants(func);
}

namespace {
struct HoistConstantsPass
    : public bpf::impl::BPFHoistConstantsBase<HoistConstantsPass> {
  void runOnOperation() override {
    FuncOp func = getOperation();
    if (func.getBody().hasOneBlock() || !RegisterForm::isPossible(func))
      return markAllAnalysesPreserved();
    eraseUnreachableBlocks(func);
    RegisterForm form(func);
    ConstantHoister(func, form).run();
  }
};
} // namespace
