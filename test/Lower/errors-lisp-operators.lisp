; Operators of Common Lisp that programs do not have: what there is instead.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defun twice (n) (* 2 n))
(defconstant +four+ (twice 2))
(defprog p ()
  (let ((x 1) (y 2))
;      CHECK:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `rotatef`; keep a value: `(let ((old a)) (setf a b b old))`
; CHECK-NEXT:    (rotatef x y)
; CHECK-NEXT:     ^~~~~~~
    (rotatef x y)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `zerop`; write `(= x 0)`
; CHECK-NEXT:    (zerop x)
; CHECK-NEXT:     ^~~~~
    (zerop x)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `cl:eql`; `=` compares numbers and pointers
; CHECK-NEXT:    (cl:eql x 1)
; CHECK-NEXT:     ^~~~~~
    (cl:eql x 1)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `oddp`; write `(= (logand x 1) 1)`
; CHECK-NEXT:    (oddp x)
; CHECK-NEXT:     ^~~~
    (oddp x)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `abs`; write `(if (s< x 0) (- x) x)`
; CHECK-NEXT:    (abs x)
; CHECK-NEXT:     ^~~
    (abs x)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `logbitp`; write `(logand (>> x index) 1)`
; CHECK-NEXT:    (logbitp 3 x)
; CHECK-NEXT:     ^~~~~~~
    (logbitp 3 x)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `floor`; `/` is the quotient and `mod` the remainder, as numbers have no sign
; CHECK-NEXT:    (floor x 2)
; CHECK-NEXT:     ^~~~~
    (floor x 2)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `dolist`; lists exist at compile time only, in macros and `defun`
; CHECK-NEXT:    (dolist (e '(1 2)) e)
; CHECK-NEXT:     ^~~~~~
    (dolist (e '(1 2)) e)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `do`; `dotimes` counts to a constant, and `return-from` leaves a `block` early
; CHECK-NEXT:    (do ((i 0 (1+ i))) ((> i 5)) i)
; CHECK-NEXT:     ^~
    (do ((i 0 (1+ i))) ((> i 5)) i)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `flet`; `defn` declares a function, and `macrolet` a macro for some forms
; CHECK-NEXT:    (flet ((f (a) a)) (f x))
; CHECK-NEXT:     ^~~~
    (flet ((f (a) a)) (f x))
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `funcall`; a function is called by its name
; CHECK-NEXT:    (funcall f x)
; CHECK-NEXT:     ^~~~~~~
    (funcall f x)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `the`; `(cast u32 x)` makes a number of a type
; CHECK-NEXT:    (the u32 x)
; CHECK-NEXT:     ^~~
    (the u32 x)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `format`; write `(trace-printk "x is %d" x)`
; CHECK-NEXT:    (format t "~a" x)
; CHECK-NEXT:     ^~~~~~
    (format t "~a" x)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `make-array`; arrays are fields of structs: `(defstruct buffer (bytes (array u8 16)))` has `(make-buffer)`
; CHECK-NEXT:    (make-array 16)
; CHECK-NEXT:     ^~~~~~~~~~
    (make-array 16)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `defun`; it stands outside of programs
; CHECK-NEXT:    (defun f (a) a)
; CHECK-NEXT:     ^~~~~
    (defun f (a) a)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: `loop` is the helper bpf_loop here, written `(loop count function ptr 0)`; `dotimes` counts to a constant, and `return-from` leaves a `block` early
; CHECK-NEXT:    (loop for i from 0 below 10 do (setf x i))
; CHECK-NEXT:     ^~~~
    (loop for i from 0 below 10 do (setf x i))
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: `loop` is the helper bpf_loop here, written `(loop count function ptr 0)`; `dotimes` counts to a constant, and `return-from` leaves a `block` early
; CHECK-NEXT:    (loop (incf x) (when (> x 9) (return x)))
; CHECK-NEXT:     ^~~~
    (loop (incf x) (when (> x 9) (return x)))
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: `twice` is a function of compile time, for macros and constants; programs call what `defn` declares
; CHECK-NEXT:    (twice x)
; CHECK-NEXT:     ^~~~~
    (twice x)
; CHECK-NEXT:{{.*}}errors-lisp-operators.lisp:[[#@LINE+3]]:6: error: unknown operator `mine::eql`
; CHECK-NEXT:    (mine::eql x 1)
; CHECK-NEXT:     ^~~~~~~~~
    (mine::eql x 1)
    x))

;  CHECK-NOT:{{.*(error|warning):.*}}
