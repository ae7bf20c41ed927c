// The counters of a program's verdicts are counted in one place.

// RUN: whistler-opt %s --whistler-tail-merging | FileCheck %s
// RUN: whistler-opt %s --whistler-tail-merging > %t.once
// RUN: whistler-opt %t.once --whistler-tail-merging | diff %t.once -

whistler.map @verdicts type "array" key 4 value 8 entries 3

// CHECK-LABEL: @counted
whistler.prog @counted type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i32
  %first = arith.constant 0 : i32
  %second = arith.constant 1 : i32
  %one = arith.constant 1 : i64
  %drop = arith.constant 1 : i64
  %pass = arith.constant 2 : i64
  %queue = whistler.ctx_load %ctx[16] size 4 : i32
  %is_zero = arith.cmpi eq, %queue, %zero : i32
  cf.cond_br %is_zero, ^drop, ^pass
^drop:
  // CHECK: ^bb1:
  // CHECK-NEXT: cf.br ^[[SHARED:bb[0-9]+]](%{{.*}}, %{{.*}} : i32, i64)
  // CHECK: ^[[SHARED]](%[[KEY:.*]]: i32, %[[VERDICT:.*]]: i64):
  // CHECK: whistler.map_add @verdicts[%[[KEY]]], %{{.*}} : i32, i64
  // CHECK-NEXT: whistler.return %[[VERDICT]]
  whistler.map_add @verdicts[%first], %one : i32, i64
  whistler.return %drop
^pass:
  // CHECK: cf.br ^[[SHARED]](%{{.*}}, %{{.*}} : i32, i64)
  // CHECK-NOT: whistler.map_add
  whistler.map_add @verdicts[%second], %one : i32, i64
  whistler.return %pass
}
