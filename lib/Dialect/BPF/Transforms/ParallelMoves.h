//===- ParallelMoves.h - the order of a parallel assignment -----*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Moves that happen at once, put one after the other.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_PARALLELMOVES_H
#define WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_PARALLELMOVES_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace mlir::bpf {

/// A move between two places, which are given by numbers.
struct ParallelMove {
  unsigned to;
  unsigned from;
};

/// Orders `moves`, whose targets are distinct and whose sources are all read
/// before any target is written. Calls `emit` for each, in order. To break a
/// cycle, calls `save` with a place whose content has to be kept, for the place
/// that it was kept in.
void sequentialize(ArrayRef<ParallelMove> moves,
                   llvm::function_ref<void(ParallelMove)> emit,
                   llvm::function_ref<unsigned(unsigned)> save);

} // namespace mlir::bpf

#endif // WHISTLER_LIB_DIALECT_BPF_TRANSFORMS_PARALLELMOVES_H
