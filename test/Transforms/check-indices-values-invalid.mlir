// Indices that may be outside of their arrays.

// RUN: whistler-opt %s --whistler-check-indices --split-input-file --verify-diagnostics

whistler.prog @anything type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  // expected-error @below {{the index may be outside of the array, which has 4 elements}}
  %1 = whistler.index %0 below 4
  whistler.return %1
}

// -----

// One less would do.
whistler.prog @one_more type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c4 = arith.constant 4 : i64
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %1 = arith.minui %0, %c4 : i64
  // expected-error @below {{the index may be outside of the array, which has 4 elements}}
  %2 = whistler.index %1 below 4
  whistler.return %2
}

// -----

// Helpers call with numbers of their own, whatever the module's calls pass.
whistler.func @called_back params [#whistler.param<"i" : ui64>, #whistler.param<"p" : !whistler.pointer<none>>] result ui64 {
^bb0(%0: i64, %p: !whistler.ptr<any>):
  // expected-error @below {{the index may be outside of the array, which has 4 elements}}
  %1 = whistler.index %0 below 4
  whistler.return %1
}
whistler.prog @caller type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c100 = arith.constant 100 : i64
  %f = whistler.func_ref @called_back
  %null = whistler.null : !whistler.ptr<any>
  %r = whistler.helper_call "loop"(%c100, %f, %null, %c0) : (i64, !whistler.ptr<func>, !whistler.ptr<any>, i64) -> i64
  whistler.return %r
}

// -----

// A difference may be below 0.
whistler.prog @below type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c3 = arith.constant 3 : i64
  %c-1 = arith.constant -1 : i64
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %1 = arith.andi %0, %c3 : i64
  // expected-error @+2 {{the index may be outside of the array, which has 4 elements}}
  %2 = arith.addi %1, %c-1 : i64
  %3 = whistler.index %2 below 4
  // expected-error @+2 {{the index may be outside of the array, which has 4 elements}}
  %4 = arith.subi %3, %1 : i64
  %5 = whistler.index %4 below 4
  whistler.return %5
}
