// Functions, their calls and addresses.

// RUN: whistler-opt %s --convert-whistler-to-bpf | FileCheck %s

// CHECK-LABEL: bpf.func @sum params [#whistler.param<"a" : ui64>, #whistler.param<"b" : ui32>] result ui64 {
whistler.func @sum params [#whistler.param<"a" : ui64>, #whistler.param<"b" : ui32>] result ui64 {
// CHECK-NEXT: ^bb0(%[[R1:.*]]: !bpf.reg<r1>, %[[R2:.*]]: !bpf.reg<r2>):
^bb0(%a: i64, %b: i64):
  // CHECK-NEXT: %[[A:.*]] = bpf.mov w64 %[[R1]]
  // CHECK-NEXT: %[[B:.*]] = bpf.mov w64 %[[R2]]
  // CHECK-NEXT: %[[S:.*]] = bpf.alu add w64 %[[A]], %[[B]]
  %0 = arith.addi %a, %b : i64
  // CHECK-NEXT: %[[R:.*]] = bpf.mov w64 %[[S]] : !bpf.reg -> !bpf.reg<r0>
  // CHECK-NEXT: bpf.exit %[[R]]
  whistler.return %0
}

// A global one is there even where nothing calls it.
// CHECK-LABEL: bpf.func @same global params [#whistler.param<"p" : !whistler.pointer<ui64>>] result !whistler.pointer<ui64> {
whistler.func @same global params [#whistler.param<"p" : !whistler.pointer<ui64>>] result !whistler.pointer<ui64> {
^bb0(%p: !whistler.ptr<any>):
  whistler.return %p : !whistler.ptr<any>
}

// CHECK-LABEL: bpf.func @each params
// CHECK: bpf.call_func @below
whistler.func @each params [#whistler.param<"i" : ui32>, #whistler.param<"p" : !whistler.pointer<none>>] result ui64 {
^bb0(%i: i64, %p: !whistler.ptr<any>):
  %0 = whistler.call @below() : () -> i64
  whistler.return %0
}

// Needed by what a program needs.
// CHECK-LABEL: bpf.func @below params [] result ui64
whistler.func @below params [] result ui64 {
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// CHECK-NOT: @unused
whistler.func @unused params [] result ui64 {
  %0 = whistler.call @only_by_unused() : () -> i64
  whistler.return %0
}
whistler.func @only_by_unused params [] result ui64 {
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// CHECK-LABEL: bpf.func @calls program "xdp"
whistler.prog @calls type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  %c0 = arith.constant 0 : i64
  // CHECK: %[[X1:.*]] = bpf.mov_imm w64 1 : !bpf.reg<r1>
  // CHECK-NEXT: %[[X2:.*]] = bpf.mov_imm w64 0 : !bpf.reg<r2>
  // CHECK-NEXT: %[[X0:.*]] = bpf.call_func @sum(%[[X1]], %[[X2]]) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  // CHECK-NEXT: %[[S:.*]] = bpf.mov w64 %[[X0]]
  %s = whistler.call @sum(%c1, %c0) : (i64, i64) -> i64
  %null = whistler.null : !whistler.ptr<any>
  // CHECK-NEXT: %[[Y1:.*]] = bpf.mov w64 %[[S]] : !bpf.reg -> !bpf.reg<r1>
  // CHECK-NEXT: %[[Y2:.*]] = bpf.ld_func @each : !bpf.reg<r2>
  // CHECK-NEXT: %[[Y3:.*]] = bpf.mov_imm w64 0 : !bpf.reg<r3>
  // CHECK-NEXT: %[[Y4:.*]] = bpf.mov_imm w64 0 : !bpf.reg<r4>
  // CHECK-NEXT: bpf.call 181(%[[Y1]], %[[Y2]], %[[Y3]], %[[Y4]])
  %f = whistler.func_ref @each
  %r = whistler.helper_call "loop"(%s, %f, %null, %c0) : (i64, !whistler.ptr<func>, !whistler.ptr<any>, i64) -> i64
  whistler.return %c0
}
