// Loads, stores, atomic operations and the addresses they work on.

// RUN: whistler-opt %s --convert-whistler-to-bpf | FileCheck %s

whistler.map @m type "array" key 4 value 8 entries 1

// CHECK-LABEL: @widths
whistler.prog @widths type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[P:.*]] = bpf.load u32 %{{.*}}[0]
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  // CHECK-NEXT: %[[A:.*]] = bpf.load u8 %[[P]][0]
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  // CHECK-NEXT: %[[B:.*]] = bpf.load u16 %[[P]][2]
  %b = whistler.load %p[2] : !whistler.ptr<packet> -> i16
  // CHECK-NEXT: %[[C:.*]] = bpf.load u32 %[[P]][-4]
  %c = whistler.load %p[-4] : !whistler.ptr<packet> -> i32
  // CHECK-NEXT: %[[D:.*]] = bpf.load u64 %[[P]][8]
  %d = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  // CHECK-NEXT: %[[E:.*]] = bpf.load u64 %[[P]][16]
  %e = whistler.load %p[16] : !whistler.ptr<packet> -> !whistler.ptr<kernel>
  // CHECK-NEXT: bpf.store b8 %[[A]], %[[P]][0]
  whistler.store %a, %p[0] : i8, !whistler.ptr<packet>
  // CHECK-NEXT: bpf.store b16 %[[B]], %[[P]][2]
  whistler.store %b, %p[2] : i16, !whistler.ptr<packet>
  // CHECK-NEXT: bpf.store b32 %[[C]], %[[P]][-4]
  whistler.store %c, %p[-4] : i32, !whistler.ptr<packet>
  // CHECK-NEXT: bpf.store b64 %[[D]], %[[P]][8]
  whistler.store %d, %p[8] : i64, !whistler.ptr<packet>
  // CHECK-NEXT: bpf.store b64 %[[E]], %[[P]][16]
  whistler.store %e, %p[16] : !whistler.ptr<kernel>, !whistler.ptr<packet>
  whistler.return %d
}

// CHECK-LABEL: @immediates
whistler.prog @immediates type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %c8 = arith.constant 255 : i8
  %c16 = arith.constant 32768 : i16
  %c32 = arith.constant 4294967295 : i32
  %c64 = arith.constant -1 : i64
  %max = arith.constant 4294967295 : i64
  %big = arith.constant 1311768467463790320 : i64
  %null = whistler.null : !whistler.ptr<kernel>
  // Constants are stored as immediates: a width's sign bit is all the same.
  // CHECK: %[[P:.*]] = bpf.load u32
  // CHECK-NEXT: bpf.store_imm b8 -1, %[[P]][0]
  whistler.store %c8, %p[0] : i8, !whistler.ptr<packet>
  // CHECK-NEXT: bpf.store_imm b16 -32768, %[[P]][0]
  whistler.store %c16, %p[0] : i16, !whistler.ptr<packet>
  // CHECK-NEXT: bpf.store_imm b32 -1, %[[P]][0]
  whistler.store %c32, %p[0] : i32, !whistler.ptr<packet>
  // CHECK-NEXT: bpf.store_imm b64 -1, %[[P]][0]
  whistler.store %c64, %p[0] : i64, !whistler.ptr<packet>
  // CHECK-NEXT: bpf.store_imm b64 0, %[[P]][0]
  whistler.store %null, %p[0] : !whistler.ptr<kernel>, !whistler.ptr<packet>
  // But those that sign extension would change.
  // CHECK-NEXT: %[[MAX:.*]] = bpf.mov_imm w32 -1
  // CHECK-NEXT: bpf.store b64 %[[MAX]], %[[P]][0]
  whistler.store %max, %p[0] : i64, !whistler.ptr<packet>
  // CHECK-NEXT: %[[BIG:.*]] = bpf.ld_imm64 1311768467463790320
  // CHECK-NEXT: bpf.store b64 %[[BIG]], %[[P]][0]
  whistler.store %big, %p[0] : i64, !whistler.ptr<packet>
  whistler.return %c64
}

// Variables are slots, and their addresses are made where they are needed.
// CHECK-LABEL: @variables
whistler.prog @variables type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[A:.*]] = bpf.slot size 8 align 8
  // CHECK-NEXT: %[[B:.*]] = bpf.slot size 2 align 2
  // CHECK-NEXT: %[[C:.*]] = bpf.slot size 8 align 8
  %a = whistler.alloca i64
  %b = whistler.alloca i16
  %c = whistler.alloca !whistler.ptr<packet>
  %c4 = arith.constant 4 : i64
  %half = arith.constant 5 : i16
  // CHECK-NEXT: bpf.store_imm b16 5, %[[B]][0] : !bpf.slot
  whistler.store %half, %b[0] : i16, !whistler.ptr<stack>
  // CHECK-NEXT: bpf.load u32 %[[A]][4] : !bpf.slot -> !bpf.reg
  %d = whistler.ptr_add %a, %c4 : !whistler.ptr<stack>
  %v = whistler.load %d[0] : !whistler.ptr<stack> -> i32
  // CHECK-NEXT: %[[AT:.*]] = bpf.slot_addr %[[A]][0] : !bpf.reg
  // CHECK-NEXT: bpf.store b64 %[[AT]], %[[C]][0]
  whistler.store %a, %c[0] : !whistler.ptr<stack>, !whistler.ptr<stack>
  %0 = arith.extui %v : i32 to i64
  whistler.return %0
}

// CHECK-LABEL: @addresses
whistler.prog @addresses type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %n = whistler.ctx_load %ctx[12] size 4 : i32
  %x = arith.extui %n : i32 to i64
  %c14 = arith.constant 14 : i64
  %c20 = arith.constant 20 : i64
  %m4 = arith.constant -4 : i64
  %c16383 = arith.constant 16383 : i64
  %c16384 = arith.constant 16384 : i64
  // CHECK: %[[P:.*]] = bpf.load u32 %{{.*}}[0]
  // CHECK: %[[N:.*]] = bpf.load u32 %{{.*}}[12]
  // What other arithmetic needs is computed, and used by the accesses as well.
  // CHECK-NEXT: %[[ETH:.*]] = bpf.alu_imm add w64 %[[P]], 14
  // CHECK-NEXT: %[[IP:.*]] = bpf.alu_imm add w64 %[[ETH]], 20
  // CHECK-NEXT: bpf.load u64 %[[IP]][4]
  // CHECK-NEXT: bpf.load u64 %[[ETH]][0]
  %eth = whistler.ptr_add %p, %c14 : !whistler.ptr<packet>
  %ip = whistler.ptr_add %eth, %c20 : !whistler.ptr<packet>
  %0 = whistler.load %ip[4] : !whistler.ptr<packet> -> i64
  %1 = whistler.load %eth[0] : !whistler.ptr<packet> -> i64
  // Constant arithmetic behind that goes into the accesses.
  // CHECK: %[[Q:.*]] = bpf.alu add w64 %[[IP]], %[[N]]
  // CHECK-NEXT: bpf.load u64 %[[Q]][18]
  %q = whistler.ptr_add %ip, %x : !whistler.ptr<packet>
  %r = whistler.ptr_add %q, %c14 : !whistler.ptr<packet>
  %2 = whistler.load %r[4] : !whistler.ptr<packet> -> i64
  // CHECK-NEXT: %[[S:.*]] = bpf.alu_imm add w64 %[[P]], -4
  // CHECK-NEXT: bpf.load u64 %[[S]][0]
  // CHECK-NEXT: bpf.alu sub w64 %[[S]], %[[P]]
  %s = whistler.ptr_add %p, %m4 : !whistler.ptr<packet>
  %3 = whistler.load %s[0] : !whistler.ptr<packet> -> i64
  %4 = whistler.ptr_diff %s, %p : !whistler.ptr<packet>, !whistler.ptr<packet>
  // As far as 16 bits go.
  // CHECK-NEXT: bpf.load u64 %[[P]][32767]
  // CHECK-NEXT: %[[T:.*]] = bpf.alu_imm add w64 %[[P]], 16383
  // CHECK-NEXT: bpf.load u64 %[[T]][16385]
  %t = whistler.ptr_add %p, %c16383 : !whistler.ptr<packet>
  %5 = whistler.load %t[16384] : !whistler.ptr<packet> -> i64
  %6 = whistler.load %t[16385] : !whistler.ptr<packet> -> i64
  // CHECK-NEXT: %[[U:.*]] = bpf.alu_imm add w64 %[[P]], 16384
  // CHECK-NEXT: bpf.load u64 %[[U]][0]
  %u = whistler.ptr_add %p, %c16384 : !whistler.ptr<packet>
  %7 = whistler.load %u[0] : !whistler.ptr<packet> -> i64
  // CHECK-NEXT: %[[V:.*]] = bpf.alu_imm add w64 %[[P]], 40000
  // CHECK-NEXT: bpf.load u64 %[[V]][0]
  %8 = whistler.load %p[40000] : !whistler.ptr<packet> -> i64
  // CHECK-NEXT: %[[V:.*]] = bpf.alu_imm add w64 %[[P]], -40000
  // CHECK-NEXT: bpf.store b64 %{{.*}}, %[[V]][0]
  whistler.store %x, %p[-40000] : i64, !whistler.ptr<packet>
  %s0 = arith.xori %0, %1 : i64
  %s1 = arith.xori %2, %3 : i64
  %s2 = arith.xori %4, %5 : i64
  %s3 = arith.xori %6, %7 : i64
  %s4 = arith.xori %8, %s0 : i64
  %s5 = arith.xori %s1, %s2 : i64
  %s6 = arith.xori %s3, %s4 : i64
  %s7 = arith.xori %s5, %s6 : i64
  whistler.return %s7
}

// CHECK-LABEL: @context
whistler.prog @context type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[CTX:.*]] = bpf.mov w64
  // CHECK-NEXT: %[[MARK:.*]] = bpf.load u32 %[[CTX]][8] field "__sk_buff:mark"
  %mark = whistler.ctx_load %ctx[8] size 4 field "__sk_buff:mark" : i32
  // CHECK-NEXT: bpf.load u64 %[[CTX]][152] : !bpf.reg -> !bpf.reg
  %stamp = whistler.ctx_load %ctx[152] size 8 : i64
  // CHECK-NEXT: bpf.load u8 %[[CTX]][3]
  %byte = whistler.ctx_load %ctx[3] size 1 : i8
  // CHECK-NEXT: bpf.store b32 %[[MARK]], %[[CTX]][8] field "__sk_buff:mark"
  whistler.ctx_store %mark, %ctx[8] field "__sk_buff:mark" : i32
  // No immediate is stored to the context: older kernels refuse it.
  // CHECK-NEXT: %[[C:.*]] = bpf.mov_imm w64 7
  // CHECK-NEXT: bpf.store b32 %[[C]], %[[CTX]][8]
  %c7 = arith.constant 7 : i32
  whistler.ctx_store %c7, %ctx[8] : i32
  %b = arith.extui %byte : i8 to i64
  %0 = arith.addi %stamp, %b : i64
  whistler.return %0
}

// CHECK-LABEL: @atomics
whistler.prog @atomics type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<map_value>
  %a = whistler.ctx_load %ctx[8] size 8 : i64
  %b = arith.trunci %a : i64 to i32
  %c8 = arith.constant 8 : i64
  %q = whistler.ptr_add %p, %c8 : !whistler.ptr<map_value>
  // CHECK: %[[P:.*]] = bpf.load u32
  // CHECK-NEXT: %[[A:.*]] = bpf.load u64
  // CHECK-NEXT: bpf.atomic add b64 %[[A]], %[[P]][0]
  whistler.atomic_rmw add %p[0], %a : !whistler.ptr<map_value>, i64
  // CHECK-NEXT: bpf.atomic or b32 %[[A]], %[[P]][12]
  whistler.atomic_rmw or %q[4], %b : !whistler.ptr<map_value>, i32
  // A result that nobody needs costs nothing.
  // CHECK-NEXT: bpf.atomic and b64 %[[A]], %[[P]][0]
  %0 = whistler.atomic_rmw and %p[0], %a : !whistler.ptr<map_value>, i64 -> i64
  // CHECK-NEXT: %[[XOR:.*]] = bpf.atomic_fetch xor b32 %[[A]], %[[P]][0]
  %1 = whistler.atomic_rmw xor %p[0], %b : !whistler.ptr<map_value>, i32 -> i32
  // There is no exchange without a result.
  // CHECK-NEXT: bpf.atomic_fetch b64 %[[A]], %[[P]][0]
  %2 = whistler.atomic_rmw xchg %p[0], %a : !whistler.ptr<map_value>, i64 -> i64
  // What is compared with is in r0, where the old value comes out.
  // CHECK-NEXT: %[[E:.*]] = bpf.mov w64 %[[A]] : !bpf.reg -> !bpf.reg<r0>
  // CHECK-NEXT: %[[R:.*]] = bpf.atomic_cmpxchg b32 %[[E]], %[[XOR]], %[[P]][0]
  // CHECK-NEXT: %[[OLD:.*]] = bpf.mov w64 %[[R]] : !bpf.reg<r0> -> !bpf.reg
  %3 = whistler.atomic_cmpxchg %p[0], %b, %1 : !whistler.ptr<map_value>, i32
  // CHECK-NEXT: bpf.mov w64 %[[OLD]] : !bpf.reg -> !bpf.reg<r0>
  %4 = arith.extui %3 : i32 to i64
  whistler.return %4
}

// Over several steps, and to a place in a variable.
// CHECK-LABEL: @steps
whistler.prog @steps type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[P:.*]] = bpf.load u32 %{{.*}}[0]
  // CHECK-NEXT: bpf.load u64 %[[P]][22]
  // CHECK-NEXT: %[[S:.*]] = bpf.slot
  // CHECK-NEXT: bpf.store_imm b32 0, %[[S]][12]
  // CHECK: bpf.slot_addr %[[S]][8] : !bpf.reg<r2>
  // CHECK-NOT: bpf.alu
  // CHECK: bpf.exit
  %c4 = arith.constant 4 : i64
  %c8 = arith.constant 8 : i64
  %zero = arith.constant 0 : i32
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %q = whistler.ptr_add %p, %c8 : !whistler.ptr<packet>
  %x = whistler.load %q[14] : !whistler.ptr<packet> -> i64
  %s = whistler.alloca !whistler.array<2 x ui64>
  %key = whistler.ptr_add %s, %c8 : !whistler.ptr<stack>
  whistler.store %zero, %key[4] : i32, !whistler.ptr<stack>
  %len = whistler.helper_call "trace_printk"(%ctx, %key) : (!whistler.ptr<ctx>, !whistler.ptr<stack>) -> i64
  whistler.return %x
}
