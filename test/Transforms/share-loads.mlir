// The context and the packet are read once.

// RUN: whistler-opt %s --whistler-share-loads | FileCheck %s
// RUN: whistler-opt %s --whistler-share-loads > %t.once
// RUN: whistler-opt %t.once --whistler-share-loads | diff %t.once -

whistler.map @m type "hash" key 4 value 8 entries 4

// By different ways to the same place, in a block that the first one dominates.
// CHECK-LABEL: @packet
whistler.prog @packet type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[DATA:.*]] = whistler.ctx_load %{{.*}}[0]
  // CHECK-NOT: whistler.ctx_load
  %data = whistler.ctx_load %ctx[0] size 4 field "xdp_md:data" : !whistler.ptr<packet>
  %c14 = arith.constant 14 : i64
  %zero = arith.constant 0 : i8
  %result = arith.constant 2 : i64
  // CHECK: %[[PROTO:.*]] = whistler.load %[[DATA]][23]
  %proto = whistler.load %data[23] : !whistler.ptr<packet> -> i8
  %is_zero = arith.cmpi eq, %proto, %zero : i8
  cf.cond_br %is_zero, ^out, ^again
^again:
  // CHECK: ^bb1:
  // CHECK-NOT: whistler.load
  // CHECK: arith.extui %[[PROTO]] : i8 to i64
  %same = whistler.ctx_load %ctx[0] size 4 field "xdp_md:data" : !whistler.ptr<packet>
  %ip = whistler.ptr_add %same, %c14 : !whistler.ptr<packet>
  %proto2 = whistler.load %ip[9] : !whistler.ptr<packet> -> i8
  %wide = arith.extui %proto2 : i8 to i64
  whistler.return %wide
^out:
  whistler.return %result
}

// Writing to a variable or a map changes no packet; writing to the packet does, on
// any way.
// CHECK-LABEL: @writes
whistler.prog @writes type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %zero = arith.constant 0 : i8
  %slot = whistler.alloca i8
  // CHECK: whistler.load %{{.*}}[1] : !whistler.ptr<packet>
  // CHECK: whistler.store
  // CHECK-NOT: whistler.load
  // CHECK: cf.cond_br
  %a = whistler.load %data[1] : !whistler.ptr<packet> -> i8
  whistler.store %a, %slot[0] : i8, !whistler.ptr<stack>
  %b = whistler.load %data[1] : !whistler.ptr<packet> -> i8
  %is_zero = arith.cmpi eq, %b, %zero : i8
  cf.cond_br %is_zero, ^left, ^right
^left:
  whistler.store %zero, %data[0] : i8, !whistler.ptr<packet>
  cf.br ^join
^right:
  cf.br ^join
^join:
  // CHECK: ^bb3:
  // CHECK-NEXT: whistler.load
  %c = whistler.load %data[1] : !whistler.ptr<packet> -> i8
  %wide = arith.extui %c : i8 to i64
  whistler.return %wide
}

// Helpers that move the packet, and such that do not.
// CHECK-LABEL: @calls
whistler.prog @calls type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i64
  // CHECK-COUNT-1: whistler.ctx_load %{{.*}}[0]
  // CHECK-NOT: whistler.ctx_load
  // CHECK: "xdp_adjust_head"
  // CHECK: whistler.ctx_load %{{.*}}[0]
  %a = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %now = whistler.helper_call "ktime_get_ns"() : () -> i64
  %b = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %b[0] : !whistler.ptr<packet> -> i64
  %0 = whistler.helper_call "xdp_adjust_head"(%ctx, %zero) : (!whistler.ptr<ctx>, i64) -> i64
  %c = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %y = whistler.load %c[0] : !whistler.ptr<packet> -> i64
  %sum = arith.addi %x, %y : i64
  whistler.return %sum
}

// A field that the program sets.
// CHECK-LABEL: @fields
whistler.prog @fields type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-1: whistler.ctx_load
  // CHECK-NOT: whistler.ctx_load
  // CHECK: whistler.ctx_store
  // CHECK: whistler.ctx_load
  %a = whistler.ctx_load %ctx[8] size 4 : i32
  %b = whistler.ctx_load %ctx[8] size 4 : i32
  %sum = arith.addi %a, %b : i32
  whistler.ctx_store %sum, %ctx[8] : i32
  %c = whistler.ctx_load %ctx[8] size 4 : i32
  %all = arith.addi %sum, %c : i32
  %wide = arith.extui %all : i32 to i64
  whistler.return %wide
}

// Values of maps, but not across what may change them, nor a call.
// CHECK-LABEL: @values
whistler.prog @values type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %one = arith.constant 1 : i64
  %p = whistler.map_lookup @m[%key] : i32
  // CHECK: %[[A:.*]] = whistler.load %{{.*}}[0]
  // CHECK-NEXT: arith.addi %[[A]], %[[A]]
  %a = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  %b = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  %sum = arith.addi %a, %b : i64
  // CHECK: whistler.atomic_rmw
  // CHECK-NEXT: %[[C:.*]] = whistler.load
  whistler.atomic_rmw add %p[0], %one : !whistler.ptr<map_value>, i64
  %c = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  // CHECK: whistler.helper_call
  // CHECK-NEXT: %[[D:.*]] = whistler.load
  %now = whistler.helper_call "ktime_get_ns"() : () -> i64
  %d = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  // CHECK: arith.addi %[[C]], %[[D]]
  %more = arith.addi %c, %d : i64
  %all = arith.addi %sum, %more : i64
  whistler.return %all
}
