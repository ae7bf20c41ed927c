// The answers of CO-RE relocations for the object's own types, which the loader
// compares with its own, and the paths that it takes.

// RUN: whistler-translate --emit-elf %s -o %t.o
// RUN: llvm-objdump -dr %t.o | FileCheck %s
// RUN: whistler-translate --emit-asm %s | FileCheck %s --check-prefix=ASM

whistler.struct "load" kernel size 16 align 8
  [#whistler.field<"weight" : ui64 at 0>, #whistler.field<"inverse" : ui32 at 64>]
whistler.struct "task:1" union kernel size 8 align 8
  [#whistler.field<"whole" : ui64 at 0>, #whistler.field<"parts" : !whistler.array<2 x ui32> at 0>]
whistler.struct "task" kernel size 128 align 8
  [#whistler.field<"state" : ui8 at 0>, #whistler.field<"" : !whistler.struct<"task:1"> at 64>,
   #whistler.field<"loads" : !whistler.array<3 x !whistler.struct<"load">> at 128>,
   #whistler.field<"pid" : si32 at 512>, #whistler.field<"kind" : !whistler.enum<"kind", si32> at 544>,
   #whistler.field<"low" : ui8 at 576 width 3>, #whistler.field<"across" : ui8 at 579 width 7>,
   #whistler.field<"minus" : si32 at 608 width 5>,
   #whistler.field<"rest" : !whistler.array<0 x ui16> at 640>]
whistler.enum "kind" : si32 [#whistler.enumerator<"NEGATIVE" = -2>, #whistler.enumerator<"POSITIVE" = 9>]
whistler.enum "mask" : ui32 [#whistler.enumerator<"TOP" = 0x80000000>]
whistler.enum "wide" : ui64 [#whistler.enumerator<"HUGE" = 0x123456789a>, #whistler.enumerator<"HALF" = 0x80000000>]

bpf.func @queries program "raw-tracepoint" section "raw_tp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  // CHECK: r2 = 0xc
  // CHECK: CO-RE <byte_off> {{.*}} struct task::<anon 1>.parts[1] (0:1:1:1)
  %0 = bpf.mov_imm w64 0 core <byte_off "task:parts[1]"> : !bpf.reg<r2>
  // CHECK: r2 += 0x28
  // CHECK: CO-RE <byte_off> {{.*}} struct task::loads[1].inverse (0:2:1:1)
  %1 = bpf.alu_imm add w64 %0, 0 core <byte_off "task:loads[1].inverse"> : !bpf.reg<r2> -> !bpf.reg<r2>
  bpf.store b64 %1, %ctx[0] : !bpf.reg<r2>, !bpf.reg<r1>
  // CHECK: {{[rw]}}3 = *(u32 *)(r1 + 0x40)
  // CHECK: CO-RE <byte_off> {{.*}} struct task::pid (0:3)
  %2 = bpf.load u32 %ctx[64] field "task:pid" : !bpf.reg<r1> -> !bpf.reg<r3>
  bpf.store b64 %2, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x30
  // CHECK: CO-RE <byte_sz> {{.*}} struct task::loads (0:2)
  %3 = bpf.mov_imm w64 0 core <byte_sz "task:loads"> : !bpf.reg<r3>
  bpf.store b64 %3, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x10
  // CHECK: CO-RE <byte_sz> {{.*}} struct task::loads[2] (0:2:2)
  %4 = bpf.mov_imm w64 0 core <byte_sz "task:loads[2]"> : !bpf.reg<r3>
  bpf.store b64 %4, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x1
  // CHECK: CO-RE <field_exists> {{.*}} struct task::pid (0:3)
  %5 = bpf.mov_imm w64 7 core <field_exists "task:pid"> : !bpf.reg<r3>
  bpf.store b64 %5, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x1
  // CHECK: CO-RE <signed> {{.*}} struct task::pid (0:3)
  %6 = bpf.mov_imm w64 0 core <signed "task:pid"> : !bpf.reg<r3>
  bpf.store b64 %6, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x1
  // CHECK: CO-RE <signed> {{.*}} struct task::kind (0:4)
  %7 = bpf.mov_imm w64 0 core <signed "task:kind"> : !bpf.reg<r3>
  bpf.store b64 %7, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x0
  // CHECK: CO-RE <signed> {{.*}} struct task::state (0:0)
  %8 = bpf.mov_imm w64 0 core <signed "task:state"> : !bpf.reg<r3>
  bpf.store b64 %8, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x20
  // CHECK: CO-RE <lshift_u64> {{.*}} struct task::pid (0:3)
  %9 = bpf.mov_imm w64 0 core <lshift_u64 "task:pid"> : !bpf.reg<r3>
  bpf.store b64 %9, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x20
  // CHECK: CO-RE <rshift_u64> {{.*}} struct task::pid (0:3)
  %10 = bpf.mov_imm w64 0 core <rshift_u64 "task:pid"> : !bpf.reg<r3>
  bpf.store b64 %10, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>

  // Three bits from bit 0 of byte 72.
  // CHECK: r3 = 0x48
  // CHECK: CO-RE <byte_off> {{.*}} struct task::low (0:5)
  %11 = bpf.mov_imm w64 0 core <byte_off "task:low"> : !bpf.reg<r3>
  bpf.store b64 %11, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x1
  // CHECK: CO-RE <byte_sz> {{.*}} struct task::low (0:5)
  %12 = bpf.mov_imm w64 0 core <byte_sz "task:low"> : !bpf.reg<r3>
  bpf.store b64 %12, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x3d
  // CHECK: CO-RE <lshift_u64> {{.*}} struct task::low (0:5)
  %13 = bpf.mov_imm w64 0 core <lshift_u64 "task:low"> : !bpf.reg<r3>
  bpf.store b64 %13, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x3d
  // CHECK: CO-RE <rshift_u64> {{.*}} struct task::low (0:5)
  %14 = bpf.mov_imm w64 0 core <rshift_u64 "task:low"> : !bpf.reg<r3>
  bpf.store b64 %14, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // Seven bits from bit 3 on, for which two bytes have to be read.
  // CHECK: r3 = 0x48
  // CHECK: CO-RE <byte_off> {{.*}} struct task::across (0:6)
  %15 = bpf.mov_imm w64 0 core <byte_off "task:across"> : !bpf.reg<r3>
  bpf.store b64 %15, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x2
  // CHECK: CO-RE <byte_sz> {{.*}} struct task::across (0:6)
  %16 = bpf.mov_imm w64 0 core <byte_sz "task:across"> : !bpf.reg<r3>
  bpf.store b64 %16, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x36
  // CHECK: CO-RE <lshift_u64> {{.*}} struct task::across (0:6)
  %17 = bpf.mov_imm w64 0 core <lshift_u64 "task:across"> : !bpf.reg<r3>
  bpf.store b64 %17, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x39
  // CHECK: CO-RE <rshift_u64> {{.*}} struct task::across (0:6)
  %18 = bpf.mov_imm w64 0 core <rshift_u64 "task:across"> : !bpf.reg<r3>
  bpf.store b64 %18, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x1
  // CHECK: CO-RE <signed> {{.*}} struct task::minus (0:7)
  %19 = bpf.mov_imm w64 0 core <signed "task:minus"> : !bpf.reg<r3>
  bpf.store b64 %19, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // A load of a bitfield is one of what holds it.
  // CHECK: {{[rw]}}3 = *(u32 *)(r1 + 0x4c)
  // CHECK: CO-RE <byte_off> {{.*}} struct task::minus (0:7)
  %20 = bpf.load u32 %ctx[0] field "task:minus" : !bpf.reg<r1> -> !bpf.reg<r3>
  bpf.store b64 %20, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // An array without a size may have any element.
  // CHECK: r3 = 0x58
  // CHECK: CO-RE <byte_off> {{.*}} struct task::rest[4] (0:8:4)
  %21 = bpf.mov_imm w64 0 core <byte_off "task:rest[4]"> : !bpf.reg<r3>
  bpf.store b64 %21, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>

  // CHECK: r3 = 0x80
  // CHECK: CO-RE <type_size> {{.*}} struct task
  %22 = bpf.mov_imm w64 0 core <type_size "task"> : !bpf.reg<r3>
  bpf.store b64 %22, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x1
  // CHECK: CO-RE <type_exists> {{.*}} struct task
  %23 = bpf.mov_imm w64 0 core <type_exists "task"> : !bpf.reg<r3>
  bpf.store b64 %23, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = 0x1
  // CHECK: CO-RE <enumval_exists> {{.*}} enum kind::POSITIVE = 9
  %24 = bpf.mov_imm w64 0 core <enumval_exists "kind:POSITIVE"> : !bpf.reg<r3>
  bpf.store b64 %24, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // CHECK: r3 = -0x2 ll
  // CHECK: CO-RE <enumval_value> {{.*}} enum kind::NEGATIVE = -2
  // ASM: r3 = 0xfffffffffffffffe
  %25 = bpf.ld_imm64 0 core <enumval_value "kind:NEGATIVE"> : !bpf.reg<r3>
  bpf.store b64 %25, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // libbpf extends the sign of 32 bits even here.
  // ASM: r3 = 0xffffffff80000000
  %26 = bpf.ld_imm64 0 core <enumval_value "mask:TOP"> : !bpf.reg<r3>
  bpf.store b64 %26, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // ASM: r3 = 0x123456789a
  %27 = bpf.ld_imm64 0 core <enumval_value "wide:HUGE"> : !bpf.reg<r3>
  bpf.store b64 %27, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  // In an enumeration that has 64 bits it does not, whatever the value.
  // ASM: r3 = 0x80000000
  %28 = bpf.ld_imm64 0 core <enumval_value "wide:HALF"> : !bpf.reg<r3>
  bpf.store b64 %28, %ctx[0] : !bpf.reg<r3>, !bpf.reg<r1>
  %r = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %r : !bpf.reg<r0>
}
