//===- MemoryClobbers.cpp - what changes memory -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Looks at stores, helpers and functions.
//
//===----------------------------------------------------------------------===//

#include "MemoryClobbers.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::whistler;

bool mlir::whistler::isQuietHelper(StringRef helper) {
  static const llvm::StringSet<> names = {
      "csum_diff",
      "get_current_cgroup_id",
      "get_current_pid_tgid",
      "get_current_uid_gid",
      "get_numa_node_id",
      "get_prandom_u32",
      "get_smp_processor_id",
      "jiffies64",
      "ktime_get_boot_ns",
      "ktime_get_coarse_ns",
      "ktime_get_ns",
      "ktime_get_tai_ns",
      "map_lookup_elem",
      "perf_event_output",
      "ringbuf_discard",
      "ringbuf_output",
      "ringbuf_query",
      "ringbuf_reserve",
      "ringbuf_submit",
      "trace_printk",
  };
  return names.contains(helper);
}

bool mlir::whistler::changesOnlyPacket(Operation *op) {
  static const llvm::StringSet<> names = {
      "csum_update",      "l3_csum_replace", "l4_csum_replace",
      "set_hash_invalid", "skb_adjust_room", "skb_change_head",
      "skb_change_proto", "skb_change_tail", "skb_change_type",
      "skb_pull_data",    "skb_store_bytes", "skb_vlan_pop",
      "skb_vlan_push",    "xdp_adjust_head", "xdp_adjust_meta",
      "xdp_adjust_tail",  "xdp_store_bytes",
  };
  auto call = dyn_cast<HelperCallOp>(op);
  return call && names.contains(call.getHelper());
}

bool mlir::whistler::isSilent(Operation *op) {
  return isa<LoadOp, CtxLoadOp>(op) || isPure(op);
}

bool mlir::whistler::isCall(Operation *op) {
  return isa<HelperCallOp, CallOp, TailCallOp, MapLookupOp, MapUpdateOp,
             MapDeleteOp, MapAddOp, AsmOp>(op);
}

MemoryClobbers::MemoryClobbers(Operation *root) {
  auto module = dyn_cast<ModuleOp>(root);
  if (!module || module.getOps<FuncOp>().empty())
    return;
  SymbolTable symbols(module);
  for (FuncOp func : module.getOps<FuncOp>())
    addFunction(func, symbols);
}

void MemoryClobbers::addFunction(FuncOp func, const SymbolTable &symbols) {
  if (!quietFunctions.try_emplace(func.getSymName(), false).second)
    return;
  func.walk([&](CallOp call) {
    if (auto callee = symbols.lookup<FuncOp>(call.getCallee()))
      addFunction(callee, symbols);
  });
  WalkResult clobber = func.walk([&](Operation *op) {
    return mayClobber(op, AddressSpace::Packet) ? WalkResult::interrupt()
                                                : WalkResult::advance();
  });
  quietFunctions[func.getSymName()] =
      !func.getIsGlobal() && !clobber.wasInterrupted();
}

/// Whether a store through `base` may write to memory in `space`.
static bool mayWrite(Value base, AddressSpace space) {
  AddressSpace written = cast<PtrType>(base.getType()).getSpace();
  return written == space || written == AddressSpace::Any ||
         space == AddressSpace::Any;
}

bool mlir::whistler::takesPointer(Operation *op, AddressSpace space) {
  return llvm::any_of(op->getOperandTypes(), [&](Type type) {
    auto pointer = dyn_cast<PtrType>(type);
    return pointer && (pointer.getSpace() == space ||
                       pointer.getSpace() == AddressSpace::Any);
  });
}

bool MemoryClobbers::mayMovePacket(Operation *op) const {
  // Since 6.13 the verifier expects of tail calls that they move packets.
  if (isa<AsmOp, TailCallOp>(op))
    return true;
  if (auto call = dyn_cast<CallOp>(op))
    return takesPointer(op, AddressSpace::Ctx) &&
           !quietFunctions.lookup(call.getCallee());
  auto call = dyn_cast<HelperCallOp>(op);
  return call && takesPointer(op, AddressSpace::Ctx) &&
         !isQuietHelper(call.getHelper());
}

bool MemoryClobbers::mayClobber(Operation *op, AddressSpace space) const {
  if (space == AddressSpace::Ctx)
    return isa<CtxStoreOp>(op) || mayMovePacket(op);
  return llvm::TypeSwitch<Operation *, bool>(op)
      .Case<StoreOp, MemSetOp, AtomicRMWOp, AtomicCmpXchgOp>(
          [&](auto store) { return mayWrite(store.getBase(), space); })
      .Case<MemCpyOp>([&](auto copy) { return mayWrite(copy.getDst(), space); })
      .Case<HelperCallOp>([&](auto call) {
        if (space == AddressSpace::Stack)
          return takesPointer(op, space);
        if (isQuietHelper(call.getHelper()))
          return false;
        // Whoever changes or moves a packet is given the context or the packet.
        return space != AddressSpace::Packet ||
               takesPointer(op, AddressSpace::Ctx) || takesPointer(op, space);
      })
      .Case<MapUpdateOp, MapDeleteOp, MapAddOp>([&](auto) {
        return space == AddressSpace::MapValue || space == AddressSpace::Any;
      })
      .Case<CallOp>([&](auto call) {
        return space != AddressSpace::Packet ||
               !quietFunctions.lookup(call.getCallee());
      })
      .Case<TailCallOp, AsmOp>([](auto) { return true; })
      .Default([](Operation *) { return false; });
}

bool mlir::whistler::isAnyBetween(Operation *from, Operation *to,
                                  function_ref<bool(Operation *)> predicate) {
  unsigned numVisited = 0;
  SmallVector<Block *> worklist;
  SmallPtrSet<Block *, 8> visited;
  /// Looks at what stands in front of `end`, up to `from` or the block's start.
  auto scan = [&](Block *block, Block::iterator end) {
    while (end != block->begin()) {
      Operation *op = &*--end;
      if (op == from)
        return false;
      if (++numVisited > maxVisitedOps || predicate(op))
        return true;
    }
    if (block->hasNoPredecessors())
      return true;
    for (Block *predecessor : block->getPredecessors())
      if (visited.insert(predecessor).second)
        worklist.push_back(predecessor);
    return false;
  };
  if (scan(to->getBlock(), to->getIterator()))
    return true;
  while (!worklist.empty()) {
    Block *block = worklist.pop_back_val();
    if (scan(block, block->end()))
      return true;
  }
  return false;
}

bool MemoryClobbers::mayClobberBetween(Operation *from, Operation *to,
                                       AddressSpace space) const {
  return isAnyBetween(from, to,
                      [&](Operation *op) { return mayClobber(op, space); });
}
