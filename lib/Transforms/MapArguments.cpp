//===- MapArguments.cpp - keys and values of map operations -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds keys and values that need no copy on the stack.
//
//===----------------------------------------------------------------------===//

#include "MapArguments.h"

#include "Whistler/UAPI/ProgramTypes.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::whistler;
namespace uapi = ::whistler::uapi;

SmallVector<OpOperand *, 2> mlir::whistler::getMapArguments(Operation *op) {
  using Operands = SmallVector<OpOperand *, 2>;
  return llvm::TypeSwitch<Operation *, Operands>(op)
      .Case<MapLookupOp, MapDeleteOp>(
          [](auto mapOp) { return Operands{&mapOp.getKeyMutable()}; })
      .Case<MapUpdateOp>([](MapUpdateOp mapOp) {
        return Operands{&mapOp.getKeyMutable(), &mapOp.getValueMutable()};
      })
      .Default([](Operation *) { return Operands{}; });
}

void mlir::whistler::emitAddition(OpBuilder &builder, Location loc,
                                  Value pointer, Value delta, bool isAtomic) {
  if (isAtomic) {
    AtomicRMWOp::create(builder, loc, Type(), AtomicKind::Add, pointer, 0,
                        delta);
    return;
  }
  Value old = LoadOp::create(builder, loc, delta.getType(), pointer, 0);
  Value sum = arith::AddIOp::create(builder, loc, old, delta);
  StoreOp::create(builder, loc, sum, pointer, 0);
}

/// Whether the kernel lets helpers read the packet in programs of a type:
/// may_access_direct_pkt_data() in kernel/bpf/verifier.c.
static bool canPassPacket(StringRef programType) {
  const uapi::ProgramType *type = uapi::lookupProgramType(programType);
  if (!type)
    return false;
  switch (type->kind) {
  case uapi::ProgramKind::XDP:
  case uapi::ProgramKind::TC:
  case uapi::ProgramKind::CgroupSkb:
  case uapi::ProgramKind::SkSkb:
  case uapi::ProgramKind::SkMsg:
    return true;
  default:
    return false;
  }
}

/// The load that `value` is the low bytes of, if it is that.
static LoadOp getSource(Value value) {
  if (auto trunc = value.getDefiningOp<arith::TruncIOp>())
    value = trunc.getIn();
  auto load = value.getDefiningOp<LoadOp>();
  return load && !load.getField() ? load : LoadOp();
}

/// Whether helpers take pointers to memory in `space`.
static bool canPass(Operation *body, AddressSpace space) {
  switch (space) {
  case AddressSpace::Packet: {
    auto prog = dyn_cast<ProgOp>(body);
    return prog && canPassPacket(prog.getProgramType());
  }
  case AddressSpace::MapValue:
  case AddressSpace::Stack:
    return true;
  default:
    return false;
  }
}

/// Whether the bytes that `load` has read may be read by `user` instead.
static bool canReadLater(LoadOp load, Operation *user, AddressSpace space,
                         const MemoryClobbers &clobbers) {
  // Map values change under the program's hands: close to the load is soon
  // enough, once, and not where the kernel keeps what it reads.
  if (space == AddressSpace::MapValue &&
      (load->getBlock() != user->getBlock() || !load->hasOneUse() ||
       isa<MapUpdateOp>(user)))
    return false;
  return !clobbers.mayClobberBetween(load, user, space);
}

/// Whether there is a call between two operations of one block.
static bool hasCallBetween(Operation *from, Operation *to) {
  for (Operation *op = from->getNextNode(); op != to; op = op->getNextNode())
    if (isCall(op))
      return true;
  return false;
}

/// Whether all that `load` is used for are `numUses` keys and values, as it is
/// or truncated.
static bool isOnlyPassed(LoadOp load, size_t numUses) {
  size_t found = 0;
  for (Operation *user : load->getUsers())
    found += isa<arith::TruncIOp>(user)
                 ? std::distance(user->use_begin(), user->use_end())
                 : 1;
  return found == numUses;
}

/// Whether to pass the address of what `load` reads to all of `uses`.
static bool shouldPass(Operation *body, LoadOp load, ArrayRef<OpOperand *> uses,
                       const MemoryClobbers &clobbers) {
  AddressSpace space = cast<PtrType>(load.getBase().getType()).getSpace();
  if (!canPass(body, space) || !llvm::all_of(uses, [&](OpOperand *use) {
        return canReadLater(load, use->getOwner(), space, clobbers);
      }))
    return false;
  if (isOnlyPassed(load, uses.size()))
    return true;
  // The value is needed in any case, and the address may cost a register.
  return llvm::all_of(uses, [&](OpOperand *use) {
    return use->getOwner()->getBlock() == load->getBlock() &&
           !hasCallBetween(load, use->getOwner());
  });
}

/// The address that `load` reads from, by one addition to a pointer that has a
/// register in any case.
static Value createAddress(OpBuilder &builder, Location loc, LoadOp load) {
  Value base = load.getBase();
  int64_t distance = load.getOffset();
  for (;;) {
    auto add = base.getDefiningOp<PtrAddOp>();
    APInt amount;
    // What has been compared is what others will be computed from.
    if (!add || !matchPattern(add.getOffset(), m_ConstantInt(&amount)) ||
        llvm::any_of(add->getUsers(),
                     [](Operation *user) { return isa<PtrCmpOp>(user); }))
      break;
    distance += amount.getSExtValue();
    base = add.getBase();
  }
  if (distance == 0)
    return base;
  Value offset = arith::ConstantOp::create(builder, loc,
                                           builder.getI64IntegerAttr(distance));
  return PtrAddOp::create(builder, loc, base, offset);
}

/// Whether the address that `load` reads takes the register of its base where
/// `first` is given it, since nothing needs the base any more: then it can stay
/// there for others.
static bool replacesBase(LoadOp load, Operation *first,
                         DominanceInfo &dominance) {
  return llvm::all_of(load.getBase().getUsers(), [&](Operation *user) {
    return user == load || dominance.properlyDominates(user, first);
  });
}

void mlir::whistler::passInPlace(Operation *body,
                                 const MemoryClobbers &clobbers) {
  llvm::MapVector<Operation *, SmallVector<OpOperand *>> uses;
  body->walk([&](Operation *op) {
    for (OpOperand *use : getMapArguments(op))
      if (!isa<PtrType>(use->get().getType()))
        if (LoadOp load = getSource(use->get()))
          uses[load].push_back(use);
  });
  DominanceInfo dominance(body);
  for (auto &[op, loadUses] : uses) {
    auto load = cast<LoadOp>(op);
    if (!shouldPass(body, load, loadUses, clobbers))
      continue;
    Operation *first = loadUses.front()->getOwner();
    bool isShared = loadUses.size() > 1 && replacesBase(load, first, dominance);
    Value shared;
    for (OpOperand *use : loadUses) {
      Operation *owner = use->getOwner();
      OpBuilder builder(owner);
      bool isKnown =
          isShared && shared && dominance.properlyDominates(first, owner);
      Value address =
          isKnown ? shared : createAddress(builder, owner->getLoc(), load);
      if (owner == first)
        shared = address;
      Operation *trunc = use->get().getDefiningOp<arith::TruncIOp>();
      use->set(address);
      if (trunc && trunc->use_empty())
        trunc->erase();
    }
    if (load.use_empty())
      load.erase();
  }
}
