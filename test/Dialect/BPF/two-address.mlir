// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-two-address))' | FileCheck %s

// CHECK-LABEL: @copies
bpf.func @copies program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[A:.*]] = bpf.load u32
  // CHECK: %[[B:.*]] = bpf.load u32
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  %b = bpf.load u32 %ctx[4] : !bpf.reg<r1> -> !bpf.reg
  // Both operands are used later.
  // CHECK-NEXT: %[[T:.*]] = bpf.mov w64 %[[A]]
  // CHECK-NEXT: %[[X:.*]] = bpf.alu sub w64 %[[T]], %[[B]]
  %x = bpf.alu sub w64 %a, %b : (!bpf.reg, !bpf.reg) -> !bpf.reg
  // The second operand is not used later, and the operation commutes.
  // CHECK-NEXT: %[[Y:.*]] = bpf.alu xor w32 %[[B]], %[[A]]
  %y = bpf.alu xor w32 %a, %b : (!bpf.reg, !bpf.reg) -> !bpf.reg
  // The last use needs no copy.
  // CHECK-NEXT: %[[Z:.*]] = bpf.alu_imm add w64 %[[A]], 3
  %z = bpf.alu_imm add w64 %a, 3 : !bpf.reg -> !bpf.reg
  // Nothing is subtracted from another register than its own.
  // CHECK-NEXT: %[[U:.*]] = bpf.alu sub w64 %[[Z]], %[[X]]
  %u = bpf.alu sub w64 %z, %x : (!bpf.reg, !bpf.reg) -> !bpf.reg
  // A result in a prescribed register takes a copy there.
  // CHECK-NEXT: %[[V:.*]] = bpf.mov w64 %[[U]] : !bpf.reg -> !bpf.reg<r0>
  // CHECK-NEXT: %[[R:.*]] = bpf.alu and w64 %[[V]], %[[Y]] : (!bpf.reg<r0>, !bpf.reg) -> !bpf.reg<r0>
  %r = bpf.alu and w64 %u, %y : (!bpf.reg, !bpf.reg) -> !bpf.reg<r0>
  // CHECK-NEXT: bpf.exit %[[R]]
  bpf.exit %r : !bpf.reg<r0>
}

// A constant is made again rather than copied.
// CHECK-LABEL: @constant
bpf.func @constant program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[C:.*]] = bpf.mov_imm w64 1
  %c = bpf.mov_imm w64 1 : !bpf.reg
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  // CHECK: %[[D:.*]] = bpf.mov_imm w64 1
  // CHECK-NEXT: bpf.alu lsh w64 %[[D]], %
  %x = bpf.alu lsh w64 %c, %a : (!bpf.reg, !bpf.reg) -> !bpf.reg
  bpf.store b64 %c, %ctx[8] : !bpf.reg, !bpf.reg<r1>
  %r = bpf.mov w64 %x : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// What a loop needs again is live after its last use in the loop.
// CHECK-LABEL: @loop
bpf.func @loop program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  %zero = bpf.mov_imm w64 0 : !bpf.reg
  bpf.ja ^loop(%zero, %zero : !bpf.reg, !bpf.reg)
// CHECK: ^bb1(%[[I:.*]]: !bpf.reg, %[[S:.*]]: !bpf.reg):
^loop(%i: !bpf.reg, %s: !bpf.reg):
  // CHECK-NEXT: %[[T:.*]] = bpf.mov w64 %{{.*}}
  // CHECK-NEXT: %[[N:.*]] = bpf.neg w64 %[[T]]
  %n = bpf.neg w64 %a : !bpf.reg -> !bpf.reg
  // CHECK-NEXT: bpf.alu add w64 %[[S]], %[[N]]
  %s2 = bpf.alu add w64 %s, %n : (!bpf.reg, !bpf.reg) -> !bpf.reg
  // CHECK-NEXT: bpf.alu_imm add w64 %[[I]], 1
  %i2 = bpf.alu_imm add w64 %i, 1 : !bpf.reg -> !bpf.reg
  bpf.jcond_imm lt w64 %i2, 9 : !bpf.reg ^loop(%i2, %s2 : !bpf.reg, !bpf.reg), ^done
^done:
  %r = bpf.mov w64 %s2 : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// The argument of a block with one predecessor is what is passed for it; a copy
// of a virtual register is the register.
// CHECK-LABEL: @simplified
bpf.func @simplified program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[A:.*]] = bpf.load
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  %b = bpf.mov w64 %a : !bpf.reg -> !bpf.reg
  // CHECK-NEXT: bpf.ja ^bb1{{$}}
  bpf.ja ^next(%b, %b : !bpf.reg, !bpf.reg)
// CHECK: ^bb1:
^next(%c: !bpf.reg, %unused: !bpf.reg):
  // CHECK-NEXT: bpf.mov w64 %[[A]] : !bpf.reg -> !bpf.reg<r0>
  %r = bpf.mov w64 %c : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
// CHECK-NOT: ^bb2
^unreachable:
  bpf.ja ^unreachable
}
