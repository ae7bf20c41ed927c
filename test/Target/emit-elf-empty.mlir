// Objects with maps only, and with nothing at all, are objects.

// RUN: split-file %s %t
// RUN: whistler-translate --emit-elf %t/maps.mlir -o %t/maps.o
// RUN: llvm-readelf -S -s --wide %t/maps.o | FileCheck %s --check-prefix=MAPS
// RUN: whistler-translate --emit-elf %t/nothing.mlir -o %t/nothing.o
// RUN: llvm-readelf -S --wide %t/nothing.o | FileCheck %s --check-prefix=NOTHING

// MAPS-NOT: license
// MAPS: .maps PROGBITS
// MAPS: .BTF PROGBITS
// MAPS: OBJECT GLOBAL DEFAULT {{[0-9]+}} m
// NOTHING: .symtab

//--- maps.mlir
whistler.map @m type "array" key 4 value 8 entries 1
//--- nothing.mlir
module {
}
