// Variables: sections, symbols, relocations and types.

// RUN: whistler-translate --emit-elf %s -o %t.o
// RUN: llvm-readelf -SsrW %t.o | FileCheck %s
// RUN: bpftool btf dump file %t.o | FileCheck %s --check-prefix=BTF
// RUN: llvm-objcopy -O binary --only-section=.data %t.o %t.data
// RUN: od -An -tx1 %t.data | FileCheck %s --check-prefix=DATA
// RUN: llvm-readelf -p .rodata.str1.1 %t.o | FileCheck %s --check-prefix=STRINGS
// RUN: llvm-objdump -d %t.o | FileCheck %s --check-prefix=CODE
// RUN: whistler-translate --emit-asm %s | FileCheck %s --check-prefix=ASM

// REQUIRES: bpftool

// CHECK: .bss NOBITS {{[0-9a-f]+}} {{[0-9a-f]+}} 000018 00 WA 0 0 8
// CHECK: .data PROGBITS {{[0-9a-f]+}} {{[0-9a-f]+}} 000014 00 WA 0 0 8
// CHECK: .rodata PROGBITS {{[0-9a-f]+}} {{[0-9a-f]+}} 000008 00 A 0 0 8
// CHECK: .rodata.str1.1 PROGBITS {{[0-9a-f]+}} {{[0-9a-f]+}} 00000a 01 AMS 0 0 1

// A variable is its symbol, a string a place in its section.
// CHECK: R_BPF_64_64 {{[0-9a-f]+}} hits
// CHECK: R_BPF_64_64 {{[0-9a-f]+}} .rodata.str1.1
// CHECK: R_BPF_64_64 {{[0-9a-f]+}} hidden
// CHECK-DAG: 8 OBJECT LOCAL DEFAULT {{[0-9]+}} hidden
// CHECK-DAG: 0000000000000008 8 OBJECT GLOBAL DEFAULT {{[0-9]+}} hits
// CHECK-DAG: 0000000000000010 1 OBJECT GLOBAL DEFAULT {{[0-9]+}} last
// CHECK-DAG: 0000000000000000 8 OBJECT GLOBAL DEFAULT {{[0-9]+}} next
// CHECK-NOT: format

// Types stand in the order of the symbols, at their natural alignment. Strings
// have none.
// BTF: VAR 'flag' type_id={{[0-9]+}}, linkage=global
// BTF: DATASEC '.bss' size=24 vlen=4
// BTF-NEXT: offset=0 size=1 (VAR 'flag')
// BTF-NEXT: offset=8 size=8 (VAR 'hits')
// BTF-NEXT: offset=16 size=1 (VAR 'last')
// BTF-NEXT: offset=20 size=4 (VAR 'color')
// BTF: VAR 'hidden' type_id={{[0-9]+}}, linkage=static
// BTF: DATASEC '.data' size=20 vlen=2
// BTF-NEXT: offset=0 size=8 (VAR 'hidden')
// BTF-NEXT: offset=8 size=12 (VAR 'table')
// BTF: PTR '(anon)' type_id=[[#]]
// BTF: VAR 'next'
// BTF: DATASEC '.rodata' size=8 vlen=1
// BTF-NOT: .rodata.str1.1

// DATA: 07 00 00 00 09 00 00 00 01 00 00 00 02 00 00 00
// DATA-NEXT: 03 00 00 00

// STRINGS: [ 0] abc
// STRINGS-NEXT: [ 4] n=%d

// CODE: r1 = 0x0 ll
// CODE: r2 = 0x4 ll
// CODE: r3 = 0x4 ll

// ASM: 0: r1 = global[hits]
// ASM: 2: r2 = global[format]
// ASM: 4: r3 = global[hidden]+4

whistler.struct "pair" size 8 align 4
  [#whistler.field<"low" : ui16 at 0>, #whistler.field<"high" : ui32 at 32>]
whistler.global @flag : ui8 section ".bss"
whistler.global @hits : ui64 section ".bss"
whistler.global @last : ui8 section ".bss" init "\00"
whistler.global @color : !whistler.enum<"color", ui32> section ".bss"
whistler.global @hidden local : !whistler.struct<"pair"> section ".data" init "\07\00\00\00\09\00\00\00"
whistler.global @table : !whistler.array<3 x ui32> section ".data" init "\01\00\00\00\02\00\00\00\03\00\00\00"
whistler.global @next : !whistler.pointer<!whistler.struct<"pair">> section ".rodata"
whistler.global @other local : !whistler.array<4 x ui8> section ".rodata.str1.1" init "abc\00"
whistler.global @format local : !whistler.array<6 x ui8> section ".rodata.str1.1" init "n=%d\0A\00"

bpf.func @p program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.ld_global @hits[0] : !bpf.reg<r1>
  %1 = bpf.ld_global @format[0] : !bpf.reg<r2>
  %2 = bpf.ld_global @hidden[4] : !bpf.reg<r3>
  bpf.store b64 %1, %0[0] : !bpf.reg<r2>, !bpf.reg<r1>
  bpf.store b64 %2, %0[0] : !bpf.reg<r3>, !bpf.reg<r1>
  %3 = bpf.mov_imm w64 0 : !bpf.reg<r0>
  bpf.exit %3 : !bpf.reg<r0>
}
