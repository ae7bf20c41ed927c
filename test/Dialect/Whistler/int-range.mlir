// The ranges of results decide comparisons. Each program returns two of them:
// one that always holds, and the next tighter one, which has to stay.

// RUN: whistler-opt %s --int-range-optimizations | FileCheck %s

// 255 / 10 is 25 at most.
// CHECK-LABEL: @quotient
whistler.prog @quotient type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %small = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %x = arith.extui %small : i8 to i64
  %c10 = arith.constant 10 : i64
  %c24 = arith.constant 24 : i64
  %c25 = arith.constant 25 : i64
  // CHECK-NOT: arith.cmpi ule, %{{.*}}, %c25
  // CHECK: arith.cmpi ule, %{{.*}}, %c24
  %q = whistler.udiv %x, %c10 : i64
  %holds = arith.cmpi ule, %q, %c25 : i64
  %open = arith.cmpi ule, %q, %c24 : i64
  %both = arith.andi %holds, %open : i1
  %result = arith.extui %both : i1 to i64
  whistler.return %result
}

// A divisor that may be 0 leaves no more than the dividend.
// CHECK-LABEL: @quotient_of_unknown
whistler.prog @quotient_of_unknown type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %small = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %y = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  %x = arith.extui %small : i8 to i64
  %c254 = arith.constant 254 : i64
  %c255 = arith.constant 255 : i64
  // CHECK-NOT: arith.cmpi ule, %{{.*}}, %c255
  // CHECK: arith.cmpi ule, %{{.*}}, %c254
  %q = whistler.udiv %x, %y : i64
  %holds = arith.cmpi ule, %q, %c255 : i64
  %open = arith.cmpi ule, %q, %c254 : i64
  %both = arith.andi %holds, %open : i1
  %result = arith.extui %both : i1 to i64
  whistler.return %result
}

// CHECK-LABEL: @remainder
whistler.prog @remainder type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  %c10 = arith.constant 10 : i64
  %c8 = arith.constant 8 : i64
  %c9 = arith.constant 9 : i64
  // CHECK-NOT: arith.cmpi ule, %{{.*}}, %c9
  // CHECK: arith.cmpi ule, %{{.*}}, %c8
  %r = whistler.umod %x, %c10 : i64
  %holds = arith.cmpi ule, %r, %c9 : i64
  %open = arith.cmpi ule, %r, %c8 : i64
  %both = arith.andi %holds, %open : i1
  %result = arith.extui %both : i1 to i64
  whistler.return %result
}

// By a divisor that may be 0 the remainder may be the whole dividend, and not
// only what is below the greatest divisor.
// CHECK-LABEL: @remainder_of_unknown
whistler.prog @remainder_of_unknown type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[8] : !whistler.ptr<packet> -> i16
  %y = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %wideX = arith.extui %x : i16 to i32
  %wideY = arith.extui %y : i8 to i32
  %c65535 = arith.constant 65535 : i32
  %c65534 = arith.constant 65534 : i32
  // CHECK-NOT: arith.cmpi ule, %{{.*}}, %c65535
  // CHECK: arith.cmpi ule, %{{.*}}, %c65534
  %r = whistler.umod %wideX, %wideY : i32
  %holds = arith.cmpi ule, %r, %c65535 : i32
  %open = arith.cmpi ule, %r, %c65534 : i32
  %both = arith.andi %holds, %open : i1
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
