//===- BPFAttrs.td - attributes of the bpf dialect ---------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What an instruction wants to know about the running kernel.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_BPFATTRS_TD
#define WHISTLER_DIALECT_BPF_IR_BPFATTRS_TD

include "Whistler/Dialect/BPF/IR/BPFDialect.td"
include "Whistler/Dialect/BPF/IR/BPFEnums.td"
include "mlir/IR/AttrTypeBase.td"

def BPF_CoreAttr : AttrDef<BPF_Dialect, "Core"> {
  let mnemonic = "core";
  let summary = "a CO-RE relocation of an immediate";
  let description = [{
    The loader puts the answer to a question about the kernel's types in the
    place of the instruction's immediate. Until then it is the answer for the
    object's own types, which the object writer fills in. The subject is
    `struct:path`, the tag of a struct, or `enum:ENUMERATOR`.

    `#bpf.core<byte_off "task_struct:se.load.weight">`,
    `#bpf.core<type_size "task_struct">`
  }];
  let parameters = (ins EnumParameter<BPF_CoreKind>:$kind,
                        StringRefParameter<>:$subject);
  let assemblyFormat = "`<` $kind $subject `>`";
}

#endif // WHISTLER_DIALECT_BPF_IR_BPFATTRS_TD
