//===- TestRuns.h - tests for neighbouring numbers --------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Comparisons of one value with several constants that lead to one place.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_LIB_TRANSFORMS_TESTRUNS_H
#define WHISTLER_LIB_TRANSFORMS_TESTRUNS_H

#include "mlir/IR/Operation.h"

namespace mlir::whistler {

/// Makes one test of those for successive numbers that follow each other and
/// lead to the same place, if that takes fewer slots.
void fuseTestRuns(Operation *body);

} // namespace mlir::whistler

#endif // WHISTLER_LIB_TRANSFORMS_TESTRUNS_H
