// Indices that may be outside of their arrays, however likely they look.

// RUN: whistler-opt --whistler-check-indices %s --split-input-file --verify-diagnostics

whistler.prog @unbounded type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  // expected-error @below {{the index may be outside of the array, which has 8 elements; bound it, with `(when (< index 8) ...)`, `(min index 7)` or `(mod index 8)`}}
  %0 = whistler.index %x below 8
  whistler.return %0
}

// -----

whistler.prog @single_element type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  // expected-error @below {{the index may be outside of the array, which has 1 element; }}
  %0 = whistler.index %x below 1
  whistler.return %0
}

// -----

// A sum and a difference may wrap.
whistler.prog @wraps type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c1 = arith.constant 1 : i64
  %c7 = arith.constant 7 : i64
  %small = arith.cmpi ult, %x, %c7 : i64
  cf.cond_br %small, ^bb1, ^bb2
^bb1:
  %sum = arith.addi %x, %c1 : i64
  %0 = whistler.index %sum below 8
  %difference = arith.subi %x, %c1 : i64
  // expected-error @below {{the index may be outside}}
  %1 = whistler.index %difference below 8
  whistler.return %1
^bb2:
  whistler.return %c1
}

// -----

// A signed comparison lets negative numbers through.
whistler.prog @signed type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c8 = arith.constant 8 : i64
  %small = arith.cmpi slt, %x, %c8 : i64
  cf.cond_br %small, ^bb1, ^bb2
^bb1:
  // expected-error @below {{the index may be outside}}
  %0 = whistler.index %x below 8
  whistler.return %0
^bb2:
  whistler.return %c8
}

// -----

// Where paths meet of which one knows nothing, nothing is known.
whistler.prog @meeting type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %c8 = arith.constant 8 : i64
  %small = arith.cmpi ult, %x, %c8 : i64
  cf.cond_br %small, ^bb2, ^bb1
^bb1:
  cf.br ^bb2
^bb2:
  // expected-error @below {{the index may be outside}}
  %0 = whistler.index %x below 8
  whistler.return %0
}

// -----

// A counter is one too large where it is used behind the loop, and grows
// without a limit where nothing is compared.
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c8 = arith.constant 8 : i64
  cf.br ^bb1(%c0, %c0 : i64, i64)
^bb1(%i: i64, %j: i64):
  // expected-error @below {{the index may be outside}}
  %0 = whistler.index %j below 8
  %more = arith.cmpi ult, %i, %c8 : i64
  cf.cond_br %more, ^bb2, ^bb3
^bb2:
  %next = arith.addi %i, %c1 : i64
  %next_j = arith.addi %j, %c1 : i64
  cf.br ^bb1(%next, %next_j : i64, i64)
^bb3:
  %1 = whistler.index %i below 9
  // expected-error @below {{the index may be outside}}
  %2 = whistler.index %i below 8
  whistler.return %0
}

// -----

// The kernel calls a function with what it likes.
whistler.func @called_back params [#whistler.param<"i" : ui32>, #whistler.param<"data" : !whistler.pointer<none>>] result ui64 {
^bb0(%i: i64, %data: !whistler.ptr<any>):
  // expected-error @below {{the index may be outside}}
  %0 = whistler.index %i below 8
  whistler.return %0
}

whistler.prog @caller type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c3 = arith.constant 3 : i64
  %f = whistler.func_ref @called_back
  %null = whistler.null : !whistler.ptr<any>
  %0 = whistler.helper_call "loop"(%c3, %f, %null, %c3) : (i64, !whistler.ptr<func>, !whistler.ptr<any>, i64) -> i64
  %1 = whistler.call @called_back(%c3, %null) : (i64, !whistler.ptr<any>) -> i64
  whistler.return %1
}

// -----

// A global function is verified for all arguments, and its result is any.
whistler.func @pick global params [#whistler.param<"i" : ui64>] result ui64 {
^bb0(%i: i64):
  // expected-error @below {{the index may be outside}}
  %0 = whistler.index %i below 8
  %c3 = arith.constant 3 : i64
  whistler.return %c3
}

whistler.prog @caller type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c3 = arith.constant 3 : i64
  %0 = whistler.call @pick(%c3) : (i64) -> i64
  // expected-error @below {{the index may be outside}}
  %1 = whistler.index %0 below 8
  whistler.return %1
}

// -----

// Sums of sums do not take forever.
whistler.prog @doubled type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  %1 = arith.addi %0, %0 : i64
  %2 = arith.addi %1, %1 : i64
  %3 = arith.addi %2, %2 : i64
  %4 = arith.addi %3, %3 : i64
  %5 = arith.addi %4, %4 : i64
  %6 = arith.addi %5, %5 : i64
  %7 = arith.addi %6, %6 : i64
  %8 = arith.addi %7, %7 : i64
  %9 = arith.addi %8, %8 : i64
  %10 = arith.addi %9, %9 : i64
  %11 = arith.addi %10, %10 : i64
  %12 = arith.addi %11, %11 : i64
  %13 = arith.addi %12, %12 : i64
  %14 = arith.addi %13, %13 : i64
  %15 = arith.addi %14, %14 : i64
  %16 = arith.addi %15, %15 : i64
  %17 = arith.addi %16, %16 : i64
  %18 = arith.addi %17, %17 : i64
  %19 = arith.addi %18, %18 : i64
  %20 = arith.addi %19, %19 : i64
  %21 = arith.addi %20, %20 : i64
  %22 = arith.addi %21, %21 : i64
  %23 = arith.addi %22, %22 : i64
  %24 = arith.addi %23, %23 : i64
  %25 = arith.addi %24, %24 : i64
  %26 = arith.addi %25, %25 : i64
  %27 = arith.addi %26, %26 : i64
  %28 = arith.addi %27, %27 : i64
  %29 = arith.addi %28, %28 : i64
  %30 = arith.addi %29, %29 : i64
  %31 = arith.addi %30, %30 : i64
  %32 = arith.addi %31, %31 : i64
  %33 = arith.addi %32, %32 : i64
  %34 = arith.addi %33, %33 : i64
  %35 = arith.addi %34, %34 : i64
  %36 = arith.addi %35, %35 : i64
  %37 = arith.addi %36, %36 : i64
  %38 = arith.addi %37, %37 : i64
  %39 = arith.addi %38, %38 : i64
  %40 = arith.addi %39, %39 : i64
  // expected-error @below {{the index may be outside}}
  %41 = whistler.index %40 below 8
  whistler.return %41
}
