// What is known folds; blocks go only if that is asked for.

// RUN: whistler-opt %s --whistler-canonicalize=simplify-regions=true | FileCheck %s --check-prefixes=CHECK,REGIONS
// RUN: whistler-opt %s --whistler-canonicalize | FileCheck %s --check-prefixes=CHECK,BLOCKS

// CHECK-LABEL: @constants
whistler.prog @constants type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  // CHECK: %[[C3:.*]] = arith.constant 3 : i64
  %sum = arith.addi %c1, %c2 : i64
  %isLess = arith.cmpi ult, %sum, %c1 : i64
  // CHECK-NEXT: whistler.return %[[C3]]
  // REGIONS-NEXT: }
  // BLOCKS-NEXT: // no predecessors
  cf.cond_br %isLess, ^one, ^other
^one:
  whistler.return %c1
^other:
  whistler.return %sum
}

// Blocks that end alike stay apart: the constants in which they differ would
// become arguments.
// CHECK-LABEL: @alike
whistler.prog @alike type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %value = whistler.ctx_load %ctx[0] size 4 : i32
  %c7 = arith.constant 7 : i32
  %is = arith.cmpi eq, %value, %c7 : i32
  // CHECK: cf.cond_br %{{.*}}, ^[[A:.*]], ^[[B:.*]]
  cf.cond_br %is, ^a, ^b
// CHECK-NEXT: ^[[A]]:
// CHECK-NEXT: whistler.return %c1
^a:
  whistler.return %c1
// CHECK-NEXT: ^[[B]]:
// CHECK-NEXT: whistler.return %c2
^b:
  whistler.return %c2
}
