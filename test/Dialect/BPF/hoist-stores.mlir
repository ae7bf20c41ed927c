// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-hoist-stores))' > %t
// RUN: FileCheck %s < %t
// RUN: whistler-opt %t --pass-pipeline='builtin.module(bpf.func(bpf-hoist-stores))' | diff %t -

// Both ways store to the same bytes: the block that does nothing else is gone, and
// with it a jump around it.
// CHECK-LABEL: @both
bpf.func @both program "xdp" section "xdp" license "GPL" frame 8 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[FP:.*]] = bpf.frame_pointer
  // CHECK: %[[A:.*]] = bpf.load u32
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  %fp = bpf.frame_pointer : !bpf.reg<r10>
  // CHECK-NEXT: bpf.store b64 %[[A]], %[[FP]][-8]
  // CHECK-NEXT: bpf.jcond_imm gt w64 %[[A]], 4 : !bpf.reg<r2> ^[[MORE:bb[0-9]+]], ^[[OUT:bb[0-9]+]]
  bpf.jcond_imm gt w64 %a, 4 : !bpf.reg<r2> ^more, ^few
^few:
  bpf.store b64 %a, %fp[-8] : !bpf.reg<r2>, !bpf.reg<r10>
  bpf.ja ^out
^more:
  // CHECK: ^[[MORE]]:
  // CHECK-NEXT: bpf.alu_imm add
  // CHECK-NEXT: bpf.store b64
  // CHECK-NEXT: bpf.call 5
  // CHECK-NEXT: bpf.ja ^[[OUT]]
  %b = bpf.alu_imm add w64 %a, 5 : !bpf.reg<r2> -> !bpf.reg<r2>
  bpf.store b64 %b, %fp[-8] : !bpf.reg<r2>, !bpf.reg<r10>
  %c = bpf.call 5() : () -> !bpf.reg<r0>
  bpf.ja ^out
^out:
  // CHECK: ^[[OUT]]:
  %r = bpf.load u64 %fp[-8] : !bpf.reg<r10> -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// The other way looks at the bytes before.
// CHECK-LABEL: @read
bpf.func @read program "xdp" section "xdp" license "GPL" frame 8 {
^bb0(%ctx: !bpf.reg<r1>):
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r2>
  %fp = bpf.frame_pointer : !bpf.reg<r10>
  bpf.store_imm b64 1, %fp[-8] : !bpf.reg<r10>
  // CHECK: bpf.store_imm b64 1
  // CHECK-NEXT: bpf.jcond_imm
  bpf.jcond_imm gt w64 %a, 4 : !bpf.reg<r2> ^more, ^few
^few:
  bpf.store b64 %a, %fp[-8] : !bpf.reg<r2>, !bpf.reg<r10>
  bpf.ja ^out
^more:
  %b = bpf.load u64 %fp[-8] : !bpf.reg<r10> -> !bpf.reg<r3>
  bpf.store_imm b64 7, %fp[-8] : !bpf.reg<r10>
  %c = bpf.call 5() : () -> !bpf.reg<r0>
  bpf.ja ^out
^out:
  %r = bpf.load u64 %fp[-8] : !bpf.reg<r10> -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// It stores to other bytes, fewer of them, or through a register that has become
// another pointer.
// CHECK-LABEL: @other
bpf.func @other program "xdp" section "xdp" license "GPL" frame 8 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.load u64
  // CHECK-NEXT: bpf.jcond_imm
  %a = bpf.load u64 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r6>
  bpf.jcond_imm gt w64 %a, 4 : !bpf.reg<r6> ^more, ^few
^few:
  bpf.store_imm b64 1, %a[0] : !bpf.reg<r6>
  bpf.ja ^out
^more:
  // CHECK: bpf.jcond_imm
  // CHECK: bpf.store_imm b32 7
  bpf.jcond_imm gt w64 %a, 8 : !bpf.reg<r6> ^most, ^some
^some:
  bpf.store_imm b64 1, %a[0] : !bpf.reg<r6>
  bpf.ja ^out
^most:
  // CHECK: bpf.jcond_imm
  // CHECK: bpf.alu_imm
  bpf.store_imm b32 7, %a[0] : !bpf.reg<r6>
  %c = bpf.call 5() : () -> !bpf.reg<r0>
  bpf.jcond_imm gt w64 %c, 8 : !bpf.reg<r0> ^moved, ^last
^last:
  bpf.store_imm b32 1, %a[0] : !bpf.reg<r6>
  bpf.ja ^out
^moved:
  %d = bpf.alu_imm add w64 %a, 8 : !bpf.reg<r6> -> !bpf.reg<r6>
  bpf.store_imm b32 2, %d[0] : !bpf.reg<r6>
  %e = bpf.call 5() : () -> !bpf.reg<r0>
  bpf.ja ^out
^out:
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
