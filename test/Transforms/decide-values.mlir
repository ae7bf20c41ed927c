// What a branch decides anyhow is no number that takes a branch of its own.

// RUN: whistler-opt %s --whistler-decide-values | FileCheck %s
// RUN: whistler-opt %s --whistler-decide-values > %t.once
// RUN: whistler-opt %t.once --whistler-decide-values | diff %t.once -

// CHECK-LABEL: @numbers
whistler.prog @numbers type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c9 = arith.constant 9 : i64
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  %y = whistler.ctx_load %ctx[8] size 8 : i64
  // CHECK: arith.cmpi sle
  // CHECK-NOT: arith.extui
  // CHECK-NOT: arith.select
  // CHECK: cf.cond_br
  %less = arith.cmpi sle, %x, %y : i64
  %number = arith.extui %less : i1 to i64
  %chosen = arith.select %less, %x, %c9 : i64
  cf.cond_br %less, ^then(%chosen : i64), ^join(%number, %chosen : i64, i64)
^then(%a: i64):
  %r = whistler.helper_call "ktime_get_ns"() : () -> i64
  %sum = arith.addi %r, %a : i64
  // CHECK: cf.br ^[[JOIN:bb[0-9]+]](%c0_i64, %c9_i64 : i64, i64)
  // CHECK: %[[SUM:.*]] = arith.addi
  // CHECK: cf.br ^[[JOIN]](%c1_i64, %[[SUM]] : i64, i64)
  cf.br ^join(%number, %sum : i64, i64)
^join(%n: i64, %s: i64):
  %both = arith.addi %n, %s : i64
  whistler.return %both
}

// Also of the opposite condition, and not where it is needed before the branch.
// CHECK-LABEL: @needed_before
whistler.prog @needed_before type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c9 = arith.constant 9 : i64
  %c8 = arith.constant 8 : i64
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  // CHECK: %[[LESS:.*]] = arith.cmpi ult
  // CHECK: %[[NUMBER:.*]] = arith.extui %[[LESS]]
  // CHECK-NOT: arith.extsi
  // CHECK: whistler.store %[[NUMBER]]
  // CHECK: cf.cond_br
  %less = arith.cmpi ult, %x, %c9 : i64
  %more = arith.cmpi ugt, %x, %c8 : i64
  %number = arith.extui %less : i1 to i64
  %sign = arith.extsi %more : i1 to i64
  %slot = whistler.alloca i64
  whistler.store %number, %slot[0] : i64, !whistler.ptr<stack>
  // CHECK: cf.br ^[[JOIN:bb[0-9]+]](%c-1_i64 : i64)
  // CHECK: cf.br ^[[JOIN]](%c0_i64 : i64)
  cf.cond_br %less, ^then, ^join
^then:
  %r = whistler.helper_call "ktime_get_ns"() : () -> i64
  cf.br ^join
^join:
  %held = whistler.load %slot[0] : !whistler.ptr<stack> -> i64
  %both = arith.addi %held, %sign : i64
  whistler.return %both
}
