; Division by a literal 0 is an error.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defconstant +zero+ 0)

(defprog p ()
  (let ((x (ktime-get-ns)))
;      CHECK:{{.*}}errors-division-by-zero.lisp:[[#@LINE+3]]:10: error: division by zero
; CHECK-NEXT:    (/ x 0)
; CHECK-NEXT:         ^
    (/ x 0)
; CHECK-NEXT:{{.*}}errors-division-by-zero.lisp:[[#@LINE+3]]:12: error: division by zero
; CHECK-NEXT:    (mod x 0)
; CHECK-NEXT:           ^
    (mod x 0)
; CHECK-NEXT:{{.*}}errors-division-by-zero.lisp:[[#@LINE+3]]:12: error: division by zero
; CHECK-NEXT:    (/ x 2 0 3)
; CHECK-NEXT:           ^
    (/ x 2 0 3)
; CHECK-NEXT:{{.*}}errors-division-by-zero.lisp:[[#@LINE+3]]:10: error: division by zero
; CHECK-NEXT:    (/ x +zero+)
; CHECK-NEXT:         ^~~~~~
    (/ x +zero+)
; CHECK-NEXT:{{.*}}errors-division-by-zero.lisp:[[#@LINE+3]]:12: error: division by zero
; CHECK-NEXT:    (mod x nil)
; CHECK-NEXT:           ^~~
    (mod x nil)
    (/ x x)
; CHECK-NEXT:{{.*}}errors-division-by-zero.lisp:[[#@LINE+3]]:10: error: division by zero
; CHECK-NEXT:    (/ x #x0)
; CHECK-NEXT:         ^~~
    (/ x #x0)
; CHECK-NEXT:{{.*}}errors-division-by-zero.lisp:[[#@LINE+3]]:12: error: division by zero
; CHECK-NEXT:    (mod x BPF_ANY)))
; CHECK-NEXT:           ^~~~~~~
    (mod x BPF_ANY)))

;  CHECK-NOT:{{.*(error|warning):.*}}
