//===- MapDefinition.cpp - what libbpf is told of a map ---------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Chooses between the types and the sizes of keys and values.
//
//===----------------------------------------------------------------------===//

#include "Whistler/Dialect/Whistler/Utils/MapDefinition.h"

#include "Whistler/UAPI/MapTypes.h"

#include "llvm/Support/MathExtras.h"

#include <linux/bpf.h>

using namespace whistler;
using llvm::FailureOr;
using mlir::Type;
using mlir::whistler::MapOp;

/// `LIBBPF_PIN_BY_NAME`, which libbpf has in a header for programs that run in
/// the kernel only.
static constexpr uint32_t pinByName = 1;

/// Whether the kernel takes only a struct as the key of such a map
/// (trie_check_btf, cgroup_storage_check_btf), so that with an integer libbpf
/// would drop all its types.
static bool needsStructKey(uint32_t mapType) {
  return mapType == BPF_MAP_TYPE_LPM_TRIE ||
         mapType == BPF_MAP_TYPE_CGROUP_STORAGE ||
         mapType == BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE;
}

static bool isMapOfMaps(uint32_t mapType) {
  return mapType == BPF_MAP_TYPE_ARRAY_OF_MAPS ||
         mapType == BPF_MAP_TYPE_HASH_OF_MAPS;
}

/// A type for bytes of which only the number is known: an integer where there
/// is one of that size.
static Type getOpaqueType(mlir::MLIRContext *context, uint32_t size) {
  auto getUnsigned = [&](uint32_t bytes) {
    return mlir::IntegerType::get(context, 8 * bytes,
                                  mlir::IntegerType::Unsigned);
  };
  if (size <= 8 && llvm::isPowerOf2_32(size))
    return getUnsigned(size);
  return mlir::whistler::ArrayType::get(context, size, getUnsigned(1));
}

MapDefinition whistler::defineInnerMap(MapOp map) {
  MapDefinition definition{};
  definition.type = uapi::lookupMapType(map.getMapType())->value;
  bool hasStructKey = llvm::isa_and_nonnull<mlir::whistler::StructType>(
      map.getKeyType().value_or(Type()));
  auto getType = [&](std::optional<Type> type, uint32_t size) {
    return type ? *type : getOpaqueType(map.getContext(), size);
  };
  bool isOuter = isMapOfMaps(definition.type);
  if (isOuter || (needsStructKey(definition.type) && !hasStructKey)) {
    definition.keySize = map.getKeySize();
    // Of maps of maps libbpf knows it.
    if (!isOuter)
      definition.valueSize = map.getValueSize();
  } else {
    if (map.getKeySize() != 0)
      definition.key = getType(map.getKeyType(), map.getKeySize());
    if (map.getValueSize() != 0)
      definition.value = getType(map.getValueType(), map.getValueSize());
  }
  if (map.getMaxEntries() != 0)
    definition.maxEntries = map.getMaxEntries();
  if (std::optional<uint32_t> flags = map.getMapFlags())
    definition.mapFlags = *flags;
  return definition;
}

FailureOr<MapDefinition> whistler::defineMap(MapOp map) {
  MapDefinition definition = defineInnerMap(map);
  if (map.getPinByName())
    definition.pinning = pinByName;
  if (isMapOfMaps(definition.type) != bool(map.getInnerMapAttr()))
    return map.emitError("a map of type ")
           << map.getMapType()
           << (map.getInnerMapAttr() ? " holds no maps"
                                     : " needs a map as the template of those "
                                       "that it holds");
  if (!map.getInnerMapAttr())
    return definition;
  definition.inner = mlir::SymbolTable::lookupNearestSymbolFrom<MapOp>(
      map, map.getInnerMapAttr());
  if (!definition.inner)
    return map.emitError("there is no map ") << map.getInnerMapAttr();
  if (isMapOfMaps(defineInnerMap(definition.inner).type))
    return map.emitError("the maps in a map of maps cannot hold maps "
                         "themselves, as ")
           << map.getInnerMapAttr() << " does";
  return definition;
}
