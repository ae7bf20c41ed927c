//===- ParallelMoves.cpp - the order of a parallel assignment ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Emits the moves whose target nobody reads any more, and breaks a cycle where
// there are none.
//
//===----------------------------------------------------------------------===//

#include "ParallelMoves.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace mlir::bpf;

void bpf::sequentialize(ArrayRef<ParallelMove> moves,
                        llvm::function_ref<void(ParallelMove)> emit,
                        llvm::function_ref<unsigned(unsigned)> save) {
  SmallVector<ParallelMove> pending;
  llvm::copy_if(moves, std::back_inserter(pending),
                [](ParallelMove move) { return move.to != move.from; });
  auto isRead = [&](unsigned place) {
    return llvm::any_of(pending,
                        [&](ParallelMove move) { return move.from == place; });
  };
  while (!pending.empty()) {
    auto *ready = llvm::find_if(
        pending, [&](ParallelMove move) { return !isRead(move.to); });
    if (ready == pending.end()) {
      unsigned place = pending.front().to;
      unsigned kept = save(place);
      for (ParallelMove &move : pending)
        if (move.from == place)
          move.from = kept;
      continue;
    }
    ParallelMove move = *ready;
    pending.erase(ready);
    emit(move);
  }
}
