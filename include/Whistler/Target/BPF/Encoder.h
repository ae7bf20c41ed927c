//===- Encoder.h - functions to instructions --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The encoding of one `bpf.func`, with what the object file has to say about
// it.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TARGET_BPF_ENCODER_H
#define WHISTLER_TARGET_BPF_ENCODER_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include <vector>

namespace mlir::bpf {

/// What the loader puts into an instruction, beside answers to questions about
/// the kernel's types.
enum class SymbolKind {
  /// The address of a map, in the two slots of a 64-bit immediate.
  Map,
  /// An address in a global variable, likewise.
  Global,
  /// The address of a function, likewise.
  Function,
  /// The distance to a function, in the one slot of a call.
  Call,
};

/// A place where the loader puts what a symbol stands for: the first slot.
struct SymbolRelocation {
  SymbolKind kind;
  uint32_t slot;
  StringRef symbol;
  /// Bytes from the start of a global variable.
  int32_t offset = 0;
};

/// An instruction whose offset or immediate depends on the running kernel's
/// types. What stands there is for the object writer to fill in.
struct CoreRelocation {
  uint32_t slot;
  CoreKind kind;
  /// As in the operations: `struct:path` and the like.
  StringRef subject;
};

/// The instructions of a function. Slots are numbered from its start. The
/// strings belong to the function's attributes.
struct EncodedFunction {
  /// One element for each slot of eight bytes; a 64-bit immediate has two.
  std::vector<Instruction> slots;
  /// The location of the operation that each slot comes from.
  std::vector<Location> locations;
  /// Both in the order of their slots.
  std::vector<SymbolRelocation> symbols;
  std::vector<CoreRelocation> core;

  /// Appends the slots' bytes in the little-endian layout of the UAPI's
  /// `struct bpf_insn`.
  void appendBytes(SmallVectorImpl<char> &bytes) const;
};

struct EncodingOptions {
  /// Whether unconditional jumps may have 32-bit distances (v4).
  bool longJumps = false;
};

/// Encodes `func`, on which `bpf-codegen` has run. Emits an error where a jump
/// is too long, or where something is left to do.
FailureOr<EncodedFunction> encodeFunction(FuncOp func,
                                          EncodingOptions options = {});

} // namespace mlir::bpf

#endif // WHISTLER_TARGET_BPF_ENCODER_H
