//===- PointerUses.cpp - what the verifier asks of pointers -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Finds the uses of pointers that have to be behind a check.
//
//===----------------------------------------------------------------------===//

#include "PointerUses.h"

#include "StackPlaces.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::whistler;
using arith::CmpIPredicate;

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

HelperCallOp mlir::whistler::getHelperCall(Operation *op, StringRef helper) {
  auto call = dyn_cast_if_present<HelperCallOp>(op);
  return call && call.getHelper() == helper ? call : HelperCallOp();
}

bool mlir::whistler::isReservation(Operation *op) {
  return bool(getHelperCall(op, "ringbuf_reserve"));
}

bool mlir::whistler::isRelease(Operation *op) {
  return getHelperCall(op, "ringbuf_submit") ||
         getHelperCall(op, "ringbuf_discard");
}

/// bpf_helper_changes_pkt_data in net/core/filter.c.
bool mlir::whistler::movesPacket(Operation *op) {
  static const llvm::StringSet<> helpers = {
      "clone_redirect",       "l3_csum_replace", "l4_csum_replace",
      "lwt_push_encap",       "lwt_seg6_action", "lwt_seg6_adjust_srh",
      "lwt_seg6_store_bytes", "msg_pop_data",    "msg_pull_data",
      "msg_push_data",        "skb_adjust_room", "skb_change_head",
      "skb_change_proto",     "skb_change_tail", "skb_pull_data",
      "skb_store_bytes",      "skb_vlan_pop",    "skb_vlan_push",
      "store_hdr_opt",        "xdp_adjust_head", "xdp_adjust_meta",
      "xdp_adjust_tail"};
  auto call = dyn_cast<HelperCallOp>(op);
  return call && helpers.contains(call.getHelper());
}

/// Helpers of whose pointers to memory and maps none may be null. Of others it
/// is better not to say so: some take null, and not all kernels agree.
static bool refusesNull(HelperCallOp call) {
  static const llvm::StringSet<> helpers = {
      "get_current_comm", "map_delete_elem",   "map_lookup_elem",
      "map_peek_elem",    "map_pop_elem",      "map_push_elem",
      "map_update_elem",  "perf_event_output", "ringbuf_discard",
      "ringbuf_output",   "ringbuf_submit",    "skb_load_bytes",
      "skb_store_bytes",  "xdp_load_bytes",    "xdp_store_bytes"};
  return helpers.contains(call.getHelper());
}

//===----------------------------------------------------------------------===//
// Uses
//===----------------------------------------------------------------------===//

static int64_t getKeySize(Operation *op, FlatSymbolRefAttr name) {
  auto map = SymbolTable::lookupNearestSymbolFrom<MapOp>(op, name);
  return map ? map.getKeySize() : 0;
}

static int64_t getValueSize(Operation *op, FlatSymbolRefAttr name) {
  auto map = SymbolTable::lookupNearestSymbolFrom<MapOp>(op, name);
  return map ? map.getValueSize() : 0;
}

/// The accesses of an operation that reads or writes memory itself.
static SmallVector<PointerUse> getAccesses(Operation *op) {
  using Uses = SmallVector<PointerUse>;
  return llvm::TypeSwitch<Operation *, Uses>(op)
      .Case([&](LoadOp load) -> Uses {
        // A field of the kernel's struct is where the loader finds it.
        int64_t size = load.getField() ? 0 : getSizeInBytes(load.getType());
        return {{op, load.getBase(), load.getOffset(), size, false}};
      })
      .Case([&](StoreOp store) -> Uses {
        return {{op, store.getBase(), store.getOffset(),
                 getSizeInBytes(store.getValue().getType()), true}};
      })
      .Case<AtomicRMWOp, AtomicCmpXchgOp>([&](auto atomic) -> Uses {
        return {{op, atomic.getBase(), atomic.getOffset(),
                 getSizeInBytes(atomic.getValue().getType()), true}};
      })
      .Case([&](MemSetOp set) -> Uses {
        return {{op, set.getBase(), set.getOffset(), set.getSize(), true}};
      })
      .Case([&](MemCpyOp copy) -> Uses {
        return {
            {op, copy.getDst(), copy.getDstOffset(), copy.getSize(), true},
            {op, copy.getSrc(), copy.getSrcOffset(), copy.getSize(), false}};
      })
      .Default(Uses());
}

SmallVector<PointerUse> mlir::whistler::getPointerUses(Operation *op) {
  using Uses = SmallVector<PointerUse>;
  Uses uses = llvm::TypeSwitch<Operation *, Uses>(op)
                  .Case<MapLookupOp, MapDeleteOp>([&](auto access) -> Uses {
                    return {{op, access.getKey(), 0,
                             getKeySize(op, access.getMapAttr()), false}};
                  })
                  .Case([&](MapUpdateOp update) -> Uses {
                    return {{op, update.getKey(), 0,
                             getKeySize(op, update.getMapAttr()), false},
                            {op, update.getValue(), 0,
                             getValueSize(op, update.getMapAttr()), false}};
                  })
                  .Case([&](HelperCallOp call) -> Uses {
                    Uses uses;
                    // What is read, these helpers check themselves.
                    if (call.getHelper().starts_with("probe_read"))
                      uses.push_back({op, call.getArgs().front()});
                    if (refusesNull(call))
                      for (Value arg : call.getArgs())
                        uses.push_back({op, arg});
                    return uses;
                  })
                  .Default([](Operation *op) { return getAccesses(op); });
  llvm::erase_if(uses, [](const PointerUse &use) {
    return !isa<PtrType>(use.pointer.getType());
  });
  return uses;
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

bool mlir::whistler::yieldsPointerOrNull(Operation *op) {
  return isa_and_present<MapLookupOp>(op) || isReservation(op) ||
         getHelperCall(op, "map_lookup_elem");
}

bool mlir::whistler::isPacketStart(Value pointer) {
  return pointer.getDefiningOp<CtxLoadOp>() &&
         cast<PtrType>(pointer.getType()).getSpace() == AddressSpace::Packet;
}

Value mlir::whistler::getRoot(Value pointer) {
  for (;;) {
    pointer = stripCasts(pointer);
    auto add = pointer.getDefiningOp<PtrAddOp>();
    if (!add)
      return pointer;
    pointer = add.getBase();
  }
}

bool mlir::whistler::isChecked(const PointerUse &use,
                               const KnownConditions &known) {
  Place place = getPlace(use.pointer, use.offset);
  Value root = getRoot(place.root);
  // What comes from several blocks may be all of it.
  bool isJoined = isa<BlockArgument>(root) &&
                  !cast<BlockArgument>(root).getOwner()->isEntryBlock();
  if (isPacketStart(root) ||
      (isJoined &&
       cast<PtrType>(root.getType()).getSpace() == AddressSpace::Packet))
    return known.getLeastLength(place.root) >= place.offset + use.size;
  bool mayBeNull = isJoined || root.getDefiningOp<NullOp>() ||
                   yieldsPointerOrNull(root.getDefiningOp());
  return !mayBeNull || known.isNotNull(root);
}

bool mlir::whistler::mayBeLeft(Operation *reservation) {
  Value record = reservation->getResult(0);
  auto releases = [&](Operation &op) {
    return isRelease(&op) && stripCasts(op.getOperand(0)) == record;
  };
  llvm::SetVector<Block *> reached;
  reached.insert(reservation->getBlock());
  for (size_t i = 0; i != reached.size(); ++i) {
    Block *block = reached[i];
    if (llvm::any_of(*block, releases))
      continue;
    Operation *end = block->getTerminator();
    if (isa<whistler::ReturnOp>(end))
      return true;
    auto branch = dyn_cast<cf::CondBranchOp>(end);
    std::optional<Comparison> test =
        branch ? Comparison::get(branch.getCondition()) : std::nullopt;
    bool isNullTest = test && test->lhs == record && test->constant;
    for (auto [index, successor] : llvm::enumerate(block->getSuccessors())) {
      bool isNull =
          (test && test->predicate == CmpIPredicate::eq) == (index == 0);
      if (!isNullTest || !isNull)
        reached.insert(successor);
    }
  }
  return false;
}
