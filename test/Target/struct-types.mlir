// Structs, unions, enumerations, arrays and pointers in BTF.

// REQUIRES: bpftool
// RUN: whistler-translate --emit-elf %s -o %t.o
// RUN: bpftool btf dump file %t.o | FileCheck %s
// RUN: bpftool btf dump file %t.o format c | FileCheck %s --check-prefix=C

// The module's own are there, used or not; the kernel's where something refers
// to them.
// CHECK: [1] STRUCT 'key' size=8 vlen=2
// CHECK-NEXT: 'addr' type_id=2 bits_offset=0
// CHECK-NEXT: 'port' type_id=3 bits_offset=32
// CHECK: STRUCT 'pointed_to'
// CHECK: STRUCT 'mapped'
// CHECK-NOT: 'unused_kernel'

// C: struct key {
// C-NEXT: unsigned int addr;
// C-NEXT: unsigned short port;
// C-NEXT: };
// C: struct node {
// C-NEXT: struct node *next;
// C-NEXT: struct elsewhere *other;
// C-NEXT: void *anything;
// C-NEXT: struct pointed_to *kernel;
// C-NEXT: };
// C: struct parts {
// C-NEXT: signed char first;
// C-NEXT: union {
// C-NEXT: unsigned long long x;
// C-NEXT: int y[2];
// C-NEXT: };
// C-NEXT: enum kind kind;
// C-NEXT: unsigned int low: 3;
// C-NEXT: unsigned int high: 29;
// C-NEXT: struct key keys[2];
// C-NEXT: unsigned char rest[0];
// C-NEXT: };

whistler.struct "key" size 8 align 4
  [#whistler.field<"addr" : ui32 at 0>, #whistler.field<"port" : ui16 at 32>]
whistler.struct "node" size 32 align 8
  [#whistler.field<"next" : !whistler.pointer<!whistler.struct<"node">> at 0>,
   #whistler.field<"other" : !whistler.pointer<!whistler.struct<"elsewhere">> at 64>,
   #whistler.field<"anything" : !whistler.pointer<none> at 128>,
   #whistler.field<"kernel" : !whistler.pointer<!whistler.struct<"pointed_to">> at 192>]
// A tag that no C program could have belongs to a union without one.
whistler.struct "parts:1" union size 8 align 8
  [#whistler.field<"x" : ui64 at 0>, #whistler.field<"y" : !whistler.array<2 x si32> at 0>]
whistler.struct "parts" size 40 align 8
  [#whistler.field<"first" : si8 at 0>, #whistler.field<"" : !whistler.struct<"parts:1"> at 64>,
   #whistler.field<"kind" : !whistler.enum<"kind", ui32> at 128>,
   #whistler.field<"low" : ui32 at 160 width 3>, #whistler.field<"high" : ui32 at 163 width 29>,
   #whistler.field<"keys" : !whistler.array<2 x !whistler.struct<"key">> at 192>,
   #whistler.field<"rest" : !whistler.array<0 x ui8> at 320>]
whistler.struct "pointed_to" kernel size 4 align 4 [#whistler.field<"a" : ui32 at 0>]
whistler.struct "mapped" kernel size 4 align 4 [#whistler.field<"a" : ui32 at 0>]
whistler.struct "unused_kernel" kernel size 4 align 4 [#whistler.field<"a" : ui32 at 0>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"SMALL" = 0>, #whistler.enumerator<"LARGE" = 9>]
whistler.map @m type "hash" key 4 : !whistler.struct<"mapped"> value 40 : !whistler.struct<"parts"> entries 1
