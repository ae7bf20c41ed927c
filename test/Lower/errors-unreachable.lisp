; What control does not reach is checked too.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (return XDP_PASS)
;      CHECK:{{.*}}errors-unreachable.lisp:[[#@LINE+3]]:4: error: unknown operator `frobnicate`
; CHECK-NEXT:  (frobnicate)
; CHECK-NEXT:   ^~~~~~~~~~
  (frobnicate)
; CHECK-NEXT:{{.*}}errors-unreachable.lisp:[[#@LINE+3]]:18: error: two pointers cannot be added
; CHECK-NEXT:  (+ 1 (ctx-ptr) (ctx-ptr)))
; CHECK-NEXT:                 ^~~~~~~~~
  (+ 1 (ctx-ptr) (ctx-ptr)))

(defprog q ()
  (block b
    (return-from b 1)
; CHECK-NEXT:{{.*}}errors-unreachable.lisp:[[#@LINE+3]]:6: error: unknown operator `undefined-function`
; CHECK-NEXT:    (undefined-function))
; CHECK-NEXT:     ^~~~~~~~~~~~~~~~~~
    (undefined-function))
; CHECK-NEXT:{{.*}}errors-unreachable.lisp:[[#@LINE+3]]:12: error: unknown operator `undefined-function`
; CHECK-NEXT:  (if nil (undefined-function) 1)
; CHECK-NEXT:           ^~~~~~~~~~~~~~~~~~
  (if nil (undefined-function) 1)
; CHECK-NEXT:{{.*}}errors-unreachable.lisp:[[#@LINE+3]]:14: error: unknown operator `undefined-function`
; CHECK-NEXT:  (when nil (undefined-function)))
; CHECK-NEXT:             ^~~~~~~~~~~~~~~~~~
  (when nil (undefined-function)))

;  CHECK-NOT:{{.*(error|warning):.*}}
