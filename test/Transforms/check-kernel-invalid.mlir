// What the named kernel does not have is an error where it stands.

// RUN: whistler-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(whistler-check-kernel{cpu=v1})'

module attributes {whistler.min_kernel = #whistler.kernel<"4.1">} {
  // expected-error @below {{a map of type `:lru-hash` needs Linux 4.10, and this is compiled for Linux 4.1 (`--min-kernel`)}}
  whistler.map @lru type "lru-hash" key 4 value 8 entries 4
  // expected-error @below {{a global variable needs Linux 5.2}}
  whistler.global @hits : ui64 section ".bss"
  // expected-error @below {{a program of type `:xdp` in section "xdp" needs Linux 4.8}}
  whistler.prog @p type "xdp" section "xdp" license "GPL" {
  ^bb0(%ctx: !whistler.ptr<ctx>):
    %r = arith.constant 2 : i64
    whistler.return %r
  }
}

// -----

module attributes {whistler.min_kernel = #whistler.kernel<"5.0">} {
  whistler.map @handlers type "prog-array" key 4 value 4 entries 4
  // expected-error @below {{a `global` function needs Linux 5.6}}
  // expected-error @below {{a pointer that a `global` function takes needs Linux 5.12}}
  whistler.func @shared global params [#whistler.param<"p" : !whistler.pointer<ui64>>] result ui64 {
  ^bb0(%p: !whistler.ptr<any>):
    %r = arith.constant 2 : i64
    whistler.return %r
  }
}

// -----

module attributes {whistler.min_kernel = #whistler.kernel<"5.2">} {
  whistler.map @handlers type "prog-array" key 4 value 4 entries 4
  whistler.map @values type "hash" key 4 value 8 entries 4
  whistler.func @leaf noinline params [] result ui64 {
    // expected-error @below {{the helper `ktime-get-boot-ns` needs Linux 5.8}}
    %t = whistler.helper_call "ktime_get_boot_ns"() : () -> i64
    whistler.return %t
  }
  whistler.prog @p type "xdp" section "xdp" license "GPL" {
  ^bb0(%ctx: !whistler.ptr<ctx>):
    // expected-error @below {{a function that a helper calls needs Linux 5.13}}
    %f = whistler.func_ref @leaf
    %zero = arith.constant 0 : i64
    // expected-error @below {{a tail call in a program that calls functions needs Linux 5.10}}
    whistler.tail_call %ctx, @handlers[%zero]
    %key = whistler.alloca i32
    %k = arith.constant 0 : i32
    whistler.store %k, %key[0] : i32, !whistler.ptr<stack>
    %p = whistler.map_lookup @values[%key] : !whistler.ptr<stack>
    whistler.atomic_rmw add %p[0], %zero : !whistler.ptr<map_value>, i64
    // expected-error @below {{an atomic operation other than an addition without result needs Linux 5.12}}
    %old = whistler.atomic_rmw xchg %p[0], %zero : !whistler.ptr<map_value>, i64 -> i64
    %t = whistler.call @leaf() : () -> i64
    // expected-error @below {{an instruction of version 4 needs Linux 6.6}}
    %0 = whistler.asm code 0xd7 dst 0 src 0 off 0 imm 16
    // expected-error @below {{the instruction may_goto needs Linux 6.9}}
    %1 = whistler.asm code 0xe5 dst 0 src 0 off 0 imm 0
    // expected-error @below {{an atomic load or store needs Linux 6.15}}
    %2 = whistler.asm code 0xdb dst 0 src 1 off 0 imm 256
    cf.br ^loop
  ^loop:
    %more = arith.cmpi ult, %old, %t : i64
    // expected-error @below {{a loop needs Linux 5.3}}
    cf.cond_br %more, ^loop, ^out
  ^out:
    whistler.return %old
  }
}

// -----

// expected-error @below {{the instruction set v1 needs Linux 3.18, and this is compiled for Linux 3.17}}
module attributes {whistler.min_kernel = #whistler.kernel<"3.17">} {
}
