//===- LongJumps.h - jumps beyond 16 bits -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Leads jumps over islands where they are too long for an instruction.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TARGET_BPF_LONGJUMPS_H
#define WHISTLER_LIB_TARGET_BPF_LONGJUMPS_H

#include "Whistler/Target/BPF/Encoder.h"

namespace mlir::bpf {

/// A jump: its slot, and the slot that it leads to.
struct Jump {
  uint32_t slot;
  uint32_t target;
};

/// Fills in the distances of `jumps` in `code`. Where one of them is too long,
/// instructions that jump on are put between others: what is in `code` moves.
LogicalResult resolveJumps(EncodedFunction &code, ArrayRef<Jump> jumps,
                           EncodingOptions options);

} // namespace mlir::bpf

#endif // WHISTLER_LIB_TARGET_BPF_LONGJUMPS_H
