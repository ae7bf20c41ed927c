// Map operations with one key share what they need.

// RUN: whistler-opt %s --whistler-lookup-delete-fusion | FileCheck %s
// RUN: whistler-opt %s --whistler-lookup-delete-fusion > %t.once
// RUN: whistler-opt %t.once --whistler-lookup-delete-fusion | diff %t.once -

whistler.map @flows type "hash" key 16 value 8 entries 4
whistler.map @jobs type "queue" key 0 value 8 entries 4

// CHECK-LABEL: @same
whistler.prog @same type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %port = arith.constant 443 : i16
  %null = whistler.null : !whistler.ptr<map_value>
  %result = arith.constant 2 : i64
  %a = whistler.ctx_load %ctx[12] size 4 : i32
  // CHECK: %[[KEY:.*]] = whistler.alloca
  %k = whistler.alloca !whistler.array<2 x ui64>
  whistler.memset %k[0], %zero, 16 : !whistler.ptr<stack>
  whistler.store %a, %k[0] : i32, !whistler.ptr<stack>
  whistler.store %port, %k[4] : i16, !whistler.ptr<stack>
  // CHECK: whistler.map_lookup @flows[%[[KEY]]]
  %p = whistler.map_lookup @flows[%k] : !whistler.ptr<stack>
  %found = whistler.ptr_cmp ne %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %found, ^yes, ^no
^yes:
  // The order of the stores does not matter.
  // CHECK: ^bb1:
  // CHECK-NOT: whistler.store
  // CHECK: whistler.map_delete @flows[%[[KEY]]]
  %l = whistler.alloca !whistler.array<2 x ui64>
  whistler.memset %l[0], %zero, 16 : !whistler.ptr<stack>
  whistler.store %port, %l[4] : i16, !whistler.ptr<stack>
  whistler.store %a, %l[0] : i32, !whistler.ptr<stack>
  %0 = whistler.map_delete @flows[%l] : !whistler.ptr<stack>
  whistler.return %0
^no:
  whistler.return %result
}

// Another port takes the place of the first; but not where that is needed again,
// and a struct that is something else as well has its own.
// CHECK-LABEL: @different
whistler.prog @different type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %port = arith.constant 443 : i16
  %other = arith.constant 80 : i16
  // CHECK: %[[K:.*]] = whistler.alloca
  %k = whistler.alloca !whistler.array<2 x ui64>
  whistler.memset %k[0], %zero, 16 : !whistler.ptr<stack>
  whistler.store %port, %k[4] : i16, !whistler.ptr<stack>
  // CHECK: whistler.map_lookup @flows[%[[K]]]
  // CHECK: %[[PORT:.*]] = arith.constant 80 : i32
  // CHECK-NEXT: whistler.store %[[PORT]], %[[K]][4] : i32
  // CHECK-NEXT: whistler.map_delete @flows[%[[K]]]
  %p = whistler.map_lookup @flows[%k] : !whistler.ptr<stack>
  %l = whistler.alloca !whistler.array<2 x ui64>
  whistler.memset %l[0], %zero, 16 : !whistler.ptr<stack>
  whistler.store %other, %l[4] : i16, !whistler.ptr<stack>
  %0 = whistler.map_delete @flows[%l] : !whistler.ptr<stack>
  // CHECK: %[[M:.*]] = whistler.alloca
  %m = whistler.alloca !whistler.array<2 x ui64>
  whistler.memset %m[0], %zero, 16 : !whistler.ptr<stack>
  whistler.store %port, %m[4] : i16, !whistler.ptr<stack>
  // CHECK: whistler.map_delete @flows[%[[M]]]
  %1 = whistler.map_delete @flows[%m] : !whistler.ptr<stack>
  %2 = whistler.helper_call "trace_printk"(%m, %0) : (!whistler.ptr<stack>, i64) -> i64
  whistler.return %2
}

// CHECK-LABEL: @again
whistler.prog @again type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %port = arith.constant 443 : i16
  %other = arith.constant 80 : i16
  // CHECK: %[[K:.*]] = whistler.alloca
  %k = whistler.alloca !whistler.array<2 x ui64>
  whistler.memset %k[0], %zero, 16 : !whistler.ptr<stack>
  whistler.store %port, %k[4] : i16, !whistler.ptr<stack>
  %p = whistler.map_lookup @flows[%k] : !whistler.ptr<stack>
  // CHECK: %[[L:.*]] = whistler.alloca
  %l = whistler.alloca !whistler.array<2 x ui64>
  whistler.memset %l[0], %zero, 16 : !whistler.ptr<stack>
  whistler.store %other, %l[4] : i16, !whistler.ptr<stack>
  // CHECK: whistler.map_delete @flows[%[[L]]]
  // CHECK: whistler.map_delete @flows[%[[K]]]
  %0 = whistler.map_delete @flows[%l] : !whistler.ptr<stack>
  %1 = whistler.map_delete @flows[%k] : !whistler.ptr<stack>
  whistler.return %1
}

// In a loop the struct is what the last round has made of it.
// CHECK-LABEL: @loop
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %ten = arith.constant 10 : i64
  // CHECK: %[[K:.*]] = whistler.alloca
  %k = whistler.alloca !whistler.array<2 x ui64>
  whistler.store %zero, %k[0] : i64, !whistler.ptr<stack>
  whistler.store %one, %k[8] : i64, !whistler.ptr<stack>
  %p = whistler.map_lookup @flows[%k] : !whistler.ptr<stack>
  cf.br ^loop(%zero : i64)
^loop(%i: i64):
  // CHECK: ^bb1
  // CHECK: whistler.store %{{.*}}, %[[K]][0]
  // CHECK-NOT: whistler.store
  // CHECK: whistler.map_delete @flows[%[[K]]]
  %l = whistler.alloca !whistler.array<2 x ui64>
  whistler.store %i, %l[0] : i64, !whistler.ptr<stack>
  whistler.store %one, %l[8] : i64, !whistler.ptr<stack>
  %0 = whistler.map_delete @flows[%l] : !whistler.ptr<stack>
  // CHECK: %[[M:.*]] = whistler.alloca
  // CHECK: whistler.map_delete @flows[%[[M]]]
  %m = whistler.alloca !whistler.array<2 x ui64>
  whistler.store %i, %m[0] : i64, !whistler.ptr<stack>
  whistler.store %ten, %m[8] : i64, !whistler.ptr<stack>
  %1 = whistler.map_delete @flows[%m] : !whistler.ptr<stack>
  %next = arith.addi %i, %one : i64
  %more = arith.cmpi ult, %next, %ten : i64
  cf.cond_br %more, ^loop(%next : i64), ^out
^out:
  whistler.return %zero
}

// CHECK-LABEL: @pop
whistler.prog @pop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i64
  %job = whistler.alloca i64
  %jobs = whistler.map_ref @jobs
  // CHECK: %[[R:.*]] = whistler.helper_call "map_pop_elem"
  // CHECK-NOT: whistler.helper_call
  %r = whistler.helper_call "map_peek_elem"(%jobs, %job) : (!whistler.ptr<map>, !whistler.ptr<stack>) -> i64
  %none = arith.cmpi ne, %r, %zero : i64
  cf.cond_br %none, ^out, ^job
^job:
  %x = whistler.load %job[0] : !whistler.ptr<stack> -> i64
  %s = whistler.helper_call "map_pop_elem"(%jobs, %job) : (!whistler.ptr<map>, !whistler.ptr<stack>) -> i64
  // CHECK: arith.addi %{{.*}}, %[[R]]
  %sum = arith.addi %x, %s : i64
  whistler.return %sum
^out:
  whistler.return %zero
}

// What is popped only if it is the right one.
// CHECK-LABEL: @choose
whistler.prog @choose type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i64
  %job = whistler.alloca i64
  whistler.store %zero, %job[0] : i64, !whistler.ptr<stack>
  %jobs = whistler.map_ref @jobs
  // CHECK: whistler.helper_call "map_peek_elem"
  // CHECK: whistler.helper_call "map_pop_elem"
  %r = whistler.helper_call "map_peek_elem"(%jobs, %job) : (!whistler.ptr<map>, !whistler.ptr<stack>) -> i64
  %x = whistler.load %job[0] : !whistler.ptr<stack> -> i64
  %right = arith.cmpi eq, %x, %zero : i64
  cf.cond_br %right, ^job, ^out
^job:
  %s = whistler.helper_call "map_pop_elem"(%jobs, %job) : (!whistler.ptr<map>, !whistler.ptr<stack>) -> i64
  whistler.return %s
^out:
  whistler.return %zero
}
