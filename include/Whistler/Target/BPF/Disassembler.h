//===- Disassembler.h - instructions to text --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Prints instructions as the kernel's verifier does in its log.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TARGET_BPF_DISASSEMBLER_H
#define WHISTLER_TARGET_BPF_DISASSEMBLER_H

#include "Whistler/Dialect/BPF/IR/Encoding.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace mlir::bpf {

/// Where the disassembler finds names. Each may be null.
struct DisassemblerNames {
  /// The name of a helper by its number, such as `bpf_map_lookup_elem`; empty
  /// for an unknown one.
  llvm::function_ref<StringRef(int32_t)> helper = nullptr;
};

/// Prints the first of `slots`, without a line end. Returns the number of slots
/// that it took: 2 for a 64-bit immediate, 1 otherwise. `symbol` stands for the
/// 64-bit immediate or the function that the loader fills in; where it is empty
/// the number is printed.
unsigned printInstruction(raw_ostream &os, ArrayRef<Instruction> slots,
                          DisassemblerNames names = {}, StringRef symbol = "");

} // namespace mlir::bpf

#endif // WHISTLER_TARGET_BPF_DISASSEMBLER_H
