// Arithmetic at every width. A narrow value's register may hold anything above
// its width; what looks there clears it first.

// RUN: whistler-opt %s --convert-whistler-to-bpf | FileCheck %s

// CHECK-LABEL: bpf.func @wide program "xdp" section "xdp" license "GPL" {
whistler.prog @wide type "xdp" section "xdp" license "GPL" {
// CHECK-NEXT: ^bb0(%[[R1:.*]]: !bpf.reg<r1>):
// CHECK-NEXT: %[[CTX:.*]] = bpf.mov w64 %[[R1]] : !bpf.reg<r1> -> !bpf.reg
// CHECK-NEXT: %[[P:.*]] = bpf.load u32 %[[CTX]][0]
// CHECK-NEXT: %[[A:.*]] = bpf.load u64 %[[P]][0]
// CHECK-NEXT: %[[B:.*]] = bpf.load u64 %[[P]][8]
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  // CHECK-NEXT: %[[V0:.*]] = bpf.alu add w64 %[[A]], %[[B]]
  %0 = arith.addi %a, %b : i64
  // CHECK-NEXT: %[[V1:.*]] = bpf.alu sub w64 %[[V0]], %[[B]]
  %1 = arith.subi %0, %b : i64
  // CHECK-NEXT: %[[V2:.*]] = bpf.alu mul w64 %[[V1]], %[[B]]
  %2 = arith.muli %1, %b : i64
  // CHECK-NEXT: %[[V3:.*]] = bpf.alu and w64 %[[V2]], %[[B]]
  %3 = arith.andi %2, %b : i64
  // CHECK-NEXT: %[[V4:.*]] = bpf.alu or w64 %[[V3]], %[[B]]
  %4 = arith.ori %3, %b : i64
  // CHECK-NEXT: %[[V5:.*]] = bpf.alu xor w64 %[[V4]], %[[B]]
  %5 = arith.xori %4, %b : i64
  // CHECK-NEXT: %[[V6:.*]] = bpf.alu div w64 %[[V5]], %[[B]]
  %6 = whistler.udiv %5, %b : i64
  // CHECK-NEXT: %[[V7:.*]] = bpf.alu mod w64 %[[V6]], %[[B]]
  %7 = whistler.umod %6, %b : i64
  // CHECK-NEXT: %[[R0:.*]] = bpf.mov w64 %[[V7]] : !bpf.reg -> !bpf.reg<r0>
  // CHECK-NEXT: bpf.exit %[[R0]] : !bpf.reg<r0>
  whistler.return %7
}

// CHECK-LABEL: @immediates
whistler.prog @immediates type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %c7 = arith.constant 7 : i64
  %min = arith.constant -2147483648 : i64
  %max = arith.constant 4294967295 : i64
  %big = arith.constant 4294967296 : i64
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK-NEXT: %[[V0:.*]] = bpf.alu_imm add w64 %[[A]], 7
  %0 = arith.addi %a, %c7 : i64
  // A constant on the left changes places, where that is all the same.
  // CHECK-NEXT: %[[V1:.*]] = bpf.alu_imm mul w64 %[[V0]], 7
  %1 = arith.muli %c7, %0 : i64
  // CHECK-NEXT: %[[C7:.*]] = bpf.mov_imm w64 7
  // CHECK-NEXT: %[[V2:.*]] = bpf.alu sub w64 %[[C7]], %[[V1]]
  %2 = arith.subi %c7, %1 : i64
  // CHECK-NEXT: %[[V3:.*]] = bpf.alu_imm add w64 %[[V2]], -7
  %3 = arith.subi %2, %c7 : i64
  // CHECK-NEXT: %[[V4:.*]] = bpf.alu_imm and w64 %[[V3]], -2147483648
  %4 = arith.andi %3, %min : i64
  // The negation of the least immediate is none.
  // CHECK-NEXT: %[[MIN:.*]] = bpf.mov_imm w64 -2147483648
  // CHECK-NEXT: %[[V5:.*]] = bpf.alu sub w64 %[[V4]], %[[MIN]]
  %5 = arith.subi %4, %min : i64
  // 64-bit instructions extend the sign of an immediate: 2^32-1 and 2^32 do not
  // fit.
  // CHECK-NEXT: %[[MAX:.*]] = bpf.mov_imm w32 -1
  // CHECK-NEXT: %[[V6:.*]] = bpf.alu and w64 %[[V5]], %[[MAX]]
  %6 = arith.andi %5, %max : i64
  // CHECK-NEXT: %[[BIG:.*]] = bpf.ld_imm64 4294967296
  // CHECK-NEXT: %[[V7:.*]] = bpf.alu xor w64 %[[V6]], %[[BIG]]
  %7 = arith.xori %6, %big : i64
  // CHECK-NEXT: %[[V8:.*]] = bpf.neg w64 %[[V7]]
  %zero = arith.constant 0 : i64
  %8 = arith.subi %zero, %7 : i64
  // Both constant: canonicalization has not run.
  // CHECK-NEXT: %[[C:.*]] = bpf.mov_imm w64 7
  // CHECK-NEXT: bpf.alu_imm add w64 %[[C]], 7
  %9 = arith.addi %c7, %c7 : i64
  // CHECK-NEXT: bpf.alu
  %10 = arith.addi %8, %9 : i64
  whistler.return %10
}

// A multiplication by a power of two is a shift, also by one that is no
// immediate.
// CHECK-LABEL: @shifted_products
whistler.prog @shifted_products type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i32
  %c = whistler.load %p[12] : !whistler.ptr<packet> -> i8
  %c4 = arith.constant 4 : i64
  %c2to40 = arith.constant 1099511627776 : i64
  %c12 = arith.constant 12 : i64
  %min32 = arith.constant -2147483648 : i32
  %min8 = arith.constant -128 : i8
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK-NEXT: %[[B:.*]] = bpf.load u32
  // CHECK-NEXT: %[[C:.*]] = bpf.load u8
  // CHECK-NEXT: %[[V0:.*]] = bpf.alu_imm lsh w64 %[[A]], 2
  %0 = arith.muli %c4, %a : i64
  // CHECK-NEXT: %[[V1:.*]] = bpf.alu_imm lsh w64 %[[V0]], 40
  %1 = arith.muli %0, %c2to40 : i64
  // CHECK-NEXT: %[[V2:.*]] = bpf.alu_imm mul w64 %[[V1]], 12
  %2 = arith.muli %1, %c12 : i64
  // CHECK-NEXT: %[[V3:.*]] = bpf.alu_imm lsh w32 %[[B]], 31
  %3 = arith.muli %b, %min32 : i32
  // CHECK-NEXT: %[[V4:.*]] = bpf.alu_imm lsh w32 %[[C]], 7
  %4 = arith.muli %c, %min8 : i8
  %5 = arith.extui %3 : i32 to i64
  %6 = arith.extui %4 : i8 to i64
  %7 = arith.addi %2, %5 : i64
  %8 = arith.addi %7, %6 : i64
  whistler.return %8
}

// CHECK-LABEL: @half
whistler.prog @half type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i32
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i32
  %m1 = arith.constant -1 : i32
  %min = arith.constant -2147483648 : i32
  // CHECK: %[[P:.*]] = bpf.load u32
  // CHECK-NEXT: %[[A:.*]] = bpf.load u32 %[[P]][0]
  // CHECK-NEXT: %[[B:.*]] = bpf.load u32 %[[P]][8]
  // CHECK-NEXT: %[[V0:.*]] = bpf.alu add w32 %[[A]], %[[B]]
  %0 = arith.addi %a, %b : i32
  // CHECK-NEXT: %[[V1:.*]] = bpf.alu_imm xor w32 %[[V0]], -1
  %1 = arith.xori %0, %m1 : i32
  // CHECK-NEXT: %[[V2:.*]] = bpf.alu_imm add w32 %[[V1]], -2147483648
  %2 = arith.subi %1, %min : i32
  // CHECK-NEXT: %[[V3:.*]] = bpf.neg w32 %[[V2]]
  %zero = arith.constant 0 : i32
  %3 = arith.subi %zero, %2 : i32
  // CHECK-NEXT: %[[V4:.*]] = bpf.alu div w32 %[[V3]], %[[B]]
  %4 = whistler.udiv %3, %b : i32
  // 32-bit arithmetic has cleared the upper half: the extension costs nothing.
  // CHECK-NEXT: bpf.mov w64 %[[V4]] : !bpf.reg -> !bpf.reg<r0>
  %5 = arith.extui %4 : i32 to i64
  whistler.return %5
}

// Bytes are added at 32 bits, and the sum has garbage above.
// CHECK-LABEL: @bytes
whistler.prog @bytes type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i8
  // CHECK: %[[A:.*]] = bpf.load u8 %{{.*}}[0]
  // CHECK: %[[B:.*]] = bpf.load u8 %{{.*}}[8]
  // CHECK-NEXT: %[[SUM:.*]] = bpf.alu add w32 %[[A]], %[[B]]
  %sum = arith.addi %a, %b : i8
  // CHECK-NEXT: %[[U:.*]] = bpf.alu_imm and w64 %[[SUM]], 255
  %u = arith.extui %sum : i8 to i64
  // CHECK-NEXT: %[[S1:.*]] = bpf.alu_imm lsh w64 %[[SUM]], 56
  // CHECK-NEXT: %[[S:.*]] = bpf.alu_imm arsh w64 %[[S1]], 56
  %s = arith.extsi %sum : i8 to i64
  // What was loaded is clean.
  // CHECK-NEXT: %[[V0:.*]] = bpf.alu or w64 %[[U]], %[[A]]
  %l = arith.extui %a : i8 to i64
  %0 = arith.ori %u, %l : i64
  // CHECK-NEXT: %[[V1:.*]] = bpf.alu or w64 %[[V0]], %[[S]]
  %1 = arith.ori %0, %s : i64
  // CHECK-NEXT: bpf.mov w64 %[[V1]] : !bpf.reg -> !bpf.reg<r0>
  whistler.return %1
}

// CHECK-LABEL: @truncation
whistler.prog @truncation type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  // Truncation itself does nothing, but to a truth value, which is 0 or 1.
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK-NEXT: %[[U8:.*]] = bpf.alu_imm and w64 %[[A]], 255
  %t8 = arith.trunci %a : i64 to i8
  %u8 = arith.extui %t8 : i8 to i64
  // CHECK-NEXT: %[[U16:.*]] = bpf.alu_imm and w64 %[[A]], 65535
  %t16 = arith.trunci %a : i64 to i16
  %u16 = arith.extui %t16 : i16 to i64
  // CHECK-NEXT: %[[U32:.*]] = bpf.mov w32 %[[A]] : !bpf.reg -> !bpf.reg
  %t32 = arith.trunci %a : i64 to i32
  %u32 = arith.extui %t32 : i32 to i64
  // CHECK-NEXT: %[[U1:.*]] = bpf.alu_imm and w64 %[[A]], 1
  %t1 = arith.trunci %a : i64 to i1
  %u1 = arith.extui %t1 : i1 to i64
  // A chain: the byte is cleaned when it becomes 16 bits, and needs no second
  // cleaning after that.
  // CHECK-NEXT: %[[C:.*]] = bpf.alu_imm and w64 %[[A]], 255
  %c16 = arith.extui %t8 : i8 to i16
  %c64 = arith.extui %c16 : i16 to i64
  // A signed byte as 16 bits has ones above them, which an unsigned extension
  // clears.
  // CHECK-NEXT: %[[D0:.*]] = bpf.alu_imm lsh w64 %[[A]], 56
  // CHECK-NEXT: %[[D1:.*]] = bpf.alu_imm arsh w64 %[[D0]], 56
  // CHECK-NEXT: %[[D2:.*]] = bpf.alu_imm and w64 %[[D1]], 65535
  %d16 = arith.extsi %t8 : i8 to i16
  %d64 = arith.extui %d16 : i16 to i64
  %0 = arith.xori %u8, %u16 : i64
  %1 = arith.xori %u32, %u1 : i64
  %2 = arith.xori %c64, %d64 : i64
  %3 = arith.xori %0, %1 : i64
  %4 = arith.xori %3, %2 : i64
  whistler.return %4
}

// CHECK-LABEL: @shifts
whistler.prog @shifts type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %n = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK-NEXT: %[[N:.*]] = bpf.load u64
  // The mask that arith needs is what the instruction does anyway.
  %c63 = arith.constant 63 : i64
  %c62 = arith.constant 62 : i64
  %c3 = arith.constant 3 : i64
  // CHECK-NEXT: bpf.alu_imm and w64 %[[N]], 63
  %masked = arith.andi %n, %c63 : i64
  // CHECK-NEXT: %[[V0:.*]] = bpf.alu lsh w64 %[[A]], %[[N]]
  %0 = arith.shli %a, %masked : i64
  // CHECK-NEXT: %[[V1:.*]] = bpf.alu rsh w64 %[[V0]], %[[N]]
  %1 = arith.shrui %0, %masked : i64
  // CHECK-NEXT: %[[V2:.*]] = bpf.alu arsh w64 %[[V1]], %[[N]]
  %2 = arith.shrsi %1, %masked : i64
  // Another mask matters.
  // CHECK-NEXT: %[[OTHER:.*]] = bpf.alu_imm and w64 %[[N]], 62
  // CHECK-NEXT: %[[V3:.*]] = bpf.alu lsh w64 %[[V2]], %[[OTHER]]
  %other = arith.andi %n, %c62 : i64
  %3 = arith.shli %2, %other : i64
  // CHECK-NEXT: %[[V4:.*]] = bpf.alu_imm lsh w64 %[[V3]], 3
  %4 = arith.shli %3, %c3 : i64
  // CHECK-NEXT: %[[V5:.*]] = bpf.alu_imm rsh w64 %[[V4]], 63
  %5 = arith.shrui %4, %c63 : i64
  // CHECK-NEXT: bpf.alu_imm arsh w64 %[[V5]], 3
  %6 = arith.shrsi %5, %c3 : i64
  whistler.return %6
}

// CHECK-LABEL: @narrow_shifts
whistler.prog @narrow_shifts type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %w = whistler.load %p[8] : !whistler.ptr<packet> -> i32
  %h = arith.trunci %a : i64 to i16
  %c3 = arith.constant 3 : i16
  %c31 = arith.constant 31 : i32
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK-NEXT: %[[W:.*]] = bpf.load u32
  // CHECK-NEXT: %[[L:.*]] = bpf.alu_imm lsh w32 %[[A]], 3
  %l = arith.shli %h, %c3 : i16
  // What is above must not come in from the left.
  // CHECK-NEXT: %[[CLEAN:.*]] = bpf.alu_imm and w64 %[[A]], 65535
  // CHECK-NEXT: %[[R:.*]] = bpf.alu_imm rsh w32 %[[CLEAN]], 3
  %r = arith.shrui %h, %c3 : i16
  // CHECK-NEXT: %[[S0:.*]] = bpf.alu_imm lsh w64 %[[A]], 48
  // CHECK-NEXT: %[[S1:.*]] = bpf.alu_imm arsh w64 %[[S0]], 48
  // CHECK-NEXT: %[[S:.*]] = bpf.alu_imm arsh w32 %[[S1]], 3
  %s = arith.shrsi %h, %c3 : i16
  // CHECK-NEXT: bpf.alu_imm and w32 %[[W]], 31
  // CHECK-NEXT: bpf.alu rsh w32 %[[W]], %[[W]]
  %masked = arith.andi %w, %c31 : i32
  %x = arith.shrui %w, %masked : i32
  // CHECK-NEXT: bpf.alu_imm arsh w32 %{{.*}}, 31
  %y = arith.shrsi %x, %c31 : i32
  %0 = arith.xori %l, %r : i16
  %1 = arith.xori %0, %s : i16
  %2 = arith.extui %1 : i16 to i64
  %3 = arith.extui %y : i32 to i64
  %4 = arith.xori %2, %3 : i64
  whistler.return %4
}

// The language says what division by 0 is; an immediate 0 is refused.
// CHECK-LABEL: @division
whistler.prog @division type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i32
  %c0 = arith.constant 0 : i64
  %c10 = arith.constant 10 : i64
  %m1 = arith.constant -1 : i64
  %max = arith.constant 4294967295 : i64
  %n1 = arith.constant -1 : i32
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK: %[[B:.*]] = bpf.load u32
  // CHECK-NEXT: %[[V0:.*]] = bpf.alu_imm div w64 %[[A]], 10
  %0 = whistler.udiv %a, %c10 : i64
  // CHECK-NEXT: %[[ZERO:.*]] = bpf.mov_imm w64 0
  // CHECK-NEXT: %[[V1:.*]] = bpf.alu div w64 %[[V0]], %[[ZERO]]
  %1 = whistler.udiv %0, %c0 : i64
  // CHECK-NEXT: %[[ZERO:.*]] = bpf.mov_imm w64 0
  // CHECK-NEXT: %[[V2:.*]] = bpf.alu mod w64 %[[V1]], %[[ZERO]]
  %2 = whistler.umod %1, %c0 : i64
  // CHECK-NEXT: %[[V3:.*]] = bpf.alu_imm mod w64 %[[V2]], -1
  %3 = whistler.umod %2, %m1 : i64
  // CHECK-NEXT: %[[MAX:.*]] = bpf.mov_imm w32 -1
  // CHECK-NEXT: %[[V4:.*]] = bpf.alu div w64 %[[V3]], %[[MAX]]
  %4 = whistler.udiv %3, %max : i64
  // CHECK-NEXT: %[[C:.*]] = bpf.mov_imm w64 10
  // CHECK-NEXT: bpf.alu div w64 %[[C]], %[[V4]]
  %5 = whistler.udiv %c10, %4 : i64
  // CHECK-NEXT: bpf.alu_imm div w32 %[[B]], -1
  %6 = whistler.udiv %b, %n1 : i32
  %7 = arith.extui %6 : i32 to i64
  %8 = arith.xori %5, %7 : i64
  whistler.return %8
}

// By a power of two the verifier follows shifts and masks only.
// CHECK-LABEL: @powers_of_two
whistler.prog @powers_of_two type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i32
  %c8 = arith.constant 8 : i64
  %high = arith.constant 2147483648 : i64
  %higher = arith.constant 4294967296 : i64
  %sign = arith.constant -2147483648 : i32
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK: %[[B:.*]] = bpf.load u32
  // CHECK-NEXT: %[[V0:.*]] = bpf.alu_imm rsh w64 %[[A]], 3
  %0 = whistler.udiv %a, %c8 : i64
  // CHECK-NEXT: %[[V1:.*]] = bpf.alu_imm and w64 %[[V0]], 7
  %1 = whistler.umod %0, %c8 : i64
  // CHECK-NEXT: %[[V2:.*]] = bpf.alu_imm and w64 %[[V1]], 2147483647
  %2 = whistler.umod %1, %high : i64
  // CHECK-NEXT: bpf.ld_imm64 4294967296
  // CHECK-NEXT: bpf.alu mod w64 %[[V2]]
  %3 = whistler.umod %2, %higher : i64
  // CHECK-NEXT: bpf.alu_imm rsh w32 %[[B]], 31
  %4 = whistler.udiv %b, %sign : i32
  %5 = arith.extui %4 : i32 to i64
  %6 = arith.xori %3, %5 : i64
  whistler.return %6
}

// CHECK-LABEL: @byteswaps
whistler.prog @byteswaps type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %t16 = arith.trunci %a : i64 to i16
  %t32 = arith.trunci %a : i64 to i32
  // Swaps of low parts ignore what is above, and clear it.
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK-NEXT: %[[V16:.*]] = bpf.endian be16 %[[A]]
  // CHECK-NEXT: %[[V32:.*]] = bpf.endian be32 %[[A]]
  // CHECK-NEXT: %[[V64:.*]] = bpf.endian be64 %[[A]]
  // CHECK-NEXT: bpf.alu xor w64 %[[V16]], %[[V32]]
  %0 = whistler.byteswap %t16 : i16
  %1 = whistler.byteswap %t32 : i32
  %2 = whistler.byteswap %a : i64
  %3 = arith.extui %0 : i16 to i64
  %4 = arith.extui %1 : i32 to i64
  %5 = arith.xori %3, %4 : i64
  %6 = arith.xori %5, %2 : i64
  whistler.return %6
}

// Truth values are 0 or 1, whatever is done to them.
// CHECK-LABEL: @truth_values
whistler.prog @truth_values type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  %true = arith.constant true
  %x = arith.trunci %a : i64 to i1
  %y = arith.trunci %b : i64 to i1
  // CHECK: %[[X:.*]] = bpf.alu_imm and w64 %{{.*}}, 1
  // CHECK-NEXT: %[[Y:.*]] = bpf.alu_imm and w64 %{{.*}}, 1
  // CHECK-NEXT: %[[V0:.*]] = bpf.alu_imm xor w32 %[[X]], 1
  %0 = arith.xori %x, %true : i1
  // CHECK-NEXT: %[[V1:.*]] = bpf.alu_imm or w32 %[[V0]], 1
  %1 = arith.ori %0, %true : i1
  // CHECK-NEXT: %[[V2:.*]] = bpf.alu xor w32 %[[V1]], %[[Y]]
  %2 = arith.addi %1, %y : i1
  // CHECK-NEXT: %[[V3:.*]] = bpf.alu_imm xor w32 %[[V2]], 1
  %3 = arith.subi %2, %true : i1
  // CHECK-NEXT: %[[V4:.*]] = bpf.alu mul w32 %[[V3]], %[[Y]]
  %4 = arith.muli %3, %y : i1
  // CHECK-NEXT: bpf.mov w64 %[[V4]] : !bpf.reg -> !bpf.reg<r0>
  %5 = arith.extui %4 : i1 to i64
  whistler.return %5
}
