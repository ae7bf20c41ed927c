//===- GlobalBases.h - one address for many variables -----------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Lets accesses to global variables of one section share an address.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_CONVERSION_WHISTLERTOBPF_GLOBALBASES_H
#define WHISTLER_LIB_CONVERSION_WHISTLERTOBPF_GLOBALBASES_H

#include "Whistler/Dialect/BPF/IR/BPFOps.h"
#include "Whistler/Dialect/Whistler/Utils/DataSections.h"

namespace mlir::whistler {

/// Finds the places of variables when a function first needs them.
class GlobalBases {
public:
  explicit GlobalBases(ModuleOp module) : module(module) {}

  /// Lets `func` access all variables of a section from the address of one, as
  /// far as the offsets of instructions reach. The addresses become equal, so
  /// that `bpf-share-constants` can make them one. Reports variables that no
  /// object can have.
  LogicalResult share(bpf::FuncOp func);

private:
  LogicalResult place();

  ModuleOp module;
  std::optional<::whistler::DataSections> sections;
};

} // namespace mlir::whistler

#endif // WHISTLER_LIB_CONVERSION_WHISTLERTOBPF_GLOBALBASES_H
