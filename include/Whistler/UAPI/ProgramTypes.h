//===- ProgramTypes.h - Program types and their sections --------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The program types of the language, and the ELF section names by which stock
// libbpf 1.x recognises them.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UAPI_PROGRAMTYPES_H
#define WHISTLER_UAPI_PROGRAMTYPES_H

#include "Whistler/UAPI/KernelVersion.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>

namespace whistler::uapi {

/// The program types that a defprog form may name. Several of them share one
/// kernel type and differ in what their sections make of it.
enum class ProgramKind : uint8_t {
  XDP,
  SocketFilter,
  Tracepoint,
  Kprobe,
  TC,
  Kretprobe,
  Uprobe,
  Uretprobe,
  RawTracepoint,
  TpBtf,
  Fentry,
  Fexit,
  LSM,
  CgroupSkb,
  CgroupSockAddr,
  CgroupSock,
  SockOps,
  SkMsg,
  SkSkb,
  SkLookup,
  PerfEvent,
};
constexpr unsigned NumProgramKinds = unsigned(ProgramKind::PerfEvent) + 1;

/// Whether a section name goes on after the type, as in "fentry/vfs_read".
enum class SectionTarget : uint8_t {
  /// The section name is complete.
  None,
  /// Loading works without a target; only automatic attaching needs it.
  Optional,
  /// libbpf cannot load the program without one, so `:section` has to be given.
  Required,
};

/// Where the directly accessible packet of a program begins.
enum class PacketStart : uint8_t {
  /// No direct packet access.
  None,
  /// At the Ethernet header.
  Link,
  /// At the IP header.
  Network,
  /// At the transport header.
  Transport,
  /// At the payload of a stream or message.
  Payload,
};

/// One program type of the language.
struct ProgramType {
  ProgramKind kind;
  /// The keyword's name without colon: "cgroup-skb".
  llvm::StringRef name;
  /// BPF_PROG_TYPE_*.
  uint32_t uapiType;
  /// The section of a program that names none. Empty where the section has to
  /// be given.
  llvm::StringRef defaultSection;
  SectionTarget target;
  /// A section to show in a message that asks for one: "fentry/vfs_read".
  llvm::StringRef exampleSection;
  /// The UAPI struct that the context points to ("xdp_md"); empty where the
  /// context has no fixed struct (tracepoints, arrays of 64-bit arguments).
  llvm::StringRef contextStruct;
  /// What a program returns to let the packet pass; absent where there is no
  /// packet to judge.
  std::optional<int32_t> passVerdict;
  PacketStart packetStart;
  /// The kernel refuses such a program under any license that is not
  /// GPL-compatible.
  bool requiresGpl;

  bool hasDirectPacketAccess() const {
    return packetStart != PacketStart::None;
  }
};

/// All program types, indexed by ProgramKind.
llvm::ArrayRef<ProgramType> getProgramTypes();

const ProgramType &getProgramType(ProgramKind kind);

/// The program type of that keyword name ("xdp"), in any letter case, or null.
const ProgramType *lookupProgramType(llvm::StringRef name);

/// How libbpf compares a section name with an entry of its table.
enum class SectionForm : uint8_t {
  /// "xdp": the name alone.
  Exact,
  /// "kprobe+": the name, or the name, a slash and a target.
  OptionalTarget,
};

/// One section name that libbpf knows.
struct SectionDef {
  llvm::StringRef name;
  SectionForm form;
  /// BPF_PROG_TYPE_*, absent where the build's header does not have it.
  std::optional<uint32_t> uapiType;
  /// BPF_* expected attach type, absent where libbpf sets none or the build's
  /// header does not have it.
  std::optional<uint32_t> attachType;
  /// The language's program type; absent for types that it does not have.
  std::optional<ProgramKind> kind;
  /// First libbpf 1.x minor version that knows the name, 0 for all.
  uint8_t sinceMinor;
  /// The program runs in a sleepable context.
  bool isSleepable;
  /// The first kernel that has the program type, and this way to attach it.
  KernelVersion since;
};

/// libbpf's table of section names, in its order.
llvm::ArrayRef<SectionDef> getSectionDefs();

/// What libbpf makes of a section name.
struct SectionMatch {
  enum Status : uint8_t {
    /// libbpf 1.x does not know the section.
    Unknown,
    /// libbpf 1.x accepts the section as it stands.
    Accepted,
    /// The name is one of the exact ones with a suffix, as "xdp/handler",
    /// which libbpf 1.x refuses: `section` is the plain one to use.
    SuffixOnExact,
  };
  Status status = Unknown;
  /// Entry that matched; null when unknown.
  const SectionDef *def = nullptr;
  /// The section name to write into the object.
  llvm::StringRef section;
  /// What follows the entry's name and slash; empty when nothing does.
  llvm::StringRef target;

  explicit operator bool() const { return status != Unknown; }
};

/// Compares `section` with libbpf's table. Section names are case-sensitive.
SectionMatch classifySection(llvm::StringRef section);

} // namespace whistler::uapi

#endif // WHISTLER_UAPI_PROGRAMTYPES_H
