; Fields of tracepoints.
; RUN: whistler-translate --emit-btf %S/Inputs/kernel.mlir -o %t.btf
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile --btf=%t.btf %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}


(deftracepoint sched/sched-switch prev-pid next-pid prev-comm)

;      CHECK:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:2: error: `deftracepoint` is incomplete; it is written `(deftracepoint category/event field...)`
; CHECK-NEXT:(deftracepoint)
; CHECK-NEXT: ^~~~~~~~~~~~~
(deftracepoint)

; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:16: error: a tracepoint is written `category/event`, as in `sched/sched-switch`
; CHECK-NEXT:(deftracepoint 5)
; CHECK-NEXT:               ^
(deftracepoint 5)

; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:16: error: a tracepoint is written `category/event`, as in `sched/sched-switch`
; CHECK-NEXT:(deftracepoint sched-switch)
; CHECK-NEXT:               ^~~~~~~~~~~~
(deftracepoint sched-switch)

; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:16: error: a tracepoint is written `category/event`, as in `sched/sched-switch`
; CHECK-NEXT:(deftracepoint :sched/sched-switch)
; CHECK-NEXT:               ^~~~~~~~~~~~~~~~~~~
(deftracepoint :sched/sched-switch)

; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:16: error: a tracepoint is written `category/event`, as in `sched/sched-switch`
; CHECK-NEXT:(deftracepoint sched/)
; CHECK-NEXT:               ^~~~~~
(deftracepoint sched/)

(defprog p (:type :tracepoint :section "tracepoint/sched/sched_switch")
  (let ((i (ktime-get-ns)))
; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:6: error: the tracepoint's record has no field for `tp-prev-pdi`; did you mean `tp-prev-pid`?
; CHECK-NEXT:    (tp-prev-pdi)
; CHECK-NEXT:     ^~~~~~~~~~~
    (tp-prev-pdi)
; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:6: error: `deftracepoint` has to name the field `prev-state` for `tp-prev-state`
; CHECK-NEXT:    (tp-prev-state)
; CHECK-NEXT:     ^~~~~~~~~~~~~
    (tp-prev-state)
; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:18: error: `1` is an index, and the field is not an array
; CHECK-NEXT:    (tp-prev-pid 1)
; CHECK-NEXT:                 ^
    (tp-prev-pid 1)
; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:19: error: the index 16 is outside of the array, which has 16 elements
; CHECK-NEXT:    (tp-prev-comm 16)
; CHECK-NEXT:                  ^~
    (tp-prev-comm 16)
; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:19: error: the index has to be a constant, and `i` is none
; CHECK-NEXT:    (tp-prev-comm i)
; CHECK-NEXT:                  ^
    (tp-prev-comm i)
; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:21: error: `tp-prev-comm` is given 2 arguments; it is written `(tp-prev-comm [index])`
; CHECK-NEXT:    (tp-prev-comm 1 2)
; CHECK-NEXT:                    ^
    (tp-prev-comm 1 2)
; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:11: error: `(tp-prev-pid)` is not a place that can be set; there are variables, `(getmap map key)`, `(ctx field)` and fields of headers and structs such as `(ipv4-ttl ip)`
; CHECK-NEXT:    (setf (tp-prev-pid) 5)
; CHECK-NEXT:          ^~~~~~~~~~~~~
    (setf (tp-prev-pid) 5)
    (tp-prev-comm)))

(defprog q (:type :tracepoint :section "tracepoint/sched/sched_wakeup")
; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:4: error: `tp-prev-pid` reads the record of a tracepoint, and this program is for none that `deftracepoint` names
; CHECK-NEXT:  (tp-prev-pid))
; CHECK-NEXT:   ^~~~~~~~~~~
  (tp-prev-pid))

(defprog r (:type :kprobe :section "kprobe/f")
; CHECK-NEXT:{{.*}}errors-tracepoint.lisp:[[#@LINE+3]]:4: error: `tp-prev-pid` reads the record of a tracepoint, and this program is for none that `deftracepoint` names
; CHECK-NEXT:  (tp-prev-pid))
; CHECK-NEXT:   ^~~~~~~~~~~
  (tp-prev-pid))

;  CHECK-NOT:{{.*(error|warning):.*}}
