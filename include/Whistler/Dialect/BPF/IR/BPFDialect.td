//===- BPFDialect.td - the bpf dialect ---------------------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The dialect definition.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_BPFDIALECT_TD
#define WHISTLER_DIALECT_BPF_IR_BPFDIALECT_TD

include "mlir/IR/DialectBase.td"

def BPF_Dialect : Dialect {
  let name = "bpf";
  let cppNamespace = "::mlir::bpf";
  let summary = "The instructions of the BPF virtual machine";
  let description = [{
    One operation for each instruction of the BPF instruction set
    (kernel `Documentation/bpf/standardization/instruction-set.rst`), on values
    that live in registers. A value of type `!bpf.reg` is not placed yet; one of
    type `!bpf.reg<r6>` is in that register. Register allocation only rewrites
    types.

    Control flow stays in MLIR blocks with arguments until the parallel moves
    are lowered; the distance of a jump exists in the encoding only.
  }];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let extraClassDeclaration = [{
    void registerAttributes();
    void registerTypes();
  }];
}

#endif // WHISTLER_DIALECT_BPF_IR_BPFDIALECT_TD
