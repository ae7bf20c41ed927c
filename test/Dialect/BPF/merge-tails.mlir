// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-merge-tails))' > %t
// RUN: FileCheck %s < %t
// RUN: whistler-opt %t --pass-pipeline='builtin.module(bpf.func(bpf-merge-tails))' | diff %t -

whistler.map @m type "array" key 4 value 8 entries 1
whistler.map @n type "array" key 4 value 8 entries 1

// What differs is passed to the shared instructions.
// CHECK-LABEL: @exits
bpf.func @exits program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  // CHECK: bpf.jcond_imm eq {{.*}} ^bb1, ^bb3
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r2> ^left, ^right
^left:
  // CHECK: ^bb1:
  // CHECK-NEXT: %[[L:.*]] = bpf.load u32 %{{.*}}[4]
  // CHECK-NEXT: bpf.ja ^bb2(%[[L]] : !bpf.reg<r3>)
  // CHECK: ^bb2(%[[X:.*]]: !bpf.reg<r3>):
  // CHECK-NEXT: %[[S:.*]] = bpf.alu_imm add w64 %[[X]], 1
  // CHECK-NEXT: bpf.store b32 %[[S]]
  // CHECK-NEXT: bpf.mov_imm w64 2
  // CHECK-NEXT: bpf.exit
  %b = bpf.load u32 %ctx[4] : !bpf.reg<r1> -> !bpf.reg<r3>
  %c = bpf.alu_imm add w64 %b, 1 : !bpf.reg<r3> -> !bpf.reg<r3>
  bpf.store b32 %c, %ctx[8] : !bpf.reg<r3>, !bpf.reg<r1>
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
^right:
  // CHECK: ^bb3:
  // CHECK-NEXT: %[[R:.*]] = bpf.load u32 %{{.*}}[12]
  // CHECK-NEXT: bpf.ja ^bb2(%[[R]] : !bpf.reg<r3>)
  // CHECK-NEXT: }
  %d = bpf.load u32 %ctx[12] : !bpf.reg<r1> -> !bpf.reg<r3>
  %e = bpf.alu_imm add w64 %d, 1 : !bpf.reg<r3> -> !bpf.reg<r3>
  bpf.store b32 %e, %ctx[8] : !bpf.reg<r3>, !bpf.reg<r1>
  %q = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %q : !bpf.reg<r0>
}

// An exit of one instruction would only become a jump.
// CHECK-LABEL: @short
bpf.func @short program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r2> ^left, ^right
^left:
  // CHECK: bpf.mov_imm w64 1
  // CHECK-NEXT: bpf.exit
  %r = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
^right:
  // CHECK: bpf.mov_imm w64 2
  // CHECK-NEXT: bpf.exit
  %q = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %q : !bpf.reg<r0>
}

// The longest sequence first; of what is left, two blocks share the rest.
// CHECK-LABEL: @three
bpf.func @three program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r2> ^x, ^other
^other:
  bpf.jcond_imm eq w64 %a, 1 : !bpf.reg<r2> ^y, ^z
  // CHECK-COUNT-1: bpf.store_imm b32 7
  // CHECK-COUNT-1: bpf.store_imm b32 8
  // CHECK-NOT: bpf.store_imm b32 7
  // CHECK-NOT: bpf.store_imm b32 8
^x:
  bpf.store_imm b32 1, %ctx[0] : !bpf.reg<r1>
  bpf.store_imm b32 7, %ctx[4] : !bpf.reg<r1>
  bpf.store_imm b32 8, %ctx[8] : !bpf.reg<r1>
  bpf.ja ^end
^y:
  bpf.store_imm b32 2, %ctx[0] : !bpf.reg<r1>
  bpf.store_imm b32 7, %ctx[4] : !bpf.reg<r1>
  bpf.store_imm b32 8, %ctx[8] : !bpf.reg<r1>
  bpf.ja ^end
^z:
  bpf.store_imm b32 3, %ctx[0] : !bpf.reg<r1>
  bpf.store_imm b32 8, %ctx[8] : !bpf.reg<r1>
  bpf.ja ^end
^end:
  %r = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// The verifier takes one instruction either for the context or for memory.
// CHECK-LABEL: @pointers
bpf.func @pointers program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r2> ^left, ^right
^left:
  // CHECK: bpf.load u32 %{{.*}}[8]
  // CHECK-NEXT: bpf.ja
  // CHECK: bpf.alu_imm and
  %b = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg<r3>
  %c = bpf.load u32 %b[8] : !bpf.reg<r3> -> !bpf.reg<r0>
  %d = bpf.alu_imm and w64 %c, 1 : !bpf.reg<r0> -> !bpf.reg<r0>
  bpf.exit %d : !bpf.reg<r0>
^right:
  // CHECK-NOT: bpf.alu_imm and
  // CHECK: bpf.load u32 %{{.*}}[8]
  // CHECK-NEXT: bpf.ja
  // CHECK-NEXT: }
  %e = bpf.mov w64 %a : !bpf.reg<r2> -> !bpf.reg<r3>
  %f = bpf.load u32 %e[8] : !bpf.reg<r3> -> !bpf.reg<r0>
  %g = bpf.alu_imm and w64 %f, 1 : !bpf.reg<r0> -> !bpf.reg<r0>
  bpf.exit %g : !bpf.reg<r0>
}

// A call for two maps would not be compiled in line.
// CHECK-LABEL: @maps
bpf.func @maps program "xdp" section "xdp" license "GPL" frame 8 {
^bb0(%ctx: !bpf.reg<r1>):
  %fp = bpf.frame_pointer : !bpf.reg<r10>
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r6>
  bpf.store_imm b32 0, %fp[-4] : !bpf.reg<r10>
  %k0 = bpf.mov w64 %fp : !bpf.reg<r10> -> !bpf.reg<r2>
  %k = bpf.alu_imm add w64 %k0, -4 : !bpf.reg<r2> -> !bpf.reg<r2>
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r6> ^left, ^right
^left:
  // CHECK-COUNT-2: bpf.call 1
  %m = bpf.ld_map @m : !bpf.reg<r1>
  %p = bpf.call 1(%m, %k) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.exit %p : !bpf.reg<r0>
^right:
  %n = bpf.ld_map @n : !bpf.reg<r1>
  %q = bpf.call 1(%n, %k) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.exit %q : !bpf.reg<r0>
}
