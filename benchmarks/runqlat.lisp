;;; runqlat.lisp - A histogram of how long tasks wait for a processor.
;;; SPDX-License-Identifier: MIT

(defconstant +woken-pid+ 24)
(defconstant +prev-pid+ 24)
(defconstant +prev-state+ 32)
(defconstant +next-pid+ 56)
(defconstant +sleeping+ #xff)
(defconstant +last-bucket+ 25)

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

(defprog on-wakeup (:type :tracepoint
                    :section "tracepoint/sched/sched_wakeup"
                    :license "GPL")
  (setf (getmap ready-since (ctx-load u32 +woken-pid+)) (ktime-get-ns))
  0)

(defprog on-switch (:type :tracepoint
                    :section "tracepoint/sched/sched_switch"
                    :license "GPL")
  (let ((now (ktime-get-ns))
        (leaving (ctx-load u32 +prev-pid+))
        (coming (ctx-load u32 +next-pid+)))
    (when (and (/= leaving 0)
               (= (logand (ctx-load u64 +prev-state+) +sleeping+) 0))
      (setf (getmap ready-since leaving) now))
    (when-let ((since (map-lookup ready-since coming)))
      (let ((waited (/ (- now (load u64 since)) 1000)))
        (remmap ready-since coming)
        (incf (getmap latency (min (log2 waited) +last-bucket+))))))
  0)
