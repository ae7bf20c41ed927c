; The fields that a tracepoint's declaration names.
; RUN: whistler-translate --emit-btf %S/Inputs/kernel.mlir -o %t.btf
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile --btf=%t.btf %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}


;      CHECK:{{.*}}errors-tracepoint-field.lisp:[[#@LINE+3]]:44: error: the tracepoint has no field `next-pdi`; did you mean `next-pid`?
; CHECK-NEXT:(deftracepoint sched/sched-switch prev-pid next-pdi)
; CHECK-NEXT:                                           ^~~~~~~~
(deftracepoint sched/sched-switch prev-pid next-pdi)

;; What the declaration would define is not reported again.
(defprog p (:type :tracepoint :section "tracepoint/sched/sched_switch")
  (tp-prev-pid))

;  CHECK-NOT:{{.*(error|warning):.*}}
