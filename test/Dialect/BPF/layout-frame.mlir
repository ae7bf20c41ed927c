// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-layout-frame))' | FileCheck %s

// Slots with large alignments are next to r10; a gap is filled.
// CHECK-LABEL: @places
// CHECK-SAME: frame 31
bpf.func @places program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[FP:.*]] = bpf.frame_pointer : !bpf.reg<r10>
  %byte = bpf.slot size 1 align 1
  %word = bpf.slot size 4 align 4
  %long = bpf.slot size 8 align 8
  %odd = bpf.slot size 12 align 8
  %half = bpf.slot size 2 align 2
  %last = bpf.slot size 4 align 4
  // CHECK-NEXT: bpf.store_imm b64 1, %[[FP]][-8]
  bpf.store_imm b64 1, %long[0] : !bpf.slot
  // CHECK-NEXT: bpf.store_imm b64 2, %[[FP]][-24]
  // CHECK-NEXT: bpf.store_imm b32 3, %[[FP]][-16]
  bpf.store_imm b64 2, %odd[0] : !bpf.slot
  bpf.store_imm b32 3, %odd[8] : !bpf.slot
  // CHECK-NEXT: bpf.store_imm b32 4, %[[FP]][-12]
  bpf.store_imm b32 4, %word[0] : !bpf.slot
  // CHECK-NEXT: bpf.store_imm b32 5, %[[FP]][-28]
  bpf.store_imm b32 5, %last[0] : !bpf.slot
  // CHECK-NEXT: bpf.store_imm b16 6, %[[FP]][-30]
  bpf.store_imm b16 6, %half[0] : !bpf.slot
  // CHECK-NEXT: bpf.store_imm b8 7, %[[FP]][-31]
  bpf.store_imm b8 7, %byte[0] : !bpf.slot
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// CHECK-LABEL: @accesses
// CHECK-SAME: frame 16
bpf.func @accesses program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[FP:.*]] = bpf.frame_pointer : !bpf.reg<r10>
  %s = bpf.slot size 16 align 8
  // CHECK-NEXT: bpf.store b64 %{{.*}}, %[[FP]][-16] : !bpf.reg<r1>, !bpf.reg<r10>
  bpf.store b64 %ctx, %s[0] : !bpf.reg<r1>, !bpf.slot
  // CHECK-NEXT: bpf.load u32 %[[FP]][-4] : !bpf.reg<r10> -> !bpf.reg<r3>
  %0 = bpf.load u32 %s[12] : !bpf.slot -> !bpf.reg<r3>
  // CHECK-NEXT: bpf.atomic add b64 %{{.*}}, %[[FP]][-8] : !bpf.reg<r3>, !bpf.reg<r10>
  bpf.atomic add b64 %0, %s[8] : !bpf.reg<r3>, !bpf.slot
  // CHECK-NEXT: %[[M:.*]] = bpf.mov w64 %[[FP]] : !bpf.reg<r10> -> !bpf.reg<r2>
  // CHECK-NEXT: bpf.alu_imm add w64 %[[M]], -12 : !bpf.reg<r2> -> !bpf.reg<r2>
  %1 = bpf.slot_addr %s[4] : !bpf.reg<r2>
  %2 = bpf.mov w64 %1 : !bpf.reg<r2> -> !bpf.reg<r0>
  bpf.exit %2 : !bpf.reg<r0>
}

// A slot that nobody accesses takes no place.
// CHECK-LABEL: @unused
// CHECK-SAME: frame 0
bpf.func @unused program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %s = bpf.slot size 16 align 8
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// The distance of a slot goes into the accesses at a variable offset from it,
// but not into one that the loader fills in.
// CHECK-LABEL: @variable
bpf.func @variable program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[FP:.*]] = bpf.frame_pointer : !bpf.reg<r10>
  %s = bpf.slot size 16 align 8
  // CHECK-NEXT: %[[I:.*]] = bpf.load u32
  // CHECK-NEXT: %[[M:.*]] = bpf.mov w64 %[[FP]] : !bpf.reg<r10> -> !bpf.reg<r2>
  // CHECK-NEXT: %[[A:.*]] = bpf.alu add w64 %[[M]], %[[I]]
  // CHECK-NEXT: bpf.store b8 %{{.*}}, %[[A]][-12]
  %i = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r3>
  %0 = bpf.slot_addr %s[4] : !bpf.reg<r2>
  %1 = bpf.alu add w64 %0, %i : (!bpf.reg<r2>, !bpf.reg<r3>) -> !bpf.reg<r2>
  bpf.store b8 %i, %1[0] : !bpf.reg<r3>, !bpf.reg<r2>
  // CHECK-NEXT: bpf.mov w64 %[[FP]]
  // CHECK-NEXT: bpf.alu_imm add w64 %{{.*}}, -16
  // CHECK-NEXT: bpf.load u32 %{{.*}}[4] field
  %2 = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %3 = bpf.load u32 %2[4] field "task_struct:pid" : !bpf.reg<r2> -> !bpf.reg<r0>
  bpf.exit %3 : !bpf.reg<r0>
}

// A raw instruction may read the register.
// CHECK-LABEL: @raw
bpf.func @raw program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %s = bpf.slot size 16 align 8
  // CHECK: bpf.alu_imm add w64 %{{.*}}, -16
  // CHECK-NEXT: bpf.load u8 %{{.*}}[1]
  %0 = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %1 = bpf.load u8 %0[1] : !bpf.reg<r2> -> !bpf.reg<r3>
  bpf.raw code 0xbf dst 0 src 2 off 0 imm 0
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
