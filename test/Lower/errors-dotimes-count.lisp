; The count of `dotimes` is a constant that is not negative.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defconstant +rounds+ 4)

(defprog p ()
  (let ((n (ktime-get-ns)) (sum 0))
;      CHECK:{{.*}}errors-dotimes-count.lisp:[[#@LINE+4]]:17: error: the count of `dotimes` has to be a constant, since the kernel wants to see that the loop ends
; CHECK-NEXT:    (dotimes (i n) (incf sum))
; CHECK-NEXT:                ^
; CHECK-NEXT:  hint: loop up to a constant limit, and skip the rounds beyond the count with `(when (< index count) ...)`
    (dotimes (i n) (incf sum))
; CHECK-NEXT:{{.*}}errors-dotimes-count.lisp:[[#@LINE+4]]:20: error: the count of `dotimes` has to be a constant, since the kernel wants to see that the loop ends
; CHECK-NEXT:    (dotimes (i (+ n 1)) (incf sum i))
; CHECK-NEXT:                   ^
; CHECK-NEXT:  hint: loop up to a constant limit, and skip the rounds beyond the count with `(when (< index count) ...)`
    (dotimes (i (+ n 1)) (incf sum i))
; CHECK-NEXT:{{.*}}errors-dotimes-count.lisp:[[#@LINE+4]]:29: error: the count of `dotimes` has to be a constant, since the kernel wants to see that the loop ends
; CHECK-NEXT:    (dotimes (i (+ +rounds+ n)) (incf sum))
; CHECK-NEXT:                            ^
; CHECK-NEXT:  hint: loop up to a constant limit, and skip the rounds beyond the count with `(when (< index count) ...)`
    (dotimes (i (+ +rounds+ n)) (incf sum))
; CHECK-NEXT:{{.*}}errors-dotimes-count.lisp:[[#@LINE+3]]:17: error: the count of `dotimes` has to be between 0 and 4294967295, and this is -1
; CHECK-NEXT:    (dotimes (i -1) (incf sum))
; CHECK-NEXT:                ^~
    (dotimes (i -1) (incf sum))
; CHECK-NEXT:{{.*}}errors-dotimes-count.lisp:[[#@LINE+3]]:17: error: the count of `dotimes` has to be between 0 and 4294967295, and this is 4294967296
; CHECK-NEXT:    (dotimes (i 4294967296) (incf sum))
; CHECK-NEXT:                ^~~~~~~~~~
    (dotimes (i 4294967296) (incf sum))
; CHECK-NEXT:{{.*}}errors-dotimes-count.lisp:[[#@LINE+3]]:17: error: the count of `dotimes` has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:    (dotimes (i 2.5) (incf sum))
; CHECK-NEXT:                ^~~
    (dotimes (i 2.5) (incf sum))
; CHECK-NEXT:{{.*}}errors-dotimes-count.lisp:[[#@LINE+3]]:17: error: the count of `dotimes` has to be a constant, and `+round+` is none; did you mean `+rounds+`?
; CHECK-NEXT:    (dotimes (i +round+) (incf sum))
; CHECK-NEXT:                ^~~~~~~
    (dotimes (i +round+) (incf sum))
; CHECK-NEXT:{{.*}}errors-dotimes-count.lisp:[[#@LINE+3]]:22: error: division by zero
; CHECK-NEXT:    (dotimes (i (/ 1 0)) (incf sum))
; CHECK-NEXT:                     ^
    (dotimes (i (/ 1 0)) (incf sum))
; CHECK-NEXT:{{.*}}errors-dotimes-count.lisp:[[#@LINE+7]]:17: error: the count of `dotimes` has to be a constant, since the kernel wants to see that the loop ends
; CHECK-NEXT:    (dotimes (i (ktime-get-ns)) (frobnicate))
; CHECK-NEXT:                ^~~~~~~~~~~~~~
; CHECK-NEXT:  hint: loop up to a constant limit, and skip the rounds beyond the count with `(when (< index count) ...)`
; CHECK-NEXT:{{.*}}errors-dotimes-count.lisp:[[#@LINE+3]]:34: error: unknown operator `frobnicate`
; CHECK-NEXT:    (dotimes (i (ktime-get-ns)) (frobnicate))
; CHECK-NEXT:                                 ^~~~~~~~~~
    (dotimes (i (ktime-get-ns)) (frobnicate))
    sum))

;  CHECK-NOT:{{.*(error|warning):.*}}
