// Every operation survives being printed and parsed, in both forms.
// RUN: whistler-opt %s | whistler-opt | FileCheck %s
// RUN: whistler-opt %s --mlir-print-op-generic | whistler-opt | FileCheck %s

whistler.map @counts type "array" key 4 value 8 entries 1
whistler.global @hits : !whistler.array<2 x ui64> section ".bss"

// CHECK-LABEL: bpf.func @moves program "xdp" section "xdp" license "GPL" {
bpf.func @moves program "xdp" section "xdp" license "GPL" {
// CHECK: ^bb0(%[[CTX:.*]]: !bpf.reg<r1>):
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK-NEXT: %[[V:.*]] = bpf.mov w64 %[[CTX]] : !bpf.reg<r1> -> !bpf.reg
  %0 = bpf.mov w64 %ctx : !bpf.reg<r1> -> !bpf.reg
  // CHECK-NEXT: bpf.mov w32 %[[V]] : !bpf.reg -> !bpf.reg
  %1 = bpf.mov w32 %0 : !bpf.reg -> !bpf.reg
  // CHECK-NEXT: bpf.movsx w64 s32 %[[V]] : !bpf.reg -> !bpf.reg
  %2 = bpf.movsx w64 s32 %0 : !bpf.reg -> !bpf.reg
  // CHECK-NEXT: bpf.movsx w32 s8 %[[V]] : !bpf.reg -> !bpf.reg
  %3 = bpf.movsx w32 s8 %0 : !bpf.reg -> !bpf.reg
  // CHECK-NEXT: bpf.mov_imm w64 -1 : !bpf.reg
  %4 = bpf.mov_imm w64 -1 : !bpf.reg
  // CHECK-NEXT: bpf.ld_imm64 -9223372036854775808 : !bpf.reg
  %5 = bpf.ld_imm64 -9223372036854775808 : !bpf.reg
  // CHECK-NEXT: bpf.ld_map @counts : !bpf.reg<r2>
  %6 = bpf.ld_map @counts : !bpf.reg<r2>
  // CHECK-NEXT: bpf.frame_pointer : !bpf.reg<r10>
  %7 = bpf.frame_pointer : !bpf.reg<r10>
  // CHECK-NEXT: %[[R:.*]] = bpf.mov_imm w32 2147483647 : !bpf.reg<r0>
  %8 = bpf.mov_imm w32 2147483647 : !bpf.reg<r0>
  // CHECK-NEXT: bpf.exit %[[R]] : !bpf.reg<r0>
  bpf.exit %8 : !bpf.reg<r0>
}

// CHECK-LABEL: bpf.func @arithmetic {{.*}} frame 16 {
bpf.func @arithmetic program "xdp" section "xdp" license "GPL" frame 16 {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.mov_imm w64 6 : !bpf.reg
  // CHECK: bpf.alu add w64 %{{.*}}, %{{.*}} : (!bpf.reg, !bpf.reg) -> !bpf.reg
  %1 = bpf.alu add w64 %0, %0 : (!bpf.reg, !bpf.reg) -> !bpf.reg
  // CHECK-NEXT: bpf.alu smod w32
  %2 = bpf.alu smod w32 %0, %1 : (!bpf.reg, !bpf.reg) -> !bpf.reg
  // CHECK-NEXT: bpf.alu_imm arsh w64 %{{.*}}, 63 : !bpf.reg -> !bpf.reg
  %3 = bpf.alu_imm arsh w64 %0, 63 : !bpf.reg -> !bpf.reg
  // CHECK-NEXT: bpf.alu_imm add w64 %{{.*}}, -14 : !bpf.reg -> !bpf.reg<r3>
  %4 = bpf.alu_imm add w64 %0, -14 : !bpf.reg -> !bpf.reg<r3>
  // CHECK-NEXT: bpf.neg w32 %{{.*}} : !bpf.reg -> !bpf.reg
  %5 = bpf.neg w32 %0 : !bpf.reg -> !bpf.reg
  // CHECK-NEXT: bpf.endian be16 %{{.*}} : !bpf.reg -> !bpf.reg
  %6 = bpf.endian be16 %0 : !bpf.reg -> !bpf.reg
  // CHECK-NEXT: bpf.endian bswap64 %{{.*}} : !bpf.reg -> !bpf.reg
  %7 = bpf.endian bswap64 %0 : !bpf.reg -> !bpf.reg
  %8 = bpf.mov w64 %7 : !bpf.reg -> !bpf.reg<r0>
  bpf.exit %8 : !bpf.reg<r0>
}

// CHECK-LABEL: bpf.func @memory
bpf.func @memory program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: %[[S:.*]] = bpf.slot size 16 align 8
  %s = bpf.slot size 16 align 8
  // CHECK-NEXT: bpf.slot size 8 align 8 spill
  %spill = bpf.slot size 8 align 8 spill
  // CHECK-NEXT: bpf.load u32 %{{.*}}[4] field "xdp_md:data_end" : !bpf.reg<r1> -> !bpf.reg
  %0 = bpf.load u32 %ctx[4] field "xdp_md:data_end" : !bpf.reg<r1> -> !bpf.reg
  // CHECK-NEXT: bpf.load s16 %[[S]][8] : !bpf.slot -> !bpf.reg
  %1 = bpf.load s16 %s[8] : !bpf.slot -> !bpf.reg
  // CHECK-NEXT: bpf.store b32 %{{.*}}, %{{.*}}[-4] field "xdp_md:data" : !bpf.reg, !bpf.reg<r1>
  bpf.store b32 %0, %ctx[-4] field "xdp_md:data" : !bpf.reg, !bpf.reg<r1>
  // CHECK-NEXT: bpf.store b64 %{{.*}}, %[[S]][0] : !bpf.reg, !bpf.slot
  bpf.store b64 %1, %s[0] : !bpf.reg, !bpf.slot
  // CHECK-NEXT: bpf.store_imm b8 -1, %[[S]][7] : !bpf.slot
  bpf.store_imm b8 -1, %s[7] : !bpf.slot
  // CHECK-NEXT: %[[A:.*]] = bpf.slot_addr %[[S]][8] : !bpf.reg
  %a = bpf.slot_addr %s[8] : !bpf.reg
  // CHECK-NEXT: bpf.atomic add b64 %{{.*}}, %[[A]][0] : !bpf.reg, !bpf.reg
  bpf.atomic add b64 %0, %a[0] : !bpf.reg, !bpf.reg
  // CHECK-NEXT: bpf.atomic_fetch xor b32 %{{.*}}, %[[A]][4] : (!bpf.reg, !bpf.reg) -> !bpf.reg
  %2 = bpf.atomic_fetch xor b32 %0, %a[4] : (!bpf.reg, !bpf.reg) -> !bpf.reg
  // CHECK-NEXT: bpf.atomic_fetch b64 %{{.*}}, %[[A]][0] : (!bpf.reg, !bpf.reg) -> !bpf.reg
  %3 = bpf.atomic_fetch b64 %0, %a[0] : (!bpf.reg, !bpf.reg) -> !bpf.reg
  %e = bpf.mov_imm w64 0 : !bpf.reg<r0>
  // CHECK: bpf.atomic_cmpxchg b64 %{{.*}}, %{{.*}}, %[[A]][0] : (!bpf.reg<r0>, !bpf.reg, !bpf.reg) -> !bpf.reg<r0>
  %4 = bpf.atomic_cmpxchg b64 %e, %0, %a[0] : (!bpf.reg<r0>, !bpf.reg, !bpf.reg) -> !bpf.reg<r0>
  bpf.exit %4 : !bpf.reg<r0>
}

// CHECK-LABEL: bpf.func @control
bpf.func @control program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.load u32 %ctx[0] : !bpf.reg<r1> -> !bpf.reg
  // CHECK: bpf.call 7() : () -> !bpf.reg<r0>
  %1 = bpf.call 7() : () -> !bpf.reg<r0>
  %2 = bpf.mov w64 %1 : !bpf.reg<r0> -> !bpf.reg
  // CHECK: bpf.jcond sgt w32 %{{.*}}, %{{.*}} : !bpf.reg, !bpf.reg ^bb1(%{{.*}} : !bpf.reg), ^bb2
  bpf.jcond sgt w32 %0, %2 : !bpf.reg, !bpf.reg ^bb1(%0 : !bpf.reg), ^bb2
^bb1(%3: !bpf.reg):
  // CHECK: bpf.jcond_imm set w64 %{{.*}}, -8 : !bpf.reg ^bb2, ^bb3(%{{.*}}, %{{.*}} : !bpf.reg, !bpf.reg)
  bpf.jcond_imm set w64 %3, -8 : !bpf.reg ^bb2, ^bb3(%3, %2 : !bpf.reg, !bpf.reg)
^bb2:
  // CHECK: bpf.ja ^bb3(%{{.*}}, %{{.*}} : !bpf.reg, !bpf.reg)
  bpf.ja ^bb3(%2, %0 : !bpf.reg, !bpf.reg)
^bb3(%4: !bpf.reg, %5: !bpf.reg):
  // CHECK: bpf.raw code 15 dst 1 src 2 off -1 imm 7{{$}}
  bpf.raw code 15 dst 1 src 2 off -1 imm 7
  // CHECK-NEXT: bpf.raw code 183 dst 0 src 0 off 0 imm 1 : !bpf.reg<r0>
  %6 = bpf.raw code 0xb7 dst 0 src 0 off 0 imm 1 : !bpf.reg<r0>
  bpf.exit %6 : !bpf.reg<r0>
}

// CHECK-LABEL: bpf.func @none params [] result si32 {
bpf.func @none params [] result si32 {
  %0 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}

// CHECK-LABEL: bpf.func @two global
// CHECK-SAME: params [#whistler.param<"a" : ui32>, #whistler.param<"b" : !whistler.pointer<none>>] result ui64 frame 8 {
bpf.func @two global params [#whistler.param<"a" : ui32>, #whistler.param<"b" : !whistler.pointer<none>>] result ui64 frame 8 {
^bb0(%a: !bpf.reg<r1>, %b: !bpf.reg<r2>):
  // CHECK: bpf.call_func @none() : () -> !bpf.reg<r0>
  %0 = bpf.call_func @none() : () -> !bpf.reg<r0>
  // CHECK-NEXT: bpf.call_func @two(%{{.*}}, %{{.*}}) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  %1 = bpf.call_func @two(%a, %b) : (!bpf.reg<r1>, !bpf.reg<r2>) -> !bpf.reg<r0>
  // CHECK-NEXT: bpf.ld_func @none : !bpf.reg<r2>
  %2 = bpf.ld_func @none : !bpf.reg<r2>
  // CHECK-NEXT: bpf.ld_global @hits[8] : !bpf.reg
  %3 = bpf.ld_global @hits[8] : !bpf.reg
  bpf.exit %1 : !bpf.reg<r0>
}

// CHECK-LABEL: bpf.func @relocated
bpf.func @relocated program "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: bpf.mov_imm w64 0 core <field_exists "task_struct:pid"> : !bpf.reg{{$}}
  %0 = bpf.mov_imm w64 0 core <field_exists "task_struct:pid"> : !bpf.reg
  // CHECK-NEXT: bpf.alu_imm add w64 %{{.*}}, 0 core <byte_off "task_struct:se.load.weight"> : !bpf.reg -> !bpf.reg{{$}}
  %1 = bpf.alu_imm add w64 %0, 0 core <byte_off "task_struct:se.load.weight"> : !bpf.reg -> !bpf.reg
  // CHECK-NEXT: bpf.ld_imm64 0 core <enumval_value "pid_type:PIDTYPE_PID"> : !bpf.reg<r0>
  %2 = bpf.ld_imm64 0 core <enumval_value "pid_type:PIDTYPE_PID"> : !bpf.reg<r0>
  bpf.exit %2 : !bpf.reg<r0>
}
