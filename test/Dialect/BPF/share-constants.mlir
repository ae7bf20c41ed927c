// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-share-constants))' > %t
// RUN: FileCheck %s < %t
// RUN: whistler-opt %t --pass-pipeline='builtin.module(bpf.func(bpf-share-constants))' | diff %t -

whistler.map @m type "array" key 4 value 8 entries 1

// One addend for all, in the block that leads to both; not where an immediate
// is moved to an argument, which is as short.
// CHECK-LABEL: @addend
bpf.func @addend program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK-NEXT: %[[ONE:.*]] = bpf.mov_imm w64 1 : !bpf.reg{{$}}
  // CHECK-NEXT: bpf.jcond_imm
  %a = bpf.load u64 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg ^left, ^right
^left:
  // CHECK: bpf.atomic add b64 %[[ONE]], %{{.*}}[0]
  // CHECK-NEXT: bpf.mov_imm w64 1 : !bpf.reg<r1>
  %one = bpf.mov_imm w64 1 : !bpf.reg
  bpf.atomic add b64 %one, %a[0] : !bpf.reg, !bpf.reg
  %arg = bpf.mov_imm w64 1 : !bpf.reg<r1>
  %c = bpf.call 5(%arg) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  bpf.ja ^end
^right:
  // CHECK: bpf.atomic add b64 %[[ONE]], %{{.*}}[8]
  %uno = bpf.mov_imm w64 1 : !bpf.reg
  bpf.atomic add b64 %uno, %a[8] : !bpf.reg, !bpf.reg
  bpf.ja ^end
^end:
  // CHECK: bpf.mov_imm w64 1 : !bpf.reg<r0>
  %r = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// An address of two slots pays from three arguments on.
// CHECK-LABEL: @addresses
bpf.func @addresses program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[M:.*]] = bpf.ld_map @m : !bpf.reg{{$}}
  // CHECK-NEXT: %[[M1:.*]] = bpf.mov w64 %[[M]] : !bpf.reg -> !bpf.reg<r1>
  // CHECK-NEXT: %[[K1:.*]] = bpf.slot_addr %{{.*}}[0] : !bpf.reg<r2>
  // CHECK-NEXT: bpf.call 1(%[[M1]], %[[K1]])
  %s = bpf.slot size 4 align 4
  %t = bpf.slot size 4 align 4
  bpf.store_imm b32 0, %s[0] : !bpf.slot
  bpf.store_imm b32 0, %t[0] : !bpf.slot
  %m1 = bpf.ld_map @m : !bpf.reg<r1>
  %k1 = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %p1 = bpf.call 1(%m1, %k1) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  // CHECK: bpf.mov w64 %[[M]] : !bpf.reg -> !bpf.reg<r1>
  // CHECK-NEXT: bpf.slot_addr %{{.*}}[0] : !bpf.reg<r2>
  %m2 = bpf.ld_map @m : !bpf.reg<r1>
  %k2 = bpf.slot_addr %t[0] : !bpf.reg<r2>
  %p2 = bpf.call 1(%m2, %k2) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  // CHECK: bpf.mov w64 %[[M]] : !bpf.reg -> !bpf.reg<r1>
  // CHECK-NEXT: bpf.slot_addr %{{.*}}[0] : !bpf.reg<r2>
  %m3 = bpf.ld_map @m : !bpf.reg<r1>
  %k3 = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %p3 = bpf.call 1(%m3, %k3) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %r = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// What blocks are passed is no reason to share.
// CHECK-LABEL: @passed
bpf.func @passed program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %a = bpf.load u64 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  // CHECK: %[[A:.*]] = bpf.mov_imm w64 1 : !bpf.reg
  // CHECK-NEXT: bpf.jcond_imm {{.*}}(%[[A]] : !bpf.reg)
  %one = bpf.mov_imm w64 1 : !bpf.reg
  bpf.jcond_imm eq w64 %a, 0 : !bpf.reg ^end(%one : !bpf.reg), ^next
^next:
  // CHECK: %[[B:.*]] = bpf.mov_imm w64 1 : !bpf.reg
  // CHECK-NEXT: bpf.ja {{.*}}(%[[B]] : !bpf.reg)
  %b = bpf.call 5() : () -> !bpf.reg<r0>
  %uno = bpf.mov_imm w64 1 : !bpf.reg
  bpf.ja ^end(%uno : !bpf.reg)
^end(%c: !bpf.reg):
  %r = bpf.mov w64 %c : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// The loader may give each of these another value.
// CHECK-LABEL: @relocated
bpf.func @relocated program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-COUNT-2: bpf.mov_imm w64 0 core
  %a = bpf.load u64 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  %b = bpf.mov_imm w64 0 core <field_exists "task_struct:pid"> : !bpf.reg
  bpf.store b64 %b, %a[0] : !bpf.reg, !bpf.reg
  %c = bpf.mov_imm w64 0 core <field_exists "task_struct:pid"> : !bpf.reg
  bpf.store b64 %c, %a[8] : !bpf.reg, !bpf.reg
  %r = bpf.mov_imm w64 1 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
