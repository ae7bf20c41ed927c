// Sections, symbols and relocations of an object from the whistler dialect.

// RUN: whistler-translate --emit-elf %s -o %t.o
// RUN: llvm-readelf -h -S -s -r --wide %t.o | FileCheck %s

// CHECK: Class: {{ *}}ELF64
// CHECK: Data: {{ *}}2's complement, little endian
// CHECK: Type: {{ *}}REL (Relocatable file)
// CHECK: Machine: {{ *}}EM_BPF
// CHECK: Flags: {{ *}}0x0

// CHECK: Section Headers:
// CHECK: xdp PROGBITS 0000000000000000 {{[0-9a-f]+}} 000078 00 AX 0 0 8
// CHECK-NEXT: tc PROGBITS {{.*}} 000010 00 AX 0 0 8
// CHECK-NEXT: license PROGBITS {{.*}} 00000d 00 WA 0 0 1
// CHECK-NEXT: .maps PROGBITS {{.*}} 000040 00 WA 0 0 8
// CHECK-NEXT: .BTF PROGBITS {{.*}} 00 0 0 4
// CHECK-NEXT: .BTF.ext PROGBITS {{.*}} 00 0 0 4
// CHECK-NEXT: .relxdp REL {{.*}} 10 I {{[0-9]+}} 1 8
// CHECK-NEXT: .symtab SYMTAB {{.*}} 18
// CHECK-NEXT: .strtab STRTAB
// CHECK-NOT: .relatc

// Both programs of one section, the second one after the first.
// CHECK: Relocation section '.relxdp' at offset {{.*}} contains 2 entries:
// CHECK: 0000000000000008 {{.*}} R_BPF_64_64 {{0+}} first_map
// CHECK-NEXT: 0000000000000040 {{.*}} R_BPF_64_64 {{0+}}20 second_map

// CHECK: Symbol table
// CHECK-DAG: 0000000000000000 13 OBJECT GLOBAL DEFAULT {{[0-9]+}} _license
// CHECK-DAG: 0000000000000000 32 OBJECT GLOBAL DEFAULT {{[0-9]+}} first_map
// CHECK-DAG: 0000000000000020 32 OBJECT GLOBAL DEFAULT {{[0-9]+}} second_map
// CHECK-DAG: 0000000000000000 {{[0-9]+}} FUNC GLOBAL DEFAULT [[XDP:[0-9]+]] one
// CHECK-DAG: {{0+[1-9a-f][0-9a-f]*}} {{[0-9]+}} FUNC GLOBAL DEFAULT [[XDP]] two
// CHECK-DAG: 0000000000000000 16 FUNC GLOBAL DEFAULT {{[0-9]+}} three

whistler.map @first_map type "hash" key 4 value 8 entries 16
whistler.map @second_map type "hash" key 4 value 8 entries 16

whistler.prog @one type "xdp" section "xdp" license "Dual MIT/GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 1 : i32
  %0 = whistler.map_delete @first_map[%key] : i32
  whistler.return %0
}
whistler.prog @three type "tc" section "tc" license "Dual MIT/GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i64
  whistler.return %0
}
whistler.prog @two type "xdp" section "xdp" license "Dual MIT/GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %key = arith.constant 2 : i32
  %0 = whistler.map_delete @second_map[%key] : i32
  %1 = arith.addi %0, %0 : i64
  whistler.return %1
}
