//===- MapTypes.h - BTF of maps ---------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Describes maps as libbpf wants it.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TARGET_OBJECT_MAPTYPES_H
#define WHISTLER_LIB_TARGET_OBJECT_MAPTYPES_H

#include "DataTypes.h"

#include "Whistler/Target/BTF/MapDefinition.h"

namespace whistler {

/// The type of the variable that declares `map`. Reports an inner map that does
/// not exist or that holds maps itself.
llvm::FailureOr<btf::MapType> describeMap(mlir::whistler::MapOp map,
                                          DataTypes &dataTypes,
                                          btf::Builder &types);

} // namespace whistler

#endif // WHISTLER_LIB_TARGET_OBJECT_MAPTYPES_H
