//===- MapTypes.cpp - Map types and their parameters ----------------------===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// What the map_alloc_check functions of the kernel's map types demand.
//
//===----------------------------------------------------------------------===//

#include "Whistler/UAPI/MapTypes.h"

#include "Lookup.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <linux/bpf.h>

#include <cstdint>
#include <string_view>

using namespace whistler::uapi;

namespace {
/// What a map type demands; the fields are those of MapType.
struct MapRules {
  MapShape shape = MapShape::Object;
  bool isPerCpu = false;
  SizeRule key = {0, 0, 1};
  SizeRule value = {0, 0, 1};
  EntriesRule entries = EntriesRule::Required;
  bool needsNoPrealloc = false;
  bool needsBtf = false;
  const char *unsupported = "";
};

struct NamedRules {
  std::string_view enumerator;
  MapRules rules;
};
} // namespace

/// One u32 or int.
static constexpr SizeRule word = {sizeof(uint32_t), sizeof(uint32_t), 1};
static constexpr SizeRule none = {0, 0, 1};
static constexpr SizeRule nonzero = {1, UINT32_MAX, 1};
/// A file descriptor, or a socket cookie to read back.
static constexpr SizeRule wordOrTwo = {sizeof(uint32_t), sizeof(uint64_t),
                                       sizeof(uint32_t)};
/// Redirect targets: an index or number, optionally with a program's fd.
static constexpr SizeRule redirectValue = {sizeof(bpf_devmap_val::ifindex),
                                           sizeof(bpf_devmap_val),
                                           sizeof(bpf_devmap_val::ifindex)};
static constexpr SizeRule cpuValue = {sizeof(bpf_cpumap_val::qsize),
                                      sizeof(bpf_cpumap_val),
                                      sizeof(bpf_cpumap_val::qsize)};
/// A prefix length and 1 to 256 bytes of data.
static constexpr SizeRule lpmKey = {sizeof(bpf_lpm_trie_key) + 1,
                                    sizeof(bpf_lpm_trie_key) + 256, 1};
/// Up to PERF_MAX_STACK_DEPTH instruction pointers.
static constexpr SizeRule stackTrace = {
    sizeof(uint64_t), 127 * sizeof(uint64_t), sizeof(uint64_t)};
/// A cgroup's inode number, or that with an attach type.
static constexpr SizeRule cgroupKey = {
    sizeof(uint64_t), sizeof(bpf_cgroup_storage_key), sizeof(uint64_t)};
/// Keys that have to fit a program's stack.
static constexpr SizeRule stackKey = {1, 512, 1};

using MS = MapShape;
using ER = EntriesRule;

static constexpr MapRules storageRules = {MS::Storage, false, word, nonzero,
                                          ER::Zero,    true,  true};

static constexpr NamedRules ruleTable[] = {
    {"BPF_MAP_TYPE_HASH", {MS::Hash, false, nonzero, nonzero}},
    {"BPF_MAP_TYPE_ARRAY", {MS::Array, false, word, nonzero}},
    {"BPF_MAP_TYPE_PROG_ARRAY", {MS::Object, false, word, word}},
    {"BPF_MAP_TYPE_PERF_EVENT_ARRAY",
     {MS::Object, false, word, word, ER::Optional}},
    {"BPF_MAP_TYPE_PERCPU_HASH", {MS::Hash, true, nonzero, nonzero}},
    {"BPF_MAP_TYPE_PERCPU_ARRAY", {MS::Array, true, word, nonzero}},
    {"BPF_MAP_TYPE_STACK_TRACE", {MS::Hash, false, word, stackTrace}},
    {"BPF_MAP_TYPE_CGROUP_ARRAY", {MS::Object, false, word, word}},
    {"BPF_MAP_TYPE_LRU_HASH", {MS::Hash, false, nonzero, nonzero}},
    {"BPF_MAP_TYPE_LRU_PERCPU_HASH", {MS::Hash, true, nonzero, nonzero}},
    {"BPF_MAP_TYPE_LPM_TRIE",
     {MS::Hash, false, lpmKey, nonzero, ER::Required, true}},
    {"BPF_MAP_TYPE_ARRAY_OF_MAPS", {MS::Object, false, word, word}},
    {"BPF_MAP_TYPE_HASH_OF_MAPS", {MS::Object, false, nonzero, word}},
    {"BPF_MAP_TYPE_DEVMAP", {MS::Object, false, word, redirectValue}},
    {"BPF_MAP_TYPE_SOCKMAP", {MS::Object, false, word, wordOrTwo}},
    {"BPF_MAP_TYPE_CPUMAP", {MS::Object, false, word, cpuValue}},
    {"BPF_MAP_TYPE_XSKMAP", {MS::Object, false, word, word}},
    {"BPF_MAP_TYPE_SOCKHASH", {MS::Object, false, stackKey, wordOrTwo}},
    {"BPF_MAP_TYPE_CGROUP_STORAGE",
     {MS::Storage, false, cgroupKey, nonzero, ER::Zero}},
    {"BPF_MAP_TYPE_REUSEPORT_SOCKARRAY", {MS::Object, false, word, wordOrTwo}},
    {"BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE",
     {MS::Storage, true, cgroupKey, nonzero, ER::Zero}},
    {"BPF_MAP_TYPE_QUEUE", {MS::Queue, false, none, nonzero}},
    {"BPF_MAP_TYPE_STACK", {MS::Queue, false, none, nonzero}},
    {"BPF_MAP_TYPE_SK_STORAGE", storageRules},
    {"BPF_MAP_TYPE_DEVMAP_HASH", {MS::Object, false, word, redirectValue}},
    {"BPF_MAP_TYPE_STRUCT_OPS",
     {MS::Object, false, word, nonzero, ER::Required, false, true,
      "it holds a table of kernel operations, which a defmap cannot describe"}},
    {"BPF_MAP_TYPE_RINGBUF", {MS::Ring, false, none, none, ER::PageMultiple}},
    {"BPF_MAP_TYPE_INODE_STORAGE", storageRules},
    {"BPF_MAP_TYPE_TASK_STORAGE", storageRules},
    {"BPF_MAP_TYPE_BLOOM_FILTER", {MS::Queue, false, none, nonzero}},
    {"BPF_MAP_TYPE_USER_RINGBUF",
     {MS::Ring, false, none, none, ER::PageMultiple}},
    {"BPF_MAP_TYPE_CGRP_STORAGE", storageRules},
    {"BPF_MAP_TYPE_ARENA",
     {MS::Object, false, none, none, ER::Required, false, false,
      "arenas need pointers in an address space of their own"}},
    {"BPF_MAP_TYPE_INSN_ARRAY",
     {MS::Object, false, word, nonzero, ER::Required, false, false,
      "it holds jump targets that only the loader knows"}},
};

/// The rules of an enumerator. A type newer than the table is unsupported
/// rather than guessed at.
static constexpr MapRules rulesOf(std::string_view enumerator) {
  for (const NamedRules &row : ruleTable)
    if (row.enumerator == enumerator)
      return row.rules;
  MapRules unknown;
  unknown.unsupported = "its parameters are not known to this compiler";
  return unknown;
}

static constexpr MapType makeMapType(llvm::StringLiteral name,
                                     llvm::StringLiteral enumerator,
                                     uint32_t value, KernelVersion since,
                                     const MapRules &rules) {
  uint32_t flags = rules.needsNoPrealloc ? uint32_t(BPF_F_NO_PREALLOC) : 0;
  return {name,
          enumerator,
          value,
          since,
          rules.shape,
          rules.isPerCpu,
          rules.key,
          rules.value,
          rules.entries,
          flags,
          rules.needsNoPrealloc ? "BPF_F_NO_PREALLOC" : "",
          rules.needsBtf,
          rules.unsupported};
}

#define WHISTLER_MAP_TYPE(NAME, ENUMERATOR, MAJOR, MINOR)                      \
  makeMapType(NAME, #ENUMERATOR, ENUMERATOR, {MAJOR, MINOR},                   \
              rulesOf(#ENUMERATOR)),
static constexpr MapType mapTypes[] = {
#include "MapTypes.inc"
};

llvm::ArrayRef<MapType> whistler::uapi::getMapTypes() { return mapTypes; }

const MapType *whistler::uapi::lookupMapType(llvm::StringRef name) {
  return scanForName<MapType>(mapTypes, name);
}

const MapType *whistler::uapi::lookupMapTypeByValue(uint32_t value) {
  for (const MapType &type : mapTypes)
    if (type.value == value)
      return &type;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

namespace {
/// Which maps some helpers take; the names in a list are divided by spaces.
struct HelperMaps {
  llvm::StringLiteral helpers;
  llvm::StringLiteral types;
};
} // namespace

static constexpr HelperMaps helperMaps[] = {
    {"map_lookup_elem",
     "hash array percpu-hash percpu-array lru-hash lru-percpu-hash lpm-trie "
     "array-of-maps hash-of-maps devmap sockmap xskmap sockhash devmap-hash"},
    {"map_update_elem map_delete_elem",
     "hash array percpu-hash percpu-array lru-hash lru-percpu-hash lpm-trie "
     "sockmap sockhash"},
    {"for_each_map_elem",
     "hash array percpu-hash percpu-array lru-hash lru-percpu-hash"},
    {"map_lookup_percpu_elem", "percpu-hash percpu-array lru-percpu-hash"},
    {"map_push_elem", "queue stack bloom-filter"},
    {"map_pop_elem", "queue stack"},
    {"map_peek_elem", "queue stack bloom-filter"},
    {"tail_call", "prog-array"},
    {"perf_event_output perf_event_read perf_event_read_value skb_output "
     "xdp_output",
     "perf-event-array"},
    {"ringbuf_output ringbuf_reserve ringbuf_query ringbuf_reserve_dynptr",
     "ringbuf"},
    {"user_ringbuf_drain", "user-ringbuf"},
    {"get_stackid", "stack-trace"},
    {"current_task_under_cgroup skb_under_cgroup", "cgroup-array"},
    {"redirect_map", "devmap devmap-hash cpumap xskmap"},
    {"sk_redirect_map msg_redirect_map sock_map_update", "sockmap"},
    {"sk_redirect_hash msg_redirect_hash sock_hash_update", "sockhash"},
    {"sk_select_reuseport", "reuseport-sockarray sockmap sockhash"},
    {"get_local_storage", "cgroup-storage percpu-cgroup-storage"},
    {"sk_storage_get sk_storage_delete", "sk-storage"},
    {"inode_storage_get inode_storage_delete", "inode-storage"},
    {"task_storage_get task_storage_delete", "task-storage"},
    {"cgrp_storage_get cgrp_storage_delete", "cgrp-storage"},
};

/// The names in a list.
static llvm::SmallVector<llvm::StringRef> splitNames(llvm::StringRef list) {
  llvm::SmallVector<llvm::StringRef> names;
  llvm::SplitString(list, names);
  return names;
}

llvm::SmallVector<llvm::StringRef>
whistler::uapi::getMapTypesOf(llvm::StringRef helper) {
  for (const HelperMaps &row : helperMaps)
    if (llvm::is_contained(splitNames(row.helpers), helper))
      return splitNames(row.types);
  return {};
}

llvm::SmallVector<llvm::StringRef>
whistler::uapi::getHelpersFor(const MapType &type) {
  llvm::SmallVector<llvm::StringRef> helpers;
  for (const HelperMaps &row : helperMaps)
    if (llvm::is_contained(splitNames(row.types), type.name))
      llvm::append_range(helpers, splitNames(row.helpers));
  return helpers;
}
