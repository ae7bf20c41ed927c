// What the ranges of values decide goes away.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(whistler.prog(whistler-integer-ranges))' | FileCheck %s
// RUN: whistler-opt %s --whistler-integer-ranges > %t.once
// RUN: whistler-opt %t.once --whistler-integer-ranges | diff %t.once -

// CHECK-LABEL: @decided
whistler.prog @decided type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // A byte is below 256, and its remainder by 256 is itself.
  // CHECK-DAG: %[[TRUE:.*]] = arith.constant true
  // CHECK: %[[X:.*]] = arith.extui
  // CHECK: cf.cond_br %[[TRUE]]
  %c256 = arith.constant 256 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %b = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %x = arith.extui %b : i8 to i64
  %less = arith.cmpi ult, %x, %c256 : i64
  cf.cond_br %less, ^yes, ^no
^yes:
  whistler.return %x
^no:
  whistler.return %c256
}

// What is open stays.
// CHECK-LABEL: @open
whistler.prog @open type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: arith.cmpi ult
  %c255 = arith.constant 255 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %b = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %x = arith.extui %b : i8 to i64
  %less = arith.cmpi ult, %x, %c255 : i64
  cf.cond_br %less, ^yes, ^no
^yes:
  whistler.return %x
^no:
  whistler.return %c255
}

// Blocks that differ in a constant stay two.
// CHECK-LABEL: @alike
whistler.prog @alike type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: whistler.helper_call "trace_printk"
  %c0 = arith.constant 0 : i32
  %c5 = arith.constant 5 : i64
  %c6 = arith.constant 6 : i64
  %n = whistler.ctx_load %ctx[12] size 4 : i32
  %s = whistler.alloca i64
  %none = arith.cmpi eq, %n, %c0 : i32
  cf.cond_br %none, ^one, ^two
^one:
  %0 = whistler.helper_call "trace_printk"(%s, %c5) : (!whistler.ptr<stack>, i64) -> i64
  whistler.return %0
^two:
  %1 = whistler.helper_call "trace_printk"(%s, %c6) : (!whistler.ptr<stack>, i64) -> i64
  whistler.return %1
}

// The verifier knows no bound of a shift by a count that is no constant, so the
// comparison stays.
// CHECK-LABEL: @shifted
whistler.prog @shifted type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[S:.*]] = arith.shrui
  // CHECK: %[[LESS:.*]] = arith.cmpi ult, %[[S]]
  // CHECK: cf.cond_br %[[LESS]]
  %c5 = arith.constant 5 : i64
  %c7 = arith.constant 7 : i64
  %c8 = arith.constant 8 : i64
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %n = arith.andi %0, %c7 : i64
  %x = arith.shrui %c5, %n : i64
  %less = arith.cmpi ult, %x, %c8 : i64
  cf.cond_br %less, ^yes, ^no
^yes:
  whistler.return %x
^no:
  whistler.return %c8
}
