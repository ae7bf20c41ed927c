// Tests that exclude each other come before checks of the packet's length.

// RUN: whistler-opt %s --whistler-order-tests | FileCheck %s
// RUN: whistler-opt %s --whistler-order-tests > %t.once
// RUN: whistler-opt %t.once --whistler-order-tests | diff %t.once -

// The protocol is tested first on both ways, and what is read from the packet
// stays behind all tests.
// CHECK-LABEL: @protocols
whistler.prog @protocols type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c6 = arith.constant 6 : i64
  %c17 = arith.constant 17 : i64
  %c42 = arith.constant 42 : i64
  %c54 = arith.constant 54 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %protocol = whistler.ctx_load %ctx[16] size 4 : i32
  %out = arith.constant 0 : i64
  %udp_place = whistler.ptr_add %data, %c42 : !whistler.ptr<packet>
  %tcp_place = whistler.ptr_add %data, %c54 : !whistler.ptr<packet>
  // CHECK: %[[P:.*]] = arith.extui
  // CHECK: %[[IS_TCP:.*]] = arith.cmpi eq, %[[P]], %c6
  // CHECK-NEXT: cf.cond_br %[[IS_TCP]], ^[[TCP:bb[0-9]+]], ^[[OTHER:bb[0-9]+]]
  %no_tcp = whistler.ptr_cmp gt %tcp_place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %no_tcp, ^other, ^long
^long:
  // CHECK: ^[[TCP]]:
  // CHECK: whistler.ptr_cmp gt
  // CHECK-NEXT: cf.cond_br %{{.*}}, ^[[OTHER]], ^[[LONG:bb[0-9]+]]
  %p = arith.extui %protocol : i32 to i64
  %is_tcp = arith.cmpi eq, %p, %c6 : i64
  cf.cond_br %is_tcp, ^tcp, ^other
^tcp:
  // CHECK: ^[[LONG]]:
  // CHECK-NEXT: whistler.load
  %v = whistler.load %data[34] : !whistler.ptr<packet> -> i64
  whistler.return %v
^other:
  // CHECK: ^[[OTHER]]:
  // CHECK: %[[P2:.*]] = arith.extui
  // CHECK: %[[IS_UDP:.*]] = arith.cmpi eq, %[[P2]], %c17
  // CHECK-NEXT: cf.cond_br %[[IS_UDP]], ^[[UDP:bb[0-9]+]], ^[[OUT:bb[0-9]+]]
  // CHECK: ^[[UDP]]:
  // CHECK: whistler.ptr_cmp gt
  // CHECK-NEXT: cf.cond_br %{{.*}}, ^[[OUT]], ^
  %no_udp = whistler.ptr_cmp gt %udp_place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %no_udp, ^out, ^long2
^long2:
  %p2 = arith.extui %protocol : i32 to i64
  %is_udp = arith.cmpi eq, %p2, %c17 : i64
  cf.cond_br %is_udp, ^udp, ^out
^udp:
  %w = whistler.load %data[36] : !whistler.ptr<packet> -> i32
  %x = arith.extui %w : i32 to i64
  whistler.return %x
^out:
  whistler.return %out
}

// One check of the length is for both tests, as long as it comes first.
// CHECK-LABEL: @same_length
// CHECK: whistler.ptr_cmp gt
// CHECK-NEXT: cf.cond_br
// CHECK: arith.cmpi eq
// CHECK: whistler.ptr_cmp gt
// CHECK-NEXT: cf.cond_br
// CHECK: arith.cmpi eq
whistler.prog @same_length type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c6 = arith.constant 6 : i32
  %c17 = arith.constant 17 : i32
  %c42 = arith.constant 42 : i64
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %protocol = whistler.ctx_load %ctx[16] size 4 : i32
  %place = whistler.ptr_add %data, %c42 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^other, ^long
^long:
  %is_tcp = arith.cmpi eq, %protocol, %c6 : i32
  cf.cond_br %is_tcp, ^tcp, ^other
^tcp:
  whistler.return %one
^other:
  %short2 = whistler.ptr_cmp gt %place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short2, ^out, ^long2
^long2:
  %is_udp = arith.cmpi eq, %protocol, %c17 : i32
  cf.cond_br %is_udp, ^udp, ^out
^udp:
  whistler.return %two
^out:
  whistler.return %one
}

// What a test is made on is read behind the check that allows it; such a test
// stays there.
// CHECK-LABEL: @read_behind
// CHECK: whistler.ptr_cmp gt
// CHECK-NEXT: cf.cond_br
// CHECK: whistler.load
// CHECK: whistler.ptr_cmp gt
whistler.prog @read_behind type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c6 = arith.constant 6 : i8
  %c7 = arith.constant 7 : i8
  %c42 = arith.constant 42 : i64
  %c54 = arith.constant 54 : i64
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %place = whistler.ptr_add %data, %c54 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^other(%c7 : i8), ^long
^long:
  %protocol = whistler.load %data[23] : !whistler.ptr<packet> -> i8
  %is_tcp = arith.cmpi eq, %protocol, %c6 : i8
  cf.cond_br %is_tcp, ^tcp, ^other(%c7 : i8)
^tcp:
  whistler.return %one
^other(%p: i8):
  %place2 = whistler.ptr_add %data, %c42 : !whistler.ptr<packet>
  %short2 = whistler.ptr_cmp gt %place2, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short2, ^out, ^long2
^long2:
  %is_udp = arith.cmpi eq, %p, %c6 : i8
  cf.cond_br %is_udp, ^udp, ^out
^udp:
  whistler.return %two
^out:
  whistler.return %one
}

// A store between the tests is seen if the first one succeeds.
// CHECK-LABEL: @store_between
// CHECK: whistler.ptr_cmp gt
// CHECK-NEXT: cf.cond_br
// CHECK: whistler.store
// CHECK: arith.cmpi eq
whistler.prog @store_between type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c6 = arith.constant 6 : i32
  %c17 = arith.constant 17 : i32
  %c42 = arith.constant 42 : i64
  %c54 = arith.constant 54 : i64
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %protocol = whistler.ctx_load %ctx[16] size 4 : i32
  %place = whistler.ptr_add %data, %c54 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^other, ^long
^long:
  whistler.store %c6, %data[0] : i32, !whistler.ptr<packet>
  %is_tcp = arith.cmpi eq, %protocol, %c6 : i32
  cf.cond_br %is_tcp, ^tcp, ^other
^tcp:
  whistler.return %one
^other:
  %place2 = whistler.ptr_add %data, %c42 : !whistler.ptr<packet>
  %short2 = whistler.ptr_cmp gt %place2, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short2, ^out, ^long2
^long2:
  whistler.store %c17, %data[4] : i32, !whistler.ptr<packet>
  %is_udp = arith.cmpi eq, %protocol, %c17 : i32
  cf.cond_br %is_udp, ^udp, ^out
^udp:
  whistler.return %two
^out:
  whistler.return %one
}
