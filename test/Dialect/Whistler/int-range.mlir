// The ranges of results decide comparisons. Each program returns two of them:
// one that always holds, and the next tighter one, which has to stay.

// RUN: whistler-opt %s --int-range-optimizations | FileCheck %s

// 255 / 8 is 31 at most.
// CHECK-LABEL: @quotient
whistler.prog @quotient type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %small = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %x = arith.extui %small : i8 to i64
  %c8 = arith.constant 8 : i64
  %c30 = arith.constant 30 : i64
  %c31 = arith.constant 31 : i64
  // CHECK-NOT: arith.cmpi ule, %{{.*}}, %c31
  // CHECK: arith.cmpi ule, %{{.*}}, %c30
  %q = whistler.udiv %x, %c8 : i64
  %holds = arith.cmpi ule, %q, %c31 : i64
  %open = arith.cmpi ule, %q, %c30 : i64
  %both = arith.andi %holds, %open : i1
  %result = arith.extui %both : i1 to i64
  whistler.return %result
}

// CHECK-LABEL: @remainder
whistler.prog @remainder type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  %c16 = arith.constant 16 : i64
  %c14 = arith.constant 14 : i64
  %c15 = arith.constant 15 : i64
  // CHECK-NOT: arith.cmpi ule, %{{.*}}, %c15
  // CHECK: arith.cmpi ule, %{{.*}}, %c14
  %r = whistler.umod %x, %c16 : i64
  %holds = arith.cmpi ule, %r, %c15 : i64
  %open = arith.cmpi ule, %r, %c14 : i64
  %both = arith.andi %holds, %open : i1
  %result = arith.extui %both : i1 to i64
  whistler.return %result
}

// A remainder is no more than its dividend either.
// CHECK-LABEL: @small_remainder
whistler.prog @small_remainder type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %small = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %x = arith.extui %small : i8 to i64
  %c1024 = arith.constant 1024 : i64
  %c254 = arith.constant 254 : i64
  %c255 = arith.constant 255 : i64
  // CHECK-NOT: arith.cmpi ule, %{{.*}}, %c255
  // CHECK: arith.cmpi ule, %{{.*}}, %c254
  %r = whistler.umod %x, %c1024 : i64
  %holds = arith.cmpi ule, %r, %c255 : i64
  %open = arith.cmpi ule, %r, %c254 : i64
  %both = arith.andi %holds, %open : i1
  %result = arith.extui %both : i1 to i64
  whistler.return %result
}

// By other divisors the results are bounded too, but the verifier does not know
// it and needs the comparisons.
// CHECK-LABEL: @other_divisors
whistler.prog @other_divisors type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %small = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %x = arith.extui %small : i8 to i64
  %c10 = arith.constant 10 : i64
  %c255 = arith.constant 255 : i64
  // CHECK: %[[Q:.*]] = whistler.udiv
  %q = whistler.udiv %x, %c10 : i64
  // CHECK: %[[R:.*]] = whistler.umod
  %r = whistler.umod %x, %c10 : i64
  // CHECK: arith.cmpi ule, %[[Q]], %c255
  %quotient = arith.cmpi ule, %q, %c255 : i64
  // CHECK: arith.cmpi ule, %[[R]], %c255
  %remainder = arith.cmpi ule, %r, %c255 : i64
  %both = arith.andi %quotient, %remainder : i1
  %result = arith.extui %both : i1 to i64
  whistler.return %result
}

// CHECK-LABEL: @logarithm
whistler.prog @logarithm type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  %y = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %wide = arith.extui %y : i8 to i64
  %c62 = arith.constant 62 : i64
  %c63 = arith.constant 63 : i64
  %c6 = arith.constant 6 : i64
  %c7 = arith.constant 7 : i64
  // CHECK-NOT: arith.cmpi ule, %{{.*}}, %c63
  // CHECK: arith.cmpi ule, %{{.*}}, %c62
  // CHECK-NOT: arith.cmpi ule, %{{.*}}, %c7
  // CHECK: arith.cmpi ule, %{{.*}}, %c6
  %0 = whistler.log2 %x
  %1 = whistler.log2 %wide
  %holds0 = arith.cmpi ule, %0, %c63 : i64
  %open0 = arith.cmpi ule, %0, %c62 : i64
  %holds1 = arith.cmpi ule, %1, %c7 : i64
  %open1 = arith.cmpi ule, %1, %c6 : i64
  %both0 = arith.andi %holds0, %open0 : i1
  %both1 = arith.andi %holds1, %open1 : i1
  %both = arith.xori %both0, %both1 : i1
  %result = arith.extui %both : i1 to i64
  whistler.return %result
}
