;;; runqlat.lisp - How long do tasks wait for a processor?
;;; SPDX-License-Identifier: MIT
;;;
;;; The scheduler announces when a task becomes ready to run and when it is put
;;; on a processor.  The time between the two is the task's run-queue latency.
;;; The map `latency` is a histogram of it on a logarithmic scale: entry N
;;; counts waits of 2^N up to 2^(N+1) microseconds, entry 0 also everything
;;; shorter.
;;;
;;; A tracepoint program gets a record of the event.  Where its fields are is
;;; told by /sys/kernel/tracing/events/sched/NAME/format.

;; In the records of sched_wakeup and sched_wakeup_new.
(defconstant +woken-pid+ 24)

;; In the record of sched_switch: the task that leaves the processor, the state
;; in which it leaves, and the task that comes.
(defconstant +prev-pid+ 24)
(defconstant +prev-state+ 32)
(defconstant +next-pid+ 56)

;; The bits of a state that say what a task sleeps for.  A task that leaves with
;; none of them set was interrupted and still wants to run.
(defconstant +sleeping+ #xff)

(defconstant +ns-per-us+ 1000)
(defconstant +last-bucket+ 25)

;; When a task became ready, by its process id.
(defmap ready-since
  :type :hash
  :key u32
  :value u64
  :max-entries 10240)

(defmap latency
  :type :array
  :key u32
  :value u64
  :max-entries 26)

;; A sleeping task is woken.
(defprog on-wakeup (:type :tracepoint
                    :section "tracepoint/sched/sched_wakeup"
                    :license "GPL")
  (setf (getmap ready-since (ctx-load u32 +woken-pid+)) (ktime-get-ns))
  0)

;; A task has just been created.
(defprog on-wakeup-new (:type :tracepoint
                        :section "tracepoint/sched/sched_wakeup_new"
                        :license "GPL")
  (setf (getmap ready-since (ctx-load u32 +woken-pid+)) (ktime-get-ns))
  0)

;; A processor goes from one task to another.
(defprog on-switch (:type :tracepoint
                    :section "tracepoint/sched/sched_switch"
                    :license "GPL")
  (let ((now (ktime-get-ns))
        (leaving (ctx-load u32 +prev-pid+))
        (coming (ctx-load u32 +next-pid+)))
    (declare (type u32 leaving coming))
    ;; Process 0 is the idle task.  It never waits.
    (when (and (/= leaving 0)
               (= (logand (ctx-load u64 +prev-state+) +sleeping+) 0))
      (setf (getmap ready-since leaving) now))
    ;; A task that was ready before we began to watch has no entry.
    (when-let ((since (getmap ready-since coming)))
      (remmap ready-since coming)
      (let ((waited (/ (- now since) +ns-per-us+)))
        (incf (getmap latency (min (log2 waited) +last-bucket+))))))
  0)
