// Entries of arrays are looked up once.

// RUN: whistler-opt %s --whistler-share-lookups | FileCheck %s
// RUN: whistler-opt %s --whistler-share-lookups > %t.once
// RUN: whistler-opt %t.once --whistler-share-lookups | diff %t.once -

whistler.map @array type "array" key 4 value 8 entries 4
whistler.map @own type "percpu-array" key 4 value 8 entries 4
whistler.map @hash type "hash" key 4 value 8 entries 4

// CHECK-LABEL: @found
whistler.prog @found type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %null = whistler.null : !whistler.ptr<map_value>
  %key = arith.constant 1 : i32
  %same = arith.constant 1 : i32
  %other = arith.constant 2 : i32
  %one = arith.constant 1 : i64
  // CHECK: %[[P:.*]] = whistler.map_lookup @array
  %p = whistler.map_lookup @array[%key] : i32
  %is_null = whistler.ptr_cmp eq %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %is_null, ^out, ^found
^found:
  // CHECK: ^bb1:
  // CHECK-NOT: whistler.map_lookup @array[%{{.*}}] : i32
  // CHECK: %[[YES:.*]] = arith.constant true
  // CHECK: cf.cond_br %[[YES]]
  %q = whistler.map_lookup @array[%same] : i32
  %is_there = whistler.ptr_cmp ne %q, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %is_there, ^again, ^out
^again:
  // CHECK: whistler.load %[[P]][0]
  %x = whistler.load %q[0] : !whistler.ptr<map_value> -> i64
  // CHECK: whistler.atomic_rmw add %[[P]][0], %{{.*}} : !whistler.ptr<map_value>, i64
  whistler.map_add @array[%key], %one : i32, i64
  // Another key, and another map.
  // CHECK: whistler.map_add @array
  whistler.map_add @array[%other], %one : i32, i64
  // CHECK: whistler.map_add plain @own
  whistler.map_add plain @own[%key], %one : i32, i64
  whistler.return %x
^out:
  // Nothing is known where both ways meet.
  // CHECK: ^bb3:
  // CHECK: whistler.map_add @array
  whistler.map_add @array[%key], %one : i32, i64
  whistler.return %one
}

// A key that is computed; one entry for each CPU.
// CHECK-LABEL: @computed
whistler.prog @computed type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %null = whistler.null : !whistler.ptr<map_value>
  %one = arith.constant 1 : i64
  %key = whistler.ctx_load %ctx[12] size 4 : i32
  // CHECK: %[[P:.*]] = whistler.map_lookup @own
  %p = whistler.map_lookup @own[%key] : i32
  %is_there = whistler.ptr_cmp ne %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %is_there, ^found, ^out
^found:
  // CHECK: %[[OLD:.*]] = whistler.load %[[P]][0]
  // CHECK-NEXT: %[[SUM:.*]] = arith.addi %[[OLD]]
  // CHECK-NEXT: whistler.store %[[SUM]], %[[P]][0]
  whistler.map_add plain @own[%key], %one : i32, i64
  cf.br ^out
^out:
  whistler.return %one
}

// Entries of hashes come and go.
// CHECK-LABEL: @hashes
whistler.prog @hashes type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %null = whistler.null : !whistler.ptr<map_value>
  %one = arith.constant 1 : i64
  %key = arith.constant 1 : i32
  // CHECK-COUNT-2: whistler.map_lookup @hash
  %p = whistler.map_lookup @hash[%key] : i32
  %is_there = whistler.ptr_cmp ne %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %is_there, ^found, ^out
^found:
  %q = whistler.map_lookup @hash[%key] : i32
  %0 = whistler.ptr_to_int %q : !whistler.ptr<map_value>
  whistler.return %0
^out:
  whistler.return %one
}

// Of a lookup that is certain no test says so.
// CHECK-LABEL: @certain
// CHECK: %[[P:.*]] = whistler.map_lookup @array
// CHECK-NOT: whistler.map_lookup
// CHECK: whistler.load %[[P]][0]
// CHECK: whistler.load %[[P]][0]
whistler.prog @certain type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0_i32 = arith.constant 0 : i32
  %p = whistler.map_lookup @array[%c0_i32] certain : i32
  %a = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  %q = whistler.map_lookup @array[%c0_i32] certain : i32
  %b = whistler.load %q[0] : !whistler.ptr<map_value> -> i64
  %sum = arith.addi %a, %b : i64
  whistler.return %sum
}
