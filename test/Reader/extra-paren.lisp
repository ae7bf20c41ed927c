; A closing parenthesis too many is reported once per place.
; RUN: rm -f %t.o
; RUN: not whistler compile %s -o %t.o 2>&1 | FileCheck %s --strict-whitespace --match-full-lines
; RUN: not test -e %t.o

;       CHECK:{{.*}}extra-paren.lisp:[[#@LINE+7]]:36: error: this `)` closes nothing
;  CHECK-NEXT:(defprog p (:type :xdp) XDP_PASS)  )))
;  CHECK-NEXT:                                   ^
;  CHECK-NEXT:{{.*}}extra-paren.lisp:[[#@LINE+4]]:1: note: the form before it begins here and is complete
;  CHECK-NEXT:(defprog p (:type :xdp) XDP_PASS)  )))
;  CHECK-NEXT:^
;   CHECK-NOT:{{.*}}closes nothing
(defprog p (:type :xdp) XDP_PASS)  )))

;       CHECK:{{.*}}extra-paren.lisp:[[#@LINE+1]]:34: error: this `)` closes nothing
(defprog q (:type :xdp) XDP_PASS))

;  CHECK-NOT:{{.*}}error:{{.*}}
