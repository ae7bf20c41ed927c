; The count of a shift is 0 to 63 where it is written as a number.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defconstant +count+ 64)

(defprog p ()
  (let ((x (ktime-get-ns)))
;      CHECK:{{.*}}errors-shift-count.lisp:[[#@LINE+3]]:11: error: the count of a shift has to be between 0 and 63, and this is 64
; CHECK-NEXT:    (<< x 64)
; CHECK-NEXT:          ^~
    (<< x 64)
; CHECK-NEXT:{{.*}}errors-shift-count.lisp:[[#@LINE+3]]:11: error: the count of a shift has to be between 0 and 63, and this is -1
; CHECK-NEXT:    (>> x -1)
; CHECK-NEXT:          ^~
    (>> x -1)
; CHECK-NEXT:{{.*}}errors-shift-count.lisp:[[#@LINE+3]]:12: error: the count of a shift has to be between 0 and 63, and this is 64
; CHECK-NEXT:    (>>> x +count+)
; CHECK-NEXT:           ^~~~~~~
    (>>> x +count+)
; CHECK-NEXT:{{.*}}errors-shift-count.lisp:[[#@LINE+3]]:11: error: the integer does not fit 64 bits
; CHECK-NEXT:    (<< x 18446744073709551616)
; CHECK-NEXT:          ^~~~~~~~~~~~~~~~~~~~
    (<< x 18446744073709551616)
; CHECK-NEXT:{{.*}}errors-shift-count.lisp:[[#@LINE+3]]:12: error: the count of `ash` has to be between -63 and 63, and this is 64
; CHECK-NEXT:    (ash x 64)
; CHECK-NEXT:           ^~
    (ash x 64)
; CHECK-NEXT:{{.*}}errors-shift-count.lisp:[[#@LINE+3]]:12: error: the count of `ash` has to be between -63 and 63, and this is -64
; CHECK-NEXT:    (ash x -64)
; CHECK-NEXT:           ^~~
    (ash x -64)
; CHECK-NEXT:{{.*}}errors-shift-count.lisp:[[#@LINE+3]]:12: error: the count of `ash` has to be a constant; `<<` and `>>` take a count at run time
; CHECK-NEXT:    (ash x x)
; CHECK-NEXT:           ^
    (ash x x)
; CHECK-NEXT:{{.*}}errors-shift-count.lisp:[[#@LINE+3]]:17: error: the count of `ash` has to be a constant; `<<` and `>>` take a count at run time
; CHECK-NEXT:    (ash x (+ 1 x))
; CHECK-NEXT:                ^
    (ash x (+ 1 x))
; CHECK-NEXT:{{.*}}errors-shift-count.lisp:[[#@LINE+3]]:11: error: BPF has integers only, and `1.5` is none
; CHECK-NEXT:    (<< x 1.5)
; CHECK-NEXT:          ^~~
    (<< x 1.5)
; CHECK-NEXT:{{.*}}errors-shift-count.lisp:[[#@LINE+3]]:11: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (<< x (ctx-ptr))
; CHECK-NEXT:          ^~~~~~~~~
    (<< x (ctx-ptr))
; CHECK-NEXT:{{.*}}errors-shift-count.lisp:[[#@LINE+3]]:12: error: the count of `ash` has to be a constant, and `+cont+` is none; did you mean `+count+`?
; CHECK-NEXT:    (ash x +cont+)
; CHECK-NEXT:           ^~~~~~
    (ash x +cont+)
    (<< x (ash 1 6))
    (<< x 63)))

;  CHECK-NOT:{{.*(error|warning):.*}}
