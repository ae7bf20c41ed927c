//===- MapDefinition.h - BTF-defined maps for libbpf ------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Describes a map and its variable in the .maps section as libbpf expects it.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TARGET_BTF_MAPDEFINITION_H
#define WHISTLER_TARGET_BTF_MAPDEFINITION_H

#include "Whistler/Target/BTF/Builder.h"
#include <optional>

namespace whistler::btf {

/// The attributes of one map. An attribute that is not set makes no member, and
/// libbpf then takes 0. `Key` and `KeySize` exclude each other, as do `Value`
/// and `ValueSize`.
struct MapDefinition {
  uint32_t Type = 0; ///< enum bpf_map_type.
  std::optional<uint32_t> KeySize;
  std::optional<uint32_t> ValueSize;
  std::optional<uint32_t> MaxEntries;
  std::optional<uint32_t> MapFlags;
  std::optional<uint32_t> Pinning; ///< enum libbpf_pin_type.
  std::optional<TypeId> Key;       ///< The type itself, not a pointer to it.
  std::optional<TypeId> Value;
  /// The definition of the maps in a map of maps: a type that addMapDefinition
  /// returned.
  std::optional<TypeId> InnerMap;
};

/// The type of a map's variable, and that variable's size in .maps in bytes.
struct MapType {
  TypeId Type;
  uint32_t ByteSize = 0;
};

/// Adds the anonymous struct that libbpf's parse_btf_map_def() reads.
///
/// Its members are pointers, 8 bytes each, in the order `type`, `key_size` or
/// `key`, `value_size` or `value`, `max_entries`, `map_flags`, `pinning`. A
/// number N is spelled as a pointer to an array of N elements, which is what
/// `__uint(name, N)` of bpf_helpers.h expands to; a type T as a pointer to T,
/// as `__type(name, T)`. For a map of maps the last member is `values`, an
/// array of no pointers to the inner definition: `__array(values, T)`.
///
/// Give sizes, not types, where nothing is known of key and value and the map
/// is an LPM trie (trie_check_btf() takes only a struct as key) or a cgroup
/// storage with a 16-byte key (cgroup_storage_check_btf() takes only that of
/// the kernel): libbpf would warn, and create the map without BTF.
MapType addMapDefinition(Builder &Types, const MapDefinition &Map);

} // namespace whistler::btf

#endif // WHISTLER_TARGET_BTF_MAPDEFINITION_H
