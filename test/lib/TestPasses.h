//===- TestPasses.h - passes for tests and documents ------------*- C++ -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Passes that whistler-opt has in builds with tests only.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TEST_LIB_TESTPASSES_H
#define WHISTLER_TEST_LIB_TESTPASSES_H

#include "mlir/Pass/Pass.h"

namespace mlir::whistler::test {

#define GEN_PASS_DECL
#include "TestPasses.h.inc"

#define GEN_PASS_REGISTRATION
#include "TestPasses.h.inc"

} // namespace mlir::whistler::test

#endif // WHISTLER_TEST_LIB_TESTPASSES_H
