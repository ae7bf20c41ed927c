// Elements of arrays are there, to kernels since 6.14.

// RUN: not whistler-opt --whistler-verify-safety %s 2>&1 | FileCheck %s --check-prefix=OLD
// RUN: whistler-opt --whistler-verify-safety="elide-null-checks=true" %s | FileCheck %s

// OLD: error: the map may have no such entry
// CHECK: whistler.prog @p
whistler.map @m type "array" key 4 value 8 entries 2
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %p = whistler.map_lookup @m[%key] : i32
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
}
