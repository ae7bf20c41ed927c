// What the conversion to LLVM reports.

// RUN: whistler-opt %s --convert-whistler-to-llvm=cpu=v2 --split-input-file --verify-diagnostics

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // expected-error @below {{`asm` names registers, which LLVM chooses by itself; compile it without --backend=llvm}}
  %0 = whistler.asm code 0xb7 dst 0 src 0 off 0 imm 1
  whistler.return %0
}

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %a = arith.constant 5 : i64
  // expected-error @below {{'whistler.log2' op has no counterpart in LLVM; run whistler-expand-ops first}}
  %0 = whistler.log2 %a
  whistler.return %0
}

// -----

whistler.map @m type "array" key 4 value 8 entries 1

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %k = arith.constant 0 : i32
  %d = arith.constant 1 : i64
  // expected-error @below {{'whistler.map_add' op has no counterpart in LLVM; run whistler-expand-map-adds first}}
  whistler.map_add @m[%k], %d : i32, i64
  whistler.return %d
}

// -----

whistler.func @f global params [#whistler.param<"p" : !whistler.pointer<none>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %one = arith.constant 1 : i64
  // expected-error @below {{atomic operations other than an addition without result need --mcpu=v3 or newer}}
  %0 = whistler.atomic_rmw add %p[0], %one : !whistler.ptr<any>, i64 -> i64
  whistler.return %0
}

// -----

whistler.func @f global params [#whistler.param<"p" : !whistler.pointer<none>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  // expected-error @below {{there is no struct named "task_struct"}}
  %0 = whistler.load %p[0] field "task_struct:pid" : !whistler.ptr<any> -> i64
  whistler.return %0
}

// -----

// expected-error @below {{the type of the field "in", '!whistler.struct<"nowhere">', is not declared}}
whistler.struct "out" size 8 align 4 [#whistler.field<"in" : !whistler.struct<"nowhere"> at 0>]

// -----

// expected-error @below {{a map of type array holds no maps}}
whistler.map @m type "array" key 4 value 8 entries 1 inner @n
whistler.map @n type "array" key 4 value 8 entries 1

// -----

// expected-error @below {{a variable in .bss starts as zeros; one in .data may be initialized}}
whistler.global @limit : ui32 section ".bss" init "\01\00\00\00"

// -----

whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// expected-error @below {{an object has one license, and an earlier program's is "GPL"}}
whistler.prog @g type "xdp" section "xdp" license "MIT" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i64
  whistler.return %0
}
