//===- WhistlerAttrs.td - attributes of the dialect --------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// What declarations of types and functions are made of.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_IR_WHISTLERATTRS_TD
#define WHISTLER_DIALECT_WHISTLER_IR_WHISTLERATTRS_TD

include "Whistler/Dialect/Whistler/IR/WhistlerDialect.td"
include "mlir/IR/AttrTypeBase.td"

class Whistler_Attr<string name, string attrMnemonic>
    : AttrDef<Whistler_Dialect, name> {
  let mnemonic = attrMnemonic;
}

def Whistler_FieldAttr : Whistler_Attr<"Field", "field"> {
  let summary = "a field of a struct or union";
  let description = [{
    `#whistler.field<"src_port" : ui16 at 64>` starts 64 bits into the struct. A
    bitfield has its width in bits behind that:
    `#whistler.field<"in_execve" : ui32 at 8033 width 1>`. The name is a C
    identifier, or empty for a member whose own fields count as the struct's.
  }];
  let parameters = (ins StringRefParameter<>:$name, "::mlir::Type":$type,
                        "uint32_t":$bitOffset,
                        DefaultValuedParameter<"uint32_t", "0">:$bitWidth);
  let assemblyFormat =
    "`<` $name `:` $type `at` $bitOffset (`width` $bitWidth^)? `>`";
}

def Whistler_EnumeratorAttr : Whistler_Attr<"Enumerator", "enumerator"> {
  let summary = "a constant of an enumeration";
  let description = [{
    `#whistler.enumerator<"PIDTYPE_PID" = 0>`
  }];
  let parameters = (ins StringRefParameter<>:$name, "int64_t":$value);
  let assemblyFormat = "`<` $name `=` $value `>`";
}

def Whistler_ParamAttr : Whistler_Attr<"Param", "param"> {
  let summary = "a parameter of a function";
  let description = [{
    `#whistler.param<"port" : ui16>`: its name as a C identifier and its type
    in C.
  }];
  let parameters = (ins StringRefParameter<>:$name, "::mlir::Type":$type);
  let assemblyFormat = "`<` $name `:` $type `>`";
}

def Whistler_KernelAttr : Whistler_Attr<"Kernel", "kernel"> {
  let summary = "a version of Linux";
  let description = [{
    A module names the oldest kernel that it is compiled for in
    `whistler.min_kernel`, and `whistler-check-kernel` notes the oldest one that
    has everything in it in `whistler.needs_kernel`.

    ```mlir
    module attributes {whistler.min_kernel = #whistler.kernel<"6.14">} {}
    ```
  }];
  let parameters = (ins "unsigned":$majorNumber, "unsigned":$minorNumber);
  let hasCustomAssemblyFormat = 1;
}

#endif // WHISTLER_DIALECT_WHISTLER_IR_WHISTLERATTRS_TD
