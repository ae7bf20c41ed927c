// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-peephole))' | FileCheck %s

// CHECK-LABEL: @moves
bpf.func @moves program "xdp" section "xdp" license "GPL" {
// CHECK: ^bb0(%[[CTX:.*]]: !bpf.reg<r1>):
^bb0(%ctx: !bpf.reg<r1>):
  // A move of 64 bits to itself does nothing, one of 32 clears half of it.
  %0 = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg<r1>
  // CHECK-NEXT: %[[A:.*]] = bpf.load u64 %[[CTX]][0]
  %1 = bpf.load u64 %0[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  // CHECK-NEXT: %[[B:.*]] = bpf.mov w32 %[[A]] : !bpf.reg<r2> -> !bpf.reg<r2>
  %2 = bpf.mov w32 %1 : !bpf.reg<r2> -> !bpf.reg<r2>
  // CHECK-NEXT: %[[C:.*]] = bpf.mov w64 %[[B]] : !bpf.reg<r2> -> !bpf.reg<r3>
  %3 = bpf.mov w64 %2 : !bpf.reg<r2> -> !bpf.reg<r3>
  // The move back is not needed.
  %4 = bpf.mov w64 %3 : !bpf.reg<r3> -> !bpf.reg<r2>
  // CHECK-NEXT: bpf.store b64 %[[B]], %[[CTX]][8]
  bpf.store b64 %4, %ctx[8] : !bpf.reg<r2>, !bpf.reg<r1>
  // CHECK-NEXT: bpf.store b64 %[[C]], %[[CTX]][16]
  bpf.store b64 %3, %ctx[16] : !bpf.reg<r3>, !bpf.reg<r1>
  // Neither is arithmetic that changes nothing.
  %5 = bpf.alu_imm add w64 %4, 0 : !bpf.reg<r2> -> !bpf.reg<r2>
  // CHECK-NEXT: %[[D:.*]] = bpf.alu_imm add w32 %[[B]], 0
  %6 = bpf.alu_imm add w32 %5, 0 : !bpf.reg<r2> -> !bpf.reg<r2>
  // CHECK-NEXT: %[[R:.*]] = bpf.mov w64 %[[D]]
  %7 = bpf.mov w64 %6 : !bpf.reg<r2> -> !bpf.reg<r0>
  // CHECK-NEXT: bpf.exit %[[R]]
  bpf.exit %7 : !bpf.reg<r0>
}

// CHECK-LABEL: @constants
bpf.func @constants program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[A:.*]] = bpf.mov_imm w64 2 : !bpf.reg<r0>
  %0 = bpf.mov_imm w64 2 : !bpf.reg<r0>
  // CHECK-NEXT: bpf.store b64 %[[A]]
  bpf.store b64 %0, %ctx[8] : !bpf.reg<r0>, !bpf.reg<r1>
  // CHECK-NEXT: bpf.jcond_imm
  bpf.jcond_imm eq w64 %ctx, 0 : !bpf.reg<r1> ^a, ^b
// The register holds this already.
// CHECK: ^bb1:
^a:
  // CHECK-NEXT: bpf.exit %[[A]]
  %1 = bpf.mov_imm w32 2 : !bpf.reg<r0>
  bpf.exit %1 : !bpf.reg<r0>
// CHECK: ^bb2:
^b:
  // CHECK-NEXT: bpf.call
  %2 = bpf.call 7() : () -> !bpf.reg<r0>
  // CHECK-NEXT: %[[C:.*]] = bpf.mov_imm w64 2
  %3 = bpf.mov_imm w64 2 : !bpf.reg<r0>
  // CHECK-NEXT: bpf.exit %[[C]]
  bpf.exit %3 : !bpf.reg<r0>
}

// A move of an immediate is that immediate, in a later block too.
// CHECK-LABEL: @forwarded
bpf.func @forwarded program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: ^bb0
  // CHECK-NEXT: bpf.jcond_imm
  %0 = bpf.mov_imm w64 2 : !bpf.reg<r2>
  bpf.jcond_imm eq w64 %ctx, 0 : !bpf.reg<r1> ^a, ^b
^a:
  // CHECK: ^bb1:
  // CHECK-NEXT: bpf.mov_imm w64 2 : !bpf.reg<r0>
  %1 = bpf.mov w64 %0 : !bpf.reg<r2> -> !bpf.reg<r0>
  bpf.exit %1 : !bpf.reg<r0>
^b:
  %2 = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.exit %2 : !bpf.reg<r0>
}

// CHECK-LABEL: @dead
bpf.func @dead program "xdp" section "xdp" license "GPL" {
// CHECK: ^bb0
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  %1 = bpf.alu_imm mul w64 %0, 5 : !bpf.reg<r2> -> !bpf.reg<r2>
  // What a raw instruction reads is not dead.
  // CHECK-NEXT: bpf.mov_imm w64 4 : !bpf.reg<r3>
  %2 = bpf.mov_imm w64 4 : !bpf.reg<r3>
  // CHECK-NEXT: bpf.raw
  %3 = bpf.raw code 0xbf dst 0 src 3 off 0 imm 0 : !bpf.reg<r0>
  // CHECK-NEXT: bpf.exit
  bpf.exit %3 : !bpf.reg<r0>
}
