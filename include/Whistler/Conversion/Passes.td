//===- Passes.td - conversions between dialects ------------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The passes that leave the whistler dialect.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_CONVERSION_PASSES_TD
#define WHISTLER_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertWhistlerToBPFPass
    : Pass<"convert-whistler-to-bpf", "::mlir::ModuleOp"> {
  let summary = "Selects BPF instructions for programs and functions";
  let description = [{
    Turns every `whistler.prog`, and every `whistler.func` that is global or
    needed by one that is left, into a `bpf.func` on virtual registers. Other
    functions go; maps, variables and types stay as they are.

    An integer narrower than 64 bits lives in a register whose bits above its
    width are unspecified; the operations that look at them extend it first,
    unless what defined it has cleared them. A value of type `i1` is 0 or 1.

    Precondition: map keys and values are pointers (`whistler-key-slots`), and
    `whistler-expand-ops` has run.
    Postcondition: no `whistler.prog` or `whistler.func` is left. Calls have their operands and
    results in machine registers; all other values are virtual.
  }];
  let options = [
    Option<"cpu", "cpu", "std::string", /*default=*/"\"v3\"",
           "The newest instruction set version to use: v1 to v4">
  ];
  let dependentDialects = ["::mlir::bpf::BPFDialect"];
}

#endif // WHISTLER_CONVERSION_PASSES_TD
