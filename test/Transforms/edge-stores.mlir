// Keys that are constants on each way to a block are stored there.

// RUN: whistler-opt --whistler-edge-stores %s | FileCheck %s
// RUN: whistler-opt --whistler-edge-stores %s > %t.once
// RUN: whistler-opt --whistler-edge-stores %t.once | diff %t.once -

whistler.map @m type "array" key 4 value 8 entries 4

// CHECK-LABEL: @constants
// CHECK: %[[KEY:.*]] = whistler.alloca i32
// CHECK: whistler.store %c1_i32{{.*}}, %[[KEY]][0] : i32
// CHECK-NEXT: cf.cond_br %{{.*}}, ^bb2(%{{.*}} : i64), ^bb1
// CHECK: ^bb1:
// CHECK: whistler.store %c2_i32{{.*}}, %[[KEY]][0] : i32
// CHECK-NEXT: cf.br ^bb2(%{{.*}} : i64)
// CHECK: ^bb2(%[[VERDICT:.*]]: i64):
// CHECK-NEXT: whistler.map_lookup @m[%[[KEY]]]
// CHECK-NEXT: whistler.return %[[VERDICT]]
whistler.prog @constants type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = whistler.alloca i32
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i64
  %pass = arith.constant 2 : i64
  %drop = arith.constant 1 : i64
  %long = arith.constant 1 : i64
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c = arith.cmpi ult, %t, %c2 : i64
  cf.cond_br %c, ^bb2(%long, %drop : i64, i64), ^bb1
^bb1:
  cf.br ^bb2(%c2, %pass : i64, i64)
^bb2(%k: i64, %verdict: i64):
  %low = arith.trunci %k : i64 to i32
  whistler.store %low, %key[0] : i32, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  whistler.return %verdict
}

// A number that is computed on one of the ways.
// CHECK-LABEL: @computed
// CHECK: ^bb2(%[[K:.*]]: i32):
// CHECK-NEXT: whistler.store %[[K]]
whistler.prog @computed type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = whistler.alloca i32
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i32
  %v = whistler.ctx_load %ctx[12] size 4 : i32
  %c = arith.cmpi ult, %v, %c2 : i32
  cf.cond_br %c, ^bb2(%c1 : i32), ^bb1
^bb1:
  cf.br ^bb2(%v : i32)
^bb2(%k: i32):
  whistler.store %k, %key[0] : i32, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// One constant on two ways is set once.
// CHECK-LABEL: @shared
// CHECK: ^bb3(%[[K:.*]]: i32):
// CHECK-NEXT: whistler.store %[[K]]
whistler.prog @shared type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = whistler.alloca i32
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i32
  %v = whistler.ctx_load %ctx[12] size 4 : i32
  %c = arith.cmpi ult, %v, %c2 : i32
  cf.cond_br %c, ^bb3(%c1 : i32), ^bb1
^bb1:
  %d = arith.cmpi ugt, %v, %c2 : i32
  cf.cond_br %d, ^bb3(%c1 : i32), ^bb2
^bb2:
  cf.br ^bb3(%c2 : i32)
^bb3(%k: i32):
  whistler.store %k, %key[0] : i32, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// The null pointer is the key already.
// CHECK-LABEL: @compared
// CHECK: ^bb2(%[[K:.*]]: i32):
// CHECK-NEXT: whistler.store %[[K]]
whistler.prog @compared type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %other = whistler.alloca i32
  %key = whistler.alloca i32
  %c0 = arith.constant 0 : i32
  %c2 = arith.constant 2 : i32
  whistler.store %c2, %other[0] : i32, !whistler.ptr<stack>
  %null = whistler.null : !whistler.ptr<map_value>
  %q = whistler.map_lookup @m[%other] : !whistler.ptr<stack>
  %c = whistler.ptr_cmp ne %q, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %c, ^bb1, ^bb2(%c0 : i32)
^bb1:
  cf.br ^bb2(%c2 : i32)
^bb2(%k: i32):
  whistler.store %k, %key[0] : i32, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// Another block reads the variable.
// CHECK-LABEL: @elsewhere
// CHECK: ^bb2(%[[K:.*]]: i32):
// CHECK-NEXT: whistler.store %[[K]]
whistler.prog @elsewhere type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = whistler.alloca i32
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i32
  whistler.store %c1, %key[0] : i32, !whistler.ptr<stack>
  %v = whistler.ctx_load %ctx[12] size 4 : i32
  %c = arith.cmpi ult, %v, %c2 : i32
  cf.cond_br %c, ^bb2(%c2 : i32), ^bb1
^bb1:
  %q = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  cf.br ^bb2(%c1 : i32)
^bb2(%k: i32):
  whistler.store %k, %key[0] : i32, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// Both ways out of one block, and a second lookup behind the first.
// CHECK-LABEL: @both
// CHECK: whistler.store %c2_i32{{.*}}, %[[KEY:.*]][0] : i32
// CHECK-NEXT: cf.cond_br %{{.*}}, ^[[OWN:bb[0-9]]], ^[[JOIN:bb[0-9]]]
// CHECK: ^[[OWN]]:
// CHECK: whistler.store %c1_i32{{.*}}, %[[KEY]][0] : i32
// CHECK-NEXT: cf.br ^[[JOIN]]
// CHECK: ^[[JOIN]]:
// CHECK-NEXT: whistler.map_lookup @m[%[[KEY]]]
whistler.prog @both type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = whistler.alloca i32
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i32
  %zero = arith.constant 0 : i64
  %null = whistler.null : !whistler.ptr<map_value>
  %v = whistler.ctx_load %ctx[12] size 4 : i32
  %c = arith.cmpi ult, %v, %c2 : i32
  cf.cond_br %c, ^bb1(%c1 : i32), ^bb1(%c2 : i32)
^bb1(%k: i32):
  whistler.store %k, %key[0] : i32, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  %found = whistler.ptr_cmp ne %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %found, ^bb2, ^bb3
^bb2:
  %q = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %q : !whistler.ptr<map_value>
  whistler.return %0
^bb3:
  whistler.return %zero
}

// In the next round the branch would store another key for the way out.
// CHECK-LABEL: @round
// CHECK: ^bb1(%[[K:.*]]: i32):
// CHECK-NEXT: whistler.store %[[K]]
whistler.prog @round type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = whistler.alloca i32
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i32
  %v = whistler.ctx_load %ctx[12] size 4 : i32
  %c = arith.cmpi ult, %v, %c2 : i32
  cf.br ^bb1(%c1 : i32)
^bb1(%k: i32):
  whistler.store %k, %key[0] : i32, !whistler.ptr<stack>
  %t = whistler.helper_call "get_prandom_u32"() : () -> i64
  %three = arith.constant 3 : i64
  %again = arith.cmpi ult, %t, %three : i64
  cf.cond_br %again, ^bb1(%c2 : i32), ^bb2
^bb2:
  %q = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %q : !whistler.ptr<map_value>
  whistler.return %0
}
