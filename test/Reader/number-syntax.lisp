; Digits that the radix does not have, a missing radix, a zero denominator.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}number-syntax.lisp:[[#@LINE+3]]:22: error: `2` is no digit in radix 2
;  CHECK-NEXT:(defconstant +a+ #b102)
;  CHECK-NEXT:                     ^
(defconstant +a+ #b102)
;       CHECK:{{.*}}number-syntax.lisp:[[#@LINE+3]]:22: error: `G` is no digit in radix 16
;  CHECK-NEXT:(defconstant +b+ #x-FG)
;  CHECK-NEXT:                     ^
(defconstant +b+ #x-FG)
;       CHECK:{{.*}}number-syntax.lisp:[[#@LINE+3]]:18: error: no digits follow `#o`
;  CHECK-NEXT:(defconstant +c+ #o)
;  CHECK-NEXT:                 ^~
(defconstant +c+ #o)
;       CHECK:{{.*}}number-syntax.lisp:[[#@LINE+4]]:18: error: `#37r` has no radix from 2 to 36
;  CHECK-NEXT:(defconstant +d+ #37r10)
;  CHECK-NEXT:                 ^~~~~~
;  CHECK-NEXT:  hint: write the radix in decimal, as in `#36rXYZ`
(defconstant +d+ #37r10)
;       CHECK:{{.*}}number-syntax.lisp:[[#@LINE+3]]:18: error: the denominator of `1/0` is zero
;  CHECK-NEXT:(defconstant +e+ 1/0)
;  CHECK-NEXT:                 ^~~
(defconstant +e+ 1/0)

;  CHECK-NOT:{{.*}}error:{{.*}}
