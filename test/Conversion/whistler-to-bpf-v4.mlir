// What v4 adds: sign extension in one instruction.

// RUN: whistler-opt %s --convert-whistler-to-bpf=cpu=v4 | FileCheck %s

// CHECK-LABEL: @extensions
whistler.prog @extensions type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i64
  %t8 = arith.trunci %a : i64 to i8
  %t16 = arith.trunci %a : i64 to i16
  %t32 = arith.trunci %a : i64 to i32
  // CHECK: %[[A:.*]] = bpf.load u64
  // CHECK-NEXT: bpf.movsx w64 s8 %[[A]]
  %0 = arith.extsi %t8 : i8 to i64
  // CHECK-NEXT: bpf.movsx w64 s16 %[[A]]
  %1 = arith.extsi %t16 : i16 to i64
  // CHECK-NEXT: bpf.movsx w64 s32 %[[A]]
  %2 = arith.extsi %t32 : i32 to i64
  // CHECK-NEXT: %[[N:.*]] = bpf.movsx w64 s8 %[[A]]
  // CHECK-NEXT: bpf.alu_imm and w64 %[[N]], 65535
  %3 = arith.extsi %t8 : i8 to i16
  %4 = arith.extui %3 : i16 to i64
  // CHECK-NEXT: %[[S:.*]] = bpf.movsx w64 s8 %[[A]]
  // CHECK-NEXT: bpf.jcond_imm slt w64 %[[S]], 0
  %zero = arith.constant 0 : i8
  %c = arith.cmpi slt, %t8, %zero : i8
  cf.cond_br %c, ^one, ^two
^one:
  %5 = arith.xori %0, %1 : i64
  whistler.return %5
^two:
  %6 = arith.xori %2, %4 : i64
  whistler.return %6
}
