// A value that is known to be a constant is passed instead of it.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-reuse-tested))' | FileCheck %s

// CHECK-LABEL: @load
// CHECK: %[[X:.*]] = bpf.load u8
// CHECK: bpf.jcond_imm eq w32 %[[X]], 1 : !bpf.reg ^[[JOIN:bb[0-9]+]](%[[X]] : !bpf.reg)
bpf.func @load program "xdp" section "xdp" license "GPL" {
^bb0(%p: !bpf.reg<r1>):
  %x = bpf.load u8 %p[0] : !bpf.reg<r1> -> !bpf.reg
  %c = bpf.mov_imm w64 1 : !bpf.reg
  bpf.jcond_imm eq w32 %x, 1 : !bpf.reg ^join(%c : !bpf.reg), ^other
^other:
  %y = bpf.load u8 %p[1] : !bpf.reg<r1> -> !bpf.reg
  bpf.ja ^join(%y : !bpf.reg)
^join(%r: !bpf.reg):
  %out = bpf.mov w64 %r : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %out : !bpf.reg<r0>
}

// The upper half is not compared.
// CHECK-LABEL: @upper_half
// CHECK: %[[C:.*]] = bpf.mov_imm
// CHECK: bpf.jcond_imm eq w32 %{{.*}}, 1 : !bpf.reg ^{{.*}}(%[[C]] : !bpf.reg)
bpf.func @upper_half program "xdp" section "xdp" license "GPL" {
^bb0(%p: !bpf.reg<r1>):
  %x = bpf.load u64 %p[0] : !bpf.reg<r1> -> !bpf.reg
  %c = bpf.mov_imm w64 1 : !bpf.reg
  bpf.jcond_imm eq w32 %x, 1 : !bpf.reg ^join(%c : !bpf.reg), ^other
^other:
  %y = bpf.load u8 %p[1] : !bpf.reg<r1> -> !bpf.reg
  bpf.ja ^join(%y : !bpf.reg)
^join(%r: !bpf.reg):
  %out = bpf.mov w64 %r : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %out : !bpf.reg<r0>
}

// The value is another one where they differ, and a negative immediate is not
// what 32 bits are.
// CHECK-LABEL: @unequal
// CHECK: bpf.jcond_imm ne w64 %[[X:.*]], 1 : !bpf.reg ^{{.*}}(%[[C:.*]] : !bpf.reg), ^
// CHECK: %[[M:.*]] = bpf.mov_imm w64 -1
// CHECK: bpf.jcond_imm eq w32 %{{.*}}, -1 : !bpf.reg ^{{.*}}(%[[M]] : !bpf.reg), ^
bpf.func @unequal program "xdp" section "xdp" license "GPL" {
^bb0(%p: !bpf.reg<r1>):
  %x = bpf.load u8 %p[0] : !bpf.reg<r1> -> !bpf.reg
  %c = bpf.mov_imm w64 1 : !bpf.reg
  bpf.jcond_imm ne w64 %x, 1 : !bpf.reg ^join(%c : !bpf.reg), ^other
^other:
  %y = bpf.load u32 %p[1] : !bpf.reg<r1> -> !bpf.reg
  %m = bpf.mov_imm w64 -1 : !bpf.reg
  bpf.jcond_imm eq w32 %y, -1 : !bpf.reg ^join(%m : !bpf.reg), ^last
^last:
  bpf.ja ^join(%y : !bpf.reg)
^join(%r: !bpf.reg):
  %out = bpf.mov w64 %r : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %out : !bpf.reg<r0>
}

// All edges pass constants, which need no register in front of the jump.
// CHECK-LABEL: @constants
// CHECK: %[[C:.*]] = bpf.mov_imm w64 1
// CHECK: bpf.jcond_imm eq w32 %{{.*}}, 1 : !bpf.reg ^{{.*}}(%[[C]] : !bpf.reg), ^
bpf.func @constants program "xdp" section "xdp" license "GPL" {
^bb0(%p: !bpf.reg<r1>):
  %x = bpf.load u8 %p[0] : !bpf.reg<r1> -> !bpf.reg
  %c = bpf.mov_imm w64 1 : !bpf.reg
  bpf.jcond_imm eq w32 %x, 1 : !bpf.reg ^join(%c : !bpf.reg), ^other
^other:
  %y = bpf.mov_imm w64 2 : !bpf.reg
  bpf.ja ^join(%y : !bpf.reg)
^join(%r: !bpf.reg):
  %out = bpf.mov w64 %r : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %out : !bpf.reg<r0>
}
