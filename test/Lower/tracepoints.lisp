; Fields of a tracepoint's record.

; RUN: whistler-translate --emit-btf %S/Inputs/kernel.mlir -o %t.btf
; RUN: whistler-translate --import-whistler --btf=%t.btf %s \
; RUN:   | whistler-opt --whistler-check-indices --canonicalize --mem2reg --canonicalize \
; RUN:   | FileCheck %s

; CHECK-DAG: whistler.struct "trace_event_raw_sched_switch" kernel size 56 align 1 [#whistler.field<"prev_comm" : !whistler.array<16 x si8> at 64>, #whistler.field<"prev_pid" : si32 at 192>, #whistler.field<"prev_state" : si64 at 256>, #whistler.field<"next_address" : !whistler.pointer<none> at 384>]

(deftracepoint sched/sched-switch)
; CHECK-LABEL: whistler.prog @p type "tracepoint" section "tracepoint/sched/sched_switch" license "GPL"
; CHECK: %[[V0:.*]] = whistler.null : !whistler.ptr<kernel>
; CHECK: %[[V1:.*]] = whistler.ctx_load %{{.*}}[48] size 8 field "trace_event_raw_sched_switch:next_address" : i64
; CHECK: %[[V2:.*]] = whistler.int_to_ptr %[[V1]] : !whistler.ptr<kernel>
; CHECK: %[[V3:.*]] = whistler.ptr_cmp ne %[[V2]], %[[V0]] : !whistler.ptr<kernel>, !whistler.ptr<kernel>
; CHECK: whistler.return %c2_i64
; CHECK: %[[V4:.*]] = whistler.ctx_load %{{.*}}[24] size 4 field "trace_event_raw_sched_switch:prev_pid" : i32
; CHECK: %[[V5:.*]] = arith.extsi %[[V4]] : i32 to i64
; CHECK: %[[V6:.*]] = whistler.ctx_load %{{.*}}[32] size 8 field "trace_event_raw_sched_switch:prev_state" : i64
; CHECK: %[[V7:.*]] = arith.addi %[[V5]], %[[V6]] : i64
; CHECK: %[[V8:.*]] = whistler.ctx_load %{{.*}}[10] size 1 field "trace_event_raw_sched_switch:prev_comm[2]" : i8
; CHECK: %[[V9:.*]] = arith.extsi %[[V8]] : i8 to i64
; CHECK: %[[V10:.*]] = arith.addi %[[V7]], %[[V9]] : i64
; CHECK: whistler.return %[[V10]]
(defprog p (:type :tracepoint :section "tracepoint/sched/sched_switch") (when (tp-next-address) (return 2)) (+ (tp-prev-pid) (tp-prev-state) (tp-prev-comm 2)))
