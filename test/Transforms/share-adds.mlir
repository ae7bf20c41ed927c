// Several additions to one map are made in one place.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(any(whistler-share-adds))' | FileCheck %s
// RUN: whistler-opt %s --whistler-share-adds > %t.once
// RUN: whistler-opt %t.once --whistler-share-adds | diff %t.once -
// RUN: whistler-opt %s --whistler-share-adds=min-gain=6 | FileCheck %s --check-prefix=GAIN
// RUN: whistler-opt %s --whistler-share-adds --remark-policy=all --remarks-filter-passed=whistler-share-adds -o %t.2 2>&1 | FileCheck %s --check-prefix=REMARK

// Going back is a loop, which kernels before 5.3 do not take.
// RUN: (echo 'module attributes {whistler.min_kernel = #whistler.kernel<"5.2">} {'; cat %s; echo '}') > %t.old.mlir
// RUN: whistler-opt %t.old.mlir > %t.4
// RUN: whistler-opt %t.old.mlir --whistler-share-adds | diff %t.4 -

// REMARK: remark: [Passed] AdditionsShared {{.*}}Function=three {{.*}}Additions=3

whistler.map @counts type "array" key 4 value 8 entries 8
whistler.map @sources type "hash" key 4 value 8 entries 8

// The first one is passed on all ways to the others. What is loaded behind it is
// loaded in front of it, so that it is there behind all.
// CHECK-LABEL: @three
whistler.prog @three type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[SOURCE:.*]] = whistler.load %{{.*}}[-8]
  // CHECK-NEXT: cf.br ^[[ADD:bb[0-9]+]](%c0_i32 : i32)
  // CHECK: ^[[ADD]](%[[KEY:.*]]: i32):
  // CHECK-NEXT: whistler.map_add @counts[%[[KEY]]], %{{.*}} : i32, i64
  // CHECK: %[[IS_0:.*]] = arith.cmpi eq, %[[KEY]], %c0
  // CHECK: cf.cond_br %[[IS_0]], ^[[FIRST:bb[0-9]+]], ^[[OTHER:bb[0-9]+]]
  // CHECK: ^[[OTHER]]:
  // CHECK: %[[IS_1:.*]] = arith.cmpi eq, %[[KEY]], %c1
  // CHECK: cf.cond_br %[[IS_1]], ^[[SECOND:bb[0-9]+]], ^[[THIRD:bb[0-9]+]]
  // CHECK: ^[[FIRST]]:
  // CHECK: whistler.map_lookup @sources[%[[SOURCE]]]
  // CHECK: cf.br ^[[ADD]](%c1_i32 : i32)
  // CHECK: ^[[SECOND]]:
  // CHECK-NEXT: whistler.return
  // CHECK: cf.br ^[[ADD]](%c2_i32 : i32)
  // CHECK: ^[[THIRD]]:
  // CHECK-NEXT: whistler.map_update @sources[%[[SOURCE]]]
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %k0 = arith.constant 0 : i32
  %k1 = arith.constant 1 : i32
  %k2 = arith.constant 2 : i32
  %size = arith.constant 34 : i64
  %null = whistler.null : !whistler.ptr<map_value>
  %start = whistler.ctx_load %ctx[0] size 4 field "xdp_md:data" : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 field "xdp_md:data_end" : !whistler.ptr<packet_end>
  %data = whistler.ptr_add %start, %size : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %data, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^out, ^in
^in:
  whistler.map_add @counts[%k0], %one : i32, i64
  %source = whistler.load %data[-8] : !whistler.ptr<packet> -> i32
  %p = whistler.map_lookup @sources[%source] : i32
  %found = whistler.ptr_cmp ne %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %found, ^known, ^new
^known:
  whistler.map_add @counts[%k1], %one : i32, i64
  whistler.return %one
^new:
  whistler.map_add @counts[%k2], %one : i32, i64
  %u = whistler.map_update @sources[%source], %one, %zero : i32, i64
  cf.br ^out
^out:
  whistler.return %two
}

// Two save five slots. What they add may differ.
// CHECK-LABEL: @two
// GAIN-LABEL: @two
whistler.prog @two type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: cf.br ^[[ADD:bb[0-9]+]](%c5_i32, %c1_i64 : i32, i64)
  // CHECK: ^[[ADD]](%[[KEY:.*]]: i32, %[[DELTA:.*]]: i64):
  // CHECK-NEXT: whistler.map_add plain @counts[%[[KEY]]], %[[DELTA]]
  // CHECK: cf.br ^[[ADD]](%c6_i32, %c10_i64 : i32, i64)
  // GAIN-COUNT-2: whistler.map_add
  %k5 = arith.constant 5 : i32
  %k6 = arith.constant 6 : i32
  %one = arith.constant 1 : i64
  %ten = arith.constant 10 : i64
  whistler.map_add plain @counts[%k5], %one : i32, i64
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  whistler.map_add plain @counts[%k6], %ten : i32, i64
  whistler.return %one
}

// What a helper gave in between cannot be computed again.
// CHECK-LABEL: @between
whistler.prog @between type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: whistler.map_add
  %k0 = arith.constant 0 : i32
  %k1 = arith.constant 1 : i32
  %one = arith.constant 1 : i64
  whistler.map_add @counts[%k0], %one : i32, i64
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  whistler.map_add @counts[%k1], %one : i32, i64
  whistler.return %t
}

// What is loaded on one way only is loaded again on that.
// CHECK-LABEL: @again
whistler.prog @again type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: cf.br ^[[ADD:bb[0-9]+]](%c0_i32 : i32)
  // CHECK: whistler.map_add
  // CHECK: cf.cond_br %{{.*}}, ^[[FIRST:bb[0-9]+]], ^[[SECOND:bb[0-9]+]]
  // CHECK: ^[[FIRST]]:
  // CHECK: whistler.load %[[DATA:.*]][-12]
  // CHECK: cf.br ^[[ADD]](%c1_i32 : i32)
  // CHECK: ^[[SECOND]]:
  // CHECK-NEXT: %[[BYTE:.*]] = whistler.load %[[DATA]][-12]
  // CHECK-NEXT: arith.extui %[[BYTE]]
  %k0 = arith.constant 0 : i32
  %k1 = arith.constant 1 : i32
  %one = arith.constant 1 : i64
  %five = arith.constant 5 : i8
  %size = arith.constant 34 : i64
  %start = whistler.ctx_load %ctx[76] size 4 field "__sk_buff:data" : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[80] size 4 field "__sk_buff:data_end" : !whistler.ptr<packet_end>
  %data = whistler.ptr_add %start, %size : !whistler.ptr<packet>
  whistler.map_add @counts[%k0], %one : i32, i64
  %short = whistler.ptr_cmp gt %data, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^out, ^in
^in:
  %old = whistler.load %data[-12] : !whistler.ptr<packet> -> i8
  %is_five = arith.cmpi eq, %old, %five : i8
  cf.cond_br %is_five, ^more, ^out
^more:
  whistler.map_add @counts[%k1], %one : i32, i64
  %n = arith.extui %old : i8 to i64
  whistler.return %n
^out:
  whistler.return %one
}

// Not if the bytes are written over.
// CHECK-LABEL: @written
whistler.prog @written type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: whistler.map_add
  %k0 = arith.constant 0 : i32
  %k1 = arith.constant 1 : i32
  %one = arith.constant 1 : i64
  %byte = arith.constant 7 : i8
  %size = arith.constant 34 : i64
  %start = whistler.ctx_load %ctx[76] size 4 field "__sk_buff:data" : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[80] size 4 field "__sk_buff:data_end" : !whistler.ptr<packet_end>
  %data = whistler.ptr_add %start, %size : !whistler.ptr<packet>
  whistler.map_add @counts[%k0], %one : i32, i64
  %short = whistler.ptr_cmp gt %data, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^out, ^in
^in:
  %old = whistler.load %data[-12] : !whistler.ptr<packet> -> i8
  whistler.store %byte, %data[-12] : i8, !whistler.ptr<packet>
  whistler.map_add @counts[%k1], %one : i32, i64
  %n = arith.extui %old : i8 to i64
  whistler.return %n
^out:
  whistler.return %one
}

// Where a number may have been bounded in front of one, it would have to be so
// in front of all.
// CHECK-LABEL: @bounded
whistler.prog @bounded type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: whistler.map_add
  %k0 = arith.constant 0 : i32
  %k1 = arith.constant 1 : i32
  %one = arith.constant 1 : i64
  %eight = arith.constant 8 : i64
  %byte = arith.constant 0 : i8
  %bytes = whistler.alloca !whistler.array<1 x ui64>
  %n = whistler.helper_call "ktime_get_ns"() : () -> i64
  %small = arith.cmpi ult, %n, %eight : i64
  cf.cond_br %small, ^in, ^large
^in:
  whistler.map_add @counts[%k0], %one : i32, i64
  %place = whistler.ptr_add %bytes, %n : !whistler.ptr<stack>
  whistler.store %byte, %place[0] : i8, !whistler.ptr<stack>
  cf.br ^out
^large:
  whistler.map_add @counts[%k1], %one : i32, i64
  cf.br ^out
^out:
  whistler.return %one
}

// Rounds of a loop would all go the long way; keys that are alike, or that are
// no constants, do not tell where to go on.
// CHECK-LABEL: @loop
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: whistler.map_add @counts[%c0
  // CHECK: whistler.map_add @counts[%c1
  %k0 = arith.constant 0 : i32
  %k1 = arith.constant 1 : i32
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %ten = arith.constant 10 : i64
  whistler.map_add @counts[%k0], %one : i32, i64
  cf.br ^round(%zero : i64)
^round(%i: i64):
  whistler.map_add @counts[%k1], %one : i32, i64
  %next = arith.addi %i, %one : i64
  %more = arith.cmpi ult, %next, %ten : i64
  cf.cond_br %more, ^round(%next : i64), ^out
^out:
  whistler.return %one
}

// CHECK-LABEL: @keys
whistler.prog @keys type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-4: whistler.map_add
  %k0 = arith.constant 0 : i32
  %one = arith.constant 1 : i64
  %cpu = whistler.helper_call "get_smp_processor_id"() : () -> i64
  %key = arith.trunci %cpu : i64 to i32
  whistler.map_add @counts[%k0], %one : i32, i64
  whistler.map_add @counts[%key], %one : i32, i64
  whistler.map_add @sources[%k0], %one : i32, i64
  whistler.map_add @sources[%k0], %one : i32, i64
  whistler.return %one
}
