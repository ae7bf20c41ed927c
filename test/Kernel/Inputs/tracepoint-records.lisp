; Records of tracepoints by name.

(deftracepoint sched/sched-switch prev-pid prev-comm next-pid prev-prio)
(deftracepoint sched/sched-process-exec)
(deftracepoint sched/sched-wakeup comm pid target-cpu)

(defstruct name (bytes (array u8 16)))
(defmap names :type :hash :key i32 :value name :max-entries 16384)
; Of these no entry is overwritten by what other tasks do later.
(defmap leavers :type :hash :key name :value u64 :max-entries 16384)
(defmap priorities :type :hash :key i32 :value i32 :max-entries 16384)
(defmap followed :type :hash :key u32 :value u64 :max-entries 16384)
(defmap executed :type :hash :key u32 :value u32 :max-entries 16384)
(defmap woken :type :hash :key i32 :value name :max-entries 16384)

(defprog on-switch (:type :tracepoint :section "tracepoint/sched/sched_switch")
  (let ((name (make-name)))
    (probe-read-kernel name 3 (tp-prev-comm))
    (setf (name-bytes name 3) (tp-prev-comm 3)
          (name-bytes name 4) (tp-prev-comm 4)
          (name-bytes name 5) (tp-prev-comm 5)
          (name-bytes name 6) (tp-prev-comm 6))
    (setf (getmap names (tp-prev-pid)) name
          (getmap priorities (tp-prev-pid)) (tp-prev-prio))
    (incf (getmap leavers name))
    (incf (getmap followed (tp-next-pid))))
  0)

(defprog on-exec (:type :tracepoint :section "tracepoint/sched/sched_process_exec")
  (setf (getmap executed (tp-pid)) (tp-old-pid))
  0)

; Wakeups share their record with other events; the kernel's types have none of that name.
(defprog on-wakeup (:type :tracepoint :section "tracepoint/sched/sched_wakeup")
  (let ((name (make-name)))
    (probe-read-kernel name 16 (tp-comm))
    (when (< (tp-target-cpu) 4096)
      (setf (getmap woken (tp-pid)) name)))
  0)
