;;; An array of the kernel's is copied into a struct of the program's: through
;;; an address that is a number to the verifier, and through one that it trusts.

; REQUIRES: bpf-kernel, kernel-btf
; RUN: %whistler compile %s -o %t.o
; RUN: %check-stack-init %t.o
; RUN: %bpf-run %t.o -e 'trace on_enter' -e 'child worker' -e 'act worker x20' \
; RUN:   -e 'expect name_of {worker.tid}={worker.comm}'
; RUN: %bpf-run %t.o -e 'trace on_switch' -e 'child worker' -e 'act worker x20' \
; RUN:   -e 'expect name_of {worker.tid}={worker.comm}'

(import-kernel-struct task-struct pid comm)

(defstruct name (length u32) (bytes (array u8 16)))
(defstruct bytes (all (array u8 16)))
(defmap name-of :type :lru-hash :key u32 :value bytes :max-entries 4096)

(defprog on-enter (:type :raw-tracepoint :section "raw_tp/sys_enter")
  (let ((name (make-name))
        (copy (make-bytes)))
    (setf (name-bytes name) (task-struct-comm (get-current-task))
          (bytes-all copy) (name-bytes name)
          (getmap name-of (cast u32 (get-current-pid-tgid))) copy))
  0)

(defprog on-switch (:type :tp-btf :section "tp_btf/sched_switch"
                    :args ((preempt u8) (prev (ptr task-struct))))
  (let ((copy (make-bytes)))
    (setf (bytes-all copy) (task-struct-comm prev)
          (getmap name-of (cast u32 (task-struct-pid prev))) copy))
  0)
