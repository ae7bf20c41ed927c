// Values are computed on the ways that need them.

// RUN: whistler-opt %s --whistler-sink-values | FileCheck %s
// RUN: whistler-opt %s --whistler-sink-values > %t.once
// RUN: whistler-opt %t.once --whistler-sink-values | diff %t.once -

whistler.map @m type "array" key 4 value 8 entries 1

// A lookup does not change the packet, which is kept over it.
// CHECK-LABEL: @load
// CHECK: whistler.map_lookup
// CHECK-NEXT: whistler.load %[[DATA:.*]][0]
// CHECK: cf.cond_br %{{.*}}, ^{{.*}}, ^[[USE:bb[0-9]+]]
// CHECK: ^[[USE]]:
// CHECK-NEXT: whistler.load %[[DATA]][1]
whistler.prog @load type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 0 : i32
  %c1 = arith.constant 1 : i8
  %c42 = arith.constant 42 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %place = whistler.ptr_add %data, %c42 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^out, ^long
^long:
  %kind = whistler.load %data[0] : !whistler.ptr<packet> -> i8
  %size = whistler.load %data[1] : !whistler.ptr<packet> -> i8
  %p = whistler.map_lookup @m[%key] : i32
  %is_one = arith.cmpi eq, %kind, %c1 : i8
  cf.cond_br %is_one, ^out, ^use
^use:
  %wide = arith.extui %size : i8 to i64
  %next = whistler.load %data[2] : !whistler.ptr<packet> -> i64
  %sum = arith.addi %wide, %next : i64
  whistler.return %sum
^out:
  whistler.return %c42
}

// What is stored to the packet may be what is read.
// CHECK-LABEL: @store
// CHECK: whistler.load %{{.*}}[1]
// CHECK-NEXT: whistler.store
whistler.prog @store type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i8
  %c42 = arith.constant 42 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %kind = whistler.ctx_load %ctx[16] size 4 : i32
  %place = whistler.ptr_add %data, %c42 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^out, ^long
^long:
  %size = whistler.load %data[1] : !whistler.ptr<packet> -> i8
  whistler.store %c1, %data[1] : i8, !whistler.ptr<packet>
  %limit = arith.constant 9 : i32
  %is_small = arith.cmpi ult, %kind, %limit : i32
  cf.cond_br %is_small, ^out, ^use
^use:
  %wide = arith.extui %size : i8 to i64
  %next = whistler.load %data[2] : !whistler.ptr<packet> -> i64
  %sum = arith.addi %wide, %next : i64
  whistler.return %sum
^out:
  whistler.return %c42
}

// A helper that moves the packet.
// CHECK-LABEL: @moved
// CHECK: whistler.load %{{.*}}[1]
// CHECK-NEXT: whistler.helper_call "xdp_adjust_head"
whistler.prog @moved type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c4 = arith.constant 4 : i64
  %c42 = arith.constant 42 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %place = whistler.ptr_add %data, %c42 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^out, ^long
^long:
  %size = whistler.load %data[1] : !whistler.ptr<packet> -> i64
  %error = whistler.helper_call "xdp_adjust_head"(%ctx, %c4) : (!whistler.ptr<ctx>, i64) -> i64
  %is_small = arith.cmpi ult, %error, %c4 : i64
  cf.cond_br %is_small, ^out, ^use
^use:
  whistler.return %size
^out:
  whistler.return %c42
}

// Both operands would be kept instead of the sum. The difference is computed
// from what is kept anyway; the swap takes one value for the other.
// CHECK-LABEL: @numbers
// CHECK: arith.addi
// CHECK-NOT: arith.subi
// CHECK-NOT: whistler.byteswap
// CHECK: cf.cond_br %{{.*}}, ^{{.*}}, ^[[USE:bb[0-9]+]]
// CHECK: ^[[USE]]:
// CHECK: arith.subi
// CHECK: whistler.byteswap
whistler.prog @numbers type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c9 = arith.constant 9 : i64
  %zero = arith.constant 0 : i64
  %a = whistler.helper_call "ktime_get_ns"() : () -> i64
  %b = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c = whistler.helper_call "ktime_get_ns"() : () -> i64
  %d = whistler.helper_call "ktime_get_ns"() : () -> i64
  %e = whistler.helper_call "ktime_get_ns"() : () -> i64
  %sum = arith.addi %a, %b : i64
  %difference = arith.subi %c, %c9 : i64
  %swapped = whistler.byteswap %d : i64
  %is_small = arith.cmpi ult, %e, %c9 : i64
  %other = arith.xori %a, %b : i64
  cf.cond_br %is_small, ^out(%other : i64), ^use
^use:
  %x = arith.xori %sum, %difference : i64
  %y = arith.xori %x, %swapped : i64
  %z = arith.xori %y, %c : i64
  whistler.return %z
^out(%result: i64):
  whistler.return %result
}

// What is kept over a call anyway is what the number is computed from; the sum
// is one value for two.
// CHECK-LABEL: @call
// CHECK: arith.addi
// CHECK: whistler.helper_call
// CHECK-NEXT: arith.subi
whistler.prog @call type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c9 = arith.constant 9 : i64
  %a = whistler.helper_call "ktime_get_ns"() : () -> i64
  %b = whistler.helper_call "ktime_get_ns"() : () -> i64
  %sum = arith.addi %a, %b : i64
  %difference = arith.subi %b, %c9 : i64
  %c = whistler.helper_call "ktime_get_ns"() : () -> i64
  %x = arith.xori %difference, %sum : i64
  %y = arith.xori %x, %b : i64
  cf.br ^out
^out:
  whistler.return %y
}

// Not into a loop.
// CHECK-LABEL: @loop
// CHECK: arith.subi
// CHECK: cf.br
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  %c9 = arith.constant 9 : i64
  %zero = arith.constant 0 : i64
  %a = whistler.helper_call "ktime_get_ns"() : () -> i64
  %difference = arith.subi %a, %c9 : i64
  cf.br ^head(%zero, %zero : i64, i64)
^head(%i: i64, %total: i64):
  %more = arith.addi %total, %difference : i64
  %next = arith.addi %i, %c1 : i64
  %is_more = arith.cmpi ult, %next, %c9 : i64
  cf.cond_br %is_more, ^head(%next, %more : i64, i64), ^out
^out:
  whistler.return %more
}

// From a map value past what changes packets alone, with what is computed of
// it; not past a helper that yields a time: others may store there meanwhile.
// CHECK-LABEL: @value
whistler.prog @value type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0_i32 = arith.constant 0 : i32
  %c0 = arith.constant 0 : i64
  %c2 = arith.constant 2 : i64
  %c50 = arith.constant 50 : i64
  %null = whistler.null : !whistler.ptr<map_value>
  %p = whistler.map_lookup @m[%c0_i32] : i32
  %found = whistler.ptr_cmp ne %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %found, ^found, ^out
^found:
  // CHECK: ^bb1:
  // CHECK-NEXT: whistler.load %[[P:.*]][8]
  // CHECK-NEXT: whistler.helper_call "ktime_get_ns"
  // CHECK: whistler.helper_call "l4_csum_replace"
  // CHECK-NEXT: %[[PORT:.*]] = whistler.load %[[P]][0]
  // CHECK-NEXT: %[[WIDE:.*]] = arith.extui %[[PORT]]
  // CHECK-NEXT: whistler.helper_call "l4_csum_replace"(%{{.*}}, %{{.*}}, %{{.*}}, %[[WIDE]],
  %last = whistler.load %p[8] : !whistler.ptr<map_value> -> i64
  %now = whistler.helper_call "ktime_get_ns"() : () -> i64
  %since = arith.subi %now, %last : i64
  %port = whistler.load %p[0] : !whistler.ptr<map_value> -> i16
  %wide = arith.extui %port : i16 to i64
  %1 = whistler.helper_call "l4_csum_replace"(%ctx, %c50, %c0, %since, %c2) : (!whistler.ptr<ctx>, i64, i64, i64, i64) -> i64
  %2 = whistler.helper_call "l4_csum_replace"(%ctx, %c50, %c0, %wide, %c2) : (!whistler.ptr<ctx>, i64, i64, i64, i64) -> i64
  whistler.store %c0, %p[8] : i64, !whistler.ptr<map_value>
  cf.br ^out
^out:
  whistler.return %c0
}
