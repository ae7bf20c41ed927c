// Bounds of indices are found in what they are computed from, in the conditions
// that control has passed, around loops and in what functions are called with.

// RUN: whistler-opt --whistler-check-indices %s | FileCheck %s

whistler.prog @computed type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c5 = arith.constant 5 : i64
  %c7 = arith.constant 7 : i64
  %c61 = arith.constant 61 : i64
  // CHECK-LABEL: @computed
  // CHECK-COUNT-7: whistler.index %{{.*}} below {{[0-9]+}} checked
  %masked = arith.andi %x, %c7 : i64
  %0 = whistler.index %masked below 8
  %minimum = arith.minui %c7, %x : i64
  %1 = whistler.index %minimum below 8
  %remainder = whistler.umod %x, %c7 : i64
  %2 = whistler.index %remainder below 7
  %shifted = arith.shrui %x, %c61 : i64
  %3 = whistler.index %shifted below 8
  %sum = arith.addi %masked, %c5 : i64
  %4 = whistler.index %sum below 13
  %difference = arith.subi %c7, %masked : i64
  %5 = whistler.index %difference below 8
  %constant = whistler.index %c5 below 6
  whistler.return %0
}

// A comparison that a select depends on counts for its values.
// CHECK-LABEL: @selected
// CHECK: whistler.index %{{.*}} below 8 checked
whistler.prog @selected type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c0 = arith.constant 0 : i64
  %c8 = arith.constant 8 : i64
  %small = arith.cmpi ult, %x, %c8 : i64
  %i = arith.select %small, %x, %c0 : i64
  %0 = whistler.index %i below 8
  whistler.return %0
}

// Both successors may be one block that is given different values.
// CHECK-LABEL: @same_successor
// CHECK: whistler.index %{{.*}} below 8 checked
whistler.prog @same_successor type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c0 = arith.constant 0 : i64
  %c8 = arith.constant 8 : i64
  %small = arith.cmpi ult, %x, %c8 : i64
  cf.cond_br %small, ^bb1(%x : i64), ^bb1(%c0 : i64)
^bb1(%i: i64):
  %0 = whistler.index %i below 8
  whistler.return %0
}

// Where paths meet, what holds on each of them holds.
// CHECK-LABEL: @meeting
// CHECK: whistler.index %{{.*}} below 10 checked
whistler.prog @meeting type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c4 = arith.constant 4 : i64
  %c9 = arith.constant 9 : i64
  %small = arith.cmpi ult, %x, %c4 : i64
  cf.cond_br %small, ^bb2, ^bb1
^bb1:
  %large = arith.cmpi ugt, %x, %c9 : i64
  cf.cond_br %large, ^bb3, ^bb2
^bb2:
  %0 = whistler.index %x below 10
  whistler.return %0
^bb3:
  whistler.return %c4
}

// Signed comparisons bound from both sides, in any order.
// CHECK-LABEL: @signed
// CHECK: whistler.index %{{.*}} below 8 checked
whistler.prog @signed type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %minus1 = arith.constant -1 : i64
  %c7 = arith.constant 7 : i64
  %small = arith.cmpi sle, %x, %c7 : i64
  cf.cond_br %small, ^bb1, ^bb3
^bb1:
  %positive = arith.cmpi slt, %minus1, %x : i64
  cf.cond_br %positive, ^bb2, ^bb3
^bb2:
  %0 = whistler.index %x below 8
  whistler.return %0
^bb3:
  whistler.return %c7
}

// A truth value that went through blocks still tells of what was compared.
// CHECK-LABEL: @truth_value
// CHECK: whistler.index %{{.*}} below 8 checked
whistler.prog @truth_value type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c8 = arith.constant 8 : i64
  %small = arith.cmpi ult, %x, %c8 : i64
  cf.cond_br %small, ^bb1(%c1 : i64), ^bb1(%c0 : i64)
^bb1(%truth: i64):
  %test = arith.cmpi ne, %truth, %c0 : i64
  cf.cond_br %test, ^bb2, ^bb3
^bb2:
  %0 = whistler.index %x below 8
  whistler.return %0
^bb3:
  whistler.return %c0
}

// Of a loop's counter the comparison with the limit is known, and the limit is
// what it was in front of the loop.
// CHECK-LABEL: @loop
// CHECK: whistler.index %{{.*}} below 8 checked
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %n = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c8 = arith.constant 8 : i64
  %large = arith.cmpi ugt, %n, %c8 : i64
  cf.cond_br %large, ^bb3, ^bb1(%c0 : i64)
^bb1(%i: i64):
  %more = arith.cmpi ult, %i, %n : i64
  cf.cond_br %more, ^bb2, ^bb3
^bb2:
  %0 = whistler.index %i below 8
  %next = arith.addi %i, %c1 : i64
  cf.br ^bb1(%next : i64)
^bb3:
  whistler.return %c0
}

// Parameters are what calls pass, results what is returned.
// CHECK-LABEL: @pick
// CHECK: whistler.index %{{.*}} below 8 checked
whistler.func @pick params [#whistler.param<"i" : ui64>] result ui64 {
^bb0(%i: i64):
  %0 = whistler.index %i below 8
  whistler.return %0
}

// CHECK-LABEL: @caller
// CHECK: whistler.index %{{.*}} below 8 checked
whistler.prog @caller type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c3 = arith.constant 3 : i64
  %c7 = arith.constant 7 : i64
  %masked = arith.andi %x, %c7 : i64
  %0 = whistler.call @pick(%c3) : (i64) -> i64
  %1 = whistler.call @pick(%masked) : (i64) -> i64
  %2 = whistler.index %1 below 8
  whistler.return %2
}

// What has been checked is not checked again.
// CHECK-LABEL: @checked
// CHECK: whistler.index %{{.*}} below 8 checked
whistler.prog @checked type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %0 = whistler.index %x below 8 checked
  whistler.return %0
}
