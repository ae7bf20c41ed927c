// Fields that follow each other are compared at once.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(any(whistler-merge-comparisons,canonicalize))' | FileCheck %s
// RUN: whistler-opt %s --whistler-merge-comparisons > %t.once
// RUN: whistler-opt %t.once --whistler-merge-comparisons | diff %t.once -

whistler.map @macs type "hash" key 4 value 8 entries 8
whistler.map @short type "hash" key 4 value 6 entries 8

// Two fields of four bytes each.
// CHECK-LABEL: @whole
whistler.prog @whole type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c24 = arith.constant 24 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %q = whistler.ptr_add %p, %c24 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %q, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^other, ^first
^first:
  // CHECK: %[[A:.*]] = whistler.load %[[P:.*]][0] : !whistler.ptr<packet> -> i64
  // CHECK: %[[B:.*]] = whistler.load %[[P]][16] : !whistler.ptr<packet> -> i64
  // CHECK: arith.cmpi eq, %[[A]], %[[B]] : i64
  // CHECK-NOT: arith.cmpi
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i32
  %b = whistler.load %p[16] : !whistler.ptr<packet> -> i32
  %differ = arith.cmpi ne, %a, %b : i32
  cf.cond_br %differ, ^other, ^second
^second:
  %d = whistler.load %p[20] : !whistler.ptr<packet> -> i32
  %c = whistler.load %p[4] : !whistler.ptr<packet> -> i32
  %equal = arith.cmpi eq, %d, %c : i32
  cf.cond_br %equal, ^same, ^other
^same:
  whistler.return %c1
^other:
  whistler.return %c0
}

// Six bytes are the upper part of eight, if that many can be read.
// CHECK-LABEL: @part
whistler.prog @part type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c14 = arith.constant 14 : i64
  %key = arith.constant 7 : i32
  %null = whistler.null : !whistler.ptr<map_value>
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %q = whistler.ptr_add %p, %c14 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %q, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^other, ^look
^look:
  %v = whistler.map_lookup @macs[%key] : i32
  %missing = whistler.ptr_cmp eq %v, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %missing, ^other, ^first
^first:
  // CHECK: %[[A:.*]] = whistler.load %{{.*}}[6] : !whistler.ptr<packet> -> i64
  // CHECK: %[[HIGH:.*]] = arith.shli %[[A]], %c16
  // CHECK: %[[B:.*]] = whistler.load %{{.*}}[0] : !whistler.ptr<map_value> -> i64
  // CHECK: %[[OTHER:.*]] = arith.shli %[[B]], %c16
  // CHECK: arith.cmpi ne, %[[HIGH]], %[[OTHER]] : i64
  // CHECK-NOT: arith.cmpi
  %a = whistler.load %p[6] : !whistler.ptr<packet> -> i32
  %b = whistler.load %v[0] : !whistler.ptr<map_value> -> i32
  %differ = arith.cmpi ne, %a, %b : i32
  cf.cond_br %differ, ^other, ^second
^second:
  %c = whistler.load %p[10] : !whistler.ptr<packet> -> i16
  %d = whistler.load %v[4] : !whistler.ptr<map_value> -> i16
  %c_wide = arith.extui %c : i16 to i32
  %d_wide = arith.extui %d : i16 to i32
  %differ2 = arith.cmpi ne, %c_wide, %d_wide : i32
  cf.cond_br %differ2, ^other, ^same
^same:
  whistler.return %c1
^other:
  whistler.return %c0
}

// Neither the packet nor the value is known to have two bytes more.
// CHECK-LABEL: @end
whistler.prog @end type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NOT: -> i64
  // CHECK-COUNT-4: arith.cmpi
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c12 = arith.constant 12 : i64
  %key = arith.constant 7 : i32
  %null = whistler.null : !whistler.ptr<map_value>
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %q = whistler.ptr_add %p, %c12 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %q, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^other, ^first
^first:
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i32
  %b = whistler.load %p[6] : !whistler.ptr<packet> -> i32
  %differ = arith.cmpi ne, %a, %b : i32
  cf.cond_br %differ, ^other, ^second
^second:
  %c = whistler.load %p[4] : !whistler.ptr<packet> -> i16
  %d = whistler.load %p[10] : !whistler.ptr<packet> -> i16
  %differ2 = arith.cmpi ne, %c, %d : i16
  cf.cond_br %differ2, ^other, ^look
^look:
  %v = whistler.map_lookup @short[%key] : i32
  %missing = whistler.ptr_cmp eq %v, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %missing, ^other, ^third
^third:
  %e = whistler.load %v[0] : !whistler.ptr<map_value> -> i32
  %differ3 = arith.cmpi ne, %a, %e : i32
  cf.cond_br %differ3, ^other, ^fourth
^fourth:
  %f = whistler.load %v[4] : !whistler.ptr<map_value> -> i16
  %differ4 = arith.cmpi ne, %c, %f : i16
  cf.cond_br %differ4, ^other, ^same
^same:
  whistler.return %c1
^other:
  whistler.return %c0
}

// What was loaded may have changed since; and tests that fail apart stay apart.
// CHECK-LABEL: @apart
whistler.prog @apart type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-4: arith.cmpi
  // CHECK-NOT: arith.cmpi
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c24 = arith.constant 24 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %q = whistler.ptr_add %p, %c24 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %q, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^other, ^first
^first:
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i32
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i32
  whistler.store %c1, %p[0] : i64, !whistler.ptr<packet>
  %differ = arith.cmpi ne, %a, %b : i32
  cf.cond_br %differ, ^other, ^second
^second:
  %c = whistler.load %p[4] : !whistler.ptr<packet> -> i32
  %d = whistler.load %p[12] : !whistler.ptr<packet> -> i32
  %differ2 = arith.cmpi ne, %c, %d : i32
  cf.cond_br %differ2, ^other, ^third
^third:
  %e = whistler.load %p[8] : !whistler.ptr<packet> -> i32
  %f = whistler.load %p[16] : !whistler.ptr<packet> -> i32
  %differ3 = arith.cmpi ne, %e, %f : i32
  cf.cond_br %differ3, ^elsewhere, ^fourth
^fourth:
  %g = whistler.load %p[12] : !whistler.ptr<packet> -> i32
  %h = whistler.load %p[20] : !whistler.ptr<packet> -> i32
  %differ4 = arith.cmpi ne, %g, %h : i32
  cf.cond_br %differ4, ^other, ^same
^same:
  whistler.return %c1
^elsewhere:
  whistler.return %c2
^other:
  whistler.return %c0
}
