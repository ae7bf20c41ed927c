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
