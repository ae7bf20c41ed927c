// Accesses to several variables of a section are at offsets from one.

// RUN: whistler-opt %s --convert-whistler-to-bpf | FileCheck %s

whistler.global @flag : ui8 section ".bss"
whistler.global @limit : ui32 section ".data" init "\05\00\00\00"
whistler.global @hits : ui64 section ".bss"
whistler.global @table : !whistler.array<4 x ui64> section ".bss"
whistler.global @far : !whistler.array<8192 x ui64> section ".bss"
whistler.global @end : ui64 section ".bss"

// Distances are those of the object: variables are aligned. Other sections are
// other maps.
// CHECK-LABEL: @near
whistler.prog @near type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  %c16 = arith.constant 16 : i64
  // CHECK: %[[H:.*]] = bpf.ld_global @hits[0]
  // CHECK: bpf.atomic add b64 %{{.*}}, %[[H]][0]
  %h = whistler.global_addr @hits
  whistler.atomic_rmw add %h[0], %c1 : !whistler.ptr<map_value>, i64
  // CHECK: %[[F:.*]] = bpf.ld_global @hits[0]
  // CHECK: bpf.load u8 %[[F]][-8]
  %f = whistler.global_addr @flag
  %x = whistler.load %f[0] : !whistler.ptr<map_value> -> i8
  // CHECK: %[[L:.*]] = bpf.ld_global @limit[0]
  // CHECK: bpf.load u32 %[[L]][0]
  %l = whistler.global_addr @limit
  %y = whistler.load %l[0] : !whistler.ptr<map_value> -> i32
  // CHECK: %[[T:.*]] = bpf.ld_global @hits[0]
  // CHECK: bpf.store b64 %{{.*}}, %[[T]][32]
  %t = whistler.global_addr @table
  %p = whistler.ptr_add %t, %c16 : !whistler.ptr<map_value>
  %z = arith.extui %x : i8 to i64
  whistler.store %z, %p[8] : i64, !whistler.ptr<map_value>
  %w = arith.extui %y : i32 to i64
  whistler.return %w
}

// CHECK-LABEL: @two
whistler.prog @two type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: bpf.atomic add b64 %{{.*}}, %{{.*}}[0]
  // CHECK: bpf.load u8 %{{.*}}[-8]
  %c1 = arith.constant 1 : i64
  %h = whistler.global_addr @hits
  whistler.atomic_rmw add %h[0], %c1 : !whistler.ptr<map_value>, i64
  %f = whistler.global_addr @flag
  %x = whistler.load %f[0] : !whistler.ptr<map_value> -> i8
  %y = arith.extui %x : i8 to i64
  whistler.return %y
}

// Too far for an instruction; and addresses that are needed themselves.
// CHECK-LABEL: @apart
whistler.prog @apart type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  // CHECK: bpf.ld_global @hits[0]
  %h = whistler.global_addr @hits
  whistler.atomic_rmw add %h[0], %c1 : !whistler.ptr<map_value>, i64
  // CHECK: %[[E:.*]] = bpf.ld_global @end[0]
  // CHECK: bpf.load u64 %[[E]][0]
  %e = whistler.global_addr @end
  %x = whistler.load %e[0] : !whistler.ptr<map_value> -> i64
  // CHECK: %[[T:.*]] = bpf.ld_global @table[0]
  // CHECK: bpf.alu add w64 %[[T]]
  %t = whistler.global_addr @table
  %i = whistler.index %x below 32
  %p = whistler.ptr_add %t, %i : !whistler.ptr<map_value>
  %y = whistler.load %p[0] : !whistler.ptr<map_value> -> i8
  %z = arith.extui %y : i8 to i64
  whistler.return %z
}

// One variable is its own base.
// CHECK-LABEL: @alone
whistler.prog @alone type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[T:.*]] = bpf.ld_global @table[0]
  // CHECK-NEXT: bpf.load u64 %[[T]][8]
  %t = whistler.global_addr @table
  %x = whistler.load %t[8] : !whistler.ptr<map_value> -> i64
  whistler.return %x
}
