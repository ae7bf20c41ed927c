// Block memory operations become accesses as wide as the alignment allows.

// RUN: whistler-opt %s --whistler-expand-ops | FileCheck %s

whistler.map @m type "array" key 4 value 64 entries 4

// Variables and map values are aligned, and the verifier insists on it.
// CHECK-LABEL: @memset
whistler.prog @memset type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = whistler.alloca i32
  %zero = arith.constant 0 : i8
  %ff = arith.constant 0xff : i8
  %p = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  // CHECK: %[[P:.*]] = whistler.map_lookup
  // CHECK: whistler.store %{{.*}}, %[[P]][0] : i64
  // CHECK: whistler.store %{{.*}}, %[[P]][8] : i32
  // CHECK: whistler.store %{{.*}}, %[[P]][12] : i16
  // CHECK: whistler.store %{{.*}}, %[[P]][14] : i8
  // CHECK-NOT: whistler.store
  // CHECK: whistler.ptr_to_int
  whistler.memset %p[0], %zero, 15 : !whistler.ptr<map_value>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  // From an odd place it takes narrow ones first.
  // CHECK: %[[M1:.*]] = arith.constant -1 : i8
  // CHECK: whistler.store %[[M1]], %[[P]][1] : i8
  // CHECK: %[[M2:.*]] = arith.constant -1 : i16
  // CHECK: whistler.store %[[M2]], %[[P]][2] : i16
  // CHECK: %[[M4:.*]] = arith.constant -1 : i32
  // CHECK: whistler.store %[[M4]], %[[P]][4] : i32
  // CHECK: %[[M8:.*]] = arith.constant -1 : i64
  // CHECK: whistler.store %[[M8]], %[[P]][8] : i64
  // CHECK: whistler.store %{{.*}}, %[[P]][16] : i8
  // CHECK: whistler.ptr_to_int
  whistler.memset %p[1], %ff, 16 : !whistler.ptr<map_value>
  %1 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  // Constant pointer arithmetic counts, too.
  // CHECK: %[[Q:.*]] = whistler.ptr_add %[[P]]
  // CHECK: whistler.store %{{.*}}, %[[Q]][0] : i32
  // CHECK: whistler.store %{{.*}}, %[[Q]][4] : i64
  // CHECK: whistler.ptr_to_int
  %c4 = arith.constant 4 : i64
  %q = whistler.ptr_add %p, %c4 : !whistler.ptr<map_value>
  whistler.memset %q[0], %ff, 12 : !whistler.ptr<map_value>
  %2 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  %3 = arith.addi %0, %1 : i64
  %4 = arith.addi %2, %3 : i64
  whistler.return %4
}

// A byte that is not constant is repeated by multiplication.
// CHECK-LABEL: @memset_variable
whistler.prog @memset_variable type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[V:.*]] = arith.trunci
  // CHECK: %[[WIDE:.*]] = arith.extui %[[V]] : i8 to i64
  // CHECK: %[[ONES:.*]] = arith.constant 72340172838076673 : i64
  // CHECK: %[[ALL:.*]] = arith.muli %[[WIDE]], %[[ONES]]
  // CHECK: whistler.store %[[ALL]], %{{.*}}[0] : i64
  // CHECK: whistler.store %[[V]], %{{.*}}[8] : i8
  %key = whistler.alloca i32
  %n = whistler.ctx_load %ctx[12] size 4 : i32
  %v = arith.trunci %n : i32 to i8
  %p = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  whistler.memset %p[0], %v, 9 : !whistler.ptr<map_value>
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// Packets, and what a variable amount leads to in a map value, are accessed at
// any address; the stack is not.
// CHECK-LABEL: @unaligned
whistler.prog @unaligned type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = whistler.alloca i32
  %zero = arith.constant 0 : i8
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  // CHECK: whistler.ctx_load
  // CHECK: whistler.store %{{.*}}, %{{.*}}[0] : i16, !whistler.ptr<packet>
  // CHECK: whistler.store %{{.*}}, %{{.*}}[2] : i8, !whistler.ptr<packet>
  whistler.memset %data[0], %zero, 3 : !whistler.ptr<packet>
  %n = whistler.ctx_load %ctx[8] size 8 : i64
  %p = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  %q = whistler.ptr_add %p, %n : !whistler.ptr<map_value>
  // CHECK: whistler.ptr_add
  // CHECK: whistler.store %{{.*}}, %{{.*}}[5] : i16, !whistler.ptr<map_value>
  whistler.memset %q[5], %zero, 2 : !whistler.ptr<map_value>
  %many = whistler.alloca !whistler.array<8 x ui64>
  %r = whistler.ptr_add %many, %n : !whistler.ptr<stack>
  // CHECK: whistler.ptr_add
  // CHECK-COUNT-2: whistler.store %{{.*}}, %{{.*}}[{{[45]}}] : i8, !whistler.ptr<stack>
  whistler.memset %r[4], %zero, 2 : !whistler.ptr<stack>
  whistler.return %n
}

// A copy goes by the less aligned side.
// CHECK-LABEL: @memcpy
whistler.prog @memcpy type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = whistler.alloca i32
  %p = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  // CHECK: %[[P:.*]] = whistler.map_lookup
  // CHECK-NEXT: %[[A:.*]] = whistler.load %[[P]][32] : !whistler.ptr<map_value> -> i64
  // CHECK-NEXT: whistler.store %[[A]], %[[P]][0] : i64
  // CHECK-NEXT: %[[B:.*]] = whistler.load %[[P]][40] : !whistler.ptr<map_value> -> i16
  // CHECK-NEXT: whistler.store %[[B]], %[[P]][8] : i16
  whistler.memcpy %p[0], %p[32], 10 : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  // CHECK-NEXT: %[[C:.*]] = whistler.load %[[P]][34] : !whistler.ptr<map_value> -> i16
  // CHECK-NEXT: whistler.store %[[C]], %[[P]][0] : i16
  // CHECK-NEXT: %[[D:.*]] = whistler.load %[[P]][36] : !whistler.ptr<map_value> -> i16
  // CHECK-NEXT: whistler.store %[[D]], %[[P]][2] : i16
  whistler.memcpy %p[0], %p[34], 4 : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  // Nothing is nothing.
  // CHECK-NEXT: arith.constant
  // CHECK-NEXT: whistler.return
  whistler.memcpy %p[0], %p[34], 0 : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  %0 = arith.constant 0 : i64
  whistler.return %0
}

// A copy to a part that is aligned badly: the variable begins 4 bytes behind the
// start of a larger one. A key of the right alignment stays as it is.
// CHECK-LABEL: @shifted
whistler.prog @shifted type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[S:.*]] = whistler.alloca !whistler.array<2 x ui64>
  // CHECK: %[[D:.*]] = whistler.alloca !whistler.array<3 x ui64>
  // CHECK-NEXT: %[[C4:.*]] = arith.constant 4 : i64
  // CHECK-NEXT: %[[K:.*]] = whistler.ptr_add %[[D]], %[[C4]]
  %s = whistler.alloca !whistler.array<2 x ui64>
  %k = whistler.alloca !whistler.array<5 x ui32>
  // CHECK: whistler.load %[[S]][0] : !whistler.ptr<stack> -> i64
  // CHECK-NEXT: whistler.store %{{.*}}, %[[K]][4] : i64
  // CHECK-NEXT: whistler.load %[[S]][8] : !whistler.ptr<stack> -> i64
  // CHECK-NEXT: whistler.store %{{.*}}, %[[K]][12] : i64
  // CHECK-NEXT: whistler.map_lookup @m[%[[K]]]
  whistler.memcpy %k[4], %s[0], 16 : !whistler.ptr<stack>, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// The stack of a function is part of what its callers need.
// CHECK-LABEL: @kept
whistler.func @kept global params [] result ui64 {
  // CHECK: whistler.alloca !whistler.array<5 x ui32>
  // CHECK: whistler.load %{{.*}}[0] : !whistler.ptr<stack> -> i32
  %s = whistler.alloca !whistler.array<2 x ui64>
  %k = whistler.alloca !whistler.array<5 x ui32>
  whistler.memcpy %k[4], %s[0], 16 : !whistler.ptr<stack>, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}
