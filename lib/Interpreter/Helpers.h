//===- Helpers.h - the helpers that the interpreter has ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Tables of the functions that do what the kernel's helpers do.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_INTERPRETER_HELPERS_H
#define WHISTLER_LIB_INTERPRETER_HELPERS_H

#include "Whistler/Interpreter/Machine.h"
#include "Whistler/UAPI/Helpers.h"

namespace whistler::interp {

/// Does what a helper does on the five argument registers, and returns r0. Ends
/// the run with Machine::fail where the verifier would refuse the call.
using HelperFunction = uint64_t (*)(Machine &machine,
                                    const uint64_t *arguments);

/// A helper by its C name, without "bpf_".
struct NamedHelper {
  llvm::StringLiteral name;
  HelperFunction run;
  /// Pointers to the packet are of no use after the call.
  bool changesPacket = false;
};

/// The helpers for maps; those that ask for time, task and the like, or read
/// memory; those that work on packets.
llvm::ArrayRef<NamedHelper> getMapHelpers();
llvm::ArrayRef<NamedHelper> getSystemHelpers();
llvm::ArrayRef<NamedHelper> getPacketHelpers();

/// A helper with its description.
struct HelperEntry {
  const uapi::Helper *helper = nullptr;
  HelperFunction run = nullptr;
  bool changesPacket = false;
};

/// The helper with that number; null, or without a function, where the
/// interpreter does not have it.
const HelperEntry *lookupHelperEntry(uint32_t id);

/// An error number as a helper returns it.
constexpr uint64_t errorValue(int error) {
  return static_cast<uint64_t>(-static_cast<int64_t>(error));
}

} // namespace whistler::interp

#endif // WHISTLER_LIB_INTERPRETER_HELPERS_H
