; What is no feature expression, also inside of skipped text.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}feature-expression.lisp:[[#@LINE+4]]:3: error: unknown operator in a feature expression
;  CHECK-NEXT:#+(version 2) (a)
;  CHECK-NEXT:  ^~~~~~~~~~~
;  CHECK-NEXT:  hint: write a feature's name, or (and ...), (or ...), (not x) of them
#+(version 2) (a)
;       CHECK:{{.*}}feature-expression.lisp:[[#@LINE+1]]:17: error: `not` takes one feature
#-whistler (a #+(not a b) c)
;       CHECK:{{.*}}feature-expression.lisp:[[#@LINE+1]]:3: error: this is no feature expression
#+12 (a)

;  CHECK-NOT:{{.*}}error:{{.*}}
