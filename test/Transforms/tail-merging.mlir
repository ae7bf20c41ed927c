// Blocks that end in the same operations share them.

// RUN: whistler-opt %s --whistler-tail-merging | FileCheck %s --check-prefixes=CHECK,MERGED
// RUN: whistler-opt %s --whistler-tail-merging=min-gain=1000 | FileCheck %s --check-prefixes=CHECK,NEVER
// RUN: whistler-opt %s --whistler-tail-merging > %t.once
// RUN: whistler-opt %t.once --whistler-tail-merging | diff %t.once -

whistler.map @m type "array" key 4 value 8 entries 4

// The verdicts of a program: constants that differ, the keys of the counters
// and what is returned, are arguments.
// CHECK-LABEL: @counters
whistler.prog @counters type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // MERGED: cf.br ^[[END:[a-z0-9]+]](%c0_i32, %c1_i64 : i32, i64)
  // MERGED: ^[[END]](%[[KEY:.*]]: i32, %[[VERDICT:.*]]: i64):
  // MERGED-NEXT: %[[ONE:.*]] = arith.constant 1 : i64
  // MERGED-NEXT: whistler.map_add @m[%[[KEY]]], %[[ONE]] : i32, i64
  // MERGED-NEXT: whistler.return %[[VERDICT]]
  // MERGED: cf.br ^[[END]](%c1_i32, %c1_i64 : i32, i64)
  // MERGED: cf.br ^[[END]](%c2_i32, %c2_i64 : i32, i64)
  // MERGED-NOT: whistler.map_add
  // NEVER-COUNT-3: whistler.map_add
  %c0_i32 = arith.constant 0 : i32
  %c1_i32 = arith.constant 1 : i32
  %c2_i32 = arith.constant 2 : i32
  %c1_i64 = arith.constant 1 : i64
  %c2_i64 = arith.constant 2 : i64
  %n = whistler.ctx_load %ctx[12] size 4 : i32
  %queue = whistler.ctx_load %ctx[16] size 4 : i32
  %is_zero = arith.cmpi eq, %n, %c0_i32 : i32
  cf.cond_br %is_zero, ^first, ^more
^more:
  %is_first = arith.cmpi eq, %queue, %c0_i32 : i32
  cf.cond_br %is_first, ^second, ^third
^first:
  whistler.map_add @m[%c0_i32], %c1_i64 : i32, i64
  whistler.return %c1_i64
^second:
  whistler.map_add @m[%c1_i32], %c1_i64 : i32, i64
  whistler.return %c1_i64
^third:
  whistler.map_add @m[%c2_i32], %c1_i64 : i32, i64
  whistler.return %c2_i64
}

// What is the same in all of them is no argument, nor is what the shared
// operations compute for each other. What stands before stays.
// CHECK-LABEL: @common_values
whistler.prog @common_values type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // MERGED: %[[N:.*]] = whistler.ctx_load %{{.*}}[12]
  // MERGED: arith.shli %[[N]]
  // MERGED-NEXT: cf.br ^[[END:[a-z0-9]+]](%[[A:.*]] : i64)
  // MERGED: ^[[END]](%[[X:.*]]: i64):
  // MERGED: %[[SUM:.*]] = arith.addi %[[X]], %[[N]]
  // MERGED: %[[PRODUCT:.*]] = arith.muli %[[SUM]], %[[N]]
  // MERGED: %[[DIGITS:.*]] = arith.andi %[[PRODUCT]], %{{.*}}
  // MERGED: %[[RESULT:.*]] = arith.subi %[[DIGITS]], %[[X]]
  // MERGED-NEXT: whistler.return %[[RESULT]]
  // MERGED: arith.shrui %[[N]]
  // MERGED-NEXT: cf.br ^[[END]]
  // MERGED-NOT: arith.addi
  // NEVER-COUNT-2: arith.muli
  %three = arith.constant 3 : i64
  %mask = arith.constant 255 : i64
  %n = whistler.ctx_load %ctx[12] size 8 : i64
  %is_small = arith.cmpi ult, %n, %mask : i64
  cf.cond_br %is_small, ^left, ^right
^left:
  %a = arith.shli %n, %three : i64
  %sum_a = arith.addi %a, %n : i64
  %product_a = arith.muli %sum_a, %n : i64
  %digits_a = arith.andi %product_a, %mask : i64
  %result_a = arith.subi %digits_a, %a : i64
  whistler.return %result_a
^right:
  %b = arith.shrui %n, %three : i64
  %sum_b = arith.addi %b, %n : i64
  %product_b = arith.muli %sum_b, %n : i64
  %digits_b = arith.andi %product_b, %mask : i64
  %result_b = arith.subi %digits_b, %b : i64
  whistler.return %result_b
}

// The same operations on each other's results the other way around.
// CHECK-LABEL: @other_data_flow
whistler.prog @other_data_flow type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: arith.muli
  %mask = arith.constant 255 : i64
  %n = whistler.ctx_load %ctx[12] size 8 : i64
  %is_small = arith.cmpi ult, %n, %mask : i64
  cf.cond_br %is_small, ^left, ^right
^left:
  %product_a = arith.muli %n, %n : i64
  %sum_a = arith.addi %n, %mask : i64
  %difference_a = arith.subi %product_a, %sum_a : i64
  whistler.return %difference_a
^right:
  %product_b = arith.muli %n, %n : i64
  %sum_b = arith.addi %n, %mask : i64
  %difference_b = arith.subi %sum_b, %product_b : i64
  whistler.return %difference_b
}

// Two pointers stay two, so that the verifier knows what is accessed. What
// follows is shared.
// CHECK-LABEL: @pointers
whistler.prog @pointers type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // MERGED: whistler.load %[[P:.*]][0]
  // MERGED-NEXT: cf.br ^[[END:[a-z0-9]+]]
  // MERGED: ^[[END]](%{{.*}}: i64):
  // MERGED: whistler.load
  // MERGED-NEXT: cf.br ^[[END]]
  // NEVER-COUNT-2: arith.xori
  %mask = arith.constant 255 : i64
  %p = whistler.alloca i64
  %q = whistler.alloca i64
  %n = whistler.ctx_load %ctx[12] size 8 : i64
  whistler.store %n, %p[0] : i64, !whistler.ptr<stack>
  whistler.store %mask, %q[0] : i64, !whistler.ptr<stack>
  %is_small = arith.cmpi ult, %n, %mask : i64
  cf.cond_br %is_small, ^left, ^right
^left:
  %a = whistler.load %p[0] : !whistler.ptr<stack> -> i64
  %a1 = arith.muli %a, %a : i64
  %a2 = arith.addi %a, %a1 : i64
  %a3 = arith.xori %a2, %a1 : i64
  %a4 = arith.subi %a3, %a2 : i64
  whistler.return %a4
^right:
  %b = whistler.load %q[0] : !whistler.ptr<stack> -> i64
  %b1 = arith.muli %b, %b : i64
  %b2 = arith.addi %b, %b1 : i64
  %b3 = arith.xori %b2, %b1 : i64
  %b4 = arith.subi %b3, %b2 : i64
  whistler.return %b4
}

// Comparisons stay where they are looked at.
// CHECK-LABEL: @truth
whistler.prog @truth type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // MERGED: arith.select
  // MERGED-NEXT: cf.br ^[[END:[a-z0-9]+]]
  // MERGED: ^[[END]](%{{.*}}: i64):
  // MERGED: arith.select
  // MERGED-NEXT: cf.br ^[[END]]
  // NEVER-COUNT-2: arith.xori
  %c9 = arith.constant 9 : i64
  %mask = arith.constant 255 : i64
  %n = whistler.ctx_load %ctx[12] size 8 : i64
  %is_small = arith.cmpi ult, %n, %mask : i64
  cf.cond_br %is_small, ^left, ^right
^left:
  %is_nine = arith.cmpi eq, %n, %c9 : i64
  %a = arith.select %is_nine, %c9, %n : i64
  %a1 = arith.muli %a, %a : i64
  %a2 = arith.addi %a, %a1 : i64
  %a3 = arith.xori %a2, %a1 : i64
  %a4 = arith.subi %a3, %a2 : i64
  whistler.return %a4
^right:
  %is_more = arith.cmpi ugt, %n, %c9 : i64
  %b = arith.select %is_more, %c9, %n : i64
  %b1 = arith.muli %b, %b : i64
  %b2 = arith.addi %b, %b1 : i64
  %b3 = arith.xori %b2, %b1 : i64
  %b4 = arith.subi %b3, %b2 : i64
  whistler.return %b4
}

// Loops keep their ends; the ways out of one share theirs.
// CHECK-LABEL: @loop
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: ^[[HEAD:[a-z0-9]+]](%{{.*}}: i64, %{{.*}}: i64):
  // CHECK: arith.subi
  // CHECK-NEXT: cf.br ^[[HEAD]](
  // CHECK: arith.subi
  // CHECK-NEXT: cf.br ^[[HEAD]](
  // MERGED: whistler.map_add
  // MERGED-NOT: whistler.map_add
  // NEVER-COUNT-2: whistler.map_add
  %key = arith.constant 0 : i32
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %nine = arith.constant 9 : i64
  %n = whistler.ctx_load %ctx[12] size 8 : i64
  cf.br ^head(%zero, %zero : i64, i64)
^head(%i: i64, %sum: i64):
  %is_end = arith.cmpi eq, %i, %nine : i64
  cf.cond_br %is_end, ^out, ^body
^body:
  %next = arith.addi %i, %one : i64
  %is_less = arith.cmpi ult, %sum, %n : i64
  cf.cond_br %is_less, ^left, ^middle
^left:
  %a1 = arith.muli %sum, %n : i64
  %a2 = arith.addi %sum, %a1 : i64
  %a3 = arith.xori %a2, %a1 : i64
  %a4 = arith.subi %a3, %a2 : i64
  cf.br ^head(%next, %a4 : i64, i64)
^middle:
  %is_equal = arith.cmpi eq, %sum, %n : i64
  cf.cond_br %is_equal, ^found, ^right
^right:
  %b1 = arith.muli %i, %n : i64
  %b2 = arith.addi %i, %b1 : i64
  %b3 = arith.xori %b2, %b1 : i64
  %b4 = arith.subi %b3, %b2 : i64
  cf.br ^head(%next, %b4 : i64, i64)
^found:
  whistler.map_add @m[%key], %one : i32, i64
  whistler.return %i
^out:
  whistler.map_add @m[%key], %one : i32, i64
  whistler.return %sum
}

// A block that jumps to one which only returns is alike to those that return.
// CHECK-LABEL: @jump_to_return
whistler.prog @jump_to_return type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // MERGED: whistler.map_add
  // MERGED-NOT: whistler.map_add
  // NEVER-COUNT-2: whistler.map_add
  %key = arith.constant 0 : i32
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %nine = arith.constant 9 : i64
  %n = whistler.ctx_load %ctx[12] size 8 : i64
  %is_small = arith.cmpi ult, %n, %nine : i64
  cf.cond_br %is_small, ^left, ^right
^left:
  whistler.map_add @m[%key], %one : i32, i64
  cf.br ^exit(%one : i64)
^right:
  %is_nine = arith.cmpi eq, %n, %nine : i64
  cf.cond_br %is_nine, ^exit(%two : i64), ^other
^other:
  whistler.map_add @m[%key], %one : i32, i64
  whistler.return %two
^exit(%verdict: i64):
  whistler.return %verdict
}
