; Where a record's data of variable length is tells a field of the tracepoint's
; name for that data, as in its format file.

; REQUIRES: kernel-btf
; RUN: whistler-translate --import-whistler %s | FileCheck %s

(deftracepoint sched/sched-process-exec filename)

; CHECK-LABEL: @on_exec
; CHECK: whistler.ctx_load %{{.*}}[8] size 4 field "trace_event_raw_sched_process_exec:__data_loc_filename"
(defprog on-exec (:type :tracepoint
                  :section "tracepoint/sched/sched_process_exec")
  (tp-filename))
