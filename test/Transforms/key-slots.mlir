// Scalar keys and values are put where the helpers can read them.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(whistler.prog(whistler-key-slots))' | FileCheck %s
// A second run finds nothing to do.
// RUN: whistler-opt %s --whistler-key-slots > %t.once
// RUN: whistler-opt %t.once --whistler-key-slots | diff %t.once -

whistler.map @hash type "hash" key 4 value 8 entries 4
whistler.map @bytes type "hash" key 1 value 2 entries 4
whistler.map @wide type "hash" key 8 value 8 entries 4

// CHECK-LABEL: @lookup
whistler.prog @lookup type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[SLOT:.*]] = whistler.alloca i32
  // CHECK: whistler.store %{{.*}}, %[[SLOT]][0] : i32
  // CHECK-NEXT: whistler.map_lookup @hash[%[[SLOT]]] : !whistler.ptr<stack>
  %key = arith.constant 1 : i32
  %p = whistler.map_lookup @hash[%key] : i32
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// One slot for each width of keys and of values, in the entry block wherever
// they are used.
// CHECK-LABEL: @shared
whistler.prog @shared type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[V2:.*]] = whistler.alloca i16
  // CHECK: %[[K1:.*]] = whistler.alloca i8
  // CHECK: %[[K8:.*]] = whistler.alloca i64
  // CHECK: %[[V8:.*]] = whistler.alloca i64
  // CHECK: %[[K4:.*]] = whistler.alloca i32
  // CHECK-NOT: whistler.alloca
  %key = arith.constant 1 : i32
  %value = arith.constant 2 : i64
  %byte = arith.constant 3 : i8
  %half = arith.constant 4 : i16
  // CHECK: whistler.store %{{.*}}, %[[K4]][0] : i32
  // CHECK: whistler.store %{{.*}}, %[[V8]][0] : i64
  // CHECK: whistler.map_update @hash[%[[K4]]], %[[V8]], %{{.*}} : !whistler.ptr<stack>, !whistler.ptr<stack>
  %0 = whistler.map_update @hash[%key], %value, %value : i32, i64
  cf.br ^next
^next:
  // CHECK: ^bb1:
  // CHECK-NEXT: whistler.store %{{.*}}, %[[K4]][0] : i32
  // CHECK-NEXT: whistler.map_delete @hash[%[[K4]]]
  %1 = whistler.map_delete @hash[%key] : i32
  // CHECK-NEXT: whistler.store %{{.*}}, %[[K8]][0] : i64
  // CHECK-NEXT: whistler.store %{{.*}}, %[[V8]][0] : i64
  // CHECK-NEXT: whistler.map_update @wide[%[[K8]]], %[[V8]]
  %2 = whistler.map_update @wide[%value], %value, %value : i64, i64
  // CHECK-NEXT: whistler.store %{{.*}}, %[[K1]][0] : i8
  // CHECK-NEXT: whistler.store %{{.*}}, %[[V2]][0] : i16
  // CHECK-NEXT: whistler.map_update @bytes[%[[K1]]], %[[V2]]
  %3 = whistler.map_update @bytes[%byte], %half, %value : i8, i16
  whistler.return %0
}

// What has an address already is left alone, also beside a scalar.
// CHECK-LABEL: @pointers
whistler.prog @pointers type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[SLOT:.*]] = whistler.alloca i64
  // CHECK: %[[MINE:.*]] = whistler.alloca i32
  // CHECK: whistler.store %{{.*}}, %[[SLOT]][0] : i64
  // CHECK-NEXT: whistler.map_update @hash[%[[MINE]]], %[[SLOT]], %{{.*}}
  // CHECK-NEXT: whistler.map_delete @hash[%[[MINE]]]
  %mine = whistler.alloca i32
  %value = arith.constant 2 : i64
  %0 = whistler.map_update @hash[%mine], %value, %value : !whistler.ptr<stack>, i64
  %1 = whistler.map_delete @hash[%mine] : !whistler.ptr<stack>
  whistler.return %1
}
