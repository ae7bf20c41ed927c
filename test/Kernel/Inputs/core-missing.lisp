; Questions about the kernel, and what depends on the answers.

(defstruct (task-struct (:kernel t)) (pid i32) (tgid i32))

(defmap about :type :array :key u32 :value u64 :max-entries 32)

(defprog guarded (:type :raw-tracepoint :section "raw_tp/sys_enter")
  (let ((task (get-current-task)))
    (setf (getmap about 0) (if (field-exists task-struct tgid)
                               (task-struct-tgid task)
                               4711)
          (getmap about 1) (if (not (field-exists task-struct tgid))
                               0
                               (+ 100 (field-size task-struct tgid)))
          (getmap about 2) (field-exists task-struct pid)
          (getmap about 3) (type-exists sched-statistics)
          (getmap about 4) (enum-value-exists pid-type pidtype-sid)
          (getmap about 5) (if (enum-value-exists pid-type pidtype-sid)
                               (enum-value pid-type pidtype-sid)
                               42)
          (getmap about 6) (and (field-exists task-struct tgid)
                                (field-exists task-struct pid)
                                (> (task-struct-tgid task) 0)
                                (> (task-struct-pid task) 0))))
  0)

; RUN: %whistler compile %S/core-tasks.lisp -o %t.tasks.o
; RUN: bpftool gen min_core_btf /sys/kernel/btf/vmlinux %t.tasks.minimal %t.tasks.o
; RUN: %bpf-run --btf %t.tasks.minimal %t.tasks.o -e load
; RUN: %move-btf %t.tasks.minimal %t.tasks.without -task_struct.tgid
; RUN: not %bpf-run --btf %t.tasks.without %t.tasks.o -e load
