//===- MapTypes.h - Map types and their parameters --------------*- C++ -*-===//
// SPDX-License-Identifier: MIT
//===----------------------------------------------------------------------===//
//
// The kernel's map types, and what each demands of its parameters.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_UAPI_MAPTYPES_H
#define WHISTLER_UAPI_MAPTYPES_H

#include "Whistler/UAPI/KernelVersion.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace whistler::uapi {

/// The sizes in bytes that a map type accepts for its keys or values.
struct SizeRule {
  uint32_t min;
  uint32_t max;
  uint32_t multipleOf;

  bool allows(uint64_t size) const {
    return size >= min && size <= max && size % multipleOf == 0;
  }
  /// The map has no key or value: the size is 0 and need not be given.
  bool isNone() const { return max == 0; }
  /// Only one size is possible.
  bool isFixed() const { return min == max; }
};

/// What a map type demands of `:max-entries`.
enum class EntriesRule : uint8_t {
  /// At least 1.
  Required,
  /// May be left out: libbpf fills in the number of CPUs.
  Optional,
  /// Has to be 0 or left out.
  Zero,
  /// A size in bytes: a power of two and a multiple of the page size. libbpf
  /// rounds up other values.
  PageMultiple,
};

/// How entries come and go, which decides what updating and incrementing means.
enum class MapShape : uint8_t {
  /// Entries 0 .. max-entries - 1 exist always; none can be deleted.
  Array,
  /// Entries are inserted and deleted by key.
  Hash,
  /// A queue or stack: push, pop and peek.
  Queue,
  /// A stream of records.
  Ring,
  /// Values belong to a kernel object.
  Storage,
  /// Entries are kernel objects set by user space, for one helper or another.
  Object,
};

/// One map type.
struct MapType {
  /// The keyword's name without colon: "lru-hash".
  llvm::StringRef name;
  /// "BPF_MAP_TYPE_LRU_HASH".
  llvm::StringRef enumerator;
  uint32_t value;
  /// The first kernel that has it.
  KernelVersion since;
  MapShape shape;
  /// One value per CPU.
  bool isPerCpu;
  SizeRule key;
  SizeRule valueSize;
  EntriesRule entries;
  /// Flags that `:map-flags` has to contain, and their C name for messages.
  uint32_t requiredFlags;
  llvm::StringRef requiredFlagsName;
  /// The kernel demands BTF types of key and value: `:key` and `:value` rather
  /// than sizes.
  bool needsBtf;
  /// Empty, or why a map of this type cannot be declared: what it needs beyond
  /// the parameters above.
  llvm::StringRef unsupported;
};

/// All map types, in the order of their numbers.
llvm::ArrayRef<MapType> getMapTypes();

/// The map type of that keyword name ("lru-hash"), in any letter case, or null.
const MapType *lookupMapType(llvm::StringRef name);

/// The names of the map types that a helper takes ("map_lookup_elem"; see
/// check_map_func_compatibility() in kernel/bpf/verifier.c, and for
/// for_each_map_elem those that have a map_for_each_callback). Empty for
/// helpers that take no map, or any.
llvm::SmallVector<llvm::StringRef> getMapTypesOf(llvm::StringRef helper);

/// The C names of the helpers that take maps of that type.
llvm::SmallVector<llvm::StringRef> getHelpersFor(const MapType &type);

/// The map type with that number, or null.
const MapType *lookupMapTypeByValue(uint32_t value);

} // namespace whistler::uapi

#endif // WHISTLER_UAPI_MAPTYPES_H
