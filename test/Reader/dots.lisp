; Every way to misplace the dot of a dotted list.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}dots.lisp:[[#@LINE+3]]:2: error: nothing stands before the `.` of this list
;  CHECK-NEXT:(. a)
;  CHECK-NEXT: ^
(. a)
;       CHECK:{{.*}}dots.lisp:[[#@LINE+3]]:5: error: no form follows the `.` of this list
;  CHECK-NEXT:(a .)
;  CHECK-NEXT:    ^
(a .)
;       CHECK:{{.*}}dots.lisp:[[#@LINE+3]]:8: error: more than one form after the `.` of a list
;  CHECK-NEXT:(a . b (c d))
;  CHECK-NEXT:       ^~~~~
(a . b (c d))
;       CHECK:{{.*}}dots.lisp:[[#@LINE+1]]:8: error: a second `.` in one list
(a . b .)
;       CHECK:{{.*}}dots.lisp:[[#@LINE+1]]:1: error: a `.` where no list can have its tail
.
;       CHECK:{{.*}}dots.lisp:[[#@LINE+4]]:4: error: `...` is no symbol
;  CHECK-NEXT:(a ...)
;  CHECK-NEXT:   ^~~
;  CHECK-NEXT:  hint: write `|...|` for a name that is all dots
(a ...)

;  CHECK-NOT:{{.*}}error:{{.*}}
