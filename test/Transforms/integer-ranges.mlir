// What the ranges of values decide goes away.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(whistler.prog(whistler-integer-ranges))' | FileCheck %s
// RUN: whistler-opt %s --whistler-integer-ranges > %t.once
// RUN: whistler-opt %t.once --whistler-integer-ranges | diff %t.once -

// CHECK-LABEL: @decided
whistler.prog @decided type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // A byte is below 256, and its remainder by 256 is itself.
  // CHECK: arith.extui
  // CHECK-NEXT: %[[TRUE:.*]] = arith.constant true
  // CHECK-NEXT: cf.cond_br %[[TRUE]]
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

// Where ways meet, a value is what it is on one of them.
// CHECK-LABEL: @met
whistler.prog @met type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: ^bb3(%[[V:.*]]: i64):
  // CHECK-NEXT: %[[TRUE:.*]] = arith.constant true
  // CHECK-NEXT: cf.cond_br %[[TRUE]]
  %c0 = arith.constant 0 : i64
  %c3 = arith.constant 3 : i64
  %c7 = arith.constant 7 : i64
  %c8 = arith.constant 8 : i64
  %n = whistler.helper_call "ktime_get_ns"() : () -> i64
  %none = arith.cmpi eq, %n, %c0 : i64
  cf.cond_br %none, ^one, ^two
^one:
  cf.br ^join(%c3 : i64)
^two:
  %low = arith.andi %n, %c7 : i64
  cf.br ^join(%low : i64)
^join(%v: i64):
  %less = arith.cmpi ult, %v, %c8 : i64
  cf.cond_br %less, ^yes, ^no
^yes:
  whistler.return %v
^no:
  whistler.return %c8
}

// On the way that a constant leaves open, what depends on it is one as well;
// what the other way would bring does not count.
// CHECK-LABEL: @closed
whistler.prog @closed type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: ^bb2(%{{.*}}: i64):
  // CHECK-NEXT: %[[SUM:.*]] = arith.constant 5 : i64
  // CHECK-NEXT: whistler.return %[[SUM]]
  %false = arith.constant false
  %c2 = arith.constant 2 : i64
  %c3 = arith.constant 3 : i64
  %n = whistler.helper_call "ktime_get_ns"() : () -> i64
  cf.cond_br %false, ^one, ^join(%c2 : i64)
^one:
  cf.br ^join(%n : i64)
^join(%v: i64):
  %sum = arith.addi %v, %c3 : i64
  whistler.return %sum
}

// What changes in a loop can be anything, what only passes through it cannot.
// CHECK-LABEL: @loop
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: ^bb1(%[[I:.*]]: i64, %{{.*}}: i64):
  // CHECK: %[[FOUR:.*]] = arith.constant 4 : i64
  // CHECK: %[[NEXT:.*]] = arith.addi %[[I]]
  // CHECK: %[[LESS:.*]] = arith.cmpi ult, %[[NEXT]]
  // CHECK: cf.cond_br %[[LESS]]
  // CHECK: ^bb2:
  // CHECK-NEXT: whistler.return %[[FOUR]]
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c4 = arith.constant 4 : i64
  %c9 = arith.constant 9 : i64
  cf.br ^loop(%c0, %c4 : i64, i64)
^loop(%i: i64, %four: i64):
  %next = arith.addi %i, %c1 : i64
  %less = arith.cmpi ult, %next, %c9 : i64
  cf.cond_br %less, ^loop(%next, %four : i64, i64), ^done
^done:
  whistler.return %four
}

// A pointer that is null on every way is, and one that is null on one is not.
// CHECK-LABEL: @null
whistler.prog @null type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: ^bb3(%{{.*}}: !whistler.ptr<packet>, %[[Q:.*]]: !whistler.ptr<packet>):
  // CHECK: %[[NULL:.*]] = whistler.null
  // CHECK-NEXT: whistler.ptr_cmp eq %[[NULL]], %{{.*}}
  // CHECK-NEXT: whistler.ptr_cmp eq %[[Q]], %{{.*}}
  %c0 = arith.constant 0 : i64
  %none = whistler.null : !whistler.ptr<packet>
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %n = whistler.helper_call "ktime_get_ns"() : () -> i64
  %zero = arith.cmpi eq, %n, %c0 : i64
  cf.cond_br %zero, ^one, ^two
^one:
  cf.br ^join(%none, %none : !whistler.ptr<packet>, !whistler.ptr<packet>)
^two:
  cf.br ^join(%none, %data : !whistler.ptr<packet>, !whistler.ptr<packet>)
^join(%p: !whistler.ptr<packet>, %q: !whistler.ptr<packet>):
  %first = whistler.ptr_cmp eq %p, %none : !whistler.ptr<packet>, !whistler.ptr<packet>
  %second = whistler.ptr_cmp eq %q, %none : !whistler.ptr<packet>, !whistler.ptr<packet>
  %both = arith.andi %first, %second : i1
  %result = arith.extui %both : i1 to i64
  whistler.return %result
}
