; BPF has integers only.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:16: error: BPF has integers only, and `1.5` is none
; CHECK-NEXT:(defprog p1 () 1.5)
; CHECK-NEXT:               ^~~
(defprog p1 () 1.5)

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:16: error: BPF has integers only, and `1/2` is none
; CHECK-NEXT:(defprog p2 () 1/2)
; CHECK-NEXT:               ^~~
(defprog p2 () 1/2)

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:16: error: the program returns a pointer; it has to return an integer
; CHECK-NEXT:(defprog p3 () "text")
; CHECK-NEXT:               ^~~~~~
(defprog p3 () "text")

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:16: error: `#\a` is not a value that a program can have
; CHECK-NEXT:(defprog p4 () #\a)
; CHECK-NEXT:               ^~~
(defprog p4 () #\a)

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:16: error: the keyword `:drop` is not a value here
; CHECK-NEXT:(defprog p5 () :drop)
; CHECK-NEXT:               ^~~~~
(defprog p5 () :drop)

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:16: error: `#(1 2)` is not a value that a program can have
; CHECK-NEXT:(defprog p6 () #(1 2))
; CHECK-NEXT:               ^~~~~~
(defprog p6 () #(1 2))

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:16: error: the integer does not fit 64 bits
; CHECK-NEXT:(defprog p7 () 18446744073709551616)
; CHECK-NEXT:               ^~~~~~~~~~~~~~~~~~~~
(defprog p7 () 18446744073709551616)

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:16: error: the integer does not fit 64 bits
; CHECK-NEXT:(defprog p8 () -9223372036854775809)
; CHECK-NEXT:               ^~~~~~~~~~~~~~~~~~~~
(defprog p8 () -9223372036854775809)

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:16: error: `'symbol` is not a value that a program can have
; CHECK-NEXT:(defprog p9 () 'symbol)
; CHECK-NEXT:               ^~~~~~~
(defprog p9 () 'symbol)

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:17: error: `#'car` is not a value that a program can have
; CHECK-NEXT:(defprog p10 () #'car)
; CHECK-NEXT:                ^~~~~
(defprog p10 () #'car)

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:17: error: ``(a ,b)` is not a value that a program can have
; CHECK-NEXT:(defprog p11 () `(a ,b))
; CHECK-NEXT:                ^~~~~~~
(defprog p11 () `(a ,b))

(defprog p12 () #.(+ 1 2))

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:17: error: BPF has integers only, and `1e400` is none
; CHECK-NEXT:(defprog p13 () 1e400)
; CHECK-NEXT:                ^~~~~
(defprog p13 () 1e400)

(defprog p14 ()
; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:8: error: the integer does not fit 64 bits
; CHECK-NEXT:  (+ 1 1000000000000000000000000000000000000000000000000000000000000000000000000))
; CHECK-NEXT:       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  (+ 1 1000000000000000000000000000000000000000000000000000000000000000000000000))

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:17: error: there is no variable or constant `#:x`
; CHECK-NEXT:(defprog p15 () #:x)
; CHECK-NEXT:                ^~~
(defprog p15 () #:x)

; CHECK-NEXT:{{.*}}errors-value-atoms.lisp:[[#@LINE+3]]:17: error: there is no variable or constant `counts::x`
; CHECK-NEXT:(defprog p16 () counts::x)
; CHECK-NEXT:                ^~~~~~~~~
(defprog p16 () counts::x)

;  CHECK-NOT:{{.*(error|warning):.*}}
