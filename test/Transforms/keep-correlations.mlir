// Where a use depends on it, branches look at one number.

// RUN: whistler-opt %s --whistler-keep-correlations | FileCheck %s

whistler.map @m type "hash" key 4 value 8 entries 1

// CHECK-LABEL: @equal
whistler.prog @equal type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %c5 = arith.constant 5 : i32
  %c1 = arith.constant 1 : i64
  %null = whistler.null : !whistler.ptr<map_value>
  %p = whistler.map_lookup @m[%key] : i32
  // CHECK: %[[X:.*]] = whistler.ctx_load
  %x = whistler.ctx_load %ctx[16] size 4 : i32
  // CHECK: %[[CMP:.*]] = arith.cmpi eq, %[[X]]
  // CHECK: %[[FLAG:.*]] = arith.extui %[[CMP]] : i1 to i64
  // CHECK: %[[FIRST:.*]] = arith.cmpi ne, %[[FLAG]]
  // CHECK: cf.cond_br %[[FIRST]]
  %is5 = arith.cmpi eq, %x, %c5 : i32
  cf.cond_br %is5, ^check, ^join
^check:
  %is_null = whistler.ptr_cmp eq %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %is_null, ^out, ^join
^join:
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  // CHECK: %[[SECOND:.*]] = arith.cmpi eq, %[[FLAG]]
  // CHECK: cf.cond_br %[[SECOND]]
  %not5 = arith.cmpi ne, %x, %c5 : i32
  cf.cond_br %not5, ^out, ^use
^use:
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
^out:
  whistler.return %c1
}

// Not where the use is checked in any case.
// CHECK-LABEL: @checked
// CHECK-NOT: arith.extui
whistler.prog @checked type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %c5 = arith.constant 5 : i32
  %c1 = arith.constant 1 : i64
  %null = whistler.null : !whistler.ptr<map_value>
  %p = whistler.map_lookup @m[%key] : i32
  %x = whistler.ctx_load %ctx[16] size 4 : i32
  %is_null = whistler.ptr_cmp eq %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %is_null, ^out, ^first
^first:
  %is5 = arith.cmpi eq, %x, %c5 : i32
  cf.cond_br %is5, ^note, ^join
^note:
  whistler.store %c1, %p[0] : i64, !whistler.ptr<map_value>
  cf.br ^join
^join:
  cf.cond_br %is5, ^use, ^out
^use:
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
^out:
  whistler.return %c1
}

// Not where the verifier remembers the range.
// CHECK-LABEL: @range
// CHECK-NOT: arith.extui
whistler.prog @range type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %c5 = arith.constant 5 : i32
  %c1 = arith.constant 1 : i64
  %null = whistler.null : !whistler.ptr<map_value>
  %p = whistler.map_lookup @m[%key] : i32
  %x = whistler.ctx_load %ctx[16] size 4 : i32
  %above = arith.cmpi ugt, %x, %c5 : i32
  cf.cond_br %above, ^check, ^join
^check:
  %is_null = whistler.ptr_cmp eq %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %is_null, ^out, ^join
^join:
  cf.cond_br %above, ^use, ^out
^use:
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
^out:
  whistler.return %c1
}
