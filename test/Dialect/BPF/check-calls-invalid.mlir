// Calls that are too deep for the kernel, or without an end.
// RUN: whistler-opt %s --split-input-file --bpf-codegen --verify-diagnostics

bpf.func @f params [] result ui64 {
  // expected-error@below {{`f` calls itself; the kernel allows no recursion, so use a loop}}
  %0 = bpf.call_func @f() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @p program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.call_func @f() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f params [] result ui64 {
  %0 = bpf.call_func @g() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
// Being called back is being called.
bpf.func @g params [] result ui64 {
  %1 = bpf.mov_imm w64 1 : !bpf.reg<r1>
  // expected-error@below {{`g` and `f` call each other in a circle}}
  %2 = bpf.ld_func @f : !bpf.reg<r2>
  %3 = bpf.mov_imm w64 0 : !bpf.reg<r3>
  %4 = bpf.mov_imm w64 0 : !bpf.reg<r4>
  %0 = bpf.call 181(%1, %2, %3, %4) : (!bpf.reg<r1>, !bpf.reg<r2>, !bpf.reg<r3>, !bpf.reg<r4>) -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

// Frames of 20, 200 and 300 bytes count as 32, 224 and 320.
// expected-note@below {{`p` takes 32}}
bpf.func @p program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %s = bpf.slot size 20 align 4
  bpf.store_imm b32 0, %s[0] : !bpf.slot
  %0 = bpf.call_func @a() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
// expected-note@below {{`a` takes 224}}
bpf.func @a params [] result ui64 {
  %s = bpf.slot size 200 align 8
  bpf.store_imm b64 0, %s[0] : !bpf.slot
  // expected-error@below {{`p` and what it calls, `a` and `b`, need 576 bytes of stack together; the kernel gives them 512}}
  %0 = bpf.call_func @b() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
// expected-note@below {{`b` takes 320}}
bpf.func @b params [] result ui64 {
  %s = bpf.slot size 300 align 8
  bpf.store_imm b64 0, %s[0] : !bpf.slot
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @p program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.call_func @f2() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f2 params [] result ui64 {
  %0 = bpf.call_func @f3() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f3 params [] result ui64 {
  %0 = bpf.call_func @f4() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f4 params [] result ui64 {
  %0 = bpf.call_func @f5() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f5 params [] result ui64 {
  %0 = bpf.call_func @f6() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f6 params [] result ui64 {
  %0 = bpf.call_func @f7() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f7 params [] result ui64 {
  %0 = bpf.call_func @f8() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f8 params [] result ui64 {
  // expected-error@below {{`f9` is called at a depth of 9 functions; the kernel allows 8, the program among them}}
  %0 = bpf.call_func @f9() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @f9 params [] result ui64 {
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

// What a timer calls has a stack of its own, which is no larger.
bpf.func @p program "xdp" section "xdp" license "GPL" {
^bb0(%1: !bpf.reg<r1>):
  %2 = bpf.ld_func @tick : !bpf.reg<r2>
  %0 = bpf.call 170(%1, %2) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
// expected-note@below {{`tick` takes 512}}
bpf.func @tick params [] result ui64 {
  %s = bpf.slot size 512 align 8
  bpf.store_imm b64 0, %s[0] : !bpf.slot
  // expected-error@below {{`tick` and what it calls, `f`, need 544 bytes of stack together; the kernel gives them 512}}
  %0 = bpf.call_func @f() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
// expected-note@below {{`f` takes 32}}
bpf.func @f params [] result ui64 {
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

// The frames above a tail call take 256 bytes in one of its two chains.
whistler.map @jumps type "prog-array" key 4 value 4 entries 1
bpf.func @p program "xdp" section "xdp" license "GPL" {
^bb0(%1: !bpf.reg<r1>):
  %s = bpf.slot size 200 align 8
  bpf.store_imm b64 0, %s[0] : !bpf.slot
  %0 = bpf.call_func @hop() : () -> !bpf.reg<r0>
  // expected-note@below {{`p`, which takes 224, calls `f`}}
  %2 = bpf.call_func @f() : () -> !bpf.reg<r0>
  bpf.exit %2 : !bpf.reg<r0>
}
bpf.func @f params [] result ui64 {
  // expected-note@below {{`f`, which takes 32, calls `hop`}}
  %0 = bpf.call_func @hop() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @hop params [] result ui64 {
  %1 = bpf.mov_imm w64 0 : !bpf.reg<r1>
  %2 = bpf.ld_map @jumps : !bpf.reg<r2>
  %3 = bpf.mov_imm w64 0 : !bpf.reg<r3>
  // expected-error@below {{`hop` makes a tail call when its callers take 256 bytes of stack; the kernel allows that with fewer than 256}}
  %0 = bpf.call 12(%1, %2, %3) : (!bpf.reg<r1>, !bpf.reg<r2>, !bpf.reg<r3>) -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

whistler.map @jumps type "prog-array" key 4 value 4 entries 1
bpf.func @hop global params [] result !whistler.pointer<none> {
  %1 = bpf.mov_imm w64 0 : !bpf.reg<r1>
  %2 = bpf.ld_map @jumps : !bpf.reg<r2>
  %3 = bpf.mov_imm w64 0 : !bpf.reg<r3>
  // expected-error@below {{`hop` makes a tail call and returns a pointer; the kernel allows tail calls only in functions that return an integer}}
  %0 = bpf.call 12(%1, %2, %3) : (!bpf.reg<r1>, !bpf.reg<r2>, !bpf.reg<r3>) -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
