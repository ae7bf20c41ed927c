// Integers and pointers, as LLVM has them.

// RUN: whistler-opt %s --convert-whistler-to-llvm | FileCheck %s

// CHECK-LABEL: llvm.func @division
// CHECK-SAME: section = "xdp"
whistler.prog @division type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %a = whistler.helper_call "ktime_get_ns"() : () -> i64
  %b = whistler.helper_call "ktime_get_ns"() : () -> i64
  %seven = arith.constant 7 : i64
  %zero = arith.constant 0 : i64
  // A known divisor needs no comparison.
  // CHECK: %[[A:.*]] = llvm.call
  // CHECK: %[[B:.*]] = llvm.call
  // CHECK: %[[SEVENTH:.*]] = llvm.udiv %[[A]], %{{.*}} : i64
  // CHECK-NEXT: llvm.inline_asm "", "=r,0" %[[SEVENTH]]
  %0 = whistler.udiv %a, %seven : i64
  // CHECK-NEXT: llvm.mlir.constant(0 : i64)
  // CHECK-NEXT: llvm.mlir.constant(1 : i64)
  // CHECK-NEXT: %[[ZERO:.*]] = llvm.icmp "eq" %[[B]]
  // CHECK-NEXT: %[[SAFE:.*]] = llvm.select %[[ZERO]], %{{.*}}, %[[B]]
  // CHECK-NEXT: %[[KNOWN:.*]] = llvm.udiv %[[A]], %[[SAFE]]
  // CHECK-NEXT: %[[QUOTIENT:.*]] = llvm.inline_asm "", "=r,0" %[[KNOWN]]
  // CHECK-NEXT: %[[TOTAL:.*]] = llvm.select %[[ZERO]], %{{.*}}, %[[QUOTIENT]]
  %1 = whistler.udiv %a, %b : i64
  // CHECK: %[[ZERO:.*]] = llvm.icmp "eq" %[[B]]
  // CHECK: %[[KNOWN_REST:.*]] = llvm.urem %[[A]]
  // CHECK-NEXT: %[[REST:.*]] = llvm.inline_asm "", "=r,0" %[[KNOWN_REST]]
  // CHECK-NEXT: llvm.select %[[ZERO]], %[[A]], %[[REST]]
  %2 = whistler.umod %a, %b : i64
  // A division by 0 is what the language says of it.
  // CHECK-NOT: llvm.urem
  %3 = whistler.umod %a, %zero : i64
  // CHECK: llvm.intr.bswap(%[[TOTAL]])
  %4 = whistler.byteswap %1 : i64
  %5 = arith.addi %0, %2 : i64
  %6 = arith.addi %5, %3 : i64
  %7 = arith.xori %6, %4 : i64
  whistler.return %7
}

// CHECK-LABEL: llvm.func @bounds
whistler.prog @bounds type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %a = whistler.helper_call "ktime_get_ns"() : () -> i64
  %last = arith.constant 7 : i64
  // The bound of an index is one that LLVM does not know already.
  // CHECK: %[[OPAQUE:.*]] = llvm.inline_asm "", "=r,0" %{{.*}} : (i64) -> i64
  // CHECK: %[[MINIMUM:.*]] = llvm.intr.umin(%[[OPAQUE]],
  // What is compared with the bound is what is used.
  // CHECK-NEXT: %[[INDEX:.*]] = llvm.inline_asm "", "=r,0" %[[MINIMUM]]
  %0 = arith.minui %a, %last : i64
  %1 = whistler.index %0 below 8
  // Another minimum is LLVM's business.
  // CHECK-NOT: inline_asm
  // CHECK: llvm.intr.umin(%[[INDEX]],
  %2 = arith.minui %1, %a : i64
  whistler.return %2
}

// The verifier knows the bounds of shifts by constants, and of no others.
// CHECK-LABEL: llvm.func @shifts
whistler.prog @shifts type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %a = whistler.helper_call "ktime_get_ns"() : () -> i64
  %three = arith.constant 3 : i64
  %eight = arith.constant 8 : i64
  %n = arith.andi %a, %three : i64
  // CHECK: %[[SHIFTED:.*]] = llvm.lshr %{{.*}}, %{{.*}} : i64
  // CHECK-NEXT: %[[OPAQUE:.*]] = llvm.inline_asm "", "=r,0" %[[SHIFTED]]
  %0 = arith.shrui %three, %n : i64
  // CHECK-NEXT: %[[LEFT:.*]] = llvm.shl %[[OPAQUE]]
  // CHECK-NEXT: %[[QUOTIENT:.*]] = llvm.udiv %[[LEFT]]
  // CHECK-NEXT: llvm.return %[[QUOTIENT]]
  %1 = arith.shli %0, %three : i64
  %2 = whistler.udiv %1, %eight : i64
  whistler.return %2
}

// Branches that go the same way ask a number.
// CHECK-LABEL: llvm.func @flags
whistler.prog @flags type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %a = whistler.helper_call "ktime_get_ns"() : () -> i64
  %zero = arith.constant 0 : i64
  %five = arith.constant 5 : i64
  // CHECK: %[[IS_FIVE:.*]] = llvm.icmp "eq"
  %0 = arith.cmpi eq, %a, %five : i64
  // CHECK-NEXT: %[[NUMBER:.*]] = llvm.zext %[[IS_FIVE]]
  // CHECK-NEXT: %[[FLAG:.*]] = llvm.inline_asm "", "=r,0" %[[NUMBER]] : (i64) -> i64
  %flag = arith.extui %0 : i1 to i64
  // CHECK: llvm.icmp "ne" %[[FLAG]],
  %1 = arith.cmpi ne, %flag, %zero : i64
  cf.cond_br %1, ^bb1, ^bb1
^bb1:
  // CHECK: llvm.icmp "ne" %[[FLAG]],
  %2 = arith.cmpi ne, %flag, %zero : i64
  // A number that is used as such is nothing special.
  // CHECK-NEXT: %[[SECOND:.*]] = llvm.zext
  // CHECK-NEXT: llvm.return %[[SECOND]]
  %3 = arith.extui %2 : i1 to i64
  whistler.return %3
}

// CHECK-LABEL: llvm.func internal @pointers(
// CHECK-SAME: %[[P:.*]]: !llvm.ptr, %[[Q:.*]]: !llvm.ptr) -> i64
whistler.func @pointers params [#whistler.param<"p" : !whistler.pointer<none>>,
                                #whistler.param<"q" : !whistler.pointer<none>>]
    result ui64 {
^bb0(%p: !whistler.ptr<any>, %q: !whistler.ptr<any>):
  // CHECK: %[[NULL:.*]] = llvm.mlir.zero : !llvm.ptr
  %null = whistler.null : !whistler.ptr<any>
  // CHECK: %[[IS_NULL:.*]] = llvm.icmp "eq" %[[P]], %[[NULL]]
  %0 = whistler.ptr_cmp eq %p, %null : !whistler.ptr<any>, !whistler.ptr<any>
  // CHECK-NEXT: %[[WIDE:.*]] = llvm.zext %[[IS_NULL]]
  // CHECK-NEXT: %[[OPAQUE:.*]] = llvm.inline_asm "", "=r,0" %[[WIDE]]
  // CHECK-NEXT: %[[HIDDEN:.*]] = llvm.trunc %[[OPAQUE]]
  // CHECK-NEXT: %[[N:.*]] = llvm.zext %[[HIDDEN]]
  %1 = arith.extui %0 : i1 to i64
  // CHECK: %[[MOVED:.*]] = llvm.getelementptr %[[Q]][%[[N]]]
  %2 = whistler.ptr_add %q, %1 : !whistler.ptr<any>
  %3 = whistler.ptr_cast %2 : !whistler.ptr<any> -> !whistler.ptr<kernel>
  // CHECK: %[[LEFT:.*]] = llvm.ptrtoint %[[MOVED]]
  // CHECK: %[[RIGHT:.*]] = llvm.ptrtoint %[[P]]
  // CHECK: llvm.sub %[[LEFT]], %[[RIGHT]]
  %4 = whistler.ptr_diff %3, %p : !whistler.ptr<kernel>, !whistler.ptr<any>
  // CHECK: llvm.ptrtoint %[[Q]]
  %5 = whistler.ptr_to_int %q : !whistler.ptr<any>
  %6 = arith.addi %4, %5 : i64
  whistler.return %6
}

whistler.prog @caller type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %a = whistler.helper_call "ktime_get_ns"() : () -> i64
  // CHECK: llvm.inttoptr
  %0 = whistler.int_to_ptr %a : !whistler.ptr<any>
  %1 = whistler.call @pointers(%0, %0) : (!whistler.ptr<any>, !whistler.ptr<any>) -> i64
  whistler.return %1
}
