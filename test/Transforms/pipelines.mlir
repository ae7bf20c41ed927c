// The optimisation levels, and that a second run leaves their results alone.

// RUN: whistler-opt %s --whistler-O0 | FileCheck %s --check-prefixes=CHECK,O0
// RUN: whistler-opt %s --whistler-O1 | FileCheck %s --check-prefixes=CHECK,O1
// RUN: whistler-opt %s --whistler-O2 | FileCheck %s --check-prefixes=CHECK,O2
// RUN: whistler-opt %s --pass-pipeline='builtin.module(whistler-O2)' | FileCheck %s --check-prefixes=CHECK,O2

// RUN: whistler-opt %s --whistler-Os | FileCheck %s --check-prefixes=CHECK,O2

// For size additions stay atomic, which takes fewer instructions.
// RUN: whistler-opt %s --whistler-Os --dump-pass-pipeline -o %t.4 2>&1 | FileCheck %s --check-prefix=SIZE
// SIZE-NOT: whistler-atomics
// SIZE: whistler-expand-map-adds{outline=size}

// What has been compared with the packet's end stays so at all levels.
// RUN: whistler-opt %s --whistler-O0 --dump-pass-pipeline -o %t.4 2>&1 | FileCheck %s --check-prefix=POINTERS
// RUN: whistler-opt %s --whistler-O1 --dump-pass-pipeline -o %t.4 2>&1 | FileCheck %s --check-prefixes=POINTERS,DECIDE
// POINTERS: whistler-verify-safety
// DECIDE: whistler-decide-values
// POINTERS: whistler-share-loads{keep-tested=false pointers-only=true}

// The order of constants is free.
// RUN: whistler-opt %s --whistler-O0 | sort > %t.0
// RUN: whistler-opt %s --whistler-O0 --whistler-O0 | sort | diff %t.0 -
// RUN: whistler-opt %s --whistler-O1 | sort > %t.1
// RUN: whistler-opt %s --whistler-O1 --whistler-O1 | sort | diff %t.1 -
// RUN: whistler-opt %s --whistler-O2 | sort > %t.2
// RUN: whistler-opt %s --whistler-O2 --whistler-O2 | sort | diff %t.2 -
// RUN: whistler-opt %s --whistler-Os | sort > %t.s
// RUN: whistler-opt %s --whistler-Os --whistler-Os | sort | diff %t.s -

// RUN: whistler-opt %s --whistler-O2 --dump-pass-pipeline -o %t.3 2>&1 | FileCheck %s --check-prefix=STEPS
// STEPS: builtin.module(
// STEPS-NEXT: whistler.prog(
// STEPS-NEXT: whistler-promote-variables
// STEPS-NEXT: ),
// STEPS-NEXT: whistler.func(
// STEPS-NEXT: whistler-promote-variables
// STEPS-NEXT: ),
// STEPS-NEXT: whistler-check-indices,
// STEPS-NEXT: whistler-check-accesses,
// STEPS-NEXT: whistler-verify-safety{{.*}},
// STEPS-NEXT: whistler-inline-functions,
// STEPS-NEXT: any(
// STEPS-NEXT: whistler-canonicalize{simplify-regions=true}
// STEPS-NEXT: whistler-promote-variables
// STEPS-NEXT: whistler-narrow-variables,
// STEPS-NEXT: whistler-dead-stores,
// STEPS-NEXT: whistler-unroll-loops,
// STEPS-NEXT: whistler-canonicalize{simplify-regions=true}
// STEPS-NEXT: ),
// STEPS-NEXT: whistler-share-lookups,
// STEPS-NEXT: whistler-share-loads{{.*}},
// STEPS-NEXT: any(
// STEPS-NEXT: cse,
// STEPS-NEXT: whistler-null-check-elision,
// STEPS-NEXT: whistler-integer-ranges,
// STEPS-NEXT: whistler-canonicalize{simplify-regions=false}
// STEPS-NEXT: whistler-order-tests,
// STEPS-NEXT: whistler-decide-values,
// STEPS-NEXT: whistler-branch-threading{{.*}},
// STEPS-NEXT: whistler-canonicalize{simplify-regions=false}
// STEPS-NEXT: whistler-decide-values,
// STEPS-NEXT: whistler-branch-threading{{.*}}
// STEPS-NEXT: ),
// STEPS-NEXT: whistler-share-lookups,
// STEPS-NEXT: whistler-share-loads{keep-tested=true pointers-only=false},
// STEPS-NEXT: any(
// STEPS-NEXT: whistler-canonicalize{simplify-regions=false}
// STEPS-NEXT: whistler-tail-merging{{.*}},
// STEPS-NEXT: whistler-merge-load-bytes,
// STEPS-NEXT: whistler-share-adds{{.*}}
// STEPS-NEXT: ),
// STEPS-NEXT: whistler-atomics,
// STEPS-NEXT: whistler-expand-map-adds{outline=speed},
// STEPS-NEXT: any(
// STEPS-NEXT: whistler-null-check-elision,
// STEPS-NEXT: whistler-canonicalize{simplify-regions=false}
// STEPS-NEXT: cse,
// STEPS-NEXT: whistler-lookup-delete-fusion,
// STEPS-NEXT: whistler-load-hoisting,
// STEPS-NEXT: whistler-checksum-folding,
// STEPS-NEXT: whistler-narrow,
// STEPS-NEXT: whistler-byteswap-folding,
// STEPS-NEXT: whistler-merge-stores,
// STEPS-NEXT: whistler-offset-folding,
// STEPS-NEXT: whistler-merge-comparisons,
// STEPS-NEXT: whistler-bitmask-fusion,
// STEPS-NEXT: whistler-merge-offsets,
// STEPS-NEXT: whistler-canonicalize{simplify-regions=true}
// STEPS-NEXT: ),
// STEPS-NEXT: whistler-sink-values

// CHECK-LABEL: @f
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // Variables are values at every level.
  // CHECK-NOT: whistler.alloca i64
  %x = whistler.alloca i64
  %c3 = arith.constant 3 : i64
  %c4 = arith.constant 4 : i64
  whistler.store %c3, %x[0] : i64, !whistler.ptr<stack>
  %0 = whistler.load %x[0] : !whistler.ptr<stack> -> i64
  // O0 leaves the sum to run time.
  // O0: arith.addi
  // O1-NOT: arith.addi
  // O2-NOT: arith.addi
  %sum = arith.addi %0, %c4 : i64
  // Reading the packet twice is shared at O2.
  // O0-COUNT-2: whistler.ctx_load
  // O1-COUNT-2: whistler.ctx_load
  // O2: whistler.ctx_load
  // O2-NOT: whistler.ctx_load
  %a = whistler.ctx_load %ctx[12] size 4 : i32
  %b = whistler.ctx_load %ctx[12] size 4 : i32
  %both = arith.addi %a, %b : i32
  // The remainder is below 16, as ranges tell at O2.
  // O0: cf.cond_br
  // O1: cf.cond_br
  // O2-NOT: cf.cond_br
  %c16 = arith.constant 16 : i32
  %digit = whistler.umod %both, %c16 : i32
  %less = arith.cmpi ult, %digit, %c16 : i32
  cf.cond_br %less, ^in, ^out
^in:
  // CHECK: arith.extui
  %wide = arith.extui %digit : i32 to i64
  // CHECK: arith.muli
  %result = arith.muli %wide, %sum : i64
  // CHECK: whistler.return
  whistler.return %result
^out:
  whistler.return %c3
}

// Blocks that do the same with different constants are not merged where that
// saves nothing: the constants would go through another register.
// CHECK-LABEL: @alike
whistler.prog @alike type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: whistler.helper_call "trace_printk"
  %c0 = arith.constant 0 : i32
  %c5 = arith.constant 5 : i64
  %c6 = arith.constant 6 : i64
  %n = whistler.ctx_load %ctx[12] size 4 : i32
  %s = whistler.alloca i64
  %less = arith.cmpi eq, %n, %c0 : i32
  cf.cond_br %less, ^one, ^two
^one:
  %0 = whistler.helper_call "trace_printk"(%s, %c5) : (!whistler.ptr<stack>, i64) -> i64
  whistler.return %0
^two:
  %1 = whistler.helper_call "trace_printk"(%s, %c6) : (!whistler.ptr<stack>, i64) -> i64
  whistler.return %1
}
