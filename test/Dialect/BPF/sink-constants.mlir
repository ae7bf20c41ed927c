// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-sink-constants))' | FileCheck %s

whistler.map @m type "array" key 4 value 8 entries 1

// CHECK-LABEL: @returned
bpf.func @returned program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-NOT: bpf.mov_imm
  %two = bpf.mov_imm w64 2 : !bpf.reg
  %unused = bpf.mov_imm w64 3 : !bpf.reg
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  // CHECK: bpf.jcond_imm
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg ^drop, ^next
^drop:
  // CHECK: %[[C:.*]] = bpf.mov_imm w64 2 : !bpf.reg{{$}}
  // CHECK-NEXT: bpf.ja ^bb3(%[[C]] : !bpf.reg)
  bpf.ja ^exit(%two : !bpf.reg)
^next:
  // CHECK: %[[D:.*]] = bpf.mov_imm w64 2 : !bpf.reg{{$}}
  // CHECK-NEXT: bpf.store b32 %[[D]]
  bpf.store b32 %two, %ctx[0] : !bpf.reg, !bpf.reg<r1>
  // CHECK: bpf.mov_imm w64 2 : !bpf.reg<r1>
  // CHECK-NEXT: bpf.call
  %arg = bpf.mov w64 %two : !bpf.reg -> !bpf.reg<r1>
  %b = bpf.call 5(%arg) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  %c = bpf.mov w64 %b : !bpf.reg<r0> -> !bpf.reg
  bpf.ja ^exit(%c : !bpf.reg)
^exit(%e : !bpf.reg):
  %r = bpf.mov w64 %e : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// The address of a map is made twice, but kept for a third use.
// CHECK-LABEL: @maps
bpf.func @maps program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[KEPT:.*]] = bpf.ld_map @m : !bpf.reg{{$}}
  %twice = bpf.ld_map @m : !bpf.reg
  %often = bpf.ld_map @m : !bpf.reg
  // CHECK-NEXT: bpf.mov w64 %[[KEPT]] : !bpf.reg -> !bpf.reg<r1>
  %1 = bpf.mov w64 %often : !bpf.reg -> !bpf.reg<r1>
  %2 = bpf.call 7(%1) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  // CHECK: bpf.mov w64 %[[KEPT]] : !bpf.reg -> !bpf.reg<r1>
  %3 = bpf.mov w64 %often : !bpf.reg -> !bpf.reg<r1>
  %4 = bpf.call 7(%3) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  // CHECK: bpf.mov w64 %[[KEPT]] : !bpf.reg -> !bpf.reg<r1>
  %5 = bpf.mov w64 %often : !bpf.reg -> !bpf.reg<r1>
  %6 = bpf.call 7(%5) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  // CHECK: bpf.ld_map @m : !bpf.reg<r1>
  %7 = bpf.mov w64 %twice : !bpf.reg -> !bpf.reg<r1>
  %8 = bpf.call 7(%7) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  // CHECK: bpf.ld_map @m : !bpf.reg<r1>
  %9 = bpf.mov w64 %twice : !bpf.reg -> !bpf.reg<r1>
  %10 = bpf.call 7(%9) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  bpf.exit %10 : !bpf.reg<r0>
}

// Nothing is moved into a loop.
// CHECK-LABEL: @loop
bpf.func @loop program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[C:.*]] = bpf.mov_imm w64 7
  %c = bpf.mov_imm w64 7 : !bpf.reg
  %zero = bpf.mov_imm w64 0 : !bpf.reg
  // CHECK: bpf.ja
  bpf.ja ^loop(%zero : !bpf.reg)
^loop(%i: !bpf.reg):
  // CHECK: bpf.store b64 %[[C]]
  bpf.store b64 %c, %ctx[0] : !bpf.reg, !bpf.reg<r1>
  %i2 = bpf.alu_imm add w64 %i, 1 : !bpf.reg -> !bpf.reg
  bpf.jcond_imm lt w64 %i2, 9 : !bpf.reg ^loop(%i2 : !bpf.reg), ^done
^done:
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// A result that is in r0 would have to be copied to where the constant has to
// be, which the second jump sets in any case.
// CHECK-LABEL: @result
bpf.func @result program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %slot = bpf.slot size 8 align 8
  bpf.store_imm b64 0, %slot[0] : !bpf.slot
  %map = bpf.ld_map @m : !bpf.reg<r1>
  %key = bpf.slot_addr %slot[0] : !bpf.reg<r2>
  %0 = bpf.call 1(%map, %key) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  // CHECK: %[[P:.*]] = bpf.mov w64 %{{.*}} : !bpf.reg<r0>
  // CHECK: %[[ZERO:.*]] = bpf.mov_imm w64 0
  // CHECK: bpf.jcond_imm ne w64 %[[P]], 0 : !bpf.reg ^{{.*}}, ^{{.*}}(%[[ZERO]] :
  %p = bpf.mov w64 %0 : !bpf.reg<r0> -> !bpf.reg
  %zero = bpf.mov_imm w64 0 : !bpf.reg
  bpf.jcond_imm ne w64 %p, 0 : !bpf.reg ^load, ^join(%zero : !bpf.reg)
^load:
  %n = bpf.load u64 %p[0] : !bpf.reg -> !bpf.reg
  %zero2 = bpf.mov_imm w64 0 : !bpf.reg
  bpf.jcond_imm eq w64 %n, 1 : !bpf.reg ^join(%n : !bpf.reg), ^join(%zero2 : !bpf.reg)
^join(%x: !bpf.reg):
  bpf.store b32 %x, %slot[0] : !bpf.reg, !bpf.slot
  %map2 = bpf.ld_map @m : !bpf.reg<r1>
  %key2 = bpf.slot_addr %slot[0] : !bpf.reg<r2>
  %1 = bpf.call 1(%map2, %key2) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %r = bpf.mov w64 %x : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
