//===- PromoteVariables.cpp - variables to values ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Replaces variables by the values that are stored in them, all variables of a
// body in one walk over its blocks.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Transforms/Passes.h"

#include "mlir/IR/Dominance.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace mlir::whistler {
#define GEN_PASS_DEF_PROMOTEVARIABLESPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;

using DomTree = llvm::DominatorTreeBase<Block, false>;

namespace {
/// A variable that becomes values.
struct Variable {
  AllocaOp alloca;
  /// What it holds before anything is stored; made when it is asked for.
  Value initial;
  /// The blocks that store to it or begin its life, each once.
  SmallPtrSet<Block *, 4> definitions;
  /// The blocks that load what others have stored, in their order, each once.
  SmallVector<Block *, 2> uses;
};

class Promoter {
public:
  explicit Promoter(Region &region) : region(region) {}
  void run();

private:
  /// A block argument, and the variable that it holds the value of.
  struct Argument {
    BlockArgument value;
    unsigned variable;
  };

  std::optional<unsigned> lookup(Value address) const;
  void findVariables();
  void findAccesses();
  void addArguments();
  void addArguments(unsigned number, const DomTree &tree);
  void visitReachableBlocks();
  void visit(Block &block);
  void visitBranch(Operation *terminator);
  void define(unsigned variable, Value value);
  Value getValue(unsigned variable);

  Region &region;
  DominanceInfo dominance;
  std::vector<Variable> variables;
  DenseMap<Value, unsigned> numbers;
  /// The arguments that blocks get, in the order in which they are added.
  DenseMap<Block *, SmallVector<Argument, 2>> arguments;
  /// The value of each variable at the place of the walk; null for the initial
  /// one.
  std::vector<Value> current;
  /// What was current before each definition on the way to that place.
  std::vector<std::pair<unsigned, Value>> overwritten;
  DenseSet<Block *> visited;
};

struct PromoteVariables
    : mlir::whistler::impl::PromoteVariablesPassBase<PromoteVariables> {
  void runOnOperation() override;
};
} // namespace

/// Whether nothing is done with `alloca` but loading and storing all of it.
static bool isPromotable(AllocaOp alloca) {
  if (isa<ArrayType>(alloca.getElemType()))
    return false;
  return llvm::all_of(alloca->getUsers(), [&](Operation *user) {
    if (auto load = dyn_cast<LoadOp>(user))
      return load.getOffset() == 0 && load.getType() == alloca.getElemType();
    auto store = dyn_cast<StoreOp>(user);
    return store && store.getValue() != alloca.getResult() &&
           store.getOffset() == 0 &&
           store.getValue().getType() == alloca.getElemType();
  });
}

std::optional<unsigned> Promoter::lookup(Value address) const {
  auto found = numbers.find(address);
  return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

void Promoter::findVariables() {
  for (Block &block : region)
    for (auto alloca : block.getOps<AllocaOp>())
      if (isPromotable(alloca)) {
        numbers[alloca] = variables.size();
        variables.push_back({alloca, Value(), {}, {}});
      }
}

void Promoter::findAccesses() {
  // The last block in which each variable was seen to be defined.
  std::vector<Block *> definedIn(variables.size());
  for (Block &block : region)
    for (Operation &op : block) {
      auto load = dyn_cast<LoadOp>(op);
      auto store = dyn_cast<StoreOp>(op);
      std::optional<unsigned> number;
      if (load)
        number = lookup(load.getBase());
      else if (store)
        number = lookup(store.getBase());
      else if (auto alloca = dyn_cast<AllocaOp>(op))
        number = lookup(alloca);
      if (!number)
        continue;
      Variable &variable = variables[*number];
      bool isDefined = definedIn[*number] == &block;
      if (!load) {
        definedIn[*number] = &block;
        variable.definitions.insert(&block);
      } else if (!isDefined &&
                 (variable.uses.empty() || variable.uses.back() != &block)) {
        variable.uses.push_back(&block);
      }
    }
}

/// Whether a value of a variable from `meets` reaches `block` past what reaches
/// the block that dominates it: one of them is on the way up from a
/// predecessor.
static bool areMeeting(Block *block, const DomTree &tree,
                       llvm::function_ref<bool(Block *)> meets) {
  DominanceInfoNode *dominator = tree.getNode(block)->getIDom();
  return llvm::any_of(block->getPredecessors(), [&](Block *before) {
    DominanceInfoNode *node = tree.getNode(before);
    for (; node && node != dominator; node = node->getIDom())
      if (meets(node->getBlock()))
        return true;
    return false;
  });
}

/// Adds the arguments of blocks in which several values of a variable meet that
/// is used there or later. Looks at no block in which the variable is dead, as
/// there may be many variables.
void Promoter::addArguments(unsigned number, const DomTree &tree) {
  Variable &variable = variables[number];
  llvm::SetVector<Block *> live(variable.uses.begin(), variable.uses.end());
  SmallVector<Block *> joins;
  for (size_t index = 0; index < live.size(); ++index) {
    Block *block = live[index];
    if (!block->getSinglePredecessor() && tree.getNode(block))
      joins.push_back(block);
    for (Block *before : block->getPredecessors())
      if (!variable.definitions.contains(before))
        live.insert(before);
  }
  SmallPtrSet<Block *, 8> extended;
  auto meets = [&](Block *block) {
    return variable.definitions.contains(block) || extended.contains(block);
  };
  // An argument is a value of its own, which may meet others.
  bool isGrowing = true;
  while (std::exchange(isGrowing, false))
    for (Block *block : joins)
      if (!extended.contains(block) && areMeeting(block, tree, meets)) {
        extended.insert(block);
        isGrowing = true;
        arguments[block].push_back(
            {block->addArgument(variable.alloca.getElemType(),
                                variable.alloca.getLoc()),
             number});
      }
}

void Promoter::addArguments() {
  if (region.hasOneBlock())
    return;
  const DomTree &tree = dominance.getDomTree(&region);
  for (unsigned number = 0; number < variables.size(); ++number)
    if (!variables[number].uses.empty())
      addArguments(number, tree);
}

void Promoter::define(unsigned variable, Value value) {
  overwritten.push_back({variable, current[variable]});
  current[variable] = value;
}

Value Promoter::getValue(unsigned variable) {
  if (current[variable])
    return current[variable];
  Variable &info = variables[variable];
  if (!info.initial) {
    OpBuilder builder(info.alloca);
    info.initial = info.alloca.getDefaultValue(
        {info.alloca, info.alloca.getElemType()}, builder);
  }
  return info.initial;
}

void Promoter::visitBranch(Operation *terminator) {
  auto branch = dyn_cast<BranchOpInterface>(terminator);
  if (!branch)
    return;
  for (unsigned index = 0; index < terminator->getNumSuccessors(); ++index) {
    auto found = arguments.find(terminator->getSuccessor(index));
    if (found == arguments.end())
      continue;
    SmallVector<Value> values;
    for (Argument argument : found->second)
      values.push_back(getValue(argument.variable));
    branch.getSuccessorOperands(index).append(values);
  }
}

/// Replaces the accesses in `block`, which those that dominate it precede.
void Promoter::visit(Block &block) {
  visited.insert(&block);
  if (auto found = arguments.find(&block); found != arguments.end())
    for (Argument argument : found->second)
      define(argument.variable, argument.value);
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (auto load = dyn_cast<LoadOp>(op)) {
      std::optional<unsigned> number = lookup(load.getBase());
      if (!number)
        continue;
      load.replaceAllUsesWith(getValue(*number));
      load.erase();
    } else if (auto store = dyn_cast<StoreOp>(op)) {
      std::optional<unsigned> number = lookup(store.getBase());
      if (!number)
        continue;
      define(*number, store.getValue());
      store.erase();
    } else if (auto alloca = dyn_cast<AllocaOp>(op)) {
      if (std::optional<unsigned> number = lookup(alloca))
        define(*number, Value());
    }
  }
  visitBranch(block.getTerminator());
}

/// Visits the blocks down the dominance tree.
void Promoter::visitReachableBlocks() {
  if (region.hasOneBlock())
    return visit(region.front());
  struct Step {
    DominanceInfoNode *node;
    DominanceInfoNode::const_iterator child;
    size_t numOverwritten;
  };
  SmallVector<Step> path;
  auto enter = [&](DominanceInfoNode *node) {
    path.push_back({node, node->begin(), overwritten.size()});
    visit(*node->getBlock());
  };
  enter(dominance.getDomTree(&region).getRootNode());
  while (!path.empty()) {
    Step &step = path.back();
    if (step.child != step.node->end()) {
      enter(*step.child++);
      continue;
    }
    while (overwritten.size() > step.numOverwritten) {
      auto [variable, value] = overwritten.back();
      overwritten.pop_back();
      current[variable] = value;
    }
    path.pop_back();
  }
}

void Promoter::run() {
  findVariables();
  if (variables.empty())
    return;
  findAccesses();
  addArguments();
  current.resize(variables.size());
  visitReachableBlocks();
  // In what is never executed any value will do.
  for (Block &block : region)
    if (!visited.contains(&block)) {
      current.assign(variables.size(), Value());
      visit(block);
    }
  for (Variable &variable : variables)
    variable.alloca.erase();
}

void PromoteVariables::runOnOperation() {
  forEachBody(getOperation(), [](Operation *body) {
    Region &region = body->getRegion(0);
    if (!region.empty())
      Promoter(region).run();
  });
}
