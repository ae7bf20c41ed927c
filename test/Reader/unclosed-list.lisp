; A list without its closing parenthesis is reported where it opens.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}unclosed-list.lisp:[[#@LINE+3]]:1: error: this `(` is never closed
;  CHECK-NEXT:(defprog p (:type :xdp)
;  CHECK-NEXT:^
(defprog p (:type :xdp)
  (let ((x 1))
    (return x))
;  CHECK-NEXT:{{.*}}unclosed-list.lisp:[[#@LINE+3]]:1: note: the text ends here

;  CHECK-NOT:{{.*}}error:{{.*}}
