; The context has the fields of its kernel struct.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-context-field.lisp:[[#@LINE+3]]:8: error: the context of a program of type `:xdp`, a `struct xdp_md`, has no field `ingress-ifindx`; did you mean `ingress-ifindex`?
; CHECK-NEXT:  (ctx ingress-ifindx)
; CHECK-NEXT:       ^~~~~~~~~~~~~~
  (ctx ingress-ifindx)
; CHECK-NEXT:{{.*}}errors-context-field.lisp:[[#@LINE+3]]:8: error: the context of a program of type `:xdp`, a `struct xdp_md`, has no field `5`
; CHECK-NEXT:  (ctx 5)
; CHECK-NEXT:       ^
  (ctx 5)
; CHECK-NEXT:{{.*}}errors-context-field.lisp:[[#@LINE+3]]:8: error: the context of a program of type `:xdp`, a `struct xdp_md`, has no field `"data"`
; CHECK-NEXT:  (ctx "data")
; CHECK-NEXT:       ^~~~~~
  (ctx "data")
; CHECK-NEXT:{{.*}}errors-context-field.lisp:[[#@LINE+3]]:13: error: `data` is not an array and takes no index
; CHECK-NEXT:  (ctx data 0)
; CHECK-NEXT:            ^
  (ctx data 0)
; CHECK-NEXT:{{.*}}errors-context-field.lisp:[[#@LINE+3]]:8: error: the context of a program of type `:xdp`, a `struct xdp_md`, has no field `frobnicate`
; CHECK-NEXT:  (ctx frobnicate))
; CHECK-NEXT:       ^~~~~~~~~~
  (ctx frobnicate))

(defprog q (:type :tc)
; CHECK-NEXT:{{.*}}errors-context-field.lisp:[[#@LINE+3]]:8: error: `cb` is an array of 5; `(ctx cb index)` reads an element
; CHECK-NEXT:  (ctx cb)
; CHECK-NEXT:       ^~
  (ctx cb)
; CHECK-NEXT:{{.*}}errors-context-field.lisp:[[#@LINE+3]]:11: error: the index of a context field has to be between 0 and 4, and this is 5
; CHECK-NEXT:  (ctx cb 5)
; CHECK-NEXT:          ^
  (ctx cb 5)
; CHECK-NEXT:{{.*}}errors-context-field.lisp:[[#@LINE+3]]:11: error: the index of a context field has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:  (ctx cb (ktime-get-ns))
; CHECK-NEXT:          ^~~~~~~~~~~~~~
  (ctx cb (ktime-get-ns))
; CHECK-NEXT:{{.*}}errors-context-field.lisp:[[#@LINE+3]]:11: error: the index of a context field has to be between 0 and 4, and this is -1
; CHECK-NEXT:  (ctx cb -1))
; CHECK-NEXT:          ^~
  (ctx cb -1))

(defprog r (:type :tracepoint :section "tracepoint/sched/sched_switch")
; CHECK-NEXT:{{.*}}errors-context-field.lisp:[[#@LINE+3]]:3: error: the context of a program of type `:tracepoint` has no named fields; `(ctx-load type offset)` reads it
; CHECK-NEXT:  (ctx data))
; CHECK-NEXT:  ^~~~~~~~~~
  (ctx data))

(defprog s (:type :perf-event)
; CHECK-NEXT:{{.*}}errors-context-field.lisp:[[#@LINE+3]]:8: error: `regs` is a struct; `(ctx-load type 0)` reads from it
; CHECK-NEXT:  (ctx regs))
; CHECK-NEXT:       ^~~~
  (ctx regs))

;  CHECK-NOT:{{.*(error|warning):.*}}
