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

// What another register holds is moved from there, if that is shorter.
// CHECK-LABEL: @present
bpf.func @present program "xdp" section "xdp" license "GPL" frame 8 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[FP:.*]] = bpf.frame_pointer
  // CHECK-NEXT: %[[A:.*]] = bpf.mov w64 %[[FP]] : !bpf.reg<r10> -> !bpf.reg<r2>
  // CHECK-NEXT: %[[B:.*]] = bpf.alu_imm add w64 %[[A]], -8
  // CHECK-NEXT: %[[C:.*]] = bpf.mov w64 %[[B]] : !bpf.reg<r2> -> !bpf.reg<r3>
  // CHECK-NEXT: %[[D:.*]] = bpf.load u32 %{{.*}}[0] : !bpf.reg<r1> -> !bpf.reg<r4>
  // CHECK-NEXT: bpf.mov w64 %[[D]] : !bpf.reg<r4> -> !bpf.reg<r5>
  %fp = bpf.frame_pointer : !bpf.reg<r10>
  %a = bpf.mov w64 %fp : !bpf.reg<r10> -> !bpf.reg<r2>
  %b = bpf.alu_imm add w64 %a, -8 : !bpf.reg<r2> -> !bpf.reg<r2>
  %c = bpf.mov w64 %fp : !bpf.reg<r10> -> !bpf.reg<r3>
  %d = bpf.alu_imm add w64 %c, -8 : !bpf.reg<r3> -> !bpf.reg<r3>
  %e = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r4>
  %f = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r5>
  %p = bpf.call 4(%ctx, %b, %d, %e, %f)
    : (!bpf.reg<r1>, !bpf.reg<r2>, !bpf.reg<r3>, !bpf.reg<r4>, !bpf.reg<r5>) -> !bpf.reg<r0>
  bpf.exit %p : !bpf.reg<r0>
}

// A store may change what is loaded.
// CHECK-LABEL: @reloaded
bpf.func @reloaded program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[A:.*]] = bpf.load u32 %{{.*}}[0]
  // CHECK-NEXT: bpf.jcond_imm {{.*}} %[[A]], 0
  // CHECK: bpf.store b32 %[[A]]
  // CHECK-NEXT: bpf.load u32
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r2> ^next, ^out
^next:
  %b = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.store b32 %b, %ctx[4] : !bpf.reg<r2>, !bpf.reg<r1>
  %c = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.store b32 %c, %ctx[8] : !bpf.reg<r2>, !bpf.reg<r1>
  bpf.ja ^out
^out:
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// Masks and extensions that change no bit.
// CHECK-LABEL: @bits
bpf.func @bits program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[A:.*]] = bpf.load u8
  // CHECK-NEXT: bpf.store b8 %[[A]]
  // CHECK-NEXT: %[[B:.*]] = bpf.alu_imm and w64 %[[A]], 127
  // CHECK-NEXT: bpf.exit %[[B]]
  %a = bpf.load u8 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r0>
  %b = bpf.alu_imm and w64 %a, 255 : !bpf.reg<r0> -> !bpf.reg<r0>
  %c = bpf.mov w32 %b : !bpf.reg<r0> -> !bpf.reg<r0>
  bpf.store b8 %c, %ctx[0] : !bpf.reg<r0>, !bpf.reg<r1>
  %d = bpf.alu_imm and w64 %c, 127 : !bpf.reg<r0> -> !bpf.reg<r0>
  bpf.exit %d : !bpf.reg<r0>
}

// What a jump has found equal to an immediate is moved as that: the verifier need
// not know all that went into it.
// CHECK-LABEL: @tested
bpf.func @tested program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  %x = bpf.load u64 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r6>
  %y = bpf.load u32 %ctx[8] : !bpf.reg<r1> -> !bpf.reg<r7>
  bpf.jcond_imm eq w64 %x, 5 : !bpf.reg<r6> ^five, ^other
// CHECK: ^bb1:
^five:
  // CHECK: bpf.mov_imm w64 5 : !bpf.reg<r0>
  %five = bpf.mov w64 %x : !bpf.reg<r6> -> !bpf.reg<r0>
  bpf.exit %five : !bpf.reg<r0>
// CHECK: ^bb2:
^other:
  // CHECK: bpf.mov w64 %{{.*}} : !bpf.reg<r6> -> !bpf.reg<r2>
  %copy = bpf.mov w64 %x : !bpf.reg<r6> -> !bpf.reg<r2>
  bpf.store b64 %copy, %ctx[16] : !bpf.reg<r2>, !bpf.reg<r1>
  bpf.jcond_imm ne w32 %y, -1 : !bpf.reg<r7> ^unlike, ^ones
// CHECK: ^bb3:
^unlike:
  // CHECK: bpf.mov w64
  %unlike = bpf.mov w64 %y : !bpf.reg<r7> -> !bpf.reg<r0>
  bpf.exit %unlike : !bpf.reg<r0>
// CHECK: ^bb4:
^ones:
  // CHECK: bpf.mov_imm w32 -1 : !bpf.reg<r0>
  %ones = bpf.mov w64 %y : !bpf.reg<r7> -> !bpf.reg<r0>
  bpf.exit %ones : !bpf.reg<r0>
}

// Of the upper half a comparison of 32 bits says nothing, and nothing is known
// where other ways lead, too.
// CHECK-LABEL: @untested
bpf.func @untested program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-NOT: bpf.mov_imm
  %x = bpf.load u64 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r6>
  bpf.jcond_imm eq w32 %x, 5 : !bpf.reg<r6> ^low, ^other
^low:
  %low = bpf.mov w64 %x : !bpf.reg<r6> -> !bpf.reg<r0>
  bpf.exit %low : !bpf.reg<r0>
^other:
  %y = bpf.load u64 %ctx[8] : !bpf.reg<r1> -> !bpf.reg<r7>
  bpf.jcond_imm eq w64 %y, 5 : !bpf.reg<r7> ^out, ^more
^more:
  bpf.store b64 %x, %ctx[8] : !bpf.reg<r6>, !bpf.reg<r1>
  bpf.ja ^out
^out:
  %r = bpf.mov w64 %y : !bpf.reg<r7> -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// A number that another register has, as long as that is kept.
// CHECK-LABEL: @number
bpf.func @number program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[ONE:.*]] = bpf.mov_imm w64 1 : !bpf.reg<r6>
  // CHECK-NEXT: bpf.atomic add b64 %[[ONE]],
  // CHECK-NEXT: bpf.store b32 %[[ONE]]
  // CHECK-NEXT: %[[OTHER:.*]] = bpf.mov_imm w64 1 : !bpf.reg<r2>
  // CHECK-NEXT: bpf.load u32 {{.*}} -> !bpf.reg<r6>
  // CHECK-NEXT: bpf.atomic add b64 %[[OTHER]],
  %p = bpf.load u64 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r3>
  %one = bpf.mov_imm w64 1 : !bpf.reg<r6>
  %a = bpf.mov_imm w64 1 : !bpf.reg<r2>
  bpf.atomic add b64 %a, %p[0] : !bpf.reg<r2>, !bpf.reg<r3>
  bpf.store b32 %one, %ctx[4] : !bpf.reg<r6>, !bpf.reg<r1>
  %b = bpf.mov_imm w64 1 : !bpf.reg<r2>
  %n = bpf.load u32 %ctx[8] : !bpf.reg<r1> -> !bpf.reg<r6>
  bpf.atomic add b64 %b, %p[0] : !bpf.reg<r2>, !bpf.reg<r3>
  bpf.store b32 %n, %ctx[4] : !bpf.reg<r6>, !bpf.reg<r1>
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// What is moved to a register is computed there, if that is free.
// CHECK-LABEL: @in_place
bpf.func @in_place program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[A:.*]] = bpf.load u64 {{.*}} -> !bpf.reg<r6>
  // CHECK-NEXT: %[[C:.*]] = bpf.mov_imm w32 -1 : !bpf.reg<r3>
  // CHECK-NEXT: %[[B:.*]] = bpf.alu or w64 %[[C]], %[[A]] : (!bpf.reg<r3>, !bpf.reg<r6>) -> !bpf.reg<r3>
  // CHECK-NEXT: bpf.store b64 %[[B]]
  %a = bpf.load u64 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r6>
  %c = bpf.mov_imm w32 -1 : !bpf.reg<r2>
  %b = bpf.alu or w64 %a, %c : (!bpf.reg<r6>, !bpf.reg<r2>) -> !bpf.reg<r6>
  %moved = bpf.mov w64 %b : !bpf.reg<r6> -> !bpf.reg<r3>
  bpf.store b64 %moved, %ctx[8] : !bpf.reg<r3>, !bpf.reg<r1>
  // The register is needed up to the move.
  // CHECK: bpf.alu or w64 %{{.*}} : (!bpf.reg<r6>, !bpf.reg<r2>) -> !bpf.reg<r6>
  %d = bpf.load u64 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r6>
  %e = bpf.mov_imm w32 -1 : !bpf.reg<r2>
  %f = bpf.alu or w64 %d, %e : (!bpf.reg<r6>, !bpf.reg<r2>) -> !bpf.reg<r6>
  bpf.store b64 %moved, %ctx[16] : !bpf.reg<r3>, !bpf.reg<r1>
  %last = bpf.mov w64 %f : !bpf.reg<r6> -> !bpf.reg<r3>
  bpf.store b64 %last, %ctx[8] : !bpf.reg<r3>, !bpf.reg<r1>
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// What a jump has found of one register, the verifier does not know of another one
// that holds the same by computation; of a copy it does.
// CHECK-LABEL: @computed_twice
bpf.func @computed_twice program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  %a = bpf.load u16 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r7>
  %b = bpf.mov w64 %a : !bpf.reg<r7> -> !bpf.reg<r6>
  %l = bpf.alu_imm lsh w64 %b, 48 : !bpf.reg<r6> -> !bpf.reg<r6>
  %c = bpf.alu_imm arsh w64 %l, 48 : !bpf.reg<r6> -> !bpf.reg<r6>
  // CHECK: bpf.alu_imm lsh w64 {{.*}} -> !bpf.reg<r7>
  // CHECK-NEXT: %[[D:.*]] = bpf.alu_imm arsh w64 {{.*}} -> !bpf.reg<r7>
  %m = bpf.alu_imm lsh w64 %a, 48 : !bpf.reg<r7> -> !bpf.reg<r7>
  %d = bpf.alu_imm arsh w64 %m, 48 : !bpf.reg<r7> -> !bpf.reg<r7>
  bpf.store b64 %c, %ctx[8] : !bpf.reg<r6>, !bpf.reg<r1>
  bpf.jcond_imm gt w64 %d, 7 : !bpf.reg<r7> ^out, ^in
^in:
  // CHECK: %[[E:.*]] = bpf.mov w64 %[[D]] : !bpf.reg<r7> -> !bpf.reg<r6>
  // CHECK-NEXT: bpf.store b64 %[[E]]
  // CHECK-NEXT: bpf.store b64 %[[E]]
  // CHECK-NOT: bpf.mov w64
  %e = bpf.mov w64 %d : !bpf.reg<r7> -> !bpf.reg<r6>
  bpf.store b64 %e, %ctx[16] : !bpf.reg<r6>, !bpf.reg<r1>
  %f = bpf.mov w64 %d : !bpf.reg<r7> -> !bpf.reg<r6>
  bpf.store b64 %f, %ctx[24] : !bpf.reg<r6>, !bpf.reg<r1>
  bpf.ja ^out
^out:
  // CHECK: bpf.exit
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
