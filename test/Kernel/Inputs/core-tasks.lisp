; What kernel structs say of a task, by two ways to read them.

(import-kernel-struct task-struct pid tgid comm real-parent prio sched-reset-on-fork
                      in-execve (se on-rq))

(defstruct name (bytes (array u8 16)))
(defmap pid-of :type :hash :key u32 :value i32 :max-entries 16384)
(defmap tgid-of :type :hash :key u32 :value i32 :max-entries 16384)
(defmap parent-of :type :hash :key u32 :value i32 :max-entries 16384)
(defmap number-of :type :hash :key u32 :value u32 :max-entries 16384)
(defmap bits-of :type :hash :key u32 :value u32 :max-entries 16384)
(defmap last-of :type :hash :key u32 :value u8 :max-entries 16384)
(defmap name-of :type :hash :key u32 :value name :max-entries 16384)
(defmap about :type :array :key u32 :value u64 :max-entries 32)

(defmacro note (key task)
  `(setf (getmap pid-of ,key) (task-struct-pid ,task)
         (getmap tgid-of ,key) (task-struct-tgid ,task)
         (getmap parent-of ,key) (core-read ,task task-struct real-parent tgid)
         (getmap number-of ,key) (core-read ,task task-struct signal pids 1 numbers 0 nr)
         (getmap bits-of ,key) (+ (task-struct-sched-reset-on-fork ,task)
                                  (<< (task-struct-in-execve ,task) 4)
                                  (<< (task-struct-se-on-rq ,task) 8))
         (getmap last-of ,key) (task-struct-comm ,task 14)))

; A number from a helper: everything is read through another helper.
(defprog on-enter (:type :raw-tracepoint :section "raw_tp/sys_enter"
                   :args ((regs u64) (number i64)))
  (let ((task (get-current-task))
        (tid u32 (get-current-pid-tgid))
        (name (make-name)))
    (note tid task)
    (dotimes (i 16)
      (setf (name-bytes name i) (task-struct-comm task i)))
    (setf (getmap name-of tid) name))
  0)

; Pointers that the verifier trusts: what they lead to is loaded directly.
(defprog on-switch (:type :tp-btf :section "tp_btf/sched_switch"
                    :args ((preempt u8) (prev (ptr task-struct)) (next (ptr task-struct))))
  (let ((tid u32 (task-struct-pid next))
        (name (make-name)))
    (note tid next)
    (setf (getmap parent-of tid) (task-struct-tgid (task-struct-real-parent next)))
    (probe-read-kernel name 16 (task-struct-comm-ptr next))
    (setf (getmap name-of tid) name))
  0)

(defprog asking (:type :raw-tracepoint :section "raw_tp/sys_enter")
  (setf (getmap about 0) (field-exists task-struct pid)
        (getmap about 1) (field-exists task-struct real-parent)
        (getmap about 2) (if (field-exists task-struct tgid)
                             (+ 100 (field-size task-struct tgid))
                             0)
        (getmap about 3) (= (field-offset task-struct comm)
                            (- (task-struct-comm-ptr (get-current-task-btf))
                               (get-current-task-btf)))
        (getmap about 4) (field-size task-struct comm)
        (getmap about 5) (> (type-size task-struct) 1000)
        (getmap about 6) (type-exists task-struct)
        (getmap about 7) (enum-value pid-type pidtype-sid)
        (getmap about 8) (enum-value-exists pid-type pidtype-sid)
        (getmap about 9) (if (field-exists task-struct tgid)
                             (task-struct-tgid (get-current-task))
                             4711)
        (getmap about 10) (- (field-offset task-struct tgid)
                             (field-offset task-struct pid))
        (getmap about 11) (field-size task-struct se load weight))
  0)

; A kernel with another layout, told of by BTF: what is read is what is there.
; RUN: bpftool gen min_core_btf /sys/kernel/btf/vmlinux %t.minimal %t.o
; RUN: %move-btf %t.minimal %t.moved task_struct.pid=@tgid task_struct.tgid=@pid \
; RUN:   task_struct.comm=+1 task_struct.sched_reset_on_fork=@in_execve \
; RUN:   task_struct.in_execve=@sched_reset_on_fork pid_type.PIDTYPE_SID=9
; RUN: %bpf-run --btf %t.moved %t.o -e 'trace on_enter asking' -e 'child worker' \
; RUN:   -e 'act worker x20' -e 'expect pid_of {worker.tid}={worker.tgid}' \
; RUN:   -e 'expect tgid_of {worker.tid}={worker.tid}' \
; RUN:   -e 'expect bits_of {worker.tid}=0x110' \
; RUN:   -e 'expect about 2=104 7=9 8=1 10=-4 11=8' \
; RUN:   -e 'map name_of {worker.tid}' | FileCheck %s --check-prefix=MOVED
; MOVED: name_of[{{.*}}] = hex:6f726b6572000000000000000000
; MOVED-NEXT: 8 values as expected
; RUN: %bpf-run --btf %t.moved %t.o -e 'trace on_switch' -e 'child worker' \
; RUN:   -e 'act worker x20' -e 'expect pid_of {worker.tgid}={worker.tgid}' \
; RUN:   -e 'expect tgid_of {worker.tgid}={worker.tid}'
