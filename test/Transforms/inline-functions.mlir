// Functions take the place of calls where that is smaller.

// RUN: whistler-opt --whistler-inline-functions --canonicalize %s | FileCheck %s

// Once called, always smaller.
// CHECK-NOT: @once
whistler.func @once params [#whistler.param<"x" : ui64>] result ui64 {
^bb0(%x: i64):
  %c1 = arith.constant 1 : i64
  %small = arith.cmpi ult, %x, %c1 : i64
  cf.cond_br %small, ^bb1, ^bb2
^bb1:
  whistler.return %c1
^bb2:
  %0 = whistler.udiv %c1, %x : i64
  whistler.return %0
}

// Never called.
// CHECK-NOT: @never
whistler.func @never params [] result ui64 {
  %0 = arith.constant 1 : i64
  whistler.return %0
}

// CHECK: whistler.func @kept noinline
whistler.func @kept noinline params [#whistler.param<"x" : ui64>] result ui64 {
^bb0(%x: i64):
  whistler.return %x
}

// CHECK: whistler.func @open global
whistler.func @open global params [#whistler.param<"x" : ui64>] result ui64 {
^bb0(%x: i64):
  whistler.return %x
}

// CHECK: whistler.func @called_back
whistler.func @called_back params [#whistler.param<"i" : ui32>, #whistler.param<"data" : !whistler.pointer<none>>] result ui64 {
^bb0(%i: i64, %data: !whistler.ptr<any>):
  whistler.return %i
}

// Large, and called twice.
// CHECK: whistler.func @large
whistler.func @large params [#whistler.param<"x" : ui64>] result ui64 {
^bb0(%x: i64):
  %0 = whistler.udiv %x, %x : i64
  %1 = whistler.umod %0, %x : i64
  %2 = whistler.udiv %1, %x : i64
  %3 = whistler.umod %2, %x : i64
  %4 = whistler.udiv %3, %x : i64
  %5 = whistler.umod %4, %x : i64
  %6 = whistler.udiv %5, %x : i64
  %7 = whistler.umod %6, %x : i64
  whistler.return %7
}

// Small, and called twice; its pointer is the caller's.
// CHECK-NOT: @first
whistler.func @first params [#whistler.param<"p" : !whistler.pointer<ui64>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %0 = whistler.load %p[0] : !whistler.ptr<any> -> i64
  whistler.return %0
}

// CHECK-LABEL: whistler.prog @caller
whistler.prog @caller type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.helper_call "ktime_get_ns"
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %slot = whistler.alloca i64
  whistler.store %x, %slot[0] : i64, !whistler.ptr<stack>
  // CHECK: arith.cmpi ult, %[[X]]
  // CHECK: whistler.udiv
  %0 = whistler.call @once(%x) : (i64) -> i64
  // CHECK: whistler.call @kept
  %1 = whistler.call @kept(%0) : (i64) -> i64
  // CHECK: whistler.call @open
  %2 = whistler.call @open(%1) : (i64) -> i64
  // CHECK: whistler.call @large
  // CHECK: whistler.call @large
  %3 = whistler.call @large(%2) : (i64) -> i64
  %4 = whistler.call @large(%3) : (i64) -> i64
  // CHECK-COUNT-2: whistler.load %{{.*}}[0] : !whistler.ptr<stack> -> i64
  %5 = whistler.call @first(%slot) : (!whistler.ptr<stack>) -> i64
  %6 = whistler.call @first(%slot) : (!whistler.ptr<stack>) -> i64
  %7 = arith.addi %5, %6 : i64
  %8 = arith.addi %7, %4 : i64
  // CHECK: whistler.func_ref @called_back
  %f = whistler.func_ref @called_back
  %9 = whistler.helper_call "loop"(%x, %f, %slot, %x) : (i64, !whistler.ptr<func>, !whistler.ptr<stack>, i64) -> i64
  whistler.return %8
}

// One addition, which a call would not be shorter than.
// CHECK-NOT: @next
whistler.func @next params [#whistler.param<"x" : ui64>] result ui64 {
^bb0(%x: i64):
  %one = arith.constant 1 : i64
  %sum = arith.addi %x, %one : i64
  whistler.return %sum
}

// CHECK-LABEL: whistler.prog @next_but_one
whistler.prog @next_but_one type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[TWO:.*]] = arith.constant 2 : i64
  // CHECK: %[[X:.*]] = whistler.helper_call "ktime_get_ns"
  // CHECK-NEXT: %[[SUM:.*]] = arith.addi %[[X]], %[[TWO]] : i64
  // CHECK-NEXT: whistler.return %[[SUM]]
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %0 = whistler.call @next(%x) : (i64) -> i64
  %1 = whistler.call @next(%0) : (i64) -> i64
  whistler.return %1
}
