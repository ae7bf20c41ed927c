// Keys and values are where the helpers can read them.

// RUN: whistler-opt %s --whistler-key-slots | FileCheck %s
// RUN: whistler-opt %s --pass-pipeline='builtin.module(whistler.prog(whistler-key-slots))' | FileCheck %s --check-prefix=NESTED
// A second run finds nothing to do.
// RUN: whistler-opt %s --whistler-key-slots > %t.once
// RUN: whistler-opt %t.once --whistler-key-slots | diff %t.once -

whistler.map @array type "array" key 4 value 8 entries 4
whistler.map @hash type "hash" key 4 value 8 entries 4
whistler.map @bytes type "hash" key 1 value 2 entries 4
whistler.map @wide type "hash" key 8 value 8 entries 4

// CHECK-LABEL: @lookup
whistler.prog @lookup type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[SLOT:.*]] = whistler.alloca i32
  // CHECK: whistler.store %{{.*}}, %[[SLOT]][0] : i32
  // CHECK-NEXT: whistler.map_lookup @hash[%[[SLOT]]] : !whistler.ptr<stack>
  %key = arith.constant 1 : i32
  %p = whistler.map_lookup @hash[%key] : i32
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// What a dominating operation has stored stays for those behind it; contents
// that are not needed together have one slot.
// CHECK-LABEL: @shared
whistler.prog @shared type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK-COUNT-3: whistler.alloca
  // CHECK-NOT: whistler.alloca
  %flags = arith.constant 0 : i64
  %value = whistler.helper_call "ktime_get_ns"() : () -> i64
  %other = whistler.helper_call "ktime_get_ns"() : () -> i64
  %key = arith.trunci %value : i64 to i32
  %byte = arith.trunci %value : i64 to i8
  // CHECK: whistler.store %{{.*}}, %[[V:.*]][0] : i64
  // CHECK: whistler.store %{{.*}}, %[[K:.*]][0] : i32
  // CHECK: whistler.map_update @hash[%[[K]]], %[[V]], %{{.*}} : !whistler.ptr<stack>, !whistler.ptr<stack>
  %0 = whistler.map_update @hash[%key], %value, %flags : i32, i64
  cf.br ^next
^next:
  // CHECK: ^bb1:
  // CHECK-NEXT: whistler.map_lookup @hash[%[[K]]]
  %p = whistler.map_lookup @hash[%key] : i32
  // CHECK-NEXT: whistler.store %{{.*}}, %[[V]][0] : i64
  // CHECK-NEXT: whistler.map_update @hash[%[[K]]], %[[V]]
  %1 = whistler.map_update @hash[%key], %other, %flags : i32, i64
  // CHECK-NEXT: whistler.map_update @wide[%[[V]]], %[[V]]
  %2 = whistler.map_update @wide[%other], %other, %flags : i64, i64
  // CHECK-NEXT: whistler.store %{{.*}}, %[[B:.*]][0] : i8
  // CHECK-NEXT: whistler.map_delete @bytes[%[[B]]]
  %3 = whistler.map_delete @bytes[%byte] : i8
  whistler.return %0
}

// Branches store what they need; behind the join it is stored again, since one
// of the ways has not.
// CHECK-LABEL: @branches
whistler.prog @branches type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i64
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %key = arith.trunci %x : i64 to i32
  %is_zero = arith.cmpi eq, %x, %zero : i64
  cf.cond_br %is_zero, ^left, ^join
^left:
  // CHECK: whistler.store %[[KEY:.*]], %[[SLOT:.*]][0] : i32
  // CHECK-NEXT: whistler.map_delete @hash[%[[SLOT]]]
  %0 = whistler.map_delete @hash[%key] : i32
  cf.br ^join
^join:
  // CHECK: whistler.store %[[KEY]], %[[SLOT]][0] : i32
  // CHECK-NEXT: whistler.map_delete @hash[%[[SLOT]]]
  %1 = whistler.map_delete @hash[%key] : i32
  whistler.return %x
}

// The low bytes of a value are the key; but the constant key of a lookup is
// stored as what it is.
// CHECK-LABEL: @constants
whistler.prog @constants type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %one = arith.constant 1 : i64
  // CHECK: whistler.store %{{.*}}, %[[V:.*]][0] : i64
  // CHECK-NEXT: whistler.map_update @hash[%[[V]]], %[[V]]
  %0 = whistler.map_update @hash[%key], %one, %one : i32, i64
  // CHECK-NEXT: whistler.store %{{.*}}, %[[K:.*]][0] : i32
  // CHECK-NEXT: whistler.map_lookup @array[%[[K]]]
  %p = whistler.map_lookup @array[%key] : i32
  whistler.return %0
}

// In a loop, what was stored in front of it stays.
// CHECK-LABEL: @loop
whistler.prog @loop type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %x = whistler.helper_call "ktime_get_ns"() : () -> i64
  %key = arith.trunci %x : i64 to i32
  // CHECK: whistler.store %{{.*}}, %[[K:.*]][0] : i32
  // CHECK-NEXT: whistler.map_delete @hash[%[[K]]]
  %0 = whistler.map_delete @hash[%key] : i32
  cf.br ^loop(%zero : i64)
^loop(%i: i64):
  // CHECK: whistler.store %{{.*}}, %[[L:.*]][0] : i32
  // CHECK-NEXT: whistler.map_delete @hash[%[[L]]]
  // CHECK-NEXT: whistler.map_delete @hash[%[[K]]]
  %index = arith.trunci %i : i64 to i32
  %1 = whistler.map_delete @hash[%index] : i32
  %2 = whistler.map_delete @hash[%key] : i32
  %next = arith.addi %i, %one : i64
  %again = arith.cmpi ult, %next, %one : i64
  cf.cond_br %again, ^loop(%next : i64), ^out
^out:
  whistler.return %0
}

// What has an address already is left alone, also beside a scalar.
// CHECK-LABEL: @pointers
whistler.prog @pointers type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[SLOT:.*]] = whistler.alloca i64
  // CHECK: %[[MINE:.*]] = whistler.alloca i32
  // CHECK: whistler.store %{{.*}}, %[[SLOT]][0] : i64
  // CHECK-NEXT: whistler.map_update @hash[%[[MINE]]], %[[SLOT]], %{{.*}}
  // CHECK-NEXT: whistler.map_delete @hash[%[[MINE]]]
  %mine = whistler.alloca i32
  %value = arith.constant 2 : i64
  %0 = whistler.map_update @hash[%mine], %value, %value : !whistler.ptr<stack>, i64
  %1 = whistler.map_delete @hash[%mine] : !whistler.ptr<stack>
  whistler.return %1
}

whistler.func @quiet noinline params [] result ui64 {
  %key = arith.constant 1 : i32
  %p = whistler.map_lookup @hash[%key] : i32
  %0 = whistler.ptr_to_int %p : !whistler.ptr<map_value>
  whistler.return %0
}

// A key in the packet is passed as it is, also behind calls that leave the
// packet alone; of functions only the whole module tells that.
// CHECK-LABEL: @packet
// NESTED-LABEL: @packet
whistler.prog @packet type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  // CHECK-NOT: whistler.load
  // NESTED: whistler.load
  // NESTED: whistler.map_lookup @hash[%{{.*}}] : !whistler.ptr<stack>
  %key = whistler.load %data[26] : !whistler.ptr<packet> -> i32
  // CHECK: %[[K:.*]] = whistler.ptr_add %[[DATA:.*]], %{{.*}} : !whistler.ptr<packet>
  // CHECK-NEXT: whistler.map_lookup @hash[%[[K]]] : !whistler.ptr<packet>
  %p = whistler.map_lookup @hash[%key] : i32
  %0 = whistler.call @quiet() : () -> i64
  // Nothing else needs the base: the address stays.
  // CHECK-NOT: whistler.ptr_add
  // CHECK: whistler.map_update @hash[%[[K]]], %{{.*}} : !whistler.ptr<packet>, !whistler.ptr<stack>
  %1 = whistler.map_update @hash[%key], %0, %0 : i32, i64
  whistler.return %1
}

// Where the base is needed, each address is computed where it is.
// CHECK-LABEL: @base_needed
whistler.prog @base_needed type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %key = whistler.load %data[26] : !whistler.ptr<packet> -> i32
  // CHECK: %[[K:.*]] = whistler.ptr_add %[[DATA:.*]], %{{.*}} : !whistler.ptr<packet>
  // CHECK-NEXT: whistler.map_lookup @hash[%[[K]]] : !whistler.ptr<packet>
  %p = whistler.map_lookup @hash[%key] : i32
  %0 = whistler.call @quiet() : () -> i64
  // CHECK: %[[L:.*]] = whistler.ptr_add %[[DATA]], %{{.*}} : !whistler.ptr<packet>
  // CHECK: whistler.map_update @hash[%[[L]]], %{{.*}} : !whistler.ptr<packet>, !whistler.ptr<stack>
  %1 = whistler.map_update @hash[%key], %0, %0 : i32, i64
  %2 = whistler.load %data[0] : !whistler.ptr<packet> -> i64
  whistler.return %2
}

// The packet is written, or moved, or is not for helpers.
// CHECK-LABEL: @changed
whistler.prog @changed type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %zero = arith.constant 0 : i64
  // CHECK: whistler.load
  // CHECK: whistler.map_lookup @hash[%{{.*}}] : !whistler.ptr<stack>
  %key = whistler.load %data[26] : !whistler.ptr<packet> -> i32
  whistler.store %zero, %data[24] : i64, !whistler.ptr<packet>
  %p = whistler.map_lookup @hash[%key] : i32
  whistler.return %zero
}

// CHECK-LABEL: @moved
whistler.prog @moved type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %zero = arith.constant 0 : i64
  // CHECK: whistler.load
  // CHECK: whistler.map_lookup @hash[%{{.*}}] : !whistler.ptr<stack>
  %key = whistler.load %data[26] : !whistler.ptr<packet> -> i32
  %0 = whistler.helper_call "xdp_adjust_head"(%ctx, %zero) : (!whistler.ptr<ctx>, i64) -> i64
  %p = whistler.map_lookup @hash[%key] : i32
  whistler.return %zero
}

// CHECK-LABEL: @lookup_program
whistler.prog @lookup_program type "sk-lookup" section "sk_lookup" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 8 : !whistler.ptr<packet>
  %zero = arith.constant 0 : i64
  // CHECK: whistler.map_lookup @hash[%{{.*}}] : !whistler.ptr<stack>
  %key = whistler.load %data[26] : !whistler.ptr<packet> -> i32
  %p = whistler.map_lookup @hash[%key] : i32
  whistler.return %zero
}

// The value is needed in a register as well, and the packet is not needed
// behind the call.
// CHECK-LABEL: @needed
whistler.prog @needed type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %key = whistler.load %data[26] : !whistler.ptr<packet> -> i32
  %0 = whistler.helper_call "ktime_get_ns"() : () -> i64
  // CHECK: whistler.map_lookup @hash[%{{.*}}] : !whistler.ptr<stack>
  %p = whistler.map_lookup @hash[%key] : i32
  %wide = arith.extui %key : i32 to i64
  whistler.return %wide
}

// A map's value that was read for the purpose, and nothing has happened since.
// CHECK-LABEL: @entries
whistler.func @entries params [] result ui64 {
  %key = arith.constant 1 : i32
  %zero = arith.constant 0 : i64
  %p = whistler.map_lookup @array[%key] : i32
  // CHECK: %[[P:.*]] = whistler.map_lookup @array
  // CHECK: %[[IN:.*]] = whistler.ptr_add %[[P]]
  // CHECK: whistler.map_lookup @hash[%[[IN]]] : !whistler.ptr<map_value>
  %next = whistler.load %p[4] : !whistler.ptr<map_value> -> i32
  %q = whistler.map_lookup @hash[%next] : i32
  // CHECK: whistler.load %[[P]][0]
  // CHECK: whistler.map_delete @hash[%{{.*}}] : !whistler.ptr<stack>
  %old = whistler.load %p[0] : !whistler.ptr<map_value> -> i32
  %0 = whistler.map_update @array[%key], %zero, %zero : i32, i64
  %1 = whistler.map_delete @hash[%old] : i32
  whistler.return %0
}
