// Bounds that are found. Nothing changes but the mark that they were.

// RUN: whistler-opt %s > %t.before
// RUN: whistler-opt %s --whistler-check-indices | sed 's/ checked$//' | diff %t.before -

whistler.prog @differences type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c2 = arith.constant 2 : i64
  %c3 = arith.constant 3 : i64
  %c7 = arith.constant 7 : i64
  %c-1 = arith.constant -1 : i64
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %1 = arith.andi %0, %c3 : i64
  %2 = arith.subi %c7, %1 : i64
  %3 = whistler.index %2 below 8
  %4 = arith.cmpi ne, %1, %c0 : i64
  cf.cond_br %4, ^positive, ^end(%3 : i64)
^positive:
  %5 = arith.addi %1, %c-1 : i64
  %6 = whistler.index %5 below 3
  %7 = arith.cmpi ugt, %1, %c2 : i64
  cf.cond_br %7, ^three, ^end(%6 : i64)
^three:
  %8 = arith.subi %1, %c3 : i64
  %9 = whistler.index %8 below 1
  cf.br ^end(%9 : i64)
^end(%10: i64):
  whistler.return %10
}
