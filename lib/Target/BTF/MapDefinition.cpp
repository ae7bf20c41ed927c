//===- MapDefinition.cpp - BTF-defined maps for libbpf ----------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// Spells a map's attributes as the members of a struct.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Target/BTF/MapDefinition.h"
#include <limits>

using namespace llvm;
using namespace whistler::btf;

/// The size of a pointer on the BPF target, in bytes.
static constexpr uint32_t PointerSize = 8;

/// The type that stands for `Number`. libbpf reads the number of elements and
/// ignores what they are (get_map_field_int()), but the kernel refuses an array
/// of 4 GiB and more (btf_array_resolve()), hence single bytes for large
/// numbers, such as a flag in bit 30.
static TypeId spellNumber(Builder &Types, uint32_t Number) {
  bool FitsAsInts = Number <= std::numeric_limits<uint32_t>::max() / 4;
  TypeId Element =
      FitsAsInts ? Types.addScalar(4, /*IsSigned=*/true) : Types.addScalar(1);
  return Types.addPointer(Types.addArray(Element, Number));
}

MapType whistler::btf::addMapDefinition(Builder &Types,
                                        const MapDefinition &Map) {
  SmallVector<Member> Members;
  auto Add = [&](StringRef Name, TypeId Type) {
    Members.push_back({Name, Type, uint32_t(Members.size()) * PointerSize * 8});
  };
  auto AddNumber = [&](StringRef Name, std::optional<uint32_t> Number) {
    if (Number)
      Add(Name, spellNumber(Types, *Number));
  };
  auto AddType = [&](StringRef Name, std::optional<TypeId> Type) {
    if (Type)
      Add(Name, Types.addPointer(*Type));
  };
  AddNumber("type", Map.Type);
  AddNumber("key_size", Map.KeySize);
  AddType("key", Map.Key);
  AddNumber("value_size", Map.ValueSize);
  AddType("value", Map.Value);
  AddNumber("max_entries", Map.MaxEntries);
  AddNumber("map_flags", Map.MapFlags);
  AddNumber("pinning", Map.Pinning);
  // The array that may follow takes no space.
  uint32_t ByteSize = Members.size() * PointerSize;
  if (Map.InnerMap)
    Add("values", Types.addArray(Types.addPointer(*Map.InnerMap), 0));
  return {Types.addStruct("", ByteSize, Members), ByteSize};
}
