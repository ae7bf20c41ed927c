// Of variables that helpers fill, what may be other than zero is read.

// RUN: whistler-opt --whistler-narrow-variables %s | FileCheck %s
// RUN: whistler-opt --whistler-narrow-variables %s > %t.once
// RUN: whistler-opt --whistler-narrow-variables %t.once | diff %t.once -
// RUN: whistler-opt --whistler-narrow-variables --whistler-dead-stores %s | FileCheck %s --check-prefix=DEAD

whistler.map @m type "hash" key 8 value 8 entries 4

// CHECK-LABEL: @two_bytes
// CHECK: %[[LOW:.*]] = whistler.load %{{.*}}[0] : !whistler.ptr<stack> -> i16
// CHECK-NEXT: %[[WHOLE:.*]] = arith.extui %[[LOW]] : i16 to i64
// CHECK: whistler.return %[[WHOLE]]
// Nothing is to be initialised then.
// DEAD-LABEL: @two_bytes
// DEAD-NOT: whistler.store
// DEAD: whistler.return
whistler.prog @two_bytes type "socket-filter" section "socket" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %none = arith.constant 0 : i64
  %c2 = arith.constant 2 : i64
  %slot = whistler.alloca i64
  whistler.store %none, %slot[0] : i64, !whistler.ptr<stack>
  %e = whistler.helper_call "skb_load_bytes"(%ctx, %c2, %slot, %c2) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %x = whistler.load %slot[0] : !whistler.ptr<stack> -> i64
  whistler.return %x
}

// Three bytes are read by four; those of the constant count.
// CHECK-LABEL: @constant
// CHECK: whistler.load %{{.*}}[0] : !whistler.ptr<stack> -> i32
// DEAD-LABEL: @constant
// DEAD: whistler.store
whistler.prog @constant type "socket-filter" section "socket" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %init = arith.constant 0x12345 : i64
  %c1 = arith.constant 1 : i64
  %slot = whistler.alloca i64
  whistler.store %init, %slot[0] : i64, !whistler.ptr<stack>
  %e = whistler.helper_call "skb_load_bytes"(%ctx, %c1, %slot, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %x = whistler.load %slot[0] : !whistler.ptr<stack> -> i64
  whistler.return %x
}

// A map's key needs all bytes, which a load of fewer does not change.
// CHECK-LABEL: @key
// CHECK: whistler.load %{{.*}}[0] : !whistler.ptr<stack> -> i8
// DEAD-LABEL: @key
// DEAD: whistler.store %{{.*}} : i64
// DEAD: whistler.helper_call
whistler.prog @key type "socket-filter" section "socket" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %none = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %slot = whistler.alloca i64
  whistler.store %none, %slot[0] : i64, !whistler.ptr<stack>
  %e = whistler.helper_call "skb_load_bytes"(%ctx, %c1, %slot, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %x = whistler.load %slot[0] : !whistler.ptr<stack> -> i64
  %p = whistler.map_lookup @m[%slot] : !whistler.ptr<stack>
  whistler.return %x
}

// A computed value; a negative constant; a size that is computed; a helper that
// writes what it likes.
// CHECK-LABEL: @wide
// CHECK-COUNT-4: whistler.load %{{.*}}[0] : !whistler.ptr<stack> -> i64
// CHECK: whistler.return
whistler.prog @wide type "socket-filter" section "socket" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %none = arith.constant 0 : i64
  %minus = arith.constant -1 : i64
  %c1 = arith.constant 1 : i64
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  %a = whistler.alloca i64
  %b = whistler.alloca i64
  %c = whistler.alloca i64
  %d = whistler.alloca i64
  whistler.store %t, %a[0] : i64, !whistler.ptr<stack>
  whistler.store %minus, %b[0] : i64, !whistler.ptr<stack>
  whistler.store %none, %c[0] : i64, !whistler.ptr<stack>
  whistler.store %none, %d[0] : i64, !whistler.ptr<stack>
  %0 = whistler.helper_call "skb_load_bytes"(%ctx, %c1, %a, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %1 = whistler.helper_call "skb_load_bytes"(%ctx, %c1, %b, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %2 = whistler.helper_call "skb_load_bytes"(%ctx, %c1, %c, %t) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %3 = whistler.helper_call "skb_load_bytes"(%ctx, %c1, %d, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %4 = whistler.helper_call "get_socket_cookie"(%d) : (!whistler.ptr<stack>) -> i64
  %w = whistler.load %a[0] : !whistler.ptr<stack> -> i64
  %x = whistler.load %b[0] : !whistler.ptr<stack> -> i64
  %y = whistler.load %c[0] : !whistler.ptr<stack> -> i64
  %z = whistler.load %d[0] : !whistler.ptr<stack> -> i64
  %5 = arith.addi %w, %x : i64
  %6 = arith.addi %y, %z : i64
  %7 = arith.addi %5, %6 : i64
  whistler.return %7
}
