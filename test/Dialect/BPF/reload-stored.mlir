// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-reload-stored))' > %t
// RUN: FileCheck %s < %t
// RUN: whistler-opt %t --pass-pipeline='builtin.module(bpf.func(bpf-reload-stored))' | diff %t -

whistler.map @m type "hash" key 4 value 8 entries 8

// A key that is an argument once more behind the lookup.
// CHECK-LABEL: @key
bpf.func @key program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[S:.*]] = bpf.slot size 8 align 4
  // CHECK-NEXT: %[[KEY:.*]] = bpf.load u32 %{{.*}}[16] : !bpf.reg<r1> -> !bpf.reg<r2>
  // CHECK-NEXT: bpf.store b32 %[[KEY]], %[[S]][4]
  // CHECK-NEXT: bpf.load u32 %{{.*}}[20] : !bpf.reg<r1> -> !bpf.reg<r1>
  // CHECK-NEXT: bpf.jcond_imm {{.*}}
  // CHECK-NEXT: ^bb1:
  // CHECK-NEXT: bpf.store_imm b32 7, %[[S]][0]
  // CHECK-NEXT: bpf.ld_map
  // CHECK: bpf.call 1(
  // CHECK: bpf.load u32 %[[S]][4] : !bpf.slot -> !bpf.reg<r2>
  // CHECK: bpf.call 51(
  %s = bpf.slot size 8 align 4
  %key = bpf.load u32 %ctx[16] : !bpf.reg<r1> -> !bpf.reg<r8>
  %other = bpf.load u32 %ctx[20] : !bpf.reg<r1> -> !bpf.reg<r1>
  bpf.jcond_imm eq w64 %other, 0 : !bpf.reg<r1> ^bb1, ^bb2
^bb1:
  bpf.store_imm b32 7, %s[0] : !bpf.slot
  bpf.store b32 %key, %s[4] : !bpf.reg<r8>, !bpf.slot
  %map = bpf.ld_map @m : !bpf.reg<r1>
  %address = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %entry = bpf.call 1(%map, %address) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %map2 = bpf.ld_map @m : !bpf.reg<r1>
  %key2 = bpf.mov w64 %key : !bpf.reg<r8> -> !bpf.reg<r2>
  %flags = bpf.mov_imm w64 1 : !bpf.reg<r3>
  %verdict = bpf.call 51(%map2, %key2, %flags) : (!bpf.reg<r1>, !bpf.reg<r2>, !bpf.reg<r3>) -> !bpf.reg<r0>
  bpf.exit %verdict : !bpf.reg<r0>
^bb2:
  %two = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %two : !bpf.reg<r0>
}

// What only waits to be stored does so in the slot.
// CHECK-LABEL: @waiting
bpf.func @waiting program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[V:.*]] = bpf.load u32 %{{.*}}[16] : !bpf.reg<r1> -> !bpf.reg<r2>
  // CHECK-NEXT: bpf.store b32 %[[V]], %{{.*}}[0]
  // CHECK-NEXT: bpf.call 5
  %s = bpf.slot size 8 align 4
  %v = bpf.load u32 %ctx[16] : !bpf.reg<r1> -> !bpf.reg<r6>
  %now = bpf.call 5() : () -> !bpf.reg<r0>
  bpf.store b32 %v, %s[0] : !bpf.reg<r6>, !bpf.slot
  bpf.store_imm b32 0, %s[4] : !bpf.slot
  %map = bpf.ld_map @m : !bpf.reg<r1>
  %address = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %entry = bpf.call 1(%map, %address) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %two = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %two : !bpf.reg<r0>
}

// The slot has another key before: what is there is read or overwritten.
// CHECK-LABEL: @occupied
bpf.func @occupied program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.load u32 %{{.*}}[16] : !bpf.reg<r1> -> !bpf.reg<r6>
  // CHECK: bpf.call 1(
  // CHECK: bpf.store b32 %{{.*}}, %{{.*}}[0] : !bpf.reg<r6>, !bpf.slot
  %s = bpf.slot size 4 align 4
  %v = bpf.load u32 %ctx[16] : !bpf.reg<r1> -> !bpf.reg<r6>
  bpf.store_imm b32 0, %s[0] : !bpf.slot
  %map = bpf.ld_map @m : !bpf.reg<r1>
  %address = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %entry = bpf.call 1(%map, %address) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.store b32 %v, %s[0] : !bpf.reg<r6>, !bpf.slot
  %map2 = bpf.ld_map @m : !bpf.reg<r1>
  %address2 = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %entry2 = bpf.call 1(%map2, %address2) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %two = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %two : !bpf.reg<r0>
}

// The helper may change what it gets the address of: `skb_load_bytes` fills it.
// CHECK-LABEL: @filled
bpf.func @filled program "sched_cls" section "tc" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.load u32 %{{.*}}[40] : !bpf.reg<r1> -> !bpf.reg<r7>
  // CHECK: bpf.call 26(
  // CHECK: bpf.mov w64 %{{.*}} : !bpf.reg<r7> -> !bpf.reg<r1>
  %s = bpf.slot size 4 align 4
  %v = bpf.load u32 %ctx[40] : !bpf.reg<r1> -> !bpf.reg<r7>
  bpf.store b32 %v, %s[0] : !bpf.reg<r7>, !bpf.slot
  %from = bpf.mov_imm w64 0 : !bpf.reg<r2>
  %to = bpf.slot_addr %s[0] : !bpf.reg<r3>
  %size = bpf.mov_imm w64 4 : !bpf.reg<r4>
  %failed = bpf.call 26(%ctx, %from, %to, %size) : (!bpf.reg<r1>, !bpf.reg<r2>, !bpf.reg<r3>, !bpf.reg<r4>) -> !bpf.reg<r0>
  %port = bpf.mov w64 %v : !bpf.reg<r7> -> !bpf.reg<r1>
  %flags = bpf.mov_imm w64 0 : !bpf.reg<r2>
  %verdict = bpf.call 23(%port, %flags) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.exit %verdict : !bpf.reg<r0>
}

// The size of memory has to be known to the verifier, which forgets what is
// known of the stack's content on some kernels.
// CHECK-LABEL: @size
bpf.func @size program "sched_cls" section "tc" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.load u8 %{{.*}}[40] : !bpf.reg<r1> -> !bpf.reg<r7>
  // CHECK: bpf.mov w64 %{{.*}} : !bpf.reg<r7> -> !bpf.reg<r4>
  %s = bpf.slot size 4 align 4
  %t = bpf.slot size 256 align 8
  %ctx6 = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg<r6>
  %v = bpf.load u8 %ctx[40] : !bpf.reg<r1> -> !bpf.reg<r7>
  bpf.store b32 %v, %s[0] : !bpf.reg<r7>, !bpf.slot
  %map = bpf.ld_map @m : !bpf.reg<r1>
  %address = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %entry = bpf.call 1(%map, %address) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %ctx1 = bpf.mov w64 %ctx6 : !bpf.reg<r6> -> !bpf.reg<r1>
  %from = bpf.mov_imm w64 0 : !bpf.reg<r2>
  %to = bpf.slot_addr %t[0] : !bpf.reg<r3>
  %size = bpf.mov w64 %v : !bpf.reg<r7> -> !bpf.reg<r4>
  %failed = bpf.call 26(%ctx1, %from, %to, %size) : (!bpf.reg<r1>, !bpf.reg<r2>, !bpf.reg<r3>, !bpf.reg<r4>) -> !bpf.reg<r0>
  bpf.exit %failed : !bpf.reg<r0>
}

// A part of the number is not all of it.
// CHECK-LABEL: @part
bpf.func @part program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.load u32 %{{.*}}[16] : !bpf.reg<r1> -> !bpf.reg<r8>
  // CHECK: bpf.mov w64 %{{.*}} : !bpf.reg<r8> -> !bpf.reg<r1>
  %s = bpf.slot size 4 align 4
  %key = bpf.load u32 %ctx[16] : !bpf.reg<r1> -> !bpf.reg<r8>
  bpf.store b16 %key, %s[0] : !bpf.reg<r8>, !bpf.slot
  bpf.store_imm b16 0, %s[2] : !bpf.slot
  %map = bpf.ld_map @m : !bpf.reg<r1>
  %address = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %entry = bpf.call 1(%map, %address) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %port = bpf.mov w64 %key : !bpf.reg<r8> -> !bpf.reg<r1>
  %flags = bpf.mov_imm w64 0 : !bpf.reg<r2>
  %verdict = bpf.call 23(%port, %flags) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.exit %verdict : !bpf.reg<r0>
}

// In a loop the slot has the last round's key still where it is read first.
// CHECK-LABEL: @loop
bpf.func @loop program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.call 7
  // CHECK: bpf.mov w64 %{{.*}} : !bpf.reg<r0> -> !bpf.reg<r7>
  // CHECK: bpf.call 1(
  // CHECK: bpf.store b64 %{{.*}}, %{{.*}}[0] : !bpf.reg<r7>, !bpf.slot
  %s = bpf.slot size 8 align 8
  bpf.store_imm b64 0, %s[0] : !bpf.slot
  bpf.ja ^bb1
^bb1:
  %random = bpf.call 7() : () -> !bpf.reg<r0>
  %v = bpf.mov w64 %random : !bpf.reg<r0> -> !bpf.reg<r7>
  %map = bpf.ld_map @m : !bpf.reg<r1>
  %address = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %entry = bpf.call 1(%map, %address) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.store b64 %v, %s[0] : !bpf.reg<r7>, !bpf.slot
  bpf.jcond_imm eq w64 %entry, 0 : !bpf.reg<r0> ^bb1, ^bb2
^bb2:
  %two = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %two : !bpf.reg<r0>
}
