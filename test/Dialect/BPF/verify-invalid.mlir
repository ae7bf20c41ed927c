// RUN: split-file %s %t
// RUN: whistler-opt %t/virtual.mlir --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(bpf.func(bpf-verify{stage=virtual}))'
// RUN: whistler-opt %t/allocated.mlir --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(bpf.func(bpf-verify{stage=allocated}))'
// RUN: whistler-opt %t/final.mlir --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(bpf.func(bpf-verify{stage=final}))'

//--- virtual.mlir
bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{writes r10, which is read-only}}
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r10>
  %r = bpf.mov w64 %0 : !bpf.reg<r10> -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

//--- allocated.mlir
bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{has a value that is in no machine register}}
  %0 = bpf.mov_imm w64 0 : !bpf.reg
  %r = bpf.mov w64 %0 : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{overwrites '!bpf.reg<r1>', but its result is in '!bpf.reg<r0>'}}
  %r = bpf.neg w64 %ctx : !bpf.reg<r1> -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{r2 is overwritten before the value in it is used}}
  %a = bpf.mov_imm w64 0 : !bpf.reg<r2>
  %b = bpf.mov_imm w64 1 : !bpf.reg<r2>
  bpf.store b64 %a, %ctx[0] : !bpf.reg<r2>, !bpf.reg<r1>
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
// expected-error@below {{r1 is overwritten before the value in it is used}}
^bb0(%ctx: !bpf.reg<r1>):
  %a = bpf.call 7() : () -> !bpf.reg<r0>
  %r = bpf.load u64 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

//--- final.mlir
// expected-error@below {{has no frame size; run bpf-layout-frame}}
bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// -----

// expected-error@below {{has a frame of 520 bytes; the kernel gives it 512}}
bpf.func @f program "xdp" section "xdp" license "GPL" frame 520 {
^bb0(%ctx: !bpf.reg<r1>):
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{is left; run bpf-layout-frame}}
  %s = bpf.slot size 8 align 8
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{passes '!bpf.reg<r1>' for an argument in '!bpf.reg<r0>'}}
  bpf.ja ^next(%ctx : !bpf.reg<r1>)
^next(%r: !bpf.reg<r0>):
  bpf.exit %r : !bpf.reg<r0>
}
