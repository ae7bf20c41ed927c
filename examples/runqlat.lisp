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

;; When a task became ready, by its process id; 0 while it does not wait.  In an
;; :lru-hash the entries of tasks that are gone make room for others.
(defmap ready-since
  :type :lru-hash
  :key u32
  :value u64
  :max-entries 10240)

(defmap latency
  :type :array
  :key u32
  :value u64
  :max-entries (1+ +last-bucket+))

;; What a program does when a task has become ready.  It is the same in three
;; places, so it stays a function, which they call; 0 is what programs return.
(defn (note-ready :inline nil) ((pid u32))
  (setf (getmap ready-since pid) (ktime-get-ns))
  0)

;; The entry that counts waits of this length.  The language's `log2` takes the
;; same time for every number; this loop ends soon for the small ones, which most
;; waits are, and is a third of the size.
(defn bucket (microseconds)
  (dotimes (n +last-bucket+ +last-bucket+)
    (when (< microseconds 2)
      (return n))
    (setf microseconds (>> microseconds 1))))

;; A sleeping task is woken.
(defprog on-wakeup (:type :tracepoint
                    :section "tracepoint/sched/sched_wakeup"
                    :license "GPL")
  (note-ready (ctx-load u32 +woken-pid+)))

;; A task has just been created.
(defprog on-wakeup-new (:type :tracepoint
                        :section "tracepoint/sched/sched_wakeup_new"
                        :license "GPL")
  (note-ready (ctx-load u32 +woken-pid+)))

;; A processor goes from one task to another.
(defprog on-switch (:type :tracepoint
                    :section "tracepoint/sched/sched_switch"
                    :license "GPL")
  (let ((leaving (ctx-load u32 +prev-pid+))
        (coming (ctx-load u32 +next-pid+)))
    (declare (type u32 leaving coming))
    ;; Process 0 is the idle task.  It never waits.
    (when (and (/= leaving 0)
               (= (logand (ctx-load u64 +prev-state+) +sleeping+) 0))
      (note-ready leaving))
    ;; A task that was ready before we began to watch has no entry.  The entry's
    ;; address serves to read it and to write it, without a second search.
    (when-let ((entry (map-lookup ready-since coming))
               (since (load u64 entry)))
      (store u64 entry 0 0)
      (incf (getmap latency
                    (bucket (/ (- (ktime-get-ns) since) +ns-per-us+))))))
  0)
