// Variables, string literals, and types with debug information.

// RUN: whistler-opt %s --convert-whistler-to-llvm | FileCheck %s

// CHECK-DAG: #[[U32:.*]] = #llvm.di_basic_type<tag = DW_TAG_base_type, name = "unsigned int", sizeInBits = 32, encoding = DW_ATE_unsigned>
// CHECK-DAG: #llvm.di_derived_type<tag = DW_TAG_member, name = "port", baseType = #{{.*}}, sizeInBits = 16, offsetInBits = 32>
// CHECK-DAG: #llvm.di_global_variable<{{.*}}, name = "limit", {{.*}}, type = #[[U32]], isDefined = true>
// CHECK-DAG: #llvm.di_composite_type<tag = DW_TAG_structure_type, name = "flow", {{.*}}, sizeInBits = 64, elements = {{.*}}>

// The loader's side may set it: its first value is no constant for LLVM.
// CHECK: llvm.mlir.global external constant @limit("d\00\00\00")
// CHECK-SAME: alignment = 4 : i64
// CHECK-SAME: dso_local, externally_initialized, section = ".rodata"
whistler.global @limit : ui32 section ".rodata" init "\64\00\00\00"
// CHECK: llvm.mlir.global external @hits(#llvm.zero)
// CHECK-SAME: section = ".bss"
whistler.global @hits : ui64 section ".bss"
// CHECK: llvm.mlir.global internal @mine
whistler.global @mine local : !whistler.struct<"flow"> section ".data"
// CHECK: llvm.mlir.global private unnamed_addr constant @text("hello\00")
// CHECK-NOT: section
// CHECK: whistler.struct
whistler.global @text local : !whistler.array<6 x ui8> section ".rodata.str1.1" init "hello\00"

whistler.struct "flow" size 8 align 4
  [#whistler.field<"addr" : ui32 at 0>, #whistler.field<"port" : ui16 at 32>]
// CHECK: whistler.debug_type = #{{.*}}
whistler.struct "bits" kernel size 4 align 4
  [#whistler.field<"low" : ui32 at 0 width 3>, #whistler.field<"high" : ui32 at 3 width 5>]
// CHECK: whistler.enum "kind" {{.*}}whistler.debug_type = #{{.*}}
whistler.enum "kind" : ui32 [#whistler.enumerator<"FIRST" = 0>]
// CHECK-NOT: whistler.define
whistler.define "+threshold+" 100

// CHECK-LABEL: llvm.func @f
whistler.prog @f type "xdp" section "xdp" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: llvm.mlir.addressof @limit
  %0 = whistler.global_addr @limit
  %1 = whistler.load %0[0] : !whistler.ptr<map_value> -> i32
  %2 = arith.extui %1 : i32 to i64
  whistler.return %2
}

// Local variables have to survive.
// CHECK: llvm.mlir.global appending @llvm.compiler.used
// CHECK: llvm.mlir.addressof @mine
