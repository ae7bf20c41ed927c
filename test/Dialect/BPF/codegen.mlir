// Everything from selected instructions to what is encoded; a second run finds
// nothing to do.
// RUN: whistler-opt %s --bpf-codegen > %t
// RUN: FileCheck %s < %t
// RUN: whistler-opt %t --bpf-codegen | diff %t -

whistler.map @pkt_count type "array" key 4 value 8 entries 1

// Eleven slots.
// CHECK-LABEL: bpf.func @count {{.*}} frame 4 {
bpf.func @count program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[FP:.*]] = bpf.frame_pointer
  // CHECK-NEXT: bpf.store_imm b32 0, %[[FP]][-4] : !bpf.reg<r10>
  // CHECK-NEXT: %[[M:.*]] = bpf.ld_map @pkt_count : !bpf.reg<r1>
  // CHECK-NEXT: %[[T:.*]] = bpf.mov w64 %[[FP]] : !bpf.reg<r10> -> !bpf.reg<r2>
  // CHECK-NEXT: %[[K:.*]] = bpf.alu_imm add w64 %[[T]], -4 : !bpf.reg<r2> -> !bpf.reg<r2>
  // CHECK-NEXT: %[[P:.*]] = bpf.call 1(%[[M]], %[[K]])
  // CHECK-NEXT: bpf.jcond_imm eq w64 %[[P]], 0 : !bpf.reg<r0> ^bb2, ^bb1
  %s = bpf.slot size 4 align 4
  bpf.store_imm b32 0, %s[0] : !bpf.slot
  %m = bpf.ld_map @pkt_count : !bpf.reg<r1>
  %k = bpf.slot_addr %s[0] : !bpf.reg<r2>
  %p = bpf.call 1(%m, %k) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %v = bpf.mov w64 %p : !bpf.reg<r0> -> !bpf.reg
  bpf.jcond_imm eq w64 %v, 0 : !bpf.reg ^exit, ^add
^add:
  // CHECK: ^bb1:
  // CHECK-NEXT: %[[ONE:.*]] = bpf.mov_imm w64 1 : !bpf.reg<r1>
  // CHECK-NEXT: bpf.atomic add b64 %[[ONE]], %[[P]][0]
  // CHECK-NEXT: bpf.ja ^bb2
  %one = bpf.mov_imm w64 1 : !bpf.reg
  bpf.atomic add b64 %one, %v[0] : !bpf.reg, !bpf.reg
  bpf.ja ^exit
^exit:
  // CHECK: ^bb2:
  // CHECK-NEXT: %[[R:.*]] = bpf.mov_imm w64 2 : !bpf.reg<r0>
  // CHECK-NEXT: bpf.exit %[[R]]
  %r = bpf.mov_imm w64 2 : !bpf.reg
  %r0 = bpf.mov w64 %r : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r0 : !bpf.reg<r0>
}

// The first way sets r0 before the branch, and both share the exit.
// CHECK-LABEL: @diamond
bpf.func @diamond program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.load u32
  // CHECK-NEXT: %[[ONE:.*]] = bpf.mov_imm w64 1 : !bpf.reg<r0>
  // CHECK-NEXT: bpf.jcond_imm eq {{.*}} ^bb2(%[[ONE]] : !bpf.reg<r0>), ^bb1
  %x = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  %c1 = bpf.mov_imm w64 1 : !bpf.reg
  %c2 = bpf.mov_imm w64 2 : !bpf.reg
  bpf.jcond_imm eq w64 %x, 0 : !bpf.reg ^a, ^b
^a:
  bpf.ja ^exit(%c1 : !bpf.reg)
^b:
  bpf.ja ^exit(%c2 : !bpf.reg)
^exit(%r : !bpf.reg):
  %r0 = bpf.mov w64 %r : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r0 : !bpf.reg<r0>
  // CHECK: ^bb1:
  // CHECK-NEXT: %[[TWO:.*]] = bpf.mov_imm w64 2 : !bpf.reg<r0>
  // CHECK-NEXT: bpf.ja ^bb2(%[[TWO]] : !bpf.reg<r0>)
  // CHECK-NEXT: ^bb2(%[[R:.*]]: !bpf.reg<r0>):
  // CHECK-NEXT: bpf.exit %[[R]]
  // CHECK-NEXT: }
}
