// Edges go past branches that they decide.

// RUN: whistler-opt %s --whistler-branch-threading | FileCheck %s
// RUN: whistler-opt %s --whistler-branch-threading --whistler-branch-threading | FileCheck %s

whistler.map @m type "hash" key 4 value 8 entries 1

// A block argument that is a constant on all edges, and the same condition.
// CHECK-LABEL: @flag
whistler.prog @flag type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %null = whistler.null : !whistler.ptr<map_value>
  // CHECK: %[[P:.*]] = whistler.map_lookup
  %p = whistler.map_lookup @m[%key] : i32
  %x = whistler.ctx_load %ctx[16] size 4 : i32
  %is_there = whistler.ptr_cmp ne %p, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  // CHECK: cf.cond_br %{{.*}}, ^[[THERE:.*]], ^[[NO:bb[0-9]+]]
  cf.cond_br %is_there, ^there, ^join(%c0 : i64)
^there:
  // CHECK: ^[[THERE]]:
  // CHECK: arith.cmpi ult
  // CHECK-NEXT: cf.cond_br %{{.*}}, ^[[YES:bb[0-9]+]], ^[[NO2:bb[0-9]+]]
  %c9 = arith.constant 9 : i32
  %is_small = arith.cmpi ult, %x, %c9 : i32
  cf.cond_br %is_small, ^join(%c1 : i64), ^join(%c0 : i64)
^join(%ok: i64):
  // CHECK-NOT: cf.cond_br
  %test = arith.cmpi ne, %ok, %c0 : i64
  cf.cond_br %test, ^yes, ^no
^yes:
  // CHECK: whistler.load %[[P]][0]
  %v = whistler.load %p[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
^no:
  whistler.return %c0
}

// Ranges: what is above 10 is above 5; what is not above 5 is not above 10.
// CHECK-LABEL: @ranges
whistler.prog @ranges type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c5 = arith.constant 5 : i32
  %c10 = arith.constant 10 : i32
  %a = arith.constant 1 : i64
  %b = arith.constant 2 : i64
  %c = arith.constant 3 : i64
  %x = whistler.ctx_load %ctx[16] size 4 : i32
  // CHECK: arith.cmpi ugt
  %above10 = arith.cmpi ugt, %x, %c10 : i32
  cf.cond_br %above10, ^high, ^low
^high:
  // CHECK-NOT: arith.cmpi ugt
  %above5 = arith.cmpi ugt, %x, %c5 : i32
  cf.cond_br %above5, ^one, ^two
^low:
  // CHECK: arith.cmpi eq
  %is7 = arith.cmpi eq, %x, %c5 : i32
  cf.cond_br %is7, ^five, ^two
^five:
  // CHECK-NOT: arith.cmpi
  %below = arith.cmpi ult, %x, %c10 : i32
  cf.cond_br %below, ^three, ^two
^one:
  whistler.return %a
^two:
  whistler.return %b
^three:
  whistler.return %c
}

// A packet of 54 bytes has 34; one that is shorter than 34 has no 54.
// CHECK-LABEL: @lengths
whistler.prog @lengths type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c34 = arith.constant 34 : i64
  %c54 = arith.constant 54 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %p54 = whistler.ptr_add %data, %c54 : !whistler.ptr<packet>
  %p34 = whistler.ptr_add %data, %c34 : !whistler.ptr<packet>
  // CHECK: whistler.ptr_cmp le
  %is54 = whistler.ptr_cmp le %p54, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %is54, ^long, ^short
^long:
  // CHECK-NOT: whistler.ptr_cmp gt
  %not34 = whistler.ptr_cmp gt %p34, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %not34, ^none, ^read
^read:
  %byte = whistler.load %data[33] : !whistler.ptr<packet> -> i8
  %wide = arith.extui %byte : i8 to i64
  whistler.return %wide
^short:
  // CHECK: whistler.ptr_cmp ge
  %has34 = whistler.ptr_cmp ge %end, %p34 : !whistler.ptr<packet_end>, !whistler.ptr<packet>
  cf.cond_br %has34, ^read, ^shorter
^shorter:
  // CHECK-NOT: whistler.ptr_cmp
  %again = whistler.ptr_cmp le %p54, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %again, ^read, ^none
^none:
  whistler.return %c34
}

// What a block does besides is repeated if it is little, and what it defines
// comes to its uses.
// CHECK-LABEL: @repeated
whistler.prog @repeated type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  // CHECK: %[[X:.*]] = whistler.ctx_load
  %x = whistler.ctx_load %ctx[16] size 4 : i32
  %test = arith.cmpi eq, %x, %c0 : i32
  // CHECK: cf.cond_br %{{.*}}, ^[[A:bb[0-9]+]], ^[[B:bb[0-9]+]]
  cf.cond_br %test, ^a, ^b
^a:
  cf.br ^join(%c1 : i64)
^b:
  cf.br ^join(%c2 : i64)
^join(%y: i64):
  // CHECK-COUNT-2: arith.extui %[[X]]
  %wide = arith.extui %x : i32 to i64
  %again = arith.cmpi eq, %x, %c0 : i32
  cf.cond_br %again, ^then, ^else
^then:
  cf.br ^end(%c1 : i64)
^else:
  cf.br ^end(%y : i64)
^end(%z: i64):
  // CHECK: arith.addi
  %sum = arith.addi %z, %wide : i64
  whistler.return %sum
}

// Calls are not, and neither is what other edges need.
// CHECK-LABEL: @calls
whistler.prog @calls type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i64
  %x = whistler.ctx_load %ctx[16] size 4 : i32
  %test = arith.cmpi eq, %x, %c0 : i32
  cf.cond_br %test, ^a, ^join
^a:
  cf.br ^join
^join:
  // CHECK-COUNT-1: whistler.helper_call
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  %u = arith.addi %t, %c1 : i64
  %v = arith.muli %u, %t : i64
  %again = arith.cmpi eq, %x, %c0 : i32
  // CHECK: cf.cond_br
  cf.cond_br %again, ^then, ^else
^then:
  whistler.return %v
^else:
  // CHECK-NOT: whistler.helper_call
  whistler.return %c1
}

// The header of a loop stays, though the first round is decided.
// CHECK-LABEL: @loop
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c9 = arith.constant 9 : i64
  // CHECK: cf.br ^[[HEADER:bb[0-9]+]](
  cf.br ^header(%c0 : i64)
^header(%i: i64):
  // CHECK: ^[[HEADER]](
  // CHECK-NEXT: arith.cmpi ult
  %more = arith.cmpi ult, %i, %c9 : i64
  cf.cond_br %more, ^body, ^end
^body:
  %next = arith.addi %i, %c1 : i64
  // CHECK: cf.br ^[[HEADER]](
  cf.br ^header(%next : i64)
^end:
  whistler.return %i
}

// The verifier learns no length from equality, and no bound from inequality.
// CHECK-LABEL: @unlearned
whistler.prog @unlearned type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i32
  %c14 = arith.constant 14 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %x = whistler.ctx_load %ctx[16] size 4 : i32
  %p = whistler.ptr_add %data, %c14 : !whistler.ptr<packet>
  %is14 = whistler.ptr_cmp eq %p, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  // CHECK: cf.cond_br
  cf.cond_br %is14, ^equal, ^out
^equal:
  // CHECK: whistler.ptr_cmp le
  %is_long = whistler.ptr_cmp le %p, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  // CHECK: cf.cond_br
  cf.cond_br %is_long, ^read, ^out
^read:
  %differs = arith.cmpi ne, %x, %c0 : i32
  // CHECK: cf.cond_br
  cf.cond_br %differs, ^unequal, ^out
^unequal:
  // CHECK: arith.cmpi ugt
  %is_more = arith.cmpi ugt, %x, %c0 : i32
  // CHECK: cf.cond_br
  cf.cond_br %is_more, ^in, ^out
^in:
  %byte = whistler.load %data[13] : !whistler.ptr<packet> -> i8
  %wide = arith.extui %byte : i8 to i64
  whistler.return %wide
^out:
  whistler.return %c14
}
