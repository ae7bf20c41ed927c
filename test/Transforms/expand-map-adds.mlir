// Additions to map values, in place and as functions.

// RUN: whistler-opt %s --whistler-expand-map-adds | FileCheck %s --check-prefixes=CHECK,NEVER
// RUN: whistler-opt %s --whistler-expand-map-adds=outline=speed | FileCheck %s --check-prefixes=CHECK,SPEED
// RUN: whistler-opt %s --whistler-expand-map-adds=outline=size | FileCheck %s --check-prefixes=CHECK,SIZE
// A second run finds nothing to do.
// RUN: whistler-opt %s --whistler-expand-map-adds=outline=size > %t.once
// RUN: whistler-opt %t.once --whistler-expand-map-adds=outline=size | diff %t.once -

whistler.map @array type "array" key 4 value 8 entries 4
whistler.map @narrow type "array" key 4 value 4 entries 4
whistler.map @per_cpu type "percpu-array" key 4 value 8 entries 4
whistler.map @hash type "hash" key 4 value 8 entries 4
whistler.map @inserts type "hash" key 4 value 8 entries 4
whistler.map @full type "hash" key 4 value 8 entries 4
whistler.map @long type "hash" key 16 value 8 entries 4
whistler.map @common type "array" key 4 value 8 entries 4
whistler.map @handlers type "prog-array" key 4 value 4 entries 4

// One that stands alone stays where it is, at every level.
// CHECK-LABEL: whistler.prog @alone
whistler.prog @alone type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[P:.*]] = whistler.map_lookup @array[%[[KEY:.*]]] : i32
  // CHECK: %[[FOUND:.*]] = whistler.ptr_cmp ne %[[P]]
  // CHECK: cf.cond_br %[[FOUND]], ^[[YES:.*]], ^[[NO:.*]]
  // CHECK: ^[[YES]]:
  // CHECK-NEXT: whistler.atomic_rmw add %[[P]][0], %{{.*}} : !whistler.ptr<map_value>, i64
  // CHECK-NEXT: cf.br ^[[REST:.*]]
  // CHECK: ^[[NO]]:
  // CHECK-NEXT: cf.br ^[[REST]]
  // CHECK: ^[[REST]]:
  %key = arith.constant 0 : i32
  %one = arith.constant 1 : i64
  whistler.map_add @array[%key], %one : i32, i64
  whistler.return %one
}

// Plain additions, and the update where keys are inserted.
// CHECK-LABEL: whistler.prog @kinds
whistler.prog @kinds type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 0 : i32
  %one = arith.constant 1 : i64
  // CHECK: %[[P:.*]] = whistler.map_lookup @per_cpu
  // CHECK: %[[OLD:.*]] = whistler.load %[[P]][0] : !whistler.ptr<map_value> -> i64
  // CHECK-NEXT: %[[SUM:.*]] = arith.addi %[[OLD]], %{{.*}} : i64
  // CHECK-NEXT: whistler.store %[[SUM]], %[[P]][0]
  whistler.map_add plain @per_cpu[%key], %one : i32, i64
  // CHECK: %[[Q:.*]] = whistler.map_lookup @hash
  // CHECK: whistler.atomic_rmw add %[[Q]][0]
  // CHECK: whistler.map_update @hash[%{{.*}}], %{{.*}}, %{{.*}} : i32, i64
  whistler.map_add @hash[%key], %one : i32, i64
  whistler.return %one
}

// Two do not save enough to be slower for, and are smaller as a function. The
// key is passed, the delta is not.
// SIZE: whistler.func @narrow_add noinline params [#whistler.param<"key" : ui32>] result ui64
// SIZE-NEXT: ^bb0(%[[WIDE:.*]]: i64):
// SIZE-DAG: %[[KEY:.*]] = arith.trunci %[[WIDE]] : i64 to i32
// SIZE-DAG: %[[ONE:.*]] = arith.constant 1 : i32
// SIZE: %[[P:.*]] = whistler.map_lookup @narrow[%[[KEY]]] : i32
// SIZE: %[[STATE:.*]] = whistler.ptr_to_int %[[P]]
// SIZE: whistler.atomic_rmw add %[[P]][0], %[[ONE]] : !whistler.ptr<map_value>, i32
// SIZE: whistler.return
// CHECK-LABEL: whistler.prog @two
whistler.prog @two type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %k0 = arith.constant 0 : i32
  %k1 = arith.constant 1 : i32
  %one = arith.constant 1 : i32
  %result = arith.constant 2 : i64
  // NEVER-COUNT-2: whistler.map_lookup @narrow
  // SPEED-COUNT-2: whistler.map_lookup @narrow
  // SIZE: %[[ARG:.*]] = arith.extui %{{.*}} : i32 to i64
  // SIZE-NEXT: whistler.call @narrow_add(%[[ARG]]) : (i64) -> i64
  // SIZE: whistler.call @narrow_add(%{{.*}}) : (i64) -> i64
  whistler.map_add @narrow[%k0], %one : i32, i32
  whistler.map_add @narrow[%k1], %one : i32, i32
  whistler.return %result
}

// Two that insert are long enough. What differs is passed: here the delta.
// SPEED: whistler.func @inserts_add noinline params [#whistler.param<"delta" : ui64>] result ui64
// SPEED: whistler.map_update @inserts
// CHECK-LABEL: whistler.prog @inserting
whistler.prog @inserting type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 7 : i32
  %one = arith.constant 1 : i64
  %ten = arith.constant 10 : i64
  // NEVER-COUNT-2: whistler.map_update
  // SPEED: whistler.call @inserts_add(%{{.*}}) : (i64) -> i64
  // SPEED: whistler.call @inserts_add(%{{.*}}) : (i64) -> i64
  // SPEED-NOT: whistler.map_update
  // CHECK: whistler.return
  whistler.map_add @inserts[%key], %one : i32, i64
  whistler.map_add @inserts[%key], %ten : i32, i64
  whistler.return %one
}

// The address of a key is passed as such.
// SPEED: whistler.func @long_add noinline params [#whistler.param<"key" : !whistler.pointer<none>>] result ui64
// SPEED-NEXT: ^bb0(%[[KEY:.*]]: !whistler.ptr<any>):
// SPEED: whistler.map_lookup @long[%[[KEY]]] : !whistler.ptr<any>
// CHECK-LABEL: whistler.prog @addresses
whistler.prog @addresses type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = whistler.alloca !whistler.array<2 x ui64>
  %zero = arith.constant 0 : i64
  whistler.store %zero, %key[0] : i64, !whistler.ptr<stack>
  whistler.store %zero, %key[8] : i64, !whistler.ptr<stack>
  %one = arith.constant 1 : i64
  // SPEED: whistler.call @long_add(%{{.*}}) : (!whistler.ptr<stack>) -> i64
  whistler.map_add @long[%key], %one : !whistler.ptr<stack>, i64
  whistler.store %one, %key[8] : i64, !whistler.ptr<stack>
  // SPEED: whistler.call @long_add(%{{.*}}) : (!whistler.ptr<stack>) -> i64
  whistler.map_add @long[%key], %one : !whistler.ptr<stack>, i64
  whistler.return %one
}

// Kernels before 5.10 do not allow tail calls beside functions.
// CHECK-LABEL: whistler.prog @tail_call
whistler.prog @tail_call type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %k0 = arith.constant 0 : i32
  %k1 = arith.constant 1 : i32
  %k2 = arith.constant 2 : i32
  %one = arith.constant 1 : i64
  // CHECK-COUNT-3: whistler.map_lookup @array
  // CHECK: whistler.tail_call
  whistler.map_add @array[%k0], %one : i32, i64
  whistler.map_add @array[%k1], %one : i32, i64
  whistler.map_add @array[%k2], %one : i32, i64
  whistler.tail_call %ctx, @handlers[%one]
  whistler.return %one
}

// A program whose variables leave no room for another frame.
// CHECK-LABEL: whistler.prog @no_room
whistler.prog @no_room type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %large = whistler.alloca !whistler.array<60 x ui64>
  %key = arith.constant 1 : i32
  %one = arith.constant 1 : i64
  // CHECK-COUNT-3: whistler.map_update @full
  whistler.map_add @full[%key], %one : i32, i64
  whistler.map_add @full[%key], %one : i32, i64
  whistler.map_add @full[%key], %one : i32, i64
  whistler.return %one
}

// With as many values alive at once, what is spilled leaves none either; with
// one after the other there is room.
// CHECK-LABEL: whistler.prog @no_room_for_values
whistler.prog @no_room_for_values type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %large = whistler.alloca !whistler.array<50 x ui64>
  %key = arith.constant 1 : i32
  %one = arith.constant 1 : i64
  %v0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %v1 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %v2 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %v3 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %v4 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %v5 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %v6 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %v7 = whistler.helper_call "ktime_get_ns"() : () -> i64
  // CHECK-COUNT-3: whistler.map_update @full
  whistler.map_add @full[%key], %one : i32, i64
  whistler.map_add @full[%key], %one : i32, i64
  whistler.map_add @full[%key], %one : i32, i64
  %s0 = arith.addi %v0, %v1 : i64
  %s1 = arith.addi %s0, %v2 : i64
  %s2 = arith.addi %s1, %v3 : i64
  %s3 = arith.addi %s2, %v4 : i64
  %s4 = arith.addi %s3, %v5 : i64
  %s5 = arith.addi %s4, %v6 : i64
  %s6 = arith.addi %s5, %v7 : i64
  whistler.return %s6
}

// CHECK-LABEL: whistler.prog @room_for_values
whistler.prog @room_for_values type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %large = whistler.alloca !whistler.array<50 x ui64>
  %key = arith.constant 1 : i32
  %one = arith.constant 1 : i64
  %v0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %v1 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %s1 = arith.addi %v0, %v1 : i64
  %v2 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %s2 = arith.addi %s1, %v2 : i64
  %v3 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %s3 = arith.addi %s2, %v3 : i64
  %v4 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %s4 = arith.addi %s3, %v4 : i64
  %v5 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %s5 = arith.addi %s4, %v5 : i64
  %v6 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %s6 = arith.addi %s5, %v6 : i64
  %v7 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %s7 = arith.addi %s6, %v7 : i64
  // SPEED-COUNT-3: whistler.call @full_add
  // SIZE-COUNT-3: whistler.call @full_add
  whistler.map_add @full[%key], %one : i32, i64
  whistler.map_add @full[%key], %one : i32, i64
  whistler.map_add @full[%key], %one : i32, i64
  whistler.return %s7
}

// A program is loaded with all functions that it calls: one that several
// programs call makes the object smaller, and nothing else.
// SIZE: whistler.func @common_add
// CHECK-LABEL: whistler.prog @one_of_three
whistler.prog @one_of_three type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // SPEED: whistler.map_lookup @common
  // SIZE: whistler.call @common_add
  %key = arith.constant 1 : i32
  %one = arith.constant 1 : i64
  whistler.map_add @common[%key], %one : i32, i64
  whistler.return %one
}

// CHECK-LABEL: whistler.prog @two_of_three
whistler.prog @two_of_three type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // SPEED: whistler.map_lookup @common
  // SIZE: whistler.call @common_add
  %key = arith.constant 2 : i32
  %one = arith.constant 1 : i64
  whistler.map_add @common[%key], %one : i32, i64
  whistler.return %one
}

// CHECK-LABEL: whistler.prog @three_of_three
whistler.prog @three_of_three type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // SPEED: whistler.map_lookup @common
  // SIZE: whistler.call @common_add
  %key = arith.constant 3 : i32
  %one = arith.constant 1 : i64
  whistler.map_add @common[%key], %one : i32, i64
  whistler.return %one
}
