// Maps, helpers and functions.

// RUN: whistler-opt %s --convert-whistler-to-llvm | FileCheck %s

// CHECK: llvm.mlir.global external @m(#llvm.zero)
// CHECK-SAME: addr_space = 0 : i32, alignment = 8 : i64
// CHECK-SAME: section = ".maps"
// CHECK-SAME: !llvm.array<32 x i8>
whistler.map @m type "hash" key 4 value 8 entries 1
whistler.map @jump type "prog-array" key 4 value 4 entries 2

// CHECK-LABEL: llvm.func @scalars
whistler.prog @scalars type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // Keys have a place for as long as the call takes.
  // CHECK-DAG: %[[KEY:.*]] = llvm.alloca %{{.*}} x i64 {alignment = 8 : i64}
  // CHECK-DAG: %[[VALUE:.*]] = llvm.alloca %{{.*}} x i64 {alignment = 8 : i64}
  %k = arith.constant 1 : i32
  %v = arith.constant 2 : i64
  %flags = arith.constant 0 : i64
  // CHECK: llvm.intr.lifetime.start
  // CHECK-NEXT: llvm.store %{{.*}}, %[[LOOKED_UP:.*]] {alignment = 4 : i64} : i32, !llvm.ptr
  // CHECK-NEXT: %[[MAP:.*]] = llvm.mlir.addressof @m
  // CHECK-NEXT: %[[NUMBER:.*]] = llvm.mlir.constant(1 : i64)
  // CHECK-NEXT: %[[HELPER:.*]] = llvm.inttoptr %[[NUMBER]]
  // CHECK-NEXT: llvm.call %[[HELPER]](%[[MAP]], %[[LOOKED_UP]]) {no_unwind} : !llvm.ptr, (!llvm.ptr, !llvm.ptr) -> !llvm.ptr
  // CHECK-NEXT: llvm.intr.lifetime.end %[[LOOKED_UP]]
  %0 = whistler.map_lookup @m[%k] : i32
  // CHECK: llvm.mlir.constant(2 : i64)
  // CHECK: llvm.call %{{.*}} {no_unwind} : !llvm.ptr, (!llvm.ptr, !llvm.ptr, !llvm.ptr, i64) -> i64
  %1 = whistler.map_update @m[%k], %v, %flags : i32, i64
  // CHECK: llvm.mlir.constant(3 : i64)
  // CHECK: llvm.call %{{.*}} {no_unwind} : !llvm.ptr, (!llvm.ptr, !llvm.ptr) -> i64
  %2 = whistler.map_delete @m[%k] : i32
  %3 = arith.addi %1, %2 : i64
  whistler.return %3
}

// CHECK-LABEL: llvm.func @certain
whistler.prog @certain type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: llvm.alloca %{{.*}} x i64 {alignment = 8 : i64}
  %k = arith.constant 0 : i32
  %0 = whistler.map_lookup @m[%k] certain : i32
  %1 = whistler.load %0[0] : !whistler.ptr<map_value> -> i64
  whistler.return %1
}

// CHECK-LABEL: llvm.func @calls
whistler.prog @calls type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c = arith.constant 0 : i64
  // CHECK: %[[ARGUMENT:.*]] = llvm.mlir.addressof @each
  %f = whistler.func_ref @each
  // CHECK: %[[MAP:.*]] = llvm.mlir.addressof @m
  %m = whistler.map_ref @m
  %null = whistler.null : !whistler.ptr<any>
  // CHECK: llvm.mlir.constant(164 : i64)
  // CHECK: llvm.call %{{.*}}(%[[MAP]], %[[ARGUMENT]],
  %0 = whistler.helper_call "for_each_map_elem"(%m, %f, %null, %c)
    : (!whistler.ptr<map>, !whistler.ptr<func>, !whistler.ptr<any>, i64) -> i64
  // CHECK: llvm.mlir.addressof @jump
  // CHECK: llvm.mlir.constant(12 : i64)
  // CHECK: llvm.call
  whistler.tail_call %ctx, @jump[%c]
  // CHECK: llvm.call @alone(
  %1 = whistler.call @alone(%0) : (i64) -> i64
  whistler.return %1
}

// CHECK-LABEL: llvm.func internal @each
whistler.func @each params [
    #whistler.param<"map" : !whistler.pointer<none>>,
    #whistler.param<"key" : !whistler.pointer<none>>,
    #whistler.param<"value" : !whistler.pointer<none>>,
    #whistler.param<"data" : !whistler.pointer<none>>] result si64 {
^bb0(%a: !whistler.ptr<any>, %b: !whistler.ptr<any>, %c: !whistler.ptr<any>, %d: !whistler.ptr<any>):
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// CHECK-LABEL: llvm.func internal @alone
// CHECK-SAME: no_inline
whistler.func @alone noinline params [#whistler.param<"x" : ui64>] result ui64 {
^bb0(%x: i64):
  whistler.return %x
}

// CHECK-LABEL: llvm.func @verified_once
// CHECK-SAME: (%[[X:.*]]: i64, %[[Y:.*]]: !llvm.ptr)
// CHECK-SAME: no_inline
whistler.func @verified_once global params [
    #whistler.param<"x" : ui64>, #whistler.param<"y" : !whistler.pointer<ui64>>] result ui64 {
^bb0(%x: i64, %y: !whistler.ptr<any>):
  // All arguments are used, as callers have to pass them.
  // CHECK-NEXT: llvm.inline_asm has_side_effects "", "r,r" %[[X]], %[[Y]] : (i64, !llvm.ptr) -> ()
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// Nobody calls this one.
// CHECK-NOT: @unused
whistler.func @unused params [] result ui64 {
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// CHECK: llvm.mlir.global external @_license("GPL\00")
// CHECK-SAME: section = "license"
