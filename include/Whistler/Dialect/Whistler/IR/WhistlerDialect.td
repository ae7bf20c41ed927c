//===- WhistlerDialect.td - the whistler dialect -----------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The dialect definition.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_IR_WHISTLERDIALECT_TD
#define WHISTLER_DIALECT_WHISTLER_IR_WHISTLERDIALECT_TD

include "mlir/IR/DialectBase.td"

def Whistler_Dialect : Dialect {
  let name = "whistler";
  let cppNamespace = "::mlir::whistler";
  let summary = "BPF programs above the level of registers";
  let description = [{
    What BPF has and no other target has: programs and maps, pointers whose
    provenance the kernel's verifier follows, helper calls, tail calls, and
    division that is defined for every operand. Integer arithmetic is `arith`,
    control flow is `cf`.

    Integers are signless and at most 64 bits wide. A pointer is never an
    integer: casts are explicit and cost nothing.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect"
  ];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let hasCanonicalizer = 1;
  let hasOperationAttrVerify = 1;
}

#endif // WHISTLER_DIALECT_WHISTLER_IR_WHISTLERDIALECT_TD
