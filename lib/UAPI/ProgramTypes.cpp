//===- ProgramTypes.cpp - Program types and their sections ----------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// What the language's program types are to the kernel and to libbpf.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/ProgramTypes.h"

#include "Lookup.h"
#include "PtRegs.inc"

#include <linux/bpf.h>
#include <linux/pkt_cls.h>

using namespace whistler::uapi;

using PK = ProgramKind;
using ST = SectionTarget;
using PS = PacketStart;

/// What a cgroup program returns to allow what it was asked about.
static constexpr int32_t cgroupAllow = 1;

static constexpr ProgramType programTypes[] = {
    {PK::XDP, "xdp", BPF_PROG_TYPE_XDP, "xdp", ST::None, "xdp", "xdp_md",
     XDP_PASS, PS::Link, false},
    {PK::SocketFilter, "socket-filter", BPF_PROG_TYPE_SOCKET_FILTER, "socket",
     ST::None, "socket", "__sk_buff", std::nullopt, PS::None, false},
    {PK::Tracepoint, "tracepoint", BPF_PROG_TYPE_TRACEPOINT, "tracepoint",
     ST::Optional, "tracepoint/sched/sched_switch", "", std::nullopt, PS::None,
     false},
    {PK::Kprobe, "kprobe", BPF_PROG_TYPE_KPROBE, "kprobe", ST::Optional,
     "kprobe/vfs_read", WHISTLER_PT_REGS, std::nullopt, PS::None, false},
    {PK::TC, "tc", BPF_PROG_TYPE_SCHED_CLS, "tc", ST::None, "tc", "__sk_buff",
     TC_ACT_OK, PS::Link, false},
    {PK::Kretprobe, "kretprobe", BPF_PROG_TYPE_KPROBE, "kretprobe",
     ST::Optional, "kretprobe/vfs_read", WHISTLER_PT_REGS, std::nullopt,
     PS::None, false},
    {PK::Uprobe, "uprobe", BPF_PROG_TYPE_KPROBE, "uprobe", ST::Optional,
     "uprobe//usr/bin/program:function", WHISTLER_PT_REGS, std::nullopt,
     PS::None, false},
    {PK::Uretprobe, "uretprobe", BPF_PROG_TYPE_KPROBE, "uretprobe",
     ST::Optional, "uretprobe//usr/bin/program:function", WHISTLER_PT_REGS,
     std::nullopt, PS::None, false},
    {PK::RawTracepoint, "raw-tracepoint", BPF_PROG_TYPE_RAW_TRACEPOINT,
     "raw_tp", ST::Optional, "raw_tp/sched_switch", "", std::nullopt, PS::None,
     false},
    {PK::TpBtf, "tp-btf", BPF_PROG_TYPE_TRACING, "", ST::Required,
     "tp_btf/sched_switch", "", std::nullopt, PS::None, false},
    {PK::Fentry, "fentry", BPF_PROG_TYPE_TRACING, "", ST::Required,
     "fentry/vfs_read", "", std::nullopt, PS::None, false},
    {PK::Fexit, "fexit", BPF_PROG_TYPE_TRACING, "", ST::Required,
     "fexit/vfs_read", "", std::nullopt, PS::None, false},
    {PK::LSM, "lsm", BPF_PROG_TYPE_LSM, "", ST::Required, "lsm/file_open", "",
     std::nullopt, PS::None, true},
    {PK::CgroupSkb, "cgroup-skb", BPF_PROG_TYPE_CGROUP_SKB, "cgroup/skb",
     ST::None, "cgroup_skb/ingress", "__sk_buff", cgroupAllow, PS::Network,
     false},
    {PK::CgroupSockAddr, "cgroup-sock-addr", BPF_PROG_TYPE_CGROUP_SOCK_ADDR, "",
     ST::Required, "cgroup/connect4", "bpf_sock_addr", std::nullopt, PS::None,
     false},
    {PK::CgroupSock, "cgroup-sock", BPF_PROG_TYPE_CGROUP_SOCK, "cgroup/sock",
     ST::None, "cgroup/sock_create", "bpf_sock", std::nullopt, PS::None, false},
    {PK::SockOps, "sock-ops", BPF_PROG_TYPE_SOCK_OPS, "sockops", ST::None,
     "sockops", "bpf_sock_ops", cgroupAllow, PS::Transport, false},
    {PK::SkMsg, "sk-msg", BPF_PROG_TYPE_SK_MSG, "sk_msg", ST::None, "sk_msg",
     "sk_msg_md", SK_PASS, PS::Payload, false},
    {PK::SkSkb, "sk-skb", BPF_PROG_TYPE_SK_SKB, "sk_skb", ST::None,
     "sk_skb/stream_verdict", "__sk_buff", SK_PASS, PS::Payload, false},
    {PK::SkLookup, "sk-lookup", BPF_PROG_TYPE_SK_LOOKUP, "sk_lookup", ST::None,
     "sk_lookup", "bpf_sk_lookup", std::nullopt, PS::None, false},
    {PK::PerfEvent, "perf-event", BPF_PROG_TYPE_PERF_EVENT, "perf_event",
     ST::None, "perf_event", "bpf_perf_event_data", std::nullopt, PS::None,
     false},
};
static_assert(std::size(programTypes) == NumProgramKinds);

static constexpr SectionDef sectionDefs[] = {
#include "Sections.inc"
};

llvm::ArrayRef<ProgramType> whistler::uapi::getProgramTypes() {
  return programTypes;
}

const ProgramType &whistler::uapi::getProgramType(ProgramKind kind) {
  return programTypes[unsigned(kind)];
}

const ProgramType *whistler::uapi::lookupProgramType(llvm::StringRef name) {
  return scanForName<ProgramType>(programTypes, name);
}

llvm::ArrayRef<SectionDef> whistler::uapi::getSectionDefs() {
  return sectionDefs;
}

/// Whether `section` is `def`'s name, a slash and more; gives what follows.
static bool hasSuffix(llvm::StringRef section, const SectionDef &def,
                      llvm::StringRef &suffix) {
  suffix = section;
  return suffix.consume_front(def.name) && suffix.consume_front("/");
}

SectionMatch whistler::uapi::classifySection(llvm::StringRef section) {
  SectionMatch refused;
  llvm::StringRef suffix;
  for (const SectionDef &def : sectionDefs) {
    if (section == def.name)
      return {SectionMatch::Accepted, &def, section, ""};
    if (!hasSuffix(section, def, suffix))
      continue;
    if (def.form == SectionForm::OptionalTarget)
      return {SectionMatch::Accepted, &def, section, suffix};
    // "cgroup/skb/x" also begins with shorter names; the longest one is meant.
    if (!refused.def || def.name.size() > refused.def->name.size())
      refused = {SectionMatch::SuffixOnExact, &def, def.name, suffix};
  }
  return refused;
}
