// Variables become values where nothing but whole loads and stores use them.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(whistler.prog(mem2reg))' | FileCheck %s
// RUN: whistler-opt %s --whistler-promote-variables | FileCheck %s

whistler.map @m type "array" key 4 value 8 entries 4

// CHECK-LABEL: @straight
whistler.prog @straight type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NOT: whistler.alloca
  // CHECK: %[[ONE:.*]] = arith.constant 1 : i64
  // CHECK: %[[SUM:.*]] = arith.addi %[[ONE]], %[[ONE]]
  // CHECK: whistler.return %[[SUM]]
  %x = whistler.alloca i64
  %c1 = arith.constant 1 : i64
  whistler.store %c1, %x[0] : i64, !whistler.ptr<stack>
  %0 = whistler.load %x[0] : !whistler.ptr<stack> -> i64
  %1 = arith.addi %0, %c1 : i64
  whistler.store %1, %x[0] : i64, !whistler.ptr<stack>
  %2 = whistler.load %x[0] : !whistler.ptr<stack> -> i64
  whistler.return %2
}

// CHECK-LABEL: @joined
whistler.prog @joined type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NOT: whistler.alloca
  // CHECK: cf.cond_br %{{.*}}, ^[[THEN:.*]], ^[[REST:[a-z0-9]+]](%{{.*}} : i64)
  // CHECK: ^[[THEN]]:
  // CHECK: cf.br ^[[REST]](%{{.*}} : i64)
  // CHECK: ^[[REST]](%[[V:.*]]: i64):
  // CHECK: whistler.return %[[V]]
  %x = whistler.alloca i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  whistler.store %c1, %x[0] : i64, !whistler.ptr<stack>
  %n = whistler.ctx_load %ctx[12] size 4 : i32
  %c0 = arith.constant 0 : i32
  %cond = arith.cmpi eq, %n, %c0 : i32
  cf.cond_br %cond, ^then, ^rest
^then:
  whistler.store %c2, %x[0] : i64, !whistler.ptr<stack>
  cf.br ^rest
^rest:
  %0 = whistler.load %x[0] : !whistler.ptr<stack> -> i64
  whistler.return %0
}

// CHECK-LABEL: @loop
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NOT: whistler.alloca
  // CHECK: cf.br ^[[HEAD:[a-z0-9]+]](%{{.*}} : i32)
  // CHECK: ^[[HEAD]](%[[I:.*]]: i32):
  // CHECK: %[[NEXT:.*]] = arith.addi %[[I]]
  // CHECK: cf.cond_br %{{.*}}, ^[[HEAD]](%[[NEXT]] : i32), ^{{.*}}
  %i = whistler.alloca i32
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %c9 = arith.constant 9 : i32
  whistler.store %c0, %i[0] : i32, !whistler.ptr<stack>
  cf.br ^head
^head:
  %0 = whistler.load %i[0] : !whistler.ptr<stack> -> i32
  %1 = arith.addi %0, %c1 : i32
  whistler.store %1, %i[0] : i32, !whistler.ptr<stack>
  %more = arith.cmpi ult, %1, %c9 : i32
  cf.cond_br %more, ^head, ^out
^out:
  %2 = arith.extui %1 : i32 to i64
  whistler.return %2
}

// What is read before it is written is 0, or null.
// CHECK-LABEL: @unwritten
whistler.prog @unwritten type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NOT: whistler.alloca
  // CHECK-DAG: %[[ZERO:.*]] = arith.constant 0 : i16
  // CHECK-DAG: %[[NULL:.*]] = whistler.null : !whistler.ptr<packet>
  // CHECK-DAG: arith.extui %[[ZERO]]
  // CHECK-DAG: whistler.ptr_to_int %[[NULL]]
  %x = whistler.alloca i16
  %p = whistler.alloca !whistler.ptr<packet>
  %0 = whistler.load %x[0] : !whistler.ptr<stack> -> i16
  %1 = whistler.load %p[0] : !whistler.ptr<stack> -> !whistler.ptr<packet>
  %2 = arith.extui %0 : i16 to i64
  %3 = whistler.ptr_to_int %1 : !whistler.ptr<packet>
  %4 = arith.addi %2, %3 : i64
  whistler.return %4
}

// A variable that nobody reads goes away with its stores.
// CHECK-LABEL: @unread
whistler.prog @unread type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NOT: whistler.alloca
  // CHECK-NOT: whistler.store
  // CHECK: whistler.return
  %x = whistler.alloca i64
  %c1 = arith.constant 1 : i64
  whistler.store %c1, %x[0] : i64, !whistler.ptr<stack>
  whistler.return %c1
}

// The address is handed out: the variable has to stay in memory.
// CHECK-LABEL: @escapes
whistler.prog @escapes type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[K:.*]] = whistler.alloca i32
  // CHECK: whistler.store %{{.*}}, %[[K]][0]
  // CHECK: whistler.map_lookup @m[%[[K]]]
  // CHECK: whistler.load %[[K]][0]
  %k = whistler.alloca i32
  %c1 = arith.constant 1 : i32
  whistler.store %c1, %k[0] : i32, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = whistler.load %k[0] : !whistler.ptr<stack> -> i32
  %1 = arith.extui %0 : i32 to i64
  whistler.return %1
}

// So does one that is accessed in part, at another type, or whose address is
// stored.
// CHECK-LABEL: @partial
whistler.prog @partial type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-3: whistler.alloca
  %x = whistler.alloca i64
  %y = whistler.alloca i64
  %z = whistler.alloca !whistler.ptr<stack>
  %c1 = arith.constant 1 : i64
  whistler.store %c1, %x[0] : i64, !whistler.ptr<stack>
  whistler.store %c1, %y[0] : i64, !whistler.ptr<stack>
  whistler.store %z, %z[0] : !whistler.ptr<stack>, !whistler.ptr<stack>
  %0 = whistler.load %x[0] : !whistler.ptr<stack> -> i32
  %1 = whistler.load %y[4] : !whistler.ptr<stack> -> i32
  %2 = arith.addi %0, %1 : i32
  %3 = arith.extui %2 : i32 to i64
  whistler.return %3
}
