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

bool mlir::whistler::isCall(Operation *op) {
  return isa<HelperCallOp, CallOp, TailCallOp, MapLookupOp, MapUpdateOp,
             MapDeleteOp, MapAddOp, AsmOp>(op);
}

MemoryClobbers::MemoryClobbers(Operation *root)
    : module(dyn_cast<ModuleOp>(root)) {}

/// Whether a store through `base` may write to memory in `space`.
static bool mayWrite(Value base, AddressSpace space) {
  AddressSpace written = cast<PtrType>(base.getType()).getSpace();
  return written == space || written == AddressSpace::Any ||
         space == AddressSpace::Any;
}

/// Whether `op` may write to the context: itself, or what it is passed to.
static bool changesContext(Operation *op) {
  if (isa<CtxStoreOp, AsmOp>(op))
    return true;
  auto helper = dyn_cast<HelperCallOp>(op);
  if (!isa<HelperCallOp, CallOp>(op) ||
      (helper && isQuietHelper(helper.getHelper())))
    return false;
  return llvm::any_of(op->getOperandTypes(), [](Type type) {
    auto pointer = dyn_cast<PtrType>(type);
    return pointer && (pointer.getSpace() == AddressSpace::Ctx ||
                       pointer.getSpace() == AddressSpace::Any);
  });
}

bool MemoryClobbers::mayClobber(Operation *op, AddressSpace space) {
  if (space == AddressSpace::Ctx)
    return changesContext(op);
  auto takesStackAddress = [&] {
    return llvm::any_of(op->getOperandTypes(), [](Type type) {
      auto pointer = dyn_cast<PtrType>(type);
      return pointer && (pointer.getSpace() == AddressSpace::Stack ||
                         pointer.getSpace() == AddressSpace::Any);
    });
  };
  return llvm::TypeSwitch<Operation *, bool>(op)
      .Case<StoreOp, MemSetOp, AtomicRMWOp, AtomicCmpXchgOp>(
          [&](auto store) { return mayWrite(store.getBase(), space); })
      .Case<MemCpyOp>([&](auto copy) { return mayWrite(copy.getDst(), space); })
      .Case<HelperCallOp>([&](auto call) {
        return !isQuietHelper(call.getHelper()) ||
               (space == AddressSpace::Stack && takesStackAddress());
      })
      .Case<MapUpdateOp, MapDeleteOp, MapAddOp>([&](auto) {
        return space == AddressSpace::MapValue || space == AddressSpace::Any;
      })
      .Case<CallOp>([&](auto call) {
        return space != AddressSpace::Packet || !isQuiet(call.getCallee());
      })
      // Since 6.13 the verifier expects of tail calls that they move packets.
      .Case<TailCallOp, AsmOp>([](auto) { return true; })
      .Default([](Operation *) { return false; });
}

/// Whether a function leaves packets alone. Recursive ones do not count.
bool MemoryClobbers::isQuiet(StringRef callee) {
  if (!module)
    return false;
  auto [found, isNew] = quietFunctions.try_emplace(callee, false);
  if (!isNew)
    return found->second;
  auto func = module.lookupSymbol<FuncOp>(callee);
  bool isQuiet = func && !func.getIsGlobal() &&
                 !func.walk([&](Operation *op) {
                        return mayClobber(op, AddressSpace::Packet)
                                   ? WalkResult::interrupt()
                                   : WalkResult::advance();
                      })
                      .wasInterrupted();
  return quietFunctions[callee] = isQuiet;
}

bool MemoryClobbers::mayClobberBetween(Operation *from, Operation *to,
                                       AddressSpace space, bool *hasCall) {
  unsigned numVisited = 0;
  SmallVector<Block *> worklist;
  SmallPtrSet<Block *, 8> visited;
  /// Looks at what stands in front of `end`, up to `from` or the block's start.
  auto scan = [&](Block *block, Block::iterator end) {
    while (end != block->begin()) {
      Operation *op = &*--end;
      if (op == from)
        return false;
      if (++numVisited > maxVisitedOps || mayClobber(op, space))
        return true;
      if (hasCall)
        *hasCall |= isCall(op);
    }
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
