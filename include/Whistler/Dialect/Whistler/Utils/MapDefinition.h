//===- MapDefinition.h - what libbpf is told of a map -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The members of the struct that defines a map.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_UTILS_MAPDEFINITION_H
#define WHISTLER_DIALECT_WHISTLER_UTILS_MAPDEFINITION_H

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

namespace whistler {

/// A map's definition. Members that are absent or null are left out of it.
struct MapDefinition {
  /// BPF_MAP_TYPE_*.
  uint32_t type;
  std::optional<uint32_t> keySize;
  mlir::Type key;
  std::optional<uint32_t> valueSize;
  mlir::Type value;
  std::optional<uint32_t> maxEntries;
  std::optional<uint32_t> mapFlags;
  std::optional<uint32_t> pinning;
  /// The template of the maps that the map holds.
  mlir::whistler::MapOp inner;
};

/// Chooses between types and sizes for the definition of `map`. Reports an
/// inner map that does not exist or that holds maps itself.
llvm::FailureOr<MapDefinition> defineMap(mlir::whistler::MapOp map);

/// The definition of `inner`, a template for the maps in others.
MapDefinition defineInnerMap(mlir::whistler::MapOp inner);

} // namespace whistler

#endif // WHISTLER_DIALECT_WHISTLER_UTILS_MAPDEFINITION_H
