//===- MapTypes.cpp - BTF of maps -------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Chooses between the types and the sizes of keys and values.
//
//===----------------------------------------------------------------------===//

#include "MapTypes.h"

#include "Whistler/UAPI/MapTypes.h"

#include "mlir/IR/SymbolTable.h"

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

/// Everything but pinning and inner map.
static btf::MapDefinition makeDefinition(MapOp map, DataTypes &dataTypes,
                                         btf::Builder &types) {
  btf::MapDefinition definition;
  definition.Type = uapi::lookupMapType(map.getMapType())->value;
  bool hasStructKey = llvm::isa_and_nonnull<mlir::whistler::StructType>(
      map.getKeyType().value_or(Type()));
  auto addType = [&](std::optional<Type> type, uint32_t size) {
    return type ? dataTypes.get(*type) : types.addOpaque(size);
  };
  bool isOuter = isMapOfMaps(definition.Type);
  if (isOuter || (needsStructKey(definition.Type) && !hasStructKey)) {
    definition.KeySize = map.getKeySize();
    // Of maps of maps libbpf knows it.
    if (!isOuter)
      definition.ValueSize = map.getValueSize();
  } else {
    if (map.getKeySize() != 0)
      definition.Key = addType(map.getKeyType(), map.getKeySize());
    if (map.getValueSize() != 0)
      definition.Value = addType(map.getValueType(), map.getValueSize());
  }
  if (map.getMaxEntries() != 0)
    definition.MaxEntries = map.getMaxEntries();
  if (std::optional<uint32_t> flags = map.getMapFlags())
    definition.MapFlags = *flags;
  return definition;
}

/// The template of the maps that `map` holds.
static FailureOr<btf::TypeId> describeInnerMap(MapOp map, DataTypes &dataTypes,
                                               btf::Builder &types) {
  auto inner = mlir::SymbolTable::lookupNearestSymbolFrom<MapOp>(
      map, map.getInnerMapAttr());
  if (!inner)
    return map.emitError("there is no map ") << map.getInnerMapAttr();
  btf::MapDefinition definition = makeDefinition(inner, dataTypes, types);
  if (isMapOfMaps(definition.Type))
    return map.emitError("the maps in a map of maps cannot hold maps "
                         "themselves, as ")
           << map.getInnerMapAttr() << " does";
  return btf::addMapDefinition(types, definition).Type;
}

FailureOr<btf::MapType> whistler::describeMap(MapOp map, DataTypes &dataTypes,
                                              btf::Builder &types) {
  btf::MapDefinition definition = makeDefinition(map, dataTypes, types);
  if (map.getPinByName())
    definition.Pinning = pinByName;
  if (isMapOfMaps(definition.Type) != bool(map.getInnerMapAttr()))
    return map.emitError("a map of type ")
           << map.getMapType()
           << (map.getInnerMapAttr() ? " holds no maps"
                                     : " needs a map as the template of those "
                                       "that it holds");
  if (map.getInnerMapAttr()) {
    FailureOr<btf::TypeId> inner = describeInnerMap(map, dataTypes, types);
    if (failed(inner))
      return mlir::failure();
    definition.InnerMap = *inner;
  }
  return btf::addMapDefinition(types, definition);
}
