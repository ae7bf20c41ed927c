//===- Passes.h - the passes of the house rules -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Passes that hold programs to rules of their users.
//
//===----------------------------------------------------------------------===//

#ifndef PASSES_H
#define PASSES_H

#include "Whistler/Dialect/Whistler/IR/WhistlerDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Pass/Pass.h"

namespace policy {

#define GEN_PASS_DECL
#include "Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "Passes.h.inc"

} // namespace policy

#endif // PASSES_H
