// Thirty values live across a call: four are in registers, the others in slots
// of their own, with accesses of 64 bits.
// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-two-address,bpf-allocate-registers,bpf-verify{stage=allocated}))' | FileCheck %s
// RUN: whistler-opt %s --bpf-codegen | FileCheck %s --check-prefix=FINAL

// Constants are made again instead, and a slot is used again where its value is
// not needed any more.

// CHECK-LABEL: @thirty
// CHECK-COUNT-27: bpf.slot size 8 align 8
// CHECK-NOT: bpf.slot size
// CHECK: bpf.store b64 %{{.*}}, %{{.*}}[0] : !bpf.reg<r{{[0-9]}}>, !bpf.slot
// CHECK: bpf.call 7()
// CHECK: bpf.load u64 %{{.*}}[0] : !bpf.slot -> !bpf.reg<r{{[0-9]}}>
// FINAL-LABEL: @thirty
// FINAL-SAME: frame 216
bpf.func @thirty program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %c = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg
  %v0 = bpf.load u32 %c[0] : !bpf.reg -> !bpf.reg
  %v1 = bpf.load u32 %c[4] : !bpf.reg -> !bpf.reg
  %v2 = bpf.load u32 %c[8] : !bpf.reg -> !bpf.reg
  %v3 = bpf.load u32 %c[12] : !bpf.reg -> !bpf.reg
  %v4 = bpf.load u32 %c[16] : !bpf.reg -> !bpf.reg
  %v5 = bpf.load u32 %c[20] : !bpf.reg -> !bpf.reg
  %v6 = bpf.load u32 %c[24] : !bpf.reg -> !bpf.reg
  %v7 = bpf.load u32 %c[28] : !bpf.reg -> !bpf.reg
  %v8 = bpf.load u32 %c[32] : !bpf.reg -> !bpf.reg
  %v9 = bpf.load u32 %c[36] : !bpf.reg -> !bpf.reg
  %v10 = bpf.load u32 %c[40] : !bpf.reg -> !bpf.reg
  %v11 = bpf.load u32 %c[44] : !bpf.reg -> !bpf.reg
  %v12 = bpf.load u32 %c[48] : !bpf.reg -> !bpf.reg
  %v13 = bpf.load u32 %c[52] : !bpf.reg -> !bpf.reg
  %v14 = bpf.load u32 %c[56] : !bpf.reg -> !bpf.reg
  %v15 = bpf.load u32 %c[60] : !bpf.reg -> !bpf.reg
  %v16 = bpf.load u32 %c[64] : !bpf.reg -> !bpf.reg
  %v17 = bpf.load u32 %c[68] : !bpf.reg -> !bpf.reg
  %v18 = bpf.load u32 %c[72] : !bpf.reg -> !bpf.reg
  %v19 = bpf.load u32 %c[76] : !bpf.reg -> !bpf.reg
  %v20 = bpf.load u32 %c[80] : !bpf.reg -> !bpf.reg
  %v21 = bpf.load u32 %c[84] : !bpf.reg -> !bpf.reg
  %v22 = bpf.load u32 %c[88] : !bpf.reg -> !bpf.reg
  %v23 = bpf.load u32 %c[92] : !bpf.reg -> !bpf.reg
  %v24 = bpf.load u32 %c[96] : !bpf.reg -> !bpf.reg
  %v25 = bpf.load u32 %c[100] : !bpf.reg -> !bpf.reg
  %v26 = bpf.load u32 %c[104] : !bpf.reg -> !bpf.reg
  %v27 = bpf.load u32 %c[108] : !bpf.reg -> !bpf.reg
  %v28 = bpf.load u32 %c[112] : !bpf.reg -> !bpf.reg
  %v29 = bpf.load u32 %c[116] : !bpf.reg -> !bpf.reg
  %x = bpf.call 7() : () -> !bpf.reg<r0>
  bpf.store b32 %v0, %c[116] : !bpf.reg, !bpf.reg
  bpf.store b32 %v1, %c[112] : !bpf.reg, !bpf.reg
  bpf.store b32 %v2, %c[108] : !bpf.reg, !bpf.reg
  bpf.store b32 %v3, %c[104] : !bpf.reg, !bpf.reg
  bpf.store b32 %v4, %c[100] : !bpf.reg, !bpf.reg
  bpf.store b32 %v5, %c[96] : !bpf.reg, !bpf.reg
  bpf.store b32 %v6, %c[92] : !bpf.reg, !bpf.reg
  bpf.store b32 %v7, %c[88] : !bpf.reg, !bpf.reg
  bpf.store b32 %v8, %c[84] : !bpf.reg, !bpf.reg
  bpf.store b32 %v9, %c[80] : !bpf.reg, !bpf.reg
  bpf.store b32 %v10, %c[76] : !bpf.reg, !bpf.reg
  bpf.store b32 %v11, %c[72] : !bpf.reg, !bpf.reg
  bpf.store b32 %v12, %c[68] : !bpf.reg, !bpf.reg
  bpf.store b32 %v13, %c[64] : !bpf.reg, !bpf.reg
  bpf.store b32 %v14, %c[60] : !bpf.reg, !bpf.reg
  bpf.store b32 %v15, %c[56] : !bpf.reg, !bpf.reg
  bpf.store b32 %v16, %c[52] : !bpf.reg, !bpf.reg
  bpf.store b32 %v17, %c[48] : !bpf.reg, !bpf.reg
  bpf.store b32 %v18, %c[44] : !bpf.reg, !bpf.reg
  bpf.store b32 %v19, %c[40] : !bpf.reg, !bpf.reg
  bpf.store b32 %v20, %c[36] : !bpf.reg, !bpf.reg
  bpf.store b32 %v21, %c[32] : !bpf.reg, !bpf.reg
  bpf.store b32 %v22, %c[28] : !bpf.reg, !bpf.reg
  bpf.store b32 %v23, %c[24] : !bpf.reg, !bpf.reg
  bpf.store b32 %v24, %c[20] : !bpf.reg, !bpf.reg
  bpf.store b32 %v25, %c[16] : !bpf.reg, !bpf.reg
  bpf.store b32 %v26, %c[12] : !bpf.reg, !bpf.reg
  bpf.store b32 %v27, %c[8] : !bpf.reg, !bpf.reg
  bpf.store b32 %v28, %c[4] : !bpf.reg, !bpf.reg
  bpf.store b32 %v29, %c[0] : !bpf.reg, !bpf.reg
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// CHECK-LABEL: @constants
// CHECK-NOT: bpf.slot
// CHECK-COUNT-8: bpf.mov_imm
// CHECK-NOT: bpf.mov_imm
// CHECK: bpf.exit
bpf.func @constants program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %c = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg
  %v0 = bpf.mov_imm w64 1 : !bpf.reg
  %v1 = bpf.mov_imm w64 2 : !bpf.reg
  %v2 = bpf.mov_imm w64 3 : !bpf.reg
  %v3 = bpf.mov_imm w64 4 : !bpf.reg
  %v4 = bpf.mov_imm w64 5 : !bpf.reg
  %v5 = bpf.mov_imm w64 6 : !bpf.reg
  %v6 = bpf.mov_imm w64 7 : !bpf.reg
  %x = bpf.call 7() : () -> !bpf.reg<r0>
  bpf.store b32 %v0, %c[0] : !bpf.reg, !bpf.reg
  bpf.store b32 %v1, %c[4] : !bpf.reg, !bpf.reg
  bpf.store b32 %v2, %c[8] : !bpf.reg, !bpf.reg
  bpf.store b32 %v3, %c[12] : !bpf.reg, !bpf.reg
  bpf.store b32 %v4, %c[16] : !bpf.reg, !bpf.reg
  bpf.store b32 %v5, %c[20] : !bpf.reg, !bpf.reg
  bpf.store b32 %v6, %c[24] : !bpf.reg, !bpf.reg
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// Block arguments in memory that change places in a loop.
// CHECK-LABEL: @rotate
// CHECK: bpf.call 7()
bpf.func @rotate program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %c = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg
  %v0 = bpf.load u32 %c[0] : !bpf.reg -> !bpf.reg
  %v1 = bpf.load u32 %c[4] : !bpf.reg -> !bpf.reg
  %v2 = bpf.load u32 %c[8] : !bpf.reg -> !bpf.reg
  %v3 = bpf.load u32 %c[12] : !bpf.reg -> !bpf.reg
  %v4 = bpf.load u32 %c[16] : !bpf.reg -> !bpf.reg
  %v5 = bpf.load u32 %c[20] : !bpf.reg -> !bpf.reg
  bpf.ja ^loop(%v0, %v1, %v2, %v3, %v4, %v5 : !bpf.reg, !bpf.reg, !bpf.reg, !bpf.reg, !bpf.reg, !bpf.reg)
^loop(%a0: !bpf.reg, %a1: !bpf.reg, %a2: !bpf.reg, %a3: !bpf.reg, %a4: !bpf.reg, %a5: !bpf.reg):
  %x = bpf.call 7() : () -> !bpf.reg<r0>
  bpf.jcond_imm eq w64 %x, 0 : !bpf.reg<r0> ^done, ^loop(%a1, %a2, %a3, %a4, %a5, %a0 : !bpf.reg, !bpf.reg, !bpf.reg, !bpf.reg, !bpf.reg, !bpf.reg)
^done:
  bpf.store b32 %a0, %c[0] : !bpf.reg, !bpf.reg
  bpf.store b32 %a1, %c[4] : !bpf.reg, !bpf.reg
  bpf.store b32 %a2, %c[8] : !bpf.reg, !bpf.reg
  bpf.store b32 %a3, %c[12] : !bpf.reg, !bpf.reg
  bpf.store b32 %a4, %c[16] : !bpf.reg, !bpf.reg
  bpf.store b32 %a5, %c[20] : !bpf.reg, !bpf.reg
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

whistler.map @shared type "array" key 4 value 8 entries 1

// No register is free for the address where four values live across the first
// call: that has it for itself. The other three share one.
// CHECK-LABEL: @last_uses
bpf.func @last_uses program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %s = bpf.slot size 4 align 4
  %t = bpf.slot size 32 align 8
  bpf.store_imm b32 0, %s[0] : !bpf.slot
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  %b = bpf.load u32 %ctx[4] : !bpf.reg<r1> -> !bpf.reg
  %c = bpf.load u32 %ctx[8] : !bpf.reg<r1> -> !bpf.reg
  %d = bpf.load u32 %ctx[12] : !bpf.reg<r1> -> !bpf.reg
  // CHECK: bpf.ld_map @shared : !bpf.reg<r1>
  // CHECK: bpf.call 1
  %m = bpf.ld_map @shared : !bpf.reg
  %m1 = bpf.mov w64 %m : !bpf.reg -> !bpf.reg<r1>
  %k1 = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %p1 = bpf.call 1(%m1, %k1) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.store b64 %a, %t[0] : !bpf.reg, !bpf.slot
  bpf.store b64 %b, %t[8] : !bpf.reg, !bpf.slot
  bpf.store b64 %c, %t[16] : !bpf.reg, !bpf.slot
  bpf.store b64 %d, %t[24] : !bpf.reg, !bpf.slot
  // CHECK: %[[M:.*]] = bpf.ld_map @shared : !bpf.reg<r[[R:[6-9]]]>
  // CHECK-COUNT-3: bpf.mov w64 %[[M]] : !bpf.reg<r[[R]]> -> !bpf.reg<r1>
  // CHECK-NOT: bpf.ld_map
  // CHECK: bpf.exit
  %m2 = bpf.mov w64 %m : !bpf.reg -> !bpf.reg<r1>
  %k2 = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %p2 = bpf.call 1(%m2, %k2) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %m3 = bpf.mov w64 %m : !bpf.reg -> !bpf.reg<r1>
  %k3 = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %p3 = bpf.call 1(%m3, %k3) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %m4 = bpf.mov w64 %m : !bpf.reg -> !bpf.reg<r1>
  %k4 = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %p4 = bpf.call 1(%m4, %k4) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %r = bpf.load u64 %t[0] : !bpf.slot -> !bpf.reg
  %v = bpf.mov w64 %r : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %v : !bpf.reg<r0>
}

// Two would not pay for being shared.
// CHECK-LABEL: @few_uses
bpf.func @few_uses program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %s = bpf.slot size 4 align 4
  %t = bpf.slot size 32 align 8
  bpf.store_imm b32 0, %s[0] : !bpf.slot
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  %b = bpf.load u32 %ctx[4] : !bpf.reg<r1> -> !bpf.reg
  %c = bpf.load u32 %ctx[8] : !bpf.reg<r1> -> !bpf.reg
  %d = bpf.load u32 %ctx[12] : !bpf.reg<r1> -> !bpf.reg
  %m = bpf.ld_map @shared : !bpf.reg
  %m1 = bpf.mov w64 %m : !bpf.reg -> !bpf.reg<r1>
  %k1 = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %p1 = bpf.call 1(%m1, %k1) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.store b64 %a, %t[0] : !bpf.reg, !bpf.slot
  bpf.store b64 %b, %t[8] : !bpf.reg, !bpf.slot
  bpf.store b64 %c, %t[16] : !bpf.reg, !bpf.slot
  bpf.store b64 %d, %t[24] : !bpf.reg, !bpf.slot
  // CHECK-COUNT-3: bpf.ld_map @shared : !bpf.reg<r1>
  %m2 = bpf.mov w64 %m : !bpf.reg -> !bpf.reg<r1>
  %k2 = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %p2 = bpf.call 1(%m2, %k2) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %m3 = bpf.mov w64 %m : !bpf.reg -> !bpf.reg<r1>
  %k3 = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %p3 = bpf.call 1(%m3, %k3) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %r = bpf.load u64 %t[0] : !bpf.slot -> !bpf.reg
  %v = bpf.mov w64 %r : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %v : !bpf.reg<r0>
}
