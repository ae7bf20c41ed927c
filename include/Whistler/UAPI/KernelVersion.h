//===- KernelVersion.h - kernels and what they have -------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Versions of the kernel, and the ones that brought what programs are made of.
// Helpers, map types and sections have theirs in their own tables.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UAPI_KERNELVERSION_H
#define WHISTLER_UAPI_KERNELVERSION_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <tuple>

namespace whistler::uapi {

/// A version of Linux. The default one, 0.0, is older than all others.
struct KernelVersion {
  unsigned majorNumber = 0;
  unsigned minorNumber = 0;

  /// The version that `text` names, as "6.1"; none for anything else.
  static std::optional<KernelVersion> parse(llvm::StringRef text);
  std::string str() const;

  friend bool operator==(KernelVersion a, KernelVersion b) {
    return std::tie(a.majorNumber, a.minorNumber) ==
           std::tie(b.majorNumber, b.minorNumber);
  }
  friend bool operator<(KernelVersion a, KernelVersion b) {
    return std::tie(a.majorNumber, a.minorNumber) <
           std::tie(b.majorNumber, b.minorNumber);
  }
};

/// What programs are compiled for when no one says otherwise.
constexpr KernelVersion defaultMinKernel = {5, 4};

/// What instructions and verifier came to allow.
enum class KernelFeature : uint8_t {
  TailCall,
  Function,
  Jump32,
  GlobalVariable,
  Loop,
  GlobalFunction,
  TailCallInFunction,
  AtomicFetch,
  PointerToGlobalFunction,
  Callback,
  SignExtension,
  MayGoto,
  CertainLookup,
  AtomicLoad,
};

/// The first kernel that has `feature`.
KernelVersion getSince(KernelFeature feature);
/// What a message calls it, with an article.
llvm::StringRef getDescription(KernelFeature feature);

/// A version of the instruction set, named as clang's -mcpu does.
struct InstructionSet {
  llvm::StringRef name;
  KernelVersion since;
};

/// All of them, oldest first.
llvm::ArrayRef<InstructionSet> getInstructionSets();

/// The one of that name, or null.
const InstructionSet *lookupInstructionSet(llvm::StringRef name);

/// The newest one that `kernel` has.
const InstructionSet &getInstructionSet(KernelVersion kernel);

} // namespace whistler::uapi

#endif // WHISTLER_UAPI_KERNELVERSION_H
