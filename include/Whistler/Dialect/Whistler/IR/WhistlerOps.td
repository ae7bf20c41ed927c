//===- WhistlerOps.td - operations of bodies ---------------*- tablegen -*-===//
//
// SPDX-License-Identifier: MIT
//
//===----------------------------------------------------------------------===//
//
// Memory, helpers, the kernel's types and the arithmetic that arith lacks.
//
//===----------------------------------------------------------------------===//

#ifndef WHISTLER_DIALECT_WHISTLER_IR_WHISTLEROPS_TD
#define WHISTLER_DIALECT_WHISTLER_IR_WHISTLEROPS_TD

include "Whistler/Dialect/Whistler/IR/WhistlerModuleOps.td"
include "Whistler/Dialect/Whistler/IR/WhistlerOpBase.td"

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
    The key is a scalar of the map's key size, or the address of a key. A
    `certain` lookup is one of which the verifier knows that it finds a value:
    the key is a constant index of an array, and what puts it into memory has to
    store its four bytes at once, at an address that is a multiple of 8
    (`whistler-null-check-elision`).

    ```mlir
    %p = whistler.map_lookup @counts[%key] : i32
    %q = whistler.map_lookup @counts[%zero] certain : i32
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$map, Whistler_MapArgument:$key,
                       UnitAttr:$is_certain);
  let results = (outs Whistler_MapValuePtr:$result);
  let assemblyFormat =
    "$map `[` $key `]` (`certain` $is_certain^)? attr-dict `:` type($key)";
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

def Whistler_MapAddOp : Whistler_MapUserOp<"map_add", [
    MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "adds to a map's value";
  let description = [{
    Where the map has the key, the value is added to: atomically, unless the
    operation is `plain`. Where it has not, a map whose entries are inserted by
    key gets the key with `delta` as its value, and nothing happens to others.

    ```mlir
    whistler.map_add @counts[%key], %delta : i32, i64
    whistler.map_add plain @counts_per_cpu[%key], %delta : i32, i64
    ```
  }];
  let arguments = (ins UnitAttr:$is_plain, FlatSymbolRefAttr:$map,
                       Whistler_MapArgument:$key,
                       AnyTypeOf<[I32, I64]>:$delta);
  let builders = [OpBuilder<(ins "::llvm::StringRef":$map, "::mlir::Value":$key,
                             "::mlir::Value":$delta), [{
    build($_builder, $_state, /*is_plain=*/false, map, key, delta);
  }]>];
  let assemblyFormat = [{
    (`plain` $is_plain^)? $map `[` $key `]` `,` $delta attr-dict
    `:` type($key) `,` type($delta)
  }];
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
    below `count`. After that it is `checked`: what optimisation makes of the
    program need not show it any more.

    ```mlir
    %1 = whistler.index %0 below 8
    %2 = whistler.index %0 below 8 checked
    ```
  }];
  let arguments = (ins I64:$value, Whistler_Int64:$count,
                       UnitAttr:$is_checked);
  let results = (outs I64:$result);
  let assemblyFormat =
    "$value `below` $count (`checked` $is_checked^)? attr-dict";
  let hasFolder = 1;
  let hasVerifier = 1;
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
