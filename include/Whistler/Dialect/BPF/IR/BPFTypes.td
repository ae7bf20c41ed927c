//===- BPFTypes.td - types of the bpf dialect --------------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Registers and stack slots.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_BPFTYPES_TD
#define WHISTLER_DIALECT_BPF_IR_BPFTYPES_TD

include "Whistler/Dialect/BPF/IR/BPFDialect.td"
include "Whistler/Dialect/BPF/IR/BPFEnums.td"
include "mlir/IR/AttrTypeBase.td"

class BPF_Type<string name, string typeMnemonic>
    : TypeDef<BPF_Dialect, name> {
  let mnemonic = typeMnemonic;
}

def BPF_RegType : BPF_Type<"Reg", "reg"> {
  let summary = "a 64-bit register";
  let description = [{
    `!bpf.reg` is a virtual register, `!bpf.reg<r1>` a machine register.
  }];
  let parameters = (ins
    OptionalParameter<"std::optional<::mlir::bpf::Register>">:$reg);
  let builders = [
    TypeBuilder<(ins "::mlir::bpf::Register":$reg), [{
      return $_get($_ctxt, std::optional<::mlir::bpf::Register>(reg));
    }]>,
    TypeBuilder<(ins), [{
      return $_get($_ctxt, std::optional<::mlir::bpf::Register>());
    }]>];
  let skipDefaultBuilders = 1;
  let hasCustomAssemblyFormat = 1;
  let extraClassDeclaration = [{
    /// Whether the value has no machine register yet.
    bool isVirtual() const { return !getReg().has_value(); }
  }];
}

def BPF_SlotType : BPF_Type<"Slot", "slot"> {
  let summary = "an area of the stack frame whose place is not fixed yet";
}

def BPF_Base : AnyTypeOf<[BPF_RegType, BPF_SlotType],
  "a register that holds an address, or a stack slot">;

#endif // WHISTLER_DIALECT_BPF_IR_BPFTYPES_TD
