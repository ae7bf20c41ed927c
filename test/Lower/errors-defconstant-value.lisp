; The value of a constant is a constant integer of 64 bits.
; RUN: rm -f %t.o
; RUN: sh -c 'whistler compile %s -o %t.o 2>%t.err; test $? -eq 1'
; RUN: FileCheck %s --input-file=%t.err --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;  CHECK-NOT:{{.*(error|warning):.*}}

;      CHECK:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: evaluation failed: The function KTIME-GET-NS is undefined.
; CHECK-NEXT:(defconstant +a+ (ktime-get-ns))
; CHECK-NEXT:                 ^~~~~~~~~~~~~~
(defconstant +a+ (ktime-get-ns))

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: the value of a `defconstant` does not fit 64 bits
; CHECK-NEXT:(defconstant +b+ (expt 2 64))
; CHECK-NEXT:                 ^~~~~~~~~~~
(defconstant +b+ (expt 2 64))

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: the value of a `defconstant` does not fit 64 bits
; CHECK-NEXT:(defconstant +c+ 18446744073709551616)
; CHECK-NEXT:                 ^~~~~~~~~~~~~~~~~~~~
(defconstant +c+ 18446744073709551616)

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: the value of a `defconstant` does not fit 64 bits
; CHECK-NEXT:(defconstant +d+ -9223372036854775809)
; CHECK-NEXT:                 ^~~~~~~~~~~~~~~~~~~~
(defconstant +d+ -9223372036854775809)

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: the value of a `defconstant` does not fit 64 bits
; CHECK-NEXT:(defconstant +e+ (* 4294967296 4294967296))
; CHECK-NEXT:                 ^~~~~~~~~~~~~~~~~~~~~~~~~
(defconstant +e+ (* 4294967296 4294967296))

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: the value of a `defconstant` has to be an integer, and this is 1.5
; CHECK-NEXT:(defconstant +f+ 1.5)
; CHECK-NEXT:                 ^~~
(defconstant +f+ 1.5)

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: the value of a `defconstant` has to be an integer, and this is 1/3
; CHECK-NEXT:(defconstant +g+ 1/3)
; CHECK-NEXT:                 ^~~
(defconstant +g+ 1/3)

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: the value of a `defconstant` has to be an integer, and this is "text"
; CHECK-NEXT:(defconstant +h+ "text")
; CHECK-NEXT:                 ^~~~~~
(defconstant +h+ "text")

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: the value of a `defconstant` has to be an integer, and this is 7/2
; CHECK-NEXT:(defconstant +i+ (/ 7 2))
; CHECK-NEXT:                 ^~~~~~~
(defconstant +i+ (/ 7 2))

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:23: error: division by zero
; CHECK-NEXT:(defconstant +j+ (/ 7 0))
; CHECK-NEXT:                      ^
(defconstant +j+ (/ 7 0))

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:25: error: division by zero
; CHECK-NEXT:(defconstant +k+ (mod 7 0))
; CHECK-NEXT:                        ^
(defconstant +k+ (mod 7 0))

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: evaluation failed: The variable +UNDEFINED+ is unbound.
; CHECK-NEXT:(defconstant +l+ +undefined+)
; CHECK-NEXT:                 ^~~~~~~~~~~
(defconstant +l+ +undefined+)

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: evaluation failed: In form (+ 1 . 2) Syntax error: list with too few elements or improperly terminated.
; CHECK-NEXT:(defconstant +m+ (+ 1 . 2))
; CHECK-NEXT:                 ^~~~~~~~~
(defconstant +m+ (+ 1 . 2))

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: the value of a `defconstant` does not fit 64 bits
; CHECK-NEXT:(defconstant +n+ (ash 1 64))
; CHECK-NEXT:                 ^~~~~~~~~~
(defconstant +n+ (ash 1 64))

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: the value of a `defconstant` does not fit 64 bits
; CHECK-NEXT:(defconstant +o+ (ash 1 100000))
; CHECK-NEXT:                 ^~~~~~~~~~~~~~
(defconstant +o+ (ash 1 100000))

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: evaluation failed: Wrong number of arguments passed to function #<compiled-function 1+>.
; CHECK-NEXT:(defconstant +p+ (1+ 1 2))
; CHECK-NEXT:                 ^~~~~~~~
(defconstant +p+ (1+ 1 2))

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: the value of a `defconstant` has to be an integer, and this is #\a
; CHECK-NEXT:(defconstant +q+ #\a)
; CHECK-NEXT:                 ^~~
(defconstant +q+ #\a)

; CHECK-NEXT:{{.*}}errors-defconstant-value.lisp:[[#@LINE+3]]:18: error: the value of a `defconstant` has to be an integer, and this is :keyword
; CHECK-NEXT:(defconstant +r+ :keyword)
; CHECK-NEXT:                 ^~~~~~~~
(defconstant +r+ :keyword)

;  CHECK-NOT:{{.*(error|warning):.*}}
