// Constants of the source.

// RUN: whistler-opt %s | whistler-opt | FileCheck %s
// RUN: whistler-opt %s --mlir-print-op-generic | whistler-opt | FileCheck %s

// CHECK: whistler.define "+limit+" 100
// CHECK-NEXT: whistler.define "+negative+" -1{{$}}
// CHECK-NEXT: whistler.define "+all-ones+" -1 unsigned
whistler.define "+limit+" 100
whistler.define "+negative+" -1
whistler.define "+all-ones+" -1 unsigned
