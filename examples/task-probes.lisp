;;; task-probes.lisp - The same task, seen by a kprobe and by an fentry program.
;;; SPDX-License-Identifier: MIT
;;; Needs: kprobe fentry
;;;
;;; Both programs run when a task ends, at the start of a function that is given its
;;; `task_struct`, and write down the same about it.  The source of both is one
;;; macro: how the fields are read follows from what is known of the pointer.  To
;;; the kprobe it is a number from a register, so each step goes through a helper; of
;;; the fentry program's the verifier knows the type, and the fields are loaded
;;; directly.

(import-kernel-struct task-struct pid tgid comm real-parent)

(defconstant +comm-len+ 16)

(defstruct task-record
  (pid u32)
  (tgid u32)
  (parent u32)
  (grandparent u32)
  (comm (array u8 16)))

;; By the number that the kernel calls pid and others thread id.
(defmap by-kprobe
  :type :lru-hash
  :key u32
  :value task-record
  :max-entries 4096)

(defmap by-fentry
  :type :lru-hash
  :key u32
  :value task-record
  :max-entries 4096)

(defmacro write-down (task map)
  `(let ((pid (task-struct-pid ,task))
         (record (make-task-record
                  :pid pid
                  :tgid (task-struct-tgid ,task)
                  :parent (core-read ,task task-struct real-parent tgid)
                  :grandparent (core-read ,task task-struct
                                          real-parent real-parent tgid))))
     (probe-read-kernel-str (task-record-comm-ptr record) +comm-len+
                            (task-struct-comm-ptr ,task))
     (setf (getmap ,map pid) record)))

(defprog on-exit-probed (:type :kprobe
                         :section "kprobe/exit_signals"
                         :license "GPL"
                         :args ((task (ptr task-struct))))
  (write-down task by-kprobe)
  0)

(defprog on-exit-traced (:type :fentry
                         :section "fentry/exit_signals"
                         :license "GPL"
                         :args ((task (ptr task-struct))))
  (write-down task by-fentry)
  0)
