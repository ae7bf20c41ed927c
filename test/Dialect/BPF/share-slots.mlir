// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-share-slots))' > %t
// RUN: FileCheck %s < %t
// RUN: whistler-opt %t --pass-pipeline='builtin.module(bpf.func(bpf-share-slots))' | diff %t -

whistler.map @m type "hash" key 4 value 8 entries 1

// Keys of two calls, the second shorter than the first: one place for both, in
// front of everything.
// CHECK-LABEL: @keys
bpf.func @keys program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-NEXT: ^bb0
  // CHECK-NEXT: %[[S:.*]] = bpf.slot size 8 align 8
  // CHECK-NOT: bpf.slot size
  // CHECK: bpf.store b64 %{{.*}}, %[[S]][0]
  // CHECK: bpf.slot_addr %[[S]][0]
  %a = bpf.slot size 4 align 4
  %x = bpf.load u64 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  %b = bpf.slot size 8 align 8
  bpf.store b64 %x, %b[0] : !bpf.reg, !bpf.slot
  %m1 = bpf.ld_map @m : !bpf.reg<r1>
  %k1 = bpf.slot_addr %b[0] : !bpf.reg<r2>
  %r1 = bpf.call 1(%m1, %k1) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  // CHECK: bpf.store_imm b32 1, %[[S]][0]
  // CHECK: bpf.slot_addr %[[S]][0]
  bpf.store_imm b32 1, %a[0] : !bpf.slot
  %m2 = bpf.ld_map @m : !bpf.reg<r1>
  %k2 = bpf.slot_addr %a[0] : !bpf.reg<r2>
  %r2 = bpf.call 1(%m2, %k2) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// A key and a value of one call, and a key that a later call reads again.
// CHECK-LABEL: @together
bpf.func @together program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-COUNT-2: bpf.slot size 8 align 8
  %k = bpf.slot size 8 align 8
  %v = bpf.slot size 8 align 8
  bpf.store_imm b64 1, %k[0] : !bpf.slot
  bpf.store_imm b64 2, %v[0] : !bpf.slot
  %m1 = bpf.ld_map @m : !bpf.reg<r1>
  %k1 = bpf.slot_addr %k[0] : !bpf.reg<r2>
  %v1 = bpf.slot_addr %v[0] : !bpf.reg<r3>
  %f1 = bpf.mov_imm w64 0 : !bpf.reg<r4>
  %r1 = bpf.call 2(%m1, %k1, %v1, %f1) : (!bpf.reg<r1>, !bpf.reg<r2>, !bpf.reg<r3>, !bpf.reg<r4>) -> !bpf.reg<r0>
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// A helper that fills memory needs nothing of it: not what was there before in
// the round before this one.
// CHECK-LABEL: @filled
bpf.func @filled program "tc" section "tc" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.slot size 8 align 8
  // CHECK-NOT: bpf.slot size
  %c = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg
  %a = bpf.slot size 8 align 8
  %b = bpf.slot size 8 align 8
  bpf.ja ^loop
^loop:
  bpf.store_imm b64 1, %b[0] : !bpf.slot
  %m1 = bpf.ld_map @m : !bpf.reg<r1>
  %k1 = bpf.slot_addr %b[0] : !bpf.reg<r2>
  %r1 = bpf.call 1(%m1, %k1) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %c1 = bpf.mov w64 %c : !bpf.reg -> !bpf.reg<r1>
  %o1 = bpf.mov_imm w64 0 : !bpf.reg<r2>
  %p1 = bpf.slot_addr %a[0] : !bpf.reg<r3>
  %s1 = bpf.mov_imm w64 4 : !bpf.reg<r4>
  %r2 = bpf.call 26(%c1, %o1, %p1, %s1) : (!bpf.reg<r1>, !bpf.reg<r2>, !bpf.reg<r3>, !bpf.reg<r4>) -> !bpf.reg<r0>
  %x = bpf.load u32 %a[0] : !bpf.slot -> !bpf.reg
  bpf.jcond_imm eq w64 %x, 0 : !bpf.reg ^loop, ^end
^end:
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// What a round of the loop leaves of the first slot, the next one reads.
// CHECK-LABEL: @padding
bpf.func @padding program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-COUNT-2: bpf.slot size 8 align 8
  %a = bpf.slot size 8 align 8
  %b = bpf.slot size 8 align 8
  bpf.store_imm b64 0, %a[0] : !bpf.slot
  bpf.ja ^loop
^loop:
  bpf.store_imm b32 1, %a[0] : !bpf.slot
  %m1 = bpf.ld_map @m : !bpf.reg<r1>
  %k1 = bpf.slot_addr %a[0] : !bpf.reg<r2>
  %r1 = bpf.call 1(%m1, %k1) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.store_imm b64 2, %b[0] : !bpf.slot
  %m2 = bpf.ld_map @m : !bpf.reg<r1>
  %k2 = bpf.slot_addr %b[0] : !bpf.reg<r2>
  %r2 = bpf.call 1(%m2, %k2) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %x = bpf.mov w64 %r2 : !bpf.reg<r0> -> !bpf.reg
  bpf.jcond_imm eq w64 %x, 0 : !bpf.reg ^loop, ^end
^end:
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// An access at a variable offset may be anywhere in the slot, and in no other.
// CHECK-LABEL: @variable
bpf.func @variable program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[S:.*]] = bpf.slot size 16 align 8
  // CHECK: %[[T:.*]] = bpf.slot size 8 align 8
  // CHECK-NOT: bpf.slot size
  %a = bpf.slot size 16 align 8
  %b = bpf.slot size 8 align 8
  %c = bpf.slot size 8 align 8
  %i = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  // CHECK: bpf.store_imm b64 0, %[[S]][0]
  // CHECK: bpf.store_imm b64 1, %[[T]][0]
  bpf.store_imm b64 0, %a[0] : !bpf.slot
  bpf.store_imm b64 1, %b[0] : !bpf.slot
  %p = bpf.slot_addr %a[0] : !bpf.reg
  %q = bpf.alu add w64 %p, %i : (!bpf.reg, !bpf.reg) -> !bpf.reg
  %x = bpf.load u8 %q[0] : !bpf.reg -> !bpf.reg
  %y = bpf.load u64 %b[0] : !bpf.slot -> !bpf.reg
  // CHECK: bpf.store b64 %{{.*}}, %[[S]][0]
  bpf.store b64 %y, %c[0] : !bpf.reg, !bpf.slot
  %z = bpf.load u64 %c[0] : !bpf.slot -> !bpf.reg
  %s = bpf.alu add w64 %z, %x : (!bpf.reg, !bpf.reg) -> !bpf.reg
  %r = bpf.mov w64 %s : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

bpf.func @callee params [#whistler.param<"a" : ui64>, #whistler.param<"b" : ui64>] result ui64 {
^bb0(%a: !bpf.reg<r1>, %b: !bpf.reg<r2>):
  bpf.store b64 %b, %a[0] : !bpf.reg<r2>, !bpf.reg<r1>
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// Addresses that are kept: in memory, by a function, in a block's argument.
// CHECK-LABEL: @kept
bpf.func @kept program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-COUNT-5: bpf.slot size 8 align 8
  %a = bpf.slot size 8 align 8
  %b = bpf.slot size 8 align 8
  %c = bpf.slot size 8 align 8
  %d = bpf.slot size 8 align 8
  %e = bpf.slot size 8 align 8
  %p = bpf.slot_addr %a[0] : !bpf.reg
  bpf.store b64 %p, %e[0] : !bpf.reg, !bpf.slot
  %u = bpf.load u64 %e[0] : !bpf.slot -> !bpf.reg
  bpf.store_imm b64 0, %u[0] : !bpf.reg
  %p1 = bpf.slot_addr %b[0] : !bpf.reg<r1>
  %p2 = bpf.slot_addr %c[0] : !bpf.reg<r2>
  %f = bpf.call_func @callee(%p1, %p2) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %q = bpf.slot_addr %d[0] : !bpf.reg
  bpf.ja ^next(%q : !bpf.reg)
^next(%v: !bpf.reg):
  bpf.store_imm b64 0, %v[0] : !bpf.reg
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
