// The bpf dialect, written by hand, on virtual and on machine registers.

// RUN: whistler-translate --emit-elf %s -o %t.o
// RUN: llvm-readelf -s --wide %t.o | FileCheck %s --check-prefix=SYMBOLS
// RUN: whistler-translate --emit-asm %s | FileCheck %s

// SYMBOLS-DAG: 0 16 FUNC GLOBAL DEFAULT {{[0-9]+}} machine
// SYMBOLS-DAG: FUNC GLOBAL DEFAULT {{[0-9]+}} virtual

// CHECK: machine: ; type xdp, section "xdp", license "GPL", 2 slots, 0 bytes of stack
// CHECK: 0: r0 = 2
// CHECK: 1: exit
bpf.func @machine program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.mov_imm w64 2 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// CHECK: virtual: ; type tc, section "tc", license "GPL"
// CHECK: = *(u32 *)(r1 +8)
// CHECK: = *(u32 *)(r1 +16)
// CHECK: w0 += w
// CHECK: exit
bpf.func @virtual program "tc" section "tc" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg
  %1 = bpf.load u32 %0[8] : !bpf.reg -> !bpf.reg
  %2 = bpf.load u32 %0[16] : !bpf.reg -> !bpf.reg
  %3 = bpf.alu add w32 %1, %2 : (!bpf.reg, !bpf.reg) -> !bpf.reg
  %4 = bpf.mov w64 %3 : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %4 : !bpf.reg<r0>
}
