; An unknown operator is reported with the nearest known one.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:4: error: unknown operator `iff`; did you mean `if`?
; CHECK-NEXT:  (iff 1 2 3)
; CHECK-NEXT:   ^~~
  (iff 1 2 3)
  (let ((x 1))
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:6: error: unknown operator `incff`; did you mean `incf`?
; CHECK-NEXT:    (incff x)
; CHECK-NEXT:     ^~~~~
    (incff x)
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:6: error: unknown operator `ktime-get-nss`; did you mean `ktime-get-ns`?
; CHECK-NEXT:    (ktime-get-nss)
; CHECK-NEXT:     ^~~~~~~~~~~~~
    (ktime-get-nss)
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:6: error: unknown operator `ipv4-ttll`; did you mean `ipv4-ttl`?
; CHECK-NEXT:    (ipv4-ttll x)
; CHECK-NEXT:     ^~~~~~~~~
    (ipv4-ttll x)
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:6: error: `x` is a variable, not an operator; a variable is written without parentheses
; CHECK-NEXT:    (x)
; CHECK-NEXT:     ^
    (x)
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:6: error: `x` is a variable, not an operator; a variable is written without parentheses
; CHECK-NEXT:    (x 1)
; CHECK-NEXT:     ^
    (x 1)
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:6: error: unknown operator `frobnicate`
; CHECK-NEXT:    (frobnicate x)
; CHECK-NEXT:     ^~~~~~~~~~
    (frobnicate x)
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:6: error: unknown operator `foo::incf`; did you mean `incf`?
; CHECK-NEXT:    (foo:incf x)
; CHECK-NEXT:     ^~~~~~~~
    (foo:incf x)
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:6: error: unknown operator `:incf`; did you mean `incf`?
; CHECK-NEXT:    (:incf x))
; CHECK-NEXT:     ^~~~~
    (:incf x))
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:4: error: `"string"` is not an operator
; CHECK-NEXT:  ("string" 1)
; CHECK-NEXT:   ^~~~~~~~
  ("string" 1)
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:4: error: `5` is not an operator
; CHECK-NEXT:  (5 6)
; CHECK-NEXT:   ^
  (5 6)
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:4: error: `(lambda (x) x)` is not an operator
; CHECK-NEXT:  ((lambda (x) x) 1)
; CHECK-NEXT:   ^~~~~~~~~~~~~~
  ((lambda (x) x) 1)
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:4: error: unknown operator `lambda`; `defn` declares a function, and `macrolet` a macro for some forms
; CHECK-NEXT:  (lambda (x) x)
; CHECK-NEXT:   ^~~~~~
  (lambda (x) x)
; CHECK-NEXT:{{.*}}errors-unknown-operator.lisp:[[#@LINE+3]]:4: error: unknown operator `make-key`
; CHECK-NEXT:  (make-key :a 1)
; CHECK-NEXT:   ^~~~~~~~
  (make-key :a 1)
  0)

;  CHECK-NOT:{{.*(error|warning):.*}}
