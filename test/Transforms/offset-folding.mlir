// Constant distances go into accesses, and accesses to the pointer that was
// compared last.

// RUN: whistler-opt %s --pass-pipeline='builtin.module(whistler-offset-folding)' | FileCheck %s
// RUN: whistler-opt %s --whistler-offset-folding > %t.once
// RUN: whistler-opt %t.once --whistler-offset-folding | diff %t.once -

whistler.map @m type "hash" key 4 value 64 entries 1

// CHECK-LABEL: @chain
whistler.prog @chain type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[SLOT:.*]] = whistler.alloca
  // CHECK-NOT: whistler.ptr_add
  // CHECK: %[[X:.*]] = whistler.load %[[SLOT]][12]
  // CHECK: whistler.store %[[X]], %[[SLOT]][4]
  // CHECK: whistler.atomic_rmw add %[[SLOT]][24]
  // CHECK: whistler.atomic_cmpxchg %[[SLOT]][24]
  // CHECK: whistler.memset %[[SLOT]][12], %{{.*}}, 8
  // CHECK: whistler.memcpy %[[SLOT]][20], %[[SLOT]][4], 8
  %c4 = arith.constant 4 : i64
  %c8 = arith.constant 8 : i64
  %zero = arith.constant 0 : i8
  %one = arith.constant 1 : i64
  %s = whistler.alloca !whistler.array<8 x ui64>
  %s4 = whistler.ptr_add %s, %c4 : !whistler.ptr<stack>
  %s12 = whistler.ptr_add %s4, %c8 : !whistler.ptr<stack>
  %x = whistler.load %s12[0] : !whistler.ptr<stack> -> i32
  whistler.store %x, %s4[0] : i32, !whistler.ptr<stack>
  whistler.atomic_rmw add %s12[12], %one : !whistler.ptr<stack>, i64
  %old = whistler.atomic_cmpxchg %s12[12], %one, %c4 : !whistler.ptr<stack>, i64
  whistler.memset %s12[0], %zero, 8 : !whistler.ptr<stack>
  whistler.memcpy %s12[8], %s4[0], 8 : !whistler.ptr<stack>, !whistler.ptr<stack>
  whistler.return %old
}

// An instruction has 16 bits for its offset, and all of a block has to fit.
// CHECK-LABEL: @range
whistler.prog @range type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[P:.*]] = whistler.map_lookup
  // CHECK: %[[FAR:.*]] = whistler.ptr_add %[[P]], %{{.*}}
  // CHECK: whistler.load %[[P]][32767]
  // CHECK: whistler.load %[[FAR]][1]
  // CHECK: whistler.memset %[[FAR]][0]
  %key = arith.constant 0 : i32
  %far = arith.constant 32767 : i64
  %zero = arith.constant 0 : i8
  %p = whistler.map_lookup @m[%key] : i32
  %q = whistler.ptr_add %p, %far : !whistler.ptr<map_value>
  %x = whistler.load %q[0] : !whistler.ptr<map_value> -> i8
  whistler.ctx_store %x, %ctx[16] : i8
  %y = whistler.load %q[1] : !whistler.ptr<map_value> -> i8
  whistler.ctx_store %y, %ctx[16] : i8
  whistler.memset %q[0], %zero, 2 : !whistler.ptr<map_value>
  whistler.return %far
}

// The loader sets the whole offset of a relocated access.
// CHECK-LABEL: @relocated
whistler.prog @relocated type "kprobe" section "kprobe/x" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[Q:.*]] = whistler.ptr_add
  // CHECK: whistler.load %[[Q]][8] field
  %c8 = arith.constant 8 : i64
  %n = arith.constant 0 : i64
  %p = whistler.int_to_ptr %n : !whistler.ptr<btf>
  %q = whistler.ptr_add %p, %c8 : !whistler.ptr<btf>
  %x = whistler.load %q[8] field "task_struct:pid" : !whistler.ptr<btf> -> i64
  whistler.return %x
}

// A constant in front of a variable distance goes behind, to the accesses.
// CHECK-LABEL: @variable
whistler.prog @variable type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[P:.*]] = whistler.map_lookup
  // CHECK: %[[Q:.*]] = whistler.ptr_add %[[P]], %[[N:.*]] : !whistler.ptr<map_value>
  // CHECK-NEXT: whistler.load %[[Q]][12]
  %key = arith.constant 0 : i32
  %c4 = arith.constant 4 : i64
  %c7 = arith.constant 7 : i64
  %p = whistler.map_lookup @m[%key] : i32
  %time = whistler.helper_call "ktime_get_ns"() : () -> i64
  %n = arith.andi %time, %c7 : i64
  %p4 = whistler.ptr_add %p, %c4 : !whistler.ptr<map_value>
  %q = whistler.ptr_add %p4, %n : !whistler.ptr<map_value>
  %x = whistler.load %q[8] : !whistler.ptr<map_value> -> i64
  whistler.return %x
}

// The verifier follows no variable distance on the stack.
// CHECK-LABEL: @stack
whistler.prog @stack type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[S:.*]] = whistler.alloca
  // CHECK: %[[S4:.*]] = whistler.ptr_add %[[S]], %c4
  // CHECK: whistler.ptr_add %[[S4]], %{{.*}}
  %c4 = arith.constant 4 : i64
  %s = whistler.alloca !whistler.array<8 x ui64>
  %n = whistler.helper_call "ktime_get_ns"() : () -> i64
  %s4 = whistler.ptr_add %s, %c4 : !whistler.ptr<stack>
  %q = whistler.ptr_add %s4, %n : !whistler.ptr<stack>
  %x = whistler.load %q[8] : !whistler.ptr<stack> -> i64
  whistler.return %x
}

// Each access is relative to the pointer that was checked last, so that each
// addition may happen in place.
// CHECK-LABEL: @checked
whistler.prog @checked type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-DAG: %[[C14:.*]] = arith.constant 14 : i64
  // CHECK-DAG: %[[DATA:.*]] = whistler.ctx_load %{{.*}}[0]
  // CHECK: %[[ETH:.*]] = whistler.ptr_add %[[DATA]], %[[C14]]
  // CHECK: whistler.ptr_cmp gt %[[ETH]]
  // CHECK: whistler.load %[[ETH]][-2]
  // CHECK: %[[C20:.*]] = arith.constant 20 : i64
  // CHECK: %[[IP:.*]] = whistler.ptr_add %[[ETH]], %[[C20]]
  // CHECK: whistler.ptr_cmp gt %[[IP]]
  // CHECK: whistler.load %[[IP]][-11]
  // CHECK: whistler.load %[[IP]][-22]
  %c14 = arith.constant 14 : i64
  %c34 = arith.constant 34 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %eth = whistler.ptr_add %data, %c14 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %eth, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^out, ^one
^one:
  %type = whistler.load %data[12] : !whistler.ptr<packet> -> i16
  whistler.ctx_store %type, %ctx[16] : i16
  %ip = whistler.ptr_add %data, %c34 : !whistler.ptr<packet>
  %1 = whistler.ptr_cmp gt %ip, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %1, ^out, ^two
^two:
  %proto = whistler.load %eth[9] : !whistler.ptr<packet> -> i8
  whistler.ctx_store %proto, %ctx[16] : i8
  %again = whistler.load %data[12] : !whistler.ptr<packet> -> i16
  whistler.ctx_store %again, %ctx[16] : i16
  whistler.return %c34
^out:
  whistler.return %c14
}

// Where the start is needed all the same, behind the check or in a loop,
// nothing is gained.
// CHECK-LABEL: @kept
whistler.prog @kept type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[DATA:.*]] = whistler.ctx_load %{{.*}}[0]
  // CHECK: whistler.load %[[DATA]][12]
  // CHECK: whistler.ptr_diff %{{.*}}, %[[DATA]]
  %c14 = arith.constant 14 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %eth = whistler.ptr_add %data, %c14 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %eth, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^out, ^one
^one:
  %type = whistler.load %data[12] : !whistler.ptr<packet> -> i16
  whistler.ctx_store %type, %ctx[16] : i16
  %size = whistler.ptr_diff %end, %data : !whistler.ptr<packet_end>, !whistler.ptr<packet>
  whistler.return %size
^out:
  whistler.return %c14
}

// CHECK-LABEL: @loop
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[DATA:.*]] = whistler.ctx_load %{{.*}}[0]
  // CHECK: whistler.load %[[DATA]][12]
  %c0 = arith.constant 0 : i64
  %c14 = arith.constant 14 : i64
  %one = arith.constant 1 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  cf.br ^head(%c0 : i64)
^head(%i: i64):
  %eth = whistler.ptr_add %data, %c14 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %eth, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^out, ^body
^body:
  %type = whistler.load %data[12] : !whistler.ptr<packet> -> i16
  whistler.ctx_store %type, %ctx[16] : i16
  %next = arith.addi %i, %one : i64
  %1 = arith.cmpi ult, %next, %c14 : i64
  cf.cond_br %1, ^head(%next : i64), ^out
^out:
  whistler.return %c14
}

// A use on a way that does not come from the check keeps its base.
// CHECK-LABEL: @beside
whistler.prog @beside type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[DATA:.*]] = whistler.ctx_load %{{.*}}[0]
  // CHECK: %[[ETH:.*]] = whistler.ptr_add %[[DATA]]
  // CHECK: whistler.load %[[ETH]][-2]
  // CHECK: whistler.ptr_diff %{{.*}}, %[[DATA]]
  %c14 = arith.constant 14 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %len = whistler.ctx_load %ctx[8] size 4 : i32
  %zero = arith.constant 0 : i32
  %none = arith.cmpi eq, %len, %zero : i32
  cf.cond_br %none, ^other, ^first
^first:
  %eth = whistler.ptr_add %data, %c14 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %eth, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^out, ^one
^one:
  %type = whistler.load %data[12] : !whistler.ptr<packet> -> i16
  whistler.ctx_store %type, %ctx[16] : i16
  whistler.return %c14
^other:
  %size = whistler.ptr_diff %end, %data : !whistler.ptr<packet_end>, !whistler.ptr<packet>
  whistler.return %size
^out:
  whistler.return %c14
}

// A header behind another one of variable length.
// CHECK-LABEL: @options
whistler.prog @options type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[IP:.*]] = whistler.ptr_add %{{.*}}, %c34
  // CHECK: whistler.load %[[IP]][-20]
  // CHECK: %[[L4:.*]] = whistler.ptr_add %[[IP]], %{{.*}}
  // CHECK: arith.constant -12 : i64
  // CHECK: %[[END:.*]] = whistler.ptr_add %[[L4]]
  // CHECK: whistler.ptr_cmp gt %[[END]]
  // CHECK: whistler.load %[[END]][-6]
  %c14 = arith.constant 14 : i64
  %c34 = arith.constant 34 : i64
  %c8 = arith.constant 8 : i64
  %c15 = arith.constant 15 : i64
  %two = arith.constant 2 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %eth = whistler.ptr_add %data, %c34 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %eth, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^out, ^one
^one:
  %ip = whistler.ptr_add %data, %c14 : !whistler.ptr<packet>
  %first = whistler.load %ip[0] : !whistler.ptr<packet> -> i8
  %wide = arith.extui %first : i8 to i64
  %words = arith.andi %wide, %c15 : i64
  %bytes = arith.shli %words, %two : i64
  %l4 = whistler.ptr_add %ip, %bytes : !whistler.ptr<packet>
  %behind = whistler.ptr_add %l4, %c8 : !whistler.ptr<packet>
  %1 = whistler.ptr_cmp gt %behind, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %1, ^out, ^two
^two:
  %port = whistler.load %l4[2] : !whistler.ptr<packet> -> i16
  whistler.ctx_store %port, %ctx[16] : i16
  whistler.return %c34
^out:
  whistler.return %c14
}

// On the way where a pointer was found behind the packet's end, another one is
// not taken from it: the verifier would take that to be behind the end, too,
// and never look at the way where it is not.
// CHECK-LABEL: @too_far
whistler.prog @too_far type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[DATA:.*]] = whistler.ctx_load %{{.*}}[0]
  // CHECK: %[[TCP:.*]] = whistler.ptr_add %[[DATA]], %c54_i64
  // CHECK: whistler.ptr_cmp gt %[[TCP]]
  // CHECK: %[[UDP:.*]] = whistler.ptr_add %[[DATA]], %c42_i64
  // CHECK: whistler.ptr_cmp gt %[[UDP]]
  // CHECK: whistler.load %[[UDP]][-6]
  %c42 = arith.constant 42 : i64
  %c54 = arith.constant 54 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %tcp = whistler.ptr_add %data, %c54 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %tcp, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^udp, ^tcp
^tcp:
  %proto = whistler.load %data[23] : !whistler.ptr<packet> -> i8
  %wide_proto = arith.extui %proto : i8 to i64
  whistler.return %wide_proto
^udp:
  %udp = whistler.ptr_add %data, %c42 : !whistler.ptr<packet>
  %1 = whistler.ptr_cmp gt %udp, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %1, ^out, ^port
^port:
  %port = whistler.load %data[36] : !whistler.ptr<packet> -> i16
  %wide = arith.extui %port : i16 to i64
  whistler.return %wide
^out:
  whistler.return %c42
}

// A pointer that may have been found behind the end is computed again where it
// is used after that, as another comparison may have told that there is more.
// CHECK-LABEL: @used_where_too_far
whistler.prog @used_where_too_far type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[DATA:.*]] = whistler.ctx_load %{{.*}}[0]
  // CHECK: %[[ETH:.*]] = whistler.ptr_add %[[DATA]], %c14_i64
  // CHECK-NEXT: %[[SHORT:.*]] = whistler.ptr_cmp gt %[[ETH]]
  // CHECK-NEXT: cf.cond_br %[[SHORT]], ^[[JOIN:.*]], ^
  %c14 = arith.constant 14 : i64
  %c34 = arith.constant 34 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %eth = whistler.ptr_add %data, %c14 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %eth, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^join, ^long
^long:
  %zero = arith.constant 0 : i8
  whistler.store %zero, %data[0] : i8, !whistler.ptr<packet>
  cf.br ^join
// CHECK: ^[[JOIN]]:
// CHECK: %[[IP:.*]] = whistler.ptr_add %[[DATA]], %c34_i64
^join:
  %ip = whistler.ptr_add %data, %c34 : !whistler.ptr<packet>
  %1 = whistler.ptr_cmp gt %ip, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %1, ^out, ^in
// CHECK: %[[OWN:.*]] = whistler.ptr_add %[[IP]], %c-20_i64
// CHECK-NEXT: cf.br ^{{.*}}(%[[OWN]]
^in:
  cf.br ^header(%eth : !whistler.ptr<packet>)
^header(%header: !whistler.ptr<packet>):
  // CHECK: whistler.load %[[IP]][-11]
  %proto = whistler.load %eth[9] : !whistler.ptr<packet> -> i8
  %ttl = whistler.load %header[8] : !whistler.ptr<packet> -> i8
  %sum = arith.addi %proto, %ttl : i8
  %wide = arith.extui %sum : i8 to i64
  whistler.return %wide
^out:
  whistler.return %c14
}

// The same where the comparison says that the packet is long enough.
// CHECK-LABEL: @not_too_near
whistler.prog @not_too_near type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[DATA:.*]] = whistler.ctx_load %{{.*}}[0]
  // CHECK: %[[TCP:.*]] = whistler.ptr_add %[[DATA]], %c54_i64
  // CHECK: whistler.ptr_cmp le %[[TCP]]
  // CHECK: %[[UDP:.*]] = whistler.ptr_add %[[DATA]], %c42_i64
  // CHECK: whistler.ptr_cmp ge %{{.*}}, %[[UDP]]
  %c42 = arith.constant 42 : i64
  %c54 = arith.constant 54 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %tcp = whistler.ptr_add %data, %c54 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp le %tcp, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^tcp, ^udp
^tcp:
  %proto = whistler.load %data[23] : !whistler.ptr<packet> -> i8
  %wide_proto = arith.extui %proto : i8 to i64
  whistler.return %wide_proto
^udp:
  %udp = whistler.ptr_add %data, %c42 : !whistler.ptr<packet>
  %1 = whistler.ptr_cmp ge %end, %udp : !whistler.ptr<packet_end>, !whistler.ptr<packet>
  cf.cond_br %1, ^port, ^out
^port:
  %port = whistler.load %data[36] : !whistler.ptr<packet> -> i16
  %wide = arith.extui %port : i16 to i64
  whistler.return %wide
^out:
  whistler.return %c42
}
