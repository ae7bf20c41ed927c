; The keys of `case` are constants, its default comes last.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

(defprog p ()
  (let ((x (ktime-get-ns)))
;      CHECK:{{.*}}errors-case.lisp:[[#@LINE+3]]:14: error: the default clause has to be the last one
; CHECK-NEXT:    (case x (t 1) (2 3))
; CHECK-NEXT:             ^
    (case x (t 1) (2 3))
; CHECK-NEXT:{{.*}}errors-case.lisp:[[#@LINE+3]]:14: error: the default clause has to be the last one
; CHECK-NEXT:    (case x (otherwise 1) (t 3))
; CHECK-NEXT:             ^~~~~~~~~
    (case x (otherwise 1) (t 3))
; CHECK-NEXT:{{.*}}errors-case.lisp:[[#@LINE+3]]:14: error: a key of `case` has to be a constant, and `x` is none
; CHECK-NEXT:    (case x (x 1))
; CHECK-NEXT:             ^
    (case x (x 1))
; CHECK-NEXT:{{.*}}errors-case.lisp:[[#@LINE+3]]:17: error: a key of `case` has to be a constant, and `x` is none
; CHECK-NEXT:    (case x ((1 x) 1))
; CHECK-NEXT:                ^
    (case x ((1 x) 1))
; CHECK-NEXT:{{.*}}errors-case.lisp:[[#@LINE+3]]:14: error: a key of `case` has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:    (case x ("a" 1))
; CHECK-NEXT:             ^~~
    (case x ("a" 1))
; CHECK-NEXT:{{.*}}errors-case.lisp:[[#@LINE+3]]:14: error: a key of `case` has to be a constant, and `:key` is none
; CHECK-NEXT:    (case x (:key 1))
; CHECK-NEXT:             ^~~~
    (case x (:key 1))
; CHECK-NEXT:{{.*}}errors-case.lisp:[[#@LINE+3]]:13: error: `5` stands where there should be a clause `(key body...)`
; CHECK-NEXT:    (case x 5)
; CHECK-NEXT:            ^
    (case x 5)
; CHECK-NEXT:{{.*}}errors-case.lisp:[[#@LINE+3]]:13: error: a clause of `case` is written `(key body...)` or `((key...) body...)`
; CHECK-NEXT:    (case x ())
; CHECK-NEXT:            ^~
    (case x ())
; CHECK-NEXT:{{.*}}errors-case.lisp:[[#@LINE+3]]:14: error: a key of `case` has to be a constant: an integer, a `defconstant`, or arithmetic on them
; CHECK-NEXT:    (case x (1.5 1))
; CHECK-NEXT:             ^~~
    (case x (1.5 1))
; CHECK-NEXT:{{.*}}errors-case.lisp:[[#@LINE+3]]:19: error: a dotted list cannot stand here; leave out the dot
; CHECK-NEXT:    (case x ((1 . 2) 1))
; CHECK-NEXT:                  ^
    (case x ((1 . 2) 1))
; CHECK-NEXT:{{.*}}errors-case.lisp:[[#@LINE+3]]:14: error: a key of `case` has to be a constant, and `+ipproto-tcp+` is none; did you mean `+ip-proto-tcp+`?
; CHECK-NEXT:    (case x (+ipproto-tcp+ 1))
; CHECK-NEXT:             ^~~~~~~~~~~~~
    (case x (+ipproto-tcp+ 1))
    (case x (1 2) (1 3))
    (case x ((2 3) 2) (XDP_PASS 3))
; CHECK-NEXT:{{.*}}errors-case.lisp:[[#@LINE+3]]:6: error: `case` is given 0 arguments; it is written `(case value (keys body...) ... (t body...))`
; CHECK-NEXT:    (case)
; CHECK-NEXT:     ^~~~
    (case)
; CHECK-NEXT:{{.*}}errors-case.lisp:[[#@LINE+3]]:11: error: `(ctx-ptr)` is a pointer, and an integer is needed; `(ctx field)` reads from the context
; CHECK-NEXT:    (case (ctx-ptr) (1 2))))
; CHECK-NEXT:          ^~~~~~~~~
    (case (ctx-ptr) (1 2))))

;  CHECK-NOT:{{.*(error|warning):.*}}
