// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-two-address,bpf-allocate-registers,bpf-verify{stage=allocated}))' | FileCheck %s

// What lives across a call is in r6 to r9, and arguments and results are not
// moved about.
// CHECK-LABEL: @across_call
bpf.func @across_call program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.mov w64 %{{.*}} : !bpf.reg<r1> -> !bpf.reg<[[CTX:r[6-9]]]>
  %c = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg
  // CHECK-NEXT: bpf.load u32 %{{.*}}[0] : !bpf.reg<[[CTX]]> -> !bpf.reg<r1>
  %a = bpf.load u32 %c[0] : !bpf.reg -> !bpf.reg
  %arg = bpf.mov w64 %a : !bpf.reg -> !bpf.reg<r1>
  // CHECK: bpf.call
  %x = bpf.call 5(%arg) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  // CHECK-NEXT: bpf.mov w64 %{{.*}} : !bpf.reg<r0> -> !bpf.reg<r0>
  %y = bpf.mov w64 %x : !bpf.reg<r0> -> !bpf.reg
  // CHECK-NEXT: bpf.store b64 %{{.*}} : !bpf.reg<r0>, !bpf.reg<[[CTX]]>
  bpf.store b64 %y, %c[8] : !bpf.reg, !bpf.reg
  // CHECK-NEXT: bpf.mov w64 %{{.*}} : !bpf.reg<r0> -> !bpf.reg<r0>
  %r = bpf.mov w64 %y : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// A loop's values stay in one register each.
// CHECK-LABEL: @loop
bpf.func @loop program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %zero = bpf.mov_imm w64 0 : !bpf.reg
  %one = bpf.mov_imm w64 1 : !bpf.reg
  bpf.ja ^loop(%zero, %one : !bpf.reg, !bpf.reg)
// CHECK: ^bb1(%{{.*}}: !bpf.reg<[[I:r.]]>, %{{.*}}: !bpf.reg<r0>):
^loop(%i: !bpf.reg, %p: !bpf.reg):
  // CHECK-NEXT: -> !bpf.reg<r0>
  %p2 = bpf.alu_imm mul w64 %p, 3 : !bpf.reg -> !bpf.reg
  // CHECK-NEXT: -> !bpf.reg<[[I]]>
  %i2 = bpf.alu_imm add w64 %i, 1 : !bpf.reg -> !bpf.reg
  bpf.jcond_imm lt w64 %i2, 9 : !bpf.reg ^loop(%i2, %p2 : !bpf.reg, !bpf.reg), ^done
^done:
  %r = bpf.mov w64 %p2 : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// The context is needed after r1 is overwritten: it is copied first, and put
// back where an instruction needs it.
// CHECK-LABEL: @prescribed
bpf.func @prescribed program "xdp" section "xdp" license "GPL" {
// CHECK: ^bb0(%[[CTX:.*]]: !bpf.reg<r1>):
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-NEXT: %[[C:.*]] = bpf.mov w64 %[[CTX]] : !bpf.reg<r1> -> !bpf.reg<[[REG:r[6-9]]]>
  // CHECK-NEXT: %[[A:.*]] = bpf.mov w64 %[[C]] : !bpf.reg<[[REG]]> -> !bpf.reg<r1>
  // CHECK-NEXT: bpf.call 5(%[[A]])
  %x = bpf.call 5(%ctx) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  // CHECK-NEXT: %[[B:.*]] = bpf.mov w64 %[[C]] : !bpf.reg<[[REG]]> -> !bpf.reg<r1>
  // CHECK-NEXT: bpf.call 5(%[[B]])
  %y = bpf.call 5(%ctx) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  // CHECK-NEXT: bpf.load u32 %[[C]][0]
  %z = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r0>
  bpf.exit %z : !bpf.reg<r0>
}

// A raw instruction finds the registers as the one before left them, and a
// value that lives across it is elsewhere.
// CHECK-LABEL: @raw
bpf.func @raw program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.mov w64 %{{.*}} : !bpf.reg<r1> -> !bpf.reg<[[REG:r[^13]]]>
  %c = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg
  // CHECK-NEXT: bpf.raw code 183 dst 1
  bpf.raw code 0xb7 dst 1 src 0 off 0 imm 5
  // CHECK-NEXT: bpf.load u32 %{{.*}}[0] : !bpf.reg<[[REG]]> -> !bpf.reg<[[A:r[^13]]]>
  %a = bpf.load u32 %c[0] : !bpf.reg -> !bpf.reg
  // CHECK-NEXT: bpf.raw code 191 dst 3
  %x = bpf.raw code 0xbf dst 3 src 1 off 0 imm 0 : !bpf.reg<r3>
  %y = bpf.alu add w64 %a, %x : (!bpf.reg, !bpf.reg<r3>) -> !bpf.reg
  %r = bpf.mov w64 %y : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
