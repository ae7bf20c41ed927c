; The format file of the running kernel does not take the place of the types that
; the user asks for.

; RUN: not whistler compile --btf=%t.none %s -o %t.o 2>&1 | FileCheck %s

; CHECK: errors-tracepoint-btf.lisp:[[#@LINE+3]]:16: error: the kernel's types cannot be read: {{.*}}.none': No such file or directory
; CHECK-NEXT: (deftracepoint sched/sched-switch)
; CHECK-NEXT: ^
(deftracepoint sched/sched-switch)

; CHECK-NEXT: hint: `--btf=FILE` takes them from another file
; CHECK-NOT: error:
(defprog on-switch (:type :tracepoint
                    :section "tracepoint/sched/sched_switch")
  (tp-next-pid))
