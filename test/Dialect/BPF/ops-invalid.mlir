// Operations that stand for no instruction are refused.
// RUN: whistler-opt %s --split-input-file --verify-diagnostics

// expected-error@below {{needs arguments in the registers r1 to r5, but argument #0 is '!bpf.reg'}}
bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg):
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

// expected-error@below {{has two arguments in r1}}
bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%a: !bpf.reg<r1>, %b: !bpf.reg<r1>):
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
// expected-error@below {{'r11' is not a register; those are r0 to r10}}
^bb0(%ctx: !bpf.reg<r11>):
  bpf.exit %ctx : !bpf.reg<r11>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{extends s8, s16 or s32, not u8}}
  %0 = bpf.movsx w64 u8 %ctx : !bpf.reg<r1> -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{of s32 needs w64}}
  %0 = bpf.movsx w32 s32 %ctx : !bpf.reg<r1> -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{refers to the map @none, which does not exist}}
  %0 = bpf.ld_map @none : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{divides by zero}}
  %0 = bpf.alu_imm mod w64 %ctx, 0 : !bpf.reg<r1> -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{shifts by 32; a count is from 0 to 31}}
  %0 = bpf.alu_imm lsh w32 %ctx, 32 : !bpf.reg<r1> -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  // expected-error@below {{works on b32 or b64, not on b16}}
  bpf.atomic add b16 %0, %ctx[0] : !bpf.reg<r0>, !bpf.reg<r1>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.mov_imm w64 0 : !bpf.reg
  // expected-error@below {{needs an expected value of type !bpf.reg<r0>, but it is '!bpf.reg'}}
  %1 = bpf.atomic_cmpxchg b64 %0, %0, %ctx[0] : (!bpf.reg, !bpf.reg, !bpf.reg<r1>) -> !bpf.reg<r0>
  bpf.exit %1 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{has a size of 0 bytes}}
  %s = bpf.slot size 0 align 8
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{needs an alignment of 1, 2, 4 or 8, not 16}}
  %s = bpf.slot size 16 align 16
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{needs a result of type !bpf.reg<r10>, but it is '!bpf.reg'}}
  %fp = bpf.frame_pointer : !bpf.reg
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg<r2>
  // expected-error@below {{needs argument #0 of type !bpf.reg<r1>, but it is '!bpf.reg<r2>'}}
  %1 = bpf.call 1(%0) : (!bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.exit %1 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{has 6 arguments; a helper takes at most 5}}
  %1 = bpf.call 1(%ctx, %ctx, %ctx, %ctx, %ctx, %ctx) : (!bpf.reg<r1>, !bpf.reg<r1>, !bpf.reg<r1>, !bpf.reg<r1>, !bpf.reg<r1>, !bpf.reg<r1>) -> !bpf.reg<r0>
  bpf.exit %1 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{has no helper of number -1}}
  %1 = bpf.call -1() : () -> !bpf.reg<r0>
  bpf.exit %1 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{needs a value of type !bpf.reg<r0>, but it is '!bpf.reg<r1>'}}
  bpf.exit %ctx : !bpf.reg<r1>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{may not jump or exit: its successors are unknown}}
  bpf.raw code 0x95 dst 0 src 0 off 0 imm 0
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{use bpf.ld_imm64 for a 64-bit immediate}}
  bpf.raw code 0x18 dst 0 src 0 off 0 imm 0
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{may not write r10}}
  bpf.raw code 0xb7 dst 10 src 0 off 0 imm 0
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{has the register 11; registers are from 0 to 10}}
  bpf.raw code 0xb7 dst 11 src 0 off 0 imm 0
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{has the offset 32768; an offset is from -32768 to 32767}}
  bpf.raw code 0x79 dst 1 src 1 off 32768 imm 0
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{has a result in '!bpf.reg<r3>', which the instruction does not write}}
  %1 = bpf.raw code 0xb7 dst 2 src 0 off 0 imm 0 : !bpf.reg<r3>
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

// expected-error@below {{needs program type, section and license, or none of them}}
"bpf.func"() <{sym_name = "f", program_type = "xdp", section = "xdp"}> ({
^bb0(%ctx: !bpf.reg<r1>):
  %0 = "bpf.mov_imm"() <{width = 64 : i32, imm = 0 : i32}> : () -> !bpf.reg<r0>
  "bpf.exit"(%0) : (!bpf.reg<r0>) -> ()
}) : () -> ()

// -----

// expected-error@below {{is either a program, or has params and result}}
bpf.func @f {
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

// expected-error@below {{is either a program, or has params and result}}
bpf.func @f program "xdp" section "xdp" license "GPL" params [] result ui64 {
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

// expected-error@below {{is a program, and all of those are global}}
bpf.func @f program "xdp" section "xdp" license "GPL" global {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

// expected-error@below {{has 1 params, but arguments in 0 registers}}
bpf.func @f params [#whistler.param<"a" : ui32>] result ui64 {
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f params [] result ui64 {
  // expected-error@below {{refers to the function @none, which does not exist}}
  %0 = bpf.call_func @none() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @p program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // expected-error@below {{refers to the program @p, which only the kernel can call}}
  %0 = bpf.call_func @p(%ctx) : (!bpf.reg<r1>) -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f params [] result ui64 {
  // expected-error@below {{passes 0 arguments to @g, which takes 1}}
  %0 = bpf.call_func @g() : () -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
bpf.func @g params [#whistler.param<"a" : ui32>] result ui64 {
^bb0(%a: !bpf.reg<r1>):
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f params [#whistler.param<"a" : ui32>] result ui64 {
^bb0(%a: !bpf.reg<r2>):
  // expected-error@below {{needs argument #0 of type !bpf.reg<r1>, but it is '!bpf.reg<r2>'}}
  %0 = bpf.call_func @f(%a) : (!bpf.reg<r2>) -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f global params [] result ui64 {
  // expected-error@below {{passes the global function @f; the kernel calls back only functions that are not}}
  %0 = bpf.ld_func @f : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f params [] result ui64 {
  // expected-error@below {{refers to the variable @none, which does not exist}}
  %0 = bpf.ld_global @none[0] : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// -----

bpf.func @f params [] result ui64 {
  // expected-error@below {{cannot hold what a relocation tells}}
  %0 = bpf.mov_imm w32 0 core <type_size "s"> : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
