// The context and the packet are read once.

// RUN: whistler-opt %s --whistler-share-loads | FileCheck %s
// RUN: whistler-opt %s --whistler-share-loads > %t.once
// RUN: whistler-opt %t.once --whistler-share-loads | diff %t.once -
// RUN: whistler-opt %s --whistler-share-loads=keep-tested=true | FileCheck %s --check-prefix=KEPT
// RUN: whistler-opt %s --whistler-share-loads=pointers-only=true | FileCheck %s --check-prefix=POINTERS

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

// Writing to a variable or a map changes no packet; writing there to the packet
// does, on any way.
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
  whistler.store %zero, %data[1] : i8, !whistler.ptr<packet>
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

// A store beside what is loaded, at a distance from the same pointer, leaves it
// as it is; one to any of its bytes, or through another pointer, does not.
// CHECK-LABEL: @beside
whistler.prog @beside type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[A:.*]] = whistler.load %{{.*}}[0] : !whistler.ptr<map_value> -> i32
  // CHECK: whistler.store %{{.*}}[0] : i32
  // CHECK-NEXT: arith.addi %[[A]], %[[A]]
  // CHECK: whistler.store %{{.*}}[3] : i8
  // CHECK-NEXT: %[[C:.*]] = whistler.load %{{.*}}[0]
  // CHECK: arith.addi %{{.*}}, %[[C]]
  // CHECK: whistler.store %{{.*}}, %{{.*}}[4] : i32
  // CHECK-NEXT: %[[D:.*]] = whistler.load %{{.*}}[0]
  // CHECK: arith.addi %{{.*}}, %[[D]]
  %key = arith.constant 1 : i32
  %other_key = arith.constant 2 : i32
  %four = arith.constant 4 : i64
  %zero = arith.constant 0 : i32
  %byte = arith.constant 7 : i8
  %p = whistler.map_lookup @m[%key] : i32
  %q = whistler.map_lookup @m[%other_key] : i32
  %a = whistler.load %p[0] : !whistler.ptr<map_value> -> i32
  %next = whistler.ptr_add %p, %four : !whistler.ptr<map_value>
  whistler.store %zero, %next[0] : i32, !whistler.ptr<map_value>
  %b = whistler.load %p[0] : !whistler.ptr<map_value> -> i32
  %sum = arith.addi %a, %b : i32
  whistler.store %byte, %p[3] : i8, !whistler.ptr<map_value>
  %c = whistler.load %p[0] : !whistler.ptr<map_value> -> i32
  %sum2 = arith.addi %sum, %c : i32
  whistler.store %zero, %q[4] : i32, !whistler.ptr<map_value>
  %d = whistler.load %p[0] : !whistler.ptr<map_value> -> i32
  %sum3 = arith.addi %sum2, %d : i32
  %wide = arith.extui %sum3 : i32 to i64
  whistler.return %wide
}

// What was stored is known, where it is read as it was written.
// CHECK-LABEL: @stored
whistler.prog @stored type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.ctx_load
  // CHECK: whistler.store %[[X]], %{{.*}}[0]
  // CHECK-NEXT: %[[PART:.*]] = whistler.load %{{.*}}[4] : !whistler.ptr<packet> -> i8
  // CHECK-NOT: whistler.load
  // CHECK: arith.extui %[[X]] : i32 to i64
  %four = arith.constant 4 : i64
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %next = whistler.ptr_add %data, %four : !whistler.ptr<packet>
  whistler.store %x, %next[0] : i32, !whistler.ptr<packet>
  %part = whistler.load %data[4] : !whistler.ptr<packet> -> i8
  %all = whistler.load %data[4] : !whistler.ptr<packet> -> i32
  %wide_part = arith.extui %part : i8 to i64
  %wide = arith.extui %all : i32 to i64
  %sum = arith.addi %wide, %wide_part : i64
  whistler.return %sum
}

// Others may write to a map value: after a call what was stored there is read.
// CHECK-LABEL: @stored_before_call
whistler.prog @stored_before_call type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: whistler.store
  // CHECK-NEXT: whistler.helper_call
  // CHECK-NEXT: %[[X:.*]] = whistler.load
  // CHECK: whistler.return %[[X]]
  %key = arith.constant 1 : i32
  %one = arith.constant 1 : i64
  %p = whistler.map_lookup @m[%key] : i32
  whistler.store %one, %p[0] : i64, !whistler.ptr<map_value>
  %now = whistler.helper_call "ktime_get_ns"() : () -> i64
  %x = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %x
}

// What is compared again where the ways have joined.
// CHECK-LABEL: @joined
// CHECK: whistler.load %{{.*}}[12]
// CHECK-NOT: whistler.load %{{.*}}[12]
// CHECK: whistler.return
// KEPT-LABEL: @joined
// KEPT: whistler.load %{{.*}}[12]
// KEPT: ^bb2:
// KEPT: whistler.load %{{.*}}[12]
whistler.prog @joined type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c8 = arith.constant 8 : i16
  %c9 = arith.constant 9 : i16
  %c0_i8 = arith.constant 0 : i8
  %result = arith.constant 2 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %slot = whistler.alloca i8
  %a = whistler.load %data[12] : !whistler.ptr<packet> -> i16
  %is_8 = arith.cmpi eq, %a, %c8 : i16
  cf.cond_br %is_8, ^left, ^join
^left:
  whistler.store %c0_i8, %slot[0] : i8, !whistler.ptr<stack>
  cf.br ^join
^join:
  %b = whistler.load %data[12] : !whistler.ptr<packet> -> i16
  %is_9 = arith.cmpi eq, %b, %c9 : i16
  cf.cond_br %is_9, ^out, ^end
^out:
  whistler.return %result
^end:
  %wide = arith.extui %b : i16 to i64
  whistler.return %wide
}

// The packet's address, however many values live across the calls: the verifier
// has seen the first one compared. One that is compared again may be read again,
// and a number as well.
// CHECK-LABEL: @compared_once
// POINTERS-LABEL: @compared_once
whistler.prog @compared_once type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c14 = arith.constant 14 : i64
  // CHECK: %[[P:.*]] = whistler.ctx_load %{{.*}}[0]
  // POINTERS: %[[P:.*]] = whistler.ctx_load %{{.*}}[0]
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %queue = whistler.ctx_load %ctx[16] size 4 : i32
  %after = whistler.ptr_add %p, %c14 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %after, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^out(%c14 : i64), ^in
^in:
  %t1 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %t2 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %t3 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %t4 = whistler.helper_call "ktime_get_ns"() : () -> i64
  // CHECK-NOT: ctx_load {{.*}} !whistler.ptr<packet>
  // POINTERS-NOT: ctx_load {{.*}} !whistler.ptr<packet>
  // CHECK: whistler.load %[[P]][12]
  // POINTERS: whistler.load %[[P]][12]
  %q = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %byte = whistler.load %q[12] : !whistler.ptr<packet> -> i8
  // CHECK: whistler.ctx_load %{{.*}}[0]
  // POINTERS: whistler.ctx_load %{{.*}}[16]
  %r = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %queue_again = whistler.ctx_load %ctx[16] size 4 : i32
  %far = whistler.ptr_cmp gt %r, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  %s12 = arith.addi %t1, %t2 : i64
  %s34 = arith.addi %t3, %t4 : i64
  %s = arith.muli %s12, %s34 : i64
  %wide = arith.extui %byte : i8 to i64
  %n = arith.extui %far : i1 to i64
  %numbers = arith.addi %queue, %queue_again : i32
  %m = arith.extui %numbers : i32 to i64
  %u = arith.addi %s, %wide : i64
  %v = arith.addi %u, %n : i64
  %w = arith.addi %v, %m : i64
  cf.br ^out(%w : i64)
^out(%result: i64):
  whistler.return %result
}

// The packet's length is tested once more, which branch threading will see, or
// is over already: then the second test is decided here.
// CHECK-LABEL: @tested_again
// CHECK-COUNT-2: cf.cond_br
// KEPT-LABEL: @tested_again
whistler.prog @tested_again type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // KEPT: cf.cond_br %{{.*}}, ^[[SHORT:.*]], ^[[LONG:.*]]
  // KEPT: ^[[LONG]]:
  // KEPT-NOT: cond_br
  // KEPT: cf.br ^[[BEHIND:.*]](%{{.*}} : i8)
  // KEPT-NOT: cond_br
  // KEPT: whistler.return
  %c54 = arith.constant 54 : i64
  %c34 = arith.constant 34 : i64
  %pass = arith.constant 2 : i64
  %none = arith.constant 0 : i8
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %last = whistler.ptr_add %data, %c54 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %last, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^out, ^long
^long:
  %data2 = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end2 = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %last2 = whistler.ptr_add %data2, %c34 : !whistler.ptr<packet>
  %short2 = whistler.ptr_cmp gt %last2, %end2 : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short2, ^behind(%none : i8), ^again
^again:
  %ttl = whistler.load %data2[22] : !whistler.ptr<packet> -> i8
  cf.br ^behind(%ttl : i8)
^behind(%value: i8):
  whistler.store %value, %data[33] : i8, !whistler.ptr<packet>
  whistler.return %pass
^out:
  whistler.return %pass
}
