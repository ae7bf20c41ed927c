// The listing: every instruction under the source line that it comes from.

// RUN: whistler-translate --emit-asm %s | FileCheck %s

whistler.map @m type "array" key 4 value 8 entries 1

// CHECK: one: ; type xdp, section "xdp", license "GPL", 12 slots, 4 bytes of stack
// CHECK-NEXT: ; {{.*}}emit-asm.mlir:[[#@LINE+16]]: %0 = whistler.map_lookup
// CHECK-NEXT: 0: *(u32 *)(r10 -4) = 1
// CHECK-NEXT: 1: r1 = map[m]
// CHECK-NEXT: 3: r2 = r10
// CHECK-NEXT: 4: r2 += -4
// CHECK-NEXT: 5: call bpf_map_lookup_elem#1
// CHECK-NEXT: ; {{.*}}emit-asm.mlir:[[#@LINE+13]]: cf.cond_br %absent
// CHECK-NEXT: 6: if r0 == 0x0 goto pc+{{[0-9]+}}
// A file that is not there has no text.
// CHECK-NEXT: ; nothing.mlir:1:{{ *$}}
// CHECK-NEXT: 7: r1 = 0x123456789abcdef0
// CHECK-NEXT: 9: *(u64 *)(r0 +0) = r1
// CHECK: 11: exit
whistler.prog @one type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %0 = whistler.map_lookup @m[%key] : i32
  %null = whistler.null : !whistler.ptr<map_value>
  %absent = whistler.ptr_cmp eq %0, %null : !whistler.ptr<map_value>, !whistler.ptr<map_value>
  cf.cond_br %absent, ^out, ^in
^in:
  %big = arith.constant 0x123456789abcdef0 : i64
  whistler.store %big, %0[0] : i64, !whistler.ptr<map_value> loc("nothing.mlir":1:1)
  %v = whistler.load %0[0] : !whistler.ptr<map_value> -> i64
  whistler.return %v
^out:
  %c0 = arith.constant 0 : i64
  whistler.return %c0
}

// Programs are apart by an empty line.
// CHECK-EMPTY:
// CHECK-NEXT: two: ; type tc, section "tc/x\22y", license "GPL"
whistler.prog @two type "tc" section "tc/x\22y" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %c0 = arith.constant 0 : i64
  whistler.return %c0
}
