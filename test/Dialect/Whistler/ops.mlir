// Every operation keeps its meaning as text, in the generic form, and as
// bytecode.

// RUN: whistler-opt %s | whistler-opt | FileCheck %s
// RUN: whistler-opt %s --mlir-print-op-generic | whistler-opt | FileCheck %s
// RUN: whistler-opt %s --emit-bytecode | whistler-opt | FileCheck %s

// CHECK: whistler.map @counts type "array" key 4 value 8 entries 1
whistler.map @counts type "array" key 4 value 8 entries 1
// CHECK: whistler.map @seen type "lru-hash" key 4 : ui32 value 8 : si64 entries 64
whistler.map @seen type "lru-hash" key 4 : ui32 value 8 : si64 entries 64
// CHECK: whistler.map @routes type "lpm-trie" key 8 value 16 entries 1024 flags 1 pinned
whistler.map @routes type "lpm-trie" key 8 value 16 entries 1024 flags 1 pinned
// CHECK: whistler.map @handlers type "prog-array" key 4 value 4 entries 256
whistler.map @handlers type "prog-array" key 4 value 4 entries 256
// CHECK: whistler.map @events type "ringbuf" key 0 value 0 entries 4096
whistler.map @events type "ringbuf" key 0 value 0 entries 4096

// CHECK-LABEL: whistler.prog @pass type "xdp" section "xdp" license "GPL" {
whistler.prog @pass type "xdp" section "xdp" license "GPL" {
// CHECK: ^bb0(%{{.*}}: !whistler.ptr<ctx>):
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[V:.*]] = arith.constant 2 : i64
  %0 = arith.constant 2 : i64
  // CHECK: whistler.return %[[V]]
  whistler.return %0
}

// CHECK-LABEL: whistler.prog @attributes type "tc" section "tc" license "Dual MIT/GPL" attributes {a.b = 1 : i64} {
whistler.prog @attributes type "tc" section "tc" license "Dual MIT/GPL" attributes {a.b = 1} {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i64
  // CHECK: whistler.return %{{.*}} {a.c}
  whistler.return %0 {a.c}
}

// CHECK-LABEL: whistler.prog @pointers
whistler.prog @pointers type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %bytes = arith.constant 14 : i64
  // CHECK: %[[DATA:.*]] = whistler.ctx_load %{{.*}}[0] size 4 field "xdp_md:data" : !whistler.ptr<packet>
  %data = whistler.ctx_load %ctx[0] size 4 field "xdp_md:data" : !whistler.ptr<packet>
  // CHECK: %[[END:.*]] = whistler.ctx_load %{{.*}}[4] size 4 : !whistler.ptr<packet_end>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  // CHECK: %[[META:.*]] = whistler.ctx_load %{{.*}}[8] size 4 : !whistler.ptr<packet_meta>
  %meta = whistler.ctx_load %ctx[8] size 4 : !whistler.ptr<packet_meta>
  // CHECK: %[[NULL:.*]] = whistler.null : !whistler.ptr<map_value>
  %null = whistler.null : !whistler.ptr<map_value>
  // CHECK: %[[ADD:.*]] = whistler.ptr_add %[[DATA]], %{{.*}} : !whistler.ptr<packet>
  %add = whistler.ptr_add %data, %bytes : !whistler.ptr<packet>
  // CHECK: whistler.ptr_diff %[[END]], %[[DATA]] : !whistler.ptr<packet_end>, !whistler.ptr<packet>
  %diff = whistler.ptr_diff %end, %data : !whistler.ptr<packet_end>, !whistler.ptr<packet>
  // CHECK: whistler.ptr_cmp gt %[[ADD]], %[[END]] : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  %gt = whistler.ptr_cmp gt %add, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  // CHECK: whistler.ptr_cmp ge
  %ge = whistler.ptr_cmp ge %add, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  // CHECK: whistler.ptr_cmp lt
  %lt = whistler.ptr_cmp lt %meta, %data : !whistler.ptr<packet_meta>, !whistler.ptr<packet>
  // CHECK: whistler.ptr_cmp le
  %le = whistler.ptr_cmp le %meta, %data : !whistler.ptr<packet_meta>, !whistler.ptr<packet>
  // CHECK: whistler.ptr_cmp eq %[[NULL]], %[[NULL]]
  %eq = whistler.ptr_cmp eq %null, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  // CHECK: whistler.ptr_cmp ne %[[NULL]], %[[NULL]]
  %ne = whistler.ptr_cmp ne %null, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  // CHECK: whistler.ptr_to_int %[[DATA]] : !whistler.ptr<packet>
  %int = whistler.ptr_to_int %data : !whistler.ptr<packet>
  // CHECK: whistler.ptr_cast %[[DATA]] : !whistler.ptr<packet> -> !whistler.ptr<any>
  %any = whistler.ptr_cast %data : !whistler.ptr<packet> -> !whistler.ptr<any>
  whistler.return %diff
}

// CHECK-LABEL: whistler.prog @spaces
whistler.prog @spaces type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: whistler.null : !whistler.ptr<ringbuf>
  %0 = whistler.null : !whistler.ptr<ringbuf>
  // CHECK: whistler.null : !whistler.ptr<kernel>
  %1 = whistler.null : !whistler.ptr<kernel>
  // CHECK: whistler.null : !whistler.ptr<stack>
  %2 = whistler.null : !whistler.ptr<stack>
  // CHECK: whistler.null : !whistler.ptr<map>
  %3 = whistler.null : !whistler.ptr<map>
  %4 = arith.constant 0 : i64
  whistler.return %4
}

// CHECK-LABEL: whistler.prog @memory
whistler.prog @memory type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %byte = arith.constant 255 : i8
  %half = arith.constant 7 : i16
  // CHECK: %[[SLOT:.*]] = whistler.alloca i64
  %slot = whistler.alloca i64
  // CHECK: whistler.alloca !whistler.ptr<packet>
  %ptrSlot = whistler.alloca !whistler.ptr<packet>
  // CHECK: %[[V:.*]] = whistler.load %[[SLOT]][0] : !whistler.ptr<stack> -> i64
  %v = whistler.load %slot[0] : !whistler.ptr<stack> -> i64
  // CHECK: whistler.load %[[SLOT]][-12] : !whistler.ptr<stack> -> i16
  %narrow = whistler.load %slot[-12] : !whistler.ptr<stack> -> i16
  // CHECK: %[[P:.*]] = whistler.load %{{.*}}[0] : !whistler.ptr<stack> -> !whistler.ptr<packet>
  %p = whistler.load %ptrSlot[0] : !whistler.ptr<stack> -> !whistler.ptr<packet>
  // CHECK: whistler.store %[[V]], %[[SLOT]][0] : i64, !whistler.ptr<stack>
  whistler.store %v, %slot[0] : i64, !whistler.ptr<stack>
  // CHECK: whistler.store %[[P]], %{{.*}}[0] : !whistler.ptr<packet>, !whistler.ptr<stack>
  whistler.store %p, %ptrSlot[0] : !whistler.ptr<packet>, !whistler.ptr<stack>
  // CHECK: whistler.memset %[[SLOT]][2], %{{.*}}, 6 : !whistler.ptr<stack>
  whistler.memset %slot[2], %byte, 6 : !whistler.ptr<stack>
  // CHECK: whistler.memcpy %[[SLOT]][0], %[[P]][30], 8 : !whistler.ptr<stack>, !whistler.ptr<packet>
  whistler.memcpy %slot[0], %p[30], 8 : !whistler.ptr<stack>, !whistler.ptr<packet>
  // CHECK: whistler.ctx_load %{{.*}}[8] size 4 field "__sk_buff:mark" : i32
  %mark = whistler.ctx_load %ctx[8] size 4 field "__sk_buff:mark" : i32
  // CHECK: whistler.ctx_store %{{.*}}, %{{.*}}[8] field "__sk_buff:mark" : i32
  whistler.ctx_store %mark, %ctx[8] field "__sk_buff:mark" : i32
  // CHECK: whistler.ctx_store %{{.*}}, %{{.*}}[48] : i16
  whistler.ctx_store %half, %ctx[48] : i16
  whistler.return %v
}

// CHECK-LABEL: whistler.prog @atomics
whistler.prog @atomics type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i32
  %p = whistler.null : !whistler.ptr<map_value>
  // CHECK: whistler.atomic_rmw add %[[P:.*]][0], %{{.*}} : !whistler.ptr<map_value>, i64{{$}}
  whistler.atomic_rmw add %p[0], %one : !whistler.ptr<map_value>, i64
  // CHECK: whistler.atomic_rmw or %[[P]][4], %{{.*}} : !whistler.ptr<map_value>, i32 -> i32
  %or = whistler.atomic_rmw or %p[4], %two : !whistler.ptr<map_value>, i32 -> i32
  // CHECK: whistler.atomic_rmw and
  whistler.atomic_rmw and %p[0], %one : !whistler.ptr<map_value>, i64
  // CHECK: whistler.atomic_rmw xor
  whistler.atomic_rmw xor %p[0], %one : !whistler.ptr<map_value>, i64
  // CHECK: %[[OLD:.*]] = whistler.atomic_rmw xchg %[[P]][0], %{{.*}} : !whistler.ptr<map_value>, i64 -> i64
  %old = whistler.atomic_rmw xchg %p[0], %one : !whistler.ptr<map_value>, i64 -> i64
  // CHECK: whistler.atomic_cmpxchg %[[P]][8], %[[OLD]], %{{.*}} : !whistler.ptr<map_value>, i64
  %now = whistler.atomic_cmpxchg %p[8], %old, %one : !whistler.ptr<map_value>, i64
  whistler.return %now
}

// CHECK-LABEL: whistler.prog @maps
whistler.prog @maps type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %value = arith.constant 2 : i64
  // CHECK: whistler.map_ref @counts
  %map = whistler.map_ref @counts
  // CHECK: %[[P:.*]] = whistler.map_lookup @counts[%{{.*}}] : i32
  %p = whistler.map_lookup @counts[%key] : i32
  // CHECK: whistler.map_lookup @counts[%{{.*}}] certain : i32
  %certain = whistler.map_lookup @counts[%key] certain : i32
  // CHECK: whistler.map_lookup @routes[%[[P]]] : !whistler.ptr<map_value>
  %q = whistler.map_lookup @routes[%p] : !whistler.ptr<map_value>
  // CHECK: whistler.map_update @seen[%{{.*}}], %{{.*}}, %{{.*}} : i32, i64
  %e = whistler.map_update @seen[%key], %value, %value : i32, i64
  // CHECK: whistler.map_update @routes[%[[P]]], %{{.*}}, %{{.*}} : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  %f = whistler.map_update @routes[%p], %q, %value : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  // CHECK: whistler.map_add @seen[%{{.*}}], %{{.*}} : i32, i64
  whistler.map_add @seen[%key], %value : i32, i64
  // CHECK: whistler.map_add plain @counts[%{{.*}}], %{{.*}} : i32, i64
  whistler.map_add plain @counts[%key], %value : i32, i64
  // CHECK: whistler.map_delete @seen[%{{.*}}] : i32
  %g = whistler.map_delete @seen[%key] : i32
  // CHECK: whistler.helper_call "ktime_get_ns"() : () -> i64
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  // CHECK: whistler.helper_call "map_lookup_elem"(%{{.*}}, %[[P]]) : (!whistler.ptr<map>, !whistler.ptr<map_value>) -> !whistler.ptr<map_value>
  %r = whistler.helper_call "map_lookup_elem"(%map, %p) : (!whistler.ptr<map>, !whistler.ptr<map_value>) -> !whistler.ptr<map_value>
  // CHECK: whistler.tail_call %{{.*}}, @handlers[%{{.*}}]
  whistler.tail_call %ctx, @handlers[%t]
  whistler.return %t
}

// CHECK-LABEL: whistler.prog @arithmetic
whistler.prog @arithmetic type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %a = arith.constant 1 : i64
  %b = arith.constant 2 : i32
  %c = arith.constant 3 : i16
  // CHECK: whistler.udiv %{{.*}}, %{{.*}} : i64
  %0 = whistler.udiv %a, %a : i64
  // CHECK: whistler.udiv %{{.*}}, %{{.*}} : i32
  %1 = whistler.udiv %b, %b : i32
  // CHECK: whistler.umod %{{.*}}, %{{.*}} : i64
  %2 = whistler.umod %a, %a : i64
  // CHECK: whistler.umod %{{.*}}, %{{.*}} : i32
  %3 = whistler.umod %b, %b : i32
  // CHECK: whistler.byteswap %{{.*}} : i16
  %4 = whistler.byteswap %c : i16
  // CHECK: whistler.byteswap %{{.*}} : i32
  %5 = whistler.byteswap %b : i32
  // CHECK: whistler.byteswap %{{.*}} : i64
  %6 = whistler.byteswap %a : i64
  // CHECK: whistler.log2 %{{.*}}
  %7 = whistler.log2 %a
  // CHECK: whistler.asm code 183 dst 0 src 0 off -1 imm -2
  %8 = whistler.asm code 0xb7 dst 0 src 0 off -1 imm -2
  whistler.return %8
}
