//===- BPFInterfaces.td - what every instruction can tell --*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// The interface through which the backend's passes see an instruction.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_BPFINTERFACES_TD
#define WHISTLER_DIALECT_BPF_IR_BPFINTERFACES_TD

include "mlir/IR/OpBase.td"

def BPF_InstructionInterface : OpInterface<"InstructionOpInterface"> {
  let cppNamespace = "::mlir::bpf";
  let description = [{
    An operation that stands for an instruction. Its register results and
    operands are all of type `!bpf.reg`.
  }];
  let methods = [
    InterfaceMethod<[{
        The operand that must be in the same register as the first result, as
        the instruction overwrites it; none for other instructions.
      }], "::mlir::OpOperand *", "getTiedOperand", (ins), "",
      /*defaultImplementation=*/"return nullptr;">,
    InterfaceMethod<[{
        The machine registers that the instruction overwrites beside those of
        its results.
      }], "::mlir::bpf::RegisterSet", "getClobbers", (ins), "",
      /*defaultImplementation=*/"return {};">,
    InterfaceMethod<[{
        Appends the instruction to `emitter`. Requires that every register is
        a machine register and that stack slots have been placed.
      }], "void", "encode", (ins "::mlir::bpf::InstructionEmitter &":$emitter)>
  ];
}

#endif // WHISTLER_DIALECT_BPF_IR_BPFINTERFACES_TD
