//===- Provenance.cpp - what an address points to ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Follows each pointer back to where the program got it.
//
//===----------------------------------------------------------------------===//

#include "Provenance.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/TypeSwitch.h"
#include <linux/bpf.h>

using namespace mlir;
using namespace mlir::bpf;

/// The address that `op` accesses memory at; null for other operations.
static Value getBase(Operation *op) {
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case<LoadOp, StoreOp, StoreImmOp, AtomicMemOp, AtomicFetchOp,
            AtomicCmpXchgOp>([](auto access) { return access.getBase(); })
      .Default(Value());
}

unsigned Provenance::classify(Value pointer) {
  auto known = kinds.find(pointer);
  if (known != kinds.end())
    return known->second;
  Operation *def = pointer.getDefiningOp();
  auto argument = dyn_cast<BlockArgument>(pointer);
  unsigned kind;
  if (def)
    kind = classifyResult(def);
  else if (auto func = dyn_cast<FuncOp>(argument.getOwner()->getParentOp());
           argument.getOwner()->isEntryBlock() && func.isProgram())
    kind = Context;
  else
    kind = getFresh();
  kinds[pointer] = kind;
  return kind;
}

unsigned Provenance::classifyResult(Operation *op) {
  if (isa<FramePointerOp, SlotOp, SlotAddrOp, LdGlobalOp>(op))
    return Plain;
  if (auto map = dyn_cast<LdMapOp>(op)) {
    unsigned &number = maps[map.getMapAttr()];
    if (number == 0)
      number = getFresh();
    return number;
  }
  if (auto call = dyn_cast<CallOp>(op))
    return call.getHelper() == BPF_FUNC_map_lookup_elem ||
                   call.getHelper() == BPF_FUNC_ringbuf_reserve
               ? unsigned(Plain)
               : getFresh();
  // The addresses of a packet have 32 bits in the context.
  if (auto load = dyn_cast<LoadOp>(op))
    return load.getKind() == LoadKind::U32 &&
                   classify(load.getBase()) == Context
               ? unsigned(Plain)
               : getFresh();
  if (isa<MovOp>(op))
    return classify(op->getOperand(0));
  if (auto alu = dyn_cast<AluImmOp>(op); alu && alu.getOp() == AluOp::Add)
    return classify(alu.getLhs());
  if (auto alu = dyn_cast<AluRegOp>(op); alu && alu.getOp() == AluOp::Add) {
    // Which of the two is the pointer is not known.
    unsigned lhs = classify(alu.getLhs()), rhs = classify(alu.getRhs());
    return lhs == rhs && lhs == Plain ? unsigned(Plain) : getFresh();
  }
  return getFresh();
}

unsigned Provenance::classifyCall(CallOp call) {
  std::vector<unsigned> given;
  for (Value argument : call.getArgs()) {
    unsigned kind = classify(argument);
    bool isMap = llvm::any_of(
        maps, [&](const auto &entry) { return entry.second == kind; });
    given.push_back(isMap ? kind : unsigned(None));
  }
  unsigned &number = calls[given];
  if (number == 0)
    number = getFresh();
  return number;
}

Provenance::Provenance(FuncOp func) {
  // Values are classified after what they are made of, so that no chain is
  // followed far.
  for (Block *block :
       llvm::ReversePostOrderTraversal<Block *>(&func.getBody().front()))
    for (Operation &op : *block) {
      if (Value base = getBase(&op))
        numbers[&op] = classify(base);
      else if (auto call = dyn_cast<CallOp>(op))
        numbers[&op] = classifyCall(call);
      for (Value result : op.getResults())
        classify(result);
    }
}
