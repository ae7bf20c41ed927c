// Nothing follows from an immediate that the loader replaces.
// RUN: whistler-opt %s --bpf-codegen | FileCheck %s

whistler.global @g : !whistler.array<4 x ui64> section ".bss"

// An addition of 0 is none of 0, and two alike are two instructions.
// CHECK-LABEL: @kept
bpf.func @kept program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.mov_imm w64 0 core <byte_off "s:a">
  %a = bpf.mov_imm w64 0 core <byte_off "s:a"> : !bpf.reg
  // CHECK: bpf.mov_imm w64 0 core <byte_off "s:b">
  %b = bpf.mov_imm w64 0 core <byte_off "s:b"> : !bpf.reg
  // CHECK: bpf.mov_imm w64 0 : !bpf.reg
  %z = bpf.mov_imm w64 0 : !bpf.reg
  bpf.store b64 %a, %ctx[0] : !bpf.reg, !bpf.reg<r1>
  bpf.store b64 %b, %ctx[8] : !bpf.reg, !bpf.reg<r1>
  bpf.store b64 %z, %ctx[16] : !bpf.reg, !bpf.reg<r1>
  // CHECK: bpf.ld_imm64 0 core <enumval_value "e:A">
  %e = bpf.ld_imm64 0 core <enumval_value "e:A"> : !bpf.reg
  // CHECK: bpf.alu_imm add w64 %{{.*}}, 0 core <byte_off "s:a">
  %f = bpf.alu_imm add w64 %e, 0 core <byte_off "s:a"> : !bpf.reg -> !bpf.reg
  // CHECK-NOT: bpf.alu_imm
  %g = bpf.alu_imm add w64 %f, 0 : !bpf.reg -> !bpf.reg
  %r = bpf.mov w64 %g : !bpf.reg -> !bpf.reg<r0>
  // CHECK: bpf.exit
  bpf.exit %r : !bpf.reg<r0>
}

// What is passed to a block from a relocated constant is stored from a register
// where an ordinary one is stored as an immediate.
// CHECK-LABEL: @spilled
bpf.func @spilled program "xdp" section "xdp" license "GPL" {
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
  %q = bpf.mov_imm w64 0 core <type_size "s"> : !bpf.reg
  bpf.jcond_imm eq w64 %v0, 0 : !bpf.reg ^left, ^right
^left:
  bpf.ja ^join(%q : !bpf.reg)
^right:
  bpf.ja ^join(%v1 : !bpf.reg)
^join(%p: !bpf.reg):
  // CHECK-NOT: bpf.store_imm
  // CHECK: %[[Q:.*]] = bpf.mov_imm w64 0 core <type_size "s">
  // CHECK-NEXT: bpf.store b64 %[[Q]], %{{.*}} : !bpf.reg<r{{[0-9]}}>, !bpf.reg<r10>
  // CHECK-NOT: bpf.store_imm
  // CHECK: bpf.exit
  %x = bpf.call 7() : () -> !bpf.reg<r0>
  bpf.store b32 %v0, %c[0] : !bpf.reg, !bpf.reg
  bpf.store b32 %v1, %c[4] : !bpf.reg, !bpf.reg
  bpf.store b32 %v2, %c[8] : !bpf.reg, !bpf.reg
  bpf.store b32 %v3, %c[12] : !bpf.reg, !bpf.reg
  bpf.store b32 %v4, %c[16] : !bpf.reg, !bpf.reg
  bpf.store b32 %v5, %c[20] : !bpf.reg, !bpf.reg
  bpf.store b32 %v6, %c[24] : !bpf.reg, !bpf.reg
  bpf.store b32 %v7, %c[28] : !bpf.reg, !bpf.reg
  bpf.store b32 %v8, %c[32] : !bpf.reg, !bpf.reg
  bpf.store b32 %v9, %c[36] : !bpf.reg, !bpf.reg
  bpf.store b32 %v10, %c[40] : !bpf.reg, !bpf.reg
  bpf.store b32 %v11, %c[44] : !bpf.reg, !bpf.reg
  bpf.store b32 %v0, %c[4] : !bpf.reg, !bpf.reg
  bpf.store b32 %v1, %c[8] : !bpf.reg, !bpf.reg
  bpf.store b32 %v2, %c[12] : !bpf.reg, !bpf.reg
  bpf.store b32 %v3, %c[16] : !bpf.reg, !bpf.reg
  bpf.store b32 %v4, %c[20] : !bpf.reg, !bpf.reg
  bpf.store b32 %v5, %c[24] : !bpf.reg, !bpf.reg
  bpf.store b32 %v6, %c[28] : !bpf.reg, !bpf.reg
  bpf.store b32 %v7, %c[32] : !bpf.reg, !bpf.reg
  bpf.store b32 %v8, %c[36] : !bpf.reg, !bpf.reg
  bpf.store b32 %v9, %c[40] : !bpf.reg, !bpf.reg
  bpf.store b32 %v10, %c[44] : !bpf.reg, !bpf.reg
  bpf.store b32 %v11, %c[48] : !bpf.reg, !bpf.reg
  bpf.store b32 %v0, %c[8] : !bpf.reg, !bpf.reg
  bpf.store b32 %v1, %c[12] : !bpf.reg, !bpf.reg
  bpf.store b32 %v2, %c[16] : !bpf.reg, !bpf.reg
  bpf.store b32 %v3, %c[20] : !bpf.reg, !bpf.reg
  bpf.store b32 %v4, %c[24] : !bpf.reg, !bpf.reg
  bpf.store b32 %v5, %c[28] : !bpf.reg, !bpf.reg
  bpf.store b32 %v6, %c[32] : !bpf.reg, !bpf.reg
  bpf.store b32 %v7, %c[36] : !bpf.reg, !bpf.reg
  bpf.store b32 %v8, %c[40] : !bpf.reg, !bpf.reg
  bpf.store b32 %v9, %c[44] : !bpf.reg, !bpf.reg
  bpf.store b32 %v10, %c[48] : !bpf.reg, !bpf.reg
  bpf.store b32 %v11, %c[52] : !bpf.reg, !bpf.reg
  bpf.store b32 %v0, %c[12] : !bpf.reg, !bpf.reg
  bpf.store b32 %v1, %c[16] : !bpf.reg, !bpf.reg
  bpf.store b32 %v2, %c[20] : !bpf.reg, !bpf.reg
  bpf.store b32 %v3, %c[24] : !bpf.reg, !bpf.reg
  bpf.store b32 %v4, %c[28] : !bpf.reg, !bpf.reg
  bpf.store b32 %v5, %c[32] : !bpf.reg, !bpf.reg
  bpf.store b32 %v6, %c[36] : !bpf.reg, !bpf.reg
  bpf.store b32 %v7, %c[40] : !bpf.reg, !bpf.reg
  bpf.store b32 %v8, %c[44] : !bpf.reg, !bpf.reg
  bpf.store b32 %v9, %c[48] : !bpf.reg, !bpf.reg
  bpf.store b32 %v10, %c[52] : !bpf.reg, !bpf.reg
  bpf.store b32 %v11, %c[56] : !bpf.reg, !bpf.reg
  bpf.store b32 %p, %c[60] : !bpf.reg, !bpf.reg
  bpf.exit %x : !bpf.reg<r0>
}

// Addresses are known by symbol and offset.
// CHECK-LABEL: @addresses
bpf.func @addresses program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[A:.*]] = bpf.ld_global @g[8] : !bpf.reg<r2>
  %0 = bpf.ld_global @g[8] : !bpf.reg<r2>
  bpf.store_imm b64 1, %0[0] : !bpf.reg<r2>
  // CHECK-NEXT: bpf.store_imm b64 1, %[[A]][0]
  // CHECK-NEXT: bpf.store_imm b64 2, %[[A]][0]
  %1 = bpf.ld_global @g[8] : !bpf.reg<r2>
  bpf.store_imm b64 2, %1[0] : !bpf.reg<r2>
  // CHECK-NEXT: %[[B:.*]] = bpf.ld_global @g[16] : !bpf.reg<r2>
  %2 = bpf.ld_global @g[16] : !bpf.reg<r2>
  // CHECK-NEXT: bpf.store_imm b64 3, %[[B]][0]
  bpf.store_imm b64 3, %2[0] : !bpf.reg<r2>
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
