//===- TailMerging.cpp - alike ends of blocks -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lets blocks that end in the same operations share them, constants apart.
//
//===----------------------------------------------------------------------===//

#include "MemoryClobbers.h"

#include "Whistler/Dialect/PassRemarks.h"
#include "Whistler/UAPI/MapTypes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/TypeSwitch.h"
#include <map>
#include <set>

namespace mlir::whistler {
#define GEN_PASS_DEF_TAILMERGINGPASS
#include "Whistler/Transforms/Passes.h.inc"
} // namespace mlir::whistler

using namespace mlir;
using namespace mlir::whistler;
namespace uapi = ::whistler::uapi;

static constexpr ::whistler::PassRemarks remarks("whistler-tail-merging");
using ::whistler::RemarkValue;

/// How many blocks are compared with one another, and how long their tails are.
static constexpr size_t maxBlocks = 32;
static constexpr size_t maxLength = 64;

namespace {
/// The end of a block from its last operation on, constants left out.
using Tail = SmallVector<Operation *, 8>;

/// How much of the tails of some blocks is alike.
struct Match {
  /// The blocks, and how many operations of each.
  SmallVector<Block *> blocks;
  size_t length = 0;
  /// The slots that sharing saves, by estimate.
  int gain = 0;
};

/// Merges the tails of one body.
class TailMerger {
public:
  TailMerger(Region &body, int minGain)
      : body(body), minGain(minGain), module(body.getParentOfType<ModuleOp>()),
        rewriter(body.getContext()) {}

  /// Returns whether anything was merged.
  bool run();

private:
  Match findMatch(ArrayRef<Block *> blocks);
  SmallVector<Value> getOperands(ArrayRef<Block *> blocks, size_t index,
                                 unsigned number);
  std::optional<int> getGain(ArrayRef<Block *> blocks, size_t length);
  void report(const Match &match, bool isMerged);
  void merge(const Match &match);
  int getSlots(Operation *op);

  Region &body;
  int minGain;
  ModuleOp module;
  IRRewriter rewriter;
  DenseMap<Block *, Tail> tails;
};

struct TailMerging : mlir::whistler::impl::TailMergingPassBase<TailMerging> {
  using TailMergingPassBase::TailMergingPassBase;
  void runOnOperation() override;
};
} // namespace

//===----------------------------------------------------------------------===//
// Tails
//===----------------------------------------------------------------------===//

static bool isConstant(Value value) {
  Operation *op = value.getDefiningOp();
  return op && op->hasTrait<OpTrait::ConstantLike>();
}

static Tail getTail(Block *block) {
  Tail tail;
  for (Operation &op : llvm::reverse(*block)) {
    if (op.hasTrait<OpTrait::ConstantLike>())
      continue;
    // A variable has its place, and an instruction its registers.
    if (isa<AllocaOp, AsmOp>(op) || op.isUsedOutsideOfBlock(block) ||
        tail.size() == maxLength)
      break;
    tail.push_back(&op);
  }
  return tail;
}

/// What the last two operations of alike tails have in common.
static llvm::hash_code hashTail(const Tail &tail) {
  Operation *terminator = tail.front();
  llvm::hash_code hash =
      llvm::hash_combine(terminator->getName().getAsOpaquePointer(),
                         llvm::hash_combine_range(terminator->successor_begin(),
                                                  terminator->successor_end()));
  return tail.size() > 1
             ? llvm::hash_combine(hash, tail[1]->getName().getAsOpaquePointer())
             : hash;
}

/// Whether two operations do the same, their operands apart.
static bool isAlike(Operation *op, Operation *other) {
  return op->getName() == other->getName() && op->getNumRegions() == 0 &&
         op->getNumOperands() == other->getNumOperands() &&
         llvm::equal(op->getOperandTypes(), other->getOperandTypes()) &&
         op->getResultTypes() == other->getResultTypes() &&
         llvm::equal(op->getSuccessors(), other->getSuccessors()) &&
         op->getDiscardableAttrDictionary() ==
             other->getDiscardableAttrDictionary() &&
         op->getName().compareOpProperties(op->getPropertiesStorage(),
                                           other->getPropertiesStorage());
}

/// Where in the last `length` operations of `tail` a value is defined.
static std::optional<std::pair<size_t, unsigned>>
findDefinition(const Tail &tail, size_t length, Value value) {
  auto result = dyn_cast<OpResult>(value);
  if (!result)
    return std::nullopt;
  for (size_t i = 0; i != length; ++i)
    if (tail[i] == result.getOwner())
      return std::make_pair(i, result.getResultNumber());
  return std::nullopt;
}

/// How many of the last operations of two blocks are alike.
static size_t getCommonLength(const Tail &tail, const Tail &other) {
  size_t length = 0;
  while (length < tail.size() && length < other.size() &&
         isAlike(tail[length], other[length]))
    ++length;
  return length;
}

//===----------------------------------------------------------------------===//
// What it pays
//===----------------------------------------------------------------------===//

/// An estimate of the slots that an operation becomes.
int TailMerger::getSlots(Operation *op) {
  // The address of a map, a key on the stack and its address.
  static constexpr int lookup = 6;
  return llvm::TypeSwitch<Operation *, int>(op)
      .Case<MapAddOp>([&](MapAddOp add) {
        auto map = module.lookupSymbol<MapOp>(add.getMap());
        const uapi::MapType *type =
            map ? uapi::lookupMapType(map.getMapType()) : nullptr;
        return type && type->shape == uapi::MapShape::Hash ? 18 : 9;
      })
      .Case<MapLookupOp, MapDeleteOp>([](auto) { return lookup; })
      .Case<MapUpdateOp>([](auto) { return 9; })
      .Case<HelperCallOp, CallOp>([](Operation *call) {
        return 1 + static_cast<int>(call->getNumOperands());
      })
      .Case<TailCallOp>([](auto) { return 5; })
      .Case<cf::BranchOp>([](auto) { return 0; })
      .Case<PtrCastOp, IndexOp, NullOp>([](auto) { return 0; })
      .Default([](Operation *) { return 1; });
}

/// Whether all `values` are one, or one constant.
static bool isOneValue(ArrayRef<Value> values) {
  Attribute constant;
  bool isConstant = matchPattern(values.front(), m_Constant(&constant));
  return llvm::all_of(values.drop_front(), [&](Value value) {
    Attribute other;
    return value == values.front() ||
           (isConstant && value.getType() == values.front().getType() &&
            matchPattern(value, m_Constant(&other)) && other == constant);
  });
}

/// What the blocks have for one operand of an operation of their tails.
SmallVector<Value> TailMerger::getOperands(ArrayRef<Block *> blocks,
                                           size_t index, unsigned number) {
  return llvm::map_to_vector(blocks, [&](Block *block) {
    return tails[block][index]->getOperand(number);
  });
}

/// The slots that are saved when `blocks` share their last `length` operations;
/// none if they cannot.
std::optional<int> TailMerger::getGain(ArrayRef<Block *> blocks,
                                       size_t length) {
  const Tail &first = tails[blocks.front()];
  int copies = static_cast<int>(blocks.size()) - 1;
  int saved = 0, lost = 0;
  std::set<std::vector<const void *>> parameters;
  for (size_t i = 0; i != length; ++i) {
    saved += copies * getSlots(first[i]);
    bool isPastCall =
        llvm::any_of(ArrayRef(first).slice(i + 1, length - i - 1), isCall);
    for (unsigned number : llvm::seq(first[i]->getNumOperands())) {
      SmallVector<Value> values = getOperands(blocks, i, number);
      auto definition = findDefinition(first, length, values.front());
      for (auto [block, value] : llvm::zip_equal(blocks, values))
        if (definition != findDefinition(tails[block], length, value))
          return std::nullopt;
      if (definition)
        continue;
      bool isTerminator = i == 0;
      if (isOneValue(values)) {
        saved += isTerminator && isConstant(values.front()) ? copies : 0;
        continue;
      }
      // The verifier wants to know what a pointer is, and a comparison has to
      // stay where it is looked at.
      Type type = values.front().getType();
      if (!type.isInteger() || type.isInteger(1))
        return std::nullopt;
      std::vector<const void *> key;
      for (Value value : values)
        key.push_back(value.getAsOpaquePointer());
      if (!parameters.insert(key).second)
        continue;
      // What goes on to the successor is in a register either way. What is
      // needed behind a call is moved once more.
      lost += (isTerminator ? 0 : copies + 1) + (isPastCall ? 1 : 0);
    }
  }
  // All but one of the blocks jump.
  return saved - lost - copies;
}

/// The best that can be made of `blocks`: of each, with those that have the
/// longest tails in common.
Match TailMerger::findMatch(ArrayRef<Block *> blocks) {
  Match best;
  for (auto [index, block] : llvm::enumerate(blocks)) {
    // By falling length, then in the order of the program.
    std::map<std::pair<size_t, size_t>, Block *> others;
    for (auto [place, other] : llvm::enumerate(blocks.drop_front(index + 1)))
      if (size_t length = getCommonLength(tails[block], tails[other]))
        others[{maxLength - length, place}] = other;
    SmallVector<Block *> matched = {block};
    for (auto [order, other] : others) {
      size_t commonLength = maxLength - order.first;
      matched.push_back(other);
      // The longest tail that can be shared saves most.
      std::optional<int> gain;
      size_t length = commonLength;
      while (length != 0 && !(gain = getGain(matched, length)))
        --length;
      if (!gain)
        matched.pop_back();
      else if (*gain > best.gain)
        best = {matched, length, *gain};
    }
  }
  return best;
}

//===----------------------------------------------------------------------===//
// Merging
//===----------------------------------------------------------------------===//

/// Tells of tails that are alike, and whether they become one.
void TailMerger::report(const Match &match, bool isMerged) {
  Operation *place = tails[match.blocks.front()][match.length - 1];
  auto remark = isMerged ? remarks.passed(place, "TailsMerged")
                         : remarks.missed(place, "TailsKept");
  if (!remark)
    return;
  remark << RemarkValue("Blocks", match.blocks.size()) << " blocks end in the "
         << "same " << RemarkValue("Operations", match.length)
         << " operations; sharing them "
         << (isMerged ? "saves" : "would not pay, it saves") << " about "
         << RemarkValue("Saving", match.gain) << " slots";
}

void TailMerger::merge(const Match &match) {
  Block *first = match.blocks.front();
  const Tail &tail = tails[first];
  Block *shared = rewriter.createBlock(&body, std::next(first->getIterator()));
  IRMapping mapping;
  std::map<std::vector<const void *>, BlockArgument> parameters;
  SmallVector<SmallVector<Value>> passed(match.blocks.size());
  /// What the shared operation has in place of `values`.
  auto getShared = [&](ArrayRef<Value> values) -> Value {
    if (findDefinition(tail, match.length, values.front()))
      return mapping.lookup(values.front());
    if (isOneValue(values))
      return isConstant(values.front())
                 ? rewriter.clone(*values.front().getDefiningOp())->getResult(0)
                 : values.front();
    std::vector<const void *> key;
    for (Value value : values)
      key.push_back(value.getAsOpaquePointer());
    auto [parameter, isNew] = parameters.try_emplace(key);
    if (isNew) {
      parameter->second = shared->addArgument(values.front().getType(),
                                              values.front().getLoc());
      for (auto [list, value] : llvm::zip_equal(passed, values))
        list.push_back(value);
    }
    return parameter->second;
  };
  for (size_t i = match.length; i-- != 0;) {
    rewriter.setInsertionPointToEnd(shared);
    SmallVector<Value> operands;
    for (unsigned number : llvm::seq(tail[i]->getNumOperands()))
      operands.push_back(getShared(getOperands(match.blocks, i, number)));
    Operation *copy = rewriter.clone(*tail[i]);
    copy->setOperands(operands);
    mapping.map(tail[i]->getResults(), copy->getResults());
  }
  for (auto [block, values] : llvm::zip_equal(match.blocks, passed)) {
    Location loc = tails[block].front()->getLoc();
    for (Operation *op : ArrayRef(tails[block]).take_front(match.length))
      rewriter.eraseOp(op);
    rewriter.setInsertionPointToEnd(block);
    cf::BranchOp::create(rewriter, loc, shared, values);
  }
}

/// Lets blocks return that jump to a block which does nothing else, so that
/// they are alike to others that return.
static void repeatReturns(Region &body) {
  IRRewriter rewriter(body.getContext());
  for (Block &block : body) {
    auto branch = dyn_cast<cf::BranchOp>(block.getTerminator());
    // A block that jumps only is best left out, by others.
    if (!branch || llvm::hasSingleElement(block))
      continue;
    Block *target = branch.getDest();
    auto last = dyn_cast<ReturnOp>(target->getTerminator());
    bool onlyReturns =
        last && llvm::all_of(target->without_terminator(), [](Operation &op) {
          return op.hasTrait<OpTrait::ConstantLike>();
        });
    if (!onlyReturns)
      continue;
    rewriter.setInsertionPoint(branch);
    IRMapping mapping;
    mapping.map(target->getArguments(), branch.getDestOperands());
    for (Operation &op : *target)
      rewriter.clone(op, mapping);
    rewriter.eraseOp(branch);
  }
}

/// Lets blocks that return the same constant share the return.
static void shareReturns(Region &body) {
  IRRewriter rewriter(body.getContext());
  llvm::MapVector<Attribute, SmallVector<ReturnOp>> returns;
  for (Block &block : body) {
    auto op = dyn_cast<ReturnOp>(block.getTerminator());
    Attribute constant;
    if (op && op->getNumOperands() == 1 &&
        matchPattern(op->getOperand(0), m_Constant(&constant)))
      returns[constant].push_back(op);
  }
  for (auto &[constant, ops] : returns) {
    if (ops.size() < 2)
      continue;
    Block *shared = rewriter.createBlock(&body, body.end());
    Operation *value = ops.back()->getOperand(0).getDefiningOp();
    IRMapping mapping;
    rewriter.clone(*value, mapping);
    rewriter.clone(*ops.back(), mapping);
    for (ReturnOp op : ops) {
      rewriter.setInsertionPoint(op);
      rewriter.replaceOpWithNewOp<cf::BranchOp>(op, shared);
    }
  }
}

bool TailMerger::run() {
  llvm::MapVector<size_t, SmallVector<Block *>> groups;
  DominanceInfo dominance(body.getParentOp());
  for (Block &block : body) {
    auto branch = dyn_cast<cf::BranchOp>(block.getTerminator());
    // Loops keep their ends.
    bool isEnd = branch ? !dominance.dominates(branch.getDest(), &block)
                        : isa<ReturnOp>(block.getTerminator());
    if (!isEnd)
      continue;
    Tail &tail = tails[&block] = getTail(&block);
    auto &group = groups[hashTail(tail)];
    if (group.size() < maxBlocks)
      group.push_back(&block);
  }
  bool hasChanged = false;
  for (auto &[hash, group] : groups) {
    Match match = findMatch(group);
    if (match.blocks.size() < 2)
      continue;
    bool isWorthIt = match.gain >= minGain;
    report(match, isWorthIt);
    if (!isWorthIt)
      continue;
    merge(match);
    hasChanged = true;
  }
  return hasChanged;
}

void TailMerging::runOnOperation() {
  // A shared block may share its own end with others.
  constexpr unsigned maxRounds = 8;
  forEachBody(getOperation(), [&](Operation *op) {
    repeatReturns(op->getRegion(0));
    for (unsigned round = 0; round != maxRounds; ++round)
      if (!TailMerger(op->getRegion(0), minGain).run())
        break;
    shareReturns(op->getRegion(0));
  });
}
