; Errors of a condition do not hide those of the branches.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
;      CHECK:{{.*}}errors-in-condition.lisp:[[#@LINE+9]]:8: error: unknown operator `undefined-1`
; CHECK-NEXT:  (if (undefined-1) (undefined-2) (undefined-3))
; CHECK-NEXT:       ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+6]]:22: error: unknown operator `undefined-2`
; CHECK-NEXT:  (if (undefined-1) (undefined-2) (undefined-3))
; CHECK-NEXT:                     ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+3]]:36: error: unknown operator `undefined-3`
; CHECK-NEXT:  (if (undefined-1) (undefined-2) (undefined-3))
; CHECK-NEXT:                                   ^~~~~~~~~~~
  (if (undefined-1) (undefined-2) (undefined-3))
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+9]]:11: error: unknown operator `undefined-4`
; CHECK-NEXT:  (cond ((undefined-4) (undefined-5)) (t (undefined-6)))
; CHECK-NEXT:          ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+6]]:25: error: unknown operator `undefined-5`
; CHECK-NEXT:  (cond ((undefined-4) (undefined-5)) (t (undefined-6)))
; CHECK-NEXT:                        ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+3]]:43: error: unknown operator `undefined-6`
; CHECK-NEXT:  (cond ((undefined-4) (undefined-5)) (t (undefined-6)))
; CHECK-NEXT:                                          ^~~~~~~~~~~
  (cond ((undefined-4) (undefined-5)) (t (undefined-6)))
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+9]]:10: error: unknown operator `undefined-7`
; CHECK-NEXT:  (case (undefined-7) (1 (undefined-8)) (t (undefined-9)))
; CHECK-NEXT:         ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+6]]:27: error: unknown operator `undefined-8`
; CHECK-NEXT:  (case (undefined-7) (1 (undefined-8)) (t (undefined-9)))
; CHECK-NEXT:                          ^~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+3]]:45: error: unknown operator `undefined-9`
; CHECK-NEXT:  (case (undefined-7) (1 (undefined-8)) (t (undefined-9)))
; CHECK-NEXT:                                            ^~~~~~~~~~~
  (case (undefined-7) (1 (undefined-8)) (t (undefined-9)))
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+6]]:10: error: unknown operator `undefined-10`
; CHECK-NEXT:  (when (undefined-10) (undefined-11))
; CHECK-NEXT:         ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+3]]:25: error: unknown operator `undefined-11`
; CHECK-NEXT:  (when (undefined-10) (undefined-11))
; CHECK-NEXT:                        ^~~~~~~~~~~~
  (when (undefined-10) (undefined-11))
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+6]]:34: error: unknown operator `undefined-12`
; CHECK-NEXT:  (dotimes (i 5 (undefined-13)) (undefined-12))
; CHECK-NEXT:                                 ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+3]]:18: error: unknown operator `undefined-13`
; CHECK-NEXT:  (dotimes (i 5 (undefined-13)) (undefined-12))
; CHECK-NEXT:                 ^~~~~~~~~~~~
  (dotimes (i 5 (undefined-13)) (undefined-12))
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+6]]:13: error: unknown operator `undefined-14`
; CHECK-NEXT:  (let ((x (undefined-14))) (undefined-15))
; CHECK-NEXT:            ^~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+3]]:30: error: unknown operator `undefined-15`
; CHECK-NEXT:  (let ((x (undefined-14))) (undefined-15))
; CHECK-NEXT:                             ^~~~~~~~~~~~
  (let ((x (undefined-14))) (undefined-15))
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+6]]:35: error: `:min-len` has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:  (with-packet (data end :min-len (undefined-16)) (undefined-17))
; CHECK-NEXT:                                  ^~~~~~~~~~~~~~
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+3]]:52: error: unknown operator `undefined-17`
; CHECK-NEXT:  (with-packet (data end :min-len (undefined-16)) (undefined-17))
; CHECK-NEXT:                                                   ^~~~~~~~~~~~
  (with-packet (data end :min-len (undefined-16)) (undefined-17))
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+3]]:29: error: unknown operator `undefined-18`
; CHECK-NEXT:  (with-tcp (data end tcp) (undefined-18))
; CHECK-NEXT:                            ^~~~~~~~~~~~
  (with-tcp (data end tcp) (undefined-18))
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+6]]:9: error: there is no variable `x`
; CHECK-NEXT:  (setf x (undefined-19))
; CHECK-NEXT:        ^
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+3]]:12: error: unknown operator `undefined-19`
; CHECK-NEXT:  (setf x (undefined-19))
; CHECK-NEXT:           ^~~~~~~~~~~~
  (setf x (undefined-19))
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+3]]:13: error: unknown operator `undefined-20`
; CHECK-NEXT:  (block b (undefined-20))
; CHECK-NEXT:            ^~~~~~~~~~~~
  (block b (undefined-20))
; CHECK-NEXT:{{.*}}errors-in-condition.lisp:[[#@LINE+3]]:12: error: unknown operator `undefined-21`
; CHECK-NEXT:  (return (undefined-21)))
; CHECK-NEXT:           ^~~~~~~~~~~~
  (return (undefined-21)))

;  CHECK-NOT:{{.*(error|warning):.*}}
