//===- Spiller.cpp - values that get no register ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// First the jumps that pass arguments, whose moves happen at once, then each
// value's definition and other uses.
//
//===----------------------------------------------------------------------===//

#include "Spiller.h"
#include "Constants.h"
#include "ParallelMoves.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::bpf;

/// The size and alignment of a slot for one register, in bytes.
static constexpr int64_t spillBytes = 8;

void Spiller::spill(ArrayRef<unsigned> numbers) {
  SmallVector<Value> values;
  for (unsigned number : numbers) {
    for (Value value : components[number].members)
      if (!spilled.contains(value))
        values.push_back(value);
    chooseHome(number);
  }
  SmallVector<JaOp> jumps;
  for (Block &block : func.getBody())
    if (auto jump = dyn_cast<JaOp>(block.getTerminator()))
      jumps.push_back(jump);
  llvm::for_each(jumps, [&](JaOp jump) { rewriteEdge(jump); });
  llvm::for_each(values, [&](Value value) { rewriteValue(value); });
}

Spiller::Home &Spiller::findHome(const Component &component) {
  // A value that is copied from or to one in memory needs no copy in its place.
  for (Affinity affinity : component.affinities)
    if (Home *home = homeOf.lookup(affinity.component);
        home && !home->range.overlaps(component.range))
      return *home;
  OpBuilder builder = OpBuilder::atBlockBegin(&func.getBody().front());
  homes.push_back({SlotOp::create(builder, component.members.front().getLoc(),
                                  spillBytes, spillBytes, /*spill=*/true),
                   LiveRange()});
  return homes.back();
}

void Spiller::chooseHome(unsigned number) {
  Home *home = nullptr;
  for (Value value : components[number].members) {
    if (spilled.contains(value))
      continue;
    if (Operation *constant = getVirtualConstant(value)) {
      constants.insert(constant);
      continue;
    }
    if (!home) {
      home = homeOf[number] = &findHome(components[number]);
      home->range.unite(components[number].range);
    }
    slots[value] = home->slot;
  }
}

bool Spiller::isSpilled(Value value) const {
  return slots.contains(value) || constants.contains(value.getDefiningOp());
}

Value Spiller::load(OpBuilder &builder, Location loc, SlotOp slot, Type type) {
  auto op = LoadOp::create(builder, loc, type, LoadKind::U64, slot.getSlot(), 0,
                           StringAttr());
  spilled.insert(op.getDst());
  return op.getDst();
}

void Spiller::store(OpBuilder &builder, Location loc, Value value,
                    SlotOp slot) {
  StoreOp::create(builder, loc, StoreSize::B64, value, slot.getSlot(), 0,
                  StringAttr());
}

//===----------------------------------------------------------------------===//
// Block arguments
//===----------------------------------------------------------------------===//

void Spiller::rewriteEdge(JaOp jump) {
  Block *target = jump.getDest();
  bool concernsEdge = llvm::any_of(target->getArguments(), [&](Value argument) {
    return isSpilled(argument);
  });
  concernsEdge |= llvm::any_of(jump.getDestOperands(), [&](Value operand) {
    return isSpilled(operand);
  });
  if (!concernsEdge)
    return;

  // What goes to registers is loaded before a slot may be overwritten.
  OpBuilder builder(jump);
  for (auto [argument, operand] :
       llvm::zip_equal(target->getArguments(), jump.getDestOperandsMutable())) {
    Value value = operand.get();
    if (isSpilled(argument) || !isSpilled(value))
      continue;
    if (SlotOp slot = getSlot(value))
      operand.set(load(builder, jump.getLoc(), slot, value.getType()));
    else
      operand.set(
          repeatConstant(builder, value.getDefiningOp(), value.getType()));
    spilled.insert(operand.get());
  }
  moveInMemory(jump);
  storeToArguments(jump);
  for (unsigned index = target->getNumArguments(); index-- > 0;)
    if (isSpilled(target->getArgument(index)))
      jump.getDestOperandsMutable().erase(index);
}

void Spiller::moveInMemory(JaOp jump) {
  // Places below `numSlots` are slots, those above are values kept from them.
  llvm::SetVector<Operation *> places;
  auto getPlace = [&](SlotOp slot) -> unsigned {
    places.insert(slot);
    return std::distance(places.begin(), llvm::find(places, slot));
  };
  SmallVector<ParallelMove> moves;
  for (auto [argument, operand] :
       llvm::zip_equal(jump.getDest()->getArguments(), jump.getDestOperands()))
    if (SlotOp to = getSlot(argument))
      if (SlotOp from = getSlot(operand))
        moves.push_back({getPlace(to), getPlace(from)});

  OpBuilder builder(jump);
  Type type = RegType::get(builder.getContext());
  unsigned numSlots = places.size();
  SmallVector<Value> kept;
  auto read = [&](unsigned place) {
    if (place >= numSlots)
      return kept[place - numSlots];
    return load(builder, jump.getLoc(), cast<SlotOp>(places[place]), type);
  };
  sequentialize(
      moves,
      [&](ParallelMove move) {
        store(builder, jump.getLoc(), read(move.from),
              cast<SlotOp>(places[move.to]));
      },
      [&](unsigned place) {
        kept.push_back(read(place));
        return numSlots + static_cast<unsigned>(kept.size()) - 1;
      });
}

/// Whether storing the immediate of `op` as 64 bits, which extends its sign,
/// stores the value that `op` gives a register. A relocated one is known to the
/// loader alone.
static bool isStorable(MovImmOp op) {
  return op && !op.getCore() &&
         (op.getWidth() == Width::W64 || op.getImm() >= 0);
}

void Spiller::storeToArguments(JaOp jump) {
  OpBuilder builder(jump);
  for (auto [argument, operand] : llvm::zip_equal(
           jump.getDest()->getArguments(), jump.getDestOperands())) {
    SlotOp slot = getSlot(argument);
    if (!slot || getSlot(operand))
      continue;
    Operation *constant = getVirtualConstant(operand);
    if (auto imm = dyn_cast_if_present<MovImmOp>(constant); isStorable(imm)) {
      StoreImmOp::create(builder, jump.getLoc(), StoreSize::B64, imm.getImm(),
                         slot.getSlot(), 0);
      continue;
    }
    Value value = operand;
    if (constant && isSpilled(operand)) {
      value = repeatConstant(builder, constant, operand.getType());
      spilled.insert(value);
    }
    store(builder, jump.getLoc(), value, slot);
  }
}

//===----------------------------------------------------------------------===//
// Definitions and other uses
//===----------------------------------------------------------------------===//

void Spiller::storeAfterDefinition(Value value, SlotOp slot) {
  OpBuilder builder(value.getContext());
  builder.setInsertionPointAfterValue(value);
  auto mov = value.getDefiningOp<MovOp>();
  if (mov && mov.getWidth() == Width::W64) {
    store(builder, value.getLoc(), mov.getSrc(), slot);
    mov.erase();
    return;
  }
  store(builder, value.getLoc(), value, slot);
  spilled.insert(value);
}

/// The users of `value`, each once, in a fixed order.
static SmallVector<Operation *> getUsersOnce(Value value) {
  llvm::SetVector<Operation *> users;
  for (Operation *user : value.getUsers())
    users.insert(user);
  return users.takeVector();
}

bool Spiller::isReplaceable(Operation *op) const {
  auto mov = dyn_cast<MovOp>(op);
  return mov && mov.getWidth() == Width::W64 && !isSpilled(mov.getDst());
}

/// Sorts `users` such that none comes after one that it leads to, loops apart.
void Spiller::sortUsers(SmallVectorImpl<Operation *> &users) {
  if (blockNumbers.empty()) {
    llvm::ReversePostOrderTraversal<Block *> order(&func.getBody().front());
    for (Block *block : order)
      blockNumbers.try_emplace(block, blockNumbers.size());
  }
  llvm::sort(users, [&](Operation *a, Operation *b) {
    return a->getBlock() == b->getBlock()
               ? a->isBeforeInBlock(b)
               : blockNumbers.lookup(a->getBlock()) <
                     blockNumbers.lookup(b->getBlock());
  });
}

/// How many of the `users` of `constant`, from the first one on, are to have it
/// for themselves, so that it is live for a shorter time for the others: all,
/// if one constant for the others would take no fewer slots than one for each.
/// What takes one slot would only be in the way of others, live for a shorter
/// time.
static size_t getNumRepeated(Operation *constant, ArrayRef<Operation *> users) {
  unsigned slots = getConstantSlots(constant);
  if (slots == 1 || users.empty())
    return users.size();
  // Half of them, so that there are few rounds, or at least a quarter.
  for (size_t first = (users.size() + 1) / 2; 4 * first >= users.size();
       --first) {
    size_t others = users.size() - first;
    size_t moves =
        llvm::count_if(users.drop_front(first), llvm::IsaPred<MovOp>);
    if (others * slots > slots + moves)
      return first;
  }
  return users.size();
}

void Spiller::repeatBeforeUses(Operation *constant) {
  Value value = constant->getResult(0);
  SmallVector<Operation *> users = getUsersOnce(value);
  sortUsers(users);
  size_t numRepeated = getNumRepeated(constant, users);
  if (numRepeated != users.size()) {
    if (!dominance)
      dominance.emplace(func);
    constant->moveBefore(
        findPlace(ArrayRef(users).drop_front(numRepeated), *dominance));
    users.truncate(numRepeated);
  }
  for (Operation *user : users) {
    OpBuilder builder(user);
    bool replaces = isReplaceable(user);
    Type type = replaces ? user->getResult(0).getType() : value.getType();
    Value copy = repeatConstant(builder, constant, type);
    if (replaces) {
      user->getResult(0).replaceAllUsesWith(copy);
      user->erase();
      continue;
    }
    spilled.insert(copy);
    user->replaceUsesOfWith(value, copy);
  }
  if (constant->use_empty())
    constant->erase();
}

void Spiller::rewriteValue(Value value) {
  Operation *def = value.getDefiningOp();
  if (def && constants.contains(def))
    return repeatBeforeUses(def);
  SlotOp slot = getSlot(value);
  for (Operation *user : getUsersOnce(value)) {
    OpBuilder builder(user);
    bool replaces = isReplaceable(user);
    Type type = replaces ? user->getResult(0).getType() : value.getType();
    Value reload = load(builder, user->getLoc(), slot, type);
    if (replaces) {
      // The result may be a value that is live for long.
      spilled.erase(reload);
      user->getResult(0).replaceAllUsesWith(reload);
      user->erase();
      continue;
    }
    user->replaceUsesOfWith(value, reload);
  }
  if (auto argument = dyn_cast<BlockArgument>(value))
    return argument.getOwner()->eraseArgument(argument.getArgNumber());
  storeAfterDefinition(value, slot);
}
