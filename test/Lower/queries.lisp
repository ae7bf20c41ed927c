; Questions about the kernel's types that the loader answers.

; RUN: whistler-translate --emit-btf %S/Inputs/kernel.mlir -o %t.btf
; RUN: whistler-translate --import-whistler --btf=%t.btf %s \
; RUN:   | whistler-opt --whistler-check-indices --canonicalize --mem2reg --canonicalize \
; RUN:   | FileCheck %s

; CHECK-DAG: whistler.enum "pid_type" : ui32 [#whistler.enumerator<"PIDTYPE_PID" = 0>, #whistler.enumerator<"PIDTYPE_TGID" = 1>]

; CHECK-LABEL: whistler.prog @p type "xdp" section "xdp" license "GPL"
; CHECK: %[[V0:.*]] = whistler.core_query field_exists "task_struct:se.exec_start"
; CHECK: %[[V1:.*]] = whistler.core_query byte_off "task_struct:numbers[1]"
; CHECK: %[[V2:.*]] = arith.addi %[[V0]], %[[V1]] : i64
; CHECK: %[[V3:.*]] = whistler.core_query byte_sz "task_struct:comm"
; CHECK: %[[V4:.*]] = arith.addi %[[V2]], %[[V3]] : i64
; CHECK: %[[V5:.*]] = whistler.core_query type_size "mm_struct"
; CHECK: %[[V6:.*]] = arith.addi %[[V4]], %[[V5]] : i64
; CHECK: %[[V7:.*]] = whistler.core_query type_exists "list_head"
; CHECK: %[[V8:.*]] = arith.addi %[[V6]], %[[V7]] : i64
; CHECK: %[[V9:.*]] = whistler.core_query enumval_value "pid_type:PIDTYPE_TGID"
; CHECK: %[[V10:.*]] = arith.addi %[[V8]], %[[V9]] : i64
; CHECK: %[[V11:.*]] = whistler.core_query enumval_exists "pid_type:PIDTYPE_PID"
; CHECK: %[[V12:.*]] = arith.addi %[[V10]], %[[V11]] : i64
; CHECK: whistler.return %[[V12]]
(defprog p () (+ (field-exists task-struct se exec-start) (field-offset task-struct numbers 1) (field-size task-struct comm) (type-size mm-struct) (type-exists list-head) (enum-value pid-type pidtype-tgid) (enum-value-exists pid-type pidtype-pid)))

; What was asked about is declared, as far as it was.
; CHECK-DAG: whistler.struct "task_struct" kernel size 152 align 1 [#whistler.field<"se" : !whistler.struct<"sched_entity"> at 64>, #whistler.field<"comm" : !whistler.array<16 x si8> at 576>, #whistler.field<"numbers" : !whistler.array<2 x ui64> at 1088>]
; CHECK-DAG: whistler.struct "sched_entity" kernel size 24 align 1 [#whistler.field<"exec_start" : ui64 at 64>]
; CHECK-DAG: whistler.struct "mm_struct" kernel size 16 align 1 []
; CHECK-DAG: whistler.struct "list_head" kernel size 16 align 1 []
