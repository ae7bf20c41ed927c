// Blocks, their arguments and their order.

// RUN: whistler-opt %s --convert-whistler-to-bpf | FileCheck %s

// CHECK-LABEL: @diamond
whistler.prog @diamond type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i32
  %c1 = arith.constant 1 : i64
  %n = whistler.ctx_load %ctx[12] size 4 : i32
  // CHECK: %[[N:.*]] = bpf.load u32
  // CHECK-NEXT: %[[ONE:.*]] = bpf.mov_imm w64 1
  // CHECK-NEXT: bpf.jcond_imm eq w32 %[[N]], 0 : !bpf.reg ^bb1, ^bb2(%[[ONE]] : !bpf.reg)
  %c = arith.cmpi eq, %n, %zero : i32
  cf.cond_br %c, ^then, ^join(%c1 : i64)
^then:
  // CHECK: ^bb1:
  // CHECK: %[[TWO:.*]] = bpf.mov_imm w64 2
  // CHECK-NEXT: bpf.ja ^bb2(%[[TWO]] : !bpf.reg)
  %c2 = arith.constant 2 : i64
  cf.br ^join(%c2 : i64)
^join(%v: i64):
  // CHECK: ^bb2(%[[V:.*]]: !bpf.reg):
  // CHECK-NEXT: %[[R0:.*]] = bpf.mov w64 %[[V]] : !bpf.reg -> !bpf.reg<r0>
  // CHECK-NEXT: bpf.exit %[[R0]]
  whistler.return %v
}

// CHECK-LABEL: @loop
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %c9 = arith.constant 9 : i32
  // CHECK: %[[ZERO:.*]] = bpf.mov_imm w64 0
  // CHECK-NEXT: bpf.ja ^bb1(%[[ZERO]] : !bpf.reg)
  cf.br ^head(%c0 : i32)
^head(%i: i32):
  // CHECK: ^bb1(%[[I:.*]]: !bpf.reg):
  // CHECK-NEXT: %[[NEXT:.*]] = bpf.alu_imm add w32 %[[I]], 1
  // CHECK-NEXT: bpf.jcond_imm lt w32 %[[NEXT]], 9 : !bpf.reg ^bb1(%[[NEXT]] : !bpf.reg), ^bb2
  %next = arith.addi %i, %c1 : i32
  %more = arith.cmpi ult, %next, %c9 : i32
  cf.cond_br %more, ^head(%next : i32), ^out
^out:
  // An argument's register may hold anything above the width.
  // CHECK: bpf.mov w32 %[[I]] : !bpf.reg -> !bpf.reg
  %0 = arith.extui %i : i32 to i64
  whistler.return %0
}

// Blocks that nothing leads to are left out, and need not make sense.
// CHECK-LABEL: @unreachable
whistler.prog @unreachable type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i64
  // CHECK: bpf.exit
  // CHECK-NEXT: }
  whistler.return %0
^bb1(%x: i64):
  %1 = arith.divui %x, %0 : i64
  cf.br ^bb1(%1 : i64)
}

// Both ways lead to one block, with different values.
// CHECK-LABEL: @same_target
whistler.prog @same_target type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: bpf.jcond_imm ne w32 %{{.*}}, 0 : !bpf.reg ^bb1(%{{.*}} : !bpf.reg), ^bb1(%{{.*}} : !bpf.reg)
  %zero = arith.constant 0 : i32
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %n = whistler.ctx_load %ctx[12] size 4 : i32
  %c = arith.cmpi ne, %n, %zero : i32
  cf.cond_br %c, ^join(%c1 : i64), ^join(%c2 : i64)
^join(%v: i64):
  whistler.return %v
}

// A comparison may stand in another block than its branch, and several branches
// may use it.
// CHECK-LABEL: @far_comparison
whistler.prog @far_comparison type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i32
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %n = whistler.ctx_load %ctx[12] size 4 : i32
  %c = arith.cmpi ne, %n, %zero : i32
  // CHECK: %[[N:.*]] = bpf.load u32
  // CHECK: bpf.jcond_imm ne w32 %[[N]], 0
  cf.cond_br %c, ^one, ^two
^one:
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  // CHECK: bpf.call 5
  // CHECK: bpf.jcond_imm ne w32 %[[N]], 0
  cf.cond_br %c, ^out(%t : i64), ^two
^two:
  whistler.return %c1
^out(%v: i64):
  whistler.return %v
}
