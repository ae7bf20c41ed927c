// Global variables, and fields and sizes of the kernel's types.

// RUN: whistler-opt %s --convert-whistler-to-bpf | FileCheck %s

whistler.struct "pair" size 8 align 4
  [#whistler.field<"a" : ui32 at 0>, #whistler.field<"b" : ui32 at 32>]
whistler.struct "task_struct" kernel size 64 align 8
  [#whistler.field<"pid" : si32 at 64>, #whistler.field<"comm" : !whistler.array<16 x ui8> at 128>]
whistler.global @pairs : !whistler.array<2 x !whistler.struct<"pair">> section ".data"

// CHECK-LABEL: @globals
whistler.prog @globals type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c4 = arith.constant 4 : i64
  %c16 = arith.constant 16 : i64
  // CHECK: %[[G:.*]] = bpf.ld_global @pairs[0] : !bpf.reg
  %g = whistler.global_addr @pairs
  // CHECK-NEXT: bpf.store_imm b32 0, %[[G]][12]
  %p = whistler.ptr_add %g, %c4 : !whistler.ptr<map_value>
  %z = arith.constant 0 : i32
  whistler.store %z, %p[8] : i32, !whistler.ptr<map_value>
  // A place in the variable is an address of its own, one behind it is not.
  // CHECK-NEXT: %[[Q:.*]] = bpf.ld_global @pairs[4] : !bpf.reg
  %q = whistler.ptr_add %g, %c4 : !whistler.ptr<map_value>
  // CHECK-NEXT: %[[E:.*]] = bpf.alu_imm add w64 %[[G]], 16
  %e = whistler.ptr_add %g, %c16 : !whistler.ptr<map_value>
  // CHECK-NEXT: bpf.store b64 %[[Q]]
  %s = whistler.alloca !whistler.ptr<map_value>
  // CHECK-NEXT: bpf.store b64 %[[E]]
  whistler.store %q, %g[0] : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  whistler.store %e, %g[0] : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  whistler.return %c0
}

// CHECK-LABEL: @fields
whistler.prog @fields type "kprobe" section "kprobe" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c8 = arith.constant 8 : i64
  // CHECK: %[[T:.*]] = bpf.mov w64 %{{.*}} : !bpf.reg<r0> -> !bpf.reg
  %0 = whistler.helper_call "get_current_task"() : () -> i64
  // CHECK-NEXT: %[[C:.*]] = bpf.alu_imm add w64 %[[T]], 16 core <byte_off "task_struct:comm">
  %t = whistler.int_to_ptr %0 : !whistler.ptr<kernel>
  %comm = whistler.field_addr %t[16] field "task_struct:comm" : !whistler.ptr<kernel>
  // CHECK-NEXT: bpf.load u64 %[[C]][8] : !bpf.reg -> !bpf.reg
  %rest = whistler.ptr_add %comm, %c8 : !whistler.ptr<kernel>
  %1 = whistler.load %rest[0] : !whistler.ptr<kernel> -> i64
  // The loader replaces the whole offset.
  // CHECK-NEXT: %[[N:.*]] = bpf.alu_imm add w64 %[[T]], 8 : !bpf.reg
  // CHECK-NEXT: bpf.load u32 %[[N]][8] field "task_struct:pid" : !bpf.reg -> !bpf.reg
  %next = whistler.ptr_add %t, %c8 : !whistler.ptr<kernel>
  %2 = whistler.load %next[8] field "task_struct:pid" : !whistler.ptr<kernel> -> i32
  // CHECK-NEXT: %[[S:.*]] = bpf.mov_imm w64 0 core <type_size "task_struct"> : !bpf.reg
  %3 = whistler.core_query type_size "task_struct"
  // CHECK-NEXT: %[[E:.*]] = bpf.ld_imm64 0 core <enumval_value "e:A"> : !bpf.reg
  %4 = whistler.core_query enumval_value "e:A"
  // CHECK-NEXT: bpf.alu add w64 %[[S]], %[[E]]
  %5 = whistler.index %3 below 8
  %6 = arith.addi %5, %4 : i64
  %7 = arith.addi %6, %1 : i64
  %8 = arith.extui %2 : i32 to i64
  %9 = arith.addi %7, %8 : i64
  whistler.return %9
}

// Room for a struct is aligned as its elements are.
// CHECK-LABEL: @room
whistler.prog @room type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: bpf.slot size 12 align 4
  %0 = whistler.alloca !whistler.array<3 x ui32>
  %z = arith.constant 0 : i32
  %c4 = arith.constant 4 : i64
  // CHECK-NEXT: bpf.store_imm b32 0, %{{.*}}[8] : !bpf.slot
  %1 = whistler.ptr_add %0, %c4 : !whistler.ptr<stack>
  whistler.store %z, %1[4] : i32, !whistler.ptr<stack>
  whistler.return %c4
}
