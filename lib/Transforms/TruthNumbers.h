//===- TruthNumbers.h - truth values as numbers -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What can be computed from a truth value that is in a register anyway.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_TRUTHNUMBERS_H
#define WHISTLER_LIB_TRANSFORMS_TRUTHNUMBERS_H

#include "mlir/IR/Operation.h"

namespace mlir::whistler {

/// Computes selections between neighbouring constants from a number that the
/// condition becomes anyway, and makes negated comparisons opposite ones.
void useTruthNumbers(Operation *body);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_TRUTHNUMBERS_H
