;;; task-trace-btf.lisp - Writes down which programs are started, and by whom.
;;; SPDX-License-Identifier: MIT
;;;
;;; A :tp-btf program gets the arguments of a kernel event as pointers whose types
;;; the verifier knows.  What they point to is read directly, without a helper
;;; call for each field.

(import-kernel-struct task-struct pid tgid comm real-parent)
(import-kernel-struct linux-binprm filename)

(defconstant +comm-len+ 16)
(defconstant +path-len+ 64)

(defstruct exec-record
  (pid u32)
  ;; The thread that asked for it.  It takes over the number of its process.
  (old-pid u32)
  (parent u32)
  (comm (array u8 16))
  (path (array u8 64)))

(defmap execs
  :type :lru-hash
  :key u32
  :value exec-record
  :max-entries 4096)

(defprog on-exec (:type :tp-btf
                  :section "tp_btf/sched_process_exec"
                  :license "GPL"
                  :args ((task (ptr task-struct))
                         (old-pid i32)
                         (bprm (ptr linux-binprm))))
  (let ((record (make-exec-record
                 :pid (task-struct-pid task)
                 :old-pid old-pid
                 :parent (core-read task task-struct real-parent tgid))))
    (probe-read-kernel-str (exec-record-comm-ptr record) +comm-len+
                           (task-struct-comm-ptr task))
    (probe-read-kernel-str (exec-record-path-ptr record) +path-len+
                           (linux-binprm-filename bprm))
    (setf (getmap execs (task-struct-tgid task)) record))
  0)
