// The context and the kernel's types, whose places others decide.

// RUN: whistler-opt %s --convert-whistler-to-llvm | FileCheck %s

// CHECK-DAG: #[[PID:.*]] = #llvm.di_derived_type<tag = DW_TAG_member, name = "pid", {{.*}}, offsetInBits = 96>
// CHECK-DAG: #[[$TASK:.*]] = #llvm.di_composite_type<tag = DW_TAG_structure_type, name = "task_struct", {{.*}}, elements = #[[PID]], {{.*}}>
// CHECK-DAG: #[[$ENTITY:.*]] = #llvm.di_composite_type<tag = DW_TAG_structure_type, name = "sched_entity", {{.*}}>
// CHECK-DAG: #[[$COMM:.*]] = #llvm.di_composite_type<tag = DW_TAG_array_type, {{.*}}>
// CHECK-DAG: #[[$KIND:.*]] = #llvm.di_composite_type<tag = DW_TAG_enumeration_type, name = "pid_type", {{.*}}>

whistler.struct "sched_entity" kernel size 16 align 8
  [#whistler.field<"weight" : ui64 at 64>]
whistler.struct "word" union kernel size 4 align 4
  [#whistler.field<"whole" : ui32 at 0>, #whistler.field<"half" : ui16 at 0>]
whistler.struct "task_struct" kernel size 64 align 8 [
  #whistler.field<"pid" : si32 at 96>,
  #whistler.field<"first" : ui32 at 128 width 1>,
  #whistler.field<"second" : ui32 at 129 width 2>,
  #whistler.field<"se" : !whistler.struct<"sched_entity"> at 192>,
  #whistler.field<"comm" : !whistler.array<16 x ui8> at 320>,
  #whistler.field<"parent" : !whistler.pointer<!whistler.struct<"task_struct">> at 448>]
whistler.enum "pid_type" : ui32
  [#whistler.enumerator<"PIDTYPE_PID" = 0>, #whistler.enumerator<"PIDTYPE_TGID" = 1>]

// CHECK: llvm.mlir.global private constant @".enumerator.PIDTYPE_TGID"("PIDTYPE_TGID:1\00")

// CHECK-LABEL: llvm.func @context
// CHECK-SAME: (%[[CTX:.*]]: !llvm.ptr)
whistler.prog @context type "tc" section "tc" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // CHECK: %[[BASE:.*]] = llvm.call_intrinsic "llvm.preserve.static.offset"(%[[CTX]])
  // CHECK-NEXT: %[[PLACE:.*]] = llvm.getelementptr inbounds %[[BASE]][8]
  // CHECK-NEXT: %[[MARK:.*]] = llvm.load volatile %[[PLACE]] {alignment = 4 : i64} : !llvm.ptr -> i32
  %0 = whistler.ctx_load %ctx[8] size 4 : i32
  // A name makes no difference: the layout of a context is fixed.
  // CHECK: %[[BASE_TOO:.*]] = llvm.call_intrinsic "llvm.preserve.static.offset"(%[[CTX]])
  // CHECK-NEXT: %[[FIELD:.*]] = llvm.getelementptr inbounds %[[BASE_TOO]][8]
  // CHECK-NEXT: llvm.store volatile %[[MARK]], %[[FIELD]]
  whistler.ctx_store %0, %ctx[8] field "__sk_buff:mark" : i32
  %1 = arith.extui %0 : i32 to i64
  whistler.return %1
}

// CHECK-LABEL: llvm.func @record
// CHECK-SAME: (%[[CTX:.*]]: !llvm.ptr)
whistler.prog @record type "tracepoint" section "tracepoint/sched/sched_switch" license "GPL" {
^bb0(%ctx: !whistler.ptr<ctx>):
  // What a tracepoint records is not the same on every kernel.
  // CHECK: llvm.call_intrinsic "llvm.preserve.struct.access.index"(%[[CTX]],
  // CHECK-SAME: {whistler.access_type = #[[$TASK]]}
  %0 = whistler.ctx_load %ctx[12] size 4 field "task_struct:pid" : i32
  %1 = arith.extui %0 : i32 to i64
  whistler.return %1
}

// CHECK-LABEL: llvm.func @fields
// CHECK-SAME: (%[[TASK_PTR:.*]]: !llvm.ptr)
whistler.func @fields global params [#whistler.param<"t" : !whistler.pointer<!whistler.struct<"task_struct">>>]
    result ui64 {
^bb0(%t: !whistler.ptr<btf>):
  // Two areas of bytes that nothing is known of are elements, too.
  // CHECK: %[[ELEMENT:.*]] = llvm.mlir.constant(1 : i32)
  // CHECK: %[[NUMBER:.*]] = llvm.mlir.constant(0 : i32)
  // CHECK: %[[ADDRESS:.*]] = llvm.call_intrinsic "llvm.preserve.struct.access.index"(%[[TASK_PTR]], %[[ELEMENT]], %[[NUMBER]])
  // CHECK-SAME: {whistler.access_type = #[[$TASK]]}
  // CHECK-SAME: !llvm.struct<packed (array<12 x i8>, array<4 x i8>,
  // CHECK-NEXT: llvm.load %[[ADDRESS]]
  %0 = whistler.load %t[12] field "task_struct:pid" : !whistler.ptr<btf> -> i32
  // CHECK: %[[SE:.*]] = llvm.call_intrinsic "llvm.preserve.struct.access.index"(%[[TASK_PTR]],
  // CHECK: llvm.call_intrinsic "llvm.preserve.struct.access.index"(%[[SE]],
  // CHECK-SAME: whistler.access_type = #[[$ENTITY]]
  %1 = whistler.load %t[32] field "task_struct:se.weight" : !whistler.ptr<btf> -> i64
  // CHECK: %[[ARRAY:.*]] = llvm.call_intrinsic "llvm.preserve.struct.access.index"(%[[TASK_PTR]],
  // CHECK: llvm.call_intrinsic "llvm.preserve.array.access.index"(%[[ARRAY]],
  // CHECK-SAME: {whistler.access_type = #[[$COMM]]}
  // CHECK-SAME: !llvm.array<16 x array<1 x i8>>
  %2 = whistler.field_addr %t[43] field "task_struct:comm[3]" : !whistler.ptr<btf>
  %3 = whistler.ptr_to_int %2 : !whistler.ptr<btf>
  // Of a bitfield the loader knows where the bytes are that hold it.
  // CHECK: llvm.call_intrinsic "llvm.preserve.struct.access.index"(%[[TASK_PTR]],
  // CHECK: %[[INFO:.*]] = llvm.call_intrinsic "llvm.bpf.preserve.field.info"
  // CHECK: %[[OFFSET:.*]] = llvm.zext %[[INFO]]
  // CHECK: llvm.getelementptr %[[TASK_PTR]][%[[OFFSET]]]
  %4 = whistler.load %t[16] field "task_struct:second" : !whistler.ptr<btf> -> i32
  // CHECK: llvm.call_intrinsic "llvm.preserve.union.access.index"
  %5 = whistler.load %t[0] field "word:half" : !whistler.ptr<btf> -> i16
  %6 = arith.extui %0 : i32 to i64
  %7 = arith.extui %4 : i32 to i64
  %8 = arith.extui %5 : i16 to i64
  %9 = arith.addi %6, %1 : i64
  %10 = arith.addi %9, %3 : i64
  %11 = arith.addi %10, %7 : i64
  %12 = arith.addi %11, %8 : i64
  whistler.return %12
}

// CHECK-LABEL: llvm.func @questions
whistler.func @questions global params [] result ui64 {
  // CHECK: %[[NULL:.*]] = llvm.mlir.zero
  // CHECK: %[[FIELD:.*]] = llvm.call_intrinsic "llvm.preserve.struct.access.index"(%[[NULL]],
  // CHECK: %[[KIND_OF_INFO:.*]] = llvm.mlir.constant(2 : i64)
  // CHECK: llvm.call_intrinsic "llvm.bpf.preserve.field.info"(%[[FIELD]], %[[KIND_OF_INFO]])
  %0 = whistler.core_query field_exists "task_struct:pid"
  // CHECK: llvm.call_intrinsic "llvm.bpf.preserve.type.info"
  // CHECK-SAME: whistler.access_type = #[[$TASK]]
  %1 = whistler.core_query type_size "task_struct"
  // CHECK: %[[TEXT:.*]] = llvm.mlir.addressof @".enumerator.PIDTYPE_TGID"
  // CHECK: llvm.call_intrinsic "llvm.bpf.preserve.enum.value"(%{{[0-9]+}}, %[[TEXT]], %{{[0-9]+}})
  // CHECK-SAME: whistler.access_type = #[[$KIND]]
  %2 = whistler.core_query enumval_value "pid_type:PIDTYPE_TGID"
  %3 = arith.addi %0, %1 : i64
  %4 = arith.addi %3, %2 : i64
  whistler.return %4
}
