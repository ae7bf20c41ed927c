//===- RegisterConstants.cpp - registers with known contents ----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Starts from the entry, and forgets what does not hold on every way into a
// block, until nothing changes.
//
//===----------------------------------------------------------------------===//

#include "RegisterConstants.h"
#include "RegisterLiveness.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/PostOrderIterator.h"

using namespace mlir;
using namespace mlir::bpf;

std::optional<int64_t> RegisterConstants::getNumber(Operation *op) {
  if (isRelocated(op))
    return std::nullopt;
  if (auto imm = dyn_cast<MovImmOp>(op))
    return imm.getWidth() == Width::W64 ? int64_t(imm.getImm())
                                        : int64_t(uint32_t(imm.getImm()));
  if (auto imm = dyn_cast<LdImm64Op>(op))
    return imm.getImm();
  return std::nullopt;
}

KnownContents RegisterConstants::getAtEnd(Block *block) const {
  KnownContents contents = atStart.lookup(block);
  for (Operation &op : *block) {
    getWrites(&op).forEach(
        [&](Register reg) { contents[static_cast<unsigned>(reg)].reset(); });
    if (std::optional<int64_t> number = getNumber(&op))
      if (std::optional<Register> reg = getMachineRegister(op.getResult(0)))
        contents[static_cast<unsigned>(*reg)] = number;
  }
  return contents;
}

KnownContents RegisterConstants::getOnEdge(Block *block, unsigned index) const {
  KnownContents contents = getAtEnd(block);
  auto jump = dyn_cast<JCondImmOp>(block->getTerminator());
  if (!jump || jump.getWidth() != Width::W64)
    return contents;
  bool isEqual = (jump.getCondition() == Condition::Eq && index == 0) ||
                 (jump.getCondition() == Condition::Ne && index == 1);
  std::optional<Register> reg = getMachineRegister(jump.getLhs());
  if (isEqual && reg)
    contents[static_cast<unsigned>(*reg)] = jump.getImm();
  return contents;
}

bool RegisterConstants::update(Block *block) {
  bool changed = false;
  for (unsigned index : llvm::seq(block->getNumSuccessors())) {
    KnownContents contents = getOnEdge(block, index);
    auto [known, isFirst] =
        atStart.try_emplace(block->getSuccessor(index), contents);
    changed |= isFirst;
    for (auto [old, now] : llvm::zip_equal(known->second, contents))
      if (old && old != now) {
        old.reset();
        changed = true;
      }
  }
  return changed;
}

RegisterConstants::RegisterConstants(FuncOp func) {
  Block *entry = &func.getBody().front();
  atStart[entry] = KnownContents();
  llvm::ReversePostOrderTraversal<Block *> order(entry);
  bool changed = true;
  while (changed) {
    changed = false;
    for (Block *block : order)
      changed |= update(block);
  }
}
