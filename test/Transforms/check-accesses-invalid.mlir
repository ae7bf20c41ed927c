// Accesses that the verifier refuses in any program.

// RUN: whistler-opt --whistler-check-accesses %s --split-input-file --verify-diagnostics

// Addresses that are numbers to the verifier, at any distance.
whistler.prog @numbers type "raw-tracepoint" section "raw_tp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i8
  %bits = whistler.ctx_load %ctx[0] size 8 : i64
  %p = whistler.int_to_ptr %bits : !whistler.ptr<kernel>
  %q = whistler.ptr_add %p, %bits : !whistler.ptr<kernel>
  %slot = whistler.alloca !whistler.array<2 x ui64>
  // expected-error @below {{to the verifier this address is a mere number}}
  %0 = whistler.load %q[0] : !whistler.ptr<kernel> -> i64
  // expected-error @below {{to the verifier this address is a mere number}}
  whistler.store %0, %p[8] : i64, !whistler.ptr<kernel>
  // expected-error @below {{to the verifier this address is a mere number}}
  whistler.memset %p[0], %c0, 8 : !whistler.ptr<kernel>
  // expected-error @below {{to the verifier this address is a mere number}}
  whistler.memcpy %slot[0], %p[0], 8 : !whistler.ptr<stack>, !whistler.ptr<kernel>
  whistler.return %0
}

// -----

// A pointer that is kept in a map comes back as a number, one on the stack does
// not.
whistler.map @m type "array" key 4 value 8 entries 1
whistler.prog @kept type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i64
  %slot = whistler.alloca i64
  %holder = whistler.alloca !whistler.array<1 x ui64>
  whistler.store %c1, %slot[0] : i64, !whistler.ptr<stack>
  whistler.store %slot, %holder[0] : !whistler.ptr<stack>, !whistler.ptr<stack>
  %known = whistler.load %holder[0] : !whistler.ptr<stack> -> !whistler.ptr<kernel>
  %0 = whistler.load %known[0] : !whistler.ptr<kernel> -> i64
  %value = whistler.map_lookup @m[%c0] : i32
  %lost = whistler.load %value[0] : !whistler.ptr<map_value> -> !whistler.ptr<kernel>
  // expected-error @below {{to the verifier this address is a mere number}}
  %1 = whistler.load %lost[0] : !whistler.ptr<kernel> -> i64
  whistler.return %1
}

// -----

whistler.global @limit : ui64 section ".rodata"
whistler.global @".str.0" : !whistler.array<4 x ui8> section ".rodata.str1.1" init "abc\00"
whistler.prog @constants type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i64
  %limit = whistler.global_addr @limit
  %text = whistler.global_addr @".str.0"
  %0 = whistler.load %limit[0] : !whistler.ptr<map_value> -> i64
  // expected-error @below {{the variable is constant: only the loader sets it}}
  whistler.atomic_rmw add %limit[0], %c1 : !whistler.ptr<map_value>, i64
  // expected-error @below {{a string literal cannot be written}}
  whistler.store %c1, %text[0] : i64, !whistler.ptr<map_value>
  whistler.return %0
}

// -----

whistler.func @made params [#whistler.param<"x" : ui64>] result !whistler.pointer<none> {
^bb0(%x: i64):
  %slot = whistler.alloca i64
  whistler.store %x, %slot[0] : i64, !whistler.ptr<stack>
  %any = whistler.ptr_cast %slot : !whistler.ptr<stack> -> !whistler.ptr<any>
  // expected-error @below {{the function returns the address of memory on its own stack}}
  whistler.return %any : !whistler.ptr<any>
}

// -----

// The kernel verifies a global function by itself.
whistler.func @tested global noinline params [#whistler.param<"p" : !whistler.pointer<ui64>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %null = whistler.null : !whistler.ptr<any>
  %c0 = arith.constant 0 : i64
  %is_there = whistler.ptr_cmp ne %p, %null : !whistler.ptr<any>, !whistler.ptr<any>
  cf.cond_br %is_there, ^bb1, ^bb2
^bb1:
  %0 = whistler.load %p[0] : !whistler.ptr<any> -> i64
  whistler.return %0
^bb2:
  whistler.return %c0
}
whistler.func @local params [#whistler.param<"p" : !whistler.pointer<ui64>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %0 = whistler.load %p[0] : !whistler.ptr<any> -> i64
  whistler.return %0
}
whistler.func @untested global noinline params [#whistler.param<"p" : !whistler.pointer<ui64>>] result ui64 {
^bb0(%p: !whistler.ptr<any>):
  // expected-error @below {{a pointer parameter of a global function may be null}}
  %0 = whistler.load %p[0] : !whistler.ptr<any> -> i64
  whistler.return %0
}

// -----

whistler.prog @context type "tracepoint" section "tracepoint/sched/sched_switch" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c8 = arith.constant 8 : i64
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %fixed = whistler.ptr_add %ctx, %c8 : !whistler.ptr<ctx>
  %0 = whistler.load %fixed[0] : !whistler.ptr<ctx> -> i8
  %p = whistler.ptr_add %ctx, %x : !whistler.ptr<ctx>
  // expected-error @below {{the context is accessed at constant places only}}
  %1 = whistler.load %p[0] : !whistler.ptr<ctx> -> i8
  whistler.return %x
}
