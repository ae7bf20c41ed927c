//===- Helpers.h - Kernel helper functions ----------------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The helpers that the kernel's UAPI header documents: numbers, prototypes and
// the program types that may call them.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UAPI_HELPERS_H
#define WHISTLER_UAPI_HELPERS_H

#include "Whistler/UAPI/KernelVersion.h"
#include "Whistler/UAPI/ProgramTypes.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace whistler::uapi {

/// What a helper expects in one argument register.
enum class ArgKind : uint8_t {
  /// An integer of any kind.
  Scalar,
  /// The address of a map.
  Map,
  /// The program's context, as the program was given it.
  Context,
  /// A pointer to memory that the program may use: stack, map value, packet.
  Memory,
  /// An address in foreign memory, which the helper checks: any integer will
  /// do.
  UnsafePointer,
  /// A kernel object that another helper or the context gave out.
  KernelPointer,
  /// The address of a subprogram that the helper calls back.
  Function,
  /// The context in some program types, a kernel object in others.
  ContextOrKernelPointer,
};

/// What a helper leaves in r0.
enum class ReturnKind : uint8_t {
  Void,
  /// An integer; Helper::returnBits and Helper::returnsSigned tell which.
  Integer,
  /// A pointer; null where Helper::returnsNull says so.
  Pointer,
};

/// One parameter of a helper.
struct HelperArg {
  ArgKind kind;
  /// Position of the parameter with the size in bytes of the memory that this
  /// one points to, or -1.
  int8_t sizeArg;
  /// The helper writes all bytes of the memory, on failure too, and reads none.
  bool isFilled;
  /// The C parameter's name ("key") and type ("const void *"), for messages.
  llvm::StringRef name;
  llvm::StringRef type;
};

/// One helper function. The number and the argument kinds come from the
/// installed linux/bpf.h.
struct Helper {
  static constexpr unsigned MaxArgs = 5;

  /// The Lisp name ("map-lookup-elem") and the C name without its prefix
  /// ("map_lookup_elem").
  llvm::StringRef name;
  llvm::StringRef cName;
  /// The number that a call instruction carries (BPF_FUNC_map_lookup_elem).
  uint32_t id;
  /// Position in getHelpers(); dense, valid for this build only.
  uint16_t index;
  /// The first kernel that has it.
  KernelVersion since;
  /// Documented parameters. A variadic helper takes up to MaxArgs arguments,
  /// those beyond numArgs being integers.
  uint8_t numArgs;
  bool isVariadic;
  HelperArg argStorage[MaxArgs];
  ReturnKind returnKind;
  /// Width of an integer result: 32 or 64; 64 for a pointer, 0 for void.
  uint8_t returnBits;
  bool returnsSigned;
  /// The result is a pointer that has to be checked for null before use.
  bool returnsNull;
  /// The C return type ("struct bpf_sock *"), for messages.
  llvm::StringRef returnType;
  /// The helper has no documented prototype: the argument count is unknown
  /// and up to five arguments are taken as they come.
  bool isUndocumented;

  llvm::ArrayRef<HelperArg> args() const { return {argStorage, numArgs}; }
  unsigned minArgs() const { return numArgs; }
  unsigned maxArgs() const { return isVariadic ? MaxArgs : numArgs; }
};

/// All helpers, sorted by Lisp name.
llvm::ArrayRef<Helper> getHelpers();

/// The helper of that Lisp name ("map-lookup-elem"), in any letter case; null
/// when there is none.
const Helper *lookupHelper(llvm::StringRef lispName);

/// The helper of that C name, with or without its bpf_ prefix, or null.
const Helper *lookupHelperByCName(llvm::StringRef cName);

/// The helper with that number, or null.
const Helper *lookupHelperById(uint32_t id);

/// The kernels that program types and helpers were recorded on, oldest first.
llvm::ArrayRef<KernelVersion> getRecordedKernels();

/// Whether at least one recorded kernel lets a program of that kind call the
/// helper.
bool isHelperAvailable(const Helper &helper, ProgramKind kind);

/// The same for the kernel at `kernelIndex` in getRecordedKernels() alone.
bool isHelperAvailable(const Helper &helper, ProgramKind kind,
                       unsigned kernelIndex);

/// The first kernel known to let a program of that kind call the helper, which
/// some recorded one does: the one that brought the helper, or a recorded one
/// where an older recorded one, which had it, refused.
KernelVersion getHelperSince(const Helper &helper, ProgramKind kind);

/// Whether some recorded kernel refuses the call to a program of that kind
/// unless its license is GPL-compatible.
bool isGplOnly(const Helper &helper, ProgramKind kind);

/// Whether that is so for some program kind.
bool isGplOnly(const Helper &helper);

/// Whether the kernel takes that license string for GPL-compatible: the rule
/// is license_is_gpl_compatible() in include/linux/license.h. The comparison
/// is exact.
bool isGplCompatible(llvm::StringRef license);

} // namespace whistler::uapi

#endif // WHISTLER_UAPI_HELPERS_H
