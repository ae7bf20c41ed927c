// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-repeat-constants))' > %t
// RUN: FileCheck %s < %t
// RUN: whistler-opt %t --pass-pipeline='builtin.module(bpf.func(bpf-repeat-constants))' | diff %t -
// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-repeat-constants{release-registers=false}))' | FileCheck %s --check-prefix=KEEP

whistler.map @m type "array" key 4 value 8 entries 1

// Two moves of two slots: the register is not worth it. The addend waits until
// it is needed, in a register that need not be saved.
// CHECK-LABEL: @few
// KEEP-LABEL: @few
bpf.func @few program "xdp" section "xdp" license "GPL" frame 8 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[FP:.*]] = bpf.frame_pointer
  // CHECK-NEXT: bpf.load u32
  // CHECK-NEXT: bpf.jcond_imm
  %fp = bpf.frame_pointer : !bpf.reg<r10>
  %m = bpf.ld_map @m : !bpf.reg<r7>
  %k0 = bpf.mov w64 %fp : !bpf.reg<r10> -> !bpf.reg<r8>
  %k = bpf.alu_imm add w64 %k0, -4 : !bpf.reg<r8> -> !bpf.reg<r8>
  %one = bpf.mov_imm w64 1 : !bpf.reg<r9>
  %a = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg<r6>
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg<r6> ^out, ^in
^in:
  // CHECK: bpf.store_imm
  // CHECK-NEXT: %[[M:.*]] = bpf.ld_map @m : !bpf.reg<r1>
  // CHECK-NEXT: %[[T:.*]] = bpf.mov w64 %[[FP]] : !bpf.reg<r10> -> !bpf.reg<r2>
  // CHECK-NEXT: %[[K:.*]] = bpf.alu_imm add w64 %[[T]], -4 : !bpf.reg<r2> -> !bpf.reg<r2>
  // CHECK-NEXT: bpf.call 1(%[[M]], %[[K]])
  bpf.store_imm b32 0, %fp[-4] : !bpf.reg<r10>
  %m1 = bpf.mov w64 %m : !bpf.reg<r7> -> !bpf.reg<r1>
  %k1 = bpf.mov w64 %k : !bpf.reg<r8> -> !bpf.reg<r2>
  %p = bpf.call 1(%m1, %k1) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.jcond_imm eq w64 %p, 0 : !bpf.reg<r0> ^out, ^add
^add:
  // CHECK: %[[ONE:.*]] = bpf.mov_imm w64 1 : !bpf.reg<r1>
  // KEEP: bpf.mov_imm w64 1 : !bpf.reg<r9>
  // CHECK-NEXT: bpf.atomic add b64 %[[ONE]], %{{.*}}[0]
  // CHECK-NEXT: bpf.atomic add b64 %[[ONE]], %{{.*}}[8]
  bpf.atomic add b64 %one, %p[0] : !bpf.reg<r9>, !bpf.reg<r0>
  bpf.atomic add b64 %one, %p[8] : !bpf.reg<r9>, !bpf.reg<r0>
  bpf.ja ^out
^out:
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// Three moves pay.
// CHECK-LABEL: @three
bpf.func @three program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[M:.*]] = bpf.ld_map @m : !bpf.reg<r7>
  // CHECK-COUNT-3: bpf.mov w64 %[[M]]
  %m = bpf.ld_map @m : !bpf.reg<r7>
  %m1 = bpf.mov w64 %m : !bpf.reg<r7> -> !bpf.reg<r1>
  %p = bpf.call 1(%m1) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  %m2 = bpf.mov w64 %m : !bpf.reg<r7> -> !bpf.reg<r1>
  %q = bpf.call 1(%m2) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  bpf.jcond_imm eq w64 %q, 0 : !bpf.reg<r0> ^out, ^in
^in:
  %m3 = bpf.mov w64 %m : !bpf.reg<r7> -> !bpf.reg<r1>
  %s = bpf.call 1(%m3) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  bpf.ja ^out
^out:
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// Nobody knows what a raw instruction reads.
// CHECK-LABEL: @raw
bpf.func @raw program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.mov_imm w64 1 : !bpf.reg<r9>
  // CHECK-NEXT: bpf.jcond_imm
  %one = bpf.mov_imm w64 1 : !bpf.reg<r9>
  bpf.jcond_imm eq w64 %ctx, 0 : !bpf.reg<r1> ^out, ^in
^in:
  %raw = bpf.raw code 0xbf dst 0 src 9 off 0 imm 0 : !bpf.reg<r0>
  bpf.store b64 %one, %ctx[0] : !bpf.reg<r9>, !bpf.reg<r1>
  bpf.ja ^out
^out:
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// A slot more, and r7 need not be saved.
// CHECK-LABEL: @released
// KEEP-LABEL: @released
bpf.func @released program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-NOT: !bpf.reg<r7>
  // KEEP: bpf.mov_imm w64 1 : !bpf.reg<r7>
  // KEEP-NOT: bpf.mov_imm w64 1
  // CHECK: bpf.call 1
  // CHECK-NEXT: %[[FIRST:.*]] = bpf.mov_imm w64 1 : !bpf.reg<r1>
  // CHECK-NEXT: bpf.store b64 %[[FIRST]]
  // CHECK: %[[SECOND:.*]] = bpf.mov_imm w64 1 : !bpf.reg<r1>
  // CHECK-NEXT: bpf.store b64 %[[SECOND]]
  %one = bpf.mov_imm w64 1 : !bpf.reg<r7>
  %m = bpf.ld_map @m : !bpf.reg<r1>
  %p = bpf.call 1(%m) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  bpf.store b64 %one, %p[0] : !bpf.reg<r7>, !bpf.reg<r0>
  %n = bpf.ld_map @m : !bpf.reg<r1>
  %q = bpf.call 1(%n) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  bpf.store b64 %one, %q[0] : !bpf.reg<r7>, !bpf.reg<r0>
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.ja ^out(%r : !bpf.reg<r0>)
^out(%verdict: !bpf.reg<r0>):
  bpf.exit %verdict : !bpf.reg<r0>
}

// Three uses would take two slots more; and r8 has to be saved for another
// number as well.
// CHECK-LABEL: @saved
// KEEP-LABEL: @saved
bpf.func @saved program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.mov_imm w64 1 : !bpf.reg<r7>
  // CHECK-NOT: bpf.mov_imm w64 1
  // CHECK: bpf.mov_imm w64 3 : !bpf.reg<r8>
  // CHECK-NOT: bpf.mov_imm w64 3
  // CHECK: bpf.mov_imm w64 4 : !bpf.reg<r8>
  %one = bpf.mov_imm w64 1 : !bpf.reg<r7>
  %three = bpf.mov_imm w64 3 : !bpf.reg<r8>
  %m = bpf.ld_map @m : !bpf.reg<r1>
  %p = bpf.call 1(%m) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  bpf.store b64 %one, %p[0] : !bpf.reg<r7>, !bpf.reg<r0>
  bpf.store b64 %three, %p[8] : !bpf.reg<r8>, !bpf.reg<r0>
  %n = bpf.ld_map @m : !bpf.reg<r1>
  %q = bpf.call 1(%n) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  bpf.store b64 %one, %q[0] : !bpf.reg<r7>, !bpf.reg<r0>
  bpf.store b64 %three, %q[8] : !bpf.reg<r8>, !bpf.reg<r0>
  bpf.store b64 %one, %q[16] : !bpf.reg<r7>, !bpf.reg<r0>
  %four = bpf.mov_imm w64 4 : !bpf.reg<r8>
  %o = bpf.ld_map @m : !bpf.reg<r1>
  %s = bpf.call 1(%o) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  bpf.store b64 %four, %s[0] : !bpf.reg<r8>, !bpf.reg<r0>
  bpf.store b64 %four, %s[8] : !bpf.reg<r8>, !bpf.reg<r0>
  %r = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.ja ^out(%r : !bpf.reg<r0>)
^out(%verdict: !bpf.reg<r0>):
  bpf.exit %verdict : !bpf.reg<r0>
}
