; A clause of `cond` begins with its test.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-cond.lisp:[[#@LINE+3]]:9: error: `5` stands where there should be a clause `(test body...)`
; CHECK-NEXT:  (cond 5)
; CHECK-NEXT:        ^
  (cond 5)
; CHECK-NEXT:{{.*}}errors-cond.lisp:[[#@LINE+3]]:9: error: a clause of `cond` is written `(test body...)`
; CHECK-NEXT:  (cond ())
; CHECK-NEXT:        ^~
  (cond ())
; CHECK-NEXT:{{.*}}errors-cond.lisp:[[#@LINE+3]]:15: error: `x` stands where there should be a clause `(test body...)`
; CHECK-NEXT:  (cond (1 2) x)
; CHECK-NEXT:              ^
  (cond (1 2) x)
; CHECK-NEXT:{{.*}}errors-cond.lisp:[[#@LINE+3]]:10: error: there is no variable or constant `frobnicate`
; CHECK-NEXT:  (cond (frobnicate 2))
; CHECK-NEXT:         ^~~~~~~~~~
  (cond (frobnicate 2))
; CHECK-NEXT:{{.*}}errors-cond.lisp:[[#@LINE+3]]:11: error: unknown operator `frobnicate`
; CHECK-NEXT:  (cond ((frobnicate) 2))
; CHECK-NEXT:          ^~~~~~~~~~
  (cond ((frobnicate) 2))
; CHECK-NEXT:{{.*}}errors-cond.lisp:[[#@LINE+3]]:10: error: there is no variable or constant `else`
; CHECK-NEXT:  (cond (else 2)))
; CHECK-NEXT:         ^~~~
  (cond (else 2)))

;  CHECK-NOT:{{.*(error|warning):.*}}
