; Reader syntax that does not exist.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}unknown-dispatch.lisp:[[#@LINE+3]]:18: error: `#z` is no reader syntax
;  CHECK-NEXT:(defconstant +a+ #z1)
;  CHECK-NEXT:                 ^~
(defconstant +a+ #z1)
;       CHECK:{{.*}}unknown-dispatch.lisp:[[#@LINE+3]]:18: error: `#<` begins the printed image of an object, which cannot be read
;  CHECK-NEXT:(defconstant +b+ #<hash-table 12>)
;  CHECK-NEXT:                 ^~
(defconstant +b+ #<hash-table 12>)
;       CHECK:{{.*}}unknown-dispatch.lisp:[[#@LINE+3]]:18: error: nothing follows this `#`
;  CHECK-NEXT:(defconstant +c+ #)
;  CHECK-NEXT:                 ^
(defconstant +c+ #)

;  CHECK-NOT:{{.*}}error:{{.*}}
