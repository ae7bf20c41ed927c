; A prefix before a closing parenthesis, and at the end of the text.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}prefix-without-form.lisp:[[#@LINE+3]]:4: error: no form follows `'` before the `)`
;  CHECK-NEXT:(a ')
;  CHECK-NEXT:   ^
(a ')
;       CHECK:{{.*}}prefix-without-form.lisp:[[#@LINE+3]]:4: error: no form follows `#+sbcl` before the `)`
;  CHECK-NEXT:(a #+sbcl)
;  CHECK-NEXT:   ^~~~~~
(a #+sbcl)
;       CHECK:{{.*}}prefix-without-form.lisp:[[#@LINE+3]]:1: error: no form follows `#'`
;  CHECK-NEXT:#'
;  CHECK-NEXT:^~
#'

;  CHECK-NOT:{{.*}}error:{{.*}}
