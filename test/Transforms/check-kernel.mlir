// The kernel that a module needs is noted, and what needs it on request.

// RUN: whistler-opt %s --split-input-file --whistler-check-kernel | FileCheck %s
// RUN: whistler-opt %s --split-input-file --pass-pipeline='builtin.module(whistler-check-kernel{report=true})' 2>&1 >/dev/null | FileCheck %s --check-prefix=REPORT

// CHECK: module attributes {whistler.needs_kernel = #whistler.kernel<"5.8">}
// REPORT: [[#@LINE+1]]:1: remark: a map of type `:ringbuf` needs Linux 5.8; nothing else needs a newer one
whistler.map @events type "ringbuf" key 0 value 0 entries 4096

// -----

// Nothing that is not in 5.4 anyway.
// CHECK: module {
// REPORT: remark: a loop needs Linux 5.3
whistler.prog @plain type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %n = whistler.ctx_load %ctx[12] size 4 : i32
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  cf.br ^loop(%zero : i32)
^loop(%i: i32):
  %next = arith.addi %i, %one : i32
  %more = arith.cmpi ult, %next, %n : i32
  cf.cond_br %more, ^loop(%next : i32), ^out
^out:
  %r = arith.constant 2 : i64
  whistler.return %r
}

// -----

// What no program uses asks for nothing.
// CHECK: module {
whistler.func @unused params [] result ui64 {
  %t = whistler.helper_call "ktime_get_tai_ns"() : () -> i64
  whistler.return %t
}

// -----

// 6.1 has the helper, but not for this type of program. A function is looked
// at for the programs that call it.
// CHECK: module attributes {whistler.needs_kernel = #whistler.kernel<"6.12">}
// REPORT: remark: the helper `get-current-pid-tgid` in a program of type `:xdp` needs Linux 6.12
whistler.func @who params [] result ui64 {
  %t = whistler.helper_call "get_current_pid_tgid"() : () -> i64
  whistler.return %t
}
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %t = whistler.call @who() : () -> i64
  whistler.return %t
}

// -----

// CHECK: module attributes {whistler.min_kernel = #whistler.kernel<"6.14">, whistler.needs_kernel = #whistler.kernel<"6.14">}
// REPORT: remark: a lookup that needs no test for null needs Linux 6.14
module attributes {whistler.min_kernel = #whistler.kernel<"6.14">} {
  whistler.map @array type "array" key 4 value 8 entries 4
  whistler.prog @p type "xdp" section "xdp" license "GPL" {
  ^bb0(%ctx: !whistler.ptr<ctx>):
    %zero = arith.constant 0 : i32
    %p = whistler.map_lookup @array[%zero] certain : i32
    %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
    whistler.return %v
  }
}
