// The carries of a ones' complement sum are added by multiplication.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(whistler-checksum-folding)' | FileCheck %s
// RUN: whistler-opt %s --whistler-checksum-folding > %t.once
// RUN: whistler-opt %t.once --whistler-checksum-folding | diff %t.once -

// The sum may be any number: its low 16 bits are stored.
// CHECK-LABEL: @twice
whistler.prog @twice type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[SUM:.*]] = whistler.load %[[P:.*]][0] : !whistler.ptr<packet> -> i64
  // CHECK-NEXT: %[[FACTOR:.*]] = arith.constant 65537 : i64
  // CHECK-NEXT: %[[PRODUCT:.*]] = arith.muli %[[SUM]], %[[FACTOR]]
  // CHECK-NEXT: %[[C32:.*]] = arith.constant 32 : i64
  // CHECK-NEXT: %[[CARRIES:.*]] = arith.shrui %[[PRODUCT]], %[[C32]]
  // CHECK-NEXT: %[[FOLDED:.*]] = arith.addi %[[CARRIES]], %[[SUM]]
  // CHECK-NEXT: %[[NOT:.*]] = arith.xori %[[FOLDED]]
  // CHECK-NEXT: %[[LOW:.*]] = arith.trunci %[[NOT]] : i64 to i16
  // CHECK-NEXT: whistler.store %[[LOW]], %[[P]][8]
  %c16 = arith.constant 16 : i64
  %mask = arith.constant 65535 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %sum = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %low = arith.andi %sum, %mask : i64
  %high = arith.shrui %sum, %c16 : i64
  %once = arith.addi %low, %high : i64
  %low1 = arith.andi %once, %mask : i64
  %high1 = arith.shrui %once, %c16 : i64
  %twice = arith.addi %low1, %high1 : i64
  %not = arith.xori %twice, %mask : i64
  %half = arith.trunci %not : i64 to i16
  whistler.store %half, %p[8] : i16, !whistler.ptr<packet>
  whistler.return %c16
}

// Where all bits are looked at, two folds have to leave no carry. The high half
// may stand first.
// CHECK-LABEL: @whole
whistler.prog @whole type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[WIDE:.*]] = arith.extui
  // CHECK: %[[SUM:.*]] = arith.addi %[[WIDE]]
  // CHECK: %[[PRODUCT:.*]] = arith.muli %[[SUM]]
  // CHECK: %[[CARRIES:.*]] = arith.shrui %[[PRODUCT]]
  // CHECK-NEXT: %[[FOLDED:.*]] = arith.addi %[[CARRIES]], %[[SUM]]
  // CHECK-NEXT: %[[MASK:.*]] = arith.constant 65535 : i64
  // CHECK-NEXT: %[[ALL:.*]] = arith.andi %[[FOLDED]], %[[MASK]]
  // CHECK-NEXT: whistler.return %[[ALL]]
  %c16 = arith.constant 16 : i64
  %mask = arith.constant 65535 : i64
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %w = arith.extui %x : i32 to i64
  %sum = arith.addi %w, %mask : i64
  %low = arith.andi %sum, %mask : i64
  %high = arith.shrui %sum, %c16 : i64
  %once = arith.addi %high, %low : i64
  %low1 = arith.andi %once, %mask : i64
  %high1 = arith.shrui %once, %c16 : i64
  %twice = arith.addi %high1, %low1 : i64
  whistler.return %twice
}

// 0x10000ffff leaves one.
// CHECK-LABEL: @too_large
whistler.prog @too_large type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NOT: arith.muli
  // CHECK: whistler.return
  %c16 = arith.constant 16 : i64
  %mask = arith.constant 65535 : i64
  %c65536 = arith.constant 65536 : i64
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  %w = arith.extui %x : i32 to i64
  %sum = arith.addi %w, %c65536 : i64
  %low = arith.andi %sum, %mask : i64
  %high = arith.shrui %sum, %c16 : i64
  %once = arith.addi %low, %high : i64
  %low1 = arith.andi %once, %mask : i64
  %high1 = arith.shrui %once, %c16 : i64
  %twice = arith.addi %low1, %high1 : i64
  whistler.return %twice
}

// What else needs the first fold has to be computed anyway.
// CHECK-LABEL: @shared
whistler.prog @shared type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NOT: arith.muli
  // CHECK: whistler.return
  %c16 = arith.constant 16 : i64
  %mask = arith.constant 65535 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %sum = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %low = arith.andi %sum, %mask : i64
  %high = arith.shrui %sum, %c16 : i64
  %once = arith.addi %low, %high : i64
  %low1 = arith.andi %once, %mask : i64
  %high1 = arith.shrui %once, %c16 : i64
  %twice = arith.addi %low1, %high1 : i64
  %half = arith.trunci %twice : i64 to i16
  whistler.store %half, %p[8] : i16, !whistler.ptr<packet>
  whistler.return %once
}

// The first fold without a mask is none: the high bits stay.
// CHECK-LABEL: @unmasked
whistler.prog @unmasked type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[SUM:.*]] = whistler.load
  // CHECK: arith.shrui %[[SUM]]
  // CHECK: %[[ONCE:.*]] = arith.addi %[[SUM]]
  // CHECK: %[[PRODUCT:.*]] = arith.muli %[[ONCE]]
  // CHECK: %[[C16:.*]] = arith.constant 16
  // CHECK: arith.shrui %[[PRODUCT]], %[[C16]]
  // CHECK-NOT: arith.muli
  // CHECK: whistler.return
  %c16 = arith.constant 16 : i64
  %mask = arith.constant 65535 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %sum = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %high = arith.shrui %sum, %c16 : i64
  %once = arith.addi %sum, %high : i64
  %low1 = arith.andi %once, %mask : i64
  %high1 = arith.shrui %once, %c16 : i64
  %twice = arith.addi %low1, %high1 : i64
  %half = arith.trunci %twice : i64 to i16
  whistler.store %half, %p[8] : i16, !whistler.ptr<packet>
  whistler.return %sum
}

// One fold of a sum that nothing else needs, of any number of bits.
// CHECK-LABEL: @once
whistler.prog @once type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[SUM:.*]] = arith.addi
  // CHECK-NEXT: %[[FACTOR:.*]] = arith.constant 257 : i64
  // CHECK-NEXT: %[[PRODUCT:.*]] = arith.muli %[[SUM]], %[[FACTOR]]
  // CHECK-NEXT: %[[C8:.*]] = arith.constant 8 : i64
  // CHECK-NEXT: %[[FOLDED:.*]] = arith.shrui %[[PRODUCT]], %[[C8]]
  // CHECK-NEXT: whistler.return %[[FOLDED]]
  %c8 = arith.constant 8 : i64
  %x = whistler.ctx_load %ctx[12] size 2 : i16
  %w = arith.extui %x : i16 to i64
  %sum = arith.addi %w, %c8 : i64
  %high = arith.shrui %sum, %c8 : i64
  %folded = arith.addi %sum, %high : i64
  whistler.return %folded
}

// A product of 64 bits and more may overflow where it is looked at, and the
// high bits of a sum are not left out by a product.
// CHECK-LABEL: @overflow
whistler.prog @overflow type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NOT: arith.muli
  // CHECK: whistler.return
  %c16 = arith.constant 16 : i64
  %mask = arith.constant 65535 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %sum = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %high = arith.shrui %sum, %c16 : i64
  %folded = arith.addi %sum, %high : i64
  %x = whistler.load %p[8] : !whistler.ptr<packet> -> i32
  %w = arith.extui %x : i32 to i64
  %low1 = arith.andi %w, %mask : i64
  %high1 = arith.shrui %w, %c16 : i64
  %folded1 = arith.addi %low1, %high1 : i64
  whistler.store %folded, %p[0] : i64, !whistler.ptr<packet>
  whistler.return %folded1
}

// A sum that is needed behind the fold is copied in any case: three
// instructions, as before.
// CHECK-LABEL: @needed
whistler.prog @needed type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-NOT: arith.muli
  // CHECK: whistler.return
  %c16 = arith.constant 16 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i32
  %sum = arith.extui %x : i32 to i64
  %high = arith.shrui %sum, %c16 : i64
  %folded = arith.addi %sum, %high : i64
  %half = arith.trunci %folded : i64 to i16
  whistler.store %half, %p[8] : i16, !whistler.ptr<packet>
  whistler.return %sum
}

// Both halves of an address are added at once, if it is the only one: the sum
// is small enough to be folded twice.
// CHECK-LABEL: @whole_number
whistler.prog @whole_number type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[ADDR:.*]] = whistler.load %{{.*}}[26]
  // CHECK: %[[WIDE:.*]] = arith.extui %[[ADDR]] : i32 to i64
  // CHECK: %[[OLD:.*]] = whistler.load %{{.*}}[24]
  // CHECK: %[[OLDWIDE:.*]] = arith.extui %[[OLD]] : i16 to i64
  // CHECK: %[[SUM:.*]] = arith.addi %[[OLDWIDE]], %[[WIDE]]
  // CHECK: %[[PRODUCT:.*]] = arith.muli %[[SUM]]
  // CHECK: %[[CARRIES:.*]] = arith.shrui %[[PRODUCT]]
  // CHECK: arith.addi %[[CARRIES]], %[[SUM]]
  // CHECK-NOT: arith.addi
  // CHECK: whistler.return
  %c16 = arith.constant 16 : i64
  %mask = arith.constant 65535 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %addr = whistler.load %p[26] : !whistler.ptr<packet> -> i32
  %w = arith.extui %addr : i32 to i64
  %a0 = arith.andi %w, %mask : i64
  %a1 = arith.shrui %w, %c16 : i64
  %gain = arith.addi %a0, %a1 : i64
  %old = whistler.load %p[24] : !whistler.ptr<packet> -> i16
  %ow = arith.extui %old : i16 to i64
  %sum = arith.addi %ow, %gain : i64
  %low = arith.andi %sum, %mask : i64
  %high = arith.shrui %sum, %c16 : i64
  %once = arith.addi %low, %high : i64
  %low1 = arith.andi %once, %mask : i64
  %high1 = arith.shrui %once, %c16 : i64
  %twice = arith.addi %low1, %high1 : i64
  %half = arith.trunci %twice : i64 to i16
  whistler.store %half, %p[24] : i16, !whistler.ptr<packet>
  whistler.return %c16
}

// What two checksums gain is folded once when it has become too large.
// CHECK-LABEL: @gain
whistler.prog @gain type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[BEFORE:.*]] = whistler.load %{{.*}}[26]
  // CHECK: %[[AFTER:.*]] = whistler.load %{{.*}}[30]
  // CHECK: %[[WIDE:.*]] = arith.extui %[[AFTER]] : i32 to i64
  // CHECK: %[[ONES:.*]] = arith.constant -1 : i32
  // CHECK: %[[NOT:.*]] = arith.xori %[[BEFORE]], %[[ONES]] : i32
  // CHECK: %[[NOTWIDE:.*]] = arith.extui %[[NOT]] : i32 to i64
  // CHECK: %[[TOTAL:.*]] = arith.addi %[[NOTWIDE]], %[[WIDE]]
  // CHECK: %[[LOW:.*]] = arith.andi %[[TOTAL]]
  // CHECK: %[[HIGH:.*]] = arith.shrui %[[TOTAL]]
  // CHECK: %[[GAIN:.*]] = arith.addi %[[LOW]], %[[HIGH]]
  // CHECK: %[[SUM:.*]] = arith.addi %{{.*}}, %[[GAIN]]
  // CHECK: arith.muli %[[SUM]]
  // CHECK: %[[SUM2:.*]] = arith.addi %{{.*}}, %[[GAIN]]
  // CHECK: arith.muli %[[SUM2]]
  // CHECK: whistler.return
  %c16 = arith.constant 16 : i64
  %mask = arith.constant 65535 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %before = whistler.load %p[26] : !whistler.ptr<packet> -> i32
  %b = arith.extui %before : i32 to i64
  %after = whistler.load %p[30] : !whistler.ptr<packet> -> i32
  %a = arith.extui %after : i32 to i64
  %b0 = arith.andi %b, %mask : i64
  %n0 = arith.xori %b0, %mask : i64
  %b1 = arith.shrui %b, %c16 : i64
  %n1 = arith.xori %b1, %mask : i64
  %g0 = arith.addi %n0, %n1 : i64
  %a0 = arith.andi %a, %mask : i64
  %g1 = arith.addi %g0, %a0 : i64
  %a1 = arith.shrui %a, %c16 : i64
  %gain = arith.addi %g1, %a1 : i64
  %old = whistler.load %p[24] : !whistler.ptr<packet> -> i16
  %ow = arith.extui %old : i16 to i64
  %sum = arith.addi %ow, %gain : i64
  %low = arith.andi %sum, %mask : i64
  %high = arith.shrui %sum, %c16 : i64
  %once = arith.addi %low, %high : i64
  %low1 = arith.andi %once, %mask : i64
  %high1 = arith.shrui %once, %c16 : i64
  %twice = arith.addi %low1, %high1 : i64
  %half = arith.trunci %twice : i64 to i16
  whistler.store %half, %p[24] : i16, !whistler.ptr<packet>
  %old2 = whistler.load %p[40] : !whistler.ptr<packet> -> i16
  %ow2 = arith.extui %old2 : i16 to i64
  %sum2 = arith.addi %ow2, %gain : i64
  %low2 = arith.andi %sum2, %mask : i64
  %high2 = arith.shrui %sum2, %c16 : i64
  %once2 = arith.addi %low2, %high2 : i64
  %low3 = arith.andi %once2, %mask : i64
  %high3 = arith.shrui %once2, %c16 : i64
  %twice2 = arith.addi %low3, %high3 : i64
  %half2 = arith.trunci %twice2 : i64 to i16
  whistler.store %half2, %p[40] : i16, !whistler.ptr<packet>
  whistler.return %c16
}

// Two numbers of 16 bits more are too many, and halves of one number are not
// worth a fold. Neither is changed what is returned, too.
// CHECK-LABEL: @halves
whistler.prog @halves type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[WIDE:.*]] = arith.extui %{{.*}} : i32 to i64
  // CHECK-DAG: %[[A0:.*]] = arith.andi %[[WIDE]]
  // CHECK-DAG: %[[A1:.*]] = arith.shrui %[[WIDE]]
  // CHECK: arith.addi %[[A0]], %[[A1]]
  // CHECK: whistler.return
  %c16 = arith.constant 16 : i64
  %mask = arith.constant 65535 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %addr = whistler.load %p[26] : !whistler.ptr<packet> -> i32
  %w = arith.extui %addr : i32 to i64
  %a0 = arith.andi %w, %mask : i64
  %a1 = arith.shrui %w, %c16 : i64
  %gain = arith.addi %a0, %a1 : i64
  %old = whistler.load %p[24] : !whistler.ptr<packet> -> i16
  %ow = arith.extui %old : i16 to i64
  %sum0 = arith.addi %ow, %gain : i64
  %port = whistler.load %p[34] : !whistler.ptr<packet> -> i16
  %pw = arith.extui %port : i16 to i64
  %sum = arith.addi %pw, %sum0 : i64
  %low = arith.andi %sum, %mask : i64
  %high = arith.shrui %sum, %c16 : i64
  %once = arith.addi %low, %high : i64
  %low1 = arith.andi %once, %mask : i64
  %high1 = arith.shrui %once, %c16 : i64
  %twice = arith.addi %low1, %high1 : i64
  %half = arith.trunci %twice : i64 to i16
  whistler.store %half, %p[24] : i16, !whistler.ptr<packet>
  whistler.return %c16
}

// CHECK-LABEL: @also_returned
whistler.prog @also_returned type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[WIDE:.*]] = arith.extui %{{.*}} : i32 to i64
  // CHECK-DAG: %[[A0:.*]] = arith.andi %[[WIDE]]
  // CHECK-DAG: %[[A1:.*]] = arith.shrui %[[WIDE]]
  // CHECK: %[[GAIN:.*]] = arith.addi %[[A0]], %[[A1]]
  // CHECK: whistler.return %[[GAIN]]
  %c16 = arith.constant 16 : i64
  %mask = arith.constant 65535 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %addr = whistler.load %p[26] : !whistler.ptr<packet> -> i32
  %w = arith.extui %addr : i32 to i64
  %a0 = arith.andi %w, %mask : i64
  %a1 = arith.shrui %w, %c16 : i64
  %gain = arith.addi %a0, %a1 : i64
  %old = whistler.load %p[24] : !whistler.ptr<packet> -> i16
  %ow = arith.extui %old : i16 to i64
  %sum = arith.addi %ow, %gain : i64
  %low = arith.andi %sum, %mask : i64
  %high = arith.shrui %sum, %c16 : i64
  %once = arith.addi %low, %high : i64
  %low1 = arith.andi %once, %mask : i64
  %high1 = arith.shrui %once, %c16 : i64
  %twice = arith.addi %low1, %high1 : i64
  %half = arith.trunci %twice : i64 to i16
  whistler.store %half, %p[24] : i16, !whistler.ptr<packet>
  whistler.return %gain
}

// Several complements are subtracted from what they all are of.
// CHECK-LABEL: @complements
whistler.prog @complements type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[OLD:.*]] = whistler.load %{{.*}}[24]
  // CHECK: %[[OLDWIDE:.*]] = arith.extui %[[OLD]]
  // CHECK: %[[BEFORE:.*]] = whistler.load %{{.*}}[34]
  // CHECK: %[[BEFOREWIDE:.*]] = arith.extui %[[BEFORE]]
  // CHECK: %[[AFTER:.*]] = whistler.load %{{.*}}[36]
  // CHECK: %[[AFTERWIDE:.*]] = arith.extui %[[AFTER]]
  // CHECK: %[[ALL:.*]] = arith.constant 131070 : i64
  // CHECK: %[[SUM:.*]] = arith.addi %[[AFTERWIDE]], %[[ALL]]
  // CHECK: %[[SUM1:.*]] = arith.subi %[[SUM]], %{{.*}}
  // CHECK: %[[SUM2:.*]] = arith.subi %[[SUM1]], %{{.*}}
  // CHECK: arith.muli %[[SUM2]]
  // CHECK: whistler.return
  %c16 = arith.constant 16 : i64
  %mask = arith.constant 65535 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %old = whistler.load %p[24] : !whistler.ptr<packet> -> i16
  %ow = arith.extui %old : i16 to i64
  %on = arith.xori %ow, %mask : i64
  %before = whistler.load %p[34] : !whistler.ptr<packet> -> i16
  %bw = arith.extui %before : i16 to i64
  %bn = arith.xori %bw, %mask : i64
  %after = whistler.load %p[36] : !whistler.ptr<packet> -> i16
  %aw = arith.extui %after : i16 to i64
  %sum0 = arith.addi %on, %bn : i64
  %sum = arith.addi %sum0, %aw : i64
  %low = arith.andi %sum, %mask : i64
  %high = arith.shrui %sum, %c16 : i64
  %once = arith.addi %low, %high : i64
  %low1 = arith.andi %once, %mask : i64
  %high1 = arith.shrui %once, %c16 : i64
  %twice = arith.addi %low1, %high1 : i64
  %half = arith.trunci %twice : i64 to i16
  whistler.store %half, %p[24] : i16, !whistler.ptr<packet>
  whistler.return %c16
}

// In a loop that counts to a constant, a sum has a bound: the sum of what is
// added in all rounds. The counter has fewer bits than the sum.
// CHECK-LABEL: @counted
whistler.prog @counted type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i64
  %c16 = arith.constant 16 : i64
  %c256 = arith.constant 256 : i64
  %mask = arith.constant 65535 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  cf.br ^loop(%c0, %p, %c0 : i64, !whistler.ptr<packet>, i64)
^loop(%i: i64, %at: !whistler.ptr<packet>, %sum: i64):
  %x = whistler.load %at[0] : !whistler.ptr<packet> -> i16
  %wide = arith.extui %x : i16 to i64
  %more = arith.addi %sum, %wide : i64
  %next = whistler.ptr_add %at, %c2 : !whistler.ptr<packet>
  %low_i = arith.trunci %i : i64 to i32
  %low_j = arith.addi %low_i, %c1 : i32
  %j = arith.extui %low_j : i32 to i64
  %again = arith.cmpi ult, %j, %c256 : i64
  cf.cond_br %again, ^loop(%j, %next, %more : i64, !whistler.ptr<packet>, i64), ^done(%more : i64)
^done(%total: i64):
  // CHECK: ^bb2(%[[SUM:.*]]: i64):
  // CHECK: arith.muli %[[SUM]], %{{.*}}
  %low = arith.andi %total, %mask : i64
  %high = arith.shrui %total, %c16 : i64
  %once = arith.addi %low, %high : i64
  %low1 = arith.andi %once, %mask : i64
  %high1 = arith.shrui %once, %c16 : i64
  %twice = arith.addi %low1, %high1 : i64
  whistler.return %twice
}

// The counter begins again on another way back: the sum has no bound.
// CHECK-LABEL: @recounted
whistler.prog @recounted type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c16 = arith.constant 16 : i64
  %c256 = arith.constant 256 : i64
  %mask = arith.constant 65535 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  cf.br ^loop(%c0, %c0 : i64, i64)
^loop(%i: i64, %sum: i64):
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i16
  %wide = arith.extui %x : i16 to i64
  %more = arith.addi %sum, %wide : i64
  %j = arith.addi %i, %c1 : i64
  %again = arith.cmpi ult, %j, %c256 : i64
  cf.cond_br %again, ^loop(%j, %more : i64, i64), ^full
^full:
  %y = whistler.load %p[2] : !whistler.ptr<packet> -> i16
  %isZero = arith.cmpi eq, %y, %x : i16
  cf.cond_br %isZero, ^loop(%c0, %more : i64, i64), ^done
^done:
  // CHECK-NOT: arith.muli
  %low = arith.andi %more, %mask : i64
  %high = arith.shrui %more, %c16 : i64
  %once = arith.addi %low, %high : i64
  %low1 = arith.andi %once, %mask : i64
  %high1 = arith.shrui %once, %c16 : i64
  %twice = arith.addi %low1, %high1 : i64
  whistler.return %twice
}
