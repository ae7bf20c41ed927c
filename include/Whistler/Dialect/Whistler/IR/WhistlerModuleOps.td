//===- WhistlerModuleOps.td - what a module declares -------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Maps, programs, functions, types, constants and global variables.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_IR_WHISTLERMODULEOPS_TD
#define WHISTLER_DIALECT_WHISTLER_IR_WHISTLERMODULEOPS_TD

include "Whistler/Dialect/Whistler/IR/WhistlerOpBase.td"

//===----------------------------------------------------------------------===//
// Maps and programs
//===----------------------------------------------------------------------===//

def Whistler_MapOp : Whistler_Op<"map", [
    Symbol, HasParent<"::mlir::ModuleOp">]> {
  let summary = "declares a map";
  let description = [{
    `map_type` is the UAPI name of the type in lower case with hyphens. Sizes
    are in bytes. `key_type` and `value_type` are there when the source gives
    them; they only describe the map to people and tools. `inner_map` is the
    template of the maps that a map of maps holds.

    ```mlir
    whistler.map @counts type "array" key 4 value 8 entries 1
    whistler.map @seen type "lru-hash" key 4 : ui32 value 8 : ui64 entries 64
    whistler.map @per_port type "hash-of-maps" key 4 value 4 entries 8 inner @seen
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$map_type,
                       I32Attr:$key_size, OptionalAttr<TypeAttr>:$key_type,
                       I32Attr:$value_size, OptionalAttr<TypeAttr>:$value_type,
                       I32Attr:$max_entries, OptionalAttr<I32Attr>:$map_flags,
                       UnitAttr:$pin_by_name,
                       OptionalAttr<FlatSymbolRefAttr>:$inner_map);
  let assemblyFormat = [{
    $sym_name `type` $map_type `key` $key_size (`:` $key_type^)?
    `value` $value_size (`:` $value_type^)? `entries` $max_entries
    (`flags` $map_flags^)? (`pinned` $pin_by_name^)? (`inner` $inner_map^)?
    attr-dict
  }];
  let hasVerifier = 1;
}

def Whistler_ProgOp : Whistler_Op<"prog", [
    IsolatedFromAbove, Symbol, AutomaticAllocationScope,
    HasParent<"::mlir::ModuleOp">]> {
  let summary = "a program that the kernel can load";
  let description = [{
    `program_type` is one of the language's program types. The entry block has
    one argument, the context. Control leaves through `whistler.return`.

    ```mlir
    whistler.prog @pass type "xdp" section "xdp" license "GPL" {
    ^bb0(%ctx: !whistler.ptr<ctx>):
      %0 = arith.constant 2 : i64
      whistler.return %0
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$program_type,
                       StrAttr:$section, StrAttr:$license);
  let regions = (region MinSizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `type` $program_type `section` $section `license` $license
    attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// The program's context.
    ::mlir::BlockArgument getContextArgument() {
      return getBody().getArgument(0);
    }
  }];
}

def Whistler_ReturnOp : Whistler_Op<"return", [
    Terminator, Pure, ParentOneOf<["ProgOp", "FuncOp"]>]> {
  let summary = "leaves the program or function with a value";
  let description = [{
    Only functions may return a pointer.

    ```mlir
    whistler.return %verdict
    whistler.return %entry : !whistler.ptr<any>
    ```
  }];
  let arguments = (ins AnyTypeOf<[I64, Whistler_PtrType]>:$value);
  let assemblyFormat = "$value attr-dict custom<ReturnType>(type($value))";
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

def Whistler_FuncOp : Whistler_Op<"func", [
    IsolatedFromAbove, Symbol, AutomaticAllocationScope,
    HasParent<"::mlir::ModuleOp">]> {
  let summary = "a function that programs call";
  let description = [{
    `params` and `result` are the function's type in C. In the body every
    integer has 64 bits, extended from its declared type by the caller, and
    every pointer is a `!whistler.ptr`. A `global` function is verified once, on
    its own; others are verified at each call, for what they are called with.

    ```mlir
    whistler.func @scale params [#whistler.param<"x" : ui32>] result ui64 {
    ^bb0(%x: i64):
      whistler.return %x
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, ArrayAttr:$params,
                       TypeAttr:$result, UnitAttr:$is_global,
                       UnitAttr:$no_inline);
  let regions = (region MinSizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name (`global` $is_global^)? (`noinline` $no_inline^)?
    `params` $params `result` $result attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
}

def Whistler_CallOp : Whistler_Op<"call", [
    Whistler_AnyEffect, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "calls a function of the module";
  let description = [{
    ```mlir
    %y = whistler.call @scale(%x) : (i64) -> i64
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee,
                       Variadic<AnyTypeOf<[I64, Whistler_PtrType]>>:$args);
  let results = (outs AnyTypeOf<[I64, Whistler_PtrType]>:$result);
  let assemblyFormat =
    "$callee `(` $args `)` attr-dict `:` functional-type($args, $result)";
}

def Whistler_FuncRefOp : Whistler_Op<"func_ref", [
    Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "the address of a function, for helpers that call back";
  let description = [{
    ```mlir
    %f = whistler.func_ref @each_entry
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee);
  let results = (outs Whistler_FuncPtr:$result);
  let assemblyFormat = "$callee attr-dict";
}

//===----------------------------------------------------------------------===//
// Types, constants and globals
//===----------------------------------------------------------------------===//

def Whistler_StructOp : Whistler_Op<"struct", [HasParent<"::mlir::ModuleOp">]> {
  let summary = "declares a struct or union";
  let description = [{
    Sizes and alignment are in bytes; `fields` are `#whistler.field`s by
    rising offset. A `kernel` struct describes one of the kernel's own: it has
    only the fields that matter, and the loader finds out where they are.

    ```mlir
    whistler.struct "ct_key" size 8 align 4
      [#whistler.field<"addr" : ui32 at 0>, #whistler.field<"port" : ui16 at 32>]
    ```
  }];
  let arguments = (ins StrAttr:$tag, UnitAttr:$is_union, UnitAttr:$is_kernel,
                       I32Attr:$size, I32Attr:$alignment, ArrayAttr:$fields);
  let assemblyFormat = [{
    $tag (`union` $is_union^)? (`kernel` $is_kernel^)? `size` $size
    `align` $alignment $fields attr-dict
  }];
  let hasVerifier = 1;
}

def Whistler_EnumOp : Whistler_Op<"enum", [HasParent<"::mlir::ModuleOp">]> {
  let summary = "declares an enumeration of the kernel's";
  let description = [{
    ```mlir
    whistler.enum "pid_type" : ui32 [#whistler.enumerator<"PIDTYPE_PID" = 0>]
    ```
  }];
  let arguments = (ins StrAttr:$tag, TypeAttr:$underlying,
                       ArrayAttr:$enumerators);
  let assemblyFormat = "$tag `:` $underlying $enumerators attr-dict";
  let hasVerifier = 1;
}

def Whistler_DefineOp : Whistler_Op<"define", [HasParent<"::mlir::ModuleOp">]> {
  let summary = "a constant of the source";
  let description = [{
    For the bindings that are made for other languages; the name is the Lisp
    one, in lower case. An `unsigned` value is 2^63 or more: its 64 bits are
    those of the negative number that is shown.

    ```mlir
    whistler.define "+threshold+" 100
    whistler.define "+all-ones+" -1 unsigned
    ```
  }];
  let arguments = (ins StrAttr:$name, I64Attr:$value, UnitAttr:$is_unsigned);
  let assemblyFormat = "$name $value (`unsigned` $is_unsigned^)? attr-dict";
}

def Whistler_GlobalOp : Whistler_Op<"global", [
    Symbol, HasParent<"::mlir::ModuleOp">]> {
  let summary = "a global variable";
  let description = [{
    `section` is `.data`, `.bss`, `.rodata` or a name that begins with one of
    them and a dot. `init` is the contents, as many bytes as the type has; zeros
    where it is left out. A `local` one is no symbol for other objects; those in
    `.rodata.str1.1` are string literals, which have no name in C.

    ```mlir
    whistler.global @limit : ui32 section ".rodata" init "\64\00\00\00"
    whistler.global @hits : ui64 section ".bss"
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, UnitAttr:$is_local,
                       TypeAttr:$type, StrAttr:$section,
                       OptionalAttr<StrAttr>:$init);
  let assemblyFormat = [{
    $sym_name (`local` $is_local^)? `:` $type `section` $section
    (`init` $init^)? attr-dict
  }];
  let hasVerifier = 1;
}

def Whistler_GlobalAddrOp : Whistler_Op<"global_addr", [
    Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "the address of a global variable";
  let description = [{
    To the verifier it is the value of a map that the loader makes for the
    section; it is never null.

    ```mlir
    %p = whistler.global_addr @hits
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$global);
  let results = (outs Whistler_MapValuePtr:$result);
  let assemblyFormat = "$global attr-dict";
}

#endif // WHISTLER_DIALECT_WHISTLER_IR_WHISTLERMODULEOPS_TD
