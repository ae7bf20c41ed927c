// The verifier takes the results of divisions and remainders for any numbers:
// it is shown their bounds. What it finds out itself stays as it is.

// RUN: whistler-opt --whistler-bound-indices %s | FileCheck %s

// CHECK-LABEL: @remainder
// CHECK: %[[R:.*]] = whistler.umod
// CHECK: %[[LAST:.*]] = arith.constant 5 : i64
// CHECK: %[[I:.*]] = arith.minui %[[R]], %[[LAST]]
// CHECK: whistler.index %[[I]] below 6
whistler.prog @remainder type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c6 = arith.constant 6 : i64
  %i = whistler.umod %x, %c6 : i64
  %0 = whistler.index %i below 6 checked
  whistler.return %0
}

// CHECK-LABEL: @quotient
// CHECK: arith.minui
whistler.prog @quotient type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c7 = arith.constant 7 : i64
  %c3 = arith.constant 3 : i64
  %masked = arith.andi %x, %c7 : i64
  %i = whistler.udiv %masked, %c3 : i64
  %0 = whistler.index %i below 3 checked
  whistler.return %0
}

// CHECK-LABEL: @masked_remainder
// CHECK-NOT: arith.minui
// CHECK: whistler.return
whistler.prog @masked_remainder type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c6 = arith.constant 6 : i64
  %c7 = arith.constant 7 : i64
  %rest = whistler.umod %x, %c6 : i64
  %i = arith.andi %rest, %c7 : i64
  %0 = whistler.index %i below 8 checked
  whistler.return %0
}
