//===- TestPasses.td - passes for tests and documents ------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Passes that whistler-opt has in builds with tests only.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_TEST_LIB_TESTPASSES_TD
#define WHISTLER_TEST_LIB_TESTPASSES_TD

include "mlir/Pass/PassBase.td"

def StripTracePass : Pass<"test-strip-trace"> {
  let summary = "Drops messages to the trace pipe";
  let description = [{
    Calls of `trace_printk` go if no one uses their results. With `replace-used`
    the others go as well, and 0 takes the place of their results: nothing was
    written.

    Precondition: none.
    Postcondition: no result of `trace_printk` is without a use; with
    `replace-used`, no such call is left.
  }];
  let options = [
    Option<"replaceUsed", "replace-used", "bool", /*default=*/"false",
           "Let 0 take the place of results that are used">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

#endif // WHISTLER_TEST_LIB_TESTPASSES_TD
