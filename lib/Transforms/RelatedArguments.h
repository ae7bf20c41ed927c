//===- RelatedArguments.h - arguments that follow from others ---*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Constants that blocks are given together.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_RELATEDARGUMENTS_H
#define WHISTLER_LIB_TRANSFORMS_RELATEDARGUMENTS_H

#include "mlir/IR/Operation.h"

namespace mlir::whistler {

/// Computes block arguments from others that differ from them by the same on
/// all edges, or add up to the same with them, where that takes fewer
/// instructions than to pass both.
void computeRelatedArguments(Operation *body);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_RELATEDARGUMENTS_H
