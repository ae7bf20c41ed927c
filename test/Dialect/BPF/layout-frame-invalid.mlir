// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-layout-frame))' --verify-diagnostics

// expected-error@below {{the program needs 516 bytes of stack; the kernel gives it 512}}
bpf.func @large program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-note@below {{the largest variable on the stack takes 500 bytes}}
  %a = bpf.slot size 500 align 4
  %b = bpf.slot size 16 align 8
  bpf.store_imm b32 0, %a[0] : !bpf.slot
  bpf.store_imm b32 0, %b[0] : !bpf.slot
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
