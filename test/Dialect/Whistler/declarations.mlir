// Types, globals and functions, and what uses them, print as they are read.

// RUN: whistler-opt %s | whistler-opt | FileCheck %s
// RUN: whistler-opt %s --mlir-print-op-generic | whistler-opt | FileCheck %s

// CHECK: whistler.struct "pair" size 8 align 4 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"b" : ui16 at 32>]
whistler.struct "pair" size 8 align 4 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"b" : ui16 at 32>]
// CHECK: whistler.struct "either" union size 8 align 8 [#whistler.field<"" : !whistler.struct<"pair"> at 0>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"either">> at 0>]
whistler.struct "either" union size 8 align 8 [#whistler.field<"" : !whistler.struct<"pair"> at 0>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"either">> at 0>]
// CHECK: whistler.struct "task_struct" kernel size 64 align 1 [#whistler.field<"bit" : ui32 at 5 width 1>, #whistler.field<"kind" : !whistler.enum<"pid_type", ui32> at 32>, #whistler.field<"comm" : !whistler.array<16 x si8> at 64>]
whistler.struct "task_struct" kernel size 64 align 1 [#whistler.field<"bit" : ui32 at 5 width 1>, #whistler.field<"kind" : !whistler.enum<"pid_type", ui32> at 32>, #whistler.field<"comm" : !whistler.array<16 x si8> at 64>]
// CHECK: whistler.enum "pid_type" : ui32 [#whistler.enumerator<"PIDTYPE_PID" = 0>, #whistler.enumerator<"LOWEST" = -1>]
whistler.enum "pid_type" : ui32 [#whistler.enumerator<"PIDTYPE_PID" = 0>, #whistler.enumerator<"LOWEST" = -1>]
// CHECK: whistler.define "+threshold+" 100
whistler.define "+threshold+" 100
// CHECK: whistler.define "+all-ones+" -1 unsigned
whistler.define "+all-ones+" -1 unsigned
// CHECK: whistler.global @hits : ui64 section ".bss"
whistler.global @hits : ui64 section ".bss"
// CHECK: whistler.global @text local : !whistler.array<2 x ui8> section ".rodata.str1.1" init "x\00"
whistler.global @text local : !whistler.array<2 x ui8> section ".rodata.str1.1" init "x\00"
// CHECK: whistler.map @inner type "array" key 4 : ui32 value 8 : !whistler.struct<"pair"> entries 4
whistler.map @inner type "array" key 4 : ui32 value 8 : !whistler.struct<"pair"> entries 4
// CHECK: whistler.map @outer type "array-of-maps" key 4 value 4 entries 4 inner @inner
whistler.map @outer type "array-of-maps" key 4 value 4 entries 4 inner @inner

// CHECK: whistler.func @first global noinline params [#whistler.param<"p" : !whistler.pointer<ui64>>, #whistler.param<"x" : si16>] result ui64
whistler.func @first global noinline params [#whistler.param<"p" : !whistler.pointer<ui64>>, #whistler.param<"x" : si16>] result ui64 {
^bb0(%p: !whistler.ptr<any>, %x: i64):
  whistler.return %x
}

// CHECK: whistler.func @itself params [#whistler.param<"p" : !whistler.pointer<none>>] result !whistler.pointer<none>
whistler.func @itself params [#whistler.param<"p" : !whistler.pointer<none>>] result !whistler.pointer<none> {
^bb0(%p: !whistler.ptr<any>):
  // CHECK: whistler.return %{{.*}} : !whistler.ptr<any>
  whistler.return %p : !whistler.ptr<any>
}

// CHECK-LABEL: whistler.prog @uses
whistler.prog @uses type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[G:.*]] = whistler.global_addr @hits
  %g = whistler.global_addr @hits
  // CHECK: whistler.alloca !whistler.array<3 x ui32>
  %slot = whistler.alloca !whistler.array<3 x ui32>
  // CHECK: %[[X:.*]] = whistler.load %[[G]][0] : !whistler.ptr<map_value> -> i64
  %x = whistler.load %g[0] : !whistler.ptr<map_value> -> i64
  // CHECK: %[[T:.*]] = whistler.int_to_ptr %[[X]] : !whistler.ptr<kernel>
  %t = whistler.int_to_ptr %x : !whistler.ptr<kernel>
  // CHECK: whistler.field_addr %[[T]][8] field "task_struct:comm" : !whistler.ptr<kernel>
  %a = whistler.field_addr %t[8] field "task_struct:comm" : !whistler.ptr<kernel>
  // CHECK: whistler.core_query byte_off "task_struct:comm[3]"
  %q = whistler.core_query byte_off "task_struct:comm[3]"
  // CHECK: whistler.func_ref @first
  %f = whistler.func_ref @first
  // CHECK: whistler.call @first(%[[G]], %[[X]]) : (!whistler.ptr<map_value>, i64) -> i64
  %r = whistler.call @first(%g, %x) : (!whistler.ptr<map_value>, i64) -> i64
  // CHECK: whistler.call @itself(%[[G]]) : (!whistler.ptr<map_value>) -> !whistler.ptr<any>
  %s = whistler.call @itself(%g) : (!whistler.ptr<map_value>) -> !whistler.ptr<any>
  // CHECK: whistler.index %[[X]] below 8
  %i = whistler.index %x below 8
  // CHECK: whistler.index %[[X]] below 8 checked
  %j = whistler.index %x below 8 checked
  whistler.return %r
}
