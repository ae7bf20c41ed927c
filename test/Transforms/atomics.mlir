// Atomic operations in the cheapest form.

// RUN: whistler-opt %s --whistler-atomics | FileCheck %s
// RUN: whistler-opt %s --whistler-atomics > %t.once
// RUN: whistler-opt %t.once --whistler-atomics | diff %t.once -

whistler.map @shared type "hash" key 4 value 8 entries 4
whistler.map @own type "percpu-hash" key 4 value 8 entries 4

// CHECK-LABEL: @additions
whistler.prog @additions type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 0 : i32
  %one = arith.constant 1 : i64
  // CHECK: whistler.map_add @shared
  whistler.map_add @shared[%key], %one : i32, i64
  // CHECK: whistler.map_add plain @own
  whistler.map_add @own[%key], %one : i32, i64
  whistler.return %one
}

// CHECK-LABEL: @results
whistler.func @results params [#whistler.param<"p" : !whistler.pointer<ui64>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %one = arith.constant 1 : i64
  // CHECK: whistler.atomic_rmw add %{{.*}}[0], %{{.*}} : !whistler.ptr<any>, i64{{$}}
  %0 = whistler.atomic_rmw add %p[0], %one : !whistler.ptr<any>, i64 -> i64
  // CHECK: whistler.atomic_rmw or %{{.*}}[8], %{{.*}} : !whistler.ptr<any>, i64{{$}}
  %1 = whistler.atomic_rmw or %p[8], %one : !whistler.ptr<any>, i64 -> i64
  // An exchange always fetches, and this result is used.
  // CHECK: whistler.atomic_rmw xchg {{.*}} -> i64
  %2 = whistler.atomic_rmw xchg %p[16], %one : !whistler.ptr<any>, i64 -> i64
  // CHECK: whistler.atomic_rmw and {{.*}} -> i64
  %3 = whistler.atomic_rmw and %p[24], %one : !whistler.ptr<any>, i64 -> i64
  whistler.return %3
}
