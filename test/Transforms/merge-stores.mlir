// Variables are initialised with few stores.

// RUN: whistler-opt %s --whistler-merge-stores | FileCheck %s
// RUN: whistler-opt %s --whistler-merge-stores > %t.once
// RUN: whistler-opt %t.once --whistler-merge-stores | diff %t.once -

whistler.map @m type "hash" key 16 value 8 entries 4

// Small constants in one word; a word of ones; one that no immediate has.
// CHECK-LABEL: @constants
whistler.prog @constants type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %c6 = arith.constant 6 : i8
  %c80 = arith.constant 80 : i16
  %c7 = arith.constant 7 : i32
  %minus = arith.constant -1 : i32
  // CHECK: %[[K:.*]] = whistler.alloca
  %k = whistler.alloca !whistler.array<4 x ui64>
  // CHECK-DAG: %[[LOW:.*]] = arith.constant 393296 : i64
  // CHECK-DAG: %[[ONES:.*]] = arith.constant -1 : i64
  // CHECK-DAG: whistler.store %[[LOW]], %[[K]][0] : i64
  // CHECK-DAG: whistler.store %[[ONES]], %[[K]][8] : i64
  // CHECK-DAG: whistler.store %c7_i32{{.*}}, %[[K]][16] : i32
  // CHECK-DAG: whistler.store %c7_i32{{.*}}, %[[K]][20] : i32
  // CHECK-NOT: whistler.store
  // CHECK: whistler.map_lookup
  whistler.store %c80, %k[0] : i16, !whistler.ptr<stack>
  whistler.store %c6, %k[2] : i8, !whistler.ptr<stack>
  whistler.store %zero, %k[3] : i8, !whistler.ptr<stack>
  whistler.memset %k[4], %zero, 4 : !whistler.ptr<stack>
  whistler.store %minus, %k[8] : i32, !whistler.ptr<stack>
  whistler.store %minus, %k[12] : i32, !whistler.ptr<stack>
  whistler.store %c7, %k[16] : i32, !whistler.ptr<stack>
  whistler.store %c7, %k[20] : i32, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// What is computed later may be anything until then.
// CHECK-LABEL: @computed
whistler.prog @computed type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %c6 = arith.constant 6 : i8
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  // CHECK: %[[K:.*]] = whistler.alloca
  // CHECK: %[[SIX:.*]] = arith.constant 6 : i64
  // CHECK-NEXT: whistler.store %[[SIX]], %[[K]][0] : i64
  // CHECK-NEXT: whistler.store %{{.*}}, %[[K]][4] : i32
  // CHECK-NEXT: whistler.map_lookup
  %k = whistler.alloca !whistler.array<2 x ui64>
  whistler.memset %k[0], %zero, 4 : !whistler.ptr<stack>
  whistler.store %x, %k[4] : i32, !whistler.ptr<stack>
  whistler.store %c6, %k[0] : i8, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// Two immediates are shorter than a word that has to be loaded.
// CHECK-LABEL: @wide
whistler.prog @wide type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %wide = arith.constant 0x123456789abcdef0 : i64
  // CHECK: %[[K:.*]] = whistler.alloca
  %k = whistler.alloca !whistler.array<2 x ui64>
  // CHECK: %[[LOW:.*]] = arith.constant -1698898192 : i32
  // CHECK-NEXT: whistler.store %[[LOW]], %[[K]][0] : i32
  // CHECK-NEXT: %[[HIGH:.*]] = arith.constant 305419896 : i32
  // CHECK-NEXT: whistler.store %[[HIGH]], %[[K]][4] : i32
  whistler.store %wide, %k[0] : i64, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// Not across what reads the variable, and not into bytes that are not written.
// CHECK-LABEL: @apart
whistler.prog @apart type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i16
  // CHECK: whistler.store %{{.*}}[0] : i32
  // CHECK-NEXT: whistler.store %{{.*}}[4] : i16
  // CHECK-NEXT: whistler.load
  // CHECK-NEXT: whistler.store %{{.*}}[6] : i16
  %k = whistler.alloca !whistler.array<2 x ui64>
  whistler.store %c1, %k[0] : i32, !whistler.ptr<stack>
  whistler.store %c2, %k[4] : i16, !whistler.ptr<stack>
  %0 = whistler.load %k[0] : !whistler.ptr<stack> -> i64
  whistler.store %c2, %k[6] : i16, !whistler.ptr<stack>
  whistler.return %0
}

// Successive bytes of the packet.
// CHECK-LABEL: @copies
whistler.prog @copies type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %c14 = arith.constant 14 : i64
  // CHECK: %[[IP:.*]] = whistler.ptr_add
  %ip = whistler.ptr_add %data, %c14 : !whistler.ptr<packet>
  // CHECK: %[[K:.*]] = whistler.alloca
  %k = whistler.alloca !whistler.array<2 x ui64>
  // CHECK-DAG: %[[ADDRS:.*]] = whistler.load %[[IP]][12] : !whistler.ptr<packet> -> i64
  // CHECK-DAG: whistler.store %[[ADDRS]], %[[K]][0] : i64
  // CHECK-DAG: %[[PORTS:.*]] = whistler.load %[[IP]][20] : !whistler.ptr<packet> -> i32
  // CHECK-DAG: whistler.store %[[PORTS]], %[[K]][8] : i32
  // CHECK: whistler.map_lookup
  %a = whistler.load %ip[12] : !whistler.ptr<packet> -> i32
  %b = whistler.load %data[30] : !whistler.ptr<packet> -> i32
  whistler.store %a, %k[0] : i32, !whistler.ptr<stack>
  whistler.store %b, %k[4] : i32, !whistler.ptr<stack>
  %c = whistler.load %ip[20] : !whistler.ptr<packet> -> i16
  whistler.store %c, %k[8] : i16, !whistler.ptr<stack>
  %d = whistler.load %ip[22] : !whistler.ptr<packet> -> i16
  whistler.store %d, %k[10] : i16, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// Bytes that are swapped are swapped at once, in the opposite order; in the same
// order, a shift brings down those that came first.
// CHECK-LABEL: @swapped
whistler.prog @swapped type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  // CHECK: %[[K:.*]] = whistler.alloca
  %k = whistler.alloca !whistler.array<2 x ui64>
  // CHECK: %[[PORTS:.*]] = whistler.load %{{.*}}[34] : !whistler.ptr<packet> -> i32
  // CHECK-NEXT: %[[BOTH:.*]] = whistler.byteswap %[[PORTS]] : i32
  // CHECK-NEXT: whistler.store %[[BOTH]], %[[K]][0] : i32
  // CHECK-NEXT: %[[LOADED:.*]] = whistler.load %{{.*}}[40] : !whistler.ptr<packet> -> i32
  // CHECK-NEXT: %[[WIDE:.*]] = whistler.byteswap %[[LOADED]] : i32
  // CHECK-NEXT: %[[LOW:.*]] = arith.trunci %[[WIDE]] : i32 to i16
  // CHECK-NEXT: whistler.store %[[LOW]], %[[K]][6] : i16
  // CHECK-NEXT: %[[C16:.*]] = arith.constant 16 : i32
  // CHECK-NEXT: %[[SHIFTED:.*]] = arith.shrui %[[WIDE]], %[[C16]] : i32
  // CHECK-NEXT: %[[HIGH:.*]] = arith.trunci %[[SHIFTED]] : i32 to i16
  // CHECK-NEXT: whistler.store %[[HIGH]], %[[K]][4] : i16
  %a = whistler.load %data[36] : !whistler.ptr<packet> -> i16
  %b = whistler.byteswap %a : i16
  whistler.store %b, %k[0] : i16, !whistler.ptr<stack>
  %c = whistler.load %data[34] : !whistler.ptr<packet> -> i16
  %d = whistler.byteswap %c : i16
  whistler.store %d, %k[2] : i16, !whistler.ptr<stack>
  %e = whistler.load %data[40] : !whistler.ptr<packet> -> i16
  %f = whistler.byteswap %e : i16
  whistler.store %f, %k[4] : i16, !whistler.ptr<stack>
  %g = whistler.load %data[42] : !whistler.ptr<packet> -> i16
  %h = whistler.byteswap %g : i16
  whistler.store %h, %k[6] : i16, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// Swapped bytes that are needed elsewhere, are written to the packet in between,
// or overwritten before the second store.
// CHECK-LABEL: @no_swaps
whistler.prog @no_swaps type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  // CHECK-NOT: whistler.load {{.*}} -> i32
  // CHECK: whistler.return
  %k = whistler.alloca !whistler.array<4 x ui64>
  %a = whistler.load %data[34] : !whistler.ptr<packet> -> i16
  %b = whistler.byteswap %a : i16
  whistler.store %b, %k[0] : i16, !whistler.ptr<stack>
  %c = whistler.load %data[36] : !whistler.ptr<packet> -> i16
  %d = whistler.byteswap %c : i16
  whistler.store %d, %k[2] : i16, !whistler.ptr<stack>
  %e = whistler.load %data[40] : !whistler.ptr<packet> -> i16
  %f = whistler.byteswap %e : i16
  whistler.store %f, %k[4] : i16, !whistler.ptr<stack>
  whistler.store %b, %data[42] : i16, !whistler.ptr<packet>
  %g = whistler.load %data[42] : !whistler.ptr<packet> -> i16
  %h = whistler.byteswap %g : i16
  whistler.store %h, %k[6] : i16, !whistler.ptr<stack>
  %i = whistler.load %data[50] : !whistler.ptr<packet> -> i16
  %j = whistler.byteswap %i : i16
  whistler.store %j, %k[8] : i16, !whistler.ptr<stack>
  whistler.store %b, %k[8] : i16, !whistler.ptr<stack>
  %l = whistler.load %data[52] : !whistler.ptr<packet> -> i16
  %n = whistler.byteswap %l : i16
  whistler.store %n, %k[10] : i16, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = arith.extui %b : i16 to i64
  whistler.return %0
}

// The other order, a value that is needed elsewhere, a packet that is written
// in between.
// CHECK-LABEL: @no_copies
whistler.prog @no_copies type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  // CHECK-NOT: whistler.load {{.*}} -> i64
  // CHECK: whistler.return
  %k = whistler.alloca !whistler.array<4 x ui64>
  %a = whistler.load %data[0] : !whistler.ptr<packet> -> i32
  %b = whistler.load %data[4] : !whistler.ptr<packet> -> i32
  whistler.store %b, %k[0] : i32, !whistler.ptr<stack>
  whistler.store %a, %k[4] : i32, !whistler.ptr<stack>
  %c = whistler.load %data[8] : !whistler.ptr<packet> -> i32
  %d = whistler.load %data[12] : !whistler.ptr<packet> -> i32
  whistler.store %c, %k[8] : i32, !whistler.ptr<stack>
  whistler.store %d, %k[12] : i32, !whistler.ptr<stack>
  %e = whistler.load %data[16] : !whistler.ptr<packet> -> i32
  whistler.store %c, %data[20] : i32, !whistler.ptr<packet>
  %f = whistler.load %data[20] : !whistler.ptr<packet> -> i32
  whistler.store %e, %k[16] : i32, !whistler.ptr<stack>
  whistler.store %f, %k[20] : i32, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = arith.extui %d : i32 to i64
  %1 = arith.extui %c : i32 to i64
  %2 = arith.addi %0, %1 : i64
  whistler.return %2
}

whistler.map @events type "ringbuf" key 0 value 0 entries 4096
whistler.map @plain type "hash" key 4 value 24 entries 4

// Records: constants, and what is copied from the packet; a clock in between looks
// at nothing.
// CHECK-LABEL: @record
whistler.prog @record type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %c0 = arith.constant 0 : i64
  %c24 = arith.constant 24 : i64
  %c1 = arith.constant 1 : i16
  %c2 = arith.constant 2 : i16
  %map = whistler.map_ref @events
  // CHECK: %[[R:.*]] = whistler.helper_call "ringbuf_reserve"
  %r = whistler.helper_call "ringbuf_reserve"(%map, %c24, %c0) : (!whistler.ptr<map>, i64, i64) -> !whistler.ptr<ringbuf>
  // CHECK: %[[BOTH:.*]] = arith.constant 131073 : i32
  // CHECK: whistler.store %[[BOTH]], %[[R]][16] : i32
  // CHECK: "ktime_get_ns"
  // CHECK: %[[ADDRS:.*]] = whistler.load %{{.*}}[26] : !whistler.ptr<packet> -> i64
  // CHECK-NEXT: whistler.store %[[ADDRS]], %[[R]][8] : i64
  // CHECK-NOT: whistler.store
  // CHECK: "ringbuf_submit"
  whistler.store %c1, %r[16] : i16, !whistler.ptr<ringbuf>
  %a = whistler.load %data[26] : !whistler.ptr<packet> -> i32
  whistler.store %a, %r[8] : i32, !whistler.ptr<ringbuf>
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  whistler.store %c2, %r[18] : i16, !whistler.ptr<ringbuf>
  %b = whistler.load %data[30] : !whistler.ptr<packet> -> i32
  whistler.store %b, %r[12] : i32, !whistler.ptr<ringbuf>
  %e = whistler.helper_call "ringbuf_submit"(%r, %c0) : (!whistler.ptr<ringbuf>, i64) -> i64
  whistler.return %t
}

// A map's value: constants; but others may not see anything else between them, and
// what is read in between stays as it was.
// CHECK-LABEL: @value
whistler.prog @value type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c1 = arith.constant 1 : i32
  %key = whistler.alloca i32
  whistler.store %c1, %key[0] : i32, !whistler.ptr<stack>
  %x = whistler.ctx_load %ctx[12] size 4 : i32
  // CHECK: %[[V:.*]] = whistler.map_lookup
  %v = whistler.map_lookup @plain[%key] : !whistler.ptr<stack>
  // CHECK-NOT: arith.constant 1 : i64
  // CHECK: whistler.store %{{.*}}, %[[V]][0] : i32
  // CHECK-NEXT: whistler.store %{{.*}}, %[[V]][4] : i32
  // CHECK-NEXT: whistler.store %{{.*}}, %[[V]][8] : i32
  // CHECK-NEXT: whistler.load %[[V]][8]
  // CHECK-NEXT: whistler.store %{{.*}}, %[[V]][12] : i32
  whistler.store %x, %v[0] : i32, !whistler.ptr<map_value>
  whistler.store %c1, %v[4] : i32, !whistler.ptr<map_value>
  whistler.store %c1, %v[8] : i32, !whistler.ptr<map_value>
  %y = whistler.load %v[8] : !whistler.ptr<map_value> -> i32
  whistler.store %c1, %v[12] : i32, !whistler.ptr<map_value>
  %z = arith.extui %y : i32 to i64
  whistler.return %z
}

// From packet to packet: apart, and one into the other.
// CHECK-LABEL: @packet
whistler.prog @packet type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  // CHECK: %[[WIDE:.*]] = whistler.load %[[D:.*]][3] : !whistler.ptr<packet> -> i32
  // CHECK-NEXT: whistler.store %[[WIDE]], %[[D]][9] : i32
  // CHECK-NEXT: whistler.load %[[D]][20] : !whistler.ptr<packet> -> i16
  // CHECK-NEXT: whistler.store %{{.*}}, %[[D]][22] : i16
  // CHECK-NEXT: whistler.load %[[D]][22] : !whistler.ptr<packet> -> i16
  // CHECK-NEXT: whistler.store %{{.*}}, %[[D]][24] : i16
  // CHECK-NEXT: whistler.return
  %a = whistler.load %data[3] : !whistler.ptr<packet> -> i16
  whistler.store %a, %data[9] : i16, !whistler.ptr<packet>
  %b = whistler.load %data[5] : !whistler.ptr<packet> -> i16
  whistler.store %b, %data[11] : i16, !whistler.ptr<packet>
  %c = whistler.load %data[20] : !whistler.ptr<packet> -> i16
  whistler.store %c, %data[22] : i16, !whistler.ptr<packet>
  %d = whistler.load %data[22] : !whistler.ptr<packet> -> i16
  whistler.store %d, %data[24] : i16, !whistler.ptr<packet>
  whistler.return %c0
}

// Zeros behind a loaded value are stored with it, unless something else was stored
// there before, or others could see what is stored later.
// CHECK-LABEL: @zeros_behind
whistler.prog @zeros_behind type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  // CHECK: %[[K:.*]] = whistler.alloca
  %k = whistler.alloca !whistler.array<2 x ui64>
  // CHECK-NOT: whistler.memset
  // CHECK: %[[PORT:.*]] = whistler.load %{{.*}}[0] : !whistler.ptr<packet> -> i16
  // CHECK: %[[WIDE:.*]] = arith.extui %[[PORT]] : i16 to i64
  // CHECK-NEXT: whistler.store %[[WIDE]], %[[K]][0] : i64
  // CHECK: whistler.store %{{.*}}, %[[K]][2] : i8
  // CHECK: whistler.store %{{.*}}, %[[K]][12] : i16
  // CHECK: whistler.store %{{.*}}, %[[K]][8] : i16
  // CHECK-NEXT: whistler.map_lookup
  whistler.memset %k[0], %zero, 16 : !whistler.ptr<stack>
  %a = whistler.load %data[0] : !whistler.ptr<packet> -> i16
  whistler.store %a, %k[0] : i16, !whistler.ptr<stack>
  %b = whistler.load %data[9] : !whistler.ptr<packet> -> i8
  whistler.store %b, %k[2] : i8, !whistler.ptr<stack>
  %c = whistler.load %data[20] : !whistler.ptr<packet> -> i16
  whistler.store %c, %k[12] : i16, !whistler.ptr<stack>
  %d = whistler.load %data[30] : !whistler.ptr<packet> -> i16
  whistler.store %d, %k[8] : i16, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// What is loaded between the stores is loaded before they write there: no
// constant, and nothing that stands in for the computed value, comes first.
// CHECK-LABEL: @read_between
whistler.prog @read_between type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %c1 = arith.constant 1 : i16
  %c2 = arith.constant 2 : i8
  %c15 = arith.constant 15 : i8
  // CHECK: whistler.load %{{.*}}[2]
  // CHECK: whistler.store %{{.*}}[2] : i8
  // CHECK: whistler.store %{{.*}}[3] : i8
  whistler.store %c1, %p[0] : i16, !whistler.ptr<packet>
  %0 = whistler.load %p[2] : !whistler.ptr<packet> -> i8
  %1 = arith.andi %0, %c15 : i8
  whistler.store %1, %p[2] : i8, !whistler.ptr<packet>
  whistler.store %c2, %p[3] : i8, !whistler.ptr<packet>
  %2 = arith.extui %1 : i8 to i64
  whistler.return %2
}

// Of a byte that was shifted up the zero below is stored with what is in front
// of it.
// CHECK-LABEL: @shifted
whistler.prog @shifted type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[X:.*]] = whistler.load %{{.*}}[0]
  // CHECK: %[[WIDE:.*]] = arith.extui %[[X]] : i8 to i32
  // CHECK: whistler.store %[[WIDE]], %[[S:.*]][0] : i32
  // CHECK: %[[Y:.*]] = whistler.load %{{.*}}[1]
  // CHECK: whistler.store %[[Y]], %[[S]][3] : i8
  // CHECK-NOT: whistler.store
  // CHECK: whistler.return
  %zero = arith.constant 0 : i8
  %c8 = arith.constant 8 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %s = whistler.alloca i64
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  whistler.store %x, %s[0] : i8, !whistler.ptr<stack>
  whistler.store %zero, %s[1] : i8, !whistler.ptr<stack>
  %y = whistler.load %p[1] : !whistler.ptr<packet> -> i8
  %w = arith.extui %y : i8 to i64
  %high = arith.shli %w, %c8 : i64
  %half = arith.trunci %high : i64 to i16
  whistler.store %half, %s[2] : i16, !whistler.ptr<stack>
  %v = whistler.load %s[0] : !whistler.ptr<stack> -> i32
  %r = arith.extui %v : i32 to i64
  whistler.return %r
}

// Elsewhere than on the stack others may see one store without the other, and
// where the shifted byte is needed it has to be shifted.
// CHECK-LABEL: @shifted_elsewhere
whistler.prog @shifted_elsewhere type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-2: whistler.store %{{.*}} : i16
  // CHECK: whistler.return
  %c8 = arith.constant 8 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %s = whistler.alloca i16
  %x = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %w = arith.extui %x : i8 to i64
  %high = arith.shli %w, %c8 : i64
  %half = arith.trunci %high : i64 to i16
  whistler.store %half, %p[2] : i16, !whistler.ptr<packet>
  %y = whistler.load %p[1] : !whistler.ptr<packet> -> i8
  %v = arith.extui %y : i8 to i64
  %high2 = arith.shli %v, %c8 : i64
  %half2 = arith.trunci %high2 : i64 to i16
  whistler.store %half2, %s[0] : i16, !whistler.ptr<stack>
  %z = whistler.load %s[0] : !whistler.ptr<stack> -> i16
  %r = arith.extui %z : i16 to i64
  %sum = arith.addi %r, %high2 : i64
  whistler.return %sum
}

// The low half of what a mask or a shift leaves nothing else of.
// CHECK-LABEL: @masked
whistler.prog @masked type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %mask = arith.constant 8191 : i64
  %high = arith.constant 65536 : i64
  %c32 = arith.constant 32 : i64
  // CHECK: %[[K:.*]] = whistler.alloca
  %k = whistler.alloca !whistler.array<3 x ui64>
  // CHECK-NOT: whistler.memset
  // CHECK: %[[T:.*]] = whistler.helper_call "ktime_get_ns"
  // CHECK: %[[MASKED:.*]] = arith.andi %[[T]], %c8191
  // CHECK-NEXT: whistler.store %[[MASKED]], %[[K]][0] : i64
  // CHECK: %[[SHIFTED:.*]] = arith.shrui %[[T]], %c32
  // CHECK-NEXT: whistler.store %[[SHIFTED]], %[[K]][8] : i64
  // CHECK: whistler.store %{{.*}}, %[[K]][16] : i16
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  whistler.memset %k[0], %zero, 24 : !whistler.ptr<stack>
  %masked = arith.andi %t, %mask : i64
  %low = arith.trunci %masked : i64 to i16
  whistler.store %low, %k[0] : i16, !whistler.ptr<stack>
  %shifted = arith.shrui %t, %c32 : i64
  %upper = arith.trunci %shifted : i64 to i32
  whistler.store %upper, %k[8] : i32, !whistler.ptr<stack>
  // Here the mask leaves a bit above.
  %wide = arith.andi %t, %high : i64
  %cut = arith.trunci %wide : i64 to i16
  whistler.store %cut, %k[16] : i16, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// Six bytes as eight, the last two of which are overwritten, be it that the
// store which does so moves. They have to be there: something behind them was
// read before.
// CHECK-LABEL: @exchanged
whistler.prog @exchanged type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  // CHECK: %[[DATA:.*]] = whistler.ctx_load %{{.*}}[0]
  // CHECK: %[[LOW:.*]] = whistler.load %[[DATA]][0] : !whistler.ptr<packet> -> i32
  // CHECK: %[[HIGH:.*]] = whistler.load %[[DATA]][4] : !whistler.ptr<packet> -> i16
  // CHECK-NOT: whistler.store
  // CHECK: %[[WIDE:.*]] = whistler.load %[[DATA]][6] : !whistler.ptr<packet> -> i64
  // CHECK-NEXT: whistler.store %[[WIDE]], %[[DATA]][0] : i64
  // CHECK-NEXT: whistler.store %[[LOW]], %[[DATA]][6] : i32
  // CHECK: whistler.store %[[HIGH]], %[[DATA]][10] : i16
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %type = whistler.load %data[12] : !whistler.ptr<packet> -> i16
  %low = whistler.load %data[0] : !whistler.ptr<packet> -> i32
  %high = whistler.load %data[4] : !whistler.ptr<packet> -> i16
  %a = whistler.load %data[6] : !whistler.ptr<packet> -> i32
  whistler.store %a, %data[0] : i32, !whistler.ptr<packet>
  %b = whistler.load %data[10] : !whistler.ptr<packet> -> i16
  whistler.store %b, %data[4] : i16, !whistler.ptr<packet>
  whistler.store %low, %data[6] : i32, !whistler.ptr<packet>
  whistler.store %high, %data[10] : i16, !whistler.ptr<packet>
  %wide = arith.extui %type : i16 to i64
  whistler.return %wide
}

// CHECK-LABEL: @not_there
// CHECK-NOT: i64, !whistler.ptr<packet>
// CHECK: whistler.return
whistler.prog @not_there type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %low = whistler.load %data[0] : !whistler.ptr<packet> -> i32
  %a = whistler.load %data[6] : !whistler.ptr<packet> -> i32
  whistler.store %a, %data[0] : i32, !whistler.ptr<packet>
  %b = whistler.load %data[10] : !whistler.ptr<packet> -> i16
  whistler.store %b, %data[4] : i16, !whistler.ptr<packet>
  whistler.store %low, %data[6] : i32, !whistler.ptr<packet>
  whistler.return %c0
}

// What is behind is not overwritten, or was read since.
// CHECK-LABEL: @kept_behind
// CHECK-NOT: i64, !whistler.ptr<packet>
// CHECK: whistler.return
whistler.prog @kept_behind type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %last = whistler.load %data[40] : !whistler.ptr<packet> -> i16
  %a = whistler.load %data[26] : !whistler.ptr<packet> -> i32
  whistler.store %a, %data[0] : i32, !whistler.ptr<packet>
  %b = whistler.load %data[30] : !whistler.ptr<packet> -> i16
  whistler.store %b, %data[4] : i16, !whistler.ptr<packet>
  %old = whistler.load %data[6] : !whistler.ptr<packet> -> i16
  whistler.store %last, %data[6] : i16, !whistler.ptr<packet>
  %c = whistler.load %data[26] : !whistler.ptr<packet> -> i32
  whistler.store %c, %data[10] : i32, !whistler.ptr<packet>
  %d = whistler.load %data[30] : !whistler.ptr<packet> -> i16
  whistler.store %d, %data[14] : i16, !whistler.ptr<packet>
  %wide = arith.extui %old : i16 to i64
  whistler.return %wide
}

// The zero is stored where the key is needed, with what is in front of it.
// CHECK-LABEL: @behind_branch
// CHECK: whistler.alloca
// CHECK-NOT: whistler.memset
// CHECK: cf.cond_br
// CHECK: ^bb1:
// CHECK-NOT: whistler.memset
// CHECK: arith.extui %{{.*}} : i16 to i32
// CHECK-NEXT: whistler.store %{{.*}} : i32, !whistler.ptr<stack>
// CHECK-NEXT: whistler.map_lookup
whistler.prog @behind_branch type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i8
  %c0 = arith.constant 0 : i64
  %c4 = arith.constant 4 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %k = whistler.alloca i32
  whistler.memset %k[2], %zero, 2 : !whistler.ptr<stack>
  %next = whistler.ptr_add %data, %c4 : !whistler.ptr<packet>
  %is_short = whistler.ptr_cmp gt %next, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %is_short, ^out, ^on
^on:
  %a = whistler.load %data[0] : !whistler.ptr<packet> -> i16
  whistler.store %a, %k[0] : i16, !whistler.ptr<stack>
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
^out:
  whistler.return %c0
}

// Both ways need it, or one needs it again.
// CHECK-LABEL: @before_branch
// CHECK: whistler.store %c7
// CHECK: cf.cond_br
// CHECK: whistler.store %c9
// CHECK: cf.cond_br
whistler.prog @before_branch type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c7 = arith.constant 7 : i32
  %c9 = arith.constant 9 : i32
  %c0 = arith.constant 0 : i64
  %k = whistler.alloca i32
  %l = whistler.alloca i32
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  %is_zero = arith.cmpi eq, %t, %c0 : i64
  whistler.store %c7, %k[0] : i32, !whistler.ptr<stack>
  cf.cond_br %is_zero, ^out, ^loop
^out:
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
^loop:
  %u = whistler.helper_call "get_prandom_u32"() : () -> i64
  %q = whistler.map_lookup @m[%l] : !whistler.ptr<stack>
  %again = arith.cmpi eq, %u, %c0 : i64
  whistler.store %c9, %l[0] : i32, !whistler.ptr<stack>
  cf.cond_br %again, ^loop, ^end
^end:
  %r = whistler.map_lookup @m[%l] : !whistler.ptr<stack>
  %s = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  %1 = whistler.ptr_to_int %r : !whistler.ptr<map_value>
  whistler.return %1
}
