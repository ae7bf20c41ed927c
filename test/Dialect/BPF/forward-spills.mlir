// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-forward-spills))' > %t
// RUN: FileCheck %s < %t
// RUN: whistler-opt %t --pass-pipeline='builtin.module(bpf.func(bpf-forward-spills))' | diff %t -

// The content is in r1 still, then in r2 only, then nowhere.
// CHECK-LABEL: @forwarded
bpf.func @forwarded program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.store b64 %[[CTX:.*]], %[[S:.*]][0]
  // CHECK-NEXT: %[[A:.*]] = bpf.load u32 %[[CTX]][0] : !bpf.reg<r1> -> !bpf.reg<r3>
  // CHECK-NEXT: %[[B:.*]] = bpf.mov w64 %[[CTX]] : !bpf.reg<r1> -> !bpf.reg<r2>
  // CHECK-NEXT: bpf.store b32 %[[A]], %[[B]][4]
  // CHECK-NEXT: bpf.mov_imm w64 0 : !bpf.reg<r1>
  // CHECK-NEXT: %[[C:.*]] = bpf.mov w64 %[[B]] : !bpf.reg<r2> -> !bpf.reg<r1>
  // CHECK-NEXT: bpf.call 5
  // CHECK-NEXT: bpf.load u64 %[[S]][0] : !bpf.slot -> !bpf.reg<r1>
  %s = bpf.slot size 8 align 8 spill
  %k6 = bpf.load u32 %ctx[16] : !bpf.reg<r1> -> !bpf.reg<r6>
  %k7 = bpf.load u32 %ctx[20] : !bpf.reg<r1> -> !bpf.reg<r7>
  %k8 = bpf.load u32 %ctx[24] : !bpf.reg<r1> -> !bpf.reg<r8>
  %k9 = bpf.load u32 %ctx[28] : !bpf.reg<r1> -> !bpf.reg<r9>
  bpf.store b64 %ctx, %s[0] : !bpf.reg<r1>, !bpf.slot
  %l = bpf.load u64 %s[0] : !bpf.slot -> !bpf.reg<r1>
  %a = bpf.load u32 %l[0] : !bpf.reg<r1> -> !bpf.reg<r3>
  %b = bpf.load u64 %s[0] : !bpf.slot -> !bpf.reg<r2>
  bpf.store b32 %a, %b[4] : !bpf.reg<r3>, !bpf.reg<r2>
  %z = bpf.mov_imm w64 0 : !bpf.reg<r1>
  %c = bpf.load u64 %s[0] : !bpf.slot -> !bpf.reg<r1>
  %d = bpf.call 5(%c) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  %e = bpf.load u64 %s[0] : !bpf.slot -> !bpf.reg<r1>
  %r = bpf.load u32 %e[0] : !bpf.reg<r1> -> !bpf.reg<r0>
  bpf.store b32 %k6, %e[16] : !bpf.reg<r6>, !bpf.reg<r1>
  bpf.store b32 %k7, %e[20] : !bpf.reg<r7>, !bpf.reg<r1>
  bpf.store b32 %k8, %e[24] : !bpf.reg<r8>, !bpf.reg<r1>
  bpf.store b32 %k9, %e[28] : !bpf.reg<r9>, !bpf.reg<r1>
  bpf.exit %r : !bpf.reg<r0>
}

// A store before the next one, and one that no path loads.
// CHECK-LABEL: @stores
bpf.func @stores program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-NOT: bpf.slot
  // CHECK-NOT: bpf.store
  %s = bpf.slot size 8 align 8
  bpf.store_imm b64 0, %s[0] : !bpf.slot
  bpf.store b64 %ctx, %s[0] : !bpf.reg<r1>, !bpf.slot
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// Others may know the slot, or access a part of it.
// CHECK-LABEL: @known
bpf.func @known program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-COUNT-2: bpf.store_imm
  // CHECK: bpf.load u8
  %s = bpf.slot size 8 align 8
  %t = bpf.slot size 8 align 8
  bpf.store_imm b64 0, %s[0] : !bpf.slot
  bpf.store_imm b64 0, %t[0] : !bpf.slot
  %a = bpf.slot_addr %s[0] : !bpf.reg<r1>
  %b = bpf.call 5(%a) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  %r = bpf.load u8 %t[1] : !bpf.slot -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// When r0 is about to be overwritten, r6 is free for the rest: the value goes
// there.
// CHECK-LABEL: @freed
bpf.func @freed program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-NOT: bpf.slot
  // CHECK: %[[TIME:.*]] = bpf.call 5
  // CHECK-NOT: bpf.store b64
  // CHECK: bpf.jcond_imm
  %s = bpf.slot size 8 align 8 spill
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r6>
  %b = bpf.load u32 %ctx[4] : !bpf.reg<r1> -> !bpf.reg<r7>
  %c = bpf.load u32 %ctx[8] : !bpf.reg<r1> -> !bpf.reg<r8>
  %d = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg<r9>
  %t = bpf.call 5() : () -> !bpf.reg<r0>
  bpf.store b64 %t, %s[0] : !bpf.reg<r0>, !bpf.slot
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r6> ^call, ^other
^other:
  bpf.store b32 %b, %d[0] : !bpf.reg<r7>, !bpf.reg<r9>
  bpf.ja ^call
^call:
  // CHECK: %[[KEPT:.*]] = bpf.mov w64 %[[TIME]] : !bpf.reg<r0> -> !bpf.reg<r6>
  // CHECK-NEXT: bpf.call 5
  %u = bpf.call 5() : () -> !bpf.reg<r0>
  // CHECK: bpf.store b64 %[[KEPT]], %{{.*}}[8] : !bpf.reg<r6>
  %l = bpf.load u64 %s[0] : !bpf.slot -> !bpf.reg<r1>
  bpf.store b64 %l, %d[8] : !bpf.reg<r1>, !bpf.reg<r9>
  bpf.store b32 %c, %d[16] : !bpf.reg<r8>, !bpf.reg<r9>
  bpf.store b32 %b, %d[20] : !bpf.reg<r7>, !bpf.reg<r9>
  bpf.jcond_imm eq w64 %u, 0 : !bpf.reg<r0> ^out, ^again
^again:
  // CHECK: bpf.store b64 %[[KEPT]], %{{.*}}[24] : !bpf.reg<r6>
  %m = bpf.load u64 %s[0] : !bpf.slot -> !bpf.reg<r1>
  bpf.store b64 %m, %d[24] : !bpf.reg<r1>, !bpf.reg<r9>
  bpf.ja ^out
^out:
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// All preserved registers are needed behind the call.
// CHECK-LABEL: @taken
bpf.func @taken program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %s = bpf.slot size 8 align 8 spill
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r6>
  %b = bpf.load u32 %ctx[4] : !bpf.reg<r1> -> !bpf.reg<r7>
  %c = bpf.load u32 %ctx[8] : !bpf.reg<r1> -> !bpf.reg<r8>
  %d = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg<r9>
  // CHECK: bpf.call 5
  // CHECK-NEXT: bpf.store b64
  // CHECK-NEXT: bpf.call 5
  // CHECK-NEXT: bpf.load u64
  %t = bpf.call 5() : () -> !bpf.reg<r0>
  bpf.store b64 %t, %s[0] : !bpf.reg<r0>, !bpf.slot
  %u = bpf.call 5() : () -> !bpf.reg<r0>
  %l = bpf.load u64 %s[0] : !bpf.slot -> !bpf.reg<r1>
  bpf.store b64 %l, %d[8] : !bpf.reg<r1>, !bpf.reg<r9>
  bpf.store b32 %c, %d[16] : !bpf.reg<r8>, !bpf.reg<r9>
  bpf.store b32 %b, %d[20] : !bpf.reg<r7>, !bpf.reg<r9>
  bpf.store b32 %a, %d[24] : !bpf.reg<r6>, !bpf.reg<r9>
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// On one way r0 is something else when r6 becomes free.
// CHECK-LABEL: @lost
bpf.func @lost program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.slot
  %s = bpf.slot size 8 align 8 spill
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r6>
  %d = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg<r9>
  %t = bpf.call 5() : () -> !bpf.reg<r0>
  bpf.store b64 %t, %s[0] : !bpf.reg<r0>, !bpf.slot
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r6> ^call, ^other
^other:
  %n = bpf.load u32 %d[0] : !bpf.reg<r9> -> !bpf.reg<r0>
  bpf.store b32 %n, %d[4] : !bpf.reg<r0>, !bpf.reg<r9>
  bpf.ja ^call
^call:
  // CHECK: bpf.call 5
  // CHECK: bpf.call 5
  // CHECK-NEXT: bpf.load u64
  %u = bpf.call 5() : () -> !bpf.reg<r0>
  %l = bpf.load u64 %s[0] : !bpf.slot -> !bpf.reg<r1>
  bpf.store b64 %l, %d[8] : !bpf.reg<r1>, !bpf.reg<r9>
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
