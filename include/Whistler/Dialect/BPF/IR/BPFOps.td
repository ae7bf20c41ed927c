//===- BPFOps.td - operations of the bpf dialect -----------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// One operation per instruction. What passes control on is in another file.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_BPFOPS_TD
#define WHISTLER_DIALECT_BPF_IR_BPFOPS_TD

include "Whistler/Dialect/BPF/IR/BPFControlOps.td"
include "Whistler/Dialect/BPF/IR/BPFOpBase.td"

//===----------------------------------------------------------------------===//
// Moves and constants
//===----------------------------------------------------------------------===//

def BPF_MovOp : BPF_Instruction<"mov"> {
  let summary = "copies a register";
  let description = [{
    `w32` clears the upper half of the result.

    ```mlir
    %1 = bpf.mov w64 %0 : !bpf.reg -> !bpf.reg<r1>
    ```
  }];
  let arguments = (ins EnumProp<BPF_Width>:$width, BPF_RegType:$src);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = [{
    $width $src attr-dict
    `:` qualified(type($src)) `->` qualified(type($dst))
  }];
}

def BPF_MovSxOp : BPF_Instruction<"movsx"> {
  let summary = "copies the sign-extended low bits of a register (v4)";
  let description = [{
    `kind` is `s8`, `s16` or `s32` (the last with `w64` only).

    ```mlir
    %1 = bpf.movsx w64 s16 %0 : !bpf.reg -> !bpf.reg
    ```
  }];
  let arguments = (ins EnumProp<BPF_Width>:$width, EnumProp<BPF_LoadKind>:$kind,
                       BPF_RegType:$src);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = [{
    $width $kind $src attr-dict
    `:` qualified(type($src)) `->` qualified(type($dst))
  }];
  let hasVerifier = 1;
}

def BPF_MovImmOp : BPF_Instruction<"mov_imm"> {
  let summary = "sets a register to a 32-bit immediate";
  let description = [{
    `w64` sign-extends the immediate to the register, `w32` zero-extends it.

    ```mlir
    %0 = bpf.mov_imm w64 -1 : !bpf.reg
    %1 = bpf.mov_imm w64 0 core <field_exists "task_struct:pid"> : !bpf.reg
    ```
  }];
  let arguments = (ins EnumProp<BPF_Width>:$width, BPF_Int32:$imm,
                       OptionalAttr<BPF_CoreAttr>:$core);
  let results = (outs BPF_RegType:$dst);
  let builders = [OpBuilder<(ins "::mlir::Type":$dst, "Width":$width,
                             "int32_t":$imm), [{
    build($_builder, $_state, dst, width, imm, CoreAttr());
  }]>];
  let assemblyFormat =
    "$width $imm (`core` $core^)? attr-dict `:` qualified(type($dst))";
  let hasVerifier = 1;
}

def BPF_LdImm64Op : BPF_Instruction<"ld_imm64"> {
  let summary = "sets a register to a 64-bit immediate (two slots)";
  let description = [{
    ```mlir
    %0 = bpf.ld_imm64 4294967296 : !bpf.reg
    %1 = bpf.ld_imm64 0 core <enumval_value "pid_type:PIDTYPE_PID"> : !bpf.reg
    ```
  }];
  let arguments = (ins BPF_Int64:$imm, OptionalAttr<BPF_CoreAttr>:$core);
  let results = (outs BPF_RegType:$dst);
  let builders = [OpBuilder<(ins "::mlir::Type":$dst, "int64_t":$imm), [{
    build($_builder, $_state, dst, imm, CoreAttr());
  }]>];
  let assemblyFormat =
    "$imm (`core` $core^)? attr-dict `:` qualified(type($dst))";
}

def BPF_LdMapOp : BPF_Instruction<"ld_map", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "sets a register to the address of a map (two slots)";
  let description = [{
    The object file has a relocation there; the loader fills in the map's file
    descriptor.

    ```mlir
    %0 = bpf.ld_map @counts : !bpf.reg<r1>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$map);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = "$map attr-dict `:` qualified(type($dst))";
}

def BPF_LdGlobalOp : BPF_Instruction<"ld_global", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "sets a register to an address in a global variable (two slots)";
  let description = [{
    `offset` is in bytes from the start of the variable. The object file has a
    relocation there; the loader makes a map of the variable's section and fills
    in the address of its value.

    ```mlir
    %0 = bpf.ld_global @hits[8] : !bpf.reg
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$global, BPF_Int32:$offset);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat =
    "$global `[` $offset `]` attr-dict `:` qualified(type($dst))";
}

def BPF_LdFuncOp : BPF_Instruction<"ld_func", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "sets a register to the address of a function (two slots)";
  let description = [{
    For helpers that call back. The function may be neither a program nor
    global: the kernel takes only static ones.

    ```mlir
    %0 = bpf.ld_func @each_entry : !bpf.reg<r2>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = "$callee attr-dict `:` qualified(type($dst))";
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

def BPF_AluRegOp : BPF_TiedInstruction<"alu"> {
  let summary = "arithmetic on two registers";
  let description = [{
    The result takes the place of `lhs`. `w32` works on the low halves and
    clears the upper half of the result. `sdiv` and `smod` need v4.

    ```mlir
    %2 = bpf.alu add w64 %0, %1 : (!bpf.reg, !bpf.reg) -> !bpf.reg
    ```
  }];
  let arguments = (ins EnumProp<BPF_AluOp>:$op, EnumProp<BPF_Width>:$width,
                       BPF_RegType:$lhs, BPF_RegType:$rhs);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = [{
    $op $width $lhs `,` $rhs attr-dict `:` functional-type(operands, results)
  }];
}

def BPF_AluImmOp : BPF_TiedInstruction<"alu_imm"> {
  let summary = "arithmetic on a register and a 32-bit immediate";
  let description = [{
    `w64` sign-extends the immediate.

    ```mlir
    %1 = bpf.alu_imm add w64 %0, 14 : !bpf.reg -> !bpf.reg
    %2 = bpf.alu_imm add w64 %0, 0 core <byte_off "task_struct:pid">
      : !bpf.reg -> !bpf.reg
    ```
  }];
  let arguments = (ins EnumProp<BPF_AluOp>:$op, EnumProp<BPF_Width>:$width,
                       BPF_RegType:$lhs, BPF_Int32:$imm,
                       OptionalAttr<BPF_CoreAttr>:$core);
  let results = (outs BPF_RegType:$dst);
  let builders = [OpBuilder<(ins "::mlir::Type":$dst, "AluOp":$op,
                             "Width":$width, "::mlir::Value":$lhs,
                             "int32_t":$imm), [{
    build($_builder, $_state, dst, op, width, lhs, imm, CoreAttr());
  }]>];
  let assemblyFormat = [{
    $op $width $lhs `,` $imm (`core` $core^)? attr-dict
    `:` qualified(type($lhs)) `->` qualified(type($dst))
  }];
  let hasVerifier = 1;
}

def BPF_NegOp : BPF_TiedInstruction<"neg"> {
  let summary = "negates a register";
  let description = [{
    ```mlir
    %1 = bpf.neg w64 %0 : !bpf.reg -> !bpf.reg
    ```
  }];
  let arguments = (ins EnumProp<BPF_Width>:$width, BPF_RegType:$lhs);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = [{
    $width $lhs attr-dict
    `:` qualified(type($lhs)) `->` qualified(type($dst))
  }];
}

def BPF_EndianRegOp : BPF_TiedInstruction<"endian"> {
  let summary = "converts the byte order of a register";
  let description = [{
    The 16- and 32-bit operations clear the bits above. `bswap` needs v4.

    ```mlir
    %1 = bpf.endian be16 %0 : !bpf.reg -> !bpf.reg
    ```
  }];
  let arguments = (ins EnumProp<BPF_EndianOp>:$op, BPF_RegType:$lhs);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = [{
    $op $lhs attr-dict
    `:` qualified(type($lhs)) `->` qualified(type($dst))
  }];
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

def BPF_LoadOp : BPF_Instruction<"load"> {
  let summary = "loads from memory";
  let description = [{
    `offset` is in bytes. The sign-extending kinds need v4.
    `field` names the field of a context or kernel struct that is read, as
    `struct:path`, where the object shall carry a CO-RE relocation for it.

    ```mlir
    %1 = bpf.load u16 %0[12] : !bpf.reg -> !bpf.reg
    ```
  }];
  let arguments = (ins EnumProp<BPF_LoadKind>:$kind, BPF_Base:$base,
                       BPF_Int16:$offset, OptionalAttr<StrAttr>:$field);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = [{
    $kind $base `[` $offset `]` (`field` $field^)? attr-dict
    `:` type($base) `->` qualified(type($dst))
  }];
}

def BPF_StoreOp : BPF_Instruction<"store"> {
  let summary = "stores the low bits of a register to memory";
  let description = [{
    ```mlir
    bpf.store b32 %1, %0[-4] : !bpf.reg, !bpf.reg<r10>
    ```
  }];
  let arguments = (ins EnumProp<BPF_StoreSize>:$size, BPF_RegType:$value,
                       BPF_Base:$base, BPF_Int16:$offset,
                       OptionalAttr<StrAttr>:$field);
  let assemblyFormat = [{
    $size $value `,` $base `[` $offset `]` (`field` $field^)? attr-dict
    `:` qualified(type($value)) `,` type($base)
  }];
}

def BPF_StoreImmOp : BPF_Instruction<"store_imm"> {
  let summary = "stores an immediate to memory";
  let description = [{
    `b64` sign-extends the immediate.

    ```mlir
    bpf.store_imm b32 0, %0[0] : !bpf.slot
    ```
  }];
  let arguments = (ins EnumProp<BPF_StoreSize>:$size, BPF_Int32:$imm,
                       BPF_Base:$base, BPF_Int16:$offset);
  let assemblyFormat = [{
    $size $imm `,` $base `[` $offset `]` attr-dict `:` type($base)
  }];
}

def BPF_AtomicMemOp : BPF_Instruction<"atomic"> {
  let summary = "an atomic update of memory";
  let description = [{
    `size` is `b32` or `b64`. Operations other than `add` need v3.

    ```mlir
    bpf.atomic add b64 %1, %0[0] : !bpf.reg, !bpf.reg
    ```
  }];
  let arguments = (ins EnumProp<BPF_AtomicOp>:$op,
                       EnumProp<BPF_StoreSize>:$size, BPF_RegType:$value,
                       BPF_Base:$base, BPF_Int16:$offset);
  let assemblyFormat = [{
    $op $size $value `,` $base `[` $offset `]` attr-dict
    `:` qualified(type($value)) `,` type($base)
  }];
  let hasVerifier = 1;
}

def BPF_AtomicFetchOp : BPF_TiedInstruction<"atomic_fetch"> {
  let summary = "an atomic update of memory that yields the old value (v3)";
  let description = [{
    Without `op` the memory is replaced by `lhs`: an exchange.

    ```mlir
    %2 = bpf.atomic_fetch add b64 %1, %0[0] : (!bpf.reg, !bpf.reg) -> !bpf.reg
    ```
  }];
  let arguments = (ins OptionalProp<EnumProp<BPF_AtomicOp>>:$op,
                       EnumProp<BPF_StoreSize>:$size, BPF_RegType:$lhs,
                       BPF_Base:$base, BPF_Int16:$offset);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = [{
    custom<FetchedOp>($op) $size $lhs `,` $base `[` $offset `]` attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def BPF_AtomicCmpXchgOp : BPF_Instruction<"atomic_cmpxchg"> {
  let summary = "an atomic compare-and-exchange (v3)";
  let description = [{
    Memory that equals `expected` is replaced by `value`; the result is the old
    memory. `expected` and the result are in `r0`.

    ```mlir
    %3 = bpf.atomic_cmpxchg b64 %0, %1, %2[0]
      : (!bpf.reg<r0>, !bpf.reg, !bpf.reg) -> !bpf.reg<r0>
    ```
  }];
  let arguments = (ins EnumProp<BPF_StoreSize>:$size, BPF_RegType:$expected,
                       BPF_RegType:$value, BPF_Base:$base, BPF_Int16:$offset);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = [{
    $size $expected `,` $value `,` $base `[` $offset `]` attr-dict
    `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// The stack frame
//===----------------------------------------------------------------------===//

def BPF_SlotOp : BPF_Op<"slot", [
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "reserves an area of the stack frame";
  let description = [{
    Not an instruction. `size` and `alignment` are in bytes; `alignment` is a
    power of two up to 8. `bpf-layout-frame` replaces it by an offset from
    `r10`. `spill` marks what register allocation keeps there, which the source
    says nothing of.

    ```mlir
    %0 = bpf.slot size 4 align 4
    ```
  }];
  let arguments = (ins BPF_Int64:$size, BPF_Int64:$alignment, UnitAttr:$spill);
  let results = (outs BPF_SlotType:$slot);
  let builders = [OpBuilder<(ins "int64_t":$size, "int64_t":$alignment,
                             CArg<"bool", "false">:$spill), [{
    build($_builder, $_state, SlotType::get($_builder.getContext()), size,
          alignment, spill);
  }]>];
  let assemblyFormat =
    "`size` $size `align` $alignment (`spill` $spill^)? attr-dict";
  let hasVerifier = 1;
}

def BPF_SlotAddrOp : BPF_RegisterOp<"slot_addr"> {
  let summary = "the address of a place in a stack slot";
  let description = [{
    Becomes a move of `r10` and an addition when the frame is laid out.

    ```mlir
    %1 = bpf.slot_addr %0[0] : !bpf.reg<r2>
    ```
  }];
  let arguments = (ins BPF_SlotType:$slot, BPF_Int16:$offset);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = [{
    $slot `[` $offset `]` attr-dict
    `:` qualified(type($dst))
  }];
}

def BPF_FramePointerOp : BPF_Op<"frame_pointer", [Pure]> {
  let summary = "the frame pointer";
  let description = [{
    Not an instruction: the value of `r10`, the end of the stack frame.

    ```mlir
    %fp = bpf.frame_pointer : !bpf.reg<r10>
    ```
  }];
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = "attr-dict `:` qualified(type($dst))";
  let hasVerifier = 1;
}

#endif // WHISTLER_DIALECT_BPF_IR_BPFOPS_TD
