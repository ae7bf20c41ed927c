// Variables become values. What this has in common with mem2reg is tested with
// that (test/Dialect/Whistler/mem2reg.mlir).

// RUN: whistler-opt %s --whistler-promote-variables | FileCheck %s
// A second run finds nothing to do.
// RUN: whistler-opt %s --whistler-promote-variables > %t.once
// RUN: whistler-opt %t.once --whistler-promote-variables | diff %t.once -

// Two variables that meet in one block, one of them twice on the way of one
// branch; the third is not used behind it and is passed nowhere.
// CHECK-LABEL: @several
whistler.prog @several type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.alloca i64
  %y = whistler.alloca i64
  %z = whistler.alloca i64
  // CHECK-DAG: %[[C1:.*]] = arith.constant 1 : i64
  // CHECK-DAG: %[[C2:.*]] = arith.constant 2 : i64
  // CHECK-DAG: %[[C3:.*]] = arith.constant 3 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c3 = arith.constant 3 : i64
  whistler.store %c1, %x[0] : i64, !whistler.ptr<stack>
  whistler.store %c2, %y[0] : i64, !whistler.ptr<stack>
  whistler.store %c3, %z[0] : i64, !whistler.ptr<stack>
  %n = whistler.ctx_load %ctx[12] size 4 : i32
  %c0 = arith.constant 0 : i32
  %cond = arith.cmpi eq, %n, %c0 : i32
  // CHECK: cf.cond_br %{{.*}}, ^[[THEN:[a-z0-9]+]], ^[[REST:[a-z0-9]+]](%[[C1]], %[[C2]] : i64, i64)
  cf.cond_br %cond, ^then, ^rest
^then:
  // CHECK: ^[[THEN]]:
  // CHECK-NEXT: cf.br ^[[REST]](%[[C3]], %[[C1]] : i64, i64)
  whistler.store %c2, %x[0] : i64, !whistler.ptr<stack>
  %a = whistler.load %z[0] : !whistler.ptr<stack> -> i64
  whistler.store %a, %x[0] : i64, !whistler.ptr<stack>
  whistler.store %c1, %y[0] : i64, !whistler.ptr<stack>
  whistler.store %c1, %z[0] : i64, !whistler.ptr<stack>
  cf.br ^rest
^rest:
  // CHECK: ^[[REST]](%[[X:.*]]: i64, %[[Y:.*]]: i64):
  // CHECK-NEXT: %[[SUM:.*]] = arith.addi %[[X]], %[[Y]]
  %b = whistler.load %x[0] : !whistler.ptr<stack> -> i64
  %c = whistler.load %y[0] : !whistler.ptr<stack> -> i64
  %sum = arith.addi %b, %c : i64
  // CHECK-NEXT: whistler.return %[[SUM]]
  whistler.return %sum
}

// A branch with both ways to the same block, whose values differ by nothing; a
// variable that is read before it is written, in a loop and in dead code.
// CHECK-LABEL: @unset
whistler.prog @unset type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[ZERO:.*]] = arith.constant 0 : i64
  %x = whistler.alloca i64
  %one = arith.constant 1 : i64
  // CHECK: cf.br ^[[LOOP:[a-z0-9]+]](%[[ZERO]] : i64)
  cf.br ^loop
^loop:
  // CHECK: ^[[LOOP]](%[[X:.*]]: i64):
  // CHECK-NEXT: %[[NEXT:.*]] = arith.addi %[[X]]
  %v = whistler.load %x[0] : !whistler.ptr<stack> -> i64
  %next = arith.addi %v, %one : i64
  whistler.store %next, %x[0] : i64, !whistler.ptr<stack>
  %more = arith.cmpi ult, %next, %one : i64
  // CHECK: cf.cond_br %{{.*}}, ^[[LOOP]](%[[NEXT]] : i64), ^[[LOOP]](%[[NEXT]] : i64)
  cf.cond_br %more, ^loop, ^loop
^dead:
  // CHECK: whistler.return %[[ZERO]]
  %w = whistler.load %x[0] : !whistler.ptr<stack> -> i64
  whistler.return %w
}

// What is looked at as anything but a whole stays in memory.
// CHECK-LABEL: @kept
whistler.prog @kept type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-3: whistler.alloca
  %x = whistler.alloca i64
  %y = whistler.alloca i64
  %z = whistler.alloca !whistler.array<2 x ui32>
  %one = arith.constant 1 : i64
  whistler.store %one, %x[0] : i64, !whistler.ptr<stack>
  %half = whistler.load %x[4] : !whistler.ptr<stack> -> i32
  whistler.store %one, %y[0] : i64, !whistler.ptr<stack>
  whistler.store %one, %z[0] : i64, !whistler.ptr<stack>
  %a = whistler.ptr_to_int %y : !whistler.ptr<stack>
  whistler.return %a
}
