// Each test for null stays a branch of its own: no code generator may compute with both pointers.

// RUN: whistler-opt %s --convert-whistler-to-llvm | FileCheck %s

module {
  whistler.map @m type "hash" key 4 value 8 entries 8

  // A branch on a test leads to a block that looks as if it did something.
  // CHECK-LABEL: llvm.func @branch
  // CHECK: %[[P:.*]] = llvm.call
  // CHECK: %[[TEST:.*]] = llvm.icmp "ne" %[[P]], %{{.*}} : !llvm.ptr
  // CHECK: llvm.cond_br %[[TEST]], ^[[FOUND:.*]], ^{{.*}}
  // CHECK: ^[[FOUND]]:
  // CHECK-NEXT: llvm.inline_asm has_side_effects "", ""
  // CHECK-NEXT: llvm.return
  whistler.prog @branch type "xdp" section "xdp" license "GPL" {
  ^bb0(%ctx: !whistler.ptr<ctx>):
    %k = arith.constant 1 : i32
    %one = arith.constant 1 : i64
    %two = arith.constant 2 : i64
    %null = whistler.null : !whistler.ptr<map_value>
    %p = whistler.map_lookup @m[%k] : i32
    %test = whistler.ptr_cmp ne %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
    cf.cond_br %test, ^found, ^missing
  ^found:
    whistler.return %one
  ^missing:
    whistler.return %two
  }

  // An edge to where others lead as well gets a block of its own.
  // CHECK-LABEL: llvm.func @choice
  // CHECK: %[[ONE:.*]] = llvm.mlir.constant(1 : i64)
  // CHECK: llvm.cond_br %{{.*}}, ^[[NULL:.*]](%{{.*}} : i64), ^[[EDGE:bb.*]]
  // CHECK: ^[[EDGE]]:
  // CHECK-NEXT: llvm.inline_asm has_side_effects "", ""
  // CHECK-NEXT: llvm.br ^[[NULL]](%[[ONE]] : i64)
  whistler.prog @choice type "xdp" section "xdp" license "GPL" {
  ^bb0(%ctx: !whistler.ptr<ctx>):
    %k = arith.constant 3 : i32
    %one = arith.constant 1 : i64
    %two = arith.constant 2 : i64
    %null = whistler.null : !whistler.ptr<map_value>
    %p = whistler.map_lookup @m[%k] : i32
    %test = whistler.ptr_cmp eq %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
    cf.cond_br %test, ^join(%two : i64), ^join(%one : i64)
  ^join(%verdict: i64):
    whistler.return %verdict
  }

  // Other users see a number that comes from nowhere.
  // CHECK-LABEL: llvm.func @number
  // CHECK: %[[TEST:.*]] = llvm.icmp "eq"
  // CHECK-NEXT: %[[WIDE:.*]] = llvm.zext %[[TEST]] : i1 to i64
  // CHECK-NEXT: %[[OPAQUE:.*]] = llvm.inline_asm "", "=r,0" %[[WIDE]]
  // CHECK-NEXT: %[[HIDDEN:.*]] = llvm.trunc %[[OPAQUE]] : i64 to i1
  // CHECK: llvm.zext %[[HIDDEN]]
  whistler.prog @number type "xdp" section "xdp" license "GPL" {
  ^bb0(%ctx: !whistler.ptr<ctx>):
    %k = arith.constant 1 : i32
    %null = whistler.null : !whistler.ptr<map_value>
    %p = whistler.map_lookup @m[%k] : i32
    %test = whistler.ptr_cmp eq %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
    %r = arith.extui %test : i1 to i64
    whistler.return %r
  }
}
