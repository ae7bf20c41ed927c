// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-lower-parallel-moves))' | FileCheck %s

// A chain is ordered such that nothing is overwritten before it is read.
// CHECK-LABEL: @chain
bpf.func @chain program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[A:.*]] = bpf.mov_imm w64 1
  // CHECK: %[[B:.*]] = bpf.mov_imm w64 2
  %a = bpf.mov_imm w64 1 : !bpf.reg<r2>
  %b = bpf.mov_imm w64 2 : !bpf.reg<r3>
  // CHECK-NEXT: %[[Y:.*]] = bpf.mov w64 %[[B]] : !bpf.reg<r3> -> !bpf.reg<r4>
  // CHECK-NEXT: %[[X:.*]] = bpf.mov w64 %[[A]] : !bpf.reg<r2> -> !bpf.reg<r3>
  // CHECK-NEXT: bpf.ja ^bb1(%[[X]], %[[Y]], %[[A]] : !bpf.reg<r3>, !bpf.reg<r4>, !bpf.reg<r2>)
  bpf.ja ^next(%a, %b, %a : !bpf.reg<r2>, !bpf.reg<r3>, !bpf.reg<r2>)
^next(%x: !bpf.reg<r3>, %y: !bpf.reg<r4>, %z: !bpf.reg<r2>):
  %r = bpf.mov w64 %x : !bpf.reg<r3> -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// A cycle takes a register that is free, on an edge of its own.
// CHECK-LABEL: @cycle
bpf.func @cycle program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %a = bpf.mov_imm w64 1 : !bpf.reg<r2>
  %b = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.ja ^loop(%a, %b : !bpf.reg<r2>, !bpf.reg<r0>)
// CHECK: ^bb1(%[[X:.*]]: !bpf.reg<r2>, %[[Y:.*]]: !bpf.reg<r0>):
^loop(%x: !bpf.reg<r2>, %y: !bpf.reg<r0>):
  // CHECK: bpf.jcond_imm ne w64 %{{.*}}, 0 : !bpf.reg<r3> ^bb2, ^bb3
  %c = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r3>
  bpf.jcond_imm ne w64 %c, 0 : !bpf.reg<r3> ^loop(%y, %x : !bpf.reg<r0>, !bpf.reg<r2>), ^done
// CHECK: ^bb2:
// CHECK-NEXT: %[[T:.*]] = bpf.mov w64 %[[X]] : !bpf.reg<r2> -> !bpf.reg<r3>
// CHECK-NEXT: %[[X2:.*]] = bpf.mov w64 %[[Y]] : !bpf.reg<r0> -> !bpf.reg<r2>
// CHECK-NEXT: %[[Y2:.*]] = bpf.mov w64 %[[T]] : !bpf.reg<r3> -> !bpf.reg<r0>
// CHECK-NEXT: bpf.ja ^bb1(%[[X2]], %[[Y2]]
^done:
  bpf.exit %y : !bpf.reg<r0>
}

// A cycle without a free register goes through the stack.
// CHECK-LABEL: @full
bpf.func @full program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[S:.*]] = bpf.slot size 8 align 8
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  %2 = bpf.mov_imm w64 2 : !bpf.reg<r2>
  %3 = bpf.mov_imm w64 3 : !bpf.reg<r3>
  %4 = bpf.mov_imm w64 4 : !bpf.reg<r4>
  %5 = bpf.mov_imm w64 5 : !bpf.reg<r5>
  %6 = bpf.mov_imm w64 6 : !bpf.reg<r6>
  %7 = bpf.mov_imm w64 7 : !bpf.reg<r7>
  %8 = bpf.mov_imm w64 8 : !bpf.reg<r8>
  // CHECK: %[[B:.*]] = bpf.mov_imm w64 9
  %9 = bpf.mov_imm w64 9 : !bpf.reg<r9>
  // CHECK-NEXT: bpf.store b64 %[[A:.*]], %[[S]][0]
  // CHECK-NEXT: bpf.mov w64 %[[B]] : !bpf.reg<r9> -> !bpf.reg<r8>
  // CHECK-NEXT: bpf.load u64 %[[S]][0] : !bpf.slot -> !bpf.reg<r9>
  // CHECK-NEXT: bpf.ja
  bpf.ja ^next(%9, %8 : !bpf.reg<r9>, !bpf.reg<r8>)
^next(%x: !bpf.reg<r8>, %y: !bpf.reg<r9>):
  bpf.store b64 %2, %ctx[0] : !bpf.reg<r2>, !bpf.reg<r1>
  bpf.store b64 %3, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  bpf.store b64 %4, %ctx[0] : !bpf.reg<r4>, !bpf.reg<r1>
  bpf.store b64 %5, %ctx[0] : !bpf.reg<r5>, !bpf.reg<r1>
  bpf.store b64 %6, %ctx[0] : !bpf.reg<r6>, !bpf.reg<r1>
  bpf.store b64 %7, %ctx[0] : !bpf.reg<r7>, !bpf.reg<r1>
  bpf.store b64 %x, %ctx[0] : !bpf.reg<r8>, !bpf.reg<r1>
  bpf.store b64 %y, %ctx[0] : !bpf.reg<r9>, !bpf.reg<r1>
  bpf.exit %0 : !bpf.reg<r0>
}
