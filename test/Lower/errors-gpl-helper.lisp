; A GPL-only helper is for GPL-compatible programs.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p (:type :tracepoint :section "tracepoint/sched/sched_switch" :license "MIT")
;      CHECK:{{.*}}errors-gpl-helper.lisp:[[#@LINE+3]]:4: error: `probe-read-kernel` is for programs under a GPL-compatible license, and this one's is "MIT"
; CHECK-NEXT:  (probe-read-kernel 0 0 0)
; CHECK-NEXT:   ^~~~~~~~~~~~~~~~~
  (probe-read-kernel 0 0 0)
; CHECK-NEXT:{{.*}}errors-gpl-helper.lisp:[[#@LINE+3]]:4: error: `trace-vprintk` is for programs under a GPL-compatible license, and this one's is "MIT"
; CHECK-NEXT:  (trace-vprintk 0 0 0 0))
; CHECK-NEXT:   ^~~~~~~~~~~~~
  (trace-vprintk 0 0 0 0))

(defprog q (:type :xdp :license "MIT")
  (xdp-adjust-head (ctx-ptr) 0)
  (ktime-get-ns)
; CHECK-NEXT:{{.*}}errors-gpl-helper.lisp:[[#@LINE+3]]:4: error: `trace-printk` is for programs under a GPL-compatible license, and this one's is "MIT"
; CHECK-NEXT:  (trace-printk 0 0))
; CHECK-NEXT:   ^~~~~~~~~~~~
  (trace-printk 0 0))

;  CHECK-NOT:{{.*(error|warning):.*}}
