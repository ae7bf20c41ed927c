; A `let` whose meaning differs from Common Lisp's is a warning.
; RUN: whistler compile %s -o %t.o 2>%t.err
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: test -s %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (let ((x 1))
    (let ((x 2)
;      CHECK:{{.*}}warnings-sequential-let.lisp:[[#@LINE+3]]:14: warning: `x` is the variable bound above in this `let`; Common Lisp would read the outer one (write `let*` to say that this is meant)
; CHECK-NEXT:          (y x))
; CHECK-NEXT:             ^
          (y x))
      (+ x y))))

(defprog q ()
  (let ((x 1))
    (let* ((x 2)
           (y x))
      (+ x y))))

(defprog r ()
  (let ((x 1)
        (y (+ x 1)))
    (+ x y)))

(defprog s ()
  (let ((x 1) (y 2))
    (let ((x 2)
; CHECK-NEXT:{{.*}}warnings-sequential-let.lisp:[[#@LINE+3]]:17: warning: `x` is the variable bound above in this `let`; Common Lisp would read the outer one (write `let*` to say that this is meant)
; CHECK-NEXT:          (y (+ x 1))
; CHECK-NEXT:                ^
          (y (+ x 1))
; CHECK-NEXT:{{.*}}warnings-sequential-let.lisp:[[#@LINE+6]]:17: warning: `y` is the variable bound above in this `let`; Common Lisp would read the outer one (write `let*` to say that this is meant)
; CHECK-NEXT:          (z (+ y (* 2 x))))
; CHECK-NEXT:                ^
; CHECK-NEXT:{{.*}}warnings-sequential-let.lisp:[[#@LINE+3]]:24: warning: `x` is the variable bound above in this `let`; Common Lisp would read the outer one (write `let*` to say that this is meant)
; CHECK-NEXT:          (z (+ y (* 2 x))))
; CHECK-NEXT:                       ^
          (z (+ y (* 2 x))))
      z)))

;  CHECK-NOT:{{.*(error|warning):.*}}
