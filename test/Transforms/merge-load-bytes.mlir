// Neighbouring bytes of the packet are copied with one call.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(any(whistler-merge-load-bytes))' | FileCheck %s
// RUN: whistler-opt %s --whistler-merge-load-bytes > %t.once
// RUN: whistler-opt %t.once --whistler-merge-load-bytes | diff %t.once -
// RUN: whistler-opt %s --whistler-merge-load-bytes --remark-policy=all --remarks-filter-passed=whistler-merge-load-bytes -o %t.2 2>&1 | FileCheck %s --check-prefix=REMARK

// REMARK: [[#@LINE+22]]:8: remark: [Passed] LoadBytesMerged {{.*}}Calls=2, End=24, {{.*}}Start=12

whistler.map @m type "hash" key 4 value 8 entries 8

// CHECK-LABEL: @fields
whistler.prog @fields type "socket-filter" section "socket" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[ALL:.*]] = whistler.alloca !whistler.array<2 x ui64>
  // CHECK: %[[PROTOCOL:.*]] = whistler.ptr_add %[[ALL]], %c11
  // CHECK: %[[R:.*]] = whistler.helper_call "skb_load_bytes"(%{{.*}}, %c12{{.*}}, %[[ALL]], %c12{{.*}})
  // CHECK: arith.cmpi ne, %[[R]]
  // CHECK: whistler.load %[[ALL]][0] : {{.*}} -> i16
  // CHECK-NOT: whistler.helper_call
  // CHECK: whistler.load %[[PROTOCOL]][0] : {{.*}} -> i8
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c8 = arith.constant 8 : i16
  %c12 = arith.constant 12 : i64
  %c23 = arith.constant 23 : i64
  %type = whistler.alloca i64
  %protocol = whistler.alloca i64
  %r = whistler.helper_call "skb_load_bytes"(%ctx, %c12, %type, %c2) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %failed = arith.cmpi ne, %r, %c0 : i64
  cf.cond_br %failed, ^out, ^first
^first:
  %t = whistler.load %type[0] : !whistler.ptr<stack> -> i16
  %is_ip = arith.cmpi eq, %t, %c8 : i16
  cf.cond_br %is_ip, ^second, ^out
^second:
  %s = whistler.helper_call "skb_load_bytes"(%ctx, %c23, %protocol, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %short = arith.cmpi slt, %s, %c0 : i64
  cf.cond_br %short, ^on, ^third
^third:
  %p = whistler.load %protocol[0] : !whistler.ptr<stack> -> i8
  %n = arith.extui %p : i8 to i64
  whistler.return %n
^on:
  cf.br ^out
^out:
  whistler.return %c0
}

// The address is aligned as a key is, for which the first byte is not.
// CHECK-LABEL: @key
whistler.prog @key type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[ALL:.*]] = whistler.alloca !whistler.array<1 x ui64>
  // CHECK: %[[FROM:.*]] = whistler.ptr_add %[[ALL]], %c1_i64 :
  // CHECK: %[[ADDRESS:.*]] = whistler.ptr_add %[[ALL]], %c4_i64 :
  // CHECK: %[[PROTOCOL:.*]] = whistler.ptr_add %[[ALL]], %c1_i64{{.*}} :
  // CHECK: whistler.helper_call "skb_load_bytes"(%{{.*}}, %c23{{.*}}, %[[FROM]], %c7{{.*}})
  // CHECK-NOT: whistler.helper_call
  // CHECK: whistler.load %[[PROTOCOL]][0] : {{.*}} -> i8
  // CHECK: whistler.map_lookup @m[%[[ADDRESS]]]
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c4 = arith.constant 4 : i64
  %c23 = arith.constant 23 : i64
  %c26 = arith.constant 26 : i64
  %address = whistler.alloca i32
  %protocol = whistler.alloca i8
  %r = whistler.helper_call "skb_load_bytes"(%ctx, %c26, %address, %c4) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %ok = arith.cmpi eq, %r, %c0 : i64
  cf.cond_br %ok, ^first, ^out
^first:
  %s = whistler.helper_call "skb_load_bytes"(%ctx, %c23, %protocol, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %found = arith.cmpi sge, %s, %c0 : i64
  cf.cond_br %found, ^second, ^out
^second:
  %p = whistler.load %protocol[0] : !whistler.ptr<stack> -> i8
  %v = whistler.map_lookup @m[%address] : !whistler.ptr<stack>
  %n = arith.extui %p : i8 to i64
  whistler.return %n
^out:
  whistler.return %c0
}

// One that fails in another way stays.
// CHECK-LABEL: @other_way
whistler.prog @other_way type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: whistler.helper_call
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c23 = arith.constant 23 : i64
  %c24 = arith.constant 24 : i64
  %a = whistler.alloca i8
  %b = whistler.alloca i8
  %r = whistler.helper_call "skb_load_bytes"(%ctx, %c23, %a, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %failed = arith.cmpi ne, %r, %c0 : i64
  cf.cond_br %failed, ^out(%c0 : i64), ^first
^first:
  %s = whistler.helper_call "skb_load_bytes"(%ctx, %c24, %b, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %short = arith.cmpi ne, %s, %c0 : i64
  cf.cond_br %short, ^out(%c1 : i64), ^second
^second:
  %x = whistler.load %a[0] : !whistler.ptr<stack> -> i8
  %y = whistler.load %b[0] : !whistler.ptr<stack> -> i8
  %n = arith.extui %x : i8 to i64
  whistler.return %n
^out(%verdict: i64):
  whistler.return %verdict
}

// What is written in between would not be where the second one fails.
// CHECK-LABEL: @write
whistler.prog @write type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: whistler.helper_call
  %mark = arith.constant 7 : i32
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c23 = arith.constant 23 : i64
  %c24 = arith.constant 24 : i64
  %a = whistler.alloca i8
  %b = whistler.alloca i8
  %r = whistler.helper_call "skb_load_bytes"(%ctx, %c23, %a, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %failed = arith.cmpi ne, %r, %c0 : i64
  cf.cond_br %failed, ^out, ^first
^first:
  whistler.ctx_store %mark, %ctx[8] : i32
  %s = whistler.helper_call "skb_load_bytes"(%ctx, %c24, %b, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %short = arith.cmpi ne, %s, %c0 : i64
  cf.cond_br %short, ^out, ^second
^second:
  %x = whistler.load %a[0] : !whistler.ptr<stack> -> i8
  %y = whistler.load %b[0] : !whistler.ptr<stack> -> i8
  whistler.return %c1
^out:
  whistler.return %c0
}

// Bytes that are read twice, may be wanted after a failure, lie too far away,
// or cannot be aligned as they are in the packet.
// CHECK-LABEL: @places
whistler.prog @places type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-6: whistler.helper_call "skb_load_bytes"
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c4 = arith.constant 4 : i64
  %c22 = arith.constant 22 : i64
  %c23 = arith.constant 23 : i64
  %c24 = arith.constant 24 : i64
  %c27 = arith.constant 27 : i64
  %c100 = arith.constant 100 : i64
  %a = whistler.alloca i16
  %b = whistler.alloca i16
  %c = whistler.alloca i8
  %d = whistler.alloca i8
  %e = whistler.alloca i16
  %f = whistler.alloca i32
  %ra = whistler.helper_call "skb_load_bytes"(%ctx, %c22, %a, %c2) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %fa = arith.cmpi ne, %ra, %c0 : i64
  cf.cond_br %fa, ^out, ^b
^b:
  %rb = whistler.helper_call "skb_load_bytes"(%ctx, %c23, %b, %c2) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %fb = arith.cmpi ne, %rb, %c0 : i64
  cf.cond_br %fb, ^out, ^c
^c:
  %rc = whistler.helper_call "skb_load_bytes"(%ctx, %c100, %c, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %fc = arith.cmpi ne, %rc, %c0 : i64
  cf.cond_br %fc, ^out, ^d
^d:
  %rd = whistler.helper_call "skb_load_bytes"(%ctx, %c24, %d, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %fd = arith.cmpi ne, %rd, %c0 : i64
  cf.cond_br %fd, ^out, ^e
^e:
  %re = whistler.helper_call "skb_load_bytes"(%ctx, %c22, %e, %c2) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %fe = arith.cmpi ne, %re, %c0 : i64
  cf.cond_br %fe, ^out, ^f
^f:
  %rf = whistler.helper_call "skb_load_bytes"(%ctx, %c27, %f, %c4) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %ff = arith.cmpi ne, %rf, %c0 : i64
  cf.cond_br %ff, ^out, ^all
^all:
  %va = whistler.load %a[0] : !whistler.ptr<stack> -> i16
  %vb = whistler.load %b[0] : !whistler.ptr<stack> -> i16
  %vc = whistler.load %c[0] : !whistler.ptr<stack> -> i8
  %ve = whistler.load %e[0] : !whistler.ptr<stack> -> i16
  %vf = whistler.load %f[0] : !whistler.ptr<stack> -> i32
  whistler.return %c1
^out:
  %vd = whistler.load %d[0] : !whistler.ptr<stack> -> i8
  %n = arith.extui %vd : i8 to i64
  whistler.return %n
}

// A read that is repeated is the first one of another round.
// CHECK-LABEL: @round
whistler.prog @round type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: whistler.helper_call
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c23 = arith.constant 23 : i64
  %c24 = arith.constant 24 : i64
  %a = whistler.alloca i8
  %b = whistler.alloca i8
  %r = whistler.helper_call "skb_load_bytes"(%ctx, %c23, %a, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %failed = arith.cmpi ne, %r, %c0 : i64
  cf.cond_br %failed, ^out, ^again
^again:
  %s = whistler.helper_call "skb_load_bytes"(%ctx, %c24, %b, %c1) : (!whistler.ptr<ctx>, i64, !whistler.ptr<stack>, i64) -> i64
  %short = arith.cmpi ne, %s, %c0 : i64
  cf.cond_br %short, ^out, ^again
^out:
  whistler.return %c0
}
