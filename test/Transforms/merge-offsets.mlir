// Distances are passed instead of pointers at these distances.

// RUN: whistler-opt %s --whistler-merge-offsets | FileCheck %s
// RUN: whistler-opt %s --whistler-merge-offsets > %t.once
// RUN: whistler-opt %t.once --whistler-merge-offsets | diff %t.once -

// Two checks of the length that have the same ways out.
// CHECK-LABEL: @lengths
// CHECK-DAG: %[[C42:.*]] = arith.constant 42
// CHECK-DAG: %[[C54:.*]] = arith.constant 54
// CHECK: cf.cond_br %{{.*}}, ^[[TEST:bb[0-9]+]](%[[C54]] : i64), ^[[OTHER:bb[0-9]+]]
// CHECK: ^[[OTHER]]:
// CHECK: cf.cond_br %{{.*}}, ^[[TEST]](%[[C42]] : i64), ^[[OUT:bb[0-9]+]]
// CHECK: ^[[TEST]](%[[DISTANCE:.*]]: i64):
// CHECK-NEXT: %[[PLACE:.*]] = whistler.ptr_add %{{.*}}, %[[DISTANCE]]
// CHECK-NEXT: whistler.ptr_cmp gt %[[PLACE]]
// CHECK-NEXT: cf.cond_br %{{.*}}, ^[[OUT]], ^
// CHECK-NOT: whistler.ptr_cmp
whistler.prog @lengths type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c6 = arith.constant 6 : i32
  %c17 = arith.constant 17 : i32
  %c42 = arith.constant 42 : i64
  %c54 = arith.constant 54 : i64
  %one = arith.constant 1 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %protocol = whistler.ctx_load %ctx[16] size 4 : i32
  %is_tcp = arith.cmpi eq, %protocol, %c6 : i32
  cf.cond_br %is_tcp, ^tcp, ^other
^other:
  %is_udp = arith.cmpi eq, %protocol, %c17 : i32
  cf.cond_br %is_udp, ^udp, ^out
^tcp:
  %tcp_place = whistler.ptr_add %data, %c54 : !whistler.ptr<packet>
  %no_tcp = whistler.ptr_cmp gt %tcp_place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %no_tcp, ^out, ^ports
^udp:
  %udp_place = whistler.ptr_add %data, %c42 : !whistler.ptr<packet>
  %no_udp = whistler.ptr_cmp gt %udp_place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %no_udp, ^out, ^ports
^ports:
  %v = whistler.load %data[34] : !whistler.ptr<packet> -> i64
  whistler.return %v
^out:
  whistler.return %one
}

// An argument that is a pointer at one of two distances.
// CHECK-LABEL: @argument
// CHECK: cf.cond_br %{{.*}}, ^[[JOIN:bb[0-9]+]](%c16{{.*}} : i64), ^
// CHECK: cf.br ^[[JOIN]](%c6{{.*}} : i64)
// CHECK: ^[[JOIN]](%[[DISTANCE:.*]]: i64):
// CHECK-NEXT: %[[PLACE:.*]] = whistler.ptr_add %[[DATA:.*]], %[[DISTANCE]]
// CHECK-NEXT: whistler.load %[[PLACE]][0]
// CHECK-NEXT: whistler.load %[[DATA]][0]
whistler.prog @argument type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i32
  %c6 = arith.constant 6 : i64
  %c16 = arith.constant 16 : i64
  %c42 = arith.constant 42 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %kind = whistler.ctx_load %ctx[16] size 4 : i32
  %place = whistler.ptr_add %data, %c42 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^out, ^long
^out:
  whistler.return %c6
^long:
  %a = whistler.ptr_add %data, %c16 : !whistler.ptr<packet>
  %is_one = arith.cmpi eq, %kind, %c1 : i32
  cf.cond_br %is_one, ^join(%a : !whistler.ptr<packet>), ^b
^b:
  %b = whistler.ptr_add %data, %c6 : !whistler.ptr<packet>
  cf.br ^join(%b : !whistler.ptr<packet>)
^join(%p: !whistler.ptr<packet>):
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %y = whistler.load %data[0] : !whistler.ptr<packet> -> i64
  %z = arith.addi %x, %y : i64
  whistler.return %z
}

// The pointer itself is not needed any more, and can become the sums.
// CHECK-LABEL: @no_base
// CHECK: ^{{.*}}(%[[P:.*]]: !whistler.ptr<packet>):
// CHECK-NEXT: whistler.load %[[P]][0]
whistler.prog @no_base type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i32
  %c6 = arith.constant 6 : i64
  %c16 = arith.constant 16 : i64
  %c42 = arith.constant 42 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %kind = whistler.ctx_load %ctx[16] size 4 : i32
  %place = whistler.ptr_add %data, %c42 : !whistler.ptr<packet>
  %short = whistler.ptr_cmp gt %place, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %short, ^out, ^long
^out:
  whistler.return %c6
^long:
  %a = whistler.ptr_add %data, %c16 : !whistler.ptr<packet>
  %is_one = arith.cmpi eq, %kind, %c1 : i32
  cf.cond_br %is_one, ^join(%a : !whistler.ptr<packet>), ^b
^b:
  %b = whistler.ptr_add %data, %c6 : !whistler.ptr<packet>
  cf.br ^join(%b : !whistler.ptr<packet>)
^join(%p: !whistler.ptr<packet>):
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  whistler.return %x
}
