// Map operations, helpers, tail calls and instructions given by their fields.

// RUN: whistler-opt %s --convert-whistler-to-bpf | FileCheck %s

whistler.map @m type "hash" key 4 value 8 entries 1
whistler.map @calls type "prog-array" key 4 value 4 entries 4

// CHECK: whistler.map @m
// CHECK-LABEL: @maps
whistler.prog @maps type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[K:.*]] = bpf.slot size 4
  // CHECK-NEXT: %[[V:.*]] = bpf.slot size 8
  %k = whistler.alloca i32
  %v = whistler.alloca i64
  %any = arith.constant 0 : i64
  // CHECK-NEXT: %[[MAP:.*]] = bpf.ld_map @m : !bpf.reg<r1>
  // CHECK-NEXT: %[[KEY:.*]] = bpf.slot_addr %[[K]][0] : !bpf.reg<r2>
  // CHECK-NEXT: %[[R0:.*]] = bpf.call 1(%[[MAP]], %[[KEY]]) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  // CHECK-NEXT: %[[P:.*]] = bpf.mov w64 %[[R0]] : !bpf.reg<r0> -> !bpf.reg
  %p = whistler.map_lookup @m[%k] : !whistler.ptr<stack>
  // A result that nobody needs is left where it is.
  // CHECK-NEXT: %[[MAP:.*]] = bpf.ld_map @m : !bpf.reg<r1>
  // CHECK-NEXT: %[[KEY:.*]] = bpf.slot_addr %[[K]][0] : !bpf.reg<r2>
  // CHECK-NEXT: %[[VALUE:.*]] = bpf.slot_addr %[[V]][0] : !bpf.reg<r3>
  // CHECK-NEXT: %[[FLAGS:.*]] = bpf.mov_imm w64 0 : !bpf.reg<r4>
  // CHECK-NEXT: bpf.call 2(%[[MAP]], %[[KEY]], %[[VALUE]], %[[FLAGS]])
  // CHECK-NEXT: %[[MAP:.*]] = bpf.ld_map @m : !bpf.reg<r1>
  // CHECK-NEXT: %[[KEY:.*]] = bpf.mov w64 %[[P]] : !bpf.reg -> !bpf.reg<r2>
  // CHECK-NEXT: bpf.call 3(%[[MAP]], %[[KEY]])
  %0 = whistler.map_update @m[%k], %v, %any : !whistler.ptr<stack>, !whistler.ptr<stack>
  %1 = whistler.map_delete @m[%p] : !whistler.ptr<map_value>
  whistler.return %1
}

// CHECK-LABEL: @helpers
whistler.prog @helpers type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %k = whistler.alloca i32
  %m = whistler.map_ref @m
  %c14 = arith.constant 14 : i64
  // CHECK: %[[CTX:.*]] = bpf.mov w64
  // CHECK: bpf.call 5() : () -> !bpf.reg<r0>
  %t = whistler.helper_call "ktime_get_ns"() : () -> i64
  // CHECK-NEXT: %[[T:.*]] = bpf.mov w64
  // CHECK-NEXT: %[[A:.*]] = bpf.ld_map @m : !bpf.reg<r1>
  // CHECK-NEXT: %[[B:.*]] = bpf.slot_addr %{{.*}}[0] : !bpf.reg<r2>
  // CHECK-NEXT: bpf.call 1(%[[A]], %[[B]])
  %p = whistler.helper_call "map_lookup_elem"(%m, %k) : (!whistler.ptr<map>, !whistler.ptr<stack>) -> !whistler.ptr<map_value>
  // CHECK-NEXT: %[[P:.*]] = bpf.mov w64
  // The context is an argument as others are.
  // CHECK-NEXT: %[[A:.*]] = bpf.mov w64 %[[CTX]] : !bpf.reg -> !bpf.reg<r1>
  // CHECK-NEXT: %[[B:.*]] = bpf.mov w64 %[[T]] : !bpf.reg -> !bpf.reg<r2>
  // CHECK-NEXT: bpf.call 44(%[[A]], %[[B]])
  %e = whistler.helper_call "xdp_adjust_head"(%ctx, %t) : (!whistler.ptr<ctx>, i64) -> i64
  // A pointer that is moved by a constant for a call only.
  // CHECK-NEXT: %[[Q:.*]] = bpf.alu_imm add w64 %[[P]], 14 : !bpf.reg -> !bpf.reg
  // CHECK-NEXT: %[[A:.*]] = bpf.mov w64 %[[Q]] : !bpf.reg -> !bpf.reg<r1>
  // CHECK-NEXT: bpf.mov_imm w64 14 : !bpf.reg<r2>
  // CHECK-NEXT: bpf.ld_imm64 -9151031868328509184 : !bpf.reg<r3>
  // CHECK-NEXT: bpf.mov_imm w32 -1 : !bpf.reg<r4>
  // CHECK-NEXT: bpf.mov_imm w64 -1 : !bpf.reg<r5>
  %q = whistler.ptr_add %p, %c14 : !whistler.ptr<map_value>
  %big = arith.constant 0x8101010000000100 : i64
  %max = arith.constant 0xffffffff : i64
  %m1 = arith.constant -1 : i64
  %s = whistler.helper_call "trace_printk"(%q, %c14, %big, %max, %m1) : (!whistler.ptr<map_value>, i64, i64, i64, i64) -> i64
  whistler.return %s
}

// CHECK-LABEL: @tail
whistler.prog @tail type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[CTX:.*]] = bpf.mov w64
  // CHECK-NEXT: %[[A:.*]] = bpf.mov w64 %[[CTX]] : !bpf.reg -> !bpf.reg<r1>
  // CHECK-NEXT: %[[B:.*]] = bpf.ld_map @calls : !bpf.reg<r2>
  // CHECK-NEXT: %[[C:.*]] = bpf.mov_imm w64 3 : !bpf.reg<r3>
  // CHECK-NEXT: bpf.call 12(%[[A]], %[[B]], %[[C]])
  // CHECK-NEXT: bpf.mov_imm w64 3 : !bpf.reg<r0>
  %c3 = arith.constant 3 : i64
  whistler.tail_call %ctx, @calls[%c3]
  whistler.return %c3
}

// CHECK-LABEL: @raw
whistler.prog @raw type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // mov r3, 5
  // CHECK: bpf.raw code 183 dst 3 src 0 off 0 imm 5 : !bpf.reg<r3>
  %unused = whistler.asm code 0xb7 dst 3 src 0 off 0 imm 5
  // CHECK-NEXT: %[[R3:.*]] = bpf.raw code 191 dst 3 src 10 off 0 imm 0 : !bpf.reg<r3>
  // CHECK-NEXT: %[[A:.*]] = bpf.mov w64 %[[R3]] : !bpf.reg<r3> -> !bpf.reg
  %a = whistler.asm code 0xbf dst 3 src 10 off 0 imm 0
  // A call yields r0, whatever dst says.
  // CHECK-NEXT: %[[R0:.*]] = bpf.raw code 133 dst 0 src 0 off 0 imm 5 : !bpf.reg<r0>
  // CHECK-NEXT: %[[B:.*]] = bpf.mov w64 %[[R0]] : !bpf.reg<r0> -> !bpf.reg
  %b = whistler.asm code 0x85 dst 0 src 0 off 0 imm 5
  // Nothing writes r10: its value is the frame pointer.
  // CHECK-NEXT: bpf.raw code 122 dst 10 src 0 off -8 imm 1{{$}}
  // CHECK-NEXT: bpf.frame_pointer : !bpf.reg<r10>
  %c = whistler.asm code 0x7a dst 10 src 0 off -8 imm 1
  %0 = arith.xori %a, %b : i64
  %1 = arith.xori %0, %c : i64
  whistler.return %1
}

// CHECK-LABEL: @casts
whistler.prog @casts type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[P:.*]] = bpf.load u32
  // CHECK-NEXT: %[[R0:.*]] = bpf.mov w64 %[[P]] : !bpf.reg -> !bpf.reg<r0>
  // CHECK-NEXT: bpf.exit %[[R0]]
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %q = whistler.ptr_cast %p : !whistler.ptr<packet> -> !whistler.ptr<any>
  %0 = whistler.ptr_to_int %q : !whistler.ptr<any>
  whistler.return %0
}
