;;; task-trace.lisp - Writes down each task that ends, and whose child it was.
;;; SPDX-License-Identifier: MIT
;;;
;;; A task is described by the kernel's own `task_struct`, whose layout differs
;;; from kernel to kernel.  The program names the fields, the object says which
;;; they are, and the loader puts in where the running kernel has them.  The same
;;; object works on all.

;; Names and types come from the BTF of the kernel that this is compiled on, or of
;; the file that --btf names; the places do not.
(import-kernel-struct task-struct pid tgid comm real-parent)

(defconstant +comm-len+ 16)

(defstruct task-record
  (pid u32)
  (tgid u32)
  (parent u32)
  (grandparent u32)
  (comm (array u8 16)))

;; By the number that the kernel calls pid and others thread id.
(defmap ended
  :type :lru-hash
  :key u32
  :value task-record
  :max-entries 4096)

;; A raw tracepoint gets what the kernel hands to the event itself.
(defprog on-exit (:type :raw-tracepoint
                  :section "raw_tp/sched_process_exit"
                  :license "GPL"
                  :args ((task (ptr task-struct))))
  ;; `core-read` follows pointers from struct to struct.  Each step is a safe
  ;; read: where memory is not there, it yields 0.
  (let ((pid (task-struct-pid task))
        (record (make-task-record
                 :pid pid
                 :tgid (task-struct-tgid task)
                 :parent (core-read task task-struct real-parent tgid)
                 :grandparent (core-read task task-struct
                                         real-parent real-parent tgid))))
    (probe-read-kernel-str (task-record-comm-ptr record) +comm-len+
                           (task-struct-comm-ptr task))
    (setf (getmap ended pid) record))
  0)
