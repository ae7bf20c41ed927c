//===- BPFControlOps.td - functions, calls and jumps -------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Where control enters, goes and leaves.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_BPF_IR_BPFCONTROLOPS_TD
#define WHISTLER_DIALECT_BPF_IR_BPFCONTROLOPS_TD

include "Whistler/Dialect/BPF/IR/BPFOpBase.td"

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

def BPF_FuncOp : BPF_Op<"func", [
    IsolatedFromAbove, Symbol, HasParent<"::mlir::ModuleOp">]> {
  let summary = "a BPF program, or a function that programs call";
  let description = [{
    The entry block has one argument for each register that holds an argument
    of the function: a program has its context in `r1`, another function its
    arguments in `r1` to `r5`. Control leaves with the result in `r0`. The
    kernel keeps `r6` to `r9` across calls between functions.

    A program has a type, a section and a license; another function has its
    type in C, as attributes of another dialect which the object writer knows,
    and may be `global`: then the kernel verifies it on its own.

    `frame_size` is the number of stack bytes that the function uses; it is
    there once `bpf-layout-frame` has run.

    ```mlir
    bpf.func @pass program "xdp" section "xdp" license "GPL" {
    ^bb0(%ctx: !bpf.reg<r1>):
      %0 = bpf.mov_imm w64 2 : !bpf.reg<r0>
      bpf.exit %0 : !bpf.reg<r0>
    }
    bpf.func @same params [#whistler.param<"x" : ui64>] result ui64 {
    ^bb0(%x: !bpf.reg<r1>):
      %0 = bpf.mov w64 %x : !bpf.reg<r1> -> !bpf.reg<r0>
      bpf.exit %0 : !bpf.reg<r0>
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<StrAttr>:$program_type,
                       OptionalAttr<StrAttr>:$section,
                       OptionalAttr<StrAttr>:$license, UnitAttr:$is_global,
                       OptionalAttr<ArrayAttr>:$params,
                       OptionalAttr<TypeAttr>:$result,
                       OptionalAttr<I64Attr>:$frame_size);
  let regions = (region MinSizedRegion<1>:$body);
  let builders = [
    OpBuilder<(ins "StringAttr":$name, "StringAttr":$programType,
                   "StringAttr":$section, "StringAttr":$license), [{
      build($_builder, $_state, name, programType, section, license,
            /*is_global=*/::mlir::UnitAttr(), /*params=*/::mlir::ArrayAttr(),
            /*result=*/::mlir::TypeAttr(),
            /*frame_size=*/::mlir::IntegerAttr());
    }]>,
    OpBuilder<(ins "StringAttr":$name, "UnitAttr":$isGlobal,
                   "ArrayAttr":$params, "TypeAttr":$result), [{
      build($_builder, $_state, name, /*program_type=*/::mlir::StringAttr(),
            /*section=*/::mlir::StringAttr(), /*license=*/::mlir::StringAttr(),
            isGlobal, params, result, /*frame_size=*/::mlir::IntegerAttr());
    }]>];
  let assemblyFormat = [{
    $sym_name
    (`program` $program_type^ `section` $section `license` $license)?
    (`global` $is_global^)? (`params` $params^ `result` $result)?
    (`frame` $frame_size^)? attr-dict-with-keyword $body
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// Whether the kernel enters here; otherwise other functions do.
    bool isProgram() { return getProgramTypeAttr() != nullptr; }
  }];
}

//===----------------------------------------------------------------------===//
// Calls and raw instructions
//===----------------------------------------------------------------------===//

def BPF_CallOp : BPF_ClobberingInstruction<"call"> {
  let summary = "calls a kernel helper";
  let description = [{
    `helper` is its number in the UAPI's `enum bpf_func_id`. The operands are in
    `r1` to `r5`, in order, and the result is in `r0`.

    ```mlir
    %3 = bpf.call 1(%1, %2) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
    ```
  }];
  let arguments = (ins BPF_Int32:$helper, Variadic<BPF_RegType>:$args);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = [{
    $helper `(` $args `)` attr-dict `:` functional-type($args, $dst)
  }];
  let hasVerifier = 1;
}

def BPF_CallFuncOp : BPF_ClobberingInstruction<"call_func", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "calls a function of the module";
  let description = [{
    The operands are in `r1` to `r5`, in order, and the result is in `r0`.

    ```mlir
    %3 = bpf.call_func @scale(%1) : (!bpf.reg<r1>) -> !bpf.reg<r0>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<BPF_RegType>:$args);
  let results = (outs BPF_RegType:$dst);
  let assemblyFormat = [{
    $callee `(` $args `)` attr-dict `:` functional-type($args, $dst)
  }];
  let hasVerifier = 1;
}

def BPF_RawOp : BPF_ClobberingInstruction<"raw"> {
  let summary = "an instruction given by its fields";
  let description = [{
    Emitted as it stands. The result, if asked for, is the register that the
    instruction writes.

    ```mlir
    %0 = bpf.raw code 0xb7 dst 0 src 0 off 0 imm 1 : !bpf.reg<r0>
    ```
  }];
  let arguments = (ins BPF_Int32:$code, BPF_Int32:$dst_reg, BPF_Int32:$src_reg,
                       BPF_Int32:$off, BPF_Int32:$imm);
  let results = (outs Optional<BPF_RegType>:$dst);
  let assemblyFormat = [{
    `code` $code `dst` $dst_reg `src` $src_reg `off` $off `imm` $imm attr-dict
    (`:` qualified(type($dst))^)?
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Terminators
//===----------------------------------------------------------------------===//

/// A terminator that passes control on inside the function.
class BPF_Jump<string opMnemonic, list<Trait> traits = []>
    : BPF_RegisterOp<opMnemonic, traits # [
        Terminator,
        DeclareOpInterfaceMethods<BranchOpInterface, ["areTypesCompatible"]>,
        DeclareOpInterfaceMethods<BPF_InstructionInterface, ["encode"]>]>;

def BPF_JaOp : BPF_Jump<"ja"> {
  let summary = "passes control to a block";
  let description = [{
    Takes no slot where the block is the next one.

    ```mlir
    bpf.ja ^bb1(%0 : !bpf.reg)
    ```
  }];
  let arguments = (ins Variadic<BPF_RegType>:$destOperands);
  let successors = (successor AnySuccessor:$dest);
  let assemblyFormat =
    "$dest (`(` $destOperands^ `:` type($destOperands) `)`)? attr-dict";
}

def BPF_JCondOp : BPF_Jump<"jcond", [AttrSizedOperandSegments]> {
  let summary = "compares two registers and passes control on";
  let description = [{
    Control goes to the first block where the condition holds, to the second
    otherwise. One slot where the second block is the next one, two where
    neither is. `w32` compares the low halves and needs v3.

    ```mlir
    bpf.jcond gt w64 %0, %1 : !bpf.reg, !bpf.reg ^bb2, ^bb1
    ```
  }];
  let arguments = (ins EnumProp<BPF_Condition>:$condition,
                       EnumProp<BPF_Width>:$width, BPF_RegType:$lhs,
                       BPF_RegType:$rhs, Variadic<BPF_RegType>:$trueOperands,
                       Variadic<BPF_RegType>:$falseOperands);
  let successors = (successor AnySuccessor:$trueDest, AnySuccessor:$falseDest);
  let assemblyFormat = [{
    $condition $width $lhs `,` $rhs
    `:` qualified(type($lhs)) `,` qualified(type($rhs))
    $trueDest (`(` $trueOperands^ `:` type($trueOperands) `)`)? `,`
    $falseDest (`(` $falseOperands^ `:` type($falseOperands) `)`)? attr-dict
  }];
}

def BPF_JCondImmOp : BPF_Jump<"jcond_imm", [AttrSizedOperandSegments]> {
  let summary = "compares a register with an immediate and passes control on";
  let description = [{
    As `bpf.jcond`; `w64` sign-extends the immediate.

    ```mlir
    bpf.jcond_imm eq w64 %0, 0 : !bpf.reg ^bb2, ^bb1
    ```
  }];
  let arguments = (ins EnumProp<BPF_Condition>:$condition,
                       EnumProp<BPF_Width>:$width, BPF_RegType:$lhs,
                       BPF_Int32:$imm, Variadic<BPF_RegType>:$trueOperands,
                       Variadic<BPF_RegType>:$falseOperands);
  let successors = (successor AnySuccessor:$trueDest, AnySuccessor:$falseDest);
  let assemblyFormat = [{
    $condition $width $lhs `,` $imm `:` qualified(type($lhs))
    $trueDest (`(` $trueOperands^ `:` type($trueOperands) `)`)? `,`
    $falseDest (`(` $falseOperands^ `:` type($falseOperands) `)`)? attr-dict
  }];
}

def BPF_ExitOp : BPF_Instruction<"exit", [Terminator]> {
  let summary = "leaves the program";
  let description = [{
    The value in `r0` is the program's result.

    ```mlir
    bpf.exit %0 : !bpf.reg<r0>
    ```
  }];
  let arguments = (ins BPF_RegType:$value);
  let assemblyFormat = "$value attr-dict `:` qualified(type($value))";
  let hasVerifier = 1;
}

#endif // WHISTLER_DIALECT_BPF_IR_BPFCONTROLOPS_TD
