//===- WhistlerOps.td - operations of the dialect ----------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Programs, maps, memory, helpers and the arithmetic that arith lacks.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_IR_WHISTLEROPS_TD
#define WHISTLER_DIALECT_WHISTLER_IR_WHISTLEROPS_TD

include "Whistler/Dialect/Whistler/IR/WhistlerAttrs.td"
include "Whistler/Dialect/Whistler/IR/WhistlerDialect.td"
include "Whistler/Dialect/Whistler/IR/WhistlerEnums.td"
include "Whistler/Dialect/Whistler/IR/WhistlerTypes.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/Properties.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferIntRangeInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/MemorySlotInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Whistler_Op<string opMnemonic, list<Trait> traits = []>
    : Op<Whistler_Dialect, opMnemonic, traits>;

/// An operation that names the map it works on.
class Whistler_MapUserOp<string opMnemonic, list<Trait> traits = []>
    : Whistler_Op<opMnemonic, traits # [
        DeclareOpInterfaceMethods<SymbolUserOpInterface>]>;

/// The context's fields, as a resource of their own: what is written through a
/// pointer never changes them.
def Whistler_CtxResource : Resource<"::mlir::whistler::CtxResource">;

/// Of what may read and write memory and the context.
def Whistler_AnyEffect : MemoryEffects<[
    MemRead, MemWrite, MemRead<Whistler_CtxResource>,
    MemWrite<Whistler_CtxResource>]>;

def Whistler_Int16 : IntProp<"int16_t">;
def Whistler_Int32 : IntProp<"int32_t">;
def Whistler_Int64 : IntProp<"int64_t">;

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

//===----------------------------------------------------------------------===//
// Pointers
//===----------------------------------------------------------------------===//

def Whistler_NullOp : Whistler_Op<"null", [Pure, ConstantLike]> {
  let summary = "the null pointer";
  let description = [{
    ```mlir
    %0 = whistler.null : !whistler.ptr<map_value>
    ```
  }];
  let results = (outs Whistler_PtrType:$result);
  let assemblyFormat = "attr-dict `:` qualified(type($result))";
  let hasFolder = 1;
}

def Whistler_PtrAddOp : Whistler_Op<"ptr_add", [
    Pure, AllTypesMatch<["base", "result"]>]> {
  let summary = "a pointer moved by a number of bytes";
  let description = [{
    ```mlir
    %1 = whistler.ptr_add %0, %bytes : !whistler.ptr<packet>
    ```
  }];
  let arguments = (ins Whistler_PtrType:$base, I64:$offset);
  let results = (outs Whistler_PtrType:$result);
  let assemblyFormat = "$base `,` $offset attr-dict `:` qualified(type($base))";
  let hasFolder = 1;
  let hasCanonicalizeMethod = 1;
}

def Whistler_PtrDiffOp : Whistler_Op<"ptr_diff", [Pure]> {
  let summary = "the distance between two pointers in bytes";
  let description = [{
    ```mlir
    %2 = whistler.ptr_diff %1, %0 : !whistler.ptr<packet_end>, !whistler.ptr<packet>
    ```
  }];
  let arguments = (ins Whistler_PtrType:$lhs, Whistler_PtrType:$rhs);
  let results = (outs I64:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs attr-dict
    `:` qualified(type($lhs)) `,` qualified(type($rhs))
  }];
}

def Whistler_PtrCmpOp : Whistler_Op<"ptr_cmp", [Pure]> {
  let summary = "compares two pointers";
  let description = [{
    ```mlir
    %2 = whistler.ptr_cmp gt %1, %0 : !whistler.ptr<packet>, !whistler.ptr<packet_end>
    ```
  }];
  let arguments = (ins EnumProp<Whistler_PtrPredicate>:$predicate,
                       Whistler_PtrType:$lhs, Whistler_PtrType:$rhs);
  let results = (outs I1:$result);
  let assemblyFormat = [{
    $predicate $lhs `,` $rhs attr-dict
    `:` qualified(type($lhs)) `,` qualified(type($rhs))
  }];
  let hasFolder = 1;
}

def Whistler_PtrToIntOp : Whistler_Op<"ptr_to_int", [Pure]> {
  let summary = "a pointer's value as an integer";
  let description = [{
    ```mlir
    %1 = whistler.ptr_to_int %0 : !whistler.ptr<kernel>
    ```
  }];
  let arguments = (ins Whistler_PtrType:$ptr);
  let results = (outs I64:$result);
  let assemblyFormat = "$ptr attr-dict `:` qualified(type($ptr))";
}

def Whistler_IntToPtrOp : Whistler_Op<"int_to_ptr", [Pure]> {
  let summary = "takes an integer for an address";
  let description = [{
    For addresses in the kernel that helpers and contexts give out as numbers.

    ```mlir
    %1 = whistler.int_to_ptr %0 : !whistler.ptr<kernel>
    ```
  }];
  let arguments = (ins I64:$value);
  let results = (outs Whistler_PtrType:$result);
  let assemblyFormat = "$value attr-dict `:` qualified(type($result))";
}

def Whistler_PtrCastOp : Whistler_Op<"ptr_cast", [Pure]> {
  let summary = "takes a pointer for one into another space";
  let description = [{
    For the places where control flow joins pointers to different things.

    ```mlir
    %1 = whistler.ptr_cast %0 : !whistler.ptr<packet> -> !whistler.ptr<any>
    ```
  }];
  let arguments = (ins Whistler_PtrType:$ptr);
  let results = (outs Whistler_PtrType:$result);
  let assemblyFormat = [{
    $ptr attr-dict `:` qualified(type($ptr)) `->` qualified(type($result))
  }];
  let hasFolder = 1;
  let hasCanonicalizeMethod = 1;
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

def Whistler_AllocaOp : Whistler_Op<"alloca", [
    DeclareOpInterfaceMethods<PromotableAllocationOpInterface>]> {
  let summary = "a variable on the stack";
  let description = [{
    Holds one value of `elem_type`; its alignment is its size. Without other
    uses than whole loads and stores it is promoted to a value by mem2reg. An
    array, aligned as its elements are, has room for a struct.

    ```mlir
    %0 = whistler.alloca i64
    %1 = whistler.alloca !whistler.array<3 x ui32>
    ```
  }];
  let arguments = (ins TypeAttr:$elem_type);
  let results = (outs Res<Whistler_StackPtr, "", [MemAlloc]>:$result);
  let assemblyFormat = "$elem_type attr-dict";
  let hasVerifier = 1;
}

def Whistler_LoadOp : Whistler_Op<"load", [
    DeclareOpInterfaceMethods<PromotableMemOpInterface>]> {
  let summary = "loads from memory";
  let description = [{
    `offset` is in bytes. `field`, as `struct:field`, asks for a CO-RE
    relocation of the offset; see `whistler.field_addr`.

    ```mlir
    %1 = whistler.load %0[12] : !whistler.ptr<packet> -> i16
    %2 = whistler.load %t[8] field "task_struct:pid" : !whistler.ptr<btf> -> i32
    ```
  }];
  let arguments = (ins Arg<Whistler_PtrType, "", [MemRead]>:$base,
                       Whistler_Int32:$offset, OptionalAttr<StrAttr>:$field);
  let results = (outs Whistler_MemType:$result);
  let builders = [OpBuilder<(ins "::mlir::Type":$type, "::mlir::Value":$base,
                             "int32_t":$offset), [{
    build($_builder, $_state, type, base, offset, ::mlir::StringAttr());
  }]>];
  let assemblyFormat = [{
    $base `[` $offset `]` (`field` $field^)? attr-dict
    `:` qualified(type($base)) `->` type($result)
  }];
}

def Whistler_StoreOp : Whistler_Op<"store", [
    DeclareOpInterfaceMethods<PromotableMemOpInterface>]> {
  let summary = "stores to memory";
  let description = [{
    `offset` is in bytes.

    ```mlir
    whistler.store %1, %0[0] : i64, !whistler.ptr<stack>
    ```
  }];
  let arguments = (ins Whistler_MemType:$value,
                       Arg<Whistler_PtrType, "", [MemWrite]>:$base,
                       Whistler_Int32:$offset);
  let assemblyFormat = [{
    $value `,` $base `[` $offset `]` attr-dict
    `:` type($value) `,` qualified(type($base))
  }];
}

def Whistler_MemSetOp : Whistler_Op<"memset"> {
  let summary = "sets bytes of memory to one value";
  let description = [{
    `offset` and `size` are in bytes.

    ```mlir
    whistler.memset %0[0], %byte, 16 : !whistler.ptr<map_value>
    ```
  }];
  let arguments = (ins Arg<Whistler_PtrType, "", [MemWrite]>:$base,
                       Whistler_Int32:$offset, I8:$value,
                       Whistler_Int32:$size);
  let assemblyFormat = [{
    $base `[` $offset `]` `,` $value `,` $size attr-dict
    `:` qualified(type($base))
  }];
  let hasVerifier = 1;
}

def Whistler_MemCpyOp : Whistler_Op<"memcpy"> {
  let summary = "copies bytes of memory";
  let description = [{
    Offsets and `size` are in bytes; the areas do not overlap.

    ```mlir
    whistler.memcpy %0[0], %1[8], 16 : !whistler.ptr<stack>, !whistler.ptr<packet>
    ```
  }];
  let arguments = (ins Arg<Whistler_PtrType, "", [MemWrite]>:$dst,
                       Whistler_Int32:$dst_offset,
                       Arg<Whistler_PtrType, "", [MemRead]>:$src,
                       Whistler_Int32:$src_offset, Whistler_Int32:$size);
  let assemblyFormat = [{
    $dst `[` $dst_offset `]` `,` $src `[` $src_offset `]` `,` $size attr-dict
    `:` qualified(type($dst)) `,` qualified(type($src))
  }];
  let hasVerifier = 1;
}

def Whistler_CtxLoadOp : Whistler_Op<"ctx_load"> {
  let summary = "reads the context";
  let description = [{
    `offset` and `size` are in bytes. Some fields hold pointers, which only the
    result type tells. `field`, as `struct:field`, asks for a CO-RE relocation
    against the kernel's own layout.

    ```mlir
    %0 = whistler.ctx_load %ctx[0] size 4 field "xdp_md:data" : !whistler.ptr<packet>
    ```
  }];
  let arguments = (ins Arg<Whistler_CtxPtr, "", [MemRead<Whistler_CtxResource>]>:$ctx,
                       Whistler_Int32:$offset, Whistler_Int32:$size,
                       OptionalAttr<StrAttr>:$field);
  let results = (outs Whistler_MemType:$result);
  let assemblyFormat = [{
    $ctx `[` $offset `]` `size` $size (`field` $field^)? attr-dict
    `:` type($result)
  }];
  let hasVerifier = 1;
}

def Whistler_CtxStoreOp : Whistler_Op<"ctx_store"> {
  let summary = "writes the context";
  let description = [{
    ```mlir
    whistler.ctx_store %0, %ctx[8] field "__sk_buff:mark" : i32
    ```
  }];
  let arguments = (ins Whistler_MemInt:$value,
                       Arg<Whistler_CtxPtr, "", [MemWrite<Whistler_CtxResource>]>:$ctx,
                       Whistler_Int32:$offset, OptionalAttr<StrAttr>:$field);
  let assemblyFormat = [{
    $value `,` $ctx `[` $offset `]` (`field` $field^)? attr-dict `:` type($value)
  }];
}

//===----------------------------------------------------------------------===//
// The kernel's types
//===----------------------------------------------------------------------===//

def Whistler_FieldAddrOp : Whistler_Op<"field_addr", [
    Pure, AllTypesMatch<["base", "result"]>]> {
  let summary = "the address of a field, wherever the running kernel has it";
  let description = [{
    `field` is `struct:path`, with a kernel struct of the module or a context's
    struct, and a path such as `se.load.weight` or `comm[2]`. `offset` is where
    the module's own declaration has it, in bytes.

    ```mlir
    %1 = whistler.field_addr %0[16] field "task_struct:comm" : !whistler.ptr<kernel>
    ```
  }];
  let arguments = (ins Whistler_PtrType:$base, Whistler_Int32:$offset,
                       StrAttr:$field);
  let results = (outs Whistler_PtrType:$result);
  let assemblyFormat = [{
    $base `[` $offset `]` `field` $field attr-dict `:` qualified(type($base))
  }];
}

def Whistler_CoreQueryOp : Whistler_Op<"core_query", [Pure]> {
  let summary = "what the loader finds out about the kernel's types";
  let description = [{
    `subject` is `struct:path` as in `whistler.field_addr`, the tag of a struct,
    or `enum:ENUMERATOR`.

    ```mlir
    %0 = whistler.core_query field_exists "task_struct:pid"
    %1 = whistler.core_query type_size "task_struct"
    ```
  }];
  let arguments = (ins EnumProp<Whistler_CoreQuery>:$query, StrAttr:$subject);
  let results = (outs I64:$result);
  let assemblyFormat = "$query $subject attr-dict";
}

//===----------------------------------------------------------------------===//
// Atomics
//===----------------------------------------------------------------------===//

def Whistler_AtomicRMWOp : Whistler_Op<"atomic_rmw", [
    MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "an atomic update of memory";
  let description = [{
    The result, if there is one, is the old value. `xchg` always has one.

    ```mlir
    whistler.atomic_rmw add %0[0], %one : !whistler.ptr<map_value>, i64
    %old = whistler.atomic_rmw xchg %0[0], %one : !whistler.ptr<map_value>, i64 -> i64
    ```
  }];
  let arguments = (ins EnumProp<Whistler_AtomicKind>:$kind,
                       Whistler_PtrType:$base, Whistler_Int32:$offset,
                       AnyTypeOf<[I32, I64]>:$value);
  let results = (outs Optional<AnyTypeOf<[I32, I64]>>:$old);
  let assemblyFormat = [{
    $kind $base `[` $offset `]` `,` $value attr-dict
    `:` qualified(type($base)) `,` type($value) (`->` type($old)^)?
  }];
  let hasVerifier = 1;
}

def Whistler_AtomicCmpXchgOp : Whistler_Op<"atomic_cmpxchg", [
    AllTypesMatch<["expected", "value", "old"]>,
    MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "an atomic compare-and-exchange";
  let description = [{
    Memory that equals `expected` is replaced by `value`; the result is the old
    memory either way.

    ```mlir
    %old = whistler.atomic_cmpxchg %0[0], %a, %b : !whistler.ptr<map_value>, i64
    ```
  }];
  let arguments = (ins Whistler_PtrType:$base, Whistler_Int32:$offset,
                       AnyTypeOf<[I32, I64]>:$expected,
                       AnyTypeOf<[I32, I64]>:$value);
  let results = (outs AnyTypeOf<[I32, I64]>:$old);
  let assemblyFormat = [{
    $base `[` $offset `]` `,` $expected `,` $value attr-dict
    `:` qualified(type($base)) `,` type($old)
  }];
}

//===----------------------------------------------------------------------===//
// Maps and helpers
//===----------------------------------------------------------------------===//

def Whistler_MapRefOp : Whistler_MapUserOp<"map_ref", [Pure]> {
  let summary = "the address of a map";
  let description = [{
    ```mlir
    %0 = whistler.map_ref @counts
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$map);
  let results = (outs Whistler_MapPtr:$result);
  let assemblyFormat = "$map attr-dict";
}

def Whistler_MapLookupOp : Whistler_MapUserOp<"map_lookup", [
    MemoryEffects<[MemRead]>]> {
  let summary = "the address of a key's value in a map, or null";
  let description = [{
    The key is a scalar of the map's key size, or the address of a key.

    ```mlir
    %p = whistler.map_lookup @counts[%key] : i32
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$map, Whistler_MapArgument:$key);
  let results = (outs Whistler_MapValuePtr:$result);
  let assemblyFormat = "$map `[` $key `]` attr-dict `:` type($key)";
}

def Whistler_MapUpdateOp : Whistler_MapUserOp<"map_update", [
    MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "inserts or replaces a map's entry";
  let description = [{
    Key and value are scalars of the map's sizes, or addresses. The result is 0
    or a negative error number.

    ```mlir
    %e = whistler.map_update @counts[%key], %value, %flags : i32, i64
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$map, Whistler_MapArgument:$key,
                       Whistler_MapArgument:$value, I64:$flags);
  let results = (outs I64:$result);
  let assemblyFormat = [{
    $map `[` $key `]` `,` $value `,` $flags attr-dict
    `:` type($key) `,` type($value)
  }];
}

def Whistler_MapDeleteOp : Whistler_MapUserOp<"map_delete", [
    MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "removes a map's entry";
  let description = [{
    The result is 0 or a negative error number.

    ```mlir
    %e = whistler.map_delete @counts[%key] : i32
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$map, Whistler_MapArgument:$key);
  let results = (outs I64:$result);
  let assemblyFormat = "$map `[` $key `]` attr-dict `:` type($key)";
}

def Whistler_HelperCallOp : Whistler_Op<"helper_call", [
    Whistler_AnyEffect]> {
  let summary = "calls a kernel helper";
  let description = [{
    `helper` is the name that the UAPI's `enum bpf_func_id` has it under,
    without the prefix. Some helpers move the packet, so that the context's
    fields change.

    ```mlir
    %t = whistler.helper_call "ktime_get_ns"() : () -> i64
    ```
  }];
  let arguments = (ins StrAttr:$helper,
                       Variadic<AnyTypeOf<[I64, Whistler_PtrType]>>:$args);
  let results = (outs AnyTypeOf<[I64, Whistler_PtrType]>:$result);
  let assemblyFormat =
    "$helper `(` $args `)` attr-dict `:` functional-type($args, $result)";
  let hasVerifier = 1;
}

def Whistler_TailCallOp : Whistler_MapUserOp<"tail_call", [
    Whistler_AnyEffect]> {
  let summary = "continues in another program";
  let description = [{
    Control goes on after the operation where the map has no program at
    `index`.

    ```mlir
    whistler.tail_call %ctx, @handlers[%index]
    ```
  }];
  let arguments = (ins Whistler_CtxPtr:$ctx, FlatSymbolRefAttr:$map,
                       I64:$index);
  let assemblyFormat = "$ctx `,` $map `[` $index `]` attr-dict";
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

class Whistler_DivisionOp<string opMnemonic> : Whistler_Op<opMnemonic, [
    Pure, SameOperandsAndResultType,
    DeclareOpInterfaceMethods<InferIntRangeInterface, ["inferResultRanges"]>]> {
  let arguments = (ins AnyTypeOf<[I32, I64]>:$lhs,
                       AnyTypeOf<[I32, I64]>:$rhs);
  let results = (outs AnyTypeOf<[I32, I64]>:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($result)";
  let hasFolder = 1;
}

def Whistler_UDivOp : Whistler_DivisionOp<"udiv"> {
  let summary = "unsigned division; 0 where the divisor is 0";
  let description = [{
    ```mlir
    %2 = whistler.udiv %0, %1 : i64
    ```
  }];
}

def Whistler_UModOp : Whistler_DivisionOp<"umod"> {
  let summary = "unsigned remainder; the dividend where the divisor is 0";
  let description = [{
    ```mlir
    %2 = whistler.umod %0, %1 : i64
    ```
  }];
}

def Whistler_IndexOp : Whistler_Op<"index", [
    Pure, AllTypesMatch<["value", "result"]>,
    DeclareOpInterfaceMethods<InferIntRangeInterface, ["inferResultRanges"]>]> {
  let summary = "an integer that has to be an array's index";
  let description = [{
    The integer itself, of which `whistler-check-indices` makes sure that it is
    below `count`.

    ```mlir
    %1 = whistler.index %0 below 8
    ```
  }];
  let arguments = (ins I64:$value, Whistler_Int64:$count);
  let results = (outs I64:$result);
  let assemblyFormat = "$value `below` $count attr-dict";
  let hasFolder = 1;
}

def Whistler_ByteSwapOp : Whistler_Op<"byteswap", [
    Pure, SameOperandsAndResultType]> {
  let summary = "reverses the bytes of an integer";
  let description = [{
    ```mlir
    %1 = whistler.byteswap %0 : i16
    ```
  }];
  let arguments = (ins AnyTypeOf<[I16, I32, I64]>:$value);
  let results = (outs AnyTypeOf<[I16, I32, I64]>:$result);
  let assemblyFormat = "$value attr-dict `:` type($value)";
  let hasFolder = 1;
}

def Whistler_Log2Op : Whistler_Op<"log2", [
    Pure, DeclareOpInterfaceMethods<InferIntRangeInterface, ["inferResultRanges"]>]> {
  let summary = "the floor of the binary logarithm; 0 for 0";
  let description = [{
    ```mlir
    %1 = whistler.log2 %0
    ```
  }];
  let arguments = (ins I64:$value);
  let results = (outs I64:$result);
  let assemblyFormat = "$value attr-dict";
  let hasFolder = 1;
}

def Whistler_AsmOp : Whistler_Op<"asm", [Whistler_AnyEffect]> {
  let summary = "one BPF instruction, given by its fields";
  let description = [{
    The registers are taken literally. The result is the register that the
    instruction writes: `dst`, or `r0` for a call; instructions that write none
    yield `dst` as it stands.

    ```mlir
    %0 = whistler.asm code 0xb7 dst 0 src 0 off 0 imm 1
    ```
  }];
  let arguments = (ins Whistler_Int32:$code, Whistler_Int32:$dst,
                       Whistler_Int32:$src, Whistler_Int32:$off,
                       Whistler_Int32:$imm);
  let results = (outs I64:$result);
  let assemblyFormat =
    "`code` $code `dst` $dst `src` $src `off` $off `imm` $imm attr-dict";
  let hasVerifier = 1;
}

#endif // WHISTLER_DIALECT_WHISTLER_IR_WHISTLEROPS_TD
