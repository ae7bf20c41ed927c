// What cannot become an object.

// RUN: split-file %s %t
// RUN: not whistler-translate --emit-elf %t/licenses.mlir -o %t/licenses.o 2>&1 | FileCheck %s --check-prefix=LICENSES
// RUN: not ls %t/licenses.o
// RUN: not whistler-translate --emit-elf %t/field.mlir 2>&1 | FileCheck %s --check-prefix=FIELD
// RUN: not whistler-translate --emit-elf %t/place.mlir 2>&1 | FileCheck %s --check-prefix=PLACE
// RUN: not whistler-translate --emit-elf %t/element.mlir 2>&1 | FileCheck %s --check-prefix=ELEMENT
// RUN: not whistler-translate --emit-elf --mcpu=v9 %t/field.mlir 2>&1 | FileCheck %s --check-prefix=CPU
// RUN: not whistler-translate --emit-elf %t/syntax.mlir 2>&1 | FileCheck %s --check-prefix=SYNTAX
// RUN: not whistler-translate --emit-elf %t/no-struct.mlir 2>&1 | FileCheck %s --check-prefix=NO-STRUCT
// RUN: not whistler-translate --emit-elf %t/no-field.mlir 2>&1 | FileCheck %s --check-prefix=NO-FIELD
// RUN: not whistler-translate --emit-elf %t/no-nested.mlir 2>&1 | FileCheck %s --check-prefix=NO-NESTED
// RUN: not whistler-translate --emit-elf %t/through-pointer.mlir 2>&1 | FileCheck %s --check-prefix=THROUGH-POINTER
// RUN: not whistler-translate --emit-elf %t/no-array.mlir 2>&1 | FileCheck %s --check-prefix=NO-ARRAY
// RUN: not whistler-translate --emit-elf %t/no-index.mlir 2>&1 | FileCheck %s --check-prefix=NO-INDEX
// RUN: not whistler-translate --emit-elf %t/no-element.mlir 2>&1 | FileCheck %s --check-prefix=NO-ELEMENT
// RUN: not whistler-translate --emit-elf %t/no-path.mlir 2>&1 | FileCheck %s --check-prefix=NO-PATH
// RUN: not whistler-translate --emit-elf %t/core-element.mlir 2>&1 | FileCheck %s --check-prefix=CORE-ELEMENT
// RUN: not whistler-translate --emit-elf %t/no-type.mlir 2>&1 | FileCheck %s --check-prefix=NO-TYPE
// RUN: not whistler-translate --emit-elf %t/no-enum.mlir 2>&1 | FileCheck %s --check-prefix=NO-ENUM
// RUN: not whistler-translate --emit-elf %t/no-enumerator.mlir 2>&1 | FileCheck %s --check-prefix=NO-ENUMERATOR
// RUN: not whistler-translate --emit-elf %t/far.mlir 2>&1 | FileCheck %s --check-prefix=FAR
// RUN: not whistler-translate --emit-elf %t/bss.mlir 2>&1 | FileCheck %s --check-prefix=BSS
// RUN: not whistler-translate --emit-elf %t/nothing.mlir 2>&1 | FileCheck %s --check-prefix=NOTHING
// RUN: not whistler-translate --emit-elf %t/undeclared.mlir 2>&1 | FileCheck %s --check-prefix=UNDECLARED
// RUN: not whistler-translate --emit-elf %t/no-inner.mlir 2>&1 | FileCheck %s --check-prefix=NO-INNER
// RUN: not whistler-translate --emit-elf %t/inner.mlir 2>&1 | FileCheck %s --check-prefix=INNER
// RUN: not whistler-translate --emit-elf %t/deep.mlir 2>&1 | FileCheck %s --check-prefix=DEEP
// RUN: not whistler-translate --emit-elf %t/no-map.mlir 2>&1 | FileCheck %s --check-prefix=NO-MAP

// LICENSES: licenses.mlir:6:1: error: {{.*}}an object has one license, and an earlier program's is "GPL"
// FIELD: field.mlir:4:8: error: `xdp_md` has no field "datum"
// PLACE: place.mlir:3:8: error: the field "xdp_md:data_end" is at offset 4, not 0
// ELEMENT: element.mlir:3:8: error: `__sk_buff.cb` has 5 elements, and none of number 5
// CPU: error: {{.*}}unknown instruction set version "v9"; there are v1, v2, v3 and v4
// SYNTAX: syntax.mlir:1:14: error:
// NO-STRUCT: no-struct.mlir:6:8: error: there is no struct named "none"
// NO-FIELD: no-field.mlir:6:8: error: `task.a` is no struct, and has no field "b"
// NO-NESTED: no-nested.mlir:6:8: error: `task.in` has no field "z"
// THROUGH-POINTER: through-pointer.mlir:6:8: error: `task.next` is a pointer; a path ends there, and what it points to has to be read with a path of its own
// NO-ARRAY: no-array.mlir:6:8: error: `task.a` is no array
// NO-INDEX: no-index.mlir:6:8: error: the index "x" of `task.c` is no number
// NO-ELEMENT: no-element.mlir:6:8: error: `task.c` has 4 elements, and none of number 4
// NO-PATH: no-path.mlir:6:8: error: a field is written `struct:path`, not `task`
// CORE-ELEMENT: core-element.mlir:6:8: error: the loader answers signed for fields only, not for elements of arrays
// NO-TYPE: no-type.mlir:6:8: error: there is no struct named "none"
// NO-ENUM: no-enum.mlir:6:8: error: there is no enumeration named "none"
// NO-ENUMERATOR: no-enumerator.mlir:6:8: error: the enumeration "kind" has no "B"
// FAR: far.mlir:4:8: error: the field "task:f" is at offset 40000, further than a load reaches; take its address first
// BSS: bss.mlir:1:1: error: a variable in .bss starts as zeros; one in .data may be initialized
// NOTHING: nothing.mlir:1:1: error: {{.*}}takes no place in memory
// UNDECLARED: undeclared.mlir:1:1: error: the type of the field "x", '!whistler.struct<"other">', is not declared
// NO-INNER: no-inner.mlir:1:1: error: a map of type array-of-maps needs a map as the template of those that it holds
// INNER: inner.mlir:1:1: error: a map of type array holds no maps
// DEEP: deep.mlir:3:1: error: the maps in a map of maps cannot hold maps themselves, as @b does
// NO-MAP: no-map.mlir:1:1: error: there is no map @none

//--- licenses.mlir
whistler.prog @one type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i64
  whistler.return %0
}
whistler.prog @two type "xdp" section "xdp" license "MIT" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = arith.constant 0 : i64
  whistler.return %0
}
//--- field.mlir

whistler.prog @one type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.ctx_load %ctx[0] size 8 field "xdp_md:datum" : i64
  whistler.return %0
}
//--- place.mlir
whistler.prog @one type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.ctx_load %ctx[0] size 4 field "xdp_md:data_end" : !whistler.ptr<packet_end>
  %1 = whistler.ptr_to_int %0 : !whistler.ptr<packet_end>
  whistler.return %1
}
//--- element.mlir
whistler.prog @one type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.ctx_load %ctx[68] size 4 field "__sk_buff:cb[5]" : i32
  %1 = arith.extui %0 : i32 to i64
  whistler.return %1
}
//--- syntax.mlir
whistler.map type "array" key 4 value 8 entries 1
//--- no-struct.mlir
whistler.struct "inner" kernel size 4 align 4 [#whistler.field<"x" : ui32 at 0>]
whistler.struct "task" kernel size 32 align 8 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"in" : !whistler.struct<"inner"> at 32>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"task">> at 64>, #whistler.field<"c" : !whistler.array<4 x ui8> at 128>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"A" = 0>]
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.core_query byte_off "none:a"
  whistler.return %0
}
//--- no-field.mlir
whistler.struct "inner" kernel size 4 align 4 [#whistler.field<"x" : ui32 at 0>]
whistler.struct "task" kernel size 32 align 8 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"in" : !whistler.struct<"inner"> at 32>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"task">> at 64>, #whistler.field<"c" : !whistler.array<4 x ui8> at 128>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"A" = 0>]
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.core_query byte_off "task:a.b"
  whistler.return %0
}
//--- no-nested.mlir
whistler.struct "inner" kernel size 4 align 4 [#whistler.field<"x" : ui32 at 0>]
whistler.struct "task" kernel size 32 align 8 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"in" : !whistler.struct<"inner"> at 32>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"task">> at 64>, #whistler.field<"c" : !whistler.array<4 x ui8> at 128>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"A" = 0>]
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.core_query byte_off "task:in.z"
  whistler.return %0
}
//--- through-pointer.mlir
whistler.struct "inner" kernel size 4 align 4 [#whistler.field<"x" : ui32 at 0>]
whistler.struct "task" kernel size 32 align 8 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"in" : !whistler.struct<"inner"> at 32>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"task">> at 64>, #whistler.field<"c" : !whistler.array<4 x ui8> at 128>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"A" = 0>]
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.core_query byte_off "task:next.a"
  whistler.return %0
}
//--- no-array.mlir
whistler.struct "inner" kernel size 4 align 4 [#whistler.field<"x" : ui32 at 0>]
whistler.struct "task" kernel size 32 align 8 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"in" : !whistler.struct<"inner"> at 32>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"task">> at 64>, #whistler.field<"c" : !whistler.array<4 x ui8> at 128>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"A" = 0>]
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.core_query byte_off "task:a[1]"
  whistler.return %0
}
//--- no-index.mlir
whistler.struct "inner" kernel size 4 align 4 [#whistler.field<"x" : ui32 at 0>]
whistler.struct "task" kernel size 32 align 8 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"in" : !whistler.struct<"inner"> at 32>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"task">> at 64>, #whistler.field<"c" : !whistler.array<4 x ui8> at 128>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"A" = 0>]
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.core_query byte_off "task:c[x]"
  whistler.return %0
}
//--- no-element.mlir
whistler.struct "inner" kernel size 4 align 4 [#whistler.field<"x" : ui32 at 0>]
whistler.struct "task" kernel size 32 align 8 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"in" : !whistler.struct<"inner"> at 32>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"task">> at 64>, #whistler.field<"c" : !whistler.array<4 x ui8> at 128>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"A" = 0>]
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.core_query byte_off "task:c[4]"
  whistler.return %0
}
//--- no-path.mlir
whistler.struct "inner" kernel size 4 align 4 [#whistler.field<"x" : ui32 at 0>]
whistler.struct "task" kernel size 32 align 8 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"in" : !whistler.struct<"inner"> at 32>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"task">> at 64>, #whistler.field<"c" : !whistler.array<4 x ui8> at 128>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"A" = 0>]
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.core_query byte_off "task"
  whistler.return %0
}
//--- core-element.mlir
whistler.struct "inner" kernel size 4 align 4 [#whistler.field<"x" : ui32 at 0>]
whistler.struct "task" kernel size 32 align 8 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"in" : !whistler.struct<"inner"> at 32>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"task">> at 64>, #whistler.field<"c" : !whistler.array<4 x ui8> at 128>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"A" = 0>]
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.core_query signed "task:c[1]"
  whistler.return %0
}
//--- no-type.mlir
whistler.struct "inner" kernel size 4 align 4 [#whistler.field<"x" : ui32 at 0>]
whistler.struct "task" kernel size 32 align 8 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"in" : !whistler.struct<"inner"> at 32>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"task">> at 64>, #whistler.field<"c" : !whistler.array<4 x ui8> at 128>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"A" = 0>]
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.core_query type_size "none"
  whistler.return %0
}
//--- no-enum.mlir
whistler.struct "inner" kernel size 4 align 4 [#whistler.field<"x" : ui32 at 0>]
whistler.struct "task" kernel size 32 align 8 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"in" : !whistler.struct<"inner"> at 32>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"task">> at 64>, #whistler.field<"c" : !whistler.array<4 x ui8> at 128>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"A" = 0>]
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.core_query enumval_value "none:A"
  whistler.return %0
}
//--- no-enumerator.mlir
whistler.struct "inner" kernel size 4 align 4 [#whistler.field<"x" : ui32 at 0>]
whistler.struct "task" kernel size 32 align 8 [#whistler.field<"a" : ui32 at 0>, #whistler.field<"in" : !whistler.struct<"inner"> at 32>, #whistler.field<"next" : !whistler.pointer<!whistler.struct<"task">> at 64>, #whistler.field<"c" : !whistler.array<4 x ui8> at 128>]
whistler.enum "kind" : ui32 [#whistler.enumerator<"A" = 0>]
whistler.prog @p type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  %0 = whistler.core_query enumval_value "kind:B"
  whistler.return %0
}
//--- far.mlir
whistler.struct "task" kernel size 40008 align 8 [#whistler.field<"f" : ui64 at 320000>]
bpf.func @p program "xdp" section "xdp" license "GPL" frame 0 {
^bb0(%ctx: !bpf.reg<r1>):
  %0 = bpf.load u64 %ctx[0] field "task:f" : !bpf.reg<r1> -> !bpf.reg<r0>
  bpf.exit %0 : !bpf.reg<r0>
}
//--- bss.mlir
whistler.global @a : ui8 section ".bss" init "\01"
//--- nothing.mlir
whistler.global @a : !whistler.array<0 x ui8> section ".bss"
//--- undeclared.mlir
whistler.struct "s" size 4 align 4 [#whistler.field<"x" : !whistler.struct<"other"> at 0>]
//--- no-inner.mlir
whistler.map @m type "array-of-maps" key 4 value 4 entries 1
//--- inner.mlir
whistler.map @m type "array" key 4 value 4 entries 1 inner @m
//--- deep.mlir
whistler.map @a type "array" key 4 value 4 entries 1
whistler.map @b type "array-of-maps" key 4 value 4 entries 1 inner @a
whistler.map @c type "array-of-maps" key 4 value 4 entries 1 inner @b
//--- no-map.mlir
whistler.map @c type "array-of-maps" key 4 value 4 entries 1 inner @none
