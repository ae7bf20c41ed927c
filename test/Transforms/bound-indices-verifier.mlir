// Indices whose bounds the verifier does not see are compared once more.

// RUN: whistler-opt %s --whistler-check-indices --whistler-bound-indices | FileCheck %s
// RUN: whistler-opt %s --whistler-bound-indices > %t.once
// RUN: whistler-opt %t.once --whistler-bound-indices | diff %t.once -

// CHECK-LABEL: @remainder
whistler.prog @remainder type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c3 = arith.constant 3 : i64
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  // CHECK: %[[R:.*]] = whistler.umod
  %1 = whistler.umod %0, %c3 : i64
  // CHECK: %[[LAST:.*]] = arith.constant 2 : i64
  // CHECK: %[[MIN:.*]] = arith.minui %[[R]], %[[LAST]] : i64
  // CHECK: whistler.index %[[MIN]] below 3
  %2 = whistler.index %1 below 3
  whistler.return %2
}

// CHECK-LABEL: @quotient
whistler.prog @quotient type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c17 = arith.constant 17 : i64
  %c255 = arith.constant 255 : i64
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %1 = arith.andi %0, %c255 : i64
  %2 = whistler.udiv %1, %c17 : i64
  // CHECK: %[[MIN:.*]] = arith.minui
  // CHECK: whistler.index %[[MIN]] below 16
  %3 = whistler.index %2 below 16
  whistler.return %3
}

// What masks and comparisons with constants say is seen.
// CHECK-LABEL: @seen
// CHECK-NOT: minui
whistler.prog @seen type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c3 = arith.constant 3 : i64
  %c5 = arith.constant 5 : i64
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %1 = arith.andi %0, %c3 : i64
  %2 = whistler.index %1 below 4
  %3 = whistler.umod %0, %c5 : i64
  %4 = arith.cmpi ult, %3, %c5 : i64
  cf.cond_br %4, ^below(%2 : i64), ^end(%2 : i64)
^below(%5: i64):
  %6 = whistler.index %3 below 5
  cf.br ^end(%6 : i64)
^end(%7: i64):
  whistler.return %7
}

// Before 6.8 comparing two registers said nothing.
// CHECK-LABEL: @registers
whistler.prog @registers type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c7 = arith.constant 7 : i64
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %1 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %2 = arith.andi %1, %c7 : i64
  %3 = arith.cmpi ult, %0, %2 : i64
  cf.cond_br %3, ^below, ^end(%c0 : i64)
^below:
  // CHECK: %[[MIN:.*]] = arith.minui
  // CHECK: whistler.index %[[MIN]] below 7
  %4 = whistler.index %0 below 7
  cf.br ^end(%4 : i64)
^end(%5: i64):
  whistler.return %5
}

// CHECK-LABEL: @shift
whistler.prog @shift type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  %c63 = arith.constant 63 : i64
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %1 = arith.andi %0, %c63 : i64
  // CHECK: %[[S:.*]] = arith.shrui
  %2 = arith.shrui %c1, %1 : i64
  // CHECK: %[[MIN:.*]] = arith.minui %[[S]]
  // CHECK: whistler.index %[[MIN]] below 2
  %3 = whistler.index %2 below 2
  whistler.return %3
}
