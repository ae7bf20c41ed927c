// RUN: whistler-opt %s --pass-pipeline='builtin.module(bpf.func(bpf-sink-results))' | FileCheck %s

// The copy is made where the second call overwrites r0, and not on the way that
// does without.
// CHECK-LABEL: @tested
bpf.func @tested program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[R0:.*]] = bpf.call 7
  // CHECK-NEXT: bpf.jcond_imm ne w64 %[[R0]], 0
  %0 = bpf.call 7() : () -> !bpf.reg<r0>
  %copy = bpf.mov w64 %0 : !bpf.reg<r0> -> !bpf.reg
  bpf.jcond_imm ne w64 %copy, 0 : !bpf.reg ^more, ^out
^more:
  // CHECK: bpf.mov w64 %[[R0]] : !bpf.reg<r0> -> !bpf.reg<r2>
  // CHECK-NEXT: %[[COPY:.*]] = bpf.mov w64 %[[R0]] : !bpf.reg<r0> -> !bpf.reg{{$}}
  // CHECK-NEXT: bpf.call 25
  %arg = bpf.mov w64 %copy : !bpf.reg -> !bpf.reg<r2>
  %1 = bpf.call 25(%ctx, %arg) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  // CHECK: bpf.alu xor w64 %{{.*}}, %[[COPY]]
  %other = bpf.mov w64 %1 : !bpf.reg<r0> -> !bpf.reg<r0>
  %x = bpf.alu xor w64 %other, %copy : (!bpf.reg<r0>, !bpf.reg) -> !bpf.reg<r0>
  bpf.exit %x : !bpf.reg<r0>
^out:
  %zero = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %zero : !bpf.reg<r0>
}

// Without a call behind it, the register is as good as a copy; but that is for
// allocation to find out.
// CHECK-LABEL: @last
bpf.func @last program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[R0:.*]] = bpf.call 7
  // CHECK-NEXT: %[[COPY:.*]] = bpf.mov w64 %[[R0]]
  // CHECK-NEXT: bpf.store b32 %[[COPY]]
  %0 = bpf.call 7() : () -> !bpf.reg<r0>
  %copy = bpf.mov w64 %0 : !bpf.reg<r0> -> !bpf.reg
  bpf.store b32 %copy, %ctx[8] : !bpf.reg, !bpf.reg<r1>
  %r = bpf.mov w64 %copy : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// r0 is overwritten at two places, each of which would take a copy.
// CHECK-LABEL: @two_ways
bpf.func @two_ways program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[R0:.*]] = bpf.call 7
  // CHECK-NEXT: %[[COPY:.*]] = bpf.mov w64 %[[R0]]
  // CHECK-NEXT: bpf.jcond_imm ne w64 %[[COPY]], 0
  %0 = bpf.call 7() : () -> !bpf.reg<r0>
  %copy = bpf.mov w64 %0 : !bpf.reg<r0> -> !bpf.reg
  bpf.jcond_imm ne w64 %copy, 0 : !bpf.reg ^left, ^right
^left:
  %1 = bpf.call 7() : () -> !bpf.reg<r0>
  bpf.ja ^both
^right:
  %2 = bpf.call 8() : () -> !bpf.reg<r0>
  bpf.ja ^both
^both:
  %r = bpf.mov w64 %copy : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// What follows can be reached without the call, too.
// CHECK-LABEL: @past_the_call
bpf.func @past_the_call program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[R0:.*]] = bpf.call 7
  // CHECK-NEXT: %[[COPY:.*]] = bpf.mov w64 %[[R0]]
  // CHECK-NEXT: bpf.jcond_imm ne w64 %[[COPY]], 0
  %0 = bpf.call 7() : () -> !bpf.reg<r0>
  %copy = bpf.mov w64 %0 : !bpf.reg<r0> -> !bpf.reg
  bpf.jcond_imm ne w64 %copy, 0 : !bpf.reg ^left, ^both
^left:
  %1 = bpf.call 7() : () -> !bpf.reg<r0>
  bpf.ja ^both
^both:
  %r = bpf.mov w64 %copy : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// The call is in a loop.
// CHECK-LABEL: @loop
bpf.func @loop program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[R0:.*]] = bpf.call 7
  // CHECK-NEXT: %[[COPY:.*]] = bpf.mov w64 %[[R0]]
  // CHECK-NEXT: bpf.ja
  %0 = bpf.call 7() : () -> !bpf.reg<r0>
  %copy = bpf.mov w64 %0 : !bpf.reg<r0> -> !bpf.reg
  bpf.ja ^again
^again:
  %1 = bpf.call 7() : () -> !bpf.reg<r0>
  bpf.jcond lt w64 %1, %copy : !bpf.reg<r0>, !bpf.reg ^again, ^out
^out:
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// An instruction overwrites the copy on the other way.
// CHECK-LABEL: @overwritten
bpf.func @overwritten program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[R0:.*]] = bpf.call 7
  // CHECK-NEXT: %[[COPY:.*]] = bpf.mov w64 %[[R0]]
  // CHECK-NEXT: bpf.jcond_imm ne w64 %[[COPY]], 0
  %0 = bpf.call 7() : () -> !bpf.reg<r0>
  %copy = bpf.mov w64 %0 : !bpf.reg<r0> -> !bpf.reg
  bpf.jcond_imm ne w64 %copy, 0 : !bpf.reg ^left, ^right
^left:
  %1 = bpf.call 7() : () -> !bpf.reg<r0>
  bpf.store b32 %copy, %ctx[8] : !bpf.reg, !bpf.reg<r1>
  bpf.exit %1 : !bpf.reg<r0>
^right:
  %sum = bpf.alu_imm add w64 %copy, 1 : !bpf.reg -> !bpf.reg
  %r = bpf.mov w64 %sum : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}

// A conditional jump passes the copy to a block.
// CHECK-LABEL: @passed
bpf.func @passed program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[R0:.*]] = bpf.call 7
  // CHECK-NEXT: %[[COPY:.*]] = bpf.mov w64 %[[R0]]
  // CHECK-NEXT: bpf.jcond_imm ne w64 %[[COPY]], 0
  %0 = bpf.call 7() : () -> !bpf.reg<r0>
  %copy = bpf.mov w64 %0 : !bpf.reg<r0> -> !bpf.reg
  bpf.jcond_imm ne w64 %copy, 0 : !bpf.reg ^left, ^right(%copy : !bpf.reg)
^left:
  %1 = bpf.call 7() : () -> !bpf.reg<r0>
  bpf.store b32 %copy, %ctx[8] : !bpf.reg, !bpf.reg<r1>
  bpf.exit %1 : !bpf.reg<r0>
^right(%arg: !bpf.reg):
  %sum = bpf.alu_imm add w64 %arg, 1 : !bpf.reg -> !bpf.reg
  %r = bpf.mov w64 %sum : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
