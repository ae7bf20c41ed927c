//===- Passes.td - the passes of the house rules -----------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Passes that hold programs to rules of their users.
//
//===----------------------------------------------------------------------===//

#ifndef PASSES_TD
#define PASSES_TD

include "mlir/Pass/PassBase.td"

def NoAbortedPass : Pass<"policy-no-aborted", "::mlir::whistler::ProgOp"> {
  let summary = "Lets XDP programs drop what they would abort";
  let description = [{
    Each packet for which a program returns `XDP_ABORTED` costs a tracepoint
    besides. Here it is dropped without one.

    Precondition: none.
    Postcondition: no program of type `xdp` returns `XDP_ABORTED`.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

#endif // PASSES_TD
