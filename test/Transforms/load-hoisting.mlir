// The context is read before calls overwrite the register that it is in.

// RUN: whistler-opt %s --whistler-load-hoisting | FileCheck %s
// RUN: whistler-opt %s --whistler-load-hoisting > %t.once
// RUN: whistler-opt %t.once --whistler-load-hoisting | diff %t.once -

whistler.map @hash type "hash" key 4 value 8 entries 4

// In front of the call, behind the branch that need not read it.
// CHECK-LABEL: @hoisted
whistler.prog @hoisted type "tracepoint" section "tracepoint/a/b" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i32
  // CHECK: whistler.ctx_load %{{.*}}[8]
  // CHECK-NOT: whistler.ctx_load
  // CHECK: cf.cond_br
  %a = whistler.ctx_load %ctx[8] size 4 : i32
  %is_zero = arith.cmpi eq, %a, %zero : i32
  %result = arith.constant 0 : i64
  cf.cond_br %is_zero, ^out, ^on
^on:
  // CHECK: ^bb1:
  // CHECK-NEXT: %[[B:.*]] = whistler.ctx_load %{{.*}}[16] size 4 : i32
  // CHECK-NEXT: whistler.helper_call "ktime_get_ns"
  // CHECK: cf.cond_br
  %now = whistler.helper_call "ktime_get_ns"() : () -> i64
  cf.cond_br %is_zero, ^left, ^right
^left:
  // Both ways read the same.
  // CHECK-NOT: whistler.ctx_load
  // CHECK: whistler.map_update @hash[%[[B]]]
  // CHECK: whistler.map_delete @hash[%[[B]]]
  %b = whistler.ctx_load %ctx[16] size 4 : i32
  %0 = whistler.map_update @hash[%b], %now, %now : i32, i64
  cf.br ^out
^right:
  %c = whistler.ctx_load %ctx[16] size 4 : i32
  %1 = whistler.map_delete @hash[%c] : i32
  cf.br ^out
^out:
  whistler.return %result
}

// Some kernels may not have it.
// CHECK-LABEL: @guarded
whistler.prog @guarded type "tracepoint" section "tracepoint/a/b" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i64
  // CHECK: whistler.helper_call "ktime_get_ns"
  // CHECK: cf.cond_br
  // CHECK: whistler.ctx_load
  %now = whistler.helper_call "ktime_get_ns"() : () -> i64
  %has = whistler.core_query field_exists "xdp_md:egress_ifindex"
  %is_there = arith.cmpi ne, %has, %zero : i64
  cf.cond_br %is_there, ^read, ^out
^read:
  %b = whistler.ctx_load %ctx[16] size 8 : i64
  whistler.return %b
^out:
  whistler.return %zero
}

// The context is kept in any case, for the helper.
// CHECK-LABEL: @kept
whistler.prog @kept type "kprobe" section "kprobe" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i64
  // CHECK: whistler.helper_call "ktime_get_ns"
  // CHECK: whistler.ctx_load
  %now = whistler.helper_call "ktime_get_ns"() : () -> i64
  %b = whistler.ctx_load %ctx[16] size 8 : i64
  %0 = whistler.helper_call "get_func_ip"(%ctx) : (!whistler.ptr<ctx>) -> i64
  whistler.return %b
}

// What a helper or a store may have changed is read after that.
// CHECK-LABEL: @changed
whistler.prog @changed type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i64
  // CHECK: whistler.helper_call "skb_pull_data"
  // CHECK-NEXT: whistler.ctx_load
  %0 = whistler.helper_call "skb_pull_data"(%ctx, %zero) : (!whistler.ptr<ctx>, i64) -> i64
  %len = whistler.ctx_load %ctx[0] size 4 : i32
  %wide = arith.extui %len : i32 to i64
  whistler.return %wide
}

// CHECK-LABEL: @written
whistler.prog @written type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %mark = arith.constant 1 : i32
  // CHECK: whistler.ctx_store
  // CHECK: whistler.ctx_load
  // CHECK-NEXT: whistler.helper_call
  whistler.ctx_store %mark, %ctx[8] : i32
  %now = whistler.helper_call "ktime_get_ns"() : () -> i64
  %len = whistler.ctx_load %ctx[8] size 4 : i32
  %wide = arith.extui %len : i32 to i64
  whistler.return %wide
}

// The packet is where it was, so its address may be kept instead, unless the
// helper moves it.
// CHECK-LABEL: @pointers
whistler.prog @pointers type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NEXT: ^bb0
  // CHECK-DAG: whistler.ctx_load %{{.*}}[0]
  // CHECK-DAG: whistler.ctx_load %{{.*}}[4]
  // CHECK: whistler.helper_call "ktime_get_ns"
  // CHECK-NOT: whistler.ctx_load
  %now = whistler.helper_call "ktime_get_ns"() : () -> i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %length = whistler.ptr_diff %end, %data : !whistler.ptr<packet_end>, !whistler.ptr<packet>
  %sum = arith.addi %length, %now : i64
  whistler.return %sum
}

// CHECK-LABEL: @moved_pointers
whistler.prog @moved_pointers type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: whistler.helper_call "xdp_adjust_head"
  // CHECK-NEXT: whistler.ctx_load
  %size = arith.constant 4 : i64
  %now = whistler.helper_call "xdp_adjust_head"(%ctx, %size) : (!whistler.ptr<ctx>, i64) -> i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %length = whistler.ptr_diff %end, %data : !whistler.ptr<packet_end>, !whistler.ptr<packet>
  whistler.return %length
}

// Behind the call the packet's length is tested once more. Now that both tests
// are of one pointer the second one is decided; the verifier would not let it be
// used where that one fails.
// CHECK-LABEL: @tested_again
whistler.prog @tested_again type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: whistler.ctx_load
  // CHECK: whistler.helper_call "ktime_get_ns"
  // CHECK: cf.cond_br %{{.*}}, ^[[SHORT:.*]], ^[[LONG:.*]]
  // CHECK: ^[[LONG]]:
  // CHECK-NOT: cond_br
  // CHECK: cf.br ^[[BEHIND:.*]](%{{.*}} : i8)
  // CHECK-NOT: cond_br
  // CHECK: whistler.return
  %c54 = arith.constant 54 : i64
  %c34 = arith.constant 34 : i64
  %pass = arith.constant 2 : i64
  %none = arith.constant 0 : i8
  %now = whistler.helper_call "ktime_get_ns"() : () -> i64
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
  whistler.return %now
^out:
  whistler.return %pass
}
