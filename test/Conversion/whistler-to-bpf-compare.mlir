// Comparisons are selected with the branch that they decide.

// RUN: whistler-opt %s --convert-whistler-to-bpf | FileCheck %s --check-prefixes=CHECK,NEW
// RUN: whistler-opt %s --convert-whistler-to-bpf=cpu=v4 | FileCheck %s --check-prefixes=CHECK,NEW
// RUN: whistler-opt %s --convert-whistler-to-bpf=cpu=v2 | FileCheck %s --check-prefixes=CHECK,OLD,V2
// RUN: whistler-opt %s --convert-whistler-to-bpf=cpu=v1 | FileCheck %s --check-prefixes=CHECK,OLD,V1

whistler.map @m type "array" key 4 value 8 entries 1

// CHECK-LABEL: @wide
whistler.prog @wide type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  %max = arith.constant 4294967295 : i64
  %m1 = arith.constant -1 : i64
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK: %[[B:.*]] = bpf.load u64
  // CHECK-NEXT: bpf.jcond eq w64 %[[A]], %[[B]] : !bpf.reg, !bpf.reg ^[[ONE:.*]], ^[[OUT:bb[0-9]+]]
  %0 = arith.cmpi eq, %a, %b : i64
  cf.cond_br %0, ^one, ^out
^one:
  // v1 has no jump on less: the opposite jumps the other way.
  // CHECK: ^[[ONE]]:
  // V1: bpf.jcond ge w64 %[[A]], %[[B]] : !bpf.reg, !bpf.reg ^[[OUT]], ^bb2
  // V2: bpf.jcond lt w64 %[[A]], %[[B]] : !bpf.reg, !bpf.reg ^bb2, ^[[OUT]]
  // NEW: bpf.jcond lt w64 %[[A]], %[[B]] : !bpf.reg, !bpf.reg ^bb2, ^[[OUT]]
  %1 = arith.cmpi ult, %a, %b : i64
  cf.cond_br %1, ^two, ^out
^two:
  // V1: bpf.jcond_imm sgt w64 %[[A]], -1 : !bpf.reg ^[[OUT]], ^bb3
  // V2: bpf.jcond_imm sle w64 %[[A]], -1 : !bpf.reg ^bb3, ^[[OUT]]
  // NEW: bpf.jcond_imm sle w64 %[[A]], -1 : !bpf.reg ^bb3, ^[[OUT]]
  %2 = arith.cmpi sle, %a, %m1 : i64
  cf.cond_br %2, ^three, ^out
^three:
  // -1 as an unsigned number is an immediate, 2^32-1 is none.
  // CHECK: bpf.jcond_imm ne w64 %[[A]], -1 : !bpf.reg ^bb4, ^[[OUT]]
  %3 = arith.cmpi ne, %a, %m1 : i64
  cf.cond_br %3, ^four, ^out
^four:
  // CHECK: %[[MAX:.*]] = bpf.mov_imm w32 -1
  // CHECK-NEXT: bpf.jcond gt w64 %[[A]], %[[MAX]] : !bpf.reg, !bpf.reg ^bb5, ^[[OUT]]
  %4 = arith.cmpi ugt, %a, %max : i64
  cf.cond_br %4, ^five, ^out
^five:
  // A constant on the left is a register.
  // CHECK: %[[M1:.*]] = bpf.mov_imm w64 -1
  // CHECK-NEXT: bpf.jcond sgt w64 %[[M1]], %[[A]] : !bpf.reg, !bpf.reg ^bb6, ^[[OUT]]
  %5 = arith.cmpi sgt, %m1, %a : i64
  cf.cond_br %5, ^six, ^out
^six:
  whistler.return %a
^out:
  whistler.return %b
}

// Before v3 there are no 32-bit jumps: both sides are extended as the
// comparison has it.
// CHECK-LABEL: @half
whistler.prog @half type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %w = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i32
  %a = arith.trunci %w : i64 to i32
  %m1 = arith.constant -1 : i32
  %c7 = arith.constant 7 : i32
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK: %[[B:.*]] = bpf.load u32
  // NEW-NEXT: bpf.jcond gt w32 %[[A]], %[[B]]
  // OLD-NEXT: %[[Z:.*]] = bpf.mov w32 %[[A]] : !bpf.reg -> !bpf.reg
  // OLD-NEXT: bpf.jcond gt w64 %[[Z]], %[[B]]
  %0 = arith.cmpi ugt, %a, %b : i32
  cf.cond_br %0, ^one, ^out
^one:
  // NEW: bpf.jcond sge w32 %[[A]], %[[B]]
  // OLD: %[[A0:.*]] = bpf.alu_imm lsh w64 %[[A]], 32
  // OLD-NEXT: %[[A1:.*]] = bpf.alu_imm arsh w64 %[[A0]], 32
  // OLD-NEXT: %[[B0:.*]] = bpf.alu_imm lsh w64 %[[B]], 32
  // OLD-NEXT: %[[B1:.*]] = bpf.alu_imm arsh w64 %[[B0]], 32
  // OLD-NEXT: bpf.jcond sge w64 %[[A1]], %[[B1]]
  %1 = arith.cmpi sge, %a, %b : i32
  cf.cond_br %1, ^two, ^out
^two:
  // NEW: bpf.jcond_imm eq w32 %[[A]], -1
  // OLD: %[[Z1:.*]] = bpf.mov w32 %[[A]] : !bpf.reg -> !bpf.reg
  // OLD-NEXT: %[[C:.*]] = bpf.mov_imm w64 -1
  // OLD-NEXT: %[[MAX:.*]] = bpf.mov w32 %[[C]]
  // OLD-NEXT: bpf.jcond eq w64 %[[Z1]], %[[MAX]]
  %2 = arith.cmpi eq, %a, %m1 : i32
  cf.cond_br %2, ^three, ^out
^three:
  // NEW: bpf.jcond_imm sgt w32 %[[A]], -1
  // OLD: bpf.jcond_imm sgt w64 %{{.*}}, -1
  %3 = arith.cmpi sgt, %a, %m1 : i32
  cf.cond_br %3, ^four, ^out
^four:
  // NEW: bpf.jcond_imm eq w32 %[[A]], 7
  // OLD: %[[Z2:.*]] = bpf.mov w32 %[[A]] : !bpf.reg -> !bpf.reg
  // OLD-NEXT: bpf.jcond_imm eq w64 %[[Z2]], 7
  %4 = arith.cmpi eq, %a, %c7 : i32
  cf.cond_br %4, ^out, ^five
^five:
  whistler.return %w
^out:
  %5 = arith.constant 0 : i64
  whistler.return %5
}

// CHECK-LABEL: @bytes
whistler.prog @bytes type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i8
  %m1 = arith.constant -1 : i8
  %w = arith.extui %a : i8 to i64
  %sum = arith.addi %a, %b : i8
  // CHECK: %[[A:.*]] = bpf.load u8
  // CHECK: %[[B:.*]] = bpf.load u8
  // CHECK-NEXT: %[[SUM:.*]] = bpf.alu add w32 %[[A]], %[[B]]
  // CHECK-NEXT: %[[Z:.*]] = bpf.alu_imm and w64 %[[SUM]], 255
  // CHECK-NEXT: bpf.jcond eq w64 %[[Z]], %[[A]]
  %0 = arith.cmpi eq, %sum, %a : i8
  cf.cond_br %0, ^one, ^out
^one:
  // CHECK: %[[Z1:.*]] = bpf.alu_imm and w64 %[[SUM]], 255
  // CHECK-NEXT: bpf.jcond_imm ne w64 %[[Z1]], 255
  %1 = arith.cmpi ne, %sum, %m1 : i8
  cf.cond_br %1, ^two, ^out
^two:
  // CHECK: bpf.jcond_imm gt w64 %[[A]], 255
  %2 = arith.cmpi ugt, %a, %m1 : i8
  cf.cond_br %2, ^three, ^out
^three:
  // CHECK: bpf.jcond_imm sgt w64 %{{.*}}, -1
  %3 = arith.cmpi sgt, %sum, %m1 : i8
  cf.cond_br %3, ^four, ^out
^four:
  // Signed on both sides, with the constant on the left.
  // CHECK: %[[M1:.*]] = bpf.mov_imm w64 -1
  // CHECK: bpf.jcond sge w64 %[[M1]], %{{.*}}
  %4 = arith.cmpi sge, %m1, %sum : i8
  cf.cond_br %4, ^five, ^out
^five:
  whistler.return %w
^out:
  %5 = arith.constant 0 : i64
  whistler.return %5
}

// CHECK-LABEL: @bit_tests
whistler.prog @bit_tests type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %h = whistler.load %p[8] : !whistler.ptr<packet> -> i32
  %n = arith.trunci %a : i64 to i8
  %zero = arith.constant 0 : i64
  %zero32 = arith.constant 0 : i32
  %zero8 = arith.constant 0 : i8
  %bits = arith.constant -16 : i64
  %wide = arith.constant 4294967295 : i64
  %bits32 = arith.constant -2147483648 : i32
  %bits8 = arith.constant -128 : i8
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK: %[[H:.*]] = bpf.load u32
  // CHECK: bpf.jcond_imm set w64 %[[A]], -16 : !bpf.reg ^bb1, ^[[OUT:bb[0-9]+]]
  %and = arith.andi %a, %bits : i64
  %0 = arith.cmpi ne, %and, %zero : i64
  cf.cond_br %0, ^one, ^out
^one:
  // Not set: the jump goes the other way.
  // CHECK: bpf.jcond_imm set w64 %[[A]], -16 : !bpf.reg ^[[OUT]], ^bb2
  %1 = arith.cmpi eq, %and, %zero : i64
  cf.cond_br %1, ^two, ^out
^two:
  // The mask would be sign-extended.
  // CHECK: bpf.alu and w64
  // CHECK-NEXT: bpf.jcond_imm ne w64
  %and1 = arith.andi %a, %wide : i64
  %2 = arith.cmpi ne, %and1, %zero : i64
  cf.cond_br %2, ^three, ^out
^three:
  // NEW: bpf.jcond_imm set w32 %[[H]], -2147483648
  // OLD: bpf.alu_imm and w32 %[[H]], -2147483648
  // OLD-NEXT: bpf.jcond_imm ne w64
  %and2 = arith.andi %h, %bits32 : i32
  %3 = arith.cmpi ne, %and2, %zero32 : i32
  cf.cond_br %3, ^four, ^out
^four:
  // A byte's mask must not reach above the byte.
  // NEW: bpf.jcond_imm set w32 %[[A]], 128
  // OLD: bpf.jcond_imm set w64 %[[A]], 128
  %and3 = arith.andi %n, %bits8 : i8
  %4 = arith.cmpi ne, %and3, %zero8 : i8
  cf.cond_br %4, ^five, ^out
^five:
  // Where the bits are needed in a register, that is compared.
  // CHECK: %[[KEPT:.*]] = bpf.alu_imm and w64 %[[A]], -16
  // CHECK-NEXT: bpf.jcond_imm ne w64 %[[KEPT]], 0
  %kept = arith.andi %a, %bits : i64
  %is_any = arith.cmpi ne, %kept, %zero : i64
  cf.cond_br %is_any, ^any, ^out
^any:
  // Only a comparison with 0 is a test of bits.
  // CHECK: bpf.jcond_imm eq w64 %{{.*}}, -16
  %5 = arith.cmpi eq, %kept, %bits : i64
  cf.cond_br %5, ^six, ^out
^six:
  // CHECK: bpf.jcond_imm {{gt|le}} w64 %{{.*}}, 0
  %6 = arith.cmpi ugt, %kept, %zero : i64
  cf.cond_br %6, ^seven, ^out
^seven:
  whistler.return %a
^out:
  whistler.return %zero
}

// CHECK-LABEL: @pointers
whistler.prog @pointers type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = whistler.alloca i32
  %c14 = arith.constant 14 : i64
  %zero = arith.constant 0 : i64
  %null = whistler.null : !whistler.ptr<map_value>
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  %after = whistler.ptr_add %p, %c14 : !whistler.ptr<packet>
  // CHECK: %[[END:.*]] = bpf.load u32 %{{.*}}[4]
  // CHECK-NEXT: %[[AFTER:.*]] = bpf.alu_imm add w64 %{{.*}}, 14
  // CHECK-NEXT: bpf.jcond gt w64 %[[AFTER]], %[[END]]
  %0 = whistler.ptr_cmp gt %after, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^out, ^one
^one:
  // V1: bpf.jcond gt w64 %[[AFTER]], %[[END]] : !bpf.reg, !bpf.reg ^[[OUT:bb[0-9]+]], ^bb2
  // V2: bpf.jcond le w64 %[[AFTER]], %[[END]] : !bpf.reg, !bpf.reg ^bb2, ^[[OUT:bb[0-9]+]]
  // NEW: bpf.jcond le w64 %[[AFTER]], %[[END]] : !bpf.reg, !bpf.reg ^bb2, ^[[OUT:bb[0-9]+]]
  %1 = whistler.ptr_cmp le %after, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %1, ^two, ^out
^two:
  // The verifier knows a null check by its immediate 0, on either side.
  // CHECK: %[[V:.*]] = bpf.mov w64 %{{.*}} : !bpf.reg<r0> -> !bpf.reg
  // CHECK-NEXT: bpf.jcond_imm eq w64 %[[V]], 0 : !bpf.reg ^[[OUT]], ^bb3
  %v = whistler.map_lookup @m[%key] : !whistler.ptr<stack>
  %2 = whistler.ptr_cmp eq %v, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %2, ^out, ^three
^three:
  // CHECK: bpf.jcond_imm ne w64 %[[V]], 0 : !bpf.reg ^bb4, ^[[OUT]]
  %3 = whistler.ptr_cmp ne %null, %v : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %3, ^four, ^out
^four:
  %x = whistler.load %v[0] : !whistler.ptr<map_value> -> i64
  whistler.return %x
^out:
  whistler.return %zero
}

// CHECK-LABEL: @truth_values
whistler.prog @truth_values type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %b = whistler.load %p[8] : !whistler.ptr<packet> -> i64
  %x = arith.trunci %a : i64 to i1
  %y = arith.trunci %b : i64 to i1
  %true = arith.constant true
  // CHECK: %[[X:.*]] = bpf.alu_imm and w64 %{{.*}}, 1
  // CHECK: %[[Y:.*]] = bpf.alu_imm and w64 %{{.*}}, 1
  // CHECK-NEXT: bpf.jcond_imm ne w64 %[[X]], 0
  cf.cond_br %x, ^one, ^out
^one:
  // CHECK: bpf.jcond_imm eq w64 %[[X]], 1
  %0 = arith.cmpi eq, %x, %true : i1
  cf.cond_br %0, ^two, ^out
^two:
  // CHECK: bpf.jcond ne w64 %[[X]], %[[Y]]
  %1 = arith.cmpi ne, %x, %y : i1
  cf.cond_br %1, ^three, ^out
^three:
  // As a signed number, true is -1.
  // CHECK: %[[T:.*]] = bpf.mov_imm w64 1
  // CHECK-NEXT: %[[T0:.*]] = bpf.alu_imm lsh w64 %[[T]], 63
  // CHECK-NEXT: %[[T1:.*]] = bpf.alu_imm arsh w64 %[[T0]], 63
  // CHECK-NEXT: %[[X0:.*]] = bpf.alu_imm lsh w64 %[[X]], 63
  // CHECK-NEXT: %[[X1:.*]] = bpf.alu_imm arsh w64 %[[X0]], 63
  // CHECK-NEXT: bpf.jcond sge w64 %[[T1]], %[[X1]]
  %2 = arith.cmpi sge, %true, %x : i1
  cf.cond_br %2, ^four, ^out
^four:
  // A constant condition is a plain jump, and the other way is gone.
  // CHECK: bpf.ja ^bb5
  cf.cond_br %true, ^five, ^out
^five:
  whistler.return %a
^out:
  whistler.return %b
}

// CHECK-LABEL: @extensions
whistler.prog @extensions type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i16
  // CHECK: bpf.load u16
  // CHECK-NEXT: bpf.{{alu_imm lsh|movsx w64 s16}}
  %b = arith.extsi %a : i16 to i64
  whistler.return %b
}

// A mask whose result is needed is compared itself: there is no jump for bits
// that are clear.
// CHECK-LABEL: @masked_value
whistler.prog @masked_value type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %zero = arith.constant 0 : i64
  %low = arith.constant 255 : i64
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  // CHECK: %[[MASKED:.*]] = bpf.alu_imm and w64 %{{.*}}, 255
  // CHECK: bpf.jcond_imm eq w64 %[[MASKED]], 0
  %b = arith.andi %a, %low : i64
  %0 = arith.cmpi eq, %b, %zero : i64
  cf.cond_br %0, ^out, ^rest
^rest:
  whistler.return %b
^out:
  whistler.return %low
}
