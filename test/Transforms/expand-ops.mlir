// Operations that BPF has no instruction for become branches.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(whistler.prog(whistler-expand-ops))' | FileCheck %s
// A second run finds nothing to do.
// RUN: whistler-opt %s --whistler-expand-ops > %t.once
// RUN: whistler-opt %t.once --whistler-expand-ops | diff %t.once -

// CHECK-LABEL: @selection
whistler.prog @selection type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.ctx_load %{{.*}}[0] size 8
  // CHECK: %[[Y:.*]] = whistler.ctx_load %{{.*}}[8] size 8
  // CHECK: %[[C:.*]] = arith.cmpi slt, %[[X]], %[[Y]]
  // CHECK-NEXT: cf.cond_br %[[C]], ^[[REST:[a-z0-9]+]](%[[Y]] : i64), ^[[REST]](%[[X]] : i64)
  // CHECK-NEXT: ^[[REST]](%[[V:.*]]: i64):
  // CHECK-NEXT: whistler.return %[[V]]
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  %y = whistler.ctx_load %ctx[8] size 8 : i64
  %c = arith.cmpi slt, %x, %y : i64
  %v = arith.select %c, %y, %x : i64
  whistler.return %v
}

// CHECK-LABEL: @pointer_selection
whistler.prog @pointer_selection type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: cf.cond_br %{{.*}}, ^bb1(%{{.*}} : !whistler.ptr<packet>), ^bb1(%{{.*}} : !whistler.ptr<packet>)
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %null = whistler.null : !whistler.ptr<packet>
  %c = whistler.ptr_cmp gt %p, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  %q = arith.select %c, %null, %p : !whistler.ptr<packet>
  %v = whistler.ptr_to_int %q : !whistler.ptr<packet>
  whistler.return %v
}

// CHECK-LABEL: @minimum_maximum
whistler.prog @minimum_maximum type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  %y = whistler.ctx_load %ctx[8] size 8 : i64
  // CHECK: %[[C0:.*]] = arith.cmpi ule, %[[X:.*]], %[[Y:.*]] : i64
  // CHECK-NEXT: cf.cond_br %[[C0]], ^[[B0:[a-z0-9]+]](%[[X]] : i64), ^[[B0]](%[[Y]] : i64)
  // CHECK-NEXT: ^[[B0]](%[[V0:.*]]: i64):
  %0 = arith.minui %x, %y : i64
  // CHECK-NEXT: arith.cmpi uge, %[[V0]], %[[Y]]
  // CHECK-NEXT: cf.cond_br %{{.*}}, ^[[B1:[a-z0-9]+]](%[[V0]] : i64), ^[[B1]](%[[Y]] : i64)
  // CHECK-NEXT: ^[[B1]](%[[V1:.*]]: i64):
  %1 = arith.maxui %0, %y : i64
  // CHECK-NEXT: arith.cmpi sle, %[[V1]], %[[X]]
  %2 = arith.minsi %1, %x : i64
  // CHECK: arith.cmpi sge, %{{.*}}, %[[Y]]
  %3 = arith.maxsi %2, %y : i64
  whistler.return %3
}

// A comparison that a branch uses stays one; other uses get a number.
// CHECK-LABEL: @truth
whistler.prog @truth type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[C:.*]] = arith.cmpi eq
  // CHECK: cf.cond_br %[[C]], ^[[B:[a-z0-9]+]](%[[T:.*]] : i1), ^[[B]](%[[F:.*]] : i1)
  // CHECK: ^[[B]](%[[N:.*]]: i1):
  // CHECK: arith.xori %[[N]], %{{.*}} : i1
  // CHECK: cf.cond_br %[[C]], ^[[YES:[a-z0-9]+]](%[[N]] : i1), ^{{.*}}
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  %y = whistler.ctx_load %ctx[8] size 8 : i64
  %true = arith.constant true
  %c = arith.cmpi eq, %x, %y : i64
  %not = arith.xori %c, %true : i1
  cf.cond_br %c, ^yes(%c : i1), ^no
^yes(%b : i1):
  %0 = arith.extui %b : i1 to i64
  whistler.return %0
^no:
  %1 = arith.extui %not : i1 to i64
  whistler.return %1
}

// CHECK-LABEL: @extension
whistler.prog @extension type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  %y = whistler.ctx_load %ctx[8] size 8 : i64
  %c = arith.cmpi ult, %x, %y : i64
  // CHECK-DAG: %[[ONE:.*]] = arith.constant 1 : i64
  // CHECK-DAG: %[[ZERO:.*]] = arith.constant 0 : i64
  // CHECK: cf.cond_br %[[C:.*]], ^[[B0:[a-z0-9]+]](%[[ONE]] : i64), ^[[B0]](%[[ZERO]] : i64)
  %0 = arith.extui %c : i1 to i64
  // CHECK-DAG: %[[MINUS:.*]] = arith.constant -1 : i64
  // CHECK-DAG: %[[ZERO2:.*]] = arith.constant 0 : i64
  // CHECK: cf.cond_br %[[C]], ^[[B1:[a-z0-9]+]](%[[MINUS]] : i64), ^[[B1]](%[[ZERO2]] : i64)
  %1 = arith.extsi %c : i1 to i64
  %2 = arith.muli %0, %1 : i64
  whistler.return %2
}

// A truth value that is only added to something decides whether 1 is added.
// CHECK-LABEL: @added_truth
whistler.prog @added_truth type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.ctx_load %{{.*}}[0] size 8
  // CHECK: %[[C:.*]] = arith.cmpi ult
  // CHECK-NEXT: cf.cond_br %[[C]], ^[[THEN:[a-z0-9]+]], ^[[REST:[a-z0-9]+]](%[[X]] : i64)
  // CHECK-NEXT: ^[[THEN]]:
  // CHECK-NEXT: %[[ONE:.*]] = arith.constant 1 : i64
  // CHECK-NEXT: %[[SUM:.*]] = arith.addi %[[ONE]], %[[X]]
  // CHECK-NEXT: cf.br ^[[REST]](%[[SUM]] : i64)
  // CHECK-NEXT: ^[[REST]](%[[V:.*]]: i64):
  // CHECK-NEXT: cf.cond_br %[[C]], ^[[THEN2:[a-z0-9]+]], ^[[REST2:[a-z0-9]+]](%[[V]] : i64)
  // CHECK-NEXT: ^[[THEN2]]:
  // CHECK-NEXT: %[[ONE2:.*]] = arith.constant 1 : i64
  // CHECK-NEXT: %[[LESS:.*]] = arith.subi %[[V]], %[[ONE2]]
  // CHECK-NEXT: cf.br ^[[REST2]](%[[LESS]] : i64)
  // CHECK-NEXT: ^[[REST2]](%[[W:.*]]: i64):
  // CHECK-NEXT: whistler.return %[[W]]
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  %y = whistler.ctx_load %ctx[8] size 8 : i64
  %c = arith.cmpi ult, %x, %y : i64
  %0 = arith.extui %c : i1 to i64
  %1 = arith.addi %0, %x : i64
  %2 = arith.extui %c : i1 to i64
  %3 = arith.subi %1, %2 : i64
  whistler.return %3
}

// What is subtracted from a truth value, and one with other uses: a number.
// CHECK-LABEL: @used_truth
whistler.prog @used_truth type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: cf.cond_br %[[C:.*]], ^[[B0:[a-z0-9]+]](%{{.*}} : i64), ^[[B0]](%{{.*}} : i64)
  // CHECK-NEXT: ^[[B0]](%[[N:.*]]: i64):
  // CHECK: cf.cond_br %[[C]], ^[[B1:[a-z0-9]+]](%{{.*}} : i64), ^[[B1]](%{{.*}} : i64)
  // CHECK-NEXT: ^[[B1]](%[[M:.*]]: i64):
  // CHECK-NEXT: %[[LESS:.*]] = arith.subi %[[N]], %{{.*}}
  // CHECK-NEXT: %[[SUM:.*]] = arith.addi %[[M]], %[[LESS]]
  // CHECK-NEXT: arith.muli %[[SUM]], %[[M]]
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  %y = whistler.ctx_load %ctx[8] size 8 : i64
  %c = arith.cmpi ult, %x, %y : i64
  %0 = arith.extui %c : i1 to i64
  %1 = arith.extui %c : i1 to i64
  %2 = arith.subi %0, %x : i64
  %3 = arith.addi %1, %2 : i64
  %4 = arith.muli %3, %1 : i64
  whistler.return %4
}

// The extension of what is a number already needs no branch.
// CHECK-LABEL: @extension_of_number
whistler.prog @extension_of_number type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NOT: cf.cond_br
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  %b = arith.trunci %x : i64 to i1
  // CHECK: arith.extui %{{.*}} : i1 to i64
  %0 = arith.extui %b : i1 to i64
  whistler.return %0
}

// Five bits are searched for, from the greatest down.
// CHECK-LABEL: @logarithm
whistler.prog @logarithm type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  // CHECK: %[[X:.*]] = whistler.ctx_load
  // CHECK: %[[ZERO:.*]] = arith.constant 0 : i64
  // CHECK: %[[C32:.*]] = arith.constant 32 : i64
  // CHECK: %[[HIGH:.*]] = arith.shrui %[[X]], %[[C32]]
  // CHECK: %[[IS:.*]] = arith.cmpi ult, %[[HIGH]], %{{.*}}
  // CHECK: cf.cond_br %[[IS]], ^[[REST:[a-z0-9]+]](%[[X]], %[[ZERO]] : i64, i64), ^[[THEN:.*]]
  // CHECK: ^[[THEN]]:
  // CHECK: %[[SUM:.*]] = arith.addi %[[ZERO]], %{{.*}}
  // CHECK: cf.br ^[[REST]](%[[HIGH]], %[[SUM]] : i64, i64)
  // CHECK: ^[[REST]](%[[X1:.*]]: i64, %[[L1:.*]]: i64):
  // From here on the limit fits a comparison.
  // CHECK: %[[LIMIT:.*]] = arith.constant 65536 : i64
  // CHECK: arith.cmpi ult, %[[X1]], %[[LIMIT]]
  // CHECK: arith.shrui %[[X1]], %{{.*}}
  // CHECK: arith.constant 256 : i64
  // CHECK: arith.constant 16 : i64
  // CHECK: arith.constant 4 : i64
  // CHECK: arith.constant 2 : i64
  // CHECK: arith.constant 1 : i64
  // CHECK: arith.constant 1 : i64
  // CHECK: ^{{.*}}(%{{.*}}: i64, %[[L:.*]]: i64):
  // CHECK-NEXT: whistler.return %[[L]]
  %0 = whistler.log2 %x
  whistler.return %0
}

// Steps that no value can take are left out.
// CHECK-LABEL: @logarithm_of_few_bits
whistler.prog @logarithm_of_few_bits type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  // CHECK: %[[SMALL:.*]] = arith.shrui
  // CHECK-NOT: arith.cmpi
  // CHECK: %[[LIMIT:.*]] = arith.constant 4 : i64
  // CHECK: arith.cmpi ult, %[[SMALL]], %[[LIMIT]]
  %c60 = arith.constant 60 : i64
  %small = arith.shrui %x, %c60 : i64
  %0 = whistler.log2 %small
  // CHECK: whistler.return
  whistler.return %0
}
