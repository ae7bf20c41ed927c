// Atomic operations that version 3 of the instruction set has.

// RUN: whistler-opt %s --convert-whistler-to-llvm | FileCheck %s

// CHECK-LABEL: llvm.func @atomics
whistler.func @atomics global params [#whistler.param<"p" : !whistler.pointer<none>>]
    result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i32
  // CHECK: llvm.atomicrmw _or %{{.*}}, %{{.*}} monotonic : !llvm.ptr, i64
  whistler.atomic_rmw or %p[0], %c1 : !whistler.ptr<any>, i64
  // CHECK: llvm.atomicrmw _and %{{.*}}, %{{.*}} monotonic : !llvm.ptr, i32
  whistler.atomic_rmw and %p[8], %c2 : !whistler.ptr<any>, i32
  // CHECK: llvm.atomicrmw _xor %{{.*}}, %{{.*}} monotonic : !llvm.ptr, i64
  whistler.atomic_rmw xor %p[16], %c1 : !whistler.ptr<any>, i64
  // CHECK: llvm.atomicrmw add %{{.*}}, %{{.*}} seq_cst : !llvm.ptr, i64
  %0 = whistler.atomic_rmw add %p[0], %c1 : !whistler.ptr<any>, i64 -> i64
  // CHECK: llvm.atomicrmw xchg %{{.*}}, %{{.*}} seq_cst : !llvm.ptr, i64
  %1 = whistler.atomic_rmw xchg %p[0], %c1 : !whistler.ptr<any>, i64 -> i64
  // CHECK: %[[PAIR:.*]] = llvm.cmpxchg %{{.*}}, %{{.*}}, %{{.*}} seq_cst seq_cst : !llvm.ptr, i64
  // CHECK-NEXT: llvm.extractvalue %[[PAIR]][0]
  %2 = whistler.atomic_cmpxchg %p[0], %0, %1 : !whistler.ptr<any>, i64
  whistler.return %2
}
