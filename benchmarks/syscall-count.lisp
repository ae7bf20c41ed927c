;;; syscall-count.lisp - How often each process makes each system call.
;;; SPDX-License-Identifier: MIT

(defstruct call
  (pid u32)
  (number u32))

(defmap calls
  :type :hash
  :key call
  :value u64
  :max-entries 10240)

(defprog on-enter (:type :raw-tracepoint
                   :section "raw_tp/sys_enter"
                   :license "GPL"
                   :args ((registers u64) (number u64)))
  (incf (getmap calls (make-call :pid (>> (get-current-pid-tgid) 32)
                                 :number number)))
  0)
