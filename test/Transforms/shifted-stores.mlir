// The upper part of a number is stored as part of it.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(any(whistler-shifted-stores))' | FileCheck %s
// RUN: whistler-opt %s --whistler-shifted-stores > %t.once
// RUN: whistler-opt %t.once --whistler-shifted-stores | diff %t.once -

whistler.map @m type "hash" key 4 value 8 entries 8
whistler.map @pairs type "hash" key 8 value 8 entries 8

// CHECK-LABEL: @upper_half
whistler.prog @upper_half type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[ROOM:.*]] = whistler.alloca !whistler.array<1 x ui64>
  // CHECK: %[[KEY:.*]] = whistler.ptr_add %[[ROOM]], %c4
  // CHECK: %[[X:.*]] = whistler.helper_call "get_current_pid_tgid"
  // CHECK-NOT: arith.shrui
  // CHECK: whistler.store %[[X]], %[[ROOM]][0] : i64
  // CHECK: whistler.map_lookup @m[%[[KEY]]]
  %c32 = arith.constant 32 : i64
  %key = whistler.alloca i32
  %x = whistler.helper_call "get_current_pid_tgid"() : () -> i64
  %high = arith.shrui %x, %c32 : i64
  %pid = arith.trunci %high : i64 to i32
  whistler.store %pid, %key[0] : i32, !whistler.ptr<stack>
  %v = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  whistler.return %c32
}

// The other field stays aligned, and the key needs a second word.
// CHECK-LABEL: @field
whistler.prog @field type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[ROOM:.*]] = whistler.alloca !whistler.array<2 x ui64>
  // CHECK: %[[KEY:.*]] = whistler.ptr_add %[[ROOM]], %c4
  // CHECK-NOT: arith.shrui
  // CHECK: whistler.store %{{.*}}, %[[ROOM]][0] : i64
  // CHECK: whistler.store %{{.*}}, %[[KEY]][4] : i32
  %c32 = arith.constant 32 : i64
  %key = whistler.alloca !whistler.array<1 x ui64>
  %x = whistler.helper_call "get_current_pid_tgid"() : () -> i64
  %high = arith.shrui %x, %c32 : i64
  %pid = arith.trunci %high : i64 to i32
  whistler.store %pid, %key[0] : i32, !whistler.ptr<stack>
  %low = arith.trunci %x : i64 to i32
  whistler.store %low, %key[4] : i32, !whistler.ptr<stack>
  %v = whistler.map_lookup @pairs[%key] : !whistler.ptr<stack>
  whistler.return %c32
}

// Eight bytes behind four would not be aligned; neither does it pay where the
// shifted number is needed elsewhere, nor is it known what a helper wants.
// CHECK-LABEL: @not
whistler.prog @not type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-3: arith.shrui
  // CHECK-NOT: whistler.ptr_add
  %c32 = arith.constant 32 : i64
  %c4 = arith.constant 4 : i64
  %key = whistler.alloca !whistler.array<2 x ui64>
  %x = whistler.helper_call "get_current_pid_tgid"() : () -> i64
  %high = arith.shrui %x, %c32 : i64
  %pid = arith.trunci %high : i64 to i32
  whistler.store %pid, %key[0] : i32, !whistler.ptr<stack>
  whistler.store %x, %key[8] : i64, !whistler.ptr<stack>
  %v = whistler.map_lookup @pairs[%key] : !whistler.ptr<stack>
  %other = whistler.alloca i32
  %high1 = arith.shrui %x, %c32 : i64
  %pid1 = arith.trunci %high1 : i64 to i32
  whistler.store %pid1, %other[0] : i32, !whistler.ptr<stack>
  %v1 = whistler.map_lookup @m[%other] : !whistler.ptr<stack>
  %third = whistler.alloca i32
  %high2 = arith.shrui %x, %c32 : i64
  %pid2 = arith.trunci %high2 : i64 to i32
  whistler.store %pid2, %third[0] : i32, !whistler.ptr<stack>
  %r = whistler.helper_call "trace_printk"(%third, %c4) : (!whistler.ptr<stack>, i64) -> i64
  whistler.return %high1
}
