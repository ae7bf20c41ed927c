// Operations on virtual registers are ordinary SSA operations, those on machine
// registers stay where they are.
// RUN: whistler-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @f
bpf.func @f program "xdp" section "xdp" license "GPL" {
// CHECK: ^bb0
^bb0(%ctx: !bpf.reg<r1>):
  // An unused slot goes, but two slots are never one.
  %unused = bpf.slot size 8 align 8
  // CHECK-NEXT: %[[A:.*]] = bpf.slot
  // CHECK-NEXT: %[[B:.*]] = bpf.slot
  %a = bpf.slot size 8 align 8
  %b = bpf.slot size 8 align 8
  // CHECK-NEXT: bpf.store_imm b64 0, %[[A]][0]
  // CHECK-NEXT: bpf.store_imm b64 0, %[[B]][0]
  bpf.store_imm b64 0, %a[0] : !bpf.slot
  bpf.store_imm b64 0, %b[0] : !bpf.slot
  %dead = bpf.mov_imm w64 7 : !bpf.reg
  %dead.load = bpf.load u64 %a[0] : !bpf.slot -> !bpf.reg
  // CHECK-NEXT: %[[ONE:.*]] = bpf.mov_imm w64 1 : !bpf.reg{{$}}
  %0 = bpf.mov_imm w64 1 : !bpf.reg
  %1 = bpf.mov_imm w64 1 : !bpf.reg
  // CHECK-NEXT: %[[SUM:.*]] = bpf.alu add w64 %[[ONE]], %[[ONE]]
  %2 = bpf.alu add w64 %0, %1 : (!bpf.reg, !bpf.reg) -> !bpf.reg
  // CHECK-NEXT: bpf.store b64 %[[SUM]]
  bpf.store b64 %2, %a[0] : !bpf.reg, !bpf.slot
  // CHECK-NEXT: bpf.mov_imm w64 3 : !bpf.reg<r3>
  // CHECK-NEXT: bpf.mov_imm w64 3 : !bpf.reg<r3>
  %3 = bpf.mov_imm w64 3 : !bpf.reg<r3>
  %4 = bpf.mov_imm w64 3 : !bpf.reg<r3>
  // CHECK-NEXT: bpf.call 7()
  %5 = bpf.call 7() : () -> !bpf.reg<r0>
  // CHECK-NEXT: bpf.raw
  bpf.raw code 0xb7 dst 2 src 0 off 0 imm 0
  %6 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %6 : !bpf.reg<r0>
}
