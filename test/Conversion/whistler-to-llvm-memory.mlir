// Variables, loads, stores and atomics.

// RUN: whistler-opt %s --convert-whistler-to-llvm | FileCheck %s
// RUN: whistler-opt %s --convert-whistler-to-llvm=cpu=v2 | FileCheck %s --check-prefix=V2

// The instruction set goes along.
// V2: llvm.func @widths
// V2-SAME: target_cpu = "v2"

// CHECK-LABEL: llvm.func @widths
// CHECK-SAME: no_unwind
// CHECK-SAME: passthrough = ["no-builtins", ["no-jump-tables", "true"]]
// CHECK-SAME: section = "xdp"
// CHECK-SAME: target_cpu = "v3"
whistler.prog @widths type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // A pointer that the context declares as 32 bits.
  // CHECK: %[[NARROW:.*]] = llvm.load volatile %{{.*}} {alignment = 4 : i64} : !llvm.ptr -> i32
  // CHECK-NEXT: %[[WIDE:.*]] = llvm.zext %[[NARROW]]
  // CHECK-NEXT: %[[P:.*]] = llvm.inttoptr %[[WIDE]]
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  // CHECK-NEXT: llvm.load %[[P]] {alignment = 1 : i64} : !llvm.ptr -> i8
  %a = whistler.load %p[0] : !whistler.ptr<packet> -> i8
  // CHECK-NEXT: %[[TWO:.*]] = llvm.getelementptr %[[P]][2]
  // CHECK-NEXT: %[[B:.*]] = llvm.load %[[TWO]] {alignment = 2 : i64} : !llvm.ptr -> i16
  %b = whistler.load %p[2] : !whistler.ptr<packet> -> i16
  // CHECK: llvm.load %{{.*}} {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
  %c = whistler.load %p[8] : !whistler.ptr<packet> -> !whistler.ptr<kernel>
  // CHECK: %[[FOUR:.*]] = llvm.getelementptr %[[P]][-4]
  // CHECK-NEXT: llvm.store %[[B]], %[[FOUR]] {alignment = 2 : i64}
  whistler.store %b, %p[-4] : i16, !whistler.ptr<packet>
  // CHECK: llvm.store %{{.*}}, %{{.*}} {alignment = 8 : i64} : !llvm.ptr, !llvm.ptr
  whistler.store %c, %p[16] : !whistler.ptr<kernel>, !whistler.ptr<packet>
  %0 = arith.extui %a : i8 to i64
  whistler.return %0
}

// Variables are in the entry block, wherever they are declared, and take whole
// words: LLVM must not store a register in the rest of one.
// CHECK-LABEL: llvm.func @variables
// CHECK: llvm.alloca %{{.*}} x !llvm.array<16 x i8> {alignment = 8 : i64}
// CHECK: llvm.alloca %{{.*}} x i64 {alignment = 8 : i64}
// CHECK: llvm.br
whistler.prog @variables type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  cf.br ^bb1
^bb1:
  %0 = whistler.alloca i64
  %1 = whistler.alloca !whistler.array<3 x ui32>
  %2 = whistler.load %0[0] : !whistler.ptr<stack> -> i64
  %3 = whistler.load %1[4] : !whistler.ptr<stack> -> i32
  %4 = arith.extui %3 : i32 to i64
  %5 = arith.addi %2, %4 : i64
  whistler.return %5
}

// CHECK-LABEL: llvm.func internal @additions
whistler.func @additions params [#whistler.param<"p" : !whistler.pointer<none>>]
    result ui64 {
^bb0(%p: !whistler.ptr<any>):
  %c1 = arith.constant 1 : i64
  // Without a result there is no order.
  // CHECK: llvm.atomicrmw add %{{.*}}, %{{.*}} monotonic : !llvm.ptr, i64
  whistler.atomic_rmw add %p[0], %c1 : !whistler.ptr<any>, i64
  // CHECK: llvm.atomicrmw add %{{.*}}, %{{.*}} monotonic : !llvm.ptr, i64
  %unused = whistler.atomic_rmw add %p[8], %c1 : !whistler.ptr<any>, i64 -> i64
  whistler.return %c1
}

whistler.prog @caller type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %p = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %any = whistler.ptr_cast %p : !whistler.ptr<packet> -> !whistler.ptr<any>
  %0 = whistler.call @additions(%any) : (!whistler.ptr<any>) -> i64
  whistler.return %0
}

// LLVM must not make one of a pointer that is compared with the packet's end and
// another one that is used where that was found to be behind it.
// CHECK-LABEL: llvm.func @twins
whistler.prog @twins type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[DATA:.*]] = llvm.inttoptr
  %c14 = arith.constant 14 : i64
  %c34 = arith.constant 34 : i64
  %data = whistler.ctx_load %ctx[0] size 4 : !whistler.ptr<packet>
  %end = whistler.ctx_load %ctx[4] size 4 : !whistler.ptr<packet_end>
  // CHECK: %[[ETH:.*]] = llvm.getelementptr %[[DATA]][%[[C14:.*]]]
  // CHECK-NEXT: %[[SEPARATE:.*]] = llvm.inline_asm "", "=r,0" %[[ETH]]
  // CHECK-NEXT: llvm.icmp "ugt" %[[SEPARATE]]
  %eth = whistler.ptr_add %data, %c14 : !whistler.ptr<packet>
  %0 = whistler.ptr_cmp gt %eth, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %0, ^join, ^join
^join:
  // CHECK: %[[IP:.*]] = llvm.getelementptr %[[DATA]][%{{.*}}]
  // CHECK-NEXT: %[[SEPARATE_IP:.*]] = llvm.inline_asm "", "=r,0" %[[IP]]
  // CHECK-NEXT: llvm.icmp "ugt" %[[SEPARATE_IP]]
  %ip = whistler.ptr_add %data, %c34 : !whistler.ptr<packet>
  %1 = whistler.ptr_cmp gt %ip, %end : !whistler.ptr<packet>, !whistler.ptr<packet_end>
  cf.cond_br %1, ^out, ^in
^in:
  // CHECK: llvm.getelementptr %[[DATA]][%[[C14]]]
  %own = whistler.ptr_add %data, %c14 : !whistler.ptr<packet>
  %proto = whistler.load %own[9] : !whistler.ptr<packet> -> i8
  %wide = arith.extui %proto : i8 to i64
  whistler.return %wide
^out:
  whistler.return %c14
}
