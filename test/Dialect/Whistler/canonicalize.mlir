// Folders and canonicalization patterns.

// RUN: whistler-opt %s --canonicalize | FileCheck %s

whistler.map @m type "array" key 4 value 64 entries 4

// CHECK-LABEL: @add_zero
whistler.prog @add_zero type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  // CHECK: %[[P:.*]] = whistler.ctx_load
  // CHECK-NEXT: whistler.load %[[P]][0]
  %q = whistler.ptr_add %p, %zero : !whistler.ptr<packet>
  %v = whistler.load %q[0] : !whistler.ptr<packet> -> i64
  whistler.return %v
}

// Constants add up over a chain of any length; the middle stays for its other
// uses.
// CHECK-LABEL: @add_chain
whistler.prog @add_chain type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-DAG: %[[C14:.*]] = arith.constant 14 : i64
  // CHECK-DAG: %[[C50:.*]] = arith.constant 50 : i64
  // CHECK: %[[P:.*]] = whistler.ctx_load
  // CHECK-NEXT: %[[A:.*]] = whistler.ptr_add %[[P]], %[[C14]]
  // CHECK-NEXT: %[[C:.*]] = whistler.ptr_add %[[P]], %[[C50]]
  // CHECK-NEXT: whistler.ptr_diff %[[C]], %[[A]]
  %c14 = arith.constant 14 : i64
  %c40 = arith.constant 40 : i64
  %m4 = arith.constant -4 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.ptr_add %p, %c14 : !whistler.ptr<packet>
  %b = whistler.ptr_add %a, %c40 : !whistler.ptr<packet>
  %c = whistler.ptr_add %b, %m4 : !whistler.ptr<packet>
  %d = whistler.ptr_diff %c, %a : !whistler.ptr<packet>, !whistler.ptr<packet>
  whistler.return %d
}

// Variable amounts stay apart: the verifier follows each of them.
// CHECK-LABEL: @add_variable
whistler.prog @add_variable type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c14 = arith.constant 14 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %n = whistler.ctx_load %ctx[8] size 8 : i64
  // CHECK: %[[A:.*]] = whistler.ptr_add %{{.*}}, %{{.*}}
  // CHECK-NEXT: whistler.ptr_add %[[A]], %{{.*}}
  %a = whistler.ptr_add %p, %n : !whistler.ptr<packet>
  %b = whistler.ptr_add %a, %c14 : !whistler.ptr<packet>
  %v = whistler.load %b[0] : !whistler.ptr<packet> -> i64
  whistler.return %v
}

// CHECK-LABEL: @compare_same
whistler.prog @compare_same type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %null = whistler.null : !whistler.ptr<packet>
  %null2 = whistler.null : !whistler.ptr<map_value>
  // Bit by bit: eq, le and ge of a pointer with itself hold, ne, lt and gt do
  // not; null is null.
  // CHECK: %[[V:.*]] = arith.constant 105 : i64
  // CHECK: whistler.return %[[V]]
  %0 = whistler.ptr_cmp eq %p, %p : !whistler.ptr<packet>, !whistler.ptr<packet>
  %1 = whistler.ptr_cmp ne %p, %p : !whistler.ptr<packet>, !whistler.ptr<packet>
  %2 = whistler.ptr_cmp lt %p, %p : !whistler.ptr<packet>, !whistler.ptr<packet>
  %3 = whistler.ptr_cmp le %p, %p : !whistler.ptr<packet>, !whistler.ptr<packet>
  %4 = whistler.ptr_cmp gt %p, %p : !whistler.ptr<packet>, !whistler.ptr<packet>
  %5 = whistler.ptr_cmp ge %p, %p : !whistler.ptr<packet>, !whistler.ptr<packet>
  %6 = whistler.ptr_cmp eq %null, %null2 : !whistler.ptr<packet>, !whistler.ptr<map_value>
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c4 = arith.constant 4 : i64
  %c8 = arith.constant 8 : i64
  %c16 = arith.constant 16 : i64
  %c32 = arith.constant 32 : i64
  %c64 = arith.constant 64 : i64
  %s0 = arith.select %0, %c1, %c0 : i64
  %s1 = arith.select %1, %c2, %c0 : i64
  %s2 = arith.select %2, %c4, %c0 : i64
  %s3 = arith.select %3, %c8, %c0 : i64
  %s4 = arith.select %4, %c16, %c0 : i64
  %s5 = arith.select %5, %c32, %c0 : i64
  %s6 = arith.select %6, %c64, %c0 : i64
  %o1 = arith.ori %s0, %s1 : i64
  %o2 = arith.ori %o1, %s2 : i64
  %o3 = arith.ori %o2, %s3 : i64
  %o4 = arith.ori %o3, %s4 : i64
  %o5 = arith.ori %o4, %s5 : i64
  %o6 = arith.ori %o5, %s6 : i64
  whistler.return %o6
}

// What is not known is left alone, also the order of a pointer and null.
// CHECK-LABEL: @compare_unknown
whistler.prog @compare_unknown type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 0 : i32
  %p = whistler.map_lookup @m[%key] : i32
  %null = whistler.null : !whistler.ptr<map_value>
  // CHECK: whistler.ptr_cmp eq
  %0 = whistler.ptr_cmp eq %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  %1 = arith.extui %0 : i1 to i64
  whistler.return %1
}

// CHECK-LABEL: @casts
whistler.prog @casts type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  // CHECK: %[[P:.*]] = whistler.ctx_load
  // CHECK-NEXT: whistler.ptr_diff %[[P]], %[[P]]
  %same = whistler.ptr_cast %p : !whistler.ptr<packet> -> !whistler.ptr<packet>
  %any = whistler.ptr_cast %same : !whistler.ptr<packet> -> !whistler.ptr<any>
  %d = whistler.ptr_diff %any, %same : !whistler.ptr<any>, !whistler.ptr<packet>
  whistler.return %d
}

// Accesses show what they access, also behind pointer arithmetic. What is
// stored keeps its type.
// CHECK-LABEL: @accesses_through_casts
whistler.prog @accesses_through_casts type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.alloca i64
  %x = whistler.alloca i64
  %any = whistler.ptr_cast %x : !whistler.ptr<stack> -> !whistler.ptr<any>
  %c4 = arith.constant 4 : i64
  // CHECK: %[[MOVED:.*]] = whistler.ptr_add %[[X]], %{{.*}} : !whistler.ptr<stack>
  // CHECK: %[[CAST:.*]] = whistler.ptr_cast %[[MOVED]]
  %moved = whistler.ptr_add %any, %c4 : !whistler.ptr<any>
  // CHECK: whistler.store %{{.*}}, %[[X]][0] : i64, !whistler.ptr<stack>
  whistler.store %c4, %any[0] : i64, !whistler.ptr<any>
  // CHECK: whistler.load %[[MOVED]][0] : !whistler.ptr<stack> -> i32
  %0 = whistler.load %moved[0] : !whistler.ptr<any> -> i32
  // CHECK: whistler.store %[[CAST]], %[[MOVED]][8] : !whistler.ptr<any>, !whistler.ptr<stack>
  whistler.store %moved, %moved[8] : !whistler.ptr<any>, !whistler.ptr<any>
  %1 = arith.extui %0 : i32 to i64
  whistler.return %1
}

// CHECK-LABEL: @division
// CHECK-DAG: %[[THREE:.*]] = arith.constant 3 : i64
// CHECK-DAG: %[[ZERO:.*]] = arith.constant 0 : i64
// CHECK-DAG: %[[SEVENTEEN:.*]] = arith.constant 17 : i64
// CHECK-DAG: %[[TWO:.*]] = arith.constant 2 : i64
// CHECK-DAG: %[[HALF:.*]] = arith.constant 2147483647 : i32
whistler.prog @division type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c5 = arith.constant 5 : i64
  %c17 = arith.constant 17 : i64
  %m1 = arith.constant -1 : i32
  %c2 = arith.constant 2 : i32
  // CHECK: %[[X:.*]] = whistler.load
  // CHECK-NEXT: whistler.store %[[THREE]], %{{.*}}[0]
  %0 = whistler.udiv %c17, %c5 : i64
  whistler.store %0, %p[0] : i64, !whistler.ptr<packet>
  // By 0 the quotient is 0 and the remainder is the dividend.
  // CHECK-NEXT: whistler.store %[[ZERO]], %{{.*}}[1]
  %1 = whistler.udiv %c17, %c0 : i64
  whistler.store %1, %p[1] : i64, !whistler.ptr<packet>
  // CHECK-NEXT: whistler.store %[[SEVENTEEN]], %{{.*}}[2]
  %2 = whistler.umod %c17, %c0 : i64
  whistler.store %2, %p[2] : i64, !whistler.ptr<packet>
  // CHECK-NEXT: whistler.store %[[TWO]], %{{.*}}[3]
  %3 = whistler.umod %c17, %c5 : i64
  whistler.store %3, %p[3] : i64, !whistler.ptr<packet>
  // By 1 nothing is left to do.
  // CHECK-NEXT: whistler.store %[[X]], %{{.*}}[4]
  %4 = whistler.udiv %x, %c1 : i64
  whistler.store %4, %p[4] : i64, !whistler.ptr<packet>
  // CHECK-NEXT: whistler.store %[[ZERO]], %{{.*}}[5]
  %5 = whistler.umod %x, %c1 : i64
  whistler.store %5, %p[5] : i64, !whistler.ptr<packet>
  // Division is unsigned.
  // CHECK-NEXT: whistler.store %[[HALF]], %{{.*}}[6]
  %6 = whistler.udiv %m1, %c2 : i32
  whistler.store %6, %p[6] : i32, !whistler.ptr<packet>
  // A number divided by itself is not always 1.
  // CHECK-NEXT: whistler.udiv %[[X]], %[[X]]
  %7 = whistler.udiv %x, %x : i64
  whistler.store %7, %p[7] : i64, !whistler.ptr<packet>
  whistler.return %x
}

// CHECK-LABEL: @byteswap
// CHECK-DAG: %[[C16:.*]] = arith.constant 513 : i16
// CHECK-DAG: %[[C32:.*]] = arith.constant 67305985 : i32
// CHECK-DAG: %[[C64:.*]] = arith.constant 578437695752307201 : i64
whistler.prog @byteswap type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i16
  %c16 = arith.constant 0x0102 : i16
  %c32 = arith.constant 0x01020304 : i32
  %c64 = arith.constant 0x0102030405060708 : i64
  %0 = whistler.byteswap %c16 : i16
  %1 = whistler.byteswap %c32 : i32
  %2 = whistler.byteswap %c64 : i64
  %3 = whistler.byteswap %x : i16
  %4 = whistler.byteswap %3 : i16
  // CHECK: %[[X:.*]] = whistler.load
  // CHECK-NEXT: whistler.store %[[C16]]
  // CHECK-NEXT: whistler.store %[[C32]]
  // CHECK-NEXT: whistler.store %[[C64]]
  // CHECK-NEXT: whistler.store %[[X]]
  whistler.store %0, %p[0] : i16, !whistler.ptr<packet>
  whistler.store %1, %p[0] : i32, !whistler.ptr<packet>
  whistler.store %2, %p[0] : i64, !whistler.ptr<packet>
  whistler.store %4, %p[0] : i16, !whistler.ptr<packet>
  whistler.return %2
}

// CHECK-LABEL: @log2
whistler.prog @log2 type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c1000 = arith.constant 1000 : i64
  %m1 = arith.constant -1 : i64
  %0 = whistler.log2 %c0
  %1 = whistler.log2 %c1
  %2 = whistler.log2 %c1000
  %3 = whistler.log2 %m1
  // 0 + 0 + 9 + 63
  // CHECK: %[[V:.*]] = arith.constant 72 : i64
  // CHECK: whistler.return %[[V]]
  %s1 = arith.addi %0, %1 : i64
  %s2 = arith.addi %s1, %2 : i64
  %s3 = arith.addi %s2, %3 : i64
  whistler.return %s3
}

// Null is a constant: one is enough.
// CHECK-LABEL: @nulls
whistler.prog @nulls type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: whistler.null
  // CHECK-NOT: whistler.null
  %key = arith.constant 0 : i32
  %p = whistler.map_lookup @m[%key] : i32
  %a = whistler.null : !whistler.ptr<map_value>
  %b = whistler.null : !whistler.ptr<map_value>
  %0 = whistler.ptr_cmp eq %p, %a : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  %1 = whistler.ptr_cmp ne %p, %b : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  %2 = arith.xori %0, %1 : i1
  %3 = arith.extui %2 : i1 to i64
  whistler.return %3
}

// The minimum moves to the operand, where it saves steps.
// CHECK-LABEL: @min_of_log2
whistler.prog @min_of_log2 type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  // CHECK: %[[X:.*]] = whistler.ctx_load
  // CHECK: %[[MIN:.*]] = arith.minui %[[X]], %c33554432_i64
  // CHECK: %[[LOG:.*]] = whistler.log2 %[[MIN]]
  // CHECK: whistler.return %[[LOG]]
  %c25 = arith.constant 25 : i64
  %log = whistler.log2 %x
  %min = arith.minui %log, %c25 : i64
  whistler.return %min
}

// No operand of an instruction holds the power.
// CHECK-LABEL: @min_of_log2_kept
whistler.prog @min_of_log2_kept type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  // CHECK: whistler.log2
  // CHECK: arith.minui
  %c31 = arith.constant 31 : i64
  %log = whistler.log2 %x
  %min = arith.minui %log, %c31 : i64
  whistler.return %min
}

// What is only compared is not computed.
// CHECK-LABEL: @comparison_of_log2
whistler.prog @comparison_of_log2 type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c10 = arith.constant 10 : i64
  %c40 = arith.constant 40 : i64
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  // CHECK: %[[X:.*]] = whistler.ctx_load
  // CHECK-NOT: whistler.log2
  // CHECK-DAG: arith.cmpi ult, %[[X]], %c2_i64
  // CHECK-DAG: arith.cmpi uge, %[[X]], %c1024_i64
  // CHECK-DAG: arith.cmpi uge, %[[X]], %c2048_i64
  // CHECK-DAG: arith.cmpi ult, %[[X]], %c2048_i64
  // CHECK-DAG: %[[TENTH:.*]] = arith.shrui %[[X]], %c10_i64
  // CHECK-DAG: arith.cmpi ne, %[[TENTH]], %c1_i64
  // CHECK-DAG: %[[HIGH:.*]] = arith.shrui %[[X]], %c40_i64
  // CHECK-DAG: arith.cmpi eq, %[[HIGH]], %c0_i64
  %log = whistler.log2 %x
  %is0 = arith.cmpi eq, %log, %c0 : i64
  %ge10 = arith.cmpi sge, %log, %c10 : i64
  %gt10 = arith.cmpi ugt, %log, %c10 : i64
  %le10 = arith.cmpi ule, %log, %c10 : i64
  %ne10 = arith.cmpi ne, %log, %c10 : i64
  %lt40 = arith.cmpi ult, %log, %c40 : i64
  %0 = arith.xori %is0, %ge10 : i1
  %1 = arith.xori %0, %gt10 : i1
  %2 = arith.xori %1, %le10 : i1
  %3 = arith.xori %2, %ne10 : i1
  %4 = arith.xori %3, %lt40 : i1
  %result = arith.extui %4 : i1 to i64
  whistler.return %result
}

// It is needed for something else: the operand would have to be kept as well.
// CHECK-LABEL: @comparison_of_log2_kept
whistler.prog @comparison_of_log2_kept type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c10 = arith.constant 10 : i64
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  // CHECK: %[[LOG:.*]] = whistler.log2
  // CHECK: arith.cmpi ult, %[[LOG]], %c10_i64
  %log = whistler.log2 %x
  %small = arith.cmpi ult, %log, %c10 : i64
  %number = arith.extui %small : i1 to i64
  %result = arith.addi %number, %log : i64
  whistler.return %result
}

// CHECK-LABEL: @moved_is_not_null
whistler.prog @moved_is_not_null type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %c8 = arith.constant 8 : i64
  %q = whistler.ptr_add %p, %c8 : !whistler.ptr<packet>
  %null = whistler.null : !whistler.ptr<packet>
  %is = whistler.ptr_cmp eq %q, %null : !whistler.ptr<packet>, !whistler.ptr<packet>
  // CHECK: %[[ZERO:.*]] = arith.constant 0 : i64
  // CHECK: whistler.return %[[ZERO]]
  %result = arith.extui %is : i1 to i64
  whistler.return %result
}

// CHECK-LABEL: @shift_of_mask
whistler.prog @shift_of_mask type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  %c4 = arith.constant 4 : i64
  %c255 = arith.constant 255 : i64
  %c2 = arith.constant 2 : i64
  // CHECK-DAG: %[[SIX:.*]] = arith.constant 6 : i64
  // CHECK-DAG: %[[MASK:.*]] = arith.constant 63 : i64
  // CHECK: %[[SHIFTED:.*]] = arith.shrui %{{.*}}, %[[SIX]]
  // CHECK: %[[REST:.*]] = arith.andi %[[SHIFTED]], %[[MASK]]
  // CHECK: whistler.return %[[REST]]
  %0 = arith.shrui %x, %c4 : i64
  %1 = arith.andi %0, %c255 : i64
  %2 = arith.shrui %1, %c2 : i64
  whistler.return %2
}

// What is never null is not compared with null.
// CHECK-LABEL: @never_null
whistler.prog @never_null type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %null = whistler.null : !whistler.ptr<map_value>
  %key = arith.constant 1 : i32
  // CHECK: %[[P:.*]] = whistler.map_lookup @m[%{{.*}}] certain
  %p = whistler.map_lookup @m[%key] certain : i32
  // CHECK-NOT: ptr_cmp
  %a = whistler.ptr_cmp eq %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  %b = whistler.ptr_cmp ne %null, %p : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %a, ^one, ^two
^one:
  %one = arith.constant 1 : i64
  whistler.return %one
^two:
  cf.cond_br %b, ^three, ^one
^three:
  // CHECK: whistler.load %[[P]]
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
}
