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

/// A place where the loader puts the address of a map: the first of the two
/// slots of a 64-bit immediate.
struct MapRelocation {
  uint32_t slot;
  StringRef map;
};

/// An access to a context field that may be elsewhere in the running kernel.
struct FieldRelocation {
  uint32_t slot;
  /// The field, as `struct:field`.
  StringRef field;
};

/// The instructions of a function. Slots are numbered from its start. The
/// strings belong to the function's attributes.
struct EncodedFunction {
  /// One element for each slot of eight bytes; a 64-bit immediate has two.
  std::vector<Instruction> slots;
  /// The location of the operation that each slot comes from.
  std::vector<Location> locations;
  std::vector<MapRelocation> maps;
  std::vector<FieldRelocation> fields;

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
