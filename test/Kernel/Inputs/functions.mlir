// A program that calls functions of its own, and is called back.

whistler.global @total : ui64 section ".bss"

// Static, and verified at its call.
whistler.func @mix noinline params [#whistler.param<"a" : ui64>, #whistler.param<"b" : ui64>,
                           #whistler.param<"c" : ui64>, #whistler.param<"d" : ui64>,
                           #whistler.param<"e" : ui64>] result ui64 {
^bb0(%a: i64, %b: i64, %c: i64, %d: i64, %e: i64):
  %0 = arith.muli %a, %b : i64
  %1 = arith.addi %0, %c : i64
  %2 = arith.muli %1, %d : i64
  %3 = arith.subi %2, %e : i64
  whistler.return %3
}

// Global, and verified once.
whistler.func @length global params [#whistler.param<"ctx" : !whistler.pointer<!whistler.struct<"xdp_md">>>,
                                     #whistler.param<"a" : ui64>, #whistler.param<"b" : ui64>,
                                     #whistler.param<"c" : ui64>, #whistler.param<"d" : ui64>] result ui64 {
^bb0(%ctx: !whistler.ptr<ctx>, %a: i64, %b: i64, %c: i64, %d: i64):
  %data = whistler.ctx_load %ctx[0] size 4 field "xdp_md:data" : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 field "xdp_md:data_end" : !whistler.ptr<packet_end>
  %0 = whistler.ptr_diff %end, %data : !whistler.ptr<packet_end>, !whistler.ptr<packet>
  %1 = whistler.call @mix(%0, %a, %b, %c, %d) : (i64, i64, i64, i64, i64) -> i64
  whistler.return %1
}

// Adds the round's number to what `sum` points to; stops after round 5.
whistler.func @each params [#whistler.param<"round" : ui32>, #whistler.param<"sum" : !whistler.pointer<none>>] result ui64 {
^bb0(%round: i64, %sum: !whistler.ptr<stack>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c5 = arith.constant 5 : i64
  %0 = whistler.load %sum[0] : !whistler.ptr<stack> -> i64
  %1 = arith.addi %0, %round : i64
  whistler.store %1, %sum[0] : i64, !whistler.ptr<stack>
  %last = arith.cmpi eq, %round, %c5 : i64
  cf.cond_br %last, ^stop, ^go
^stop:
  whistler.return %c1
^go:
  whistler.return %c0
}

// A pointer goes in, and the same one comes back.
whistler.func @there noinline params [#whistler.param<"p" : !whistler.pointer<ui64>>] result !whistler.pointer<ui64> {
^bb0(%p: !whistler.ptr<map_value>):
  whistler.return %p : !whistler.ptr<map_value>
}

// (((2 * 3) + 4) * 5) - 6 = 44.
whistler.prog @static_call type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c2 = arith.constant 2 : i64
  %c3 = arith.constant 3 : i64
  %c4 = arith.constant 4 : i64
  %c5 = arith.constant 5 : i64
  %c6 = arith.constant 6 : i64
  %0 = whistler.call @mix(%c2, %c3, %c4, %c5, %c6) : (i64, i64, i64, i64, i64) -> i64
  whistler.return %0
}

// (((20 * 2) + 3) * 4) - 5 = 167 for a packet of 20 bytes; twice, with what is
// kept in registers across the calls.
whistler.prog @global_call type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c2 = arith.constant 2 : i64
  %c3 = arith.constant 3 : i64
  %c4 = arith.constant 4 : i64
  %c5 = arith.constant 5 : i64
  %0 = whistler.call @length(%ctx, %c2, %c3, %c4, %c5) : (!whistler.ptr<ctx>, i64, i64, i64, i64) -> i64
  %1 = whistler.call @length(%ctx, %c2, %c3, %c4, %c5) : (!whistler.ptr<ctx>, i64, i64, i64, i64) -> i64
  %2 = arith.addi %0, %1 : i64
  whistler.return %2
}

// 0 + 1 + 2 + 3 + 4 + 5, plus 100 times the 6 rounds.
whistler.prog @called_back type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c100 = arith.constant 100 : i64
  %sum = whistler.alloca !whistler.array<1 x ui64>
  whistler.store %c0, %sum[0] : i64, !whistler.ptr<stack>
  %f = whistler.func_ref @each
  %rounds = whistler.helper_call "loop"(%c100, %f, %sum, %c0) : (i64, !whistler.ptr<func>, !whistler.ptr<stack>, i64) -> i64
  %0 = whistler.load %sum[0] : !whistler.ptr<stack> -> i64
  %1 = arith.muli %rounds, %c100 : i64
  %2 = arith.addi %0, %1 : i64
  whistler.return %2
}

whistler.prog @pointer_result type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c7 = arith.constant 7 : i64
  %g = whistler.global_addr @total
  %p = whistler.call @there(%g) : (!whistler.ptr<map_value>) -> !whistler.ptr<map_value>
  whistler.atomic_rmw add %p[0], %c7 : !whistler.ptr<map_value>, i64
  %0 = whistler.load %g[0] : !whistler.ptr<map_value> -> i64
  whistler.return %0
}
