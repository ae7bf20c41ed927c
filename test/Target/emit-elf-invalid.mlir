// What cannot become an object.

// RUN: split-file %s %t
// RUN: not whistler-translate --emit-elf %t/licenses.mlir -o %t/licenses.o 2>&1 | FileCheck %s --check-prefix=LICENSES
// RUN: not ls %t/licenses.o
// RUN: not whistler-translate --emit-elf %t/field.mlir 2>&1 | FileCheck %s --check-prefix=FIELD
// RUN: not whistler-translate --emit-elf %t/place.mlir 2>&1 | FileCheck %s --check-prefix=PLACE
// RUN: not whistler-translate --emit-elf %t/element.mlir 2>&1 | FileCheck %s --check-prefix=ELEMENT
// RUN: not whistler-translate --emit-elf --mcpu=v9 %t/field.mlir 2>&1 | FileCheck %s --check-prefix=CPU
// RUN: not whistler-translate --emit-elf %t/syntax.mlir 2>&1 | FileCheck %s --check-prefix=SYNTAX

// LICENSES: licenses.mlir:6:1: error: {{.*}}an object has one license, and an earlier program's is "GPL"
// FIELD: field.mlir:4:8: error: `xdp_md` has no field "datum"
// PLACE: place.mlir:3:8: error: the field "xdp_md:data_end" is at offset 4, not 0
// ELEMENT: element.mlir:3:8: error: `__sk_buff.cb` has 5 elements, and none of number 5
// CPU: error: {{.*}}unknown instruction set version "v9"; there are v1, v2, v3 and v4
// SYNTAX: syntax.mlir:1:14: error:

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
