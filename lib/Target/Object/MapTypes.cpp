//===- MapTypes.cpp - BTF of maps -------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Turns the definitions of maps into BTF.
//
//===----------------------------------------------------------------------===//

#include "MapTypes.h"

#include "Whistler/Dialect/Whistler/Utils/MapDefinition.h"

using namespace whistler;
using llvm::FailureOr;
using mlir::whistler::MapOp;

/// All but the inner map.
static btf::MapDefinition convert(const MapDefinition &definition,
                                  DataTypes &dataTypes) {
  btf::MapDefinition result;
  result.Type = definition.type;
  result.KeySize = definition.keySize;
  if (definition.key)
    result.Key = dataTypes.get(definition.key);
  result.ValueSize = definition.valueSize;
  if (definition.value)
    result.Value = dataTypes.get(definition.value);
  result.MaxEntries = definition.maxEntries;
  result.MapFlags = definition.mapFlags;
  result.Pinning = definition.pinning;
  return result;
}

FailureOr<btf::MapType> whistler::describeMap(MapOp map, DataTypes &dataTypes,
                                              btf::Builder &types) {
  FailureOr<MapDefinition> definition = defineMap(map);
  if (failed(definition))
    return mlir::failure();
  btf::MapDefinition result = convert(*definition, dataTypes);
  if (definition->inner) {
    btf::MapDefinition inner =
        convert(defineInnerMap(definition->inner), dataTypes);
    result.InnerMap = btf::addMapDefinition(types, inner).Type;
  }
  return btf::addMapDefinition(types, result);
}
