// Short loops that constants count become their rounds, one after the other.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(any(whistler-unroll-loops))' | FileCheck %s
// RUN: whistler-opt %s --whistler-unroll-loops > %t.once
// RUN: whistler-opt %t.once --whistler-unroll-loops | diff %t.once -

// What is computed from the counter folds. What was a value of the loop is that
// of the last round.
// CHECK-LABEL: @sum
whistler.prog @sum type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c3 = arith.constant 3 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  cf.br ^loop(%c0, %c0 : i64, i64)
^loop(%i: i64, %sum: i64):
  // CHECK: ^bb1(%{{.*}}: i64, %[[SUM0:.*]]: i64):
  // CHECK: %[[X0:.*]] = whistler.load %[[P:.*]][0]
  // CHECK: %[[E0:.*]] = arith.extui %[[X0]]
  // CHECK: %[[P1:.*]] = whistler.ptr_add %[[P]], %c2
  // CHECK: %[[X1:.*]] = whistler.load %[[P1]][0]
  // CHECK: %[[E1:.*]] = arith.extui %[[X1]]
  // CHECK: %[[SUM2:.*]] = arith.addi %[[E0]], %[[E1]]
  // CHECK: %[[P2:.*]] = whistler.ptr_add %[[P]], %c4
  // CHECK: %[[X2:.*]] = whistler.load %[[P2]][0]
  // CHECK: %[[E2:.*]] = arith.extui %[[X2]]
  // CHECK: %[[SUM3:.*]] = arith.addi %[[SUM2]], %[[E2]]
  // CHECK-NOT: arith.muli
  // CHECK-NOT: cf.cond_br
  // CHECK: cf.br ^bb2
  %offset = arith.muli %i, %c2 : i64
  %field = whistler.ptr_add %p, %offset : !whistler.ptr<packet>
  %x = whistler.load %field[0] : !whistler.ptr<packet> -> i16
  %wide = arith.extui %x : i16 to i64
  %more = arith.addi %sum, %wide : i64
  %next = arith.addi %i, %c1 : i64
  %again = arith.cmpi ult, %next, %c3 : i64
  cf.cond_br %again, ^loop(%next, %more : i64, i64), ^done
^done:
  // CHECK: whistler.return %[[SUM3]]
  whistler.return %more
}

// The arguments of a round depend on each other, and the loop goes on where its
// condition is false.
// CHECK-LABEL: @exchange
whistler.prog @exchange type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c40 = arith.constant 40 : i64
  cf.br ^loop(%c1, %c2 : i64, i64)
^loop(%a: i64, %b: i64):
  // 1 2 3 5 8 13 21 34 55: the argument of the last round, and its sum.
  // CHECK: %[[A:.*]] = arith.constant 21 : i64
  // CHECK: %[[B:.*]] = arith.constant 55 : i64
  // CHECK: cf.br ^bb2(%[[A]], %[[B]] : i64, i64)
  %sum = arith.addi %a, %b : i64
  %ends = arith.cmpi ugt, %sum, %c40 : i64
  cf.cond_br %ends, ^done(%a, %sum : i64, i64), ^loop(%b, %sum : i64, i64)
^done(%x: i64, %y: i64):
  whistler.return %y
}

// Each round takes two instructions, and the loop four.
// CHECK-LABEL: @long
whistler.prog @long type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c5 = arith.constant 5 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  cf.br ^loop(%c0, %c0 : i64, i64)
^loop(%i: i64, %sum: i64):
  // CHECK: cf.cond_br
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %more = arith.addi %sum, %x : i64
  %next = arith.addi %i, %c1 : i64
  %again = arith.cmpi ult, %next, %c5 : i64
  cf.cond_br %again, ^loop(%next, %more : i64, i64), ^done
^done:
  whistler.return %more
}

// The end is not known.
// CHECK-LABEL: @unknown
whistler.prog @unknown type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %queue = whistler.ctx_load %ctx[16] size 4 : i32
  %limit = arith.extui %queue : i32 to i64
  cf.br ^loop(%c0 : i64)
^loop(%i: i64):
  // CHECK: cf.cond_br
  %next = arith.addi %i, %c1 : i64
  %again = arith.cmpi ult, %next, %limit : i64
  cf.cond_br %again, ^loop(%next : i64), ^done
^done:
  whistler.return %next
}

// There is no end.
// CHECK-LABEL: @endless
whistler.prog @endless type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  %true = arith.constant true
  cf.br ^loop(%c1 : i64)
^loop(%i: i64):
  // CHECK: cf.cond_br
  cf.cond_br %true, ^loop(%i : i64), ^done
^done:
  whistler.return %i
}

// Control comes from two places, with different numbers.
// CHECK-LABEL: @entered_twice
whistler.prog @entered_twice type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c3 = arith.constant 3 : i64
  %queue = whistler.ctx_load %ctx[16] size 4 : i32
  %x = arith.extui %queue : i32 to i64
  %test = arith.cmpi eq, %x, %c3 : i64
  cf.cond_br %test, ^loop(%c0 : i64), ^loop(%c1 : i64)
^loop(%i: i64):
  // CHECK: cf.cond_br
  // CHECK: cf.cond_br
  %next = arith.addi %i, %c1 : i64
  %again = arith.cmpi ult, %next, %c3 : i64
  cf.cond_br %again, ^loop(%next : i64), ^done
^done:
  whistler.return %next
}

// How much a helper takes is not known here.
// CHECK-LABEL: @call
whistler.prog @call type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  cf.br ^loop(%c0 : i64)
^loop(%i: i64):
  // CHECK: cf.cond_br
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  %next = arith.addi %i, %c1 : i64
  %again = arith.cmpi ult, %next, %c2 : i64
  cf.cond_br %again, ^loop(%next : i64), ^done
^done:
  whistler.return %c2
}
