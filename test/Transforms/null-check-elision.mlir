// From Linux 6.14 on, a lookup with a constant key in an array needs no check.

// RUN: whistler-opt %s --whistler-null-check-elision | FileCheck %s
// A second run finds nothing to do.
// RUN: whistler-opt %s --whistler-null-check-elision > %t.once
// RUN: whistler-opt %t.once --whistler-null-check-elision | diff %t.once -
// Older kernels, and no kernel, leave the module as it is.
// RUN: sed 's/"6.14"/"6.13"/' %s | whistler-opt > %t.older
// RUN: whistler-opt %t.older --whistler-null-check-elision | diff %t.older -
// RUN: sed 's/whistler.min_kernel = .*>/some.attribute/' %s | whistler-opt --allow-unregistered-dialect > %t.none
// RUN: whistler-opt %t.none --allow-unregistered-dialect --whistler-null-check-elision | diff %t.none -

module attributes {whistler.min_kernel = #whistler.kernel<"6.14">} {
  whistler.map @array type "array" key 4 value 8 entries 4
  whistler.map @percpu type "percpu-array" key 4 value 8 entries 1
  whistler.map @hash type "hash" key 4 value 8 entries 4
  whistler.map @maps type "array-of-maps" key 4 value 4 entries 4 inner @array

  // CHECK-LABEL: @certain
  whistler.prog @certain type "xdp" section "xdp" license "GPL" {
  ^bb0(%ctx: !whistler.ptr<ctx>):
    %null = whistler.null : !whistler.ptr<map_value>
    %three = arith.constant 3 : i32
    // CHECK: %[[P:.*]] = whistler.map_lookup @array[%{{.*}}] certain : i32
    %p = whistler.map_lookup @array[%three] : i32
    // CHECK-NEXT: %[[FALSE:.*]] = arith.constant false
    %isNull = whistler.ptr_cmp eq %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
    // CHECK-NEXT: cf.cond_br %[[FALSE]]
    cf.cond_br %isNull, ^out, ^use
  ^use:
    // CHECK: whistler.load %[[P]]
    %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
    %zero = arith.constant 0 : i32
    // CHECK: whistler.map_lookup @percpu[%{{.*}}] certain : i32
    %q = whistler.map_lookup @percpu[%zero] : i32
    // CHECK-NEXT: arith.constant true
    %isThere = whistler.ptr_cmp ne %null, %q : !whistler.ptr<map_value>, !whistler.ptr<map_value>
    cf.cond_br %isThere, ^out, ^out
  ^out:
    %r = arith.constant 2 : i64
    whistler.return %r
  }

  // A key that is behind the end or unknown, another type of map, an inner map's
  // address: all of these have to be checked.
  // CHECK-LABEL: @uncertain
  whistler.prog @uncertain type "xdp" section "xdp" license "GPL" {
  ^bb0(%ctx: !whistler.ptr<ctx>):
    // CHECK-NOT: certain
    %four = arith.constant 4 : i32
    %minusOne = arith.constant -1 : i32
    %zero = arith.constant 0 : i32
    %unknown = whistler.ctx_load %ctx[12] size 4 : i32
    %a = whistler.map_lookup @array[%four] : i32
    %b = whistler.map_lookup @array[%minusOne] : i32
    %c = whistler.map_lookup @array[%unknown] : i32
    %d = whistler.map_lookup @hash[%zero] : i32
    %e = whistler.map_lookup @maps[%zero] : i32
    %slot = whistler.alloca i32
    whistler.store %zero, %slot[0] : i32, !whistler.ptr<stack>
    %f = whistler.map_lookup @array[%slot] : !whistler.ptr<stack>
    %i = whistler.ptr_to_int %a : !whistler.ptr<map_value>
    whistler.return %i
  }
}
