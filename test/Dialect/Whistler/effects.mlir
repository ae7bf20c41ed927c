// What may be shared, and what may be removed.

// RUN: whistler-opt %s --cse --canonicalize | FileCheck %s

whistler.map @m type "hash" key 4 value 8 entries 4
whistler.map @calls type "prog-array" key 4 value 4 entries 4

// The context is read once, and stores to the packet do not change it.
// CHECK-LABEL: @context
whistler.prog @context type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: whistler.ctx_load %{{.*}}[0]
  // CHECK-NOT: whistler.ctx_load
  // CHECK: whistler.return
  %0 = whistler.ctx_load %ctx[0] size 4 : i32
  %1 = whistler.ctx_load %ctx[0] size 4 : i32
  %2 = arith.addi %0, %1 : i32
  %3 = arith.extui %2 : i32 to i64
  whistler.return %3
}

// A helper may move the packet; the context's fields have to be read again.
// CHECK-LABEL: @context_after_call
whistler.prog @context_after_call type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: whistler.ctx_load
  // CHECK: whistler.helper_call "xdp_adjust_head"
  // CHECK: whistler.ctx_load
  // CHECK: whistler.asm
  // CHECK: whistler.ctx_load
  // CHECK: whistler.tail_call
  // CHECK: whistler.ctx_load
  %c4 = arith.constant 4 : i64
  %0 = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %e = whistler.helper_call "xdp_adjust_head"(%ctx, %c4) : (!whistler.ptr<ctx>, i64) -> i64
  %1 = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.asm code 0xb7 dst 0 src 0 off 0 imm 0
  %2 = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  whistler.tail_call %ctx, @calls[%c4]
  %3 = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %4 = whistler.ptr_diff %1, %0 : !whistler.ptr<packet>, !whistler.ptr<packet>
  %5 = whistler.ptr_diff %3, %2 : !whistler.ptr<packet>, !whistler.ptr<packet>
  %6 = arith.addi %4, %5 : i64
  whistler.return %6
}

// CHECK-LABEL: @context_after_store
whistler.prog @context_after_store type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: whistler.ctx_load
  // CHECK: whistler.ctx_store
  // CHECK: whistler.ctx_load
  %0 = whistler.ctx_load %ctx[8] size 4 : i32
  %1 = arith.addi %0, %0 : i32
  whistler.ctx_store %1, %ctx[8] : i32
  %2 = whistler.ctx_load %ctx[8] size 4 : i32
  %3 = arith.extui %2 : i32 to i64
  whistler.return %3
}

// CHECK-LABEL: @loads
whistler.prog @loads type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // Two loads with nothing in between are one; those over a store stay where
  // they are.
  // CHECK: %[[P:.*]] = whistler.ctx_load
  // CHECK-NEXT: %[[A:.*]] = whistler.load %[[P]][0]
  // CHECK-NEXT: %[[SUM:.*]] = arith.addi %[[A]], %[[A]]
  // CHECK-NEXT: whistler.store %[[SUM]], %[[P]][0]
  // CHECK-NEXT: %[[B:.*]] = whistler.load %[[P]][0]
  // CHECK-NEXT: whistler.memset
  // CHECK-NEXT: %[[C:.*]] = whistler.load %[[P]][0]
  // CHECK-NEXT: whistler.memcpy
  // CHECK-NEXT: %[[D:.*]] = whistler.load %[[P]][0]
  // CHECK-NEXT: whistler.atomic_rmw
  // CHECK-NEXT: %[[E:.*]] = whistler.load %[[P]][0]
  %byte = arith.constant 1 : i8
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a0 = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %a1 = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %sum = arith.addi %a0, %a1 : i64
  whistler.store %sum, %p[0] : i64, !whistler.ptr<packet>
  %b = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  whistler.memset %p[0], %byte, 4 : !whistler.ptr<packet>
  %c = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  whistler.memcpy %p[0], %p[8], 4 : !whistler.ptr<packet>, !whistler.ptr<packet>
  %d = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  whistler.atomic_rmw add %p[0], %sum : !whistler.ptr<packet>, i64
  %e = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %0 = arith.addi %b, %c : i64
  %1 = arith.addi %d, %e : i64
  %2 = arith.addi %0, %1 : i64
  whistler.return %2
}

// What only reads goes away when nobody needs it, and calls stay.
// CHECK-LABEL: @dead
whistler.prog @dead type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NEXT: ^bb0
  // CHECK-NEXT: arith.constant 1 : i32
  // CHECK-NEXT: arith.constant 2 : i64
  // CHECK-NEXT: whistler.null
  // CHECK-NEXT: whistler.map_update
  // CHECK-NEXT: whistler.map_delete
  // CHECK-NEXT: whistler.helper_call "ktime_get_ns"
  // CHECK-NEXT: whistler.atomic_rmw xchg
  // CHECK-NEXT: whistler.atomic_cmpxchg
  // CHECK-NEXT: whistler.asm
  // CHECK-NEXT: whistler.return
  %key = arith.constant 1 : i32
  %c2 = arith.constant 2 : i64
  %n = whistler.null : !whistler.ptr<map_value>
  %0 = whistler.map_lookup @m[%key] : i32
  %1 = whistler.load %n[0] : !whistler.ptr<map_value> -> i64
  %2 = whistler.ctx_load %ctx[0] size 4 : i32
  %3 = whistler.map_ref @m
  %4 = whistler.log2 %c2
  %5 = whistler.udiv %c2, %c2 : i64
  %6 = whistler.alloca i64
  %7 = whistler.map_update @m[%key], %c2, %c2 : i32, i64
  %8 = whistler.map_delete @m[%key] : i32
  %9 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %10 = whistler.atomic_rmw xchg %n[0], %c2 : !whistler.ptr<map_value>, i64 -> i64
  %11 = whistler.atomic_cmpxchg %n[0], %c2, %c2 : !whistler.ptr<map_value>, i64
  %12 = whistler.asm code 0xb7 dst 0 src 0 off 0 imm 0
  whistler.return %c2
}

// One lookup serves two uses, unless the map may have changed.
// CHECK-LABEL: @lookups
whistler.prog @lookups type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: whistler.map_lookup
  // CHECK-NOT: whistler.map_lookup
  // CHECK: whistler.map_delete
  // CHECK: whistler.map_lookup
  %key = arith.constant 1 : i32
  %0 = whistler.map_lookup @m[%key] : i32
  %1 = whistler.map_lookup @m[%key] : i32
  %e = whistler.map_delete @m[%key] : i32
  %2 = whistler.map_lookup @m[%key] : i32
  %3 = whistler.ptr_to_int %0 : !whistler.ptr<map_value>
  %4 = whistler.ptr_to_int %1 : !whistler.ptr<map_value>
  %5 = whistler.ptr_to_int %2 : !whistler.ptr<map_value>
  %6 = arith.addi %3, %4 : i64
  %7 = arith.addi %5, %6 : i64
  whistler.return %7
}

// Two variables of one type are two.
// CHECK-LABEL: @variables
whistler.prog @variables type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: whistler.alloca i32
  %a = whistler.alloca i32
  %b = whistler.alloca i32
  %0 = whistler.map_lookup @m[%a] : !whistler.ptr<stack>
  %e = whistler.map_delete @m[%b] : !whistler.ptr<stack>
  %1 = whistler.ptr_to_int %0 : !whistler.ptr<map_value>
  whistler.return %1
}
