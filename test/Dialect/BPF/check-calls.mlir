// Calls that are just allowed.
// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf-check-calls)' | FileCheck %s

// 8 functions, the program among them, and 512 bytes.
// CHECK: @p
bpf.func @p program "xdp" section "xdp" license "GPL" frame 256 {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.call_func @f2() : () -> !bpf.reg<r0>
  %1 = bpf.call_func @f7() : () -> !bpf.reg<r0>
  bpf.exit %1 : !bpf.reg<r0>
}
bpf.func @f2 params [] result ui64 frame 32 {
  %0 = bpf.call_func @f3() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f3 params [] result ui64 frame 0 {
  %0 = bpf.call_func @f4() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f4 params [] result ui64 frame 32 {
  %0 = bpf.call_func @f5() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f5 params [] result ui64 frame 0 {
  %0 = bpf.call_func @f6() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f6 params [] result ui64 frame 32 {
  %0 = bpf.call_func @f7() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f7 params [] result ui64 frame 0 {
  %0 = bpf.call_func @f8() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f8 params [] result ui64 frame 64 {
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// A timer's callback does not count, and may set the timer again.
// CHECK: @tick
bpf.func @tick params [] result ui64 frame 480 {
  %1 = bpf.mov_imm w64 1 : !bpf.reg<r1>
  %a = bpf.ld_func @tick : !bpf.reg<r3>
  %2 = bpf.mov w64 %a : !bpf.reg<r3> -> !bpf.reg<r2>
  %0 = bpf.call 170(%1, %2) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// 224 bytes above a tail call. The frame of the function itself may have any
// size, and a program may make tail calls beside its calls.
// CHECK: @hops
bpf.func @hops program "xdp" section "xdp" license "GPL" frame 200 {
^bb0(%ctx: !bpf.reg<r1>):
  %4 = bpf.call_func @hop() : () -> !bpf.reg<r0>
  %1 = bpf.mov_imm w64 0 : !bpf.reg<r1>
  %2 = bpf.ld_map @jumps : !bpf.reg<r2>
  %3 = bpf.mov_imm w64 0 : !bpf.reg<r3>
  %0 = bpf.call 12(%1, %2, %3) : (!bpf.reg<r1>, !bpf.reg<r2>, !bpf.reg<r3>) -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
whistler.map @jumps type "prog-array" key 4 value 4 entries 1
bpf.func @hop params [] result ui64 frame 288 {
  %1 = bpf.mov_imm w64 0 : !bpf.reg<r1>
  %2 = bpf.ld_map @jumps : !bpf.reg<r2>
  %3 = bpf.mov_imm w64 0 : !bpf.reg<r3>
  %0 = bpf.call 12(%1, %2, %3) : (!bpf.reg<r1>, !bpf.reg<r2>, !bpf.reg<r3>) -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
