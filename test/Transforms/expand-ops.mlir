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

// The condition of a selection between neighbouring constants is a number
// anyway: it is subtracted or added.
// CHECK-LABEL: @neighbours
whistler.prog @neighbours type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: cf.cond_br %{{.*}}, ^[[B:[a-z0-9]+]](%{{.*}} : i64), ^[[B]](%{{.*}} : i64)
  // CHECK: ^[[B]](%[[N:.*]]: i64):
  // CHECK: %[[NARROW:.*]] = arith.trunci %[[N]] : i64 to i32
  // CHECK: whistler.store %[[NARROW]]
  // CHECK: %[[TWO:.*]] = arith.constant 2 : i64
  // CHECK: %[[DOWN:.*]] = arith.subi %[[TWO]], %[[N]] : i64
  // CHECK: %[[SIX:.*]] = arith.constant 6 : i64
  // CHECK: %[[UP:.*]] = arith.addi %[[N]], %[[SIX]] : i64
  // CHECK: %[[ONE:.*]] = arith.constant 1 : i64
  // CHECK: %[[NOT:.*]] = arith.xori %[[N]], %[[ONE]] : i64
  // CHECK-NOT: cf.cond_br
  // CHECK: whistler.return
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c6 = arith.constant 6 : i64
  %c7 = arith.constant 7 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %w = arith.extui %x : i32 to i64
  %c = arith.cmpi ult, %w, %c7 : i64
  %n = arith.extui %c : i1 to i32
  whistler.store %n, %p[0] : i32, !whistler.ptr<packet>
  %down = arith.select %c, %c1, %c2 : i64
  %up = arith.select %c, %c7, %c6 : i64
  %not = arith.select %c, %c0, %c1 : i64
  %0 = arith.muli %down, %up : i64
  %1 = arith.muli %0, %not : i64
  whistler.return %1
}

// So is it from the negation, of which the opposite comparison is the number.
// CHECK-LABEL: @negated
whistler.prog @negated type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[C:.*]] = whistler.ptr_cmp le
  // CHECK: cf.cond_br %[[C]], ^[[B:[a-z0-9]+]](%{{.*}} : i64), ^[[B]](%{{.*}} : i64)
  // CHECK: ^[[B]](%[[N:.*]]: i64):
  // CHECK: whistler.store %[[N]]
  // CHECK: %[[TWO:.*]] = arith.constant 2 : i64
  // CHECK: %[[DOWN:.*]] = arith.subi %[[TWO]], %[[N]] : i64
  // CHECK: whistler.return %[[DOWN]]
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %true = arith.constant true
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %c = whistler.ptr_cmp gt %p, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  %not = arith.xori %c, %true : i1
  %n = arith.extui %not : i1 to i64
  whistler.store %n, %p[0] : i64, !whistler.ptr<packet>
  %v = arith.select %c, %c2, %c1 : i64
  whistler.return %v
}

// Other constants, numbers that come later or on another way, and truth values
// that are only added are no reason.
// CHECK-LABEL: @no_neighbours
whistler.prog @no_neighbours type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-5: cf.cond_br
  // CHECK: whistler.return
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c3 = arith.constant 3 : i64
  %c7 = arith.constant 7 : i64
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  %c = arith.cmpi ult, %x, %c7 : i64
  %early = arith.select %c, %c1, %c2 : i64
  %n = arith.extui %c : i1 to i64
  %far = arith.select %c, %c1, %c3 : i64
  %d = arith.cmpi ult, %c7, %x : i64
  %m = arith.extui %d : i1 to i64
  %added = arith.addi %m, %x : i64
  %v = arith.select %d, %c1, %c2 : i64
  %0 = arith.muli %early, %far : i64
  %1 = arith.muli %0, %n : i64
  %2 = arith.muli %1, %added : i64
  %3 = arith.muli %2, %v : i64
  whistler.return %3
}

whistler.map @seen type "array" key 4 value 8 entries 2

// What is returned is told from the key of the counter behind the lookup.
// CHECK-LABEL: @verdict
whistler.prog @verdict type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: cf.cond_br %{{.*}}, ^[[COUNT:[a-z0-9]+]](%{{[^,]*}} : i64), ^[[COUNT]](%{{[^,]*}} : i64)
  // CHECK: ^[[COUNT]](%[[N:.*]]: i64):
  // CHECK: %[[KEY:.*]] = arith.trunci %[[N]] : i64 to i32
  // CHECK: whistler.store %[[KEY]]
  // CHECK: %[[TWO:.*]] = arith.constant 2 : i64
  // CHECK: %[[VERDICT:.*]] = arith.subi %[[TWO]], %[[N]] : i64
  // CHECK: whistler.return %[[VERDICT]]
  %key = whistler.alloca i32
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %drop = arith.constant 1 : i64
  %pass = arith.constant 2 : i64
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  %c = arith.cmpi ult, %x, %pass : i64
  cf.cond_br %c, ^count(%c1, %drop : i32, i64), ^count(%c0, %pass : i32, i64)
^count(%n: i32, %verdict: i64):
  whistler.store %n, %key[0] : i32, !whistler.ptr<stack>
  %entry = whistler.map_lookup @seen[%key] : !whistler.ptr<stack>
  whistler.return %verdict
}

// Not if there is no call, or no relation.
// CHECK-LABEL: @unrelated
whistler.prog @unrelated type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: cf.cond_br %{{.*}}, ^[[COUNT:[a-z0-9]+]](%{{[^,]*}}, %{{[^,]*}} : i32, i64), ^[[COUNT]](%{{[^,]*}}, %{{[^,]*}} : i32, i64)
  // CHECK: ^[[COUNT]](%{{.*}}: i32, %[[VERDICT:.*]]: i64):
  // CHECK: whistler.return %[[VERDICT]]
  // CHECK: ^{{.*}}(%{{.*}}: i32, %[[OTHER:.*]]: i64):
  // CHECK: whistler.return %[[OTHER]]
  %key = whistler.alloca i32
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %drop = arith.constant 1 : i64
  %pass = arith.constant 2 : i64
  %tx = arith.constant 3 : i64
  %x = whistler.ctx_load %ctx[0] size 8 : i64
  %c = arith.cmpi ult, %x, %pass : i64
  %d2 = arith.cmpi ult, %pass, %x : i64
  cf.cond_br %c, ^count(%c1, %drop : i32, i64), ^next
^next:
  %d = arith.cmpi ult, %x, %tx : i64
  cf.cond_br %d, ^count(%c0, %tx : i32, i64), ^count(%c0, %pass : i32, i64)
^count(%n: i32, %verdict: i64):
  whistler.store %n, %key[0] : i32, !whistler.ptr<stack>
  %entry = whistler.map_lookup @seen[%key] : !whistler.ptr<stack>
  %none = whistler.null : !whistler.ptr<map_value>
  %found = whistler.ptr_cmp eq %entry, %none : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %found, ^last(%c1, %drop : i32, i64), ^again
^again:
  cf.cond_br %d2, ^last(%c0, %pass : i32, i64), ^other
^other:
  whistler.return %verdict
^last(%m: i32, %other: i64):
  whistler.store %m, %key[0] : i32, !whistler.ptr<stack>
  whistler.return %other
}
